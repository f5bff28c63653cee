/** Two amounts beside one another, with difference and ratio: what one of them does not report has neither. */

import { printRounded } from '../../engine/decimal.ts'
import type { ProductMeasure } from './measure.ts'
import type { Pair, ProductAmount } from './types.ts'

export function pair(a: ProductAmount | null, b: ProductAmount | null, measure: ProductMeasure): Pair {
  if (a === null || b === null) return { a, b, difference: null, ratio: null }
  const [one, other] = [Number(a.kgCo2e), Number(b.kgCo2e)]
  return { a, b, difference: measure.amount(other - one), ratio: ratioOf(one, other) }
}

/** A ratio to nothing, or to what takes off where the other adds, says nothing. */
function ratioOf(a: number, b: number): string | null {
  return a === 0 || Math.sign(a) === -Math.sign(b) ? null : printRounded(b / a, 6)
}

/** How far two are apart; where only one of them reports, all that it reports. */
export function sizeOfPair({ a, b, difference }: Pair): number {
  return Math.abs(Number((difference ?? a ?? b)?.kgCo2e ?? 0))
}
