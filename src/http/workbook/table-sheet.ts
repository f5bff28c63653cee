/**
 * A table from the cells of a sheet. Nothing is guessed: a merged, hidden, failed or not yet calculated cell, a number that is shown as
 * another one, and a zero that a formula makes of an empty cell are refused with their place.
 */

import { Refusals } from '../../engine/refusals.ts'
import type { Problem } from '../../problem.ts'
import type { CellKind, Columns } from '../table-columns.ts'
import { readHeader } from '../table-header.ts'
import { type CellPlace, type Header, misplaced, type SentRow } from '../table-rows.ts'
import { dateOfSerial } from './formats.ts'
import type { Workbook } from './parts.ts'
import { unfit } from './refusal.ts'
import { lettersOf, type StoredCell, type StoredRow, type StoredSheet } from './sheet.ts'

/** The header stands among the first rows: a title and explanations may stand above it. */
const headerRowMax = 30

/** What a table has to be. */
export interface TableAsked<Name extends string> {
  readonly dictionary: Columns<Name>
  /** Which columns the header needs at least, in words. */
  readonly needs: string
  /** @throws Problem `too-many-items` for more rows than one table may have. */
  readonly refuseTooMany: (rows: number) => void
  /** How a cell is read whose column does not say it: by what else stands in its row. */
  readonly kindOf?: (column: Name, textOf: (column: Name) => string) => CellKind
}

/** A table as it was sent. */
export interface SentTable<Name extends string = string> {
  readonly header: Header<Name>
  readonly rows: readonly SentRow[]
  /** The row of the header, from 1. */
  readonly headerRow: number
}

/** @throws Problem `malformed-workbook`, with the cell where there is one. */
export function readTable<Name extends string>(
  workbook: Workbook,
  { name, sheet }: { readonly name: string; readonly sheet: StoredSheet },
  asked: TableAsked<Name>,
): SentTable<Name> {
  return new TableReader(workbook, name, sheet, asked).read()
}

/** A column of the sheet that has a header. */
interface DataColumn<Name extends string> {
  readonly column: number
  readonly name: Name
}

class TableReader<Name extends string> {
  private readonly workbook: Workbook
  private readonly name: string
  private readonly sheet: StoredSheet
  private readonly asked: TableAsked<Name>
  /** Whether a text is a header: hundreds of thousands of cells may hold the same one. */
  private readonly headers = new Map<string, boolean>()

  constructor(workbook: Workbook, name: string, sheet: StoredSheet, asked: TableAsked<Name>) {
    this.workbook = workbook
    this.name = name
    this.sheet = sheet
    this.asked = asked
  }

  read(): SentTable<Name> {
    const { header, columns, row } = this.readHeader()
    const below = this.sheet.rows.filter((one) => one.row > row && this.hasContent(one))
    this.asked.refuseTooMany(below.length)
    this.refuseMerged(row)
    this.refuseHidden(columns, below)
    const byColumn = new Map(columns.map((column, index) => [column.column, { ...column, index }]))
    return { header, rows: below.map((one) => this.readRow(one, columns, byColumn)), headerRow: row }
  }

  private place(row: number, column: number): CellPlace {
    return { sheet: this.name, cell: `${lettersOf(column)}${row}`, row, column }
  }

  private fault(says: string, row: number, column: number): Problem {
    return misplaced('malformed-workbook', says, this.place(row, column))
  }

  /** The first row in which two columns or more are called by their names. */
  private readHeader() {
    const candidates = this.sheet.rows.filter(({ row }) => row <= headerRowMax)
    const found = candidates.find(({ cells }) => cells.filter((cell) => this.isHeader(cell)).length >= 2)
    if (found === undefined) {
      throw unfit(`Sheet "${this.name}": no header row; it needs at least ${this.asked.needs}`, {
        sheet: this.name,
      })
    }
    const { row } = found
    if (found.isHidden) throw this.fault('the header row is hidden; show it', row, 1)
    const titled = found.cells.filter((cell) => this.textOf(cell) !== '')
    const written = titled.map((cell) => this.textOf(cell))
    const place = (cell: number) => this.place(row, titled[cell]?.column ?? 1)
    const header = readHeader('malformed-workbook', this.asked.dictionary, written, place)
    const columns = titled.map(({ column }, index) => ({ column, name: header.columns[index] as Name }))
    return { header, columns, row }
  }

  private isHeader(cell: StoredCell): boolean {
    const text = this.textOf(cell)
    const known = this.headers.get(text)
    if (known !== undefined) return known
    const isOne = this.asked.dictionary.named(text) !== undefined
    this.headers.set(text, isOne)
    return isOne
  }

  /** The stored text of a cell, shared or not. */
  private textOf({ type, value }: StoredCell): string {
    if (type !== 's') return value ?? ''
    const text = /^[0-9]+$/.test(value ?? '') ? this.workbook.texts[Number(value)] : undefined
    if (text === undefined) throw unfit('The workbook is damaged; open it in Excel and save it again')
    return text
  }

  /** A formula counts also where it shows nothing yet. */
  private hasContent({ cells }: StoredRow): boolean {
    return cells.some((cell) => cell.value === null || this.textOf(cell) !== '')
  }

