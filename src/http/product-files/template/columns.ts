/** How the columns of each table look: in which order, how wide, under which band, in which colour. */

import type { Bilingual } from '../../../web/language.ts'
import { type CsvColumn, columnGroups, columnOf } from '../../activity-columns.ts'
import { columnsFor, groupColours, widthOf, widths } from '../../activity-template.ts'
import type { TableColumn } from '../../table-columns.ts'
import { type BillColumn, billColumns, billOfMaterials, inputColumns } from '../bill-columns.ts'
import type { SystemTable } from '../types.ts'

export interface Colour {
  readonly strong: string
  readonly light: string
}

/** A column as the template shows it. */
export interface ShownColumn {
  readonly name: string
  readonly column: TableColumn
  readonly width: number
  readonly colour: Colour
  /** What a run of columns is about. */
  readonly band: Bilingual | null
}

const tableColours: Readonly<Record<string, Colour>> = {
  product: { strong: '1F6B5A', light: 'E3F1EC' },
  factorTables: { strong: '2F5D8A', light: 'E4EDF6' },
  processes: { strong: '7A4352', light: 'F5E7EB' },
  lines: { strong: '1F6B5A', light: 'E3F1EC' },
  billOfMaterials: { strong: '7A4352', light: 'F5E7EB' },
  coProducts: { strong: '7A4352', light: 'F5E7EB' },
  productProperties: { strong: '7A4352', light: 'F5E7EB' },
  allocationShares: { strong: '7A4352', light: 'F5E7EB' },
  commonShares: { strong: '7A4352', light: 'F5E7EB' },
  plants: { strong: '7A4352', light: 'F5E7EB' },
  sites: { strong: '1B6A86', light: 'E0F0F5' },
  siteTotals: { strong: '1B6A86', light: 'E0F0F5' },
  siteProducts: { strong: '6B6423', light: 'F3F1DF' },
  siteKeys: { strong: '35608F', light: 'E5EEF8' },
  siteKeyAmounts: { strong: '35608F', light: 'E5EEF8' },
  siteSplits: { strong: '9A4A2E', light: 'F9E9E3' },
  parameters: { strong: '6A4C86', light: 'EFE8F5' },
  materials: { strong: '4F6B2A', light: 'ECF3E2' },
  instruments: { strong: '7C5E12', light: 'F7F0DC' },
  certificates: { strong: '7C5E12', light: 'F7F0DC' },
}

const defaultColour: Colour = { strong: '4A5568', light: 'EBEEF2' }

/** The colour of a table's sheet. */
export function colourOf(table: Pick<SystemTable, 'key'>): Colour {
  return tableColours[table.key] ?? defaultColour
}

/** Members that belong together, by how their names begin: sixty rows of one colour are hard to find one's way in. */
const memberColours: readonly (readonly [begins: RegExp, colour: Colour])[] = [
  [/^functionalUnit\./, { strong: '2F5D8A', light: 'E4EDF6' }],
  [/^(?:carbonContent|endOfLife)\./, { strong: '4F6B2A', light: 'ECF3E2' }],
  [/^(?:capitalGoods|productCategoryRules)\./, { strong: '6A4C86', light: 'EFE8F5' }],
  [/^contractualInstruments\./, { strong: '1B6A86', light: 'E0F0F5' }],
  [/^product\./, { strong: '7A4352', light: 'F5E7EB' }],
  [/^(?:responsibleParty|manufacturer|factory)\./, { strong: '6B6423', light: 'F3F1DF' }],
]

/** The colour of a member's row on the sheet of the product. */
export function colourOfMember(name: string): Colour {
  return memberColours.find(([begins]) => begins.test(name))?.[1] ?? colourOf({ key: 'product' })
}

const widerColumns: Readonly<Record<string, number>> = {
  id: 20,
  'name.zh': 26,
  'name.en': 34,
  stage: 20,
  table: 34,
  version: 16,
  formula: 44,
  reason: 60,
  what: 40,
  'allocation.by': 20,
  'allocation.common.by': 20,
  'allocation.justification': 40,
  'factor.table': 30,
  'factor.id': 34,
  'consumption.consumer': 34,
  'certificates.from': 42,
  'certificates.to': 42,
}

