/**
 * The workbook that a data clerk fills in: instructions, the data sheet, examples that can be imported as they stand, and the
 * lists behind its choices. Made from the one dictionary of columns, so that what it asks for is what is read.
 */

import type { CellStyle, DataValidation, WriteSheet } from 'hucre/xlsx'
import { writeXlsx } from 'hucre/xlsx'
import { families } from '../engine/types.ts'
import type { Bilingual } from '../web/language.ts'
import { categoriesOf, type FootprintKind } from './activity-categories.ts'
import {
  type CellKind,
  type ColumnGroup,
  type CsvColumn,
  columnGroups,
  columnOf,
  csvColumns,
} from './activity-columns.ts'
import {
  asText,
  bodyStyle,
  cellStyle,
  fill,
  fontNames,
  fontSize,
  framed,
  type Language,
  landscape,
  linesOf,
  noteStyle,
  Page,
  titleStyle,
  wide,
  wideLines,
} from './template-page.ts'
import { lettersOf } from './workbook/sheet.ts'

export type { Language }

/** Names of the sheets; the reader looks for the data sheet under either. */
export const sheetNames = {
  instructions: { zh: '填写说明', en: 'Instructions' },
  data: { zh: '活动数据', en: 'Activity data' },
  examples: { zh: '示例', en: 'Examples' },
  lists: { zh: '选项', en: 'Lists' },
} as const satisfies Record<string, Bilingual>

/** Rows of the data sheet that have lists to choose from, and those that are framed and take text as it is typed. */
const preparedRows = 1000
const framedRows = 200

/** Where the lines begin: below the band of groups, the explanations and the headers. */
const headRows = 3

/** A file name for downloads, by language. */
export const templateFileNames: Bilingual = { zh: '活动数据模板.xlsx', en: 'activity-data-template.xlsx' }

/** The template as an .xlsx file: the same bytes for the same choice, as far as the library writes them so. */
export async function activityTemplate(language: Language, kind: FootprintKind): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      instructionsSheet(language, kind),
      dataSheet(language, kind),
      examplesSheet(language, kind),
      listsSheet(language, kind),
    ],
    defaultFont: { name: fontNames[language], size: fontSize },
    properties: {
      title: titles[kind][language],
      creator: 'Egret',
      created: new Date(0),
      modified: new Date(0),
    },
  })
}

const titles: Readonly<Record<FootprintKind, Bilingual>> = {
  organization: { zh: '组织碳足迹活动数据', en: 'Activity data of an organization' },
  product: { zh: '产品碳足迹活动数据', en: 'Activity data of a product' },
}

export const groupColours: Readonly<
  Record<ColumnGroup, { readonly strong: string; readonly light: string }>
> = {
  essential: { strong: '1F6B5A', light: 'E3F1EC' },
  factor: { strong: '2F5D8A', light: 'E4EDF6' },
  fuel: { strong: '8A5A2B', light: 'F6ECE1' },
  properties: { strong: '5B5F77', light: 'ECEDF2' },
  beside: { strong: '6A4C86', light: 'EFE8F5' },
  product: { strong: '7A4352', light: 'F5E7EB' },
  meter: { strong: '1B6A86', light: 'E0F0F5' },
  stock: { strong: '6B6423', light: 'F3F1DF' },
  refrigerants: { strong: '35608F', light: 'E5EEF8' },
  transport: { strong: '9A4A2E', light: 'F9E9E3' },
  spend: { strong: '4F6B2A', light: 'ECF3E2' },
  use: { strong: '6E4B6B', light: 'F2E9F1' },
  electricity: { strong: '7C5E12', light: 'F7F0DC' },
  share: { strong: '4A5568', light: 'EBEEF2' },
  quality: { strong: '1F5F6B', light: 'E2F0F2' },
}