  private refuseMerged(headerRow: number): void {
    const refusals = new Refusals()
    const reaching = this.sheet.merged.filter(({ lastRow }) => lastRow >= headerRow)
    for (const { written, firstRow, firstColumn } of reaching) {
      if (refusals.full) break
      const says = `the cells ${written} are merged; unmerge them and fill in each line`
      refusals.attempt(() => {
        throw this.fault(says, firstRow, firstColumn).with({ range: written })
      })
    }
    refusals.throwIfAny()
  }

  /** What is filtered out or folded away is not seen by who sends the file: it is neither taken nor dropped in silence. */
  private refuseHidden(columns: readonly DataColumn<Name>[], rows: readonly StoredRow[]): void {
    const refusals = new Refusals()
    const filled = new Set(rows.flatMap(({ cells }) => cells.map(({ column }) => column)))
    for (const { column } of columns) {
      if (!this.sheet.isHiddenColumn(column) || !filled.has(column)) continue
      const says = `column ${lettersOf(column)} is hidden and holds data; show it, or delete it`
      refusals.attempt(() => {
        throw this.fault(says, rows[0]?.row ?? 1, column)
      })
    }
    for (const { row, isHidden } of rows) {
      if (refusals.full) break
      refusals.attempt(() => {
        if (isHidden)
          throw this.fault(`row ${row} is hidden and holds data; show it (a filter?), or delete it`, row, 1)
      })
    }
    refusals.throwIfAny()
  }

  private readRow(
    { row, cells: stored }: StoredRow,
    columns: readonly DataColumn<Name>[],
    byColumn: ReadonlyMap<number, DataColumn<Name> & { readonly index: number }>,
  ): SentRow {
    const cells: string[] = columns.map(() => '')
    const faults: Problem[] = []
    for (const cell of stored) {
      const column = byColumn.get(cell.column)
      const read =
        column === undefined
          ? this.withoutHeader(cell)
          : this.readCell(cell, this.kindOf(column.name, stored, columns))
      if ('fault' in read) faults.push(this.fault(read.fault, row, cell.column))
      else if (column !== undefined) cells[column.index] = read.text
    }
    return { cells, faults, place: (cell) => this.place(row, columns[cell]?.column ?? 1) }
  }

  private kindOf(name: Name, stored: readonly StoredCell[], columns: readonly DataColumn<Name>[]): CellKind {
    const { dictionary, kindOf } = this.asked
    if (kindOf === undefined) return dictionary.of(name).kind
    return kindOf(name, (other) => {
      const place = columns.find((column) => column.name === other)?.column
      const cell = stored.find(({ column }) => column === place)
      return cell === undefined ? '' : this.textOf(cell)
    })
  }

  private withoutHeader(cell: StoredCell): Read {
    const isEmpty = cell.value !== null && this.textOf(cell) === ''
    return isEmpty
      ? { text: '' }
      : { fault: 'the cell stands under no header; give its column one, or empty it' }
  }

  private readCell(cell: StoredCell, kind: CellKind): Read {
    const { type, value, isFormula } = cell
    if (type === 'e') return { fault: `the cell shows the error ${short(value ?? '')}; mend the formula` }
    if (value === null) {
      return {
        fault: 'the formula has no stored value; open the workbook in Excel, let it calculate, and save it',
      }
    }
    if (type === 'b' && kind === 'flag') return { text: value === '1' ? 'true' : 'false' }
    if (type === 'b') return { fault: 'the cell holds TRUE or FALSE, which this column does not take' }
    if (type === 'd') return { text: value.replace(/T00:00:00(?:\.0+)?Z?$/, '') }
    if (type !== 'n') return { text: this.textOf(cell) }
    if (value === '') return { text: '' }
    if (!/^-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?$/.test(value))
      return { fault: 'the stored number cannot be read' }
    return this.readNumber(value, kind, this.workbook.shown[cell.style] ?? 'number', isFormula)
  }

  private readNumber(
    stored: string,
    kind: CellKind,
    shown: 'number' | 'date' | 'scaled',
    isFormula: boolean,
  ): Read {
    if (kind === 'date') return this.readDate(Number(stored), shown)
    if (shown === 'date') {
      return {
        fault:
          'the cell holds a date; Excel makes dates of texts such as 3-1, so format the column as text and type it again',
      }
    }
    if (kind !== 'decimal') return readAsText(Number(stored))
    if (shown === 'scaled') {
      return {
        fault: `the cell stores ${stored} and shows another number (percent, thousands or 万); format it as a plain number`,
      }
    }
    if (isFormula && Number(stored) === 0) {
      return {
        fault: 'the formula gives 0, as it does where the cell it reads is empty; type 0 if it is truly zero',
      }
    }
    return { text: stored }
  }

  private readDate(serial: number, shown: 'number' | 'date' | 'scaled'): Read {
    const date = shown === 'date' ? dateOfSerial(serial, this.workbook.startsIn1904) : null
    if (date !== null) return { text: date }
    return { fault: `the cell holds the number ${serial}, not a day; write the date as 2025-01-31` }
  }
}

type Read = { readonly text: string } | { readonly fault: string }

/** A number where a text belongs: Excel keeps fifteen digits, so a longer one is no longer what was typed. */
function readAsText(value: number): Read {
  if (Math.abs(value) < 1e15) return { text: String(value) }
  return {
    fault: 'Excel has cut the number after fifteen digits; format the column as text and type it again',
  }
}

function short(text: string): string {
  return text.length > 20 ? `${text.slice(0, 20)}…` : text
}
