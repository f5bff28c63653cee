/** The mark: a little egret, Xiamen's city bird, in one weight of line. Our own drawing. */

import { raw } from 'hono/html'
import type { Markup } from './language.ts'

const strokes = `<path d="M31 19.5 L5 28 L30.5 25"/>
<path d="M31 19.5 C37 13.5 46 17.5 46 27 C46 38 34 45 35.5 57 C36.5 64.5 46 63 56 66 C72 71 86 88 95 108"/>
<path d="M30.5 25 C35.5 25 38 29 36 35 C33 43 25 50 25.5 63 C26 79 39 92 57 95.5 C70 98 83 101 95 108"/>
<path d="M55 95.200 L53 131 L45 133 M63 96.800 L66 110 L57.5 117"/>
<g stroke-width="FINE"><path d="M50 72 C64 74 76 84 84 96 M48 78 C59 80 68 86 75 94"/>
<path d="M43.5 18.5 C51 21 56 27 58 35 M44.800 21 C50 24 53 29 54 35"/>
<path d="M24 134 H76 M38 138 H62"/></g>
<circle cx="33.5" cy="21.5" r="1" fill="currentColor" stroke="none"/>`

/** The mark as SVG source; `weight` is the line's width on a drawing 100 wide. */
export function egretSvg(weight: number, attributes = 'aria-hidden="true" class="mark"'): string {
  const drawing = strokes.replaceAll('FINE', (weight * 0.7).toFixed(2))
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 6 100 136" fill="none" stroke="currentColor" stroke-width="${weight}" stroke-linecap="round" stroke-linejoin="round" ${attributes}>${drawing}</svg>`
}

/** The mark inside a page; it takes the colour of its text. */
export function egretMark(weight = 2): Markup {
  return raw(egretSvg(weight))
}
