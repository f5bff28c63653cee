/**
 * The sheet of a bill of materials: item within item by level, one row each, with what goes into an item as rows below it. The columns of a row
 * that is an input are those of activity data; a row that is an item has some of its own.
 */

import type { Bilingual } from '../../web/language.ts'
import { stageNames } from '../../web/wording.ts'
import { type CsvColumn, columnOf, csvColumns, memberPath } from '../activity-columns.ts'
import { type Columns, columnsOf, type TableColumn } from '../table-columns.ts'
import { nameColumns } from './names.ts'
import { quantityColumns } from './quantity-columns.ts'
import type { SystemTable } from './types.ts'

/** What a row of a bill is. */
export const rowKinds = {
  item: { zh: '物料', en: 'Item' },
  use: { zh: '引用物料', en: 'Item used again' },
  line: { zh: '投入', en: 'Input' },
  scrap: { zh: '废料', en: 'Scrap' },
} as const satisfies Readonly<Record<string, Bilingual>>
export type RowKind = keyof typeof rowKinds

/** The product is of level 0; no real bill nests deeper. */
export const levelMax = 12

const own = {
  level: {
    title: { zh: '层级', en: 'Level' },
    help: {
      zh: '产品 0，其投入和零部件 1，零部件的投入 2……',
      en: '0: the product; 1: what goes into it; and so on',
    },
    kind: 'count',
    needed: 'always',
  },
  kind: {
    title: { zh: '行类型', en: 'Row' },
    help: {
      zh: '物料：在此展开；引用物料：别处已展开；投入：外购料、能源、运输、排放；废料',
      en: 'An item is made of the rows below it; one used again stands elsewhere; an input is bought, burnt, driven or emitted',
    },
    kind: 'choice',
    choices: rowKinds,
    needed: 'always',
  },
  id: {
    title: { zh: '编号', en: 'ID' },
    help: {
      zh: '物料编号；投入和废料为该行编号，全表不重复',
      en: 'Of the item; of an input or scrap, of the row: never twice',
    },
    kind: 'text',
    needed: 'always',
  },
  'name.zh': nameColumns['name.zh'],
  'name.en': { ...nameColumns['name.en'], help: { zh: '物料必填', en: 'Needed for an item' } },
  ...quantityColumns(
    'quantity',
    { zh: '用量', en: 'Amount' },
    {
      help: {
        zh: '上级物料按其“投产数量”用多少；产品不填；废料不填即全部不合格品',
        en: 'What the item above takes for what it starts; none for the product; of scrap, all that is rejected where empty',
      },
      unitHelp: { zh: '如 kg、piece、kWh', en: 'E.g. kg, piece, kWh' },
    },
  ),
  category: {
    title: { zh: '活动类别', en: 'Activity category' },
    help: {
      zh: '投入和废料必填；物料不填即“材料”',
      en: 'Needed for inputs and scrap; of an item, material where empty',
    },
    kind: 'category',
  },
  ...quantityColumns(
    'output',
    { zh: '投产数量', en: 'Started' },
    {
      help: {
        zh: '物料必填：其下各行的用量对应的投产数量，如 1、100 或一年的数量',
        en: 'Needed for an item: what the amounts below it are for, e.g. 1, 100 or a year’s',
      },
    },
  ),
  yield: {
    title: { zh: '成品率', en: 'Yield' },
    help: {
      zh: '合格产出 ÷ 投产，0 到 1，如 0.95；不填即全部合格',
      en: 'Good output ÷ started, 0 to 1, e.g. 0.95; empty: all of it is good',
    },
    kind: 'decimal',
  },
  stage: {
    title: { zh: '生命周期阶段', en: 'Life-cycle stage' },
    help: { zh: '物料必填；从列表中选择', en: 'Needed for an item; choose from the list' },
    kind: 'choice',
    choices: stageNames,
  },
  line: {
    title: { zh: '用量行编号', en: 'ID of the taking' },
    help: {
      zh: '可不填，即“上级编号/编号”；同一物料在同一上级下出现两次时填写',
      en: 'Empty: ID above/ID; for an item that one above takes twice',
    },
    kind: 'text',
  },
  region: {
    title: { zh: '生产地区', en: 'Made in region' },
    help: {
      zh: '如 CN-ZJ；查找因子从此开始，不填即产品的地区',
      en: 'E.g. CN-ZJ; factors are looked for from here. Empty: the region of the product',
    },
    kind: 'text',
  },
} as const satisfies Record<string, TableColumn>

