/**
 * The sheet of the product itself: one member a row, since there is one of each. Its columns are the member, its value, and a note that
 * is for people; which members there are is a dictionary like that of any table.
 */

import { boundaries } from '../../certification/scheme.ts'
import type { EndOfLifeMethod } from '../../engine/types.ts'
import type { Bilingual } from '../../web/language.ts'
import { boundaryNames } from '../../web/wording.ts'
import type { Choices } from '../activity-choices.ts'
import { columnsOf, type TableColumn } from '../table-columns.ts'
import type { SystemTable } from './types.ts'

/** The columns of the sheet. */
export const productSheetColumns = columnsOf(
  {
    member: {
      title: { zh: '项目', en: 'Item' },
      help: { zh: '', en: '' },
      kind: 'text',
      needed: 'always',
    },
    value: {
      title: { zh: '内容', en: 'Value' },
      help: { zh: '', en: '' },
      kind: 'text',
      needed: 'always',
    },
    note: {
      title: { zh: '说明', en: 'Notes' },
      help: { zh: '', en: '' },
      kind: 'text',
    },
  } as const satisfies Record<string, TableColumn>,
  { holds: 'the product' },
)

const boundaryChoices: Choices = Object.fromEntries(
  boundaries.product.map((boundary) => [boundary, boundaryNames[boundary] as Bilingual]),
)

const endOfLifeNames = {
  'cut-off': { zh: '截断法', en: 'Cut-off' },
  'circular-footprint-formula': { zh: '循环足迹公式', en: 'Circular Footprint Formula' },
} as const satisfies Readonly<Record<EndOfLifeMethod, Bilingual>>

/** Members of the frame, which a footprint that takes the file has already. */
const frame = {
  'period.start': {
    title: { zh: '核算期开始', en: 'Reporting period, first day' },
    help: { zh: '如 2025-01-01', en: 'E.g. 2025-01-01' },
    kind: 'date',
  },
  'period.end': {
    title: { zh: '核算期结束次日', en: 'Reporting period, day after the last' },
    help: { zh: '全年填次年 1 月 1 日：2026-01-01', en: 'For a whole year the next January 1st: 2026-01-01' },
    kind: 'date',
  },
  region: {
    title: { zh: '地区', en: 'Region' },
    help: {
      zh: '按地区查找因子时的起点，如 CN-FJ（福建）',
      en: 'Where factors are looked for first, e.g. CN-FJ',
    },
    kind: 'text',
  },
  'gwpSet.id': {
    title: { zh: 'GWP 数据集', en: 'GWP set' },
    help: { zh: '如 ipcc-ar6', en: 'E.g. ipcc-ar6' },
    kind: 'text',
  },
  'gwpSet.version': {
    title: { zh: 'GWP 数据集版本', en: 'GWP set version' },
    help: { zh: '如 2021', en: 'E.g. 2021' },
    kind: 'text',
  },
} as const satisfies Record<string, TableColumn>

const massOfCarbon: Bilingual = {
  zh: '如 kgC 每声明单位，或 kgC/kg 每千克产品',
  en: 'E.g. kgC per declared unit, or kgC/kg of the product',
}

/** What carbon the product holds: amount and unit of each part. */
const carbon = {
  'carbonContent.fossil.amount': {
    title: { zh: '化石碳含量', en: 'Fossil carbon content' },
    help: {
      zh: '产品含碳时填写；与生物碳含量一起填',
      en: 'Where the product holds carbon; with the biogenic one',
    },
    kind: 'decimal',
  },
  'carbonContent.fossil.unit': {
    title: { zh: '化石碳含量单位', en: 'Fossil carbon content, unit' },
    help: massOfCarbon,
    kind: 'unit',
  },
  'carbonContent.biogenic.amount': {
    title: { zh: '生物碳含量', en: 'Biogenic carbon content' },
    help: { zh: '没有填 0', en: '0 where there is none' },
    kind: 'decimal',
  },
  'carbonContent.biogenic.unit': {
    title: { zh: '生物碳含量单位', en: 'Biogenic carbon content, unit' },
    help: massOfCarbon,
    kind: 'unit',
  },
  'carbonContent.recycled.amount': {
    title: { zh: '再生碳含量', en: 'Recycled carbon content' },
    help: { zh: '两者中来自再生料的部分', en: 'The part of both that comes from recycled material' },
    kind: 'decimal',
  },
  'carbonContent.recycled.unit': {
    title: { zh: '再生碳含量单位', en: 'Recycled carbon content, unit' },
    help: massOfCarbon,
    kind: 'unit',
  },
  'carbonContent.packagingBiogenic.amount': {
    title: { zh: '包装生物碳含量', en: 'Biogenic carbon of the packaging' },
    help: { zh: '每声明单位的质量', en: 'A mass per declared unit' },
    kind: 'decimal',
  },
  'carbonContent.packagingBiogenic.unit': {
    title: { zh: '包装生物碳含量单位', en: 'Biogenic carbon of the packaging, unit' },
    help: { zh: '如 kgC', en: 'E.g. kgC' },
    kind: 'unit',
  },
  'carbonContent.productMass.amount': {
    title: { zh: '产品净质量', en: 'Mass of the product' },
    help: {
      zh: '声明单位不是质量时填写，不含包装',
      en: 'Where the declared unit is no mass: without packaging',
    },
    kind: 'decimal',
  },
  'carbonContent.productMass.unit': {
    title: { zh: '产品净质量单位', en: 'Mass of the product, unit' },
    help: { zh: '如 kg', en: 'E.g. kg' },
    kind: 'unit',
  },
} as const satisfies Record<string, TableColumn>

