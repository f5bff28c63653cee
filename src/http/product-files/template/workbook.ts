/** The workbook of a product system: empty to be filled in, or with a system in it. What it asks for is what is read. */

import { writeXlsx } from 'hucre/xlsx'
import type { ProductInput } from '../../../engine/types.ts'
import { Problem } from '../../../problem.ts'
import type { Bilingual } from '../../../web/language.ts'
import { fontNames, fontSize } from '../../template-page.ts'
import { rowsMax } from '../../workbook/sheet.ts'
import { productMembers } from '../product-columns.ts'
import { sites } from '../site-tables.ts'
import { type WrittenSystem, writtenSystem } from '../table-rows-of.ts'
import { lines, processes, systemTables, tableOf } from '../tables.ts'
import { shownColumns } from './columns.ts'
import { exampleSystem } from './example.ts'
import { examplesPage } from './examples-page.ts'
import { instructionsPage } from './instructions-page.ts'
import { Lists } from './lists-sheet.ts'
import { productPage } from './product-page.ts'
import { type References, tableSheet } from './table-sheet.ts'
import { fontOf, say, type TemplateLanguage } from './words.ts'

/** A file name for downloads, by language. */
export const systemFileNames: Bilingual = { zh: '产品系统模板.xlsx', en: 'product-system-template.xlsx' }

/** Columns whose cells name rows of other tables. */
const references: Readonly<Record<string, References>> = {
  product: { referenceProcess: processes },
  processes: { 'site.site': sites, 'site.product': tableOf('siteProducts') },
  coProducts: { process: processes, 'avoids.from': processes },
  productProperties: { process: processes, coProduct: tableOf('coProducts') },
  allocationShares: { process: processes },
  commonShares: { process: processes },
  plants: { process: processes, from: processes },
  siteTotals: { site: sites, partOf: tableOf('siteTotals') },
  siteProducts: { site: sites },
  siteKeys: { site: sites },
  siteKeyAmounts: { site: sites, key: tableOf('siteKeys'), product: tableOf('siteProducts') },
  siteSplits: { site: sites, key: tableOf('siteKeys') },
  [lines.key]: {
    process: processes,
    from: processes,
    to: processes,
    'fromSite.total': tableOf('siteTotals'),
    'parameter.id': tableOf('parameters'),
    'circular.material': tableOf('materials'),
  },
}

const nothing: WrittenSystem = { product: new Map(), rowsOf: () => [] }

/** The template, empty or with the example in it: the same bytes for the same choice. */
export function systemTemplate(language: TemplateLanguage, isExample: boolean): Promise<Uint8Array> {
  return isExample ? systemWorkbook(language, exampleSystem(language)) : written(language, nothing)
}

/**
 * A product system as a workbook that reads back as the same one.
 *
 * @throws Problem `invalid-request` that names what no sheet can say; `too-many-items` for more rows than are read of a workbook.
 */
export async function systemWorkbook(language: TemplateLanguage, input: ProductInput): Promise<Uint8Array> {
  const system = writtenSystem(input, (names) => say(language, names))
  for (const table of systemTables) {
    if (system.rowsOf(table).length <= rowsMax) continue
    const detail = `A workbook is read up to ${rowsMax} rows a sheet, and the system has ${system.rowsOf(table).length} ${table.key}; take it as JSON.`
    throw new Problem('too-many-items', detail, { pointer: `/${table.list.join('/')}`, rowsMax })
  }
  return written(language, system)
}

async function written(language: TemplateLanguage, system: WrittenSystem): Promise<Uint8Array> {
  const listed = [
    ...productMembers.names.map((name) => ({ name, column: productMembers.of(name) })),
    ...systemTables.flatMap((table) => shownColumns(table, new Set())),
  ]
  const lists = new Lists(language, listed)
  const sheets = systemTables.map((table) =>
    tableSheet(
      language,
      { table, rows: system.rowsOf(table), references: references[table.key] ?? {} },
      lists,
    ),
  )
  const example = writtenSystem(exampleSystem(language), (names) => say(language, names))
  return writeXlsx({
    sheets: [
      instructionsPage(language),
      productPage(language, { values: system.product, references: references.product ?? {} }, lists),
      ...sheets,
      ...(system === nothing ? [examplesPage(language, example)] : []),
      lists.sheet(),
    ],
    defaultFont: { name: fontNames[fontOf(language)], size: fontSize },
    properties: {
      title: say(language, { zh: '产品碳足迹：产品系统', en: 'Product footprint: the product system' }),
      creator: 'Egret',
      created: new Date(0),
      modified: new Date(0),
    },
  })
}
