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

/** What of a text fits on some lines of about one length, broken where words end; a word is never broken, but cut. */
export function wrapped(text: string, width: number, size: number, lines: number): readonly string[] {
  const needed = Math.min(lines, Math.ceil(textWidth(text, size) / width))
  const even = broken(text, Math.min(width, (textWidth(text, size) / needed) * 1.15), size, lines)
  return even.at(-1)?.endsWith('…') ? broken(text, width, size, lines) : even
}

function broken(text: string, width: number, size: number, lines: number): readonly string[] {
  const end = textWidth(text, size) <= width || lines === 1 ? undefined : breakOf([...text], width, size)
  if (end === undefined) return [fitted(text, width, size)]
  const signs = [...text]
  const rest = signs.slice(end).join('').trimStart()
  return [signs.slice(0, end).join('').trimEnd(), ...broken(rest, width, size, lines - 1)]
}

/** The last place within a width before a space or a Chinese sign; undefined where there is none but just behind a number. */
function breakOf(signs: readonly string[], width: number, size: number): number | undefined {
  let used = 0
  let found: number | undefined
  for (const [at, sign] of signs.entries()) {
    const isBreak =
      (/\s/.test(sign) && signs[at + 1] !== '%') || (signWidth(sign) === 1 && !/[）。，、：；]/.test(sign))
    if (isBreak && at > 3) found = at
    used += signWidth(sign) * size
    if (used > width) return found
  }
  return found
}