const bandStyle = (group: ColumnGroup): CellStyle => ({
  font: { bold: true, color: { rgb: 'FFFFFF' } },
  fill: fill(groupColours[group].strong),
  alignment: { vertical: 'center', horizontal: 'left', indent: 1 },
})
const helpStyle = (group: ColumnGroup): CellStyle => ({
  font: { size: 9, color: { rgb: '55605C' } },
  fill: fill(groupColours[group].light),
  alignment: { vertical: 'top', wrapText: true },
  border: framed,
})
const headerStyle = (name: CsvColumn): CellStyle => {
  const { group, needed } = columnOf(name)
  const { strong, light } = groupColours[group]
  return {
    font: { bold: true, color: { rgb: needed ? 'FFFFFF' : strong } },
    fill: fill(needed ? strong : light),
    alignment: { vertical: 'center', wrapText: true },
    border: framed,
  }
}
const tableHeadStyle: CellStyle = { ...bandStyle('essential'), border: framed }

export const widths: Readonly<Record<CellKind, number>> = {
  text: 18,
  category: 22,
  decimal: 14,
  unit: 12,
  date: 14,
  year: 10,
  count: 12,
  choice: 18,
  gases: 16,
  readings: 30,
  pedigree: 20,
  ids: 26,
  outside: 26,
  flag: 12,
  choices: 26,
  codes: 26,
}
const widerColumns: Readonly<Partial<Record<CsvColumn, number>>> = {
  'fuel.netCalorificValue.amount': 16,
  'fuel.netCalorificValue.unit': 16,
  'netCalorificValue.unit': 16,
  'beside.year': 14,
  description: 30,
  facility: 20,
  id: 14,
  activityKind: 22,
  partOf: 20,
  apportion: 20,
  investee: 22,
  'stock.opening': 18,
  'gasBalance.opening': 16,
  'gasBalance.purchased': 18,
  'gasBalance.returned': 16,
  'gasBalance.closing': 16,
  'gasBalance.newCharge': 18,
  'transport.distanceBasis': 22,
  'transport.distanceAdjustment': 18,
  'transport.payload.amount': 16,
  'transport.emptyReturn': 16,
  'spend.priceIndex': 18,
  'spend.exchangeRate': 18,
  'estimate.basis': 30,
  'uncertainty.activityPercent': 20,
  'uncertainty.factorPercent': 20,
}
export const widthOf = (name: CsvColumn) => widerColumns[name] ?? widths[columnOf(name).kind]

/** The columns of a kind of footprint, by their groups: the essential ones first. */
export function columnsFor(kind: FootprintKind): readonly CsvColumn[] {
  const mine = csvColumns.filter((name) => (columnOf(name).only ?? kind) === kind)
  const order = Object.keys(columnGroups) as ColumnGroup[]
  return order.flatMap((group) => mine.filter((name) => columnOf(name).group === group))
}

function dataSheet(language: Language, kind: FootprintKind): WriteSheet {
  const columns = columnsFor(kind)
  const page = new Page(language)
  const groups = Map.groupBy(columns.keys(), (index) => columnOf(columns[index] as CsvColumn).group)
  for (const [group, indexes] of groups) {
    for (const index of indexes) page.put(0, index, null, bandStyle(group))
    page.put(0, indexes[0] as number, columnGroups[group][language], bandStyle(group))
  }
  for (const [index, name] of columns.entries()) {
    const { help, group, title } = columnOf(name)
    page.put(1, index, help[language], helpStyle(group))
    page.put(2, index, title[language], headerStyle(name))
    for (let row = headRows; row < headRows + framedRows; row += 1) page.put(row, index, null, cellStyle)
  }
  return {
    name: sheetNames.data[language],
    ...page.content,
    columns: columns.map((name) => ({ width: widthOf(name) })),
    merges: [...groups.values()].flatMap((indexes) => mergeOfBand(indexes)),
    rowDefs: new Map([
      [0, { height: 20 }],
      [1, { height: 80 }],
      [2, { height: 46 }],
    ]),
    freezePane: { rows: headRows, columns: 1 },
    dataValidations: columns.flatMap((name, index) => choicesFor(language, kind, name, index)),
    pageSetup: wideLines(`$1:$${headRows}`),
    view: { tabColor: { rgb: groupColours.essential.strong } },
  }
}

