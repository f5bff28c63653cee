/** Members of the product's sheet that say by which rules it is calculated: capital goods, and rules of its category. */

import { boundaries } from '../../certification/scheme.ts'
import type { AllocationMethod, CapitalGoodsChoice, EndOfLifeMethod } from '../../engine/types.ts'
import type { Bilingual } from '../../web/language.ts'
import { boundaryNames } from '../../web/wording.ts'
import type { Choices } from '../activity-choices.ts'
import type { TableColumn } from '../table-columns.ts'

export const boundaryChoices: Choices = Object.fromEntries(
  boundaries.product.map((boundary) => [boundary, boundaryNames[boundary] as Bilingual]),
)

export const endOfLifeNames = {
  'cut-off': { zh: '截断法', en: 'Cut-off' },
  'circular-footprint-formula': { zh: '循环足迹公式', en: 'Circular Footprint Formula' },
} as const satisfies Readonly<Record<EndOfLifeMethod, Bilingual>>

export const allocationNames = {
  mass: { zh: '质量', en: 'Mass' },
  energy: { zh: '能量', en: 'Energy' },
  'economic-value': { zh: '经济价值', en: 'Economic value' },
  'physical-property': { zh: '其他物理属性', en: 'Another physical property' },
  shares: { zh: '给定比例', en: 'Given shares' },
  subdivision: { zh: '细分', en: 'Subdivision' },
  substitution: { zh: '替代抵扣', en: 'Substitution' },
} as const satisfies Readonly<Record<AllocationMethod, Bilingual>>

const capitalGoodsNames = {
  included: { zh: '计入', en: 'Included' },
  excluded: { zh: '不计入', en: 'Excluded' },
} as const satisfies Readonly<Record<CapitalGoodsChoice, Bilingual>>

const ofRules: Bilingual = {
  zh: '规则要求的；没有要求就不填',
  en: 'What the rules ask; empty where they ask nothing',
}

export const methodMembers = {
  'capitalGoods.choice': {
    title: { zh: '资本品', en: 'Capital goods' },
    help: {
      zh: '机器和厂房是否计入；从列表中选择',
      en: 'Whether machines and buildings count; choose from the list',
    },
    kind: 'choice',
    choices: capitalGoodsNames,
  },
  'capitalGoods.reason': {
    title: { zh: '资本品理由', en: 'Capital goods, why' },
    help: { zh: '为什么计入或不计入', en: 'Why they count, or do not' },
    kind: 'text',
  },
  'productCategoryRules.id': {
    title: { zh: '产品种类规则编号', en: 'Product category rules' },
    help: { zh: '采用 PCR 时填写', en: 'ID of the PCR, where one is followed' },
    kind: 'text',
  },
  'productCategoryRules.edition': {
    title: { zh: '规则版本', en: 'Rules, edition' },
    help: { zh: 'PCR 的版本', en: 'Of the PCR' },
    kind: 'text',
  },
  'productCategoryRules.operator': {
    title: { zh: '规则发布机构', en: 'Rules, operator' },
    help: { zh: '发布 PCR 的机构', en: 'Whose programme it is' },
    kind: 'text',
  },
  'productCategoryRules.title.zh': {
    title: { zh: '规则中文名称', en: 'Rules, title in Chinese' },
    help: { zh: '可不填', en: 'May be empty' },
    kind: 'text',
  },
  'productCategoryRules.title.en': {
    title: { zh: '规则英文名称', en: 'Rules, title in English' },
    help: { zh: '有中文名称时也要填', en: 'Needed beside a Chinese one' },
    kind: 'text',
  },
  'productCategoryRules.validity.start': {
    title: { zh: '规则生效日期', en: 'Rules, valid from' },
    help: { zh: '如 2024-01-01', en: 'E.g. 2024-01-01' },
    kind: 'date',
  },
  'productCategoryRules.validity.end': {
    title: { zh: '规则失效日期', en: 'Rules, no longer valid on' },
    help: { zh: '有效期最后一天的次日', en: 'The day after the last one' },
    kind: 'date',
  },
  'productCategoryRules.binds.unit': {
    title: { zh: '规则要求的单位', en: 'Rules ask: unit' },
    help: ofRules,
    kind: 'unit',
  },
  'productCategoryRules.binds.boundary': {
    title: { zh: '规则要求的系统边界', en: 'Rules ask: boundary' },
    help: ofRules,
    kind: 'choice',
    choices: boundaryChoices,
  },
  'productCategoryRules.binds.allocation': {
    title: { zh: '规则允许的分配方法', en: 'Rules ask: allocation' },
    help: { zh: '规则允许的方法，多个用分号分开', en: 'The ways that the rules allow, apart by semicolons' },
    kind: 'choices',
    choices: allocationNames,
  },
  'productCategoryRules.binds.endOfLife': {
    title: { zh: '规则要求的报废阶段方法', en: 'Rules ask: end of life' },
    help: ofRules,
    kind: 'choice',
    choices: endOfLifeNames,
  },
  'productCategoryRules.binds.capitalGoods': {
    title: { zh: '规则对资本品的要求', en: 'Rules ask: capital goods' },
    help: ofRules,
    kind: 'choice',
    choices: capitalGoodsNames,
  },
  'productCategoryRules.binds.cutOffSingle': {
    title: { zh: '单项取舍限值', en: 'Rules ask: cut-off of one' },
    help: { zh: '单项排除的最大比例，如 0.01', en: 'Largest share of one exclusion, e.g. 0.01' },
    kind: 'text',
  },
  'productCategoryRules.binds.cutOffTotal': {
    title: { zh: '合计取舍限值', en: 'Rules ask: cut-off of all' },
    help: { zh: '全部排除的最大比例，如 0.05', en: 'Largest share of all exclusions, e.g. 0.05' },
    kind: 'text',
  },
} as const satisfies Record<string, TableColumn>
