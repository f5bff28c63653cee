/** The tables of a site's year: the site, what came in, what was made, what totals are divided by, and where they go. */

import type { SiteKeyKind } from '../../engine/types.ts'
import type { Bilingual } from '../../web/language.ts'
import { activityColumns } from '../activity-columns.ts'
import { completeMeter } from '../meter-cells.ts'
import { columnsOf, type TableColumn } from '../table-columns.ts'
import { asOfLines } from './as-of-lines.ts'
import { completeName, nameColumns } from './names.ts'
import { quantityColumns } from './quantity-columns.ts'
import type { ParentColumn, SystemTable } from './types.ts'

const idColumn = (zh: string, en: string): { readonly id: TableColumn } => ({
  id: {
    title: { zh, en },
    help: { zh: '每行一个，不能重复', en: 'One for each row, never twice' },
    kind: 'text',
    needed: 'always',
  },
})

/** Empty where there is one site alone. */
const siteColumn = {
  site: {
    title: { zh: '工厂编号', en: 'Site' },
    help: { zh: '只有一个工厂时可不填', en: 'May be empty where there is one site' },
    kind: 'text',
  },
} as const satisfies Record<string, TableColumn>
const ofSite: readonly ParentColumn[] = [{ column: 'site', table: 'sites' }]

export const sites: SystemTable = {
  key: 'sites',
  title: { zh: '工厂', en: 'Sites' },
  about: {
    zh: '用工厂全年数据推算一件产品时填写：每个工厂一行，期间与核算期相同。',
    en: 'Where one piece is worked out from a site’s year: one site a row, its period the reporting period.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...idColumn('工厂编号', 'Site'),
      ...nameColumns,
      'period.start': {
        title: { zh: '期间开始', en: 'First day' },
        help: { zh: '如 2025-01-01', en: 'E.g. 2025-01-01' },
        kind: 'date',
        needed: 'always',
      },
      'period.end': {
        title: { zh: '期间结束次日', en: 'Day after the last' },
        help: { zh: '全年填 2026-01-01', en: 'For a whole year 2026-01-01' },
        kind: 'date',
        needed: 'always',
      },
    },
    { holds: 'sites' },
  ),
  list: ['siteData'],
  parents: [],
  hasIds: true,
  complete: (item) => {
    completeName(item)
    for (const list of ['totals', 'products', 'keys', 'splits']) item[list] ??= []
  },
}

const totalsDictionary = columnsOf<string, TableColumn>(
  {
    ...siteColumn,
    ...idColumn('总量编号', 'Total'),
    ...nameColumns,
    ...asOfLines(['quantity.amount', 'quantity.unit']),
    partOf: {
      title: { zh: '上级表总量', en: 'Behind the meter of' },
      help: {
        zh: '分表填其总表的总量编号；分表量会从总表中减去',
        en: 'Of a sub-meter: the total behind whose meter it stands; it is taken off that one',
      },
      kind: 'text',
    },
    ...asOfLines([
      ...([
        'meter.serial',
        'meter.multiplier',
        'meter.unit',
        'meter.firstDate',
        'meter.firstReading',
      ] as const),
      ...(['meter.lastDate', 'meter.lastReading', 'meter.readings', 'meter.digits'] as const),
      ...(['stock.unit', 'stock.opening', 'stock.received', 'stock.passedOn', 'stock.closing'] as const),
      ...(['period.start', 'period.end', 'apportion'] as const),
      ...(['estimate.method', 'estimate.basis', 'estimate.approvedBy'] as const),
    ]),
  },
  {
    holds: 'site totals',
    path: (name) => ((activityColumns as Record<string, TableColumn>)[name]?.place ?? name).split('.'),
  },
)

const siteTotals: SystemTable = {
  key: 'siteTotals',
  title: { zh: '工厂总量', en: 'Site totals' },
  about: {
    zh: '全年购入、消耗或外排的总量：每项只用一种方式填写，直接填数量，或抄表，或期初加购入减调出减期末。',
    en: 'What came in, was used or went out in the year: each stated, read off a meter, or left by a stock (opening + received − passed on − closing).',
  },
  dictionary: totalsDictionary,
  list: ['totals'],
  parents: ofSite,
  hasIds: true,
  complete: (item, filled) => {
    completeName(item)
    completeMeter(totalsDictionary, item, filled)
  },
}

const siteProducts: SystemTable = {
  key: 'siteProducts',
  title: { zh: '工厂产品', en: 'Site products' },
  about: {
    zh: '全年各产品的合格产量，以及投入量、废品和回用料；没有统计的列不填，确实为零填 0。',
    en: 'The good output of each product in the year, with what was begun, scrap and regrind; empty where nobody counted, 0 where there was none.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...siteColumn,
      ...idColumn('产品编号', 'Product'),
      ...nameColumns,
      ...quantityColumns(
        'good',
        { zh: '合格产量', en: 'Good output' },
        {
          help: { zh: '全年合格品，大于 0', en: 'Of the year, over 0' },
          needed: 'always',
        },
      ),
      ...quantityColumns(
        'started',
        { zh: '投入量', en: 'Begun' },
        {
          help: {
            zh: '投产件数，或投入的新料（不含回用料）',
            en: 'Pieces begun, or new material charged without regrind',
          },
        },
      ),
      ...quantityColumns(
        'scrap',
        { zh: '废品', en: 'Scrap' },
        {
          help: { zh: '全部不合格的产出', en: 'Output that was not good, all of it' },
        },
      ),
      ...quantityColumns(
        'regrind',
        { zh: '回用料', en: 'Regrind' },
        {
          help: { zh: '废品中回到同一工序的部分', en: 'Of the scrap, what went back into the same process' },
        },
      ),
      ...quantityColumns(
        'massPerPiece',
        { zh: '单件质量', en: 'Mass per piece' },
        {
          help: { zh: '在件数和质量之间换算时需要', en: 'Leads between pieces and mass' },
        },
      ),
    },
    { holds: 'site products' },
  ),
  list: ['products'],
  parents: ofSite,
  hasIds: true,
  complete: completeName,
}

