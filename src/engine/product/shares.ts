/**
 * Shares of one whole. Parts must equal their whole, so what is given as shares must come to 1 as it was written, and what is
 * worked out as shares comes to 1 as it is used.
 */

import { over } from '../arithmetic.ts'
import { exactDecimal, sumOfDecimals } from '../decimal-sum.ts'
import { exactSum } from '../exact-sum.ts'
import type { Decimal } from '../types.ts'

/** Shares written to fewer places are not what rounding leaves of a third: nobody rounds 1/3 to 0.33 who means the whole. */
const leastPlaces = 6

/** Beyond these a double holds nothing. */
const mostPlaces = 15

/**
 * Each basis ÷ all of them. Where the exactly rounded sum of these misses 1 by a last digit, the largest (of equals the first)
 * is what the others leave of 1; then it does not.
 * @param bases none of them negative, one at least greater than zero.
 */
export function sharesOf(bases: readonly number[], whole = exactSum(bases)): readonly number[] {
  const shares = bases.map((basis) => over(basis, whole))
  if (exactSum(shares) === 1) return shares
  const largest = shares.indexOf(Math.max(...shares))
  const left = exactSum([1, ...shares.map((share, index) => (index === largest ? 0 : -share))])
  return shares.map((share, index) => (index === largest ? left : share))
}

/** Whether decimals come to exactly 1. */
export function areWhole(shares: readonly Decimal[]): boolean {
  const { coefficient, places } = sumOfDecimals(shares)
  return coefficient === 10n ** BigInt(places)
}

/**
 * Whether decimals miss 1 by no more than what writing thirds and the like as decimals leaves: half of a last place for each
 * share, once the longest of them has six places.
 */
export function areWholeButRounded(shares: readonly Decimal[]): boolean {
  const written = Math.max(...shares.map((share) => exactDecimal(share).places))
  if (written < leastPlaces) return false
  const { coefficient, places } = sumOfDecimals(shares)
  const one = 10n ** BigInt(places)
  const missed = coefficient > one ? coefficient - one : one - coefficient
  return missed * 2n * 10n ** BigInt(Math.min(written, mostPlaces)) <= BigInt(shares.length) * one
}
