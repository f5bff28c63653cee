/** The cells of a meter: a row is of one, with its first and last reading in four cells, or all of its readings in one. */

import type { Columns } from './table-columns.ts'
import type { Members } from './table-rows.ts'

/** Readings that stand in two ways, why that may not be; undefined where they do not. */
export function readTwice<Name extends string>(
  dictionary: Columns<Name>,
  column: Name,
  filled: readonly Name[],
): string | undefined {
  const isTwice =
    dictionary.of(column).kind === 'readings' && filled.some((other) => isOfPair(dictionary, other))
  return isTwice
    ? 'the readings stand here and in the columns of the first and the last reading; keep one of the two.'
    : undefined
}

/** The columns of the first and the last reading. */
function isOfPair<Name extends string>(dictionary: Columns<Name>, column: Name): boolean {
  const path = dictionary.path(column).join('.')
  return path.startsWith('meter.meters.0.readings.')
}

/** What is missing of a meter that is begun is then named; so is the second reading where the first is begun. */
export function completeMeter<Name extends string>(
  dictionary: Columns<Name>,
  { meter }: Members,
  filled: readonly Name[],
): void {
  if (meter === undefined) return
  const members = meter as { meters?: { readings?: unknown[] }[] }
  members.meters ??= [{}]
  const [only] = members.meters
  if (only === undefined || !filled.some((column) => isOfPair(dictionary, column))) return
  const [first = {}, last = {}] = only.readings ?? []
  only.readings = [first, last]
}
