/**
 * Strict reading of a table's CSV: the exact header, one line per row, no stray spaces, and every fault of the file listed
 * with its line. csv-parse does the quoting; what spreadsheets do to a file behind one's back is caught here.
 */

import { parse } from 'csv-parse/sync'
import type { Fault } from './format.ts'

/** A row's cells by column, and the line it stands on. */
export interface Row<Column extends string> {
  readonly line: number
  readonly cells: Readonly<Record<Column, string>>
}

/** Characters of a record and of a cell: beyond them it is no table. */
const recordLengthMax = 64 * 1024
const cellLengthMax = 4000

interface Read {
  readonly record: readonly string[]
  readonly info: { readonly lines: number }
}

/** Rows of a CSV text whose header is exactly `columns`; what is wrong goes to `faults`. */
export function readRows<Column extends string>(
  file: string,
  text: string,
  columns: readonly Column[],
  faults: Fault[],
): readonly Row<Column>[] {
  const [header, ...body] = readRecords(file, text, faults)
  if (header === undefined) {
    if (faults.length === 0) faults.push(form(file, 1, null, 'the file is empty; it needs a header and rows'))
    return []
  }
  if (!sameHeader(file, header, columns, faults)) return []
  if (body.length === 0) faults.push(form(file, 1, null, 'the file has a header but no rows'))
  return body.flatMap((read) => readRow(file, read, columns, faults))
}

function readRecords(file: string, text: string, faults: Fault[]): readonly Read[] {
  try {
    return parse(text, {
      bom: true,
      // Named, for found by itself a lone carriage return would end records too, and nobody counted those.
      record_delimiter: ['\n', '\r\n'],
      relax_column_count: true,
      skip_empty_lines: false,
      info: true,
      max_record_size: recordLengthMax,
    }) as never
  } catch (error) {
    const at = (error as { lines?: number }).lines ?? null
    faults.push(form(file, at, null, `the file is not valid CSV: ${(error as Error).message}`))
    return []
  }
}

function sameHeader(file: string, header: Read, columns: readonly string[], faults: Fault[]): boolean {
  const missing = columns.filter((column) => !header.record.includes(column))
  const unknown = header.record.filter((column) => !columns.includes(column))
  for (const column of missing) faults.push(form(file, 1, column, `the column ${column} is missing`))
  for (const column of unknown) faults.push(form(file, 1, column, `"${column}" is not a column of this file`))
  if (missing.length > 0 || unknown.length > 0) return false
  if (columns.every((column, at) => header.record[at] === column)) return true
  faults.push(form(file, 1, null, `the columns stand in this order: ${columns.join(',')}`))
  return false
}

function readRow<Column extends string>(
  file: string,
  { record, info }: Read,
  columns: readonly Column[],
  faults: Fault[],
): Row<Column>[] {
  if (record.length !== columns.length) {
    const found = `the row has ${record.length} cells, the header ${columns.length}; quote cells that hold a comma`
    faults.push(form(file, info.lines, null, found))
    return []
  }
  columns.forEach((column, at) => {
    const fault = cellFault(record[at] ?? '')
    if (fault !== null) faults.push(form(file, info.lines, column, fault))
  })
  const cells = Object.fromEntries(columns.map((column, at) => [column, readable(record[at] ?? '')]))
  return [{ line: info.lines, cells: cells as Record<Column, string> }]
}

/** A cell as later rules read it: what made it a fault already costs them no time. */
function readable(cell: string): string {
  return cell.slice(0, cellLengthMax).toWellFormed()
}

/** More marks on one letter than any script has (UAX #15, Stream-Safe Text); bringing them in order takes the square of their number. */
const pile = /\p{M}{31}/u

/** Controls, marks that have no shape or turn the direction of writing, breaks of lines, and what is no character. */
const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}\ufffd]/u

/** What no cell may hold: it would be invisible to a reader, or change the row's line. */
function cellFault(cell: string): string | null {
  if (cell !== cell.trim()) return 'the cell begins or ends with a space; remove it'
  if (unseen.test(cell)) return 'the cell holds a line break, a control character or a broken character'
  if (!cell.isWellFormed()) return 'the cell holds half of a surrogate pair'
  if (cell.length > cellLengthMax) return `the cell has more than ${cellLengthMax} characters`
  if (pile.test(cell)) return 'the cell holds a letter with more than 30 marks'
  if (cell !== cell.normalize('NFC')) return 'the cell is not in Unicode normal form C'
  return null
}

/** A fault of form at a line of a file. */
export function form(file: string, row: number | null, column: string | null, message: string): Fault {
  return { file, row, column, rule: 'form', message }
}
