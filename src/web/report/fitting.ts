/** Text in drawings has no wrapping of its own: how wide it will be, about, and what of it fits. */

import type { Bilingual } from '../language.ts'

/** Widths in parts of the size: a Chinese sign fills its square. */
function signWidth(sign: string): number {
  if (/[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]|[\ud800-\udbff]/.test(sign))
    return 1
  if (/[MW@%mw<>=+~#×↻]/.test(sign)) return 0.86
  if (/[A-Z0-9]/.test(sign)) return 0.62
  return /[il.,:;'|!\s\u202f]/.test(sign) ? 0.3 : 0.54
}

/** Bold letters are so much wider, in the widest of the faces that a page may find. */
export const bold = 1.16

/** About how wide a text is, in the unit of its size. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((sum, sign) => sum + signWidth(sign), 0) * size
}

/** What of a text fits, with an ellipsis where it was cut. */
export function fitted(text: string, width: number, size: number): string {
  if (textWidth(text, size) <= width) return text
  const signs = [...text]
  let used = textWidth('…', size)
  const kept = signs.findIndex((sign) => {
    used += signWidth(sign) * size
    return used > width
  })
  return `${signs.slice(0, Math.max(1, kept)).join('').trimEnd()}…`
}

/** In both languages. */
export function fittedBoth({ zh, en }: Bilingual, width: number, size: number): Bilingual {
  return { zh: fitted(zh, width, size), en: fitted(en, width, size) }
}