function mergeOfBand(indexes: readonly number[]) {
  const [startCol = 0, endCol = startCol] = [indexes[0], indexes.at(-1)]
  return endCol > startCol ? [{ startRow: 0, endRow: 0, startCol, endCol }] : []
}

/** Excel takes no longer one. */
export const errorLengthMax = 225

/** The list behind a column, where it has one. Other units than the listed ones are taken too. */
function choicesFor(
  language: Language,
  kind: FootprintKind,
  name: CsvColumn,
  index: number,
): readonly DataValidation[] {
  const same = name === 'beside.family' ? 'factor.family' : name
  const list = lists(language, kind).findIndex(({ of }) => of === columnOf(name).kind || of === same)
  if (list === -1) return []
  const { values, isClosed } = lists(language, kind)[list] as List
  const letters = lettersOf(index + 1)
  const source = lettersOf(2 * list + 1)
  return [
    {
      type: 'list',
      formula1: `'${sheetNames.lists[language]}'!$${source}$2:$${source}$${values.length + 1}`,
      range: `${letters}${headRows + 1}:${letters}${headRows + preparedRows}`,
      allowBlank: true,
      showErrorMessage: isClosed,
      errorStyle: 'stop',
      errorTitle: { zh: '请从列表中选择', en: 'Choose from the list' }[language],
      errorMessage: columnOf(name).help[language].slice(0, errorLengthMax),
    },
  ]
}

interface List {
  readonly of: CellKind | CsvColumn
  readonly title: string
  readonly says: string
  readonly values: readonly (readonly [string, string])[]
  /** Whether nothing else is read. */
  readonly isClosed: boolean
}

/** Units people measure in; every unit of the API's list is taken. */
export const commonUnits: readonly (readonly [string, Bilingual])[] = [
  ['kWh', { zh: '千瓦时（度）', en: 'kilowatt hours' }],
  ['万kWh', { zh: '万千瓦时', en: '10,000 kilowatt hours' }],
  ['MWh', { zh: '兆瓦时', en: 'megawatt hours' }],
  ['GJ', { zh: '吉焦', en: 'gigajoules' }],
  ['MJ', { zh: '兆焦', en: 'megajoules' }],
  ['tce', { zh: '吨标准煤', en: 'tonnes of coal equivalent' }],
  ['t', { zh: '吨', en: 'tonnes' }],
  ['kg', { zh: '千克', en: 'kilograms' }],
  ['g', { zh: '克', en: 'grams' }],
  ['m3', { zh: '立方米', en: 'cubic metres' }],
  ['万m3', { zh: '万立方米', en: '10,000 cubic metres' }],
  ['L', { zh: '升', en: 'litres' }],
  ['km', { zh: '公里', en: 'kilometres' }],
  ['t.km', { zh: '吨公里', en: 'tonne kilometres' }],
  ['passenger.km', { zh: '人公里', en: 'passenger kilometres' }],
  ['room.night', { zh: '间夜', en: 'room nights' }],
  ['元', { zh: '元', en: 'yuan' }],
  ['万元', { zh: '万元', en: '10,000 yuan' }],
  ['piece', { zh: '件、个、台', en: 'pieces' }],
  ['kg/L', { zh: '千克每升（密度）', en: 'kilograms per litre (density)' }],
  ['kJ/kg', { zh: '千焦每千克（热焓）', en: 'kilojoules per kilogram (enthalpy)' }],
  ['GJ/t', { zh: '吉焦每吨（热值）', en: 'gigajoules per tonne (calorific value)' }],
  ['GJ/万m3', { zh: '吉焦每万立方米（热值）', en: 'gigajoules per 10,000 cubic metres (calorific value)' }],
  ['tC/TJ', { zh: '吨碳每太焦（含碳量）', en: 'tonnes of carbon per terajoule' }],
]

