/**
 * Solves a large group of processes by going round it again and again (Gauss-Seidel): each process in turn makes what is asked
 * of it and asks its own suppliers, until what is still asked is next to nothing. It takes a dozen rounds where loops give back
 * most of what they take, which real ones do.
 */

import type { System } from './system.ts'

/** Rounds between two looks at the progress, and the most there are. */
const roundsBetween = 5
const mostRounds = 300

/** From one look to the next at least this much must have been gained; else another method is the faster one. */
const leastGain = 0.5

/**
 * Solves (I − B) · x = left within the positions from `from` to `to`.
 *
 * @param left what is asked for; what is left of it on return.
 * @param x zero at the beginning.
 * @param known an answer that x corrects, or zeros: x is good when its last round changed `known + x` by less than `tolerance`
 *   of itself everywhere.
 * @returns whether it came to that; where not, x still shows how the processes relate.
 */
export function sweepUntil(
  system: System,
  [from, to]: readonly [number, number],
  left: Float64Array,
  x: Float64Array,
  known: Float64Array,
  tolerance: number,
): boolean {
  let before = Number.POSITIVE_INFINITY
  for (let round = 1; round <= mostRounds; round++) {
    const change = sweepMeasured(system, from, to, left, x, known)
    // While the demand is still on its way to some process, its arrival there is no lack of progress.
    if (change === arriving) continue
    if (change <= tolerance) return true
    if (!(change < Number.POSITIVE_INFINITY)) return false
    if (round % roundsBetween !== 0) continue
    if (change > leastGain * before) return false
    before = change
  }
  return false
}

/** Told instead of a change where a round reached some process for the first time. */
const arriving = -1

/** One round. Returns the largest change, in parts of what has changed; NaN where it is not finite. */
function sweepMeasured(
  { layout, weights, own }: System,
  from: number,
  to: number,
  left: Float64Array,
  x: Float64Array,
  known: Float64Array,
): number {
  const { starts, splits, targets } = layout
  let worst = 0
  let arrived = false
  for (let position = from; position < to; position++) {
    const asked = left[position] as number
    if (asked === 0) continue
    const step = asked / (1 - (own[position] as number))
    const before = (x[position] as number) + (known[position] as number)
    if (before === 0) arrived = true
    const sum = (x[position] as number) + step
    x[position] = sum
    left[position] = 0
    const end = splits[position] as number
    for (let entry = starts[position] as number; entry < end; entry++) {
      const target = targets[entry] as number
      left[target] = (left[target] as number) + (weights[entry] as number) * step
    }
    const whole = Math.abs(before + step)
    const change = Math.abs(step)
    if (!(change < Number.POSITIVE_INFINITY)) return Number.NaN
    if (change > worst * whole) worst = change / whole
  }
  return arrived ? arriving : worst
}

/**
 * One round from zero, which is a solution with the part of B that leads forward: x ≈ (I − B)⁻¹ · left. What is left is
 * afterwards exactly what x does not account for.
 */
export function sweepOnce(
  { layout, weights, own }: System,
  from: number,
  to: number,
  left: Float64Array,
  x: Float64Array,
): void {
  const { starts, splits, targets } = layout
  for (let position = from; position < to; position++) {
    const step = (left[position] as number) / (1 - (own[position] as number))
    x[position] = (x[position] as number) + step
    left[position] = 0
    const end = splits[position] as number
    for (let entry = starts[position] as number; entry < end; entry++) {
      const target = targets[entry] as number
      left[target] = (left[target] as number) + (weights[entry] as number) * step
    }
  }
}
