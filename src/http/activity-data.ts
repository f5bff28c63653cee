/**
 * Activity data from JSON, CSV or a workbook into the same lines: same data, same bytes afterwards. Files are read strictly,
 * and whatever is wrong with one or with a value in it is named by its place in the file, all of it at once.
 */

import type { ActivityLine } from '../engine/types.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import { locate } from '../json/scan.ts'
import { isProblem, Problem, type ProblemFacts } from '../problem.ts'
import { type CsvColumn, lineColumns } from './activity-columns.ts'
import { placeOfPointer, readLines } from './activity-rows.ts'
import { linesMax } from './calculation.ts'
import { readCsvTable } from './csv-table.ts'
import { decodeSentText } from './sent-text.ts'
import type { Header, SentPlace, SentRow } from './table-rows.ts'
import { readActivitySheet } from './workbook/activity-sheet.ts'
import { isWorkbook, refuseOldWorkbook } from './workbook/archive.ts'

export { type CsvColumn, csvColumns } from './activity-columns.ts'

/** The media type of an Excel workbook without macros. */
export const workbookType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

/** No cell of activity data is longer; what is longer is an unclosed quote or an attack. */
const recordCharactersMax = 20_000
/** Cells of a line: more than there are columns, so that a comma too many is counted and a million are not. */
const recordCellsMax = 200

/** Lines, and where in what was sent a pointer to one of them (`/lines/3/quantity/unit`) stands. */
export interface ActivityData {
  readonly lines: readonly ActivityLine[]
  place(pointer: string): SentPlace | undefined
  /** Whether many places can be found: in JSON each takes a walk through the whole text. */
  readonly hasCheapPlaces: boolean
}

/** Activity data sent as JSON, already checked against its schema. */
export function jsonActivityData(lines: readonly ActivityLine[], body: Uint8Array): ActivityData {
  return { lines, place: (pointer) => locate(decodeUtf8(body), pointer), hasCheapPlaces: false }
}

/**
 * Activity data sent as CSV (RFC 4180; LF or CRLF; an empty cell is an absent member) in an encoding that is marked or
 * declared, under dotted, English or Chinese headers.
 *
 * @param contentType as it came with the bytes, for its `charset`.
 * @throws Problem `malformed-csv`, `invalid-request`, `invalid-number`, `duplicate-id`, `too-many-items`, each with line and
 * column, and the others beside the first.
 */
export function csvActivityData(bytes: Uint8Array, contentType = 'text/csv'): ActivityData {
  const text = decodeSentText(bytes, contentType)
  const bounds = {
    recordsMax: linesMax + 2,
    cellsMax: recordCellsMax,
    charactersMax: recordCharactersMax,
  }
  const { header, rows } = readCsvTable(text, lineColumns, bounds)
  return dataOf(header, rows)
}

/**
 * Activity data sent as an Excel workbook: its data sheet, under the same headers.
 *
 * @throws Problem `malformed-workbook`, and what CSV is refused for, each with sheet and cell.
 */
export function workbookActivityData(bytes: Uint8Array): ActivityData {
  const { header, rows } = readActivitySheet(bytes)
  return dataOf(header, rows)
}

/**
 * Activity data of a file whose content type may say little: browsers on Windows call a CSV `application/vnd.ms-excel`. What
 * begins as a workbook is one; everything else is CSV.
 */
export function fileActivityData(bytes: Uint8Array, contentType: string): ActivityData {
  refuseOldWorkbook(bytes)
  return isWorkbook(bytes) ? workbookActivityData(bytes) : csvActivityData(bytes, contentType)
}

/** Activity data of a body whose content type says what it is, and has to be that. */
export function declaredActivityData(bytes: Uint8Array, contentType: string): ActivityData {
  if (contentType.toLowerCase().startsWith(workbookType)) return workbookActivityData(bytes)
  refuseOldWorkbook(bytes)
  if (!isWorkbook(bytes)) return csvActivityData(bytes, contentType)
  const detail = `The body is a workbook, not CSV; send it with the content type "${workbookType}".`
  throw new Problem('malformed-csv', detail, { line: 1, column: 1 })
}

function dataOf(header: Header<CsvColumn>, rows: readonly SentRow[]): ActivityData {
  const place = (pointer: string) => placeOfPointer(header, rows, pointer)
  return { lines: readLines(header, rows), place, hasCheapPlaces: true }
}

/** Runs what reads the data; a refusal that points into what was sent is given its place there, and so are the others in it. */
export async function withPlaces<Value>(
  data: ActivityData,
  act: () => Promise<Value> | Value,
): Promise<Value> {
  try {
    return await act()
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    throw thrown.with(placesOf(data, thrown.facts))
  }
}

function placesOf(data: ActivityData, facts: ProblemFacts): ProblemFacts {
  const { pointer, others } = facts
  const own = typeof pointer === 'string' ? { ...data.place(pointer) } : {}
  if (!data.hasCheapPlaces || !Array.isArray(others)) return own
  return { ...own, others: others.map((other: ProblemFacts) => ({ ...other, ...placeOfOther(data, other) })) }
}

function placeOfOther(data: ActivityData, { pointer }: ProblemFacts): ProblemFacts {
  return typeof pointer === 'string' ? { ...data.place(pointer) } : {}
}