function lists(language: Language, kind: FootprintKind): readonly List[] {
  const says = { zh: '含义', en: 'Meaning' }[language]
  const code = { zh: '代码', en: 'Code' }[language]
  return [
    {
      of: 'category',
      title: columnOf('category').title[language],
      says: code,
      values: categoriesOf(kind).map((category) => [category[language], category.code]),
      isClosed: true,
    },
    {
      of: 'unit',
      title: columnOf('quantity.unit').title[language],
      says,
      values: commonUnits.map(([unit, words]) => [unit, words[language]]),
      isClosed: false,
    },
    {
      of: 'factor.family',
      title: columnOf('factor.family').title[language],
      says: '',
      values: families.map((family) => [family, '']),
      isClosed: true,
    },
    ...columnsFor(kind).flatMap((name): List[] => {
      const { choices, title } = columnOf(name)
      if (choices === undefined) return []
      const values = Object.entries(choices).map(([one, words]) => [words[language], one] as const)
      return [{ of: name, title: title[language], says: code, values, isClosed: true }]
    }),
  ]
}

/** Widths of the first lists: categories, units, families. */
const listWidths: readonly (readonly number[])[] = [
  [28, 42],
  [16, 42],
  [30, 4],
]

function listsSheet(language: Language, kind: FootprintKind): WriteSheet {
  const page = new Page(language)
  const all = lists(language, kind)
  for (const [index, { title, says, values }] of all.entries()) {
    page.put(0, 2 * index, title, tableHeadStyle)
    page.put(0, 2 * index + 1, says, tableHeadStyle)
    for (const [at, [value, meaning]] of values.entries()) {
      page.put(at + 1, 2 * index, value, bodyStyle)
      page.put(at + 1, 2 * index + 1, meaning, bodyStyle)
    }
  }
  return {
    name: sheetNames.lists[language],
    ...page.content,
    columns: all.flatMap((_, index) => (listWidths[index] ?? [26, 22]).map((width) => ({ width }))),
    freezePane: { rows: 1 },
    pageSetup: wide('$1:$1'),
  }
}

/** What a clerk has to know of the columns, a sentence or two each. */
const fillingRules: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '在“活动数据”表中填写，一行一项活动：一块电表的一个月、一种燃料的一个月或一年、一种物料的一年。',
    '深色表头为必填：编号、活动类别、数量、单位。其余列按需填写，不用的列留空即可。',
    '数量和单位也可以由抄表、库存变化、气体平衡或泄漏率代替：一行只用其中一种，数量和单位留空。整张表只用其中一种时，可以删去数量和单位两列。',
    '抄表：用量 =（结束读数 − 起始读数）× 倍率，没有互感器时倍率填 1，示数为当日零时的。换表填两行，一块表一行，编号不同，新表的起始抄表日期等于旧表的结束抄表日期；其分表在换表当日也抄一次，同样分两行。期间由抄表日期得出，开始日期和结束次日可不填。',
    '库存：用量 = 期初库存 + 本期购入 − 本期调出 − 期末库存。五列都填，没有调出填 0。',
    '制冷剂等气体：泄漏量 = 期初瓶装存量 + 购气量 − 退回或销毁量 − 期末瓶装存量 − 新增设备充注量，并在“气体”列填名称（如 R-410A）。没有台账时改用泄漏率：充注量 × 年泄漏率，结果标为估算。',
    '运输：数量填重量，另填运输距离；最短路线或直线距离还要填距离口径和距离修正系数。因子按车公里时，另填车辆载重、装载率和空驶比例。',
  ],
  en: [
    'Fill in the sheet "Activity data", one line an activity: one meter and month, one fuel and month or year, one material and year.',
    'Dark headers are needed: line ID, activity category, amount, unit. Leave other columns empty where you do not need them.',
    'Instead of amount and unit a line may have meter readings, the change of a stock, a gas balance or a leak rate: exactly one of them, amount and unit left empty.',
    'Meters: used = (last − first reading) × multiplier, which is 1 where there is none; a reading is of the beginning of its day. A changed meter is two rows, one for each with an id of its own, and the new one’s first day is the old one’s last; a sub-meter behind it is read that day too, and is two rows as well. The days of the readings are the period; first day and day after the last may stay empty.',
    'Stocks: used = opening + received − passed on − closing. Fill in all five columns; 0 where nothing was passed on.',
    'Refrigerants: lost = opening + purchased − returned − closing − charge of new equipment, with the name of the gas in the column "Gas" (e.g. R-410A). Where nobody keeps such a balance: charge × annual leak rate, flagged as an estimate.',
    'Transport: the amount is a mass, with its distance; a shortest feasible or great-circle distance needs its kind and its adjustment. A factor per vehicle.km also needs payload, load factor and empty running.',
  ],
}

