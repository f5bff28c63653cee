/**
 * Activity data from JSON or CSV into the same lines: same data, same bytes afterwards. The CSV is read strictly, and
 * whatever is wrong with it or with a value in it is named by line and column of the file.
 */

import type { z } from '@hono/zod-openapi'
import { type CsvError, parse } from 'csv-parse/sync'
import type { ActivityLine } from '../engine/types.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import type { Place } from '../json/place.ts'
import { pointerOf, pointerPath } from '../json/pointer.ts'
import { locate } from '../json/scan.ts'
import { isProblem, Problem } from '../problem.ts'
import { ActivityLineBody, linesMax, refuseTooManyLines } from './calculation.ts'

/** The columns of a CSV of activity data: a line's members in dotted form; of factors beside, the first, its gases apart by spaces. */
export const csvColumns = [
  'id',
  'category',
  'description',
  'facility',
  'period.start',
  'period.end',
  'quantity.amount',
  'quantity.unit',
  'distance.amount',
  'distance.unit',
  'density.amount',
  'density.unit',
  'enthalpy.amount',
  'enthalpy.unit',
  'netCalorificValue.amount',
  'netCalorificValue.unit',
  'sulphurPercent',
  'factor.table',
  'factor.version',
  'factor.id',
  'factor.family',
  'factor.factorCategory',
  'factor.region',
  'factor.year',
  'fuel.table',
  'fuel.version',
  'fuel.id',
  'fuel.netCalorificValue.amount',
  'fuel.netCalorificValue.unit',
  'fuel.carbonContent.amount',
  'fuel.carbonContent.unit',
  'fuel.oxidation',
  'gas',
  'beside.table',
  'beside.version',
  'beside.id',
  'beside.family',
  'beside.factorCategory',
  'beside.region',
  'beside.year',
  'beside.gases',
  'process',
  'from',
] as const
export type CsvColumn = (typeof csvColumns)[number]

const neededColumns: readonly CsvColumn[] = ['id', 'category', 'quantity.amount', 'quantity.unit']

/** No cell of activity data is longer; what is longer is an unclosed quote or an attack. */
const recordCharactersMax = 20_000

/** Lines, and where in the sent text a pointer to one of them (`/lines/3/quantity/unit`) stands. */
export interface ActivityData {
  readonly lines: readonly ActivityLine[]
  place(pointer: string): Place | undefined
}

/** Activity data sent as JSON, already checked against its schema. */
export function jsonActivityData(lines: readonly ActivityLine[], body: Uint8Array): ActivityData {
  return { lines, place: (pointer) => locate(decodeUtf8(body), pointer) }
}

/**
 * Activity data sent as CSV (RFC 4180; LF or CRLF; a byte order mark is allowed; an empty cell is an absent member).
 *
 * @throws Problem `malformed-csv`, `invalid-request`, `too-many-items`, each with line and column.
 */
export function csvActivityData(bytes: Uint8Array): ActivityData {
  const text = decodeCsv(bytes)
  const [header, ...rows] = readRecords(text)
  const columns = readHeader(text, header ?? [])
  refuseTooManyLines(rows.length)
  const place = (pointer: string) => placeOfPointer(text, columns, pointer)
  return { lines: readLines(rows, columns, place), place }
}

/** Runs what reads the data; a refusal that points into what was sent is given its line and column there. */
export async function withPlaces<Value>(
  data: ActivityData,
  act: () => Promise<Value> | Value,
): Promise<Value> {
  try {
    return await act()
  } catch (thrown) {
    const pointer = isProblem(thrown) ? thrown.facts.pointer : undefined
    if (!isProblem(thrown) || typeof pointer !== 'string') throw thrown
    throw thrown.with({ ...data.place(pointer) })
  }
}

function decodeCsv(bytes: Uint8Array): string {
  try {
    return decodeUtf8(bytes).replace(/^\uFEFF/, '')
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    const { detail, ...facts } = thrown.facts
    throw new Problem('malformed-csv', String(detail), facts)
  }
}

function readRecords(text: string): string[][] {
  try {
    return parse(text, {
      record_delimiter: ['\r\n', '\n'],
      relax_column_count: true,
      skip_empty_lines: false,
      max_record_size: recordCharactersMax,
      to: linesMax + 2,
    })
  } catch (thrown) {
    throw malformed(text, thrown as CsvError)
  }
}

/** What csv-parse says about a broken file, in a person's words. */
const faults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'a quoted cell does not end; close the quote',
  INVALID_OPENING_QUOTE:
    'a quote stands inside a cell that is not quoted; quote the cell and double the quote',
  CSV_INVALID_CLOSING_QUOTE:
    'something follows the end of a quoted cell; double a quote that belongs to the text',
  CSV_MAX_RECORD_SIZE: `a line is longer than ${recordCharactersMax} characters; look for a quote that does not end`,
}

