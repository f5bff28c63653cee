/** Ids in the rows of inputs that no row of another table has: refused in their cells, under the codes that the calculation has for them. */

import { nearest } from '../../engine/names.ts'
import type { Refusals } from '../../engine/refusals.ts'
import { pointerOf } from '../../json/pointer.ts'
import { Problem, type ProblemCode } from '../../problem.ts'
import { type CsvColumn, lineColumns } from '../activity-columns.ts'
import { type PlacedRow, placeInWords } from '../table-rows.ts'
import { processes, tableOf } from './tables.ts'
import type { SystemTable } from './types.ts'

/** Among more nobody looks for what is near: each comparison takes its time. */
const comparedMax = 1000

const siteTotals = tableOf('siteTotals')

/** The columns that name items of other tables, and what a name of none is refused as. */
const naming: readonly (readonly [CsvColumn, SystemTable, ProblemCode])[] = [
  ['process', processes, 'unknown-process'],
  ['from', processes, 'unknown-process'],
  ['to', processes, 'unknown-process'],
  ['fromSite.total', siteTotals, 'unknown-site-data'],
]

/** @param idsOf the ids of a table, in NFC; undefined where some could not be read, so that nobody can say what is missing. */
export function refuseUnknownItems(
  { header, row, pointer }: PlacedRow<CsvColumn>,
  idsOf: (table: SystemTable) => ReadonlySet<string> | undefined,
  refusals: Refusals,
): void {
  for (const [column, table, code] of naming) {
    const at = header.columns.indexOf(column)
    const id = (row.cells[at] ?? '').normalize('NFC')
    const known = idsOf(table)
    if (id === '' || known === undefined || known.has(id)) continue
    refusals.attempt(() => {
      const candidates = known.size > comparedMax ? [] : nearest(id, known)
      const near = candidates.length > 0 ? ` Near it: ${candidates.map((one) => `"${one}"`).join(', ')}.` : ''
      const place = row.place(at)
      const detail = `${placeInWords(place)}: no row of "${table.title.zh}" (${table.key}) has the id "${id.slice(0, 100)}".${near}`
      throw new Problem(code, detail, {
        pointer: `${pointer}${pointerOf(lineColumns.path(column))}`,
        ...{ candidates, ...place },
      })
    })
  }
}
