/** The lists to choose from, each once for all columns that have it, and the validations that point to them. */

import type { DataValidation, WriteSheet } from 'hucre/xlsx'
import { families } from '../../../engine/types.ts'
import type { Bilingual } from '../../../web/language.ts'
import { categoriesOf } from '../../activity-categories.ts'
import { commonUnits, errorLengthMax } from '../../activity-template.ts'
import type { TableColumn } from '../../table-columns.ts'
import { bodyStyle, fill, landscape, Page } from '../../template-page.ts'
import { lettersOf } from '../../workbook/sheet.ts'
import { templateSheets } from '../sheet-names.ts'
import { fontOf, say, type TemplateLanguage } from './words.ts'

interface List {
  /** What it is a list of: a closed list itself, or the kind of its columns. */
  readonly of: unknown
  readonly title: Bilingual
  readonly values: readonly (readonly [string, string])[]
  /** Whether nothing else is read. */
  readonly isClosed: boolean
}

/** A column that may be chosen from a list. */
export interface ListedColumn {
  readonly name: string
  readonly column: TableColumn
}

export class Lists {
  private readonly language: TemplateLanguage
  private readonly lists: readonly List[]

  constructor(language: TemplateLanguage, columns: readonly ListedColumn[]) {
    this.language = language
    const own = columns.flatMap(({ column }): List[] => {
      const { choices, title } = column
      if (choices === undefined) return []
      const values = Object.entries(choices).map(([code, words]) => [say(language, words), code] as const)
      return [{ of: choices, title, values, isClosed: true }]
    })
    const distinct = own.filter((list, at) => own.findIndex(({ of }) => of === list.of) === at)
    this.lists = [...commonLists(language), ...distinct]
  }

  /** The list behind a column, for the cells of a range; none where it has none. */
  validation({ name, column }: ListedColumn, range: string): readonly DataValidation[] {
    const of = /\.?family$/.test(name) ? 'family' : (column.choices ?? column.kind)
    const at = this.lists.findIndex((list) => list.of === of)
    if (at === -1) return []
    const { values, isClosed } = this.lists[at] as List
    const letters = lettersOf(2 * at + 1)
    const sheet = say(this.language, templateSheets.lists)
    const formula1 = `'${sheet}'!$${letters}$2:$${letters}$${values.length + 1}`
    // Several of a list in one cell are none of its values.
    return [this.choice(formula1, range, { column, isClosed: isClosed && column.kind !== 'choices' })]
  }

  /** What a sheet is called in this workbook. */
  called(title: Bilingual): string {
    return say(this.language, title)
  }

  /** A list of what stands elsewhere in the workbook: anything else may be typed, since what is typed may come later. */
  reference(formula1: string, range: string, column: TableColumn): DataValidation {
    return this.choice(formula1, range, { column, isClosed: false })
  }

  private choice(
    formula1: string,
    range: string,
    { column, isClosed }: { readonly column: TableColumn; readonly isClosed: boolean },
  ): DataValidation {
    return {
      type: 'list',
      formula1,
      range,
      allowBlank: true,
      showErrorMessage: isClosed,
      errorStyle: 'stop',
      errorTitle: say(this.language, { zh: '请从列表中选择', en: 'Choose from the list' }),
      errorMessage: say(this.language, column.help).slice(0, errorLengthMax),
    }
  }

  sheet(): WriteSheet {
    const page = new Page(fontOf(this.language))
    const head = { font: { bold: true, color: { rgb: 'FFFFFF' } }, fill: fill('4A5568') }
    for (const [index, { title, values }] of this.lists.entries()) {
      page.put(0, 2 * index, say(this.language, title), head)
      page.put(0, 2 * index + 1, say(this.language, { zh: '含义或代码', en: 'Meaning or code' }), head)
      for (const [row, [value, meaning]] of values.entries()) {
        page.put(row + 1, 2 * index, value, bodyStyle)
        page.put(row + 1, 2 * index + 1, meaning, bodyStyle)
      }
    }
    return {
      name: say(this.language, templateSheets.lists),
      ...page.content,
      columns: this.lists.flatMap(({ values }) => [
        { width: widthFor(values.map(([value]) => value)) },
        { width: widthFor(values.map(([, meaning]) => meaning)) },
      ]),
      freezePane: { rows: 1 },
      pageSetup: landscape('$1:$1'),
    }
  }
}

function widthFor(texts: readonly string[]): number {
  const wide = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 2 : 1), 0)
  return Math.min(60, Math.max(16, ...texts.map((text) => wide(text) + 2)))
}

function commonLists(language: TemplateLanguage): readonly List[] {
  return [
    {
      of: 'category',
      title: { zh: '活动类别', en: 'Activity category' },
      values: categoriesOf('product').map((category) => [say(language, category), category.code]),
      isClosed: true,
    },
    {
      of: 'unit',
      title: { zh: '单位', en: 'Unit' },
      values: commonUnits.map(([unit, words]) => [unit, say(language, words)]),
      isClosed: false,
    },
    {
      of: 'family',
      title: { zh: '因子族', en: 'Factor family' },
      values: families.map((family) => [family, '']),
      isClosed: true,
    },
  ]
}
