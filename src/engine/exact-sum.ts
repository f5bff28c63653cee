/**
 * Sums that depend on nothing but their terms. A plain loop rounds after every addition, so its result changes with the
 * order of the lines and with how the work was split; an exact sum rounds once, at the end, and does not.
 *
 * Shewchuk, "Adaptive Precision Floating-Point Arithmetic" (1997): keep the running sum as a few doubles that do not overlap
 * and whose mathematical sum is exactly the sum so far. Rounding to the nearest double, ties to even, as in Python's
 * `math.fsum` and ECMAScript's `Math.sumPrecise`.
 */

import { Problem } from '../problem.ts'

/** No term may be larger: with this bound 2^33 terms cannot overflow on the way, in whatever order they come. */
const largestTerm = 2 ** 990

/** A running sum that can be added to, merged with another, and read at any time. */
export class ExactSum {
  #partials: number[] = []

  /**
   * Adds one term.
   * @throws Problem `invalid-number` for NaN, an infinity, or a term beyond 2^990 (about 1e298).
   */
  add(term: number): this {
    this.#absorb(usable(term))
    return this
  }

  /** Adds another sum, exactly: a million lines may be summed in parts. */
  merge(other: ExactSum): this {
    for (const partial of [...other.#partials]) this.#absorb(partial)
    return this
  }

  #absorb(term: number): void {
    let carried = term
    let kept = 0
    for (const partial of this.#partials) {
      const sum = carried + partial
      const lost = roundingError(carried, partial, sum)
      if (lost !== 0) this.#partials[kept++] = lost
      carried = sum
    }
    this.#partials.length = kept
    this.#partials.push(carried)
  }

  /** The sum, rounded once to the nearest double, ties to even; an empty sum and a zero of either sign are 0. */
  get value(): number {
    const parts = this.#partials
    let rest = parts.length - 1
    let high = parts[rest] ?? 0
    let low = 0
    while (rest > 0 && low === 0) {
      const next = parts[--rest] as number
      const sum = high + next
      low = roundingError(high, next, sum)
      high = sum
    }
    return withHalfEven(high, low, parts[rest - 1] ?? 0) + 0
  }
}

/** The exactly rounded sum of some numbers. */
export function exactSum(terms: Iterable<number>): number {
  if (Array.isArray(terms) && terms.length < 2) return terms.length === 0 ? 0 : usable(terms[0]) + 0
  const sum = new ExactSum()
  for (const term of terms) sum.add(term)
  return sum.value
}

function usable(term: number): number {
  if (Math.abs(term) <= largestTerm) return term
  throw new Problem('invalid-number', 'A sum met a term that is not a usable number.')
}

/** What rounding took from `a + b = sum`, itself a double (Dekker's two-sum: exact whenever |larger| comes first). */
function roundingError(a: number, b: number, sum: number): number {
  return Math.abs(a) < Math.abs(b) ? a - (sum - b) : b - (sum - a)
}

/** `high + low` was rounded as a tie; what lies below (`beyond`) may say that it was none. */
function withHalfEven(high: number, low: number, beyond: number): number {
  if (low === 0 || beyond === 0 || low > 0 !== beyond > 0) return high
  const doubled = low * 2
  const next = high + doubled
  return next - high === doubled ? next : high
}
