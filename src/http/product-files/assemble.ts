/**
 * From tables to the calculation input they make up: each row an item of its list, put where the columns that name its parents say.
 * What is wrong is collected with its place; what the schema says of the whole is for the reader to ask afterwards.
 */

import { checkNewId } from '../../engine/names.ts'
import type { Refusals } from '../../engine/refusals.ts'
import type { ActivityLine } from '../../engine/types.ts'
import { pointerOf } from '../../json/pointer.ts'
import { isProblem, Problem, type ProblemFacts } from '../../problem.ts'
import { type CsvColumn, lineColumns } from '../activity-columns.ts'
import { collectLines } from '../activity-rows.ts'
import { readTwice } from '../meter-cells.ts'
import {
  type Header,
  type Members,
  type PlacedRow,
  readItem,
  type SentPlace,
  type SentRow,
  type WrongCell,
  wrongCell,
} from '../table-rows.ts'
import { billOfMaterials } from './bill-columns.ts'
import { refuseUnknownItems } from './named-items.ts'
import { Places } from './places.ts'
import { readMembers } from './product-sheet.ts'
import { readBill } from './read-bill.ts'
import {
  besideBill,
  lines as linesTable,
  processes as processesTable,
  systemTables,
  tableOf,
} from './tables.ts'
import type { SentSystemTable, SystemTable } from './types.ts'
import { refuseWrongCells } from './wrong-cells.ts'

/** What tables make up. */
export interface Assembled {
  /** What the tables hold: a product system, or a bill of materials that is short for one. */
  readonly kind: 'product' | 'bill-of-materials'
  /** The input as it was written, without its lines: the schema has not seen it. */
  readonly system: Members
  readonly lines: readonly ActivityLine[]
  readonly places: Places
  /** Pointers to what could not be read: what is missing there is not missed a second time. */
  readonly unread: readonly string[]
}

/** An item that was read, and the list that its rows belong to. */
interface Parent {
  readonly item: Members
  readonly pointer: string
}

/** Reads the tables; faults go to `refusals`. @throws Problem `too-many-items`. */
export function assemble(sent: readonly SentSystemTable[], refusals: Refusals): Assembled {
  return new Assembly(refusals).read(sent)
}

class Assembly {
  private readonly refusals: Refusals
  private readonly system: Members = {}
  private readonly places = new Places()
  private readonly unread: string[] = []
  /** Items by table, then by the ids of their parents and their own. */
  private readonly items = new Map<string, Map<string, Parent>>()
  private readonly ids = new Map<string, Set<string>>()
  /** Ids by table and by the ids of what they belong to. */
  private readonly under = new Map<string, string[]>()

  constructor(refusals: Refusals) {
    this.refusals = refusals
  }

  read(sent: readonly SentSystemTable[]): Assembled {
    const [product] = sent.filter(({ table }) => table.key === 'product')
    if (product)
      this.unread.push(
        ...readMembers(product, { system: this.system, places: this.places, refusals: this.refusals }),
      )
    const bill = sent.find(({ table, rows }) => table === billOfMaterials && rows.length > 0)
    return bill === undefined ? this.readSystem(sent) : this.readWithBill(sent, bill)
  }

  /** A bill says what the tables of processes would say: one of the two. */
  private readWithBill(sent: readonly SentSystemTable[], bill: SentSystemTable): Assembled {
    const { places, refusals, system, unread } = this
    for (const one of sent) if (isOfSystem(one)) this.refuse(besideTheBill(one, bill))
    for (const name of ['referenceProcess', 'referenceProduct'])
      if (system[name] !== undefined) this.refuse(ofSystem(name, places.placeOf(`/${name}`), bill))
    for (const table of besideBill) {
      const found = sent.find((one) => one.table === table)
      if (found !== undefined) this.readTable(found)
    }
    const { item, unread: unreadOfBill } = readBill(bill, { places, refusals })
    const whole = { ...system, ...(item && { item }) }
    return {
      kind: 'bill-of-materials',
      system: whole,
      lines: [],
      places,
      unread: [...unread, ...unreadOfBill],
    }
  }