const spendRule: Bilingual = {
  zh: '金额：数量填金额，单位填 元 或 万元，并填价格年份；与因子年份不同时填价格指数，与因子币种不同时填汇率。数量为金额的行只用于组织碳足迹。',
  en: 'Spend: the amount is money, its unit e.g. 元 or 万元 (10,000 yuan), with the year of its prices; a price index where the factor’s year is another, an exchange rate where its currency is another. For organizations only.',
}

/** …of values, and of the file. */
const fileRules: Readonly<Record<Language, readonly string[]>> = {
  zh: [
    '数据质量：五个分数写在一格，1 最好、5 最差，如 (2,1,3,2,2)，依次为可靠性、完整性、时间、地域和技术代表性；没有评定就留空。数量为估算时，估算方法、依据、批准人三列都填。',
    '数量只填数字，不加千分位、不带单位。单位可用“万”：11.84 万kWh 与 118400 kWh 相同。',
    '确实为零时填 0。没有数据时不要填 0，也不要留空：请删除该行，或补齐数据。数量留空的行会被退回。',
    '公式算出的 0 会被退回，因为所引用的单元格可能是空的；确为零请直接填 0。',
    '日期写作 2025-01-31。“结束次日”是期间最后一天的次日：2025 年 1 月为 2025-01-01 至 2025-02-01。',
    '一个文件只对应一个机构、一个报告年度。同一文件放进另一个碳足迹时，系统会提示。',
    '不要合并单元格，不要隐藏有数据的行列，不要加合计行；标题和说明请写在表头上方。',
    '有一处错误，整个文件都不会导入；系统会一次列出全部错误及其单元格，改完再交。',
    '请保存为 .xlsx（不含宏、不设密码）或“CSV UTF-8”。',
  ],
  en: [
    'Data quality: five scores in one cell, 1 best to 5 worst, e.g. (2,1,3,2,2): reliability, completeness, time, place and technology; leave it empty where nobody rated. An estimated amount needs method, basis and who approved it, all three.',
    'The amount is digits only: no thousands separator, no unit. Units of ten thousand are fine: 11.84 万kWh are 118400 kWh.',
    'A true zero is 0. Where there are no data, neither write 0 nor leave the amount empty: delete the line, or find the data. A line with an empty amount is refused.',
    'A zero that a formula gives is refused, since the cell it reads may be empty; type 0 if it is truly zero.',
    'Dates are written 2025-01-31. "Day after the last" is the day after the last day of the period: January 2025 is 2025-01-01 to 2025-02-01.',
    'One file is one organization and one reporting year. You are told when the same file is put into another footprint.',
    'Do not merge cells, hide rows or columns that hold data, or add lines of totals; titles and notes stand above the headers.',
    'One fault, and nothing of the file is imported; all faults are listed at once with their cells, so that you mend the file once.',
    'Save as .xlsx (no macros, no password) or as "CSV UTF-8".',
  ],
}