type OwnColumn = keyof typeof own

/** Where an input stands says which process it is of; a bill has no sites, and no item that makes several products. */
const isOfSystems = (name: CsvColumn) =>
  name === 'process' || name === 'forProduct' || name.startsWith('fromSite.')

/** Columns of an input. */
export const inputColumns: readonly CsvColumn[] = csvColumns.filter((name) => !isOfSystems(name))

export type BillColumn = OwnColumn | CsvColumn

const ofInputs = Object.fromEntries(
  inputColumns.map((name) => [name, columnOf(name)]),
) as unknown as Readonly<Record<CsvColumn, TableColumn>>

export const billColumns: Columns<BillColumn> = columnsOf<BillColumn, TableColumn>(
  {
    ...ofInputs,
    ...own,
  },
  { holds: 'a bill of materials' },
)

/** Where the cells of a row stand in what the row is, by column; a column without a place does not belong to it. */
const takingPlaces = {
  'quantity.amount': 'takes.amount',
  'quantity.unit': 'takes.unit',
  category: 'category',
  line: 'line',
} as const satisfies Partial<Record<BillColumn, string>>
const productPlaces = Object.fromEntries(
  [
    ...['id', 'name.zh', 'name.en', 'output.amount', 'output.unit', 'yield', 'stage', 'region'],
    ...['period.start', 'period.end'],
  ].map((name) => [name, name]),
)
const inputPlaces = Object.fromEntries(inputColumns.map((name) => [name, memberPath(name).join('.')]))

const placesOf: Readonly<Record<RowKind | 'product', Readonly<Record<string, string>>>> = {
  product: productPlaces,
  item: { ...productPlaces, ...takingPlaces },
  use: { ...takingPlaces, id: 'use' },
  line: inputPlaces,
  scrap: inputPlaces,
}

/** The columns of a bill as those of one kind of row. */
export interface RowColumns extends Columns<BillColumn> {
  /** Whether a cell of the column belongs to such a row. */
  has(name: BillColumn): boolean
}

function rowColumns(kind: RowKind | 'product'): RowColumns {
  const places = new Map(Object.entries(placesOf[kind]).map(([name, place]) => [name, place.split('.')]))
  // No member has an empty name: what does not belong to the row is nowhere in it.
  const path = (name: BillColumn) => places.get(name) ?? ['', name]
  return { ...billColumns, path, has: (name) => places.has(name) }
}

/** The product itself is taken by nobody. */
export const columnsOfRow: Readonly<Record<RowKind | 'product', RowColumns>> = {
  product: rowColumns('product'),
  item: rowColumns('item'),
  use: rowColumns('use'),
  line: rowColumns('line'),
  scrap: rowColumns('scrap'),
}

export const billOfMaterials: SystemTable = {
  key: 'billOfMaterials',
  title: { zh: '物料清单', en: 'Bill of materials' },
  about: {
    zh: '一行一个物料或投入：先写产品，再写它的投入和零部件；零部件的投入紧跟其后、层级加 1。各行属于其上方最近的、高一层的物料。',
    en: 'An item or an input a row: the product first, then what goes into it; what goes into a part stands right below it, a level deeper. A row belongs to the nearest item above it that is one level higher.',
  },
  dictionary: billColumns as Columns,
  list: ['item'],
  parents: [],
  hasIds: false,
}
