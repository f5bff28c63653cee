/** A table from a CSV text: its header by the names of its columns, and its rows, each with what is wrong with it. */

import type { Place } from '../json/place.ts'
import { type CsvBounds, type CsvRecord, readCsvRecords } from './csv-records.ts'
import type { Columns } from './table-columns.ts'
import { readHeader } from './table-header.ts'
import { type Header, misplaced, type SentPlace, type SentRow } from './table-rows.ts'

/**
 * @param inFile the place of a text that is one of several.
 * @throws Problem `malformed-csv` for what is wrong with the header.
 */
export function readCsvTable<Name extends string>(
  text: string,
  dictionary: Columns<Name>,
  bounds: CsvBounds,
  inFile: (place: Place) => SentPlace = (place) => place,
): { readonly header: Header<Name>; readonly rows: readonly SentRow[] } {
  const [first, ...records] = readCsvRecords(text, bounds)
  const at = (cell: number) => inFile(first?.place(cell) ?? { line: 1, column: 1 })
  if (first?.fault) throw misplaced('malformed-csv', first.fault.says, inFile(first.fault.place))
  const header = readHeader('malformed-csv', dictionary, first?.cells ?? [''], at)
  return { header, rows: records.map((record) => csvRow(record, header.columns.length, inFile)) }
}

function csvRow(record: CsvRecord, width: number, inFile: (place: Place) => SentPlace): SentRow {
  const { cells, fault } = record
  const place = (cell: number) => inFile(record.place(cell))
  if (fault) return { cells, place, faults: [misplaced('malformed-csv', fault.says, inFile(fault.place))] }
  if (cells.length === width) return { cells, place, faults: [] }
  return { cells, place, faults: [misplaced('malformed-csv', wrongCount(cells, width), place(0))] }
}

function wrongCount(cells: readonly string[], width: number): string {
  const isEmpty = cells.length === 1 && cells[0] === ''
  return isEmpty
    ? 'the line is empty; remove it'
    : `the line has ${cells.length} cells, the header ${width}; quote cells that hold a comma`
}
