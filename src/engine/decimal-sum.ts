/**
 * Sums and products of decimal numbers as decimals. Whether shares come to exactly 1 is asked of the numbers as they were written, not of the
 * doubles nearest to them: 0.1 and 0.9 do, whatever binary makes of either.
 */

import { parseDecimal } from './decimal.ts'
import type { Decimal } from './types.ts'

/** coefficient × 10^−places, with as few places as it takes. */
export interface ExactDecimal {
  readonly coefficient: bigint
  readonly places: number
}

/**
 * A decimal number, exactly.
 * @throws Problem `invalid-number` as {@link parseDecimal} does.
 */
export function exactDecimal(text: Decimal): ExactDecimal {
  parseDecimal(text)
  const [digits = '', power = '0'] = text.split(/[eE]/)
  const [whole = '', fraction = ''] = digits.split('.')
  const bare = fraction.replace(/0+$/, '')
  const coefficient = BigInt(`${whole.replace('+', '')}${bare}`)
  if (coefficient === 0n) return { coefficient, places: 0 }
  const places = bare.length - Number(power)
  return places >= 0
    ? { coefficient, places }
    : { coefficient: coefficient * 10n ** BigInt(-places), places: 0 }
}

/** A decimal as text, in plain notation, without zeros at the end of its decimal places. */
export function writtenDecimal({ coefficient, places }: ExactDecimal): Decimal {
  const digits = String(coefficient < 0n ? -coefficient : coefficient).padStart(places + 1, '0')
  const point = digits.length - places
  const fraction = digits.slice(point).replace(/0+$/, '')
  const text = fraction === '' ? digits.slice(0, point) : `${digits.slice(0, point)}.${fraction}`
  return coefficient < 0n ? `-${text}` : text
}

/**
 * The exact product of two decimal numbers, as people multiply them: 100 × 0.95 is 95.
 * @throws Problem `invalid-number` as {@link parseDecimal} does, also for a product that is no number a quantity may have.
 */
export function exactProduct(a: Decimal, b: Decimal): Decimal {
  const [one, other] = [exactDecimal(a), exactDecimal(b)]
  const product = { coefficient: one.coefficient * other.coefficient, places: one.places + other.places }
  const text = writtenDecimal(product)
  parseDecimal(text)
  return text
}

/** The exact sum of decimal numbers. */
export function sumOfDecimals(texts: readonly Decimal[]): ExactDecimal {
  const terms = texts.map(exactDecimal)
  const places = Math.max(0, ...terms.map((term) => term.places))
  const coefficient = terms.reduce(
    (sum, term) => sum + term.coefficient * 10n ** BigInt(places - term.places),
    0n,
  )
  return { coefficient, places }
}
