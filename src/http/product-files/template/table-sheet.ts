/** A table as a sheet to fill in: what it is for, what each column means, its header, and its rows. */

import type { CellStyle, DataValidation, WriteSheet } from 'hucre/xlsx'
import { fill, framed, linesOf, noteStyle, Page, titleStyle, wideLines } from '../../template-page.ts'
import { lettersOf } from '../../workbook/sheet.ts'
import { billOfMaterials } from '../bill-columns.ts'
import type { WrittenRow } from '../table-rows-of.ts'
import type { SystemTable } from '../types.ts'
import { rulesOfBill } from './bill-look.ts'
import { cellOf, styleOf } from './cells.ts'
import { type Colour, colourOf, type ShownColumn, shownColumns } from './columns.ts'
import type { Lists } from './lists-sheet.ts'
import { fontOf, say, type TemplateLanguage } from './words.ts'

/** Rows that have lists to choose from, and those that are framed. */
const preparedRows = 1000
const framedRows = 100

/** Whether runs of columns have a word on what they are about. */
const hasBands = ({ key }: SystemTable) => key === 'lines' || key === 'billOfMaterials'

/** Where the rows of a table begin, from 1: title, what it is for, bands where it has some, meanings, header. */
export function firstRowOf(table: SystemTable): number {
  return hasBands(table) ? 6 : 5
}

/** The column of a table's ids. */
export function idLetters(table: SystemTable): string {
  return lettersOf(shownColumns(table, new Set()).findIndex(({ name }) => name === 'id') + 1)
}

/** Columns that name an item of another table: its ids are offered. */
export type References = Readonly<Record<string, SystemTable>>

export function tableSheet(
  language: TemplateLanguage,
  { table, rows, references }: { table: SystemTable; rows: readonly WrittenRow[]; references: References },
  lists: Lists,
): WriteSheet {
  const columns = shownColumns(table, new Set(rows.flatMap((row) => [...row.keys()])))
  const page = new Page(fontOf(language))
  const first = firstRowOf(table)
  page.put(0, 0, say(language, table.title), {
    ...titleStyle,
    font: { ...titleStyle.font, color: { rgb: colourOf(table).strong } },
  })
  page.put(1, 0, say(language, table.about, '\n'), {
    ...noteStyle,
    alignment: { wrapText: true, vertical: 'top' },
  })
  if (hasBands(table)) putBands(page, language, columns)
  for (const [at, { name, column, colour }] of columns.entries()) {
    page.put(first - 3, at, say(language, column.help, '\n'), helpStyle(colour))
    page.put(
      first - 2,
      at,
      say(language, column.title, '\n'),
      headerStyle(colour, column.needed !== undefined),
    )
    for (let row = 0; row < Math.max(framedRows, rows.length); row += 1) {
      const cell = cellOf(column, rows[row]?.get(name))
      // Frames of many rows would weigh more than what stands in them.
      if (row < framedRows || cell !== null) page.put(first - 1 + row, at, cell, styleOf(column))
    }
  }
  return {
    name: say(language, table.title),
    ...page.content,
    columns: columns.map(({ width }) => ({ width })),
    merges: [...mergeOfText(columns.length), ...(hasBands(table) ? mergesOfBands(columns) : [])],
    rowDefs: heightsOf(language, table, columns, first),
    freezePane: { rows: first - 1, columns: table === billOfMaterials ? 3 : 1 },
    ...(table === billOfMaterials && { conditionalRules: rulesOfBill(language, columns, first) }),
    dataValidations: validationsOf(columns, { first, rows: rows.length, references }, lists),
    pageSetup: wideLines(`$${first - 1}:$${first - 1}`),
    view: { tabColor: { rgb: colourOf(table).strong }, showGridLines: false },
  }
}

/** Title and purpose reach over the columns that are seen at once. */
function mergeOfText(columns: number) {
  const endCol = Math.min(columns, 7) - 1
  return endCol > 0 ? [0, 1].map((row) => ({ startRow: row, endRow: row, startCol: 0, endCol })) : []
}

function putBands(page: Page, language: TemplateLanguage, columns: readonly ShownColumn[]): void {
  for (const [at, { band, colour }] of columns.entries()) {
    const isFirst = columns[at - 1]?.band !== band
    page.put(2, at, isFirst && band ? say(language, band) : null, bandStyle(colour))
  }
}

function mergesOfBands(columns: readonly ShownColumn[]) {
  const starts = columns.flatMap(({ band }, at) => (columns[at - 1]?.band === band ? [] : [at]))
  return starts.flatMap((startCol, index) => {
    const endCol = (starts[index + 1] ?? columns.length) - 1
    return endCol > startCol ? [{ startRow: 2, endRow: 2, startCol, endCol }] : []
  })
}

function heightsOf(
  language: TemplateLanguage,
  { about }: SystemTable,
  columns: readonly ShownColumn[],
  first: number,
): Map<number, { height: number }> {
  const inAll = columns.slice(0, 7).reduce((sum, { width }) => sum + width, 0)
  const tallest = (text: (column: ShownColumn) => string) =>
    Math.max(...columns.map((column) => textLines(text(column), column.width)))
  return new Map([
    [0, { height: 30 }],
    [1, { height: 6 + 16 * textLines(say(language, about, '\n'), inAll) }],
    ...(first === 6 ? [[2, { height: 20 }] as const] : []),
    [first - 3, { height: 6 + 12.5 * tallest(({ column }) => say(language, column.help, '\n')) }],
    [first - 2, { height: 8 + 15 * tallest(({ column }) => say(language, column.title, '\n')) }],
  ])
}

/** Lines of a text in a column; each of its own begins a new one. */
export function textLines(text: string, width: number): number {
  return text.split('\n').reduce((sum, one) => sum + Math.max(1, linesOf(one, width)), 0)
}

function validationsOf(
  columns: readonly ShownColumn[],
  { first, rows, references }: { first: number; rows: number; references: References },
  lists: Lists,
): DataValidation[] {
  return columns.flatMap(({ name, column }, at) => {
    const letters = lettersOf(at + 1)
    const range = `${letters}${first}:${letters}${first - 1 + Math.max(preparedRows, rows)}`
    const table = references[name]
    if (table === undefined) return lists.validation({ name, column }, range)
    return [lists.reference(idsOf(table), range, column)]
  })

  function idsOf(table: SystemTable): string {
    const from = firstRowOf(table)
    const letters = idLetters(table)
    return `'${lists.called(table.title)}'!$${letters}$${from}:$${letters}$${from - 1 + preparedRows}`
  }
}

const bandStyle = ({ strong }: Colour): CellStyle => ({
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: fill(strong),
  alignment: { vertical: 'center', horizontal: 'left', indent: 1 },
})

const helpStyle = ({ light }: Colour): CellStyle => ({
  font: { size: 9, color: { rgb: '55605C' } },
  fill: fill(light),
  alignment: { vertical: 'top', wrapText: true },
  border: framed,
})

const headerStyle = ({ strong, light }: Colour, isNeeded: boolean): CellStyle => ({
  font: { bold: true, color: { rgb: isNeeded ? 'FFFFFF' : strong } },
  fill: fill(isNeeded ? strong : light),
  alignment: { vertical: 'center', wrapText: true },
  border: framed,
})