  private readSystem(sent: readonly SentSystemTable[]): Assembled {
    for (const table of systemTables) {
      const found = sent.find((one) => one.table === table)
      if (found !== undefined && table !== linesTable) this.readTable(found)
    }
    const { system, places, unread } = this
    return { kind: 'product', system, lines: this.readLines(sent), places, unread }
  }

  private readLines(sent: readonly SentSystemTable[]): readonly ActivityLine[] {
    const found = sent.find(({ table }) => table === linesTable)
    if (found === undefined) return []
    this.places.setLines(found)
    const header = found.header as Header<CsvColumn>
    const lines = collectLines(header, found.rows, this.refusals)
    const idsOf = this.idsReader(sent)
    for (const [index, row] of found.rows.entries()) {
      if (this.refusals.full) break
      if (row.faults.length > 0) continue
      const placed = { header, row, pointer: `/lines/${index}` }
      // Numbers are refused by now.
      refuseWrongCells(placed, this.refusals, isNoNumber)
      refuseUnknownItems(placed, idsOf, this.refusals)
    }
    return lines
  }

  /** The ids of a table as they were read; of one with rows that could not be, nobody knows them all. */
  private idsReader(sent: readonly SentSystemTable[]) {
    const ids = new Map<SystemTable, ReadonlySet<string> | undefined>()
    return (table: SystemTable): ReadonlySet<string> | undefined => {
      if (!ids.has(table)) {
        const isUnread = sent.some((one) => one.table === table && one.rows.some(hasFaults))
        const items = [...(this.items.get(table.key)?.values() ?? [])]
        const read = new Set(items.map(({ item }) => String(item.id).normalize('NFC')))
        // Where there are no processes at all, that is refused.
        const isMissing = table === processesTable && read.size === 0
        ids.set(table, isUnread || isMissing ? undefined : read)
      }
      return ids.get(table)
    }
  }

  private readTable(sent: SentSystemTable): void {
    for (const row of sent.rows) {
      if (this.refusals.full) return
      this.readRow(sent, row)
    }
  }

  private readRow({ table, header }: SentSystemTable, row: PlacedRow['row']): void {
    const { item, wrong, filled } = readItem(header, row.cells, (column, others) =>
      readTwice(table.dictionary, column, others),
    )
    const parents = this.parentsNamed(table, item)
    const parent = this.parentOf(table, parents, { header, row, pointer: '' })
    if (parent === undefined) return
    const list = listIn(parent.item, table.list)
    const pointer = `${parent.pointer}${pointerOf([...table.list, list.length])}`
    const placed = { header, row, pointer }
    this.places.addItem(placed)
    table.complete?.(item, filled)
    list.push(item)
    this.tellFaults(placed, wrong)
    if (row.faults.length === 0) refuseWrongCells(placed, this.refusals)
    if (table.hasIds) this.keep(table, parents, { item, pointer })
  }

  /** The ids of what a row belongs to; an empty cell names the only one there is. */
  private parentsNamed({ parents }: SystemTable, item: Members): readonly string[] {
    const ids: string[] = []
    for (const { column, table, isOptional } of parents) {
      const id = item[column]
      delete item[column]
      if (typeof id === 'string') ids.push(id)
      else if (isOptional === undefined) ids.push(this.onlyIn(table, ids) ?? '')
    }
    return ids
  }

  private onlyIn(table: string, within: readonly string[]): string | undefined {
    const [only, another] = this.under.get(JSON.stringify([table, ...within])) ?? []
    return another === undefined ? only : undefined
  }

  private tellFaults(placed: PlacedRow, wrong: readonly WrongCell[]): void {
    const { row, pointer } = placed
    if (row.faults.length > 0) this.unread.push(pointer)
    for (const fault of row.faults) this.refuse(fault.with({ pointer: fault.facts.pointer ?? pointer }))
    for (const one of row.faults.length > 0 ? [] : wrong) {
      const problem = wrongCell(placed, one)
      this.unread.push(String(problem.facts.pointer))
      this.refuse(problem)
    }
  }

