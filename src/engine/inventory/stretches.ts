/**
 * What something counts for over time: stretches of days, one after the other without a gap, each with one share and each another
 * than its neighbours. Days before and after the reporting period are not told.
 */

import type { Days } from '../calendar.ts'

/** Days with one share; `null` where it is not held, which is another thing than a share of none. */
export interface Stretch extends Days {
  readonly share: number | null
}

/** From the days on which something may change, and what is so on a day. */
export function stretchesOf(
  days: Iterable<number>,
  { start, end }: Days,
  shareOn: (day: number) => number | null,
): readonly Stretch[] {
  const inside = [...new Set(days)].filter((day) => start < day && day < end)
  const starts = [start, ...inside.sort((a, b) => a - b)]
  const stretches: Stretch[] = []
  for (const [nth, from] of starts.entries()) {
    const stretch = { start: from, end: starts[nth + 1] ?? end, share: shareOn(from) }
    const before = stretches.at(-1)
    if (before?.share === stretch.share) stretches[stretches.length - 1] = { ...before, end: stretch.end }
    else stretches.push(stretch)
  }
  return stretches
}

/** The place of the stretch that a day lies in; the day lies in one. */
export function placeOf(stretches: readonly Stretch[], day: number): number {
  let [low, high] = [0, stretches.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((stretches[middle] as Stretch).start <= day) low = middle
    else high = middle - 1
  }
  return low
}

/** The share on a day that lies in one of the stretches. */
export function shareAt(stretches: readonly Stretch[], day: number): number | null {
  return (stretches[placeOf(stretches, day)] as Stretch).share
}

/** The stretches in which it is held. */
export function heldStretches(
  stretches: readonly Stretch[],
): readonly (Stretch & { readonly share: number })[] {
  return stretches.filter((stretch): stretch is Stretch & { share: number } => stretch.share !== null)
}
