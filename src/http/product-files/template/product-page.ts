/** The sheet of the product itself: a member a row, with room for its value and a word on what it is. */

import type { CellStyle, DataValidation, WriteSheet } from 'hucre/xlsx'
import { fill, framed, landscape, noteStyle, Page, titleStyle } from '../../template-page.ts'
import { type ProductMember, productMembers, productSheet, productSheetColumns } from '../product-columns.ts'
import type { WrittenRow } from '../table-rows-of.ts'
import { cellOf, styleOf } from './cells.ts'
import { colourOf, colourOfMember } from './columns.ts'
import type { Lists } from './lists-sheet.ts'
import { firstRowOf, type References, textLines } from './table-sheet.ts'
import { fontOf, say, type TemplateLanguage } from './words.ts'

const widths = [34, 34, 66] as const
/** Rows before the members: title, what it is for, header. */
const headRows = 3

export function productPage(
  language: TemplateLanguage,
  {
    members,
    values,
    references,
  }: {
    readonly members: readonly ProductMember[]
    readonly values: WrittenRow
    readonly references: References
  },
  lists: Lists,
): WriteSheet {
  const page = new Page(fontOf(language))
  const { strong } = colourOf(productSheet)
  page.put(0, 0, say(language, productSheet.title), titleStyle)
  page.put(1, 0, say(language, productSheet.about, '\n'), noteStyle)
  for (const [at, name] of productSheetColumns.names.entries())
    page.put(2, at, say(language, productSheetColumns.of(name).title), headStyle(strong))
  for (const [at, name] of members.entries()) {
    const column = productMembers.of(name)
    const { strong, light } = colourOfMember(name)
    const label = labelStyle(
      column.needed === undefined ? { text: strong, ground: light } : { text: 'FFFFFF', ground: strong },
    )
    page.put(headRows + at, 0, say(language, column.title, '\n'), label)
    page.put(headRows + at, 1, cellOf(column, values.get(name)), {
      ...styleOf(column),
      alignment: { vertical: 'center', horizontal: 'left', wrapText: true, indent: 1 },
    })
    page.put(headRows + at, 2, say(language, column.help, '\n'), helpStyle)
  }
  return {
    name: say(language, productSheet.title),
    ...page.content,
    columns: widths.map((width) => ({ width })),
    merges: [0, 1].map((row) => ({ startRow: row, endRow: row, startCol: 0, endCol: 2 })),
    rowDefs: heights(language, members),
    freezePane: { rows: headRows },
    dataValidations: validations(members, references, lists),
    pageSetup: { ...landscape('$3:$3'), orientation: 'portrait' },
    view: { tabColor: { rgb: strong }, showGridLines: false },
  }
}

function heights(
  language: TemplateLanguage,
  members: readonly ProductMember[],
): Map<number, { height: number }> {
  const inAll = widths.reduce((sum, width) => sum + width, 0)
  return new Map([
    [0, { height: 30 }],
    [1, { height: 6 + 16 * textLines(say(language, productSheet.about, '\n'), inAll) }],
    [2, { height: 22 }],
    ...members.map((name, at) => {
      const { title, help } = productMembers.of(name)
      const lines = Math.max(
        textLines(say(language, title, '\n'), widths[0] * 0.9),
        textLines(say(language, help, '\n'), widths[2]),
      )
      return [headRows + at, { height: 9 + 15 * lines }] as const
    }),
  ])
}

function validations(
  members: readonly ProductMember[],
  references: References,
  lists: Lists,
): DataValidation[] {
  return members.flatMap((name, at) => {
    const column = productMembers.of(name)
    const range = `B${headRows + 1 + at}`
    const table = references[name]
    if (table === undefined) return lists.validation({ name, column }, range)
    const from = firstRowOf(table)
    return [lists.reference(`'${lists.called(table.title)}'!$A$${from}:$A$${from + 999}`, range, column)]
  })
}

const headStyle = (strong: string): CellStyle => ({
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: fill(strong),
  alignment: { vertical: 'center', horizontal: 'left', indent: 1 },
  border: framed,
})

const labelStyle = ({ text, ground }: { readonly text: string; readonly ground: string }): CellStyle => ({
  font: { bold: true, color: { rgb: text } },
  fill: fill(ground),
  alignment: { vertical: 'center', wrapText: true, indent: 1 },
  border: framed,
})

const helpStyle: CellStyle = {
  font: { size: 10, color: { rgb: '55605C' } },
  alignment: { vertical: 'center', wrapText: true },
  border: framed,
}
