/**
 * Parts that come to their whole. Each part is rounded by itself, so that their sum may miss the whole by the last digit; a
 * reader who adds them up would look for what is missing. What is nothing but rounding goes to one of the parts.
 */

import { exactSum } from '../exact-sum.ts'

/** Mended in so many steps at most; one or two are enough but where parts cancel each other. */
const steps = 3

/**
 * The parts, with what is rounding put to the largest of those that are at most half of the whole, since only they are finer than it:
 * their exactly rounded sum is the whole then. Where parts of different signs cancel each other it is the whole to the last digit of
 * the coarsest part.
 */
export function balanced(parts: readonly number[], whole: number): readonly number[] {
  const found = [...parts]
  for (let step = 0; step < steps; step++) {
    if (found.length === 0 || exactSum(found) === whole) break
    const place = bearer(found, whole)
    found[place] = restOf(whole, found.toSpliced(place, 1))
  }
  return found
}

/** What is left of a whole, rounded once. */
export function restOf(whole: number, parts: Iterable<number>): number {
  return exactSum([whole, ...Array.from(parts, (part) => -part)])
}

function bearer(parts: readonly number[], whole: number): number {
  const places = [...parts.keys()].filter((place) => parts[place] !== 0)
  const size = (place: number) => Math.abs(parts[place] as number)
  const fine = places.filter((place) => size(place) <= Math.abs(whole) / 2)
  const largest = (a: number, b: number) => (size(b) > size(a) ? b : a)
  const smallest = (a: number, b: number) => (size(b) < size(a) ? b : a)
  return fine.length > 0 ? fine.reduce(largest) : places.length > 0 ? places.reduce(smallest) : 0
}
