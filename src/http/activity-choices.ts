/** What people call the members of closed lists in activity data, in Chinese and English, read as the code that they mean. */

import type { DistanceBasis, EstimateMethod } from '../engine/amounts/types.ts'
import type {
  CircularTerm,
  DataOrigin,
  Distribution,
  FlowOrigin,
  LandUseChangeKind,
  MeterInterval,
  ReleaseKind,
  SiteFlow,
} from '../engine/types.ts'
import type { Bilingual } from '../web/language.ts'

/** A closed list by its codes. */
export type Choices = Readonly<Record<string, Bilingual>>

/** Kinds of activity, of the categories that have several (`engine/categories.ts`). */
export const activityKinds = {
  'energy-upstream': { zh: '能源上游', en: 'Energy, upstream' },
  'transmission-losses': { zh: '输配电损耗', en: 'Transmission losses' },
  'upstream-transport': { zh: '上游运输', en: 'Upstream transport' },
  storage: { zh: '上游仓储', en: 'Upstream storage' },
  travel: { zh: '差旅交通', en: 'Travel' },
  'hotel-stay': { zh: '酒店住宿', en: 'Hotel stay' },
  commuting: { zh: '通勤', en: 'Commuting' },
  homeworking: { zh: '居家办公', en: 'Working from home' },
  'leased-asset': { zh: '租入资产', en: 'Leased asset' },
  'leased-asset-energy': { zh: '租入资产用能', en: 'Energy of a leased asset' },
  'downstream-transport': { zh: '下游运输', en: 'Downstream transport' },
  'retail-and-storage': { zh: '零售和仓储', en: 'Retail and storage' },
} as const satisfies Choices

export const apportionments = {
  'by-days': { zh: '按天分摊', en: 'By days' },
} as const satisfies Choices

export const estimateMethodNames = {
  interpolation: { zh: '内插', en: 'Interpolation' },
  extrapolation: { zh: '外推', en: 'Extrapolation' },
  'earlier-period': { zh: '参照往期', en: 'Earlier period' },
  'similar-facility': { zh: '参照同类设施', en: 'Similar facility' },
  engineering: { zh: '工程计算', en: 'Engineering calculation' },
  other: { zh: '其他', en: 'Other' },
} as const satisfies Readonly<Record<EstimateMethod, Bilingual>>

export const distanceBasisNames = {
  actual: { zh: '实际里程', en: 'Actual distance' },
  'shortest-feasible': { zh: '最短可行路线', en: 'Shortest feasible distance' },
  'great-circle': { zh: '大圆（直线）距离', en: 'Great-circle distance' },
} as const satisfies Readonly<Record<DistanceBasis, Bilingual>>

export const intervalNames = {
  PT15M: { zh: '15 分钟', en: '15 minutes' },
  PT30M: { zh: '30 分钟', en: '30 minutes' },
  PT1H: { zh: '每小时', en: 'Hour' },
  P1D: { zh: '每日', en: 'Day' },
  P1M: { zh: '每月', en: 'Month' },
  P1Y: { zh: '每年', en: 'Year' },
} as const satisfies Readonly<Record<MeterInterval, Bilingual>>

export const circularTermNames = {
  Ev: { zh: '原生材料生产', en: 'Primary material' },
  Erecycled: { zh: '再生材料投入', en: 'Recycled material that goes in' },
  ErecyclingEoL: { zh: '报废回收处理', en: 'Recycling at the end of life' },
  EvStar: { zh: '被替代的原生材料', en: 'Primary material replaced' },
  EER: { zh: '能量回收', en: 'Energy recovery' },
  ESEheat: { zh: '被替代的热力', en: 'Heat replaced' },
  ESEelec: { zh: '被替代的电力', en: 'Electricity replaced' },
  ED: { zh: '最终处置', en: 'Disposal' },
} as const satisfies Readonly<Record<CircularTerm, Bilingual>>

export const distributionNames = {
  normal: { zh: '正态', en: 'Normal' },
  lognormal: { zh: '对数正态', en: 'Lognormal' },
  triangular: { zh: '三角', en: 'Triangular' },
  uniform: { zh: '均匀', en: 'Uniform' },
} as const satisfies Readonly<Record<Distribution, Bilingual>>

export const certificateNames = {
  kept: { zh: '绿证自留', en: 'Certificates kept' },
  sold: { zh: '绿证已售', en: 'Certificates sold' },
} as const satisfies Choices

export const releaseKindNames = {
  fossil: { zh: '化石源排放', en: 'Fossil' },
  biogenic: { zh: '生物源排放', en: 'Biogenic' },
  'biogenic-uptake': { zh: '生物质吸收', en: 'Biogenic uptake' },
  'land-use-change': { zh: '土地利用变化', en: 'Land-use change' },
  aircraft: { zh: '航空器排放', en: 'Aircraft' },
  removal: { zh: '清除', en: 'Removal' },
} as const satisfies Readonly<Record<ReleaseKind, Bilingual>>

export const flowOriginNames = {
  'land-management': { zh: '土地管理', en: 'Land management' },
  'technological-removal': { zh: '技术清除', en: 'Technological removal' },
  'fossil-capture': { zh: '化石源二氧化碳捕集', en: 'Capture of fossil CO2' },
} as const satisfies Readonly<Record<FlowOrigin, Bilingual>>

export const dataOriginNames = {
  primary: { zh: '初级数据', en: 'Primary' },
  secondary: { zh: '次级数据', en: 'Secondary' },
} as const satisfies Readonly<Record<DataOrigin, Bilingual>>

export const landUseChangeNames = {
  direct: { zh: '直接', en: 'Direct' },
  indirect: { zh: '间接', en: 'Indirect' },
} as const satisfies Readonly<Record<LandUseChangeKind, Bilingual>>

export const siteFlowNames = {
  started: { zh: '投入量', en: 'Begun' },
  scrap: { zh: '废料', en: 'Scrap' },
} as const satisfies Readonly<Record<SiteFlow, Bilingual>>

export const flagNames = {
  true: { zh: '是', en: 'Yes' },
  false: { zh: '否', en: 'No' },
} as const satisfies Choices

/** The code of a list's member by its code or its name; anything else stays, for the schema or the calculation to judge. */
export function choiceNamed(choices: Choices, written: string): string {
  const key = wordKey(written)
  const found = Object.entries(choices).find(([code, { en, zh }]) =>
    [code, en, zh, `${zh}${en}`].some((word) => wordKey(word) === key),
  )
  return found?.[0] ?? written
}

/** A list in a sentence: `interpolation (内插), …`. */
export function choicesInWords(choices: Choices): string {
  return Object.entries(choices)
    .map(([code, { zh }]) => `${code} (${zh})`)
    .join(', ')
}

/** Letter case, width and spaces do not matter. */
function wordKey(word: string): string {
  return word.slice(0, 200).normalize('NFKC').toLowerCase().replace(/\s+/g, '')
}
