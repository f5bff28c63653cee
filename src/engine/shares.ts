/** Shares of a whole that people estimate: compared and added as they were written, so that 0.1 and 0.2 are 0.3. */

import { exactDecimal, sumOfDecimals, writtenDecimal } from './decimal-sum.ts'
import { outOfRange } from './line-properties.ts'
import type { Decimal } from './types.ts'

/** 0 to 1, with at most twelve decimal places. */
const shareGrammar = /^(?:0(?:\.\d{1,12})?|1(?:\.0{1,12})?)$/

/**
 * Refuses what is no estimated share.
 * @throws Problem `property-out-of-range` for anything but 0 to 1 with at most twelve decimal places.
 */
export function checkEstimatedShare(text: Decimal, pointer: string): void {
  if (shareGrammar.test(text)) return
  throw outOfRange(
    pointer,
    `An estimated share is from 0 to 1 with at most 12 decimal places, e.g. "0.02"; "${text.slice(0, 64)}" is not.`,
  )
}

/** The exact sum of shares. */
export function sumOfShares(shares: readonly Decimal[]): Decimal {
  return writtenDecimal(sumOfDecimals(shares))
}

/** Whether the shares together are more than a limit. */
export function exceeds(shares: readonly Decimal[], limit: Decimal): boolean {
  const [sum, most] = [sumOfDecimals(shares), exactDecimal(limit)]
  return sum.coefficient * 10n ** BigInt(most.places) > most.coefficient * 10n ** BigInt(sum.places)
}
