/**
 * Rows of a table that was sent, whatever they were read from: headers by their names, cells as members of an item, and every
 * fault with its place in the file and its pointer into the item.
 */

import type { z } from '@hono/zod-openapi'
import type { Place } from '../json/place.ts'
import { pointerOf } from '../json/pointer.ts'
import { isProblem, Problem, type ProblemCode } from '../problem.ts'
import { choicesInWords } from './activity-choices.ts'
import type { Columns, TableColumn } from './table-columns.ts'
import { cellValue } from './table-values.ts'

/** A cell of a workbook, as people point to it: `D7` of a sheet; row and column counted from 1. */
export interface CellPlace {
  readonly sheet: string
  readonly cell: string
  readonly row: number
  readonly column: number
}

/** A place in one of several texts that were sent together. */
export interface PartPlace extends Place {
  readonly part: string
}

/** Where something stands in what was sent. */
export type SentPlace = Place | PartPlace | CellPlace

/** A row of what was sent: its cells in the order of the header, or what is wrong with it as it stands. */
export interface SentRow {
  readonly cells: readonly string[]
  readonly faults: readonly Problem[]
  /** Where a cell of it begins. */
  place(cell: number): SentPlace
}

/** A header that was read: its columns, what they are called in the file, and the dictionary they are of. */
export interface Header<Name extends string = string> {
  readonly columns: readonly Name[]
  readonly written: readonly string[]
  readonly dictionary: Columns<Name>
}

export type TableCode = Extract<ProblemCode, 'malformed-csv' | 'malformed-workbook'>

/** A place in words, as a refusal begins. */
export function placeInWords(place: SentPlace): string {
  if ('cell' in place) return `Cell ${place.cell} of the sheet "${place.sheet}"`
  const { line, column } = place
  return 'part' in place
    ? `Part "${place.part}", line ${line}, column ${column}`
    : `Line ${line}, column ${column}`
}

/** What is wrong at a place of the file. */
export function misplaced(
  code: TableCode,
  fault: string,
  place: SentPlace,
  facts: Record<string, unknown> = {},
): Problem {
  return new Problem(code, `${placeInWords(place)}: ${fault}.`, { ...place, ...facts })
}

/** A row as it is read into an item: `pointer` is where that item stands. */
export interface PlacedRow<Name extends string = string> {
  readonly header: Header<Name>
  readonly row: SentRow
  readonly pointer: string
}

/** The refusal of a cell that cannot be read. */
export function wrongCell<Name extends string>(
  { header, row, pointer }: PlacedRow<Name>,
  { column, fault }: WrongCell<Name>,
): Problem {
  const place = row.place(header.columns.indexOf(column))
  const detail = `${placeInWords(place)}: ${nameOf(header, column)}: ${fault}`
  const member = pointerOf(header.dictionary.path(column))
  return new Problem('invalid-request', detail, { pointer: `${pointer}${member}`, ...place })
}

/** The refusal of a value by the schema of the item. */
export function wrongValue<Name extends string>(
  { header, row, pointer }: PlacedRow<Name>,
  issue: z.core.$ZodIssue,
): Problem {
  const { dictionary } = header
  const path = issue.path as (string | number)[]
  const member = path.map(String)
  const cell = cellOfMember(header, member)
  const column = header.columns[cell]
  const isOfCell = column !== undefined && touches(dictionary.path(column), member)
  const known = isOfCell ? column : dictionary.names.find((name) => touches(dictionary.path(name), member))
  const name = known === undefined ? member.join('.') : nameOf(header, known)
  const place = row.place(cell)
  const detail = `${placeInWords(place)}: ${name} ${faultOf(issue, known && dictionary.of(known))}.`
  const code = issue.code === 'too_big' && issue.origin === 'array' ? 'too-many-items' : 'invalid-request'
  return new Problem(code, detail, { pointer: `${pointer}${pointerOf(path)}`, ...place })
}

/** What the schema says of a value, in the words of its column. */
export function faultOf({ message }: z.core.$ZodIssue, column: TableColumn | undefined): string {
  if (message.endsWith('received undefined')) return 'is needed'
  const choices = column?.choices
  return choices === undefined ? message : `is one of ${choicesInWords(choices)}`
}

/** A column as the file calls it, with its dotted name where that is another. */
function nameOf<Name extends string>({ columns, written }: Header<Name>, column: Name): string {
  const asWritten = written[columns.indexOf(column)]
  return asWritten === undefined || asWritten === column ? column : `"${asWritten}" (${column})`
}

/**
 * The cell of a member within its row: the one that holds the member, or holds a part of it; for a member that has no column, the
 * first one of what it stands in.
 */
export function cellOfMember<Name extends string>(
  { columns, dictionary }: Header<Name>,
  member: readonly string[],
): number {
  for (let length = member.length; length > 0; length -= 1) {
    const within = member.slice(0, length)
    const cell = columns.findIndex((column) => touches(dictionary.path(column), within))
    if (cell >= 0) return cell
  }
  return 0
}

/** Whether one place is within the other. */
export function touches(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).every((name, index) => name === other[index])
}

/** A cell that cannot be read, and why. */
export interface WrongCell<Name extends string = string> {
  readonly column: Name
  readonly fault: string
}

/** Members of an item by their names. */
export type Members = Record<string, unknown>

/** An item of a row, and the cells that cannot be read. */
export interface ItemRead<Name extends string> {
  readonly item: Members
  readonly wrong: readonly WrongCell<Name>[]
}

/** Dotted columns as nested members; an empty cell stays out. `refusal` says why a filled cell may not stand beside the others. */
export function readItem<Name extends string>(
  { columns, dictionary }: Header<Name>,
  cells: readonly string[],
  refusal: (column: Name, filled: readonly Name[]) => string | undefined = () => undefined,
): ItemRead<Name> & { readonly filled: readonly Name[] } {
  const item: Members = {}
  const wrong: WrongCell<Name>[] = []
  const filled = columns.filter((_, index) => (cells[index] ?? '') !== '')
  for (const column of filled) {
    const fault = refusal(column, filled)
    if (fault !== undefined) {
      wrong.push({ column, fault })
      continue
    }
    try {
      const value = cellValue(dictionary.of(column), cells[columns.indexOf(column)] ?? '')
      setMember(item, dictionary.path(column), value)
    } catch (thrown) {
      if (!isProblem(thrown)) throw thrown
      wrong.push({ column, fault: String(thrown.facts.detail) })
    }
  }
  return { item, wrong, filled }
}

/** Sets a member; a number in its place is one of a list. */
export function setMember(target: Members, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    target[name] = value
    return
  }
  target[name] ??= /^\d+$/.test(rest[0] ?? '') ? [] : {}
  setMember(target[name] as Members, rest, value)
}
