/** What is left of something: a difference of numbers that were each rounded to a double, where nothing must come out as nothing. */

import { exactSum } from '../exact-sum.ts'

/** A double is within this part of the decimal that it was read from. */
const halfStep = 2 ** -53

/**
 * The sum of terms of either sign; 0 where it is no more than what rounding each of them may have moved it, e.g.
 * 0.3 − 0.1 − 0.2, whose doubles come to −2.8e-17.
 * @param roundings how often each term was rounded before.
 */
export function remainderOf(terms: readonly number[], roundings = 1): number {
  const sum = exactSum(terms)
  const moved = roundings * halfStep * exactSum(terms.map(Math.abs))
  return Math.abs(sum) <= moved ? 0 : sum
}

/** Meters are printed to so many digits: parts may exceed their whole by this much of it. */
const tolerance = 1e-9

/** A part is read once, and brought to the whole's unit by a multiplication and a division. */
const roundingsOfPart = 3

/** What is left of a whole without its parts, in its unit; undefined where they come to more than it. */
export function restOf(whole: number, parts: readonly number[]): number | undefined {
  const left = remainderOf([whole, ...parts.map((part) => -part)], roundingsOfPart)
  return left < -tolerance * whole ? undefined : Math.max(left, 0)
}
