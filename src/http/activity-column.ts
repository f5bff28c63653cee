/** What a column of activity data is. */

import type { Bilingual } from '../web/language.ts'
import type { FootprintKind } from './activity-categories.ts'
import type { TableColumn } from './table-columns.ts'

export type { CellKind } from './table-columns.ts'

/** Columns that belong together, in the order of the template: what everyone fills in first. */
export const columnGroups = {
  essential: { zh: '必填和常用', en: 'Needed, and often used' },
  product: { zh: '产品系统', en: 'Product system' },
  factor: { zh: '排放因子', en: 'Emission factor' },
  fuel: { zh: '燃料（含碳量法）和气体', en: 'Fuel (by carbon content) and gases' },
  properties: { zh: '换算所需参数', en: 'Properties for conversions' },
  beside: { zh: '补充因子', en: 'Factor beside' },
  meter: { zh: '抄表（代替数量）', en: 'Meter readings (instead of the amount)' },
  stock: { zh: '库存变化（代替数量）', en: 'Change of a stock (instead of the amount)' },
  refrigerants: {
    zh: '制冷剂等气体：平衡或泄漏率（代替数量）',
    en: 'Refrigerants: balance or leak rate (instead of the amount)',
  },
  transport: { zh: '运输', en: 'Transport' },
  spend: { zh: '金额', en: 'Spend' },
  use: { zh: '售出产品的使用', en: 'Use of sold products' },
  electricity: { zh: '电力', en: 'Electricity' },
  share: { zh: '归类和归属', en: 'Kind and share' },
  quality: { zh: '估算和数据质量', en: 'Estimates and data quality' },
} as const satisfies Record<string, Bilingual>
export type ColumnGroup = keyof typeof columnGroups

export interface ActivityColumn extends TableColumn {
  readonly group: ColumnGroup
  /** The only kind of footprint that has a use for it. */
  readonly only?: FootprintKind
}

export const unitHelp = (of: Bilingual): Bilingual => ({ zh: `${of.zh}的单位`, en: `Unit of the ${of.en}` })