function rulesOf(language: Language, kind: FootprintKind): readonly string[] {
  const ofKind = kind === 'organization' ? [spendRule[language]] : []
  return [...fillingRules[language], ...ofKind, ...fileRules[language]]
}

/** Characters that fit beside each other in the three columns that a rule spans, and in the column of meanings. */
const ruleWidth = 122
const meaningWidth = 64

function instructionsSheet(language: Language, kind: FootprintKind): WriteSheet {
  const page = new Page(language)
  const told = rulesOf(language, kind)
  page.put(0, 0, titles[kind][language], titleStyle)
  for (const [index, rule] of told.entries()) {
    page.put(index + 2, 0, `${index + 1}.`, { ...noteStyle, font: { bold: true, color: { rgb: '1F6B5A' } } })
    page.put(index + 2, 1, rule, { alignment: { wrapText: true, vertical: 'top' } })
  }
  const from = told.length + 3
  const heads = {
    zh: ['', '列', '含义', '接口名称'],
    en: ['', 'Column', 'Meaning', 'Name in the API'],
  }[language]
  for (const [column, head] of heads.entries()) page.put(from, column, head, tableHeadStyle)
  for (const [index, name] of columnsFor(kind).entries()) {
    const { title, help, group, needed } = columnOf(name)
    const row = from + 1 + index
    page.put(row, 0, needed ? '★' : '', { ...bodyStyle, fill: fill(groupColours[group].light) })
    page.put(row, 1, title[language], { ...bodyStyle, fill: fill(groupColours[group].light) })
    page.put(row, 2, help[language], bodyStyle)
    page.put(row, 3, name, { ...bodyStyle, font: { color: { rgb: '55605C' } } })
  }
  return {
    name: sheetNames.instructions[language],
    ...page.content,
    columns: [{ width: 5 }, { width: 34 }, { width: 64 }, { width: 30 }],
    merges: told.map((_, index) => ({
      startRow: index + 2,
      endRow: index + 2,
      startCol: 1,
      endCol: 3,
    })),
    rowDefs: new Map([
      [0, { height: 30 }],
      ...told.map((rule, index) => [index + 2, { height: 4 + 16 * linesOf(rule, ruleWidth) }] as const),
      ...columnsFor(kind).map((name, index) => {
        const lines = linesOf(columnOf(name).help[language], meaningWidth)
        return [from + 1 + index, { height: 1 + 15 * lines }] as const
      }),
    ]),
    view: { showGridLines: false },
    pageSetup: { ...landscape(`$${from + 1}:$${from + 1}`), orientation: 'portrait' },
  }
}

type Example = Readonly<Partial<Record<CsvColumn, string | Bilingual>>>

const year = { 'period.start': '2025-01-01', 'period.end': '2026-01-01' } as const
const site: Bilingual = { zh: '同安厂区', en: 'Tong’an works' }