/** What the result is per from cradle to grave, instead of a declared unit. */
const functionalUnit = {
  'functionalUnit.description.en': {
    title: { zh: '功能单位（英文）', en: 'Functional unit' },
    help: {
      zh: '从摇篮到坟墓时填写：产品做什么，用英文',
      en: 'From cradle to grave: what the product does',
    },
    kind: 'text',
  },
  'functionalUnit.description.zh': {
    title: { zh: '功能单位', en: 'Functional unit (in Chinese)' },
    help: { zh: '从摇篮到坟墓时填写：产品做什么', en: 'The same in Chinese' },
    kind: 'text',
  },
  'functionalUnit.quantity.amount': {
    title: { zh: '功能单位数量', en: 'Functional unit, amount' },
    help: { zh: '产品提供多少功能，如 10000', en: 'How much of it, e.g. 10000' },
    kind: 'decimal',
  },
  'functionalUnit.quantity.unit': {
    title: { zh: '功能单位的单位', en: 'Functional unit, unit' },
    help: { zh: '如 h、km', en: 'E.g. h, km' },
    kind: 'unit',
  },
  'functionalUnit.serviceLife.amount': {
    title: { zh: '使用寿命', en: 'Service life' },
    help: { zh: '产品使用多久，如 5', en: 'How long the product lasts, e.g. 5' },
    kind: 'decimal',
  },
  'functionalUnit.serviceLife.unit': {
    title: { zh: '使用寿命单位', en: 'Service life, unit' },
    help: { zh: '如 a（年）、h', en: 'E.g. a (years), h' },
    kind: 'unit',
  },
  'functionalUnit.referenceFlow.amount': {
    title: { zh: '基准流数量', en: 'Reference flow, amount' },
    help: { zh: '提供该功能需要多少产品', en: 'How much product delivers it' },
    kind: 'decimal',
  },
  'functionalUnit.referenceFlow.unit': {
    title: { zh: '基准流单位', en: 'Reference flow, unit' },
    help: { zh: '如 piece', en: 'E.g. piece' },
    kind: 'unit',
  },
} as const satisfies Record<string, TableColumn>

/** Members of the product system. */
const system = {
  boundary: {
    title: { zh: '系统边界', en: 'System boundary' },
    help: { zh: '从列表中选择', en: 'Choose from the list' },
    kind: 'choice',
    choices: boundaryChoices,
    needed: 'always',
  },
  'declaredUnit.amount': {
    title: { zh: '声明单位数量', en: 'Declared unit, amount' },
    help: {
      zh: '止于厂门时填写：结果按多少产品表示，通常为 1',
      en: 'Up to the gate: how much product the result is per, mostly 1',
    },
    kind: 'decimal',
  },
  'declaredUnit.unit': {
    title: { zh: '声明单位', en: 'Declared unit, unit' },
    help: { zh: '如 piece（件、台）、kg', en: 'E.g. piece, kg' },
    kind: 'unit',
  },
  ...functionalUnit,
  referenceProcess: {
    title: { zh: '基准过程', en: 'Reference process' },
    help: {
      zh: '产出声明单位或基准流的单元过程，填其编号',
      en: 'ID of the process whose output the result is per',
    },
    kind: 'text',
    needed: 'always',
  },
  'endOfLife.method': {
    title: { zh: '报废阶段方法', en: 'End-of-life method' },
    help: {
      zh: '从摇篮到坟墓、或有再生料时选择；从列表中选择',
      en: 'For cradle to grave, and where recycled content is stated; choose from the list',
    },
    kind: 'choice',
    choices: endOfLifeNames,
  },
  ...carbon,
} as const satisfies Record<string, TableColumn>

export const frameMembers = Object.keys(frame) as (keyof typeof frame)[]

export type ProductMember = keyof typeof frame | keyof typeof system

/** The members that the sheet may state. */
export const productMembers = columnsOf<ProductMember, TableColumn>(
  { ...frame, ...system },
  { holds: 'the product' },
)

/** The sheet as a table among the others; its rows are members, not items of a list. */
export const productSheet: SystemTable = {
  key: 'product',
  title: { zh: '产品', en: 'Product' },
  about: {
    zh: '每行一个项目。核算期、地区和 GWP 数据集导入碳足迹时可不填，以碳足迹的为准。',
    en: 'One item a row. Period, region and GWP set may be empty where a footprint takes the file: its own count.',
  },
  dictionary: productSheetColumns,
  list: [],
  parents: [],
  hasIds: false,
}
