/** Doubles as decimal texts throughout a part of a result: the form of the wire and the record. */

import { formatDecimal } from './decimal.ts'

/**
 * Every double of a result becomes its decimal text. Members that are whole numbers by nature (a factor's year) stay numbers, so
 * factors are left as they are.
 */
export function presentedNumbers(value: unknown): unknown {
  if (typeof value === 'number') return formatDecimal(value)
  if (Array.isArray(value)) return value.map(presentedNumbers)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      name === 'factor' ? member : presentedNumbers(member),
    ]),
  )
}
