/** What a working paper calls things, in Chinese and in English. */

import type { Names, ResidualBasis } from '../../engine/types.ts'
import { activityKindNames, organizationCategoryNames } from '../../web/factors/category-words.ts'
import { flagNames, kindNames, scopeNames, wordsFor } from '../../web/wording.ts'

export type PaperLanguage = 'zh' | 'en'

type SheetName = 'summary' | 'lines' | 'working' | 'gases' | 'factors' | 'gwp' | 'scope2' | 'gaps'

/** The words of one language. */
export interface PaperWords {
  readonly sheets: Readonly<Record<SheetName, string>>
  readonly notes: Readonly<Record<SheetName, string>>
  readonly columns: Readonly<Record<SheetName, readonly string[]>>
  readonly groups: Readonly<
    Record<'scope' | 'isoCategory' | 'category' | 'facility' | 'entity' | 'month' | 'gas', string>
  >
  readonly total: string
  readonly agrees: string
  readonly differs: string
  readonly notCovered: string
  readonly estimate: string
  readonly instrument: string
  readonly sameByBoth: string
  readonly marketBased: string
  basisName(basis: ResidualBasis): string
  scopeName(scope: string): string
  kindName(kind: string): string
  flagName(flag: string): string
  nameOf(names: Names): string
  activityKindName(kind: string): string
  /** What a chain of steps leads to: the line's own factor, a fuel's carbon, or a factor beside, counted from 0. */
  useName(use: string): string
  /** What a step of the working is called; a name of the data's own stays as it is. */
  stepName(step: string): string
}

const activityNames = { ...organizationCategoryNames, ...activityKindNames }

/** The words of a language. */
export function wordsOf(language: PaperLanguage): PaperWords {
  return language === 'zh' ? chinese : english
}

const english: PaperWords = {
  sheets: {
    summary: 'Summary',
    lines: 'Lines',
    working: 'Working',
    gases: 'Gases',
    factors: 'Factors',
    gwp: 'GWP',
    scope2: 'Scope 2 by market',
    gaps: 'Gaps',
  },
  notes: {
    summary: 'kg CO2e. Figures of the record beside the same figures by the formulas of this workbook.',
    lines: 'Each line of activity data: its amount in the unit of its factor, and what it comes to.',
    working: 'From what was stated to the amount that the factor is per, one operation a row.',
    gases: 'Each gas of each line: kg per unit × amount × share = kg; × GWP = kg CO2e.',
    factors: 'Every factor used, as published: kg of each gas per unit, and where it was read.',
    gwp: 'Warming potentials of the pinned set, kg CO2e per kg over 100 years.',
    scope2:
      'What contractual instruments cover and what is left: kWh × kg CO2e per kWh. By location: Summary, scope 2.',
    gaps: 'What a reader must know beside the number: declared gaps, estimates, gases that no source covers.',
  },
  columns: {
    summary: ['Breakdown', 'Item', 'Recorded', 'By formula', 'Difference', 'Check'],
    lines: [
      'Line',
      'Description',
      'Category',
      'Activity kind',
      'Scope',
      'ISO 14064-1',
      'Facility',
      'Entity',
      'Month',
      'Amount',
      'Unit',
      'Share',
      'Factor',
      'kg CO2e by formula',
      'kg CO2e recorded',
      'Difference',
    ],
    working: ['Line', 'For', 'Step', '', 'Value', 'Unit', 'Result'],
    gases: [
      'Line',
      'Kind',
      'Gas',
      'kg per unit',
      'Amount',
      'Share',
      'kg',
      'GWP',
      'kg CO2e',
      'Counts',
      'In the total',
      'kg CO2e recorded',
    ],
    factors: [
      'Factor',
      'Name',
      'Kind',
      'Gas',
      'kg per unit',
      'Unit',
      'Region',
      'Year',
      'GWP basis',
      'Confirmation',
      'Source',
    ],
    gwp: ['Gas', 'GWP100', 'Counts in the total'],
    scope2: [
      'What',
      'Instrument',
      'Factor',
      'kWh',
      'kg CO2e per kWh',
      'kg CO2e by formula',
      'kg CO2e recorded',
    ],
    gaps: ['What', 'Share of the result', 'Lines'],
  },
  groups: {
    scope: 'GHG Protocol scope',
    isoCategory: 'ISO 14064-1 category',
    category: 'Category',
    facility: 'Facility',
    entity: 'Entity',
    month: 'Month',
    gas: 'Gas',
  },
  total: 'Total',
  agrees: 'agrees',
  differs: 'DIFFERS',
  notCovered: 'Gas not covered:',
  estimate: 'Estimate',
  instrument: 'Contractual instrument',
  sameByBoth: 'The same by both methods',
  marketBased: 'Scope 2 by market',
  basisName: (basis) => (basis === 'residual-mix' ? 'Rest, residual mix' : 'Rest, proxy for a residual mix'),
  scopeName: (scope) => wordsFor(scopeNames, scope).en,
  kindName: (kind) => wordsFor(kindNames, kind).en,
  flagName: (flag) => wordsFor(flagNames, flag).en,
  nameOf: ({ en }) => en,
  activityKindName: (kind) => wordsFor(activityNames, kind).en,
  useName: (use) => use.replace(/^beside (\d+)$/, (_, at) => `beside ${Number(at) + 1}`),
  stepName: (step) => step,
}

