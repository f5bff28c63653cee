/** A calculation, or a bill of materials that is short for one, as the rows of its tables: what a workbook or several CSV texts hold. */

import type { StatedIdentity } from '../../actions/footprints/stated-identity.ts'
import type { BillOfMaterials, ProductInput } from '../../engine/types.ts'
import { pointerOf } from '../../json/pointer.ts'
import { Problem } from '../../problem.ts'
import { billOfMaterials } from './bill-columns.ts'
import { billRows } from './bill-rows.ts'
import { cellsOf, type Wording } from './item-cells.ts'
import { productMembers } from './product-columns.ts'
import { systemTables, tableOf } from './tables.ts'
import type { ParentColumn, SystemTable } from './types.ts'

/** A row by its columns. */
export type WrittenRow = ReadonlyMap<string, string>

/** A calculation, written. */
export interface WrittenSystem {
  /** The members of the product's own sheet. */
  readonly product: WrittenRow
  rowsOf(table: SystemTable): readonly WrittenRow[]
}

/** Rules of a category ask something, or nothing. */
const putBack = ['productCategoryRules.binds']

/** @throws Problem `invalid-request` that names what no table can say. */
export function writtenSystem(
  input: ProductInput | BillOfMaterials,
  wording: Wording | null,
  identity?: StatedIdentity,
): WrittenSystem {
  const { kind: _, ...said } = input
  const rows = new Map(systemTables.map((table) => [table.key, rowsIn(table, input, wording)]))
  if (input.kind === 'bill-of-materials') rows.set(billOfMaterials.key, billRows(input.item, wording))
  const own = without(said, [...listsOf(undefined), billOfMaterials.list])
  const product = cellsOf(productMembers, { ...own, identity }, { pointer: '', wording, putBack })
  return { product, rowsOf: ({ key }) => rows.get(key) ?? [] }
}

/** What items belong to, with the cells that say so. */
interface Owner {
  readonly item: object
  readonly pointer: string
  readonly ids: readonly string[]
}

function rowsIn(table: SystemTable, input: object, wording: Wording | null): readonly WrittenRow[] {
  const lists = listsOf(table.key)
  return itemsIn(table, input).map(({ item, pointer, ids }) => {
    const { dictionary, putBack: emptied } = table
    const own = cellsOf(dictionary, without(item, lists), { pointer, wording, putBack: emptied })
    const named = ids.map((id, at): [string, string] => [table.parents[at]?.column ?? '', id])
    return new Map([...named, ...own])
  })
}

/** Every item of a table, with the ids of what it belongs to. */
function itemsIn(table: SystemTable, input: object): readonly Owner[] {
  return ownersOf(table.parents, input).flatMap(({ item: owner, pointer, ids }) => {
    const items = listAt(owner, table.list)
    // Within an item a list that has to be there is put back by whoever reads it.
    if (items?.length === 0 && table.parents.length === 0) throw emptyList(table)
    return (items ?? []).map((item, at) => ({
      item: item as object,
      pointer: `${pointer}${pointerOf([...table.list, at])}`,
      ids,
    }))
  })
}

/** What the rows of a table may belong to, each with its own id behind those of what it belongs to. */
function ownersOf(parents: readonly ParentColumn[], input: object): readonly Owner[] {
  const last = parents.at(-1)
  if (last === undefined) return [{ item: input, pointer: '', ids: [] }]
  const named = itemsIn(tableOf(last.table), input).map(({ ids, ...owner }) => ({
    ...owner,
    ids: [...ids, String((owner.item as { id?: unknown }).id)],
  }))
  return last.isOptional ? [...ownersOf(parents.slice(0, -1), input), ...named] : named
}

/** The lists of a table's items, or of the input itself, that have tables of their own. */
function listsOf(key: string | undefined): readonly (readonly string[])[] {
  return systemTables.filter(({ parents }) => isListOf(parents, key)).map(({ list }) => list)
}

/** An item without what stands at these paths; what it holds beside them is not copied. */
function without(item: object, paths: readonly (readonly string[])[]): object {
  return paths.reduce(removed, item)
}

function removed(item: object, [name = '', ...rest]: readonly string[]): object {
  const { [name]: member, ...others } = item as Record<string, unknown>
  if (rest.length === 0) return others
  return typeof member === 'object' && member !== null ? { ...others, [name]: removed(member, rest) } : item
}

/** An empty table is read as none. */
function emptyList({ list, title }: SystemTable): Problem {
  const pointer = pointerOf(list)
  const detail = `${pointer} is an empty list, which the table "${title.zh}" cannot say; leave it out, or take the system as JSON.`
  return new Problem('invalid-request', detail, { pointer })
}

/** Whether a list with these parents may stand in an item of the table. */
function isListOf(parents: readonly ParentColumn[], key: string | undefined): boolean {
  const last = parents.at(-1)
  return last?.table === key || (last?.isOptional === true && isListOf(parents.slice(0, -1), key))
}

function listAt(input: object, path: readonly string[]): readonly unknown[] | undefined {
  const found = path.reduce<unknown>(
    (value, name) => (value as Record<string, unknown> | undefined)?.[name],
    input,
  )
  return found as readonly unknown[] | undefined
}
