/**
 * Sums of decimal numbers as decimals. Whether shares come to exactly 1 is asked of the numbers as they were written, not of the
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