const chineseSteps: Readonly<Record<string, string>> = {
  amount: '数量',
  opening: '期初库存',
  received: '购入',
  passedOn: '售出或转出',
  closing: '期末库存',
  purchased: '购入',
  returned: '退回',
  newCharge: '新增充注量',
  charge: '充注量',
  annualRate: '年泄漏率',
  years: '年数',
  daysInside: '报告期内天数',
  daysOfPeriod: '账期天数',
  attribution: '归属比例',
  consumption: '单次（年）能耗',
  times: '次数（年数）',
  density: '密度',
  distance: '距离',
  distanceAdjustment: '距离修正系数',
  payload: '额定载重',
  loadFactor: '装载率',
  emptyReturn: '空驶',
  enthalpy: '蒸汽焓值（扣除给水）',
  netCalorificValue: '低位发热量',
  carbonContent: '单位热值含碳量',
  oxidation: '碳氧化率',
  priceIndex: '价格指数',
  exchangeRate: '汇率',
  coefficientOfPerformance: '制冷性能系数',
}

const chinese: PaperWords = {
  sheets: {
    summary: '汇总',
    lines: '明细',
    working: '计算过程',
    gases: '气体',
    factors: '因子',
    gwp: 'GWP',
    scope2: '范围二市场法',
    gaps: '缺口与说明',
  },
  notes: {
    summary: '单位 kg CO2e。左为记录值，右为本工作底稿公式重算值。',
    lines: '每条活动数据：换算为因子单位后的数量及其排放量。',
    working: '由填报数据到因子单位数量的计算过程，每行一步。',
    gases: '每条数据的每种气体：单位排放 × 数量 × 比例 = kg；× GWP = kg CO2e。',
    factors: '所用因子的发布值：每单位各气体的千克数及其出处。',
    gwp: '所选版本的全球变暖潜势（100 年），kg CO2e / kg。',
    scope2: '合同工具覆盖的部分及其余部分：kWh × 每 kWh 的 kg CO2e。位置法见汇总中的范围二。',
    gaps: '数字之外须知：已声明的缺口、估算以及来源未覆盖的气体。',
  },
  columns: {
    summary: ['分类', '项目', '记录值', '公式重算', '差异', '核对'],
    lines: [
      '编号',
      '说明',
      '类别',
      '活动类型',
      '范围',
      'ISO 14064-1',
      '设施',
      '法人',
      '月份',
      '数量',
      '单位',
      '比例',
      '因子',
      'kg CO2e（公式）',
      'kg CO2e（记录）',
      '差异',
    ],
    working: ['编号', '用途', '步骤', '', '数值', '单位', '结果'],
    gases: [
      '编号',
      '来源类型',
      '气体',
      '单位排放 kg',
      '数量',
      '比例',
      'kg',
      'GWP',
      'kg CO2e',
      '计入',
      '计入总量',
      'kg CO2e（记录）',
    ],
    factors: [
      '因子',
      '名称',
      '来源类型',
      '气体',
      '单位排放 kg',
      '单位',
      '地区',
      '年份',
      'GWP 依据',
      '核对情况',
      '出处',
    ],
    gwp: ['气体', 'GWP100', '计入总量'],
    scope2: ['项目', '合同工具', '因子', 'kWh', 'kg CO2e / kWh', 'kg CO2e（公式）', 'kg CO2e（记录）'],
    gaps: ['事项', '占结果比例', '涉及编号'],
  },
  groups: {
    scope: 'GHG Protocol 范围',
    isoCategory: 'ISO 14064-1 类别',
    category: '活动类别',
    facility: '设施',
    entity: '法人',
    month: '月份',
    gas: '气体',
  },
  total: '总量',
  agrees: '一致',
  differs: '不一致',
  notCovered: '未覆盖气体：',
  estimate: '估算',
  instrument: '合同工具',
  sameByBoth: '两种方法相同的部分',
  marketBased: '范围二（市场法）',
  basisName: (basis) => (basis === 'residual-mix' ? '其余，剩余电力组合' : '其余，剩余电力组合的替代值'),
  scopeName: (scope) => wordsFor(scopeNames, scope).zh,
  kindName: (kind) => wordsFor(kindNames, kind).zh,
  flagName: (flag) => wordsFor(flagNames, flag).zh,
  nameOf: ({ zh, en }) => zh ?? en,
  activityKindName: (kind) => wordsFor(activityNames, kind).zh,
  useName: (use) =>
    ({ activity: '活动数据', fuel: '燃料含碳' })[use] ??
    use.replace(/^beside (\d+)$/, (_, at) => `补充因子 ${Number(at) + 1}`),
  stepName: (step) => {
    const [first = '', ...rest] = step.split(' ')
    if (first === 'meter') return `电表 ${rest.join(' ')}`
    if (first === 'part') return `分表 ${rest.join(' ')}`
    return Object.hasOwn(chineseSteps, step) ? (chineseSteps[step] as string) : step
  },
}
