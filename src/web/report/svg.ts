/** Drawings of a report: inline SVG without script or style, named and described for those who do not see it. */

import { html, raw } from 'hono/html'
import { significant } from '../factors/numbers.ts'
import { type Bilingual, inBoth, type Language, type Markup } from '../language.ts'
import { writeAmount } from '../quantity.ts'

/** A length with one decimal place. */
export const px = (value: number): string => value.toFixed(1)

export function escaped(text: string): string {
  return text.replace(/[<&>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

/** A text in both languages at one place. */
export function svgText(text: Bilingual | string, x: number, y: number, attributes: string): string {
  const at = `x="${px(x)}" y="${px(y)}" ${attributes}`
  if (typeof text === 'string') return `<text ${at}>${escaped(text)}</text>`
  return `<text ${at} data-in="zh" lang="zh-CN">${escaped(text.zh)}</text><text ${at} data-in="en" lang="en">${escaped(text.en)}</text>`
}

/** Lines of one language below each other, the first at a place. */
export function svgLines(
  lines: readonly string[],
  language: Language,
  { x, y, pitch }: { readonly x: number; readonly y: number; readonly pitch: number },
  attributes: string,
): string {
  const tongue = language === 'zh' ? 'zh-CN' : 'en'
  const texts = lines.map(
    (line, at) => `<text x="${px(x)}" y="${px(y + at * pitch)}" ${attributes}>${escaped(line)}</text>`,
  )
  return `<g data-in="${language}" lang="${tongue}">${texts.join('')}</g>`
}

export interface Drawing {
  readonly width: number
  readonly height: number
  readonly marks: string
}

interface Figure {
  readonly id: string
  readonly title: Bilingual
  /** What a listener is told in place of the drawing. */
  readonly description: Bilingual
  readonly wide: Drawing
  readonly narrow: Drawing
  /** Beside the drawing, or below a wide one: the same figures. */
  readonly table: Markup
  readonly place?: 'beside' | 'below'
  readonly legend?: Markup | string
  readonly note?: Bilingual | null
}

/** A chart for wide pages and one for phones, with the figures it is drawn from beside it. */
export function renderFigure(figure: Figure): Markup {
  const { id, title, description, wide, narrow, table, place = 'beside', legend = '', note = null } = figure
  return html`<figure class="chart-figure" id="${id}">
<figcaption>${inBoth(title)}</figcaption>
${legend}<div class="${place === 'beside' ? 'pair' : 'whole-width'}"><div class="drawing">${renderDrawing(`${id}-w`, title, description, wide, 'wide')}${renderDrawing(`${id}-n`, title, description, narrow, 'narrow')}</div>
<div class="beside">${table}</div></div>
${note === null ? '' : html`<p class="note">${inBoth(note)}</p>`}
</figure>`
}

function renderDrawing(
  id: string,
  title: Bilingual,
  description: Bilingual,
  { width, height, marks }: Drawing,
  name: 'wide' | 'narrow',
): Markup {
  return html`<svg class="chart ${name}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="${id}-t" aria-describedby="${id}-d">
<title id="${id}-t">${title.zh} ${title.en}</title><desc id="${id}-d">${description.zh} ${description.en}</desc>
${raw(marks)}
</svg>`
}

export interface Scale {
  readonly low: number
  readonly high: number
  readonly ticks: readonly number[]
}

/** From zero to a round number beyond the largest and least amounts, in about four steps. */
export function scaleOf(amounts: readonly number[], steps = 4): Scale {
  const [least, most] = [Math.min(0, ...amounts), Math.max(0, ...amounts)]
  if (least === most) return { low: 0, high: 1, ticks: [0] }
  const step = roundStep((most - least) / steps)
  const [first, last] = [Math.floor(least / step), Math.ceil(most / step)]
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step)
  return { low: first * step, high: last * step, ticks }
}

/** Between round numbers about two amounts, without zero where both are far from it: for places on a line, never for bars. */
export function spanOf(low: number, high: number, steps = 5): Scale {
  const size = high - low || Math.abs(high) / 10 || 1
  const step = roundStep(size / steps)
  const [first, last] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)]
  const ticks = Array.from({ length: Math.max(1, last - first) + 1 }, (_, at) => (first + at) * step)
  return { low: ticks[0] as number, high: ticks.at(-1) as number, ticks }
}

function roundStep(least: number): number {
  const power = 10 ** Math.floor(Math.log10(least))
  const times = [1, 2, 2.5, 3, 4, 5, 10].find((candidate) => candidate * power >= least * (1 - 1e-9)) ?? 10
  return times * power
}

/** Upright lines of a scale that runs across, with what each stands for below. */
export function acrossGrid({ low, ticks }: Scale, place: (value: number) => number, foot: number): string {
  return ticks
    .map((tick) => {
      const x = place(tick)
      // At the left edge a text in the middle would stand half outside.
      const anchor = tick === 0 && low === 0 ? 'start' : 'middle'
      return `<path class="grid" d="M${px(x)} 26V${foot}"/>${svgText(written(tick), x, foot + 18, `class="tick" text-anchor="${anchor}"`)}`
    })
    .join('')
}

/** Level lines of a scale that runs up, with what each stands for on the left. */
export function upGrid(
  { ticks }: Scale,
  place: (value: number) => number,
  left: number,
  right: number,
): string {
  return ticks
    .map((tick) => {
      const y = place(tick)
      return `<path class="grid" d="M${left} ${px(y)}H${right}"/>${svgText(written(tick), left - 8, y + 4, 'class="tick" text-anchor="end"')}`
    })
    .join('')
}

/** Just as far as the amounts reach, with zero inside: for bars without an axis. */
export function rangeOf(amounts: readonly number[]): Pick<Scale, 'low' | 'high'> {
  return { low: Math.min(0, ...amounts), high: Math.max(0, ...amounts) }
}

/** A tick or label: four significant digits are enough for the eye. */
export function written(value: number, digits = 4): string {
  return writeAmount(significant(value, digits))
}

/** A bar from zero on a scale, as wide as its cell; removals run to the left. */
export function renderBar(value: number, { low, high }: Pick<Scale, 'low' | 'high'>, tone: string): Markup {
  const place = (amount: number) => ((amount - low) / (high - low || 1)) * 100
  const [zero, end] = [place(0), place(value)]
  return raw(
    `<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="${tone}" x="${Math.min(zero, end).toFixed(2)}" y="0" width="${Math.max(Math.abs(end - zero), 0.2).toFixed(2)}" height="10"/></svg>`,
  )
}
