/** The workbook of a product system: empty to be filled in, or with a system in it. What it asks for is what is read. */

import { writeXlsx } from 'hucre/xlsx'
import type { StatedIdentity } from '../../../actions/footprints/stated-identity.ts'
import type { ProductInput } from '../../../engine/types.ts'
import { Problem } from '../../../problem.ts'
import { fontNames, fontSize } from '../../template-page.ts'
import { rowsMax } from '../../workbook/sheet.ts'
import { billOfMaterials } from '../bill-columns.ts'
import type { Wording } from '../item-cells.ts'
import { productMembers } from '../product-columns.ts'
import { sites } from '../site-tables.ts'
import { type WrittenSystem, writtenSystem } from '../table-rows-of.ts'
import { lines, processes, systemTables, tableOf } from '../tables.ts'
import { shownColumns } from './columns.ts'
import { exampleIdentity } from './example.ts'
import { examplesPage } from './examples-page.ts'
import { contents, type FormContent, type TemplateForm } from './forms.ts'
import { instructionsPage } from './instructions-page.ts'
import { Lists } from './lists-sheet.ts'
import { productPage } from './product-page.ts'
import { type References, tableSheet } from './table-sheet.ts'
import { fontOf, say, type TemplateLanguage } from './words.ts'

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
  [billOfMaterials.key]: {
    from: billOfMaterials,
    to: billOfMaterials,
    'parameter.id': tableOf('parameters'),
    'circular.material': tableOf('materials'),
  },
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
export function systemTemplate(
  language: TemplateLanguage,
  isExample: boolean,
  form: TemplateForm = 'product-system',
): Promise<Uint8Array> {
  const content = contents[form]
  const wording: Wording = (names) => say(language, names)
  return written(
    language,
    content,
    isExample ? writtenSystem(content.example(language), wording, exampleIdentity) : nothing,
  )
}

/**
 * A product system as a workbook that reads back as the same one. Own factors of the footprint that it is of stay there, and are told.
 *
 * @param ofFootprint ids of factors that the footprint holds, and no sheet.
 * @throws Problem `invalid-request` that names what no sheet can say; `too-many-items` for more rows than are read of a workbook.
 */
export async function systemWorkbook(
  language: TemplateLanguage,
  input: ProductInput,
  identity?: StatedIdentity,
  ofFootprint: readonly string[] = [],
): Promise<Uint8Array> {
  const system = writtenSystem(input, (names) => say(language, names), identity)
  for (const table of systemTables) {
    if (system.rowsOf(table).length <= rowsMax) continue
    const detail = `A workbook is read up to ${rowsMax} rows a sheet, and the system has ${system.rowsOf(table).length} ${table.key}; take it as JSON.`
    throw new Problem('too-many-items', detail, { pointer: `/${table.list.join('/')}`, rowsMax })
  }
  return written(language, contents['product-system'], system, ofFootprint)
}

async function written(
  language: TemplateLanguage,
  content: FormContent,
  system: WrittenSystem,
  ofFootprint: readonly string[] = [],
): Promise<Uint8Array> {
  const { tables, members } = content
  const listed = [
    ...members.map((name) => ({ name, column: productMembers.of(name) })),
    ...tables.flatMap((table) => shownColumns(table, new Set())),
  ]
  const lists = new Lists(language, listed)
  const sheets = tables.map((table) =>
    tableSheet(
      language,
      { table, rows: system.rowsOf(table), references: references[table.key] ?? {} },
      lists,
    ),
  )
  const example = writtenSystem(content.example(language), (names) => say(language, names), exampleIdentity)
  return writeXlsx({
    sheets: [
      instructionsPage(language, content, ofFootprint),
      productPage(language, { members, values: system.product, references: references.product ?? {} }, lists),
      ...sheets,
      ...(system === nothing ? [examplesPage(language, content, example)] : []),
      lists.sheet(),
    ],
    defaultFont: { name: fontNames[fontOf(language)], size: fontSize },
    properties: {
      title: say(language, content.title),
      creator: 'Egret',
      created: new Date(0),
      modified: new Date(0),
    },
  })
}