/** A factory in Xiamen, the year of `examples/organization-xiamen-factory` in one line an activity; its factors are bundled. */
const organizationExamples: readonly Example[] = [
  {
    id: 'power-2025',
    category: 'purchased-electricity',
    description: { zh: '总电表', en: 'Main meter' },
    ...year,
    'quantity.amount': '246',
    'quantity.unit': '万kWh',
    'factor.table': 'cn-electricity-co2',
  },
  {
    id: 'steam-2025',
    category: 'purchased-heat',
    description: { zh: '外购饱和蒸汽 0.8 MPa', en: 'Saturated steam, 0.8 MPa' },
    ...year,
    'quantity.amount': '1800',
    'quantity.unit': 't',
    'enthalpy.amount': '2768.4',
    'enthalpy.unit': 'kJ/kg',
    'factor.table': 'cn-fuel',
    'factor.id': 'cn-heat-default',
  },
  {
    id: 'gas-2025',
    category: 'stationary-combustion',
    description: { zh: '喷粉固化炉天然气', en: 'Natural gas of the powder-coating oven' },
    ...year,
    'quantity.amount': '11',
    'quantity.unit': '万m3',
    'fuel.table': 'cn-fuel',
    'fuel.id': 'set-a-natural-gas',
  },
  {
    id: 'diesel-2025',
    category: 'mobile-combustion',
    description: { zh: '叉车和货车柴油', en: 'Diesel of forklifts and lorries' },
    ...year,
    'quantity.amount': '24000',
    'quantity.unit': 'L',
    'density.amount': '0.84',
    'density.unit': 'kg/L',
    'fuel.table': 'cn-fuel',
    'fuel.id': 'set-a-diesel',
  },
  {
    id: 'refrigerant-2025',
    category: 'fugitive-emissions',
    description: { zh: '空调补充制冷剂', en: 'Air conditioners topped up' },
    'quantity.amount': '12.5',
    'quantity.unit': 'kg',
    gas: 'R-410A',
  },
  {
    id: 'welding-2025',
    category: 'process-emissions',
    description: { zh: '二氧化碳保护焊', en: 'CO2 as shielding gas in welding' },
    'quantity.amount': '5200',
    'quantity.unit': 'kg',
    gas: 'CO2',
  },
  {
    id: 'power-hall-2-2025',
    category: 'purchased-electricity',
    description: { zh: '2 号厂房电表（互感器倍率 80）', en: 'Meter of hall 2 (transformer ratio 80)' },
    'meter.serial': 'DB-2207',
    'meter.multiplier': '80',
    'meter.unit': 'kWh',
    'meter.firstDate': '2025-01-01',
    'meter.firstReading': '1200',
    'meter.lastDate': '2026-01-01',
    'meter.lastReading': '5310',
    'factor.table': 'cn-electricity-co2',
    dataQuality: '(1,1,1,2,2)',
  },
  {
    id: 'coal-2025',
    category: 'stationary-combustion',
    description: { zh: '备用锅炉烟煤，按盘库', en: 'Bituminous coal of the standby boiler, by stocktaking' },
    ...year,
    'stock.unit': 't',
    'stock.opening': '12',
    'stock.received': '86.5',
    'stock.passedOn': '0',
    'stock.closing': '18.5',
    'fuel.table': 'cn-fuel',
    'fuel.id': 'set-a-bituminous',
  },
  {
    id: 'r410a-balance-2025',
    category: 'fugitive-emissions',
    description: { zh: '冷水机组制冷剂台账', en: 'Refrigerant balance of the chillers' },
    gas: 'R-410A',
    'gasBalance.unit': 'kg',
    'gasBalance.opening': '50',
    'gasBalance.purchased': '30',
    'gasBalance.returned': '5',
    'gasBalance.closing': '40',
    'gasBalance.newCharge': '12',
  },
  {
    id: 'freight-2025',
    category: 'upstream-transportation-and-distribution',
    description: { zh: '钢板公路运输', en: 'Sheet steel by road' },
    ...year,
    'quantity.amount': '36',
    'quantity.unit': 't',
    'distance.amount': '400',
    'distance.unit': 'km',
    'transport.distanceBasis': 'shortest-feasible',
    'transport.distanceAdjustment': '1.05',
    'factor.table': 'uk-desnz',
    'factor.id': 'desnz-2025-27_304_3140_14',
    dataQuality: '(2,2,1,5,3)',
  },
]

