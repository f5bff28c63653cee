/**
 * From rows of cells to lines of activity data, whatever the rows were read from. Nothing is imported in part: every fault
 * is collected with its place, so that a file is mended once and not once a fault.
 */

import type { z } from '@hono/zod-openapi'
import { checkNewId } from '../engine/names.ts'
import { at, Refusals } from '../engine/refusals.ts'
import type { ActivityLine } from '../engine/types.ts'
import type { Place } from '../json/place.ts'
import { pointerOf, pointerPath } from '../json/pointer.ts'
import { isProblem, Problem, type ProblemCode } from '../problem.ts'
import { canonicalLine } from '../record/canonical-input.ts'
import { categoryNamed } from './activity-categories.ts'
import {
  type CsvColumn,
  columnNamed,
  columnOf,
  csvColumns,
  nearestHeaders,
  neededColumns,
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
  const missing = neededColumns.filter((name) => !columns.includes(name))
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
  const parsed = ActivityLineBody.safeParse(lineOf(row.cells, header.columns))
  if (parsed.success) return { line: parsed.data, faults: [] }
  return { faults: parsed.error.issues.map((issue) => wrongValue(header, row, index, issue)) }
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

function wrongValue(header: Header, row: SentRow, index: number, issue: z.core.$ZodIssue): Problem {
  const path = issue.path as (string | number)[]
  const pointer = `/lines/${index}${pointerOf(path)}`
  const cell = cellOf(header, pointer)
  const fault = issue.message.endsWith('received undefined') ? 'is needed' : issue.message
  const detail = `${placeInWords(row.place(cell))}: ${nameOf(header, columnOfPath(path), cell)} ${fault}.`
  return new Problem('invalid-request', detail, { pointer, ...row.place(cell) })
}

/** A column as the file calls it, with its dotted name where that is another. */
function nameOf({ columns, written }: Header, member: string, cell: number): string {
  const asWritten = written[cell]
  return asWritten === undefined || columns[cell] !== member || asWritten === member
    ? member
    : `"${asWritten}" (${member})`
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

/** The cell of a pointer `/lines/<index>/…` within its row; for a member that has no column, the first. */
function cellOf({ columns }: Header, pointer: string): number {
  const [, , ...member] = pointerPath(pointer) ?? []
  const name = columnOfPath(member)
  const cell = columns.findIndex(
    (column) => column === name || (name !== '' && column.startsWith(`${name}.`)),
  )
  return Math.max(cell, 0)
}

/** The column of a member: places in lists, which rows have none of, left out. */
function columnOfPath(path: readonly (string | number)[]): string {
  return path.filter((part) => !/^\d+$/.test(String(part))).join('.')
}

/** Dotted columns as nested members; an empty cell stays out. */
function lineOf(cells: readonly string[], columns: readonly CsvColumn[]): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const [index, column] of columns.entries()) {
    const cell = cells[index] ?? ''
    if (cell !== '') setMember(line, column.split('.'), cellValue(column, cell))
  }
  return line.beside === undefined ? line : { ...line, beside: [line.beside] }
}

function setMember(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [name = '', ...rest] = path
  if (rest.length === 0) {
    target[name] = value
    return
  }
  target[name] ??= {}
  setMember(target[name] as Record<string, unknown>, rest, value)
}

function cellValue(column: CsvColumn, cell: string): unknown {
  const { kind } = columnOf(column)
  if (kind === 'year') return /^\d{4}$/.test(cell) ? Number(cell) : cell
  if (kind === 'gases') return cell.split(' ')
  if (kind === 'category') return categoryNamed(cell)
  return kind === 'date' ? dateOf(cell) : cell
}

/** Year, month and day in this order, as Excel in China writes them; whatever else stays, for the calculation to refuse. */
const writtenDate = /^(\d{4})(?:-(\d{1,2})-(\d{1,2})|\/(\d{1,2})\/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)$/

function dateOf(cell: string): string {
  const [, year, ...parts] = writtenDate.exec(cell) ?? []
  const [month, day] = parts.filter((part) => part !== undefined)
  return year === undefined || month === undefined || day === undefined
    ? cell
    : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
}
