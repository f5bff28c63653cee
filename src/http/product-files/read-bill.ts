/**
 * A bill of materials from the rows of its sheet: each row an item, a use of one, an input or scrap, put into the item above it. What is wrong is
 * collected with its place; behind a row that cannot be placed nothing is said of where the others belong.
 */

import { checkNewId } from '../../engine/names.ts'
import type { Refusals } from '../../engine/refusals.ts'
import type { Problem } from '../../problem.ts'
import { choiceNamed, choicesInWords } from '../activity-choices.ts'
import { completeMeter, readTwice } from '../meter-cells.ts'
import {
  type Header,
  type Members,
  type PlacedRow,
  readItem,
  type SentRow,
  wrongCell,
} from '../table-rows.ts'
import { type BillColumn, columnsOfRow, levelMax, type RowKind, rowKinds } from './bill-columns.ts'
import { completeName } from './names.ts'
import type { Places } from './places.ts'
import type { SentSystemTable } from './types.ts'
import { refuseWrongCells } from './wrong-cells.ts'

interface Into {
  readonly places: Places
  readonly refusals: Refusals
}

/** A bill as far as it could be read. */
export interface BillRead {
  /** The product with all that goes into it; undefined where there is none. */
  readonly item: Members | undefined
  /** Pointers to what could not be read: what is missing there is not missed a second time. */
  readonly unread: readonly string[]
}

/** Reads the rows; faults go to `refusals`. */
export function readBill(sent: SentSystemTable, into: Into): BillRead {
  return new BillReader(sent, into).read()
}

/** Where every pointer of a bill begins. */
const root = '/item'

/** An item that rows below may belong to. */
interface OpenItem {
  readonly level: number
  readonly item: Members
  readonly pointer: string
}

/** What a row says of itself. */
interface RowSaid {
  readonly level: number
  readonly kind: RowKind
}

/** Where the rows of a kind stand in the item above them. */
const lists: Readonly<Record<RowKind, string>> = {
  item: 'parts',
  use: 'parts',
  line: 'lines',
  scrap: 'scrap',
}

class BillReader {
  private readonly sent: SentSystemTable
  private readonly into: Into
  private readonly headers: Readonly<Record<RowKind | 'product', Header<BillColumn>>>
  private readonly unread: string[] = []
  private readonly itemIds = new Set<string>()
  private readonly lineIds = new Set<string>()
  private readonly kinds = new Map<string, string>()
  /** The items that are open, from the product down. */
  private open: readonly OpenItem[] = []
  private product: Members | undefined
  private before: RowSaid | undefined
  private isLost = false

  constructor(sent: SentSystemTable, into: Into) {
    this.sent = sent
    this.into = into
    const { columns, written } = sent.header as Header<BillColumn>
    const of = (kind: RowKind | 'product') => ({ columns, written, dictionary: columnsOfRow[kind] })
    this.headers = {
      ...{ product: of('product'), item: of('item'), use: of('use') },
      ...{ line: of('line'), scrap: of('scrap') },
    }
  }

  read(): BillRead {
    for (const row of this.sent.rows) {
      if (this.into.refusals.full) break
      this.readRow(row)
    }
    const { product, unread } = this
    return { item: product, unread }
  }

  private readRow(row: SentRow): void {
    if (row.faults.length > 0) {
      for (const fault of row.faults) this.lose(fault.with({ pointer: root }))
      return
    }
    const said = this.saidBy(row)
    if (said === undefined) return
    const placed = this.isLost ? undefined : this.placedRow(row, said)
    this.before = said
    if (placed === undefined) {
      // Its cells can be wrong all the same.
      this.readCells({ header: this.headers[said.kind], row, pointer: root })
      return
    }
    this.put(placed, said)
  }

  /** Level and kind of a row. */
  private saidBy(row: SentRow): RowSaid | undefined {
    const level = this.cell(row, 'level')
    const kind = this.kindCalled(this.cell(row, 'kind'))
    const isLevel = /^\d{1,2}$/.test(level) && Number(level) <= levelMax
    if (!isLevel) this.loseAt(row, 'level', `is a whole number from 0 to ${levelMax}.`)
    if (!Object.hasOwn(rowKinds, kind)) this.loseAt(row, 'kind', `is one of ${choicesInWords(rowKinds)}.`)
    return isLevel && Object.hasOwn(rowKinds, kind)
      ? { level: Number(level), kind: kind as RowKind }
      : undefined
  }

  /** A kind has few names, and a bill may have a hundred thousand rows. */
  private kindCalled(written: string): string {
    const kind = this.kinds.get(written) ?? choiceNamed(rowKinds, written)
    this.kinds.set(written, kind)
    return kind
  }

  private cell(row: SentRow, name: BillColumn): string {
    return row.cells[(this.sent.header as Header<BillColumn>).columns.indexOf(name)] ?? ''
  }

