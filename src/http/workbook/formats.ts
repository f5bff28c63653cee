/**
 * What a number format does to what a person sees (ECMA-376-1 §18.8.30). A workbook stores 45292 and shows a date, stores 0.05
 * and shows 5 %, stores 118400 and shows 11.8 万: what is shown and what is stored must not be taken for each other.
 */

/** How a number is shown: as itself, as a date or time, or as another number than is stored. */
export type Shown = 'number' | 'date' | 'scaled'

/** Formats without a text of their own; from 27 on as Chinese, Japanese and Korean editions have them. */
const dateIds: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
]
const percentIds = [9, 10]

/** @param code the format's text, where it has one. */
export function shownAs(id: number, code: string | undefined): Shown {
  if (code !== undefined) return codeShownAs(code)
  if (percentIds.includes(id)) return 'scaled'
  return dateIds.some(([from, to]) => id >= from && id <= to) ? 'date' : 'number'
}

/** Excel writes none that is longer. */
const codeLengthMax = 255

function codeShownAs(code: string): Shown {
  if (code.length > codeLengthMax) return 'scaled'
  const bare = code.replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  if (/general|G\/通用格式|@/i.test(bare)) return 'number'
  if (/[ymdhs]/i.test(bare)) return 'date'
  // A comma behind the last digit divides by a thousand; 万 and its like stand in the quotes.
  return /%|[0#?.],+(?![0#?,])/.test(bare) || /[万萬亿億千百%]/.test(code) ? 'scaled' : 'number'
}

const msPerDay = 86_400_000

/**
 * The date of a day's number, YYYY-MM-DD; null where it has a time of day, or is no day after 1900-02-28, before which
 * Excel counts a day that never was.
 */
export function dateOfSerial(serial: number, startsIn1904: boolean): string | null {
  const days = startsIn1904 ? serial + 1462 : serial
  if (!Number.isInteger(days) || days < 61 || days > 2_958_465) return null
  return new Date(Date.UTC(1899, 11, 30) + days * msPerDay).toISOString().slice(0, 10)
}
