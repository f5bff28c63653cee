/** A workbook as rows of cells, written as XLSX: what a working paper and a template are made of. */

import { type Cell, type CellStyle, type CellValue, writeXlsx } from 'hucre/xlsx'
import { fill, fontNames, fontSize } from '../template-page.ts'
import { looksLikeError, plainText } from '../workbook/cell-text.ts'

/** A cell: a text, a number, nothing, or a formula with the value that it has now. */
export type SheetCell = string | number | null | { readonly formula: string; readonly value: string | number }

export interface SheetColumn {
  readonly title: string
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
const titleRow = 32
const noteRow = 24

/** One object of each for all cells: there are a million of them. */
interface Styles {
  readonly title: CellStyle
  /** Of a column of numbers: over their last digits. */
  readonly numberTitle: CellStyle
  /** Of words behind a number, such as its unit: a little apart from it. */
  readonly behindTitle: CellStyle
  readonly behind: CellStyle
  readonly note: CellStyle
  /** What a formula works out is told apart from what was put in. */
  readonly formula: CellStyle
  readonly formulaBehind: CellStyle
}

function stylesOf(name: string): Styles {
  const font = { name, size: fontSize }
  const apart = { horizontal: 'left', indent: 1 } as const
  const formula = { font: { ...font, color: { rgb: '0B5D3B' } } }
  const title: CellStyle = {
    ...{ font: { ...font, bold: true, color: { rgb: 'FFFFFF' } }, fill: fill(ink) },
    alignment: { wrapText: true, vertical: 'center' },
  }
  return {
    title,
    numberTitle: { ...title, alignment: { ...title.alignment, horizontal: 'right' } },
    behindTitle: { ...title, alignment: { ...title.alignment, ...apart } },
    behind: { font, alignment: apart },
    note: {
      font: { ...font, italic: true, color: { rgb: '4A6572' } },
      alignment: { vertical: 'center' },
    },
    formula,
    formulaBehind: { ...formula, alignment: apart },
  }
}

/**
 * The bytes of an XLSX workbook. A spreadsheet recalculates its formulas when it opens it; until then it shows the values that they
 * had when it was written.
 */
export async function writeWorkbook(sheets: readonly Sheet[], font = fontNames.en): Promise<Uint8Array> {
  const styles = stylesOf(font)
  const written = sheets.map(({ name, note, columns, rows }) => ({
    name,
    columns: columns.map((column, at) => ({ width: widthOf(column, at, rows) })),
    rows: [[plainText(note)], columns.map(({ title }) => title), ...rows.map((row) => row.map(typedValue))],
    cells: cellsOf(columns, rows, styles),
    rowDefs: new Map([
      [0, { height: noteRow }],
      [1, { height: titleRow }],
    ]),
    freezePane: { rows: headRows, columns: 1 },
    pageSetup: {
      paperSize: 'a4' as const,
      orientation: 'landscape' as const,
      ...{ fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
      printTitlesRow: `$1:$${headRows}`,
    },
    headerFooter: { oddFooter: '&L&A&R&P / &N' },
  }))
  return writeXlsx({ sheets: written, defaultFont: { name: font, size: fontSize } })
}

/** Rows that a column's width is taken from. */
const rowsMeasured = 1000
const [narrowest, widest] = [7, 52]

/** As wide as what stands in it, within bounds; a title may break into two lines, but not within a word. */
function widthOf(
  { title, format }: SheetColumn,
  at: number,
  rows: readonly (readonly SheetCell[])[],
): number {
  const bold = 1.2
  let longest = Math.max(Math.ceil(signsOf(title) / 2), ...title.split(' ').map(wordSigns)) * bold
  for (const row of rows.slice(0, rowsMeasured)) longest = Math.max(longest, shownSigns(row[at], format))
  return Math.min(widest, Math.max(narrowest, Math.ceil(longest) + 2))
}

/** A Chinese word breaks anywhere. */
function wordSigns(word: string): number {
  return signsOf(word) === word.length ? word.length : 0
}

function shownSigns(cell: SheetCell | undefined, format: string | undefined): number {
  const value = typeof cell === 'object' && cell !== null ? cell.value : cell
  if (value === null || value === undefined) return 0
  if (typeof value === 'string') return signsOf(value)
  return format === undefined ? Math.min(String(value).length, 14) : Math.round(value).toString().length + 6
}

/** A Chinese sign is as wide as two letters. */
function signsOf(text: string): number {
  return [...text].reduce((sum, sign) => sum + (sign > '\u2e7f' ? 2 : 1), 0)
}

function isOfNumbers(at: number, rows: readonly (readonly SheetCell[])[]): boolean {
  const first = rows.slice(0, rowsMeasured).find((row) => (row[at] ?? null) !== null)?.[at]
  return typeof (typeof first === 'object' ? first?.value : first) === 'number'
}

function typedValue(cell: SheetCell): CellValue {
  if (typeof cell === 'string') return plainText(cell)
  return typeof cell === 'object' && cell !== null ? null : cell
}

/** Styles, formats and formulas, by `row,column` from 0. */
function cellsOf(
  columns: readonly SheetColumn[],
  rows: readonly (readonly SheetCell[])[],
  styles: Styles,
): Map<string, Partial<Cell>> {
  const cells = new Map<string, Partial<Cell>>([['0,0', { style: styles.note }]])
  const kinds = columns.map((_, at) => kindOf(at, rows))
  for (const [column, kind] of kinds.entries()) cells.set(`1,${column}`, { style: titleStyle(kind, styles) })
  const behind: Partial<Cell> = { style: styles.behind }
  for (const [at, row] of rows.entries()) {
    for (const [column, cell] of row.entries()) {
      const written = cellOf(cell, columns[column]?.format, styles)
      const isBehind = kinds[column] === 'behind' && typeof cell === 'string'
      if (written) cells.set(`${at + headRows},${column}`, isBehind ? { ...written, ...behind } : written)
      else if (isBehind) cells.set(`${at + headRows},${column}`, behind)
    }
  }
  return cells
}

/** What a column holds: numbers, words behind a column of numbers, or words. */
type ColumnKind = 'numbers' | 'behind' | 'words'

function kindOf(at: number, rows: readonly (readonly SheetCell[])[]): ColumnKind {
  if (isOfNumbers(at, rows)) return 'numbers'
  return at > 0 && isOfNumbers(at - 1, rows) ? 'behind' : 'words'
}

function titleStyle(kind: ColumnKind, { title, numberTitle, behindTitle }: Styles): CellStyle {
  return kind === 'numbers' ? numberTitle : kind === 'behind' ? behindTitle : title
}

function cellOf(
  cell: SheetCell,
  format: string | undefined,
  { formula, formulaBehind }: Styles,
): Partial<Cell> | undefined {
  if (cell === null) return undefined
  if (typeof cell === 'string') return looksLikeError(cell) ? { richText: [{ text: cell }] } : undefined
  if (typeof cell === 'number') return format === undefined ? undefined : { style: { numFmt: format } }
  const plain = typeof cell.value === 'string' ? formulaBehind : formula
  const style = format === undefined ? plain : { ...plain, numFmt: format }
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
