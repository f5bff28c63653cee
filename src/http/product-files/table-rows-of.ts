/** A calculation as the rows of its tables: what a workbook or several CSV texts hold. */

import type { ProductInput } from '../../engine/types.ts'
import { pointerOf } from '../../json/pointer.ts'
import { Problem } from '../../problem.ts'
import { cellsOf, type Wording } from './item-cells.ts'
import { productMembers } from './product-columns.ts'
import { systemTables } from './tables.ts'
import type { SystemTable } from './types.ts'

/** A row by its columns. */
export type WrittenRow = ReadonlyMap<string, string>

/** A calculation, written. */
export interface WrittenSystem {
  /** The members of the product's own sheet. */
  readonly product: WrittenRow
  rowsOf(table: SystemTable): readonly WrittenRow[]
}

/** @throws Problem `invalid-request` that names what no table can say. */
export function writtenSystem(input: ProductInput, wording: Wording | null): WrittenSystem {
  const rest: Record<string, unknown> = structuredClone({ ...input })
  delete rest.kind
  const rows = new Map(systemTables.map((table) => [table.key, rowsIn(table, input, wording)]))
  for (const { list, parents } of systemTables) if (parents.length === 0) remove(rest, list)
  const product = cellsOf(productMembers, rest, { pointer: '', wording })
  return { product, rowsOf: ({ key }) => rows.get(key) ?? [] }
}

function rowsIn(table: SystemTable, input: ProductInput, wording: Wording | null): readonly WrittenRow[] {
  const items = listAt(input, table.list)
  if (items?.length === 0) throw emptyList(table)
  return (items ?? []).map((item, at) =>
    cellsOf(table.dictionary, item as object, { pointer: pointerOf([...table.list, at]), wording }),
  )
}

/** An empty table is read as none. */
function emptyList({ list, title }: SystemTable): Problem {
  const pointer = pointerOf(list)
  const detail = `${pointer} is an empty list, which the table "${title.zh}" cannot say; leave it out, or take the system as JSON.`
  return new Problem('invalid-request', detail, { pointer })
}

function listAt(input: object, path: readonly string[]): readonly unknown[] | undefined {
  const found = path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    input,
  )
  return found as readonly unknown[] | undefined
}

function remove(target: Record<string, unknown>, [name = '', ...rest]: readonly string[]): void {
  const member = target[name]
  if (rest.length === 0) delete target[name]
  else if (typeof member === 'object' && member !== null) remove(member as Record<string, unknown>, rest)
}
