/** A bill of materials as the rows of its sheet: an item, what goes into it, and then its parts, each with all that goes into them. */

import type { BillItem, BillLine, BillPart } from '../../engine/types.ts'
import { type BillColumn, columnsOfRow, type RowKind, rowKinds } from './bill-columns.ts'
import { cellsOf, type Wording } from './item-cells.ts'
import type { WrittenRow } from './table-rows-of.ts'

/** @throws Problem `invalid-request` that names what no column holds. */
export function billRows(product: BillItem, wording: Wording | null): readonly WrittenRow[] {
  const rows: WrittenRow[] = []
  addItem(product, 'product', { level: 0, pointer: '/item' })
  return rows

  function addItem(item: BillItem, kind: 'product' | 'item', place: Place): void {
    const { lines = [], scrap = [], parts = [], ...said } = item
    add(said, kind, place)
    const below = (list: string, at: number) => ({
      level: place.level + 1,
      pointer: `${place.pointer}/${list}/${at}`,
    })
    for (const [at, line] of lines.entries()) add(line, 'line', below('lines', at))
    for (const [at, line] of scrap.entries()) add(line, 'scrap', below('scrap', at))
    for (const [at, part] of parts.entries()) addPart(part, below('parts', at))
  }

  function addPart(part: BillPart, place: Place): void {
    if ('use' in part) add(part, 'use', place)
    else addItem(part, 'item', place)
  }

  function add(said: object | BillLine, kind: RowKind | 'product', { level, pointer }: Place): void {
    const cells = cellsOf<BillColumn>(columnsOfRow[kind], said, { pointer, wording })
    const names = rowKinds[kind === 'product' ? 'item' : kind]
    rows.push(
      new Map<string, string>([
        ['level', String(level)],
        ['kind', wording === null ? (kind === 'product' ? 'item' : kind) : wording(names)],
        ...cells,
      ]),
    )
  }
}

interface Place {
  readonly level: number
  readonly pointer: string
}
