/**
 * From rows of cells to lines of activity data, whatever the rows were read from. Nothing is imported in part: every fault
 * is collected with its place, so that a file is mended once and not once a fault.
 */

import type { z } from '@hono/zod-openapi'
import { readPedigree } from '../engine/inventory/data-quality.ts'
import { checkNewId } from '../engine/names.ts'
import { at, Refusals } from '../engine/refusals.ts'
import type { ActivityLine } from '../engine/types.ts'
import type { Place } from '../json/place.ts'
import { pointerOf, pointerPath } from '../json/pointer.ts'
import { isProblem, Problem, type ProblemCode } from '../problem.ts'
import { canonicalLine } from '../record/canonical-input.ts'
import { categoryNamed } from './activity-categories.ts'
import { dateOf, readReadings } from './activity-cells.ts'
import { choiceNamed, choicesInWords } from './activity-choices.ts'
import {
  type CsvColumn,
  columnNamed,
  columnOf,
  csvColumns,
  memberPath,
  missingColumns,
  nearestHeaders,
} from './activity-columns.ts'
import { ActivityLineBody, refuseTooManyLines } from './calculation.ts'

/** A cell of a workbook, as people point to it: `D7` of a sheet; row and column counted from 1. */
export interface CellPlace {
  readonly sheet: string
  readonly cell: string
  readonly row: number
  readonly column: number
}

/** Where something stands in what was sent. */
export type SentPlace = Place | CellPlace

/** A row of what was sent: its cells in the order of the header, or what is wrong with it as it stands. */
export interface SentRow {
  readonly cells: readonly string[]
  readonly faults: readonly Problem[]
  /** Where a cell of it begins. */
  place(cell: number): SentPlace
}

/** A header that was read: its columns, and what they are called in the file. */
export interface Header {
  readonly columns: readonly CsvColumn[]
  readonly written: readonly string[]
}

type TableCode = Extract<ProblemCode, 'malformed-csv' | 'malformed-workbook'>