  /** The row as what it is, with its place; undefined where it has none. */
  private placedRow(row: SentRow, { level, kind }: RowSaid): PlacedRow<BillColumn> | undefined {
    if (level === 0 || this.product === undefined) return this.placedProduct(row, { level, kind })
    this.open = this.open.filter((one) => one.level < level)
    const above = this.open.at(-1)
    if (above === undefined || above.level !== level - 1) {
      this.loseAt(row, 'level', this.tooDeep(above?.level ?? 0))
      return undefined
    }
    const list = listOf(above.item, lists[kind])
    const pointer = `${above.pointer}/${lists[kind]}/${list.length}`
    return { header: this.headers[kind], row, pointer }
  }

  private placedProduct(row: SentRow, { level, kind }: RowSaid): PlacedRow<BillColumn> | undefined {
    const fault =
      level !== 0
        ? 'the first row is the product itself: its level is 0.'
        : 'is 0 for the product alone, in the first row; what goes into it has level 1.'
    if (level !== 0 || this.product !== undefined) this.loseAt(row, 'level', fault)
    else if (kind !== 'item') this.loseAt(row, 'kind', `is "${rowKinds.item.zh}" (item) for the product.`)
    else return { header: this.headers.product, row, pointer: root }
    return undefined
  }

  private tooDeep(level: number): string {
    const { before } = this
    const isBelowInput = before !== undefined && before.level > level
    return isBelowInput
      ? `is at most ${before.level} here: nothing goes into the row above, which is no item.`
      : `is at most ${level + 1} here: the nearest item above has level ${level}.`
  }

  private put(placed: PlacedRow<BillColumn>, { level, kind }: RowSaid): void {
    const { pointer } = placed
    this.into.places.addItem(placed as unknown as PlacedRow)
    const item = this.readCells(placed)
    const above = this.open.at(-1)
    if (level === 0) this.product = item
    else if (above) listOf(above.item, lists[kind]).push(item)
    if (kind === 'item') {
      completeName(item)
      this.checkId(this.itemIds, item.id, `${pointer}/id`)
      this.open = [...this.open, { level, item, pointer }]
    }
    if (kind === 'line' || kind === 'scrap') this.checkId(this.lineIds, item.id, `${pointer}/id`)
    else if (above && level > 0) this.checkTaking(item, above, pointer)
  }

  /** An item that is taken has a line too, of its own name or of both. */
  private checkTaking({ line, id, use }: Members, above: OpenItem, pointer: string): void {
    this.checkId(this.lineIds, line ?? `${above.item.id}/${id ?? use}`, `${pointer}/line`)
  }

  private checkId(seen: Set<string>, id: unknown, pointer: string): void {
    if (typeof id !== 'string') return
    this.into.refusals.attempt(() => {
      try {
        checkNewId(id.normalize('NFC'), seen, pointer)
      } catch (thrown) {
        throw (thrown as Problem).with({ ...this.into.places.placeOf(pointer) })
      }
    })
  }

  /** What the cells of a row say; a cell that belongs to another kind of row is refused. */
  private readCells(placed: PlacedRow<BillColumn>): Members {
    const { header, row } = placed
    const columns = header.dictionary as (typeof columnsOfRow)[RowKind]
    const { item, wrong, filled } = readItem(header, row.cells, (name, others) =>
      isOfRow(name) || columns.has(name) ? readTwice(columns, name, others) : notOfRow(name),
    )
    // Where a member has no name it is not of the item.
    delete item['']
    completeMeter(columns, item, filled)
    for (const one of wrong) {
      const problem = wrongCell(placed, one)
      const isOwn = columns.has(one.column)
      if (isOwn) this.unread.push(String(problem.facts.pointer))
      this.refuse(isOwn ? problem : problem.with({ pointer: placed.pointer }))
    }
    refuseWrongCells(placed, this.into.refusals, (name) => columns.has(name))
    return item
  }

  private loseAt(row: SentRow, column: BillColumn, fault: string): void {
    const header = this.sent.header as Header<BillColumn>
    this.lose(wrongCell({ header, row, pointer: root }, { column, fault }).with({ pointer: root }))
  }

  /** From here on nobody can say what belongs where. */
  private lose(problem: Problem): void {
    this.isLost = true
    this.unread.push(root)
    this.refuse(problem)
  }

  private refuse(problem: Problem): void {
    this.into.refusals.attempt(() => {
      throw problem
    })
  }
}

/** What every row says of itself. */
const isOfRow = (name: BillColumn) => name === 'level' || name === 'kind'

function notOfRow(name: BillColumn): string {
  const kinds = (Object.keys(rowKinds) as RowKind[]).filter((kind) => columnsOfRow[kind].has(name))
  const words = kinds.map((kind) => `"${rowKinds[kind].zh}" (${kind})`).join(', ')
  return `belongs to rows that are ${words}; leave it empty here.`
}

function listOf(item: Members, name: string): unknown[] {
  item[name] ??= []
  return item[name] as unknown[]
}