/** @param used columns that are shown because something stands in them, though nobody of this kind needs them. */
export function shownColumns(table: SystemTable, used: ReadonlySet<string>): readonly ShownColumn[] {
  if (table.key === 'lines') return lineColumnsShown(table, used)
  if (table === billOfMaterials) return billColumnsShown(used)
  return table.dictionary.names.map((name) => {
    const column = table.dictionary.of(name)
    const width = widerColumns[`${table.key}.${name}`] ?? widerColumns[name] ?? widths[column.kind]
    return { name, column, width, colour: colourOf(table), band: null }
  })
}

/** Where a process stands next to what it takes, and what everyone fills in comes first. */
const firstOfLines: readonly CsvColumn[] = [
  'id',
  'process',
  'category',
  'description',
  'quantity.amount',
  'quantity.unit',
  'from',
  'fromSite.total',
  'factor.table',
  'factor.id',
]

function lineColumnsShown(table: SystemTable, used: ReadonlySet<string>): readonly ShownColumn[] {
  const usual = columnsFor('product')
  const others = table.dictionary.names.filter((name) => used.has(name) && !usual.includes(name as CsvColumn))
  const behind = [...usual, ...(others as CsvColumn[])].filter((name) => !firstOfLines.includes(name))
  return [
    ...firstOfLines.map((name) => shownLine(name, columnGroups.essential, groupColours.essential)),
    ...behind.map((name) => {
      const { group } = columnOf(name)
      return shownLine(name, columnGroups[group], groupColours[group])
    }),
  ]
}

/** What every row of a bill fills in, what an item does, and what an input does; everything else stands behind. */
const bandsOfBill: readonly (readonly [band: Bilingual, colour: Colour, names: readonly BillColumn[]])[] = [
  [
    { zh: '所有行', en: 'Every row' },
    { strong: '1F6B5A', light: 'E3F1EC' },
    ['level', 'kind', 'id', 'quantity.amount', 'quantity.unit', 'category'],
  ],
  [
    { zh: '物料', en: 'Items' },
    { strong: '7A4352', light: 'F5E7EB' },
    [
      ...(['name.zh', 'name.en', 'stage', 'output.amount', 'output.unit'] as const),
      ...(['yield', 'region', 'line'] as const),
    ],
  ],
  [
    { zh: '投入和废料', en: 'Inputs and scrap' },
    { strong: '2F5D8A', light: 'E4EDF6' },
    [
      ...(['description', 'factor.table', 'factor.id'] as const),
      ...(['distance.amount', 'distance.unit'] as const),
    ],
  ],
]
const widthsOfBill: Readonly<Partial<Record<BillColumn, number>>> = {
  level: 13,
  kind: 20,
  id: 24,
  category: 18,
  line: 20,
  'quantity.amount': 18,
  'quantity.unit': 12,
  'output.amount': 18,
  'output.unit': 14,
  yield: 16,
  region: 16,
  'distance.amount': 12,
  'distance.unit': 10,
}

function billColumnsShown(used: ReadonlySet<string>): readonly ShownColumn[] {
  const shown = (name: BillColumn, band: Bilingual, colour: Colour): ShownColumn => {
    const column = billColumns.of(name)
    const width =
      widthsOfBill[name] ??
      widerColumns[name] ??
      widerLineColumns[name] ??
      (inputColumns.includes(name as CsvColumn) ? widthOf(name as CsvColumn) : widths[column.kind])
    return { name, column, width, colour, band }
  }
  const first = bandsOfBill.flatMap(([band, colour, names]) => names.map((name) => shown(name, band, colour)))
  const isFirst = (name: string) => first.some((one) => one.name === name)
  const usual = columnsFor('product').filter((name) => inputColumns.includes(name))
  const others = inputColumns.filter((name) => used.has(name) && !usual.includes(name))
  const behind = [...usual, ...others].filter((name) => !isFirst(name))
  return [
    ...first,
    ...behind.map((name) => {
      const { group } = columnOf(name)
      return shown(name, columnGroups[group], groupColours[group])
    }),
  ]
}

const widerLineColumns: Readonly<Record<string, number>> = { id: 20, 'factor.table': 26, 'factor.id': 32 }

function shownLine(name: CsvColumn, band: Bilingual, colour: Colour): ShownColumn {
  return { name, column: columnOf(name), width: widerLineColumns[name] ?? widthOf(name), colour, band }
}