  /** The item that a row belongs to: the input itself, or the one that its first columns name. */
  private parentOf(table: SystemTable, ids: readonly string[], placed: PlacedRow): Parent | undefined {
    const last = table.parents[ids.length - 1]
    if (last === undefined) return { item: this.system, pointer: '' }
    const found = this.items.get(last.table)?.get(JSON.stringify(ids))
    if (found === undefined && placed.row.faults.length === 0) this.refuse(this.orphan(table, ids, placed))
    else if (found === undefined) for (const fault of placed.row.faults) this.refuse(fault)
    return found
  }

  private orphan(table: SystemTable, ids: readonly string[], { header, row }: PlacedRow): Problem {
    const known = table.parents.findIndex(
      ({ table: of }, at) => !this.items.get(of)?.has(JSON.stringify(ids.slice(0, at + 1))),
    )
    const { column, table: of } = table.parents[known] as SystemTable['parents'][number]
    const title = `"${tableOf(of).title.zh}" (${of})`
    const id = ids[known] ?? ''
    const fault =
      id === ''
        ? `is needed, since ${title} has none, or more than one.`
        : `no row of ${title} has the id "${id.slice(0, 100)}".`
    const [outermost] = table.parents as [SystemTable['parents'][number]]
    const pointer = pointerOf(tableOf(outermost.table).list)
    return wrongCell({ header, row, pointer }, { column, fault }).with({ pointer })
  }

  private keep(table: SystemTable, parents: readonly string[], { item, pointer }: Parent): void {
    const { id } = item
    if (typeof id !== 'string') return
    const place = pointer.slice(0, pointer.lastIndexOf('/'))
    const seen = this.ids.get(place) ?? new Set<string>()
    this.ids.set(place, seen)
    const facts = { ...this.places.placeOf(`${pointer}/id`) }
    this.refusals.attempt(() =>
      withFacts(facts, () => checkNewId(id.normalize('NFC'), seen, `${pointer}/id`)),
    )
    const known = this.items.get(table.key) ?? new Map<string, Parent>()
    this.items.set(table.key, known)
    const key = JSON.stringify([...parents, id])
    if (known.has(key)) return
    known.set(key, { item, pointer })
    const within = JSON.stringify([table.key, ...parents])
    this.under.set(within, [...(this.under.get(within) ?? []), id].slice(0, 2))
  }

  private refuse(problem: Problem): void {
    this.refusals.attempt(() => {
      throw problem
    })
  }
}

function hasFaults({ faults }: SentRow): boolean {
  return faults.length > 0
}

function isNoNumber(column: CsvColumn): boolean {
  return lineColumns.of(column).kind !== 'decimal'
}

/** Whether a table has rows that only a product system has. */
function isOfSystem({ table, rows }: SentSystemTable): boolean {
  return rows.length > 0 && systemTables.includes(table) && !besideBill.includes(table)
}

function besideTheBill({ called, table, rows }: SentSystemTable, bill: SentSystemTable): Problem {
  const detail = `"${called}" says what the bill of materials "${bill.called}" says in another way; empty one of the two.`
  return new Problem('invalid-request', detail, { pointer: '', table: table.key, ...rows[0]?.place(0) })
}

function ofSystem(name: string, place: SentPlace | undefined, { called }: SentSystemTable): Problem {
  const detail = `The first row of the bill of materials "${called}" is what the result is of; leave ${name} empty.`
  return new Problem('invalid-request', detail, { pointer: `/${name}`, ...place })
}

/** Runs what may refuse, and says where. */
function withFacts(facts: ProblemFacts, act: () => void): void {
  try {
    act()
  } catch (thrown) {
    throw isProblem(thrown) ? thrown.with(facts) : thrown
  }
}

/** The list at a path, made where there is none. */
function listIn(target: Members, path: readonly string[]): unknown[] {
  const [name = '', ...rest] = path
  if (rest.length > 0) {
    target[name] ??= {}
    return listIn(target[name] as Members, rest)
  }
  target[name] ??= []
  return target[name] as unknown[]
}