const keyNames = {
  hours: { zh: '工时或机时', en: 'Hours' },
  area: { zh: '面积', en: 'Area' },
  'painted-area': { zh: '喷涂面积', en: 'Painted area' },
  mass: { zh: '质量', en: 'Mass' },
  pieces: { zh: '件数', en: 'Pieces' },
  revenue: { zh: '产值', en: 'Revenue' },
  share: { zh: '给定比例', en: 'Given shares' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Readonly<Record<SiteKeyKind, Bilingual>>

const siteKeys: SystemTable = {
  key: 'siteKeys',
  title: { zh: '分摊依据', en: 'Site keys' },
  about: {
    zh: '总量按什么分给各产品：每种依据一行，各产品的数值填在“分摊依据数值”。',
    en: 'What totals are divided by: one key a row, with the amounts of the products in “Key amounts”.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...siteColumn,
      ...idColumn('依据编号', 'Key'),
      ...nameColumns,
      kind: {
        title: { zh: '依据种类', en: 'Kind of key' },
        help: { zh: '从列表中选择', en: 'Choose from the list' },
        kind: 'choice',
        choices: keyNames,
        needed: 'always',
      },
      unit: {
        title: { zh: '数值单位', en: 'Unit of the amounts' },
        help: { zh: '如 h、m2；给定比例不填', en: 'E.g. h, m2; none for shares' },
        kind: 'unit',
      },
    },
    { holds: 'site keys' },
  ),
  list: ['keys'],
  parents: ofSite,
  hasIds: true,
  complete: completeName,
}

const siteKeyAmounts: SystemTable = {
  key: 'siteKeyAmounts',
  title: { zh: '分摊依据数值', en: 'Key amounts' },
  about: {
    zh: '每种依据下各产品的数值；质量、件数按合格产量分摊时不填。确实为零填 0。',
    en: 'The amount of each product under a key; none for mass and pieces that are those of the good output. A true zero is 0.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...siteColumn,
      key: {
        title: { zh: '依据编号', en: 'Key' },
        help: { zh: '“分摊依据”中的编号', en: 'Its ID among the site keys' },
        kind: 'text',
      },
      product: {
        title: { zh: '产品编号', en: 'Product' },
        help: { zh: '“工厂产品”中的编号', en: 'Its ID among the site products' },
        kind: 'text',
        needed: 'always',
      },
      amount: {
        title: { zh: '数值', en: 'Amount' },
        help: { zh: '只填数字', en: 'Digits only' },
        kind: 'decimal',
        needed: 'always',
      },
    },
    { holds: 'key amounts' },
  ),
  list: ['amounts'],
  parents: [...ofSite, { column: 'key', table: 'siteKeys' }],
  hasIds: false,
}

const siteSplits: SystemTable = {
  key: 'siteSplits',
  title: { zh: '总量分摊', en: 'Site splits' },
  about: {
    zh: '每项总量的去向：全部归一个产品，或按依据分给几个产品。办公、出租等其他去向填“其他去向”。',
    en: 'Where each total goes: wholly to one product, or by a key to several. Offices, tenants and other takers stand under “Outside”.',
  },
  dictionary: columnsOf<string, TableColumn>(
    {
      ...siteColumn,
      totals: {
        title: { zh: '总量', en: 'Totals' },
        help: { zh: '总量编号，多项用分号分开', en: 'Their IDs, apart by semicolons' },
        kind: 'ids',
        needed: 'always',
      },
      key: {
        title: { zh: '分摊依据', en: 'Key' },
        help: { zh: '分给几个时需要，填依据编号', en: 'Needed for more than one taker: its ID' },
        kind: 'text',
      },
      products: {
        title: { zh: '产品', en: 'Products' },
        help: { zh: '产品编号，多个用分号分开', en: 'Their IDs, apart by semicolons' },
        kind: 'ids',
      },
      outside: {
        title: { zh: '其他去向', en: 'Outside' },
        help: {
          zh: '如 办公楼=120; 出租；等号后为按依据的数值',
          en: 'E.g. office=120; tenant: behind the equals sign its amount in the key’s unit',
        },
        kind: 'outside',
      },
    },
    { holds: 'site splits' },
  ),
  list: ['splits'],
  parents: ofSite,
  hasIds: false,
  complete: (item) => {
    item.products ??= []
  },
  putBack: ['products'],
}

export const siteTables: readonly SystemTable[] = [
  ...[sites, siteTotals, siteProducts],
  ...[siteKeys, siteKeyAmounts, siteSplits],
]
