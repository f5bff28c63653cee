/** What was read of a file, and where: so that whoever sent it sees that nothing was passed over. */

import type { SentSystemTable } from './types.ts'

/** Rows `from` to `to`, the first item of which has the place `item` in its list. */
export interface RowRun {
  readonly from: number
  readonly to: number
  readonly item: number
}

export interface TableReport {
  readonly table: string
  /** The sheet, or the part of the form. */
  readonly called: string
  readonly headerRow: number
  readonly items: number
  readonly rows: readonly RowRun[]
  readonly columns: readonly { readonly header: string; readonly member: string }[]
}

export function reportOf({ table, called, header, rows, headerRow }: SentSystemTable): TableReport {
  const columns = header.columns.map((member, at) => ({ header: header.written[at] ?? member, member }))
  return { table: table.key, called, headerRow, items: rows.length, rows: runsOf(rows), columns }
}

function runsOf(rows: SentSystemTable['rows']): readonly RowRun[] {
  const runs: { from: number; to: number; item: number }[] = []
  for (const [item, row] of rows.entries()) {
    const place = row.place(0)
    const at = 'cell' in place ? place.row : place.line
    const last = runs.at(-1)
    if (last !== undefined && at === last.to + 1) last.to = at
    else runs.push({ from: at, to: at, item })
  }
  return runs
}
