/** The example on one sheet, table under table, with the columns that it uses: to look at beside one's own. */

import type { CellStyle, WriteSheet } from 'hucre/xlsx'
import { fill, framed, landscape, noteStyle, Page, titleStyle } from '../../template-page.ts'
import { productMembers, productSheet } from '../product-columns.ts'
import { templateSheets } from '../sheet-names.ts'
import type { WrittenSystem } from '../table-rows-of.ts'
import type { SystemTable } from '../types.ts'
import { cellOf } from './cells.ts'
import { colourOf, shownColumns } from './columns.ts'
import type { FormContent } from './forms.ts'
import { fontOf, say, type TemplateLanguage } from './words.ts'

export function examplesPage(
  language: TemplateLanguage,
  { exampleTitle, exampleWidths, tables }: FormContent,
  example: WrittenSystem,
): WriteSheet {
  const page = new Page(fontOf(language))
  const heights = new Map<number, { height: number }>([[0, { height: 30 }]])
  page.put(0, 0, say(language, exampleTitle), titleStyle)
  page.put(1, 0, say(language, about, '\n'), noteStyle)
  heights.set(1, { height: language === 'both' ? 38 : 22 })
  let row = putMembers(page, language, example, 3)
  for (const table of tables) row = putTable(page, language, { table, example, heights }, row)
  return {
    name: say(language, templateSheets.examples),
    ...page.content,
    columns: exampleWidths.map((width) => ({ width })),
    merges: [0, 1].map((at) => ({ startRow: at, endRow: at, startCol: 0, endCol: 6 })),
    rowDefs: heights,
    pageSetup: landscape('$1:$1'),
    view: { showGridLines: false },
  }
}

const about = {
  zh: '此表只供参考，不会导入；下载 ?example=true 的模板可得到同一示例的可导入文件。',
  en: 'To look at: nothing of this sheet is imported. The template with ?example=true is this example as a file to import.',
} as const

function putMembers(
  page: Page,
  language: TemplateLanguage,
  { product }: WrittenSystem,
  from: number,
): number {
  putHead(page, from, say(language, productSheet.title), productSheet)
  let row = from + 1
  for (const [name, value] of product) {
    const column = productMembers.of(name as (typeof productMembers.names)[number])
    page.put(row, 0, say(language, column.title), nameStyle)
    page.put(row, 1, cellOf(column, value), valueStyle)
    row += 1
  }
  return row + 1
}

function putTable(
  page: Page,
  language: TemplateLanguage,
  {
    table,
    example,
    heights,
  }: { table: SystemTable; example: WrittenSystem; heights: Map<number, { height: number }> },
  from: number,
): number {
  const rows = example.rowsOf(table)
  if (rows.length === 0) return from
  const used = new Set(rows.flatMap((one) => [...one.keys()]))
  const columns = shownColumns(table, used).filter(({ name }) => used.has(name))
  putHead(page, from, say(language, table.title), table)
  heights.set(from + 1, { height: language === 'both' ? 36 : 20 })
  for (const [at, { name, column, colour }] of columns.entries()) {
    page.put(from + 1, at, say(language, column.title, '\n'), {
      ...nameStyle,
      fill: fill(colour.light),
      font: { bold: true, color: { rgb: colour.strong } },
    })
    for (const [index, one] of rows.entries())
      page.put(from + 2 + index, at, cellOf(column, one.get(name)), valueStyle)
  }
  return from + rows.length + 3
}

function putHead(page: Page, row: number, title: string, table: SystemTable): void {
  page.put(row, 0, title, { font: { bold: true, size: 12, color: { rgb: colourOf(table).strong } } })
}

const nameStyle: CellStyle = {
  alignment: { vertical: 'center', wrapText: true },
  border: framed,
  fill: fill('F4F6F5'),
}
const valueStyle: CellStyle = {
  alignment: { vertical: 'center', horizontal: 'left', wrapText: true },
  border: framed,
}
