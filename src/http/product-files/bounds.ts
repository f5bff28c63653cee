/** How much of a product system is read at once, each bound said where it is met. */

import { mostProcesses } from '../../engine/index.ts'
import { Problem } from '../../problem.ts'
import { linesMax } from '../calculation.ts'
import type { SystemTable } from './types.ts'

/** Rows of any other table. */
const rowsMax = 20_000

/** Rows that a table may have. */
export function rowsMaxOf({ key }: Pick<SystemTable, 'key'>): number {
  if (key === 'lines' || key === 'billOfMaterials') return linesMax
  return key === 'processes' ? mostProcesses : rowsMax
}

/** @throws Problem `too-many-items` that names the table and its bound. */
export function refuseTooManyRows(table: SystemTable, rows: number): void {
  const most = rowsMaxOf(table)
  if (rows <= most) return
  const detail = `The table "${table.title.zh}" (${table.key}) is read up to ${most} rows; merge what need not stand apart.`
  throw new Problem('too-many-items', detail, {
    pointer: `/${table.list.join('/')}`,
    table: table.key,
    rowsMax: most,
  })
}