function malformed(text: string, error: CsvError): Problem {
  const fault = faults[error.code]
  if (fault === undefined) throw error
  return refusal(fault, placeOfCell(text, Number(error.records), Number(error.column ?? 0)))
}

function refusal(fault: string, place: Place, facts: Record<string, unknown> = {}): Problem {
  const { line, column } = place
  return new Problem('malformed-csv', `Line ${line}, column ${column}: ${fault}.`, { line, column, ...facts })
}

function readHeader(text: string, header: readonly string[]): readonly CsvColumn[] {
  const at = (cell: number) => placeOfCell(text, 0, cell)
  for (const [cell, name] of header.entries()) {
    if (header.indexOf(name) < cell) throw refusal(`the column "${short(name)}" stands twice`, at(cell))
    if (!isColumn(name)) {
      throw refusal(`"${short(name)}" is not a column of activity data`, at(cell), { columns: csvColumns })
    }
  }
  const missing = neededColumns.find((name) => !header.includes(name))
  if (missing !== undefined)
    throw refusal(`the column "${missing}" is missing`, at(0), { columns: csvColumns })
  return header as readonly CsvColumn[]
}

function isColumn(name: string): name is CsvColumn {
  return (csvColumns as readonly string[]).includes(name)
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

function readLines(
  rows: readonly (readonly string[])[],
  columns: readonly CsvColumn[],
  place: ActivityData['place'],
): ActivityLine[] {
  return rows.map((cells, at) => {
    const pointer = `/lines/${at}`
    if (cells.length !== columns.length) throw wrongCount(cells, columns.length, place(pointer) as Place)
    const parsed = ActivityLineBody.safeParse(lineOf(cells, columns))
    if (!parsed.success) throw wrongValue(parsed.error, pointer, place)
    return parsed.data
  })
}

function wrongCount(cells: readonly string[], needed: number, place: Place): Problem {
  const isEmpty = cells.length === 1 && cells[0] === ''
  const fault = isEmpty
    ? 'the line is empty; remove it'
    : `the line has ${cells.length} cells, the header ${needed}; quote cells that hold a comma`
  return refusal(fault, place)
}

function wrongValue(error: z.ZodError, pointer: string, place: ActivityData['place']): Problem {
  const [issue] = error.issues
  const path = (issue?.path ?? []) as (string | number)[]
  const whole = `${pointer}${pointerOf(path)}`
  const { line, column } = place(whole) as Place
  const fault = issue?.message.endsWith('received undefined') ? 'is needed' : issue?.message
  const detail = `Line ${line}, column ${column}: ${columnName(path)} ${fault}.`
  return new Problem('invalid-request', detail, { pointer: whole, line, column })
}

/** Dotted columns as nested members; an empty cell stays out. */
function lineOf(cells: readonly string[], columns: readonly CsvColumn[]): Record<string, unknown> {
  const line: Record<string, unknown> = {}
  for (const [at, column] of columns.entries()) {
    const cell = cells[at] ?? ''
    if (cell !== '') setMember(line, column.split('.'), cellValue(column, cell))
  }
  return line.beside === undefined ? line : { ...line, beside: [line.beside] }
}

function cellValue(column: CsvColumn, cell: string): unknown {
  if (column === 'factor.year' || column === 'beside.year') return yearOf(cell)
  return column === 'beside.gases' ? cell.split(' ') : cell
}

/** The column of a member: places in lists, which CSV has none of, left out. */
function columnName(path: readonly (string | number)[]): string {
  return path.filter((part) => !/^\d+$/.test(String(part))).join('.')
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

/** A year written in digits; anything else is left as it is, for the schema to refuse. */
function yearOf(cell: string): number | string {
  return /^\d{4}$/.test(cell) ? Number(cell) : cell
}

/** Where the cell stands that a pointer names; for a member that has no column, where its line begins. */
function placeOfPointer(text: string, columns: readonly CsvColumn[], pointer: string): Place | undefined {
  const [first, row, ...member] = pointerPath(pointer) ?? []
  if (first !== 'lines' || row === undefined) return undefined
  const name = columnName(member)
  const cell = columns.findIndex(
    (column) => column === name || (name !== '' && column.startsWith(`${name}.`)),
  )
  return placeOfCell(text, Number(row) + 1, Math.max(cell, 0))
}

/** Walks to a cell of a record, quotes and line breaks inside them included. Lines and columns from 1. */
function placeOfCell(text: string, record: number, cell: number): Place {
  let [atRecord, atCell, isQuoted] = [0, 0, false]
  let [line, lineStart, at] = [1, 0, 0]
  for (; at < text.length && (atRecord < record || atCell < cell); at += 1) {
    const character = text[at]
    if (character === '"') isQuoted = !isQuoted
    if (character === ',' && !isQuoted) atCell += 1
    if (character !== '\n') continue
    line += 1
    lineStart = at + 1
    if (!isQuoted) [atRecord, atCell] = [atRecord + 1, 0]
  }
  return { line, column: [...text.slice(lineStart, at)].length + 1 }
}
