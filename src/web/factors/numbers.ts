/** Numbers of factors, written for people: the source's digits where they can be read, fewer where they are an artefact of division. */

import { printRounded } from '../../engine/decimal.ts'
import type { Decimal } from '../../engine/types.ts'
import { writeAmount } from '../quantity.ts'

/** Digits of a figure that was computed here, and of a long one that is shortened. */
const digitsShown = 6

/** A computed figure in six significant digits, rounded half-even, without zeros at its end. */
export function significant(value: number, digits = digitsShown): Decimal {
  if (value === 0) return '0'
  const places = digits - 1 - Math.floor(Math.log10(Math.abs(value)))
  return withoutTrailingZeros(printRounded(value, Math.max(-15, Math.min(15, places))))
}

function withoutTrailingZeros(decimal: Decimal): Decimal {
  return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal
}

/**
 * A part of a sum to the decimal places of a total in six significant digits, so that parts and total stand digit under digit. A
 * part too small for that keeps two significant digits: printed as zero it would look like one.
 *
 * @param placesMin decimal places of a figure it is to be compared with.
 */
export function besideTotal(part: number, total: number, placesMin = 0): Decimal {
  const size = Math.abs(total === 0 ? part : total)
  if (size === 0) return '0'
  const places = Math.max(placesMin, digitsShown - 1 - Math.floor(Math.log10(size)))
  const printed = printRounded(part, Math.min(15, places))
  return part !== 0 && Number(printed) === 0 ? significant(part, 2) : printed
}

/** Decimal places that a plain decimal is written to. */
export function placesOf(decimal: Decimal | null): number {
  return decimal?.split('.')[1]?.length ?? 0
}

/** A decimal as it is read: whole, or shortened to six significant digits where it has more than nine. */
export interface Read {
  readonly text: string
  /** False where digits were left out. */
  readonly isWhole: boolean
}

/** A source's figure for a table of figures. */
export function readable(decimal: Decimal): Read {
  const plain = /e/i.test(decimal) ? significant(Number(decimal), 15) : decimal
  const digits = plain.replace(/^-?0*\.?0*/, '').replace(/\D/g, '')
  if (digits.length <= 9) return { text: writeAmount(plain), isWhole: true }
  return { text: writeAmount(significant(Number(plain))), isWhole: false }
}

/** A relative change in percent with its sign: `+2.5 %`, `−0.03 %`; as a multiple where it more than trebles. */
export function writeChange(change: number): string {
  if (change === 0) return '0\u202f%'
  if (change > 2) return `×\u202f${writeAmount(significant(change + 1, 3))}`
  const percent = significant(change * 100, Math.abs(change) >= 0.1 ? 3 : 2)
  return `${change > 0 ? '+' : ''}${writeAmount(percent)}\u202f%`
}