/** Inputs of an electric fan; which factors weigh them is the footprint's choice of tables. */
const productExamples: readonly Example[] = [
  {
    id: 'steel',
    category: 'material',
    description: { zh: '底座冷轧钢板', en: 'Cold-rolled steel of the base' },
    'quantity.amount': '1.85',
    'quantity.unit': 'kg',
    process: 'assembly',
  },
  {
    id: 'carton',
    category: 'packaging',
    description: { zh: '包装纸箱', en: 'Carton' },
    'quantity.amount': '0.62',
    'quantity.unit': 'kg',
    process: 'assembly',
  },
  {
    id: 'power',
    category: 'electricity',
    description: { zh: '装配线用电', en: 'Electricity of the assembly line' },
    'quantity.amount': '0.9',
    'quantity.unit': 'kWh',
    process: 'assembly',
  },
  {
    id: 'delivery',
    category: 'transport',
    description: { zh: '零部件公路运输', en: 'Parts by road' },
    'quantity.amount': '3.2',
    'quantity.unit': 'kg',
    'distance.amount': '120',
    'distance.unit': 'km',
    process: 'assembly',
  },
  {
    id: 'scrap',
    category: 'waste-treatment',
    description: { zh: '边角料回收', en: 'Offcuts to recycling' },
    'quantity.amount': '0.11',
    'quantity.unit': 'kg',
    process: 'assembly',
  },
  {
    id: 'motor',
    category: 'material',
    description: { zh: '自产电机', en: 'Motor of own production' },
    'quantity.amount': '1',
    'quantity.unit': 'piece',
    process: 'assembly',
    from: 'motor-production',
  },
]

function examplesSheet(language: Language, kind: FootprintKind): WriteSheet {
  const examples: readonly Example[] =
    kind === 'product' ? productExamples : organizationExamples.map((line) => ({ ...line, facility: site }))
  const used = columnsFor(kind).filter((name) => examples.some((line) => line[name] !== undefined))
  const page = new Page(language)
  page.put(0, 0, exampleTitles[kind][language], titleStyle)
  page.put(1, 0, exampleNotes[kind][language], { font: { color: { rgb: '55605C' } } })
  for (const [index, name] of used.entries())
    page.put(2, index, columnOf(name).title[language], headerStyle(name))
  for (const [at, line] of examples.entries())
    for (const [index, name] of used.entries())
      page.put(at + 3, index, exampleCell(language, kind, name, line[name]), { ...asText, border: framed })
  return {
    name: sheetNames.examples[language],
    ...page.content,
    columns: used.map((name) => ({ width: exampleWidths[name] ?? widthOf(name) })),
    rowDefs: new Map([
      [0, { height: 30 }],
      [1, { height: 20 }],
      [2, { height: 34 }],
    ]),
    freezePane: { rows: 3, columns: 1 },
    pageSetup: wideLines('$3:$3'),
  }
}

/** Codes are shown as people know them, as in the lists. */
function exampleCell(
  language: Language,
  kind: FootprintKind,
  name: CsvColumn,
  value: string | Bilingual = '',
): string {
  if (typeof value !== 'string') return value[language]
  if (name === 'category') return categoriesOf(kind).find(({ code }) => code === value)?.[language] ?? value
  return columnOf(name).choices?.[value]?.[language] ?? value
}

const exampleWidths: Readonly<Partial<Record<CsvColumn, number>>> = {
  id: 20,
  category: 26,
  description: 42,
  'factor.table': 20,
  'factor.id': 28,
}

const exampleNotes: Readonly<Record<FootprintKind, Bilingual>> = {
  organization: {
    zh: '第一至六行直接填数量；以下各行依次为抄表、库存、气体平衡和运输。需在碳足迹中选用因子表 cn-electricity-co2、cn-fuel 和 uk-desnz（运输一行）。',
    en: 'The first six lines state their amounts; then a meter, a stock, a gas balance and transport. The footprint has to pin the tables cn-electricity-co2, cn-fuel and uk-desnz (for transport).',
  },
  product: {
    zh: '因子由碳足迹所选的因子表查找。',
    en: 'The factors are looked for in the tables that the footprint pins.',
  },
}

const exampleTitles: Readonly<Record<FootprintKind, Bilingual>> = {
  organization: {
    zh: '示例：厦门一家工厂 2025 年（数据虚构）',
    en: 'Example: a factory in Xiamen, 2025 (made up)',
  },
  product: { zh: '示例：一台电风扇（数据虚构）', en: 'Example: an electric fan (made up)' },
}
