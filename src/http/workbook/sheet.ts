/** The cells of one sheet as they are stored, before anyone asks what they mean. */

import { Problem } from '../../problem.ts'
import { linesMax } from '../calculation.ts'
import { refuseLongText, unescapedControls } from './parts.ts'
import { unfit } from './refusal.ts'
import { attributesOf, scanXml } from './xml.ts'

/** A cell that holds something. Rows and columns from 1. */
export interface StoredCell {
  readonly column: number
  /** `t` as stored: `n` number, `s` shared text, `str` and `inlineStr` text, `b` boolean, `e` error, `d` date. */
  readonly type: string
  /** The stored text of the value; null where a formula has none. */
  readonly value: string | null
  readonly isFormula: boolean
  /** Number of its format. */
  readonly style: number
}

export interface StoredRow {
  readonly row: number
  readonly isHidden: boolean
  readonly cells: readonly StoredCell[]
}

/** A rectangle of cells, as it is written (`B2:C4`) and by its corners. */
export interface Range {
  readonly written: string
  readonly firstRow: number
  readonly lastRow: number
  readonly firstColumn: number
  readonly lastColumn: number
}

export interface StoredSheet {
  /** Rows that hold something, from the top. */
  readonly rows: readonly StoredRow[]
  readonly merged: readonly Range[]
  isHiddenColumn(column: number): boolean
}

const rowMax = 1_048_576
const columnMax = 16_384
/** Rows that hold something. As cells of a workbook a line takes many times the memory that it takes as CSV. */
export const rowsMax = 20_000
/** Twenty thousand rows of fifteen columns. */
const cellsMax = 300_000
const mergesMax = 10_000

/** What a cell may be (ECMA-376-1 §18.18.11). */
const cellTypes = ['n', 's', 'str', 'inlineStr', 'b', 'e', 'd']

const damaged = () => unfit('The sheet is damaged; open the workbook in Excel and save it again')

/** Cells counted so far: the sheets that are read of one workbook share their bound. */
export interface CellCount {
  cells: number
}

/** @throws Problem `malformed-workbook`. */
export function readSheet(xml: string, count: CellCount = { cells: 0 }): StoredSheet {
  const rows: StoredRow[] = []
  const merged: Range[] = []
  const hidden: (readonly [number, number])[] = []
  const cells = cellReader(count)
  let row = { row: 0, isHidden: false }
  scanXml(xml, {
    open: (name, attributes) => {
      if (name === 'row') row = nextRow(row.row, attributes, () => cells.begin())
      else if (name === 'mergeCell') keep(merged, rangeOf(attributesOf(attributes).ref ?? ''))
      else if (name === 'col') hidden.push(...hiddenColumns(attributes))
      else cells.open(name, attributes, row.row)
    },
    close: (name) => {
      cells.close(name)
      if (name !== 'row' || cells.found().length === 0) return
      if (rows.length === rowsMax) throw tooManyRows()
      rows.push({ ...row, cells: cells.found() })
    },
    text: (text) => cells.text(text),
  })
  const isHiddenColumn = (column: number) => hidden.some(([from, to]) => column >= from && column <= to)
  return { rows, merged, isHiddenColumn }
}

function tooManyCells(): Problem {
  return unfit(
    `A workbook is read up to ${cellsMax} filled cells; leave alone in it what is to be read, or send CSV`,
    { cellsMax },
  )
}

function tooManyRows(): Problem {
  const detail = `A workbook is read up to ${rowsMax} rows; send more lines as CSV, up to ${linesMax}.`
  return new Problem('too-many-items', detail, { pointer: '/lines', rowsMax, linesMax })
}

function keep(merged: Range[], range: Range): void {
  if (merged.length >= mergesMax) throw unfit('The sheet has too many merged cells; unmerge them')
  merged.push(range)
}

function nextRow(last: number, attributes: string, begin: () => void) {
  const { r, hidden } = attributesOf(attributes)
  const row = r === undefined ? last + 1 : Number(r)
  // Backwards, one row would be read as two, and a place named in a refusal would be in doubt.
  if (!Number.isInteger(row) || row <= last || row > rowMax) throw damaged()
  begin()
  return { row, isHidden: isTrue(hidden) }
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true'
}

function hiddenColumns(attributes: string): (readonly [number, number])[] {
  const { min, max, hidden, width } = attributesOf(attributes)
  return isTrue(hidden) || width === '0' ? [[Number(min), Number(max)]] : []
}

/** Reads the cells of a row, as the scan comes by. */
function cellReader(count: CellCount) {
  let found: StoredCell[] = []
  let [column, isOpen, isText, reading] = [0, false, false, 0]
  let [type, style, text, hasValue, isFormula] = ['n', 0, '', false, false]
  const openCell = (attributes: string, row: number) => {
    const { r, t = 'n', s = '0' } = attributesOf(attributes)
    const next = r === undefined ? column + 1 : columnIn(r, row)
    if (next <= column || next > columnMax || isOpen || !cellTypes.includes(t)) throw damaged()
    column = next
    ;[isOpen, type, style, text, hasValue, isFormula] = [true, t, Number(s), '', false, false]
  }
  const closeCell = () => {
    isOpen = false
    if (!hasValue && !isFormula) return
    count.cells += 1
    if (count.cells > cellsMax) throw tooManyCells()
    // A formula that was never calculated has no value, or an empty number.
    const isCalculated = hasValue && !(isFormula && type === 'n' && text === '')
    const plain = type === 'str' || type === 'inlineStr' ? unescapedControls(text) : text
    found.push({ column, type, value: isCalculated ? plain : null, isFormula, style })
  }
  return {
    begin: () => {
      ;[found, column] = [[], 0]
    },
    found: () => found,
    open: (name: string, attributes: string, row: number) => {
      if (name === 'c') return openCell(attributes, row)
      if (!isOpen) return
      if (name === 'f') isFormula = true
      if (name === 'rPh') reading += 1
      isText = name === 'v' || (name === 't' && reading === 0)
      // Two values run together would be a third: 5 and 1000 are 51000.
      if (isText && hasValue && !(type === 'inlineStr' && name === 't')) throw damaged()
      hasValue ||= isText
    },
    close: (name: string) => {
      if (name === 'c' && isOpen) closeCell()
      if (name === 'rPh') reading -= 1
      isText = false
    },
    text: (part: string) => {
      if (!isText) return
      text += part
      refuseLongText(text)
    },
  }
}

/** The column of a reference, whose row must be the one it stands in. */
function columnIn(reference: string, row: number): number {
  const cell = cellOf(reference)
  if (cell.row !== row) throw damaged()
  return cell.column
}

function cellOf(reference: string): { row: number; column: number } {
  const [, letters = '', digits] = /^\$?([A-Za-z]{1,3})\$?([0-9]{1,7})$/.exec(reference) ?? []
  const column = [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0)
  if (digits === undefined) throw damaged()
  return { row: Number(digits), column }
}

function rangeOf(written: string): Range {
  const [from = '', to = from] = written.split(':')
  const [a, b] = [cellOf(from), cellOf(to)]
  return {
    written,
    firstRow: Math.min(a.row, b.row),
    lastRow: Math.max(a.row, b.row),
    firstColumn: Math.min(a.column, b.column),
    lastColumn: Math.max(a.column, b.column),
  }
}

/** A column's letters: 28 is AB. */
export function lettersOf(column: number): string {
  const before = Math.floor((column - 1) / 26)
  return `${before > 0 ? lettersOf(before) : ''}${String.fromCharCode(65 + ((column - 1) % 26))}`
}
