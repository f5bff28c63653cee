/** What the parts of a report are called, in both languages. */

import type { EstimateMethod } from '../../engine/amounts/types.ts'
import type { InstrumentKind, ResidualBasis } from '../../engine/inventory/types.ts'
import type { DataQualityIndicator, Names, ResolutionStep } from '../../engine/types.ts'
import type { GbtItemName, ReportStructure } from '../../report/types.ts'
import { activityKindNames, organizationCategoryNames } from '../factors/category-words.ts'
import type { Bilingual } from '../language.ts'
import { wordsFor } from '../wording.ts'

export const structureNames: Readonly<Record<ReportStructure, Bilingual>> = {
  'ghg-protocol': { zh: '按 GHG Protocol 的结构', en: 'In the structure of the GHG Protocol' },
  'iso-14064-1': { zh: '按 ISO 14064-1 的结构', en: 'In the structure of ISO 14064-1' },
  'gb-t-32150': { zh: '按 GB/T 32150 的结构', en: 'In the structure of GB/T 32150' },
}

export const isoNames: Readonly<Record<string, Bilingual>> = {
  1: { zh: '直接排放', en: 'Direct emissions' },
  2: { zh: '输入能源的间接排放', en: 'Indirect: imported energy' },
  3: { zh: '运输的间接排放', en: 'Indirect: transport' },
  4: { zh: '所用产品的间接排放', en: 'Indirect: products used' },
  5: { zh: '产品使用的间接排放', en: 'Indirect: use of the products' },
  6: { zh: '其他间接排放', en: 'Indirect: other' },
}

export const gbtNames: Readonly<Record<GbtItemName, Bilingual>> = {
  'fossil-fuel-combustion': { zh: '化石燃料燃烧', en: 'Fossil fuel combustion' },
  'process-emissions': { zh: '工业生产过程（含自有废弃物处理）', en: 'Processes (with own waste treatment)' },
  'fugitive-emissions': { zh: '逸散', en: 'Fugitive emissions' },
  'purchased-electricity': { zh: '购入电力', en: 'Purchased electricity' },
  'purchased-heat': { zh: '购入热力与冷量', en: 'Purchased heat and cooling' },
  'exported-electricity': { zh: '输出电力', en: 'Exported electricity' },
  'exported-heat': { zh: '输出热力', en: 'Exported heat' },
}

export const indicatorNames: Readonly<Record<DataQualityIndicator, Bilingual>> = {
  reliability: { zh: '可靠性', en: 'Reliability' },
  completeness: { zh: '完整性', en: 'Completeness' },
  temporal: { zh: '时间代表性', en: 'Temporal' },
  geographical: { zh: '地域代表性', en: 'Geographical' },
  technological: { zh: '技术代表性', en: 'Technological' },
}

export const estimateNames: Readonly<Record<EstimateMethod, Bilingual>> = {
  interpolation: { zh: '内插', en: 'interpolation' },
  extrapolation: { zh: '外推', en: 'extrapolation' },
  'earlier-period': { zh: '沿用以前期间', en: 'an earlier period' },
  'similar-facility': { zh: '类比相似场所', en: 'a similar facility' },
  engineering: { zh: '工程计算', en: 'engineering calculation' },
  other: { zh: '其他', en: 'other' },
}

