/**
 * The sheet of the product itself: one member a row, since there is one of each. Its columns are the member, its value, and a note that
 * is for people; which members there are is a dictionary like that of any table.
 */

import type { Bilingual } from '../../web/language.ts'
import { columnsOf, type TableColumn } from '../table-columns.ts'
import { identityMembers } from './identity-columns.ts'
import { instrumentMembers } from './instrument-tables.ts'
import { boundaryChoices, endOfLifeNames, methodMembers } from './method-columns.ts'
import { quantityColumns } from './quantity-columns.ts'
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

/** What carbon the product holds. */
const carbon = {
  ...quantityColumns(
    'carbonContent.fossil',
    { zh: '化石碳含量', en: 'Fossil carbon content' },
    {
      help: {
        zh: '产品含碳时填写；与生物碳含量一起填',
        en: 'Where the product holds carbon; with the biogenic one',
      },
      unitHelp: massOfCarbon,
    },
  ),
  ...quantityColumns(
    'carbonContent.biogenic',
    { zh: '生物碳含量', en: 'Biogenic carbon content' },
    {
      help: { zh: '没有填 0', en: '0 where there is none' },
      unitHelp: massOfCarbon,
    },
  ),
  ...quantityColumns(
    'carbonContent.recycled',
    { zh: '再生碳含量', en: 'Recycled carbon content' },
    {
      help: { zh: '两者中来自再生料的部分', en: 'The part of both that comes from recycled material' },
      unitHelp: massOfCarbon,
    },
  ),
  ...quantityColumns(
    'carbonContent.packagingBiogenic',
    { zh: '包装生物碳含量', en: 'Biogenic carbon of the packaging' },
    {
      help: { zh: '每声明单位的质量', en: 'A mass per declared unit' },
      unitHelp: { zh: '如 kgC', en: 'E.g. kgC' },
    },
  ),
  ...quantityColumns(
    'carbonContent.productMass',
    { zh: '产品净质量', en: 'Mass of the product' },
    {
      help: {
        zh: '声明单位不是质量时填写，不含包装',
        en: 'Where the declared unit is no mass: without packaging',
      },
      unitHelp: { zh: '如 kg', en: 'E.g. kg' },
    },
  ),
} as const satisfies Record<string, TableColumn>

/** What a product does over its life: from cradle to grave its result is per that. */
const functionalUnit = {
  'functionalUnit.description.zh': {
    title: { zh: '功能单位说明（中文）', en: 'Functional unit in Chinese' },
    help: {
      zh: '从摇篮到坟墓时填写：产品做什么、做到什么程度、持续多久',
      en: 'From cradle to grave: what the product does, how well and for how long, in Chinese',
    },
    kind: 'text',
  },
  'functionalUnit.description.en': {
    title: { zh: '功能单位说明（英文）', en: 'Functional unit in English' },
    help: { zh: '同上，英文', en: 'From cradle to grave: what the product does, how well and for how long' },
    kind: 'text',
  },
  ...quantityColumns(
    'functionalUnit.quantity',
    { zh: '功能数量', en: 'Functional unit, amount' },
    {
      help: { zh: '该功能的数量，如 20000 h', en: 'How much of it, e.g. 20000 h' },
      unitHelp: { zh: '如 h、km、piece', en: 'E.g. h, km, piece' },
    },
  ),
  ...quantityColumns(
    'functionalUnit.serviceLife',
    { zh: '使用寿命', en: 'Service life' },
    {
      help: { zh: '产品能用多久', en: 'How long the product lasts' },
      unitHelp: { zh: '如 a（年）', en: 'E.g. a (years)' },
    },
  ),
  ...quantityColumns(
    'functionalUnit.referenceFlow',
    { zh: '基准流', en: 'Reference flow' },
    {
      help: {
        zh: '实现该功能需要多少产品，如 1 piece',
        en: 'How much of the reference process’s product delivers it, e.g. 1 piece',
      },
      unitHelp: { zh: '如 piece', en: 'E.g. piece' },
    },
  ),
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
      zh: '结果按多少产品表示，通常为 1；从摇篮到坟墓时改填功能单位',
      en: 'How much product the result is per, mostly 1; from cradle to grave the functional unit instead',
    },
    kind: 'decimal',
  },
  'declaredUnit.unit': {
    title: { zh: '声明单位', en: 'Declared unit, unit' },
    help: { zh: '如 piece（件、台）、kg', en: 'E.g. piece, kg' },
    kind: 'unit',
  },
  referenceProcess: {
    title: { zh: '基准过程', en: 'Reference process' },
    help: {
      zh: '产出声明单位的单元过程，填其编号',
      en: 'ID of the process whose output is the declared unit',
    },
    kind: 'text',
    needed: 'always',
  },
  referenceProduct: {
    title: { zh: '基准产品', en: 'Reference product' },
    help: { zh: '基准过程有多个产品时：哪一个', en: 'Where the reference process makes several: which one' },
    kind: 'text',
  },
  ...functionalUnit,
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
  ...methodMembers,
  ...instrumentMembers,
} as const satisfies Record<string, TableColumn>

export const frameMembers = Object.keys(frame) as (keyof typeof frame)[]

export type ProductMember = keyof typeof frame | keyof typeof system | keyof typeof identityMembers

/** The members that the sheet may state. */
export const productMembers = columnsOf<ProductMember, TableColumn>(
  { ...frame, ...system, ...identityMembers },
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
