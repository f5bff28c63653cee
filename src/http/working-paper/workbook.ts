/** A workbook as rows of cells, written as XLSX: what a working paper and a template are made of. */

import { type Cell, type CellStyle, type CellValue, writeXlsx } from 'hucre/xlsx'
import { looksLikeError, plainText } from '../workbook/cell-text.ts'

/** A cell: a text, a number, nothing, or a formula with the value that it has now. */
export type SheetCell = string | number | null | { readonly formula: string; readonly value: string | number }

export interface SheetColumn {
  readonly title: string
  readonly width: number
  /** How its numbers are shown. */
  readonly format?: string
}

export interface Sheet {
  readonly name: string
  /** A sentence above the table: what the sheet is for. */
  readonly note: string
  readonly columns: readonly SheetColumn[]
  readonly rows: readonly (readonly SheetCell[])[]
}

/** Rows above the first row of data: the note, and the titles. */
export const headRows = 2

/** Where the first row of data stands, counted from 1 as spreadsheets do. */
export const firstRow = headRows + 1

const ink = '1F3B4D'
const titleStyle: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: ink } },
  alignment: { wrapText: true, vertical: 'center' },
}
const noteStyle: CellStyle = { font: { italic: true, color: { rgb: '4A6572' } } }
/** What a formula works out is told apart from what was put in. One object for all: there are a million such cells. */
const formulaStyle: CellStyle = { font: { color: { rgb: '0B5D3B' } } }

/**
 * The bytes of an XLSX workbook. A spreadsheet recalculates its formulas when it opens it; until then it shows the values that they
 * had when it was written.
 */
export async function writeWorkbook(sheets: readonly Sheet[]): Promise<Uint8Array> {
  const written = sheets.map(({ name, note, columns, rows }) => ({
    name,
    columns: columns.map(({ width }) => ({ width })),
    rows: [[plainText(note)], columns.map(({ title }) => title), ...rows.map((row) => row.map(typedValue))],
    cells: cellsOf(columns, rows),
    rowDefs: new Map([[1, { height: 32 }]]),
    freezePane: { rows: headRows, columns: 1 },
    pageSetup: {
      paperSize: 'a4' as const,
      orientation: 'landscape' as const,
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      printTitlesRow: `$1:$${headRows}`,
    },
  }))
  return writeXlsx({ sheets: written })
}

function typedValue(cell: SheetCell): CellValue {
  if (typeof cell === 'string') return plainText(cell)
  return typeof cell === 'object' && cell !== null ? null : cell
}

/** Styles, formats and formulas, by `row,column` from 0. */
function cellsOf(
  columns: readonly SheetColumn[],
  rows: readonly (readonly SheetCell[])[],
): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>([['0,0', { style: noteStyle }]])
  for (const column of columns.keys()) cells.set(`1,${column}`, { style: titleStyle })
  for (const [at, row] of rows.entries()) {
    for (const [column, cell] of row.entries()) {
      const written = cellOf(cell, columns[column]?.format)
      if (written) cells.set(`${at + headRows},${column}`, written)
    }
  }
  return cells
}

function cellOf(cell: SheetCell, format: string | undefined): Partial<Cell> | undefined {
  if (cell === null) return undefined
  if (typeof cell === 'string') return looksLikeError(cell) ? { richText: [{ text: cell }] } : undefined
  if (typeof cell === 'number') return format === undefined ? undefined : { style: { numFmt: format } }
  const style = format === undefined ? formulaStyle : { ...formulaStyle, numFmt: format }
  return { formula: cell.formula, formulaResult: cell.value, style }
}

/** The letters of a column, from 0: A, B, … Z, AA. */
export function columnLetters(index: number): string {
  const above = Math.floor(index / 26)
  const last = String.fromCharCode(65 + (index % 26))
  return above === 0 ? last : columnLetters(above - 1) + last
}

/** Where a cell stands: its sheet, its column from 0, its row of data from 0. */
export function reference(sheet: string, column: number, row: number): string {
  return `'${sheet.replaceAll("'", "''")}'!$${columnLetters(column)}$${row + firstRow}`
}

/** A number as a formula holds it: with a capital E, and in parentheses where a sign stands before it. */
export function formulaNumber(value: number): string {
  const text = String(value).replace('e', 'E')
  return value < 0 ? `(${text})` : text
}

/** A column's data, from its first row to its last. */
export function columnRange(sheet: string, column: number, rows: number): string {
  const letters = columnLetters(column)
  const last = Math.max(rows, 1) + headRows
  return `'${sheet.replaceAll("'", "''")}'!$${letters}$${firstRow}:$${letters}$${last}`
}
