/** Shares of a whole that people estimate: compared and added as whole numbers of 10⁻¹², so that 0.1 and 0.2 are 0.3. */

import { outOfRange } from './line-properties.ts'
import type { Decimal } from './types.ts'

const one = 1_000_000_000_000n

/** 0 to 1, with at most twelve decimal places. */
const shareGrammar = /^(?:0(?:\.\d{1,12})?|1(?:\.0{1,12})?)$/

/**
 * A share as a whole number of 10⁻¹².
 * @throws Problem `property-out-of-range` for anything but 0 to 1 with at most twelve decimal places.
 */
export function readEstimatedShare(text: Decimal, pointer: string): bigint {
  if (shareGrammar.test(text)) return trillionths(text)
  throw outOfRange(
    pointer,
    `An estimated share is from 0 to 1 with at most 12 decimal places, e.g. "0.02"; "${text.slice(0, 64)}" is not.`,
  )
}

/** The exact sum of shares. */
export function sumOfShares(shares: readonly Decimal[]): Decimal {
  const sum = shares.reduce((before, share) => before + trillionths(share), 0n)
  const [whole, decimals] = [sum / one, String(sum % one).padStart(12, '0')]
  return `${whole}.${decimals}`.replace(/\.?0+$/, '')
}

/** Whether the shares together are more than a limit. */
export function exceeds(shares: readonly Decimal[], limit: Decimal): boolean {
  return shares.reduce((sum, share) => sum + trillionths(share), 0n) > trillionths(limit)
}

function trillionths(share: Decimal): bigint {
  const [whole = '0', decimals = ''] = share.split('.')
  return BigInt(whole) * one + BigInt(decimals.padEnd(12, '0'))
}