/** A place in words, as a refusal begins. */
export function placeInWords(place: SentPlace): string {
  return 'cell' in place ? `Cell ${place.cell}` : `Line ${place.line}, column ${place.column}`
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

/**
 * The columns that a header names, in any of their accepted names.
 *
 * @throws Problem of the code given: unknown columns with the nearest names, columns that stand twice or are missing; all at once.
 */
export function readHeader(
  code: TableCode,
  written: readonly string[],
  place: (cell: number) => SentPlace,
): Header {
  const refusals = new Refusals()
  const columns = written.map((name) => columnNamed(name))
  for (const [cell, column] of columns.entries()) {
    if (refusals.full) break
    refusals.attempt(() => {
      if (column === undefined) throw unknownColumn(code, written[cell] ?? '', place(cell))
      const first = columns.indexOf(column)
      if (first < cell) throw repeatedColumn(code, written, [first, cell], place(cell))
    })
  }
  const missing = missingColumns(columns.filter((name) => name !== undefined))
  if (missing.length > 0) refusals.attempt(() => refuseMissing(code, missing, place(0)))
  refusals.throwIfAny()
  return { columns: columns as readonly CsvColumn[], written }
}

function unknownColumn(code: TableCode, written: string, place: SentPlace): Problem {
  const candidates = nearestHeaders(written)
  const near = candidates.length > 0 ? `; near it: ${candidates.map((name) => `"${name}"`).join(', ')}` : ''
  const fault = `"${short(written)}" is not a column of activity data${near}`
  return misplaced(code, fault, place, { candidates, columns: csvColumns })
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

function refuseMissing(code: TableCode, missing: readonly CsvColumn[], place: SentPlace): never {
  const named = missing.map((name) => `"${name}" (${columnOf(name).title.zh})`).join(', ')
  const fault = missing.length === 1 ? `the column ${named} is missing` : `the columns ${named} are missing`
  throw misplaced(code, fault, place, { missing, columns: csvColumns })
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

/**
 * Lines of rows: all, or none.
 *
 * @throws Problem the first fault, up to 50 more under `others`; `too-many-items`.
 */
export function readLines(header: Header, rows: readonly SentRow[]): ActivityLine[] {
  refuseTooManyLines(rows.length)
  const refusals = new Refusals()
  const ids = new Set<string>()
  const lines: ActivityLine[] = []
  for (const [index, row] of rows.entries()) {
    if (refusals.full) break
    const read = readLine(header, row, index)
    for (const problem of read.faults) refusals.attempt(() => raise(problem))
    if (read.line === undefined) continue
    const { line } = read
    const placed = (act: () => void) => refusals.attempt(() => withPlace(header, row, index, act))
    placed(() => canonicalLine(line, ['lines', index]))
    placed(() => checkNewId(line.id.normalize('NFC'), ids, `/lines/${index}/id`))
    lines.push(line)
  }
  refusals.throwIfAny()
  return lines
}

function raise(problem: Problem): never {
  throw problem
}

function readLine(
  header: Header,
  row: SentRow,
  index: number,
): { readonly line?: ActivityLine; readonly faults: readonly Problem[] } {
  if (row.faults.length > 0) {
    return {
      faults: row.faults.map((fault) => fault.with({ pointer: fault.facts.pointer ?? `/lines/${index}` })),
    }
  }
  const { line, wrong } = lineOf(row.cells, header.columns)
  const parsed = ActivityLineBody.safeParse(line)
  const cells = wrong.map(({ column, fault }) => wrongCell(header, row, index, { column, fault }))
  if (parsed.success) return cells.length === 0 ? { line: parsed.data, faults: [] } : { faults: cells }
  // What a wrong cell leaves out is not missed a second time.
  const others = parsed.error.issues.filter(
    ({ path }) => !wrong.some(({ column }) => touches(memberPath(column), path.map(String))),
  )
  return { faults: [...cells, ...others.map((issue) => wrongValue(header, row, index, issue))] }
}

function withPlace(header: Header, row: SentRow, index: number, act: () => void): void {
  try {
    at(`/lines/${index}`, act)
  } catch (thrown) {
    const pointer = isProblem(thrown) ? thrown.facts.pointer : undefined
    if (!isProblem(thrown) || typeof pointer !== 'string') throw thrown
    throw thrown.with({ ...row.place(cellOf(header, pointer)) })
  }
}

/** The refusal of a cell that cannot be read. */
function wrongCell(header: Header, row: SentRow, index: number, { column, fault }: WrongCell): Problem {
  const cell = header.columns.indexOf(column)
  const pointer = `/lines/${index}${pointerOf(memberPath(column))}`
  const detail = `${placeInWords(row.place(cell))}: ${nameOf(header, column)}: ${fault}`
  return new Problem('invalid-request', detail, { pointer, ...row.place(cell) })
}

/** The refusal of a value by the schema. */
function wrongValue(header: Header, row: SentRow, index: number, issue: z.core.$ZodIssue): Problem {
  const path = issue.path as (string | number)[]
  const pointer = `/lines/${index}${pointerOf(path)}`
  const cell = cellOf(header, pointer)
  const member = path.map(String)
  const column = header.columns[cell]
  const isOfCell = column !== undefined && touches(memberPath(column), member)
  const known = isOfCell ? column : csvColumns.find((name) => touches(memberPath(name), member))
  const name = known === undefined ? member.join('.') : nameOf(header, known)
  const detail = `${placeInWords(row.place(cell))}: ${name} ${faultOf(issue, known)}.`
  return new Problem('invalid-request', detail, { pointer, ...row.place(cell) })
}

function faultOf({ message }: z.core.$ZodIssue, column: CsvColumn | undefined): string {
  if (message.endsWith('received undefined')) return 'is needed'
  const choices = column === undefined ? undefined : columnOf(column).choices
  return choices === undefined ? message : `is one of ${choicesInWords(choices)}`
}

/** A column as the file calls it, with its dotted name where that is another. */
function nameOf({ columns, written }: Header, column: CsvColumn): string {
  const asWritten = written[columns.indexOf(column)]
  return asWritten === undefined || asWritten === column ? column : `"${asWritten}" (${column})`
}

/** Where the cell stands that a pointer into `/lines` names. */
export function placeOfPointer(
  header: Header,
  rows: readonly SentRow[],
  pointer: string,
): SentPlace | undefined {
  const [first, index] = pointerPath(pointer) ?? []
  return first === 'lines' ? rows[Number(index)]?.place(cellOf(header, pointer)) : undefined
}

/**
 * The cell of a pointer `/lines/<index>/…` within its row: the one that holds the member, or holds a part of it; for a member that
 * has no column, the first one of what it stands in.
 */
function cellOf({ columns }: Header, pointer: string): number {
  const [, , ...member] = (pointerPath(pointer) ?? []).map(String)
  for (let length = member.length; length > 0; length -= 1) {
    const within = member.slice(0, length)
    const cell = columns.findIndex((column) => touches(memberPath(column), within))
    if (cell >= 0) return cell
  }
  return 0
}

/** Whether one place is within the other. */
function touches(one: readonly string[], other: readonly string[]): boolean {
  return one.slice(0, other.length).every((name, index) => name === other[index])
}

interface WrongCell {
  readonly column: CsvColumn
  readonly fault: string
}

type Members = Record<string, unknown>

/** Dotted columns as nested members, an empty cell stays out; and the cells that cannot be read. */
function lineOf(
  cells: readonly string[],
  columns: readonly CsvColumn[],
): { readonly line: Members; readonly wrong: readonly WrongCell[] } {
  const line: Members = {}
  const wrong: WrongCell[] = []
  const filled = columns.filter((_, index) => (cells[index] ?? '') !== '')
  for (const column of filled) {
    if (column === 'meter.readings' && filled.some(isOfPair)) {
      wrong.push({ column, fault: twiceRead })
      continue
    }
    try {
      setMember(line, memberPath(column), cellValue(column, cells[columns.indexOf(column)] ?? ''))
    } catch (thrown) {
      if (!isProblem(thrown)) throw thrown
      wrong.push({ column, fault: String(thrown.facts.detail) })
    }
  }
  completeMeter(line, filled)
  return { line, wrong }
}

const twiceRead =
  'the readings stand here and in the columns of the first and the last reading; keep one of the two.'

/** The columns of the first and the last reading. */
function isOfPair(column: CsvColumn): boolean {
  return memberPath(column).slice(0, 4).join('.') === 'meter.meters.0.readings' && column !== 'meter.readings'
}

/** A row is of one meter, and of the first and the last reading where one of them is begun: what is missing of them is then named. */
function completeMeter({ meter }: Members, filled: readonly CsvColumn[]): void {
  if (meter === undefined) return
  const members = meter as { meters?: { readings?: unknown[] }[] }
  members.meters ??= [{}]
  const [only] = members.meters
  if (only === undefined || !filled.some(isOfPair)) return
  const [first = {}, last = {}] = only.readings ?? []
  only.readings = [first, last]
}

/** Sets a member; a number in its place is one of a list. */
function setMember(target: Members, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    target[name] = value
    return
  }
  target[name] ??= /^\d+$/.test(rest[0] ?? '') ? [] : {}
  setMember(target[name] as Members, rest, value)
}

/** @throws Problem `invalid-request` for a cell of several values that cannot be taken apart. */
function cellValue(column: CsvColumn, cell: string): unknown {
  const { kind, choices } = columnOf(column)
  if (kind === 'year') return /^\d{4}$/.test(cell) ? Number(cell) : cell
  if (kind === 'count') return /^\d{1,4}$/.test(cell) ? Number(cell) : cell
  if (kind === 'gases') return cell.split(' ')
  if (kind === 'category') return categoryNamed(cell)
  if (kind === 'choice') return choiceNamed(choices ?? {}, cell)
  if (kind === 'readings') return readReadings(cell)
  if (kind === 'pedigree') return readPedigree(cell)
  return kind === 'date' ? dateOf(cell) : cell
}