/** Steps of a line's arithmetic; a step nobody named here shows by its code. */
export const workingNames: Readonly<Record<string, Bilingual>> = {
  measured: { zh: '计量量', en: 'as measured' },
  registerSteps: { zh: '表计读数差', en: 'register' },
  multiplier: { zh: '倍率', en: 'multiplier' },
  opening: { zh: '期初', en: 'opening' },
  received: { zh: '购入', en: 'received' },
  passedOn: { zh: '售出或转出', en: 'passed on' },
  closing: { zh: '期末', en: 'closing' },
  purchased: { zh: '购入', en: 'purchased' },
  returned: { zh: '退回', en: 'returned' },
  newCharge: { zh: '新增充注量', en: 'new charge' },
  charge: { zh: '充注量', en: 'charge' },
  annualRate: { zh: '年泄漏率', en: 'rate a year' },
  toppedUp: { zh: '补充量', en: 'topped up' },
  days: { zh: '天数', en: 'days' },
  years: { zh: '年数', en: 'years' },
  billed: { zh: '账单量', en: 'billed' },
  daysInside: { zh: '报告期内天数', en: 'days inside' },
  daysOfPeriod: { zh: '账期天数', en: 'days of the bill' },
  part: { zh: '扣除分表', en: 'less sub-meter' },
  whole: { zh: '全量', en: 'whole' },
  siteTotal: { zh: '工厂总量', en: 'total of the site' },
  keyAmount: { zh: '分配依据', en: 'key' },
  keySum: { zh: '依据合计', en: 'all of the key' },
  siteShare: { zh: '分配比例', en: 'share' },
  sitePart: { zh: '分得量', en: 'part' },
  started: { zh: '投入量', en: 'begun' },
  scrapLeft: { zh: '离开工序的废料', en: 'scrap that left' },
  goodOutput: { zh: '合格品产量', en: 'good output' },
  outputOfRun: { zh: '每次运行产量', en: 'output of a run' },
  attribution: { zh: '归属比例', en: 'attribution' },
  pieces: { zh: '件数', en: 'pieces' },
  consumption: { zh: '单次（年）能耗', en: 'consumption' },
  times: { zh: '次数（年数）', en: 'times' },
  netCalorificValue: { zh: '低位发热量', en: 'net calorific value' },
  carbonContent: { zh: '单位热值含碳量', en: 'carbon content' },
  oxidation: { zh: '碳氧化率', en: 'oxidation' },
  energy: { zh: '热量', en: 'energy' },
  carbon: { zh: '碳量', en: 'carbon' },
  sulphur: { zh: '含硫量', en: 'sulphur' },
  density: { zh: '密度', en: 'density' },
  distance: { zh: '距离', en: 'distance' },
  actualDistance: { zh: '实际距离', en: 'actual distance' },
  shortestFeasibleDistance: { zh: '最短可行距离', en: 'shortest feasible distance' },
  greatCircleDistance: { zh: '大圆距离', en: 'great-circle distance' },
  distanceAdjustment: { zh: '距离修正系数', en: 'distance adjustment' },
  payload: { zh: '额定载重', en: 'payload' },
  loadFactor: { zh: '装载率', en: 'load factor' },
  vehicles: { zh: '车次', en: 'vehicles' },
  emptyReturn: { zh: '空驶比', en: 'empty running' },
  mass: { zh: '质量', en: 'mass' },
  enthalpy: { zh: '焓', en: 'enthalpy' },
  feedWaterEnthalpy: { zh: '给水焓', en: 'enthalpy of feed water' },
  heat: { zh: '热量', en: 'heat' },
  electricity: { zh: '电量', en: 'electricity' },
  coefficientOfPerformance: { zh: '制冷性能系数', en: 'coefficient of performance' },
  priceYear: { zh: '价格年份', en: 'prices of' },
  priceIndex: { zh: '价格指数', en: 'price index' },
  exchangeRate: { zh: '汇率', en: 'exchange rate' },
  spend: { zh: '折算金额', en: 'spend' },
  parameter: { zh: '参数', en: 'parameter' },
  material: { zh: '物料质量', en: 'mass of the material' },
  termWeight: { zh: '公式权重', en: 'weight in the formula' },
  wholeConversion: { zh: '全部土地转化排放', en: 'the whole conversion' },
  amortisationYears: { zh: '分摊年数', en: 'years it is spread over' },
  yearsSinceConversion: { zh: '转化后年数', en: 'years since' },
  scrap: { zh: '离开的废料', en: 'scrap that left' },
}

/** Steps of the way to a factor. */
export const resolutionNames: Readonly<Record<ResolutionStep['step'], Bilingual>> = {
  explicit: { zh: '指定', en: 'by id' },
  table: { zh: '表', en: 'table' },
  region: { zh: '地区', en: 'region' },
  year: { zh: '年份', en: 'year' },
  own: { zh: '企业自有', en: 'own' },
  residual: { zh: '其余电力', en: 'residual' },
}

export const originNames: Readonly<Record<'measured' | 'default', Bilingual>> = {
  measured: { zh: '实测', en: 'measured' },
  default: { zh: '缺省', en: 'default' },
}

export const instrumentNames: Readonly<Record<InstrumentKind, Bilingual>> = {
  'green-certificate': { zh: '绿色电力证书', en: 'Green certificates' },
  'power-purchase-agreement': { zh: '购电协议', en: 'Power purchase agreement' },
  'supplier-specific': { zh: '供应商特定', en: 'Supplier-specific' },
  'other-certificate': { zh: '其他证书', en: 'Other certificates' },
}

export const residualNames: Readonly<Record<ResidualBasis, Bilingual>> = {
  'residual-mix': { zh: '剩余电力组合', en: 'Residual mix' },
  proxy: { zh: '替代因子', en: 'Proxy' },
}

export const changeOptionNames: Readonly<Record<string, Bilingual>> = {
  'from-date': { zh: '自变更之日起', en: 'from the day of the change' },
  'whole-year': { zh: '全年', en: 'the whole year' },
}

export const locationBased: Bilingual = { zh: '基于位置', en: 'location-based' }
export const marketBased: Bilingual = { zh: '基于市场', en: 'market-based' }
/** What stands where nobody reported anything. */
export const withoutLines: Bilingual = { zh: '未报告活动', en: 'no activity reported' }
export const notStated: Bilingual = { zh: '未给出', en: 'not stated' }

/** What stands where neither a factor nor a fuel weighs a line: a gas by its mass, or own renewable power, which burns nothing. */
export function weighedWithout(category: string): Bilingual {
  return category === 'self-generated-electricity'
    ? { zh: '无燃烧', en: 'burns nothing' }
    : { zh: '气体质量 × GWP', en: 'gas mass × GWP' }
}

/** A category of activity as a row begins: with a capital. */
export function categoryName(category: string): Bilingual {
  return capitalized(wordsFor(organizationCategoryNames, category))
}

/** A kind of activity; most are called as their category. */
export function kindName(kind: string): Bilingual {
  return capitalized(wordsFor({ ...organizationCategoryNames, ...activityKindNames }, kind))
}

export function capitalized({ zh, en }: Bilingual): Bilingual {
  return { zh, en: en.charAt(0).toUpperCase() + en.slice(1) }
}

/** A name that may have no Chinese. */
export function named({ en, zh }: Names): Bilingual {
  return { en, zh: zh ?? en }
}
