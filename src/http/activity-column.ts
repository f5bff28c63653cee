/** What a column of activity data is. */

import type { Bilingual } from '../web/language.ts'
import type { FootprintKind } from './activity-categories.ts'
import type { Choices } from './activity-choices.ts'

/**
 * How a cell is read: a `choice` by its code or its names; `gases` are names apart by spaces; `readings` are days with what a meter
 * showed; a `pedigree` is five scores; a `year` and a `date` have one written form afterwards, a `count` is a whole number.
 */
export type CellKind =
  | 'text'
  | 'category'
  | 'choice'
  | 'decimal'
  | 'unit'
  | 'date'
  | 'year'
  | 'count'
  | 'gases'
  | 'readings'
  | 'pedigree'

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

export interface ActivityColumn {
  /** Header; also accepted instead of the dotted name. */
  readonly title: Bilingual
  readonly help: Bilingual
  readonly kind: CellKind
  readonly group: ColumnGroup
  /** Every file has it, or has to have it unless another way to an amount has a column. */
  readonly needed?: 'always' | 'unless-another-amount'
  /** Where its value stands in a line, where that is not its own name. */
  readonly place?: string
  /** The list of a `choice`. */
  readonly choices?: Choices
  /** The only kind of footprint that has a use for it. */
  readonly only?: FootprintKind
}

export const unitHelp = (of: Bilingual): Bilingual => ({ zh: `${of.zh}的单位`, en: `Unit of the ${of.en}` })
