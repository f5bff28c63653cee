/** Headers of a table, read by their names: everything that is wrong with one at once. */

import { Refusals } from '../engine/refusals.ts'
import type { Problem } from '../problem.ts'
import type { Columns } from './table-columns.ts'
import { type Header, misplaced, type SentPlace, type TableCode } from './table-rows.ts'

/**
 * The columns that a header names, in any of their accepted names.
 *
 * @throws Problem of the code given: unknown columns with the nearest names, columns that stand twice or are missing; all at once.
 */
export function readHeader<Name extends string>(
  code: TableCode,
  dictionary: Columns<Name>,
  written: readonly string[],
  place: (cell: number) => SentPlace,
): Header<Name> {
  const refusals = new Refusals()
  const columns = written.map((name) => dictionary.named(name))
  for (const [cell, column] of columns.entries()) {
    if (refusals.full) break
    refusals.attempt(() => {
      if (column === undefined) throw unknownColumn(code, dictionary, written[cell] ?? '', place(cell))
      const first = columns.indexOf(column)
      if (first < cell) throw repeatedColumn(code, written, [first, cell], place(cell))
    })
  }
  const missing = dictionary.missing(columns.filter((name) => name !== undefined))
  if (missing.length > 0) refusals.attempt(() => refuseMissing(code, dictionary, missing, place(0)))
  refusals.throwIfAny()
  return { columns: columns as readonly Name[], written, dictionary }
}

function unknownColumn(code: TableCode, columns: Columns, written: string, place: SentPlace): Problem {
  const candidates = columns.nearest(written)
  const near = candidates.length > 0 ? `; near it: ${candidates.map((name) => `"${name}"`).join(', ')}` : ''
  const fault = `"${short(written)}" is not a column of ${columns.holds}${near}`
  return misplaced(code, fault, place, { candidates, columns: columns.names })
}

function repeatedColumn(
  code: TableCode,
  written: readonly string[],
  [first, second]: readonly [number, number],
  place: SentPlace,
): Problem {
  const [one = '', other = ''] = [written[first], written[second]].map((name) => short(name ?? ''))
  const fault =
    one === other ? `the column "${one}" stands twice` : `"${other}" is the same column as "${one}"`
  return misplaced(code, fault, place)
}

function refuseMissing<Name extends string>(
  code: TableCode,
  columns: Columns<Name>,
  missing: readonly Name[],
  place: SentPlace,
): never {
  const named = missing.map((name) => `"${name}" (${columns.of(name).title.zh})`).join(', ')
  const fault = missing.length === 1 ? `the column ${named} is missing` : `the columns ${named} are missing`
  throw misplaced(code, fault, place, { missing, columns: columns.names })
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}
