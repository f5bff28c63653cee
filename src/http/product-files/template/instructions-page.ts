/** How the workbook is filled in, what each sheet is for, and every column with its name in the API. */

import type { CellStyle, WriteSheet } from 'hucre/xlsx'
import type { Bilingual } from '../../../web/language.ts'
import type { TableColumn } from '../../table-columns.ts'
import { bodyStyle, fill, framed, landscape, Page, titleStyle } from '../../template-page.ts'
import { productMembers, productSheet } from '../product-columns.ts'
import { templateSheets } from '../sheet-names.ts'
import type { SystemTable } from '../types.ts'
import { colourOf, shownColumns } from './columns.ts'
import type { FormContent } from './forms.ts'
import { textLines } from './table-sheet.ts'
import { fontOf, say, type TemplateLanguage } from './words.ts'

const widths = [5, 26, 36, 70, 30] as const

/** @param ownFactors ids of those that the footprint holds and no sheet. */
export function instructionsPage(
  language: TemplateLanguage,
  content: FormContent,
  ownFactors: readonly string[],
): WriteSheet {
  const sheet = new Instructions(language, content)
  sheet.tellRules()
  if (ownFactors.length > 0) sheet.tellOwnFactors(ownFactors)
  sheet.tellSheets()
  sheet.tellColumns()
  return sheet.written
}

class Instructions {
  private readonly language: TemplateLanguage
  private readonly content: FormContent
  private readonly page: Page
  private readonly heights = new Map<number, { height: number }>([[0, { height: 32 }]])
  private readonly merges: { startRow: number; endRow: number; startCol: number; endCol: number }[] = []
  private row = 2

  constructor(language: TemplateLanguage, content: FormContent) {
    this.language = language
    this.content = content
    this.page = new Page(fontOf(language))
    this.page.put(0, 0, say(language, content.title), titleStyle)
  }

  tellRules(): void {
    const [, ...spanned] = widths
    const inAll = spanned.reduce((sum, width) => sum + width, 0)
    for (const [at, rule] of this.content.rules.entries()) {
      const text = say(this.language, rule, '\n')
      this.page.put(this.row, 0, `${at + 1}.`, numberStyle)
      this.page.put(this.row, 1, text, { alignment: { wrapText: true, vertical: 'top' } })
      this.merges.push({ startRow: this.row, endRow: this.row, startCol: 1, endCol: 4 })
      this.heights.set(this.row, { height: 4 + 16 * textLines(text, inAll * 0.95) })
      this.row += 1
    }
    this.row += 1
  }

  tellOwnFactors(ids: readonly string[]): void {
    const about: Bilingual = {
      zh: '自有因子属于碳足迹，本文件中没有；导回该碳足迹时保持不变。行中以因子表 own 引用：',
      en: 'Own factors are the footprint’s and not in this file; they stay when it is put back there. Rows name them with the factor table "own":',
    }
    const text = say(this.language, about, '\n')
    this.page.put(this.row, 1, text, { alignment: { wrapText: true, vertical: 'top' } })
    this.merges.push({ startRow: this.row, endRow: this.row, startCol: 1, endCol: 4 })
    this.heights.set(this.row, { height: 4 + 16 * textLines(text, 150) })
    this.row += 1
    for (const id of ids) {
      this.page.put(this.row, 1, id, codeStyle)
      this.row += 1
    }
    this.row += 1
  }

  tellSheets(): void {
    this.head({
      zh: ['', '工作表', '', '用途', 'CSV 文件名'],
      en: ['', 'Sheet', '', 'What for', 'Part as CSV'],
    })
    for (const table of [productSheet, ...this.content.tables]) {
      const { strong, light } = colourOf(table)
      const about = say(this.language, table.about, '\n')
      this.page.put(this.row, 0, null, { ...bodyStyle, fill: fill(strong) })
      for (const column of [1, 2]) this.page.put(this.row, column, null, { ...bodyStyle, fill: fill(light) })
      this.page.put(this.row, 1, say(this.language, table.title), {
        ...bodyStyle,
        fill: fill(light),
        font: { bold: true, color: { rgb: strong } },
      })
      this.page.put(this.row, 3, about, bodyStyle)
      this.page.put(this.row, 4, table.key, codeStyle)
      this.merges.push({ startRow: this.row, endRow: this.row, startCol: 1, endCol: 2 })
      this.heights.set(this.row, { height: 4 + 15 * textLines(about, widths[3]) })
      this.row += 1
    }
    this.row += 1
  }

  tellColumns(): void {
    this.head({
      zh: ['', '工作表', '列', '含义（★ 必填）', '接口名称'],
      en: ['', 'Sheet', 'Column', 'Meaning (★ needed)', 'Name in the API'],
    })
    for (const name of this.content.members) this.tell(productSheet, name, productMembers.of(name))
    for (const table of this.content.tables)
      for (const { name, column } of shownColumns(table, new Set())) this.tell(table, name, column)
  }

  private tell(table: SystemTable, name: string, { title, help, needed }: TableColumn): void {
    const { strong, light } = colourOf(table)
    const about = say(this.language, help, '\n')
    this.page.put(this.row, 0, needed ? '★' : '', {
      ...bodyStyle,
      font: { color: { rgb: strong } },
      fill: fill(light),
    })
    this.page.put(this.row, 1, say(this.language, table.title), bodyStyle)
    this.page.put(this.row, 2, say(this.language, title), { ...bodyStyle, fill: fill(light) })
    this.page.put(this.row, 3, about, bodyStyle)
    this.page.put(this.row, 4, name, codeStyle)
    const lines = Math.max(
      textLines(about, widths[3]),
      textLines(say(this.language, title), widths[2] * 0.95),
      textLines(name, widths[4] * 0.9),
    )
    this.heights.set(this.row, { height: 2 + 15 * lines })
    this.row += 1
  }

  private head({ zh, en }: { readonly zh: readonly string[]; readonly en: readonly string[] }): void {
    for (const [at, word] of zh.entries())
      this.page.put(this.row, at, say(this.language, { zh: word, en: en[at] ?? '' }), headStyle)
    this.heights.set(this.row, { height: 20 })
    this.row += 1
  }

  get written(): WriteSheet {
    return {
      name: say(this.language, templateSheets.instructions),
      ...this.page.content,
      columns: widths.map((width) => ({ width })),
      merges: this.merges,
      rowDefs: this.heights,
      view: { showGridLines: false },
      pageSetup: { ...landscape('$1:$1'), orientation: 'portrait' },
    }
  }
}

const headStyle: CellStyle = {
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: fill('1F6B5A'),
  alignment: { vertical: 'center' },
  border: framed,
}
const numberStyle: CellStyle = {
  font: { bold: true, color: { rgb: '1F6B5A' } },
  alignment: { vertical: 'top', horizontal: 'right' },
}
const codeStyle: CellStyle = { ...bodyStyle, font: { color: { rgb: '55605C' } } }
