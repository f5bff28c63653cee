/** What the codes of a credential are called, in both languages; a code nobody named here shows as itself. */

import type { ExaminationOutcome } from '../certification/engagement.ts'
import type { AssuranceLevel, Opinion, Part } from '../certification/scheme.ts'
import type { CredentialKind, CredentialSubject } from '../credential/schema.ts'
import type {
  DataQualityIndicator,
  FlagCode,
  FlowKind,
  LifeCycleStage,
  TotalMember,
} from '../engine/types.ts'
import type { Bilingual } from './language.ts'

/** The words for a code. */
export function wordsFor(table: Readonly<Record<string, Bilingual>>, code: string): Bilingual {
  return Object.hasOwn(table, code) ? (table[code] as Bilingual) : { zh: code, en: code }
}

export const documentTitles: Readonly<Record<CredentialKind, Record<CredentialSubject['type'], Bilingual>>> =
  {
    VerificationStatement: {
      OrganizationFootprint: { zh: '组织温室气体核查声明', en: 'Greenhouse gas verification statement' },
      ProductFootprint: { zh: '产品碳足迹核查声明', en: 'Product carbon footprint verification statement' },
    },
    Certificate: {
      OrganizationFootprint: { zh: '组织温室气体认证证书', en: 'Greenhouse gas certificate' },
      ProductFootprint: { zh: '产品碳足迹认证证书', en: 'Product carbon footprint certificate' },
    },
  }

export const opinionNames: Readonly<Record<Opinion, Bilingual>> = {
  unmodified: { zh: '无保留意见', en: 'Unmodified opinion' },
  modified: { zh: '保留意见', en: 'Modified opinion' },
  adverse: { zh: '否定意见', en: 'Adverse opinion' },
  disclaimer: { zh: '无法表示意见', en: 'Disclaimer of opinion' },
}

/** What an opinion means for someone who reads nothing else. */
export const opinionMeanings: Readonly<Record<Opinion, Bilingual>> = {
  unmodified: {
    zh: '核查机构认可所列碳足迹。',
    en: 'The body supports the footprint as stated.',
  },
  modified: {
    zh: '除所述事项外，核查机构认可所列碳足迹。',
    en: 'The body supports the footprint except for the matters stated.',
  },
  adverse: {
    zh: '核查机构不认可所列碳足迹：签名有效，数字不可信赖。',
    en: 'The body does NOT support the footprint: the signature is good, the figure is not to be relied on.',
  },
  disclaimer: {
    zh: '核查机构无法得出结论：签名有效，但数字未获认可。',
    en: 'The body could NOT reach a conclusion: the signature is good, the figure is not supported.',
  },
}

/** What stands in place of a private table's name, by what the body says of it; `unexamined` where it says nothing. */
export const privateTableWords: Readonly<Record<ExaminationOutcome | 'unexamined', Bilingual>> = {
  accepted: { zh: '企业私有因子表，已审核认可', en: 'private table, examined and accepted' },
  rejected: { zh: '企业私有因子表，审核未获认可', en: 'private table, examined and REJECTED' },
  unexamined: { zh: '企业私有因子表，未经审核', en: 'private table, NOT examined' },
}

export const assuranceNames: Readonly<Record<AssuranceLevel, Bilingual>> = {
  limited: { zh: '有限保证', en: 'limited assurance' },
  reasonable: { zh: '合理保证', en: 'reasonable assurance' },
}

export const partNames: Readonly<Record<Part, Bilingual>> = {
  'scope-1': { zh: '范围一', en: 'Scope 1' },
  'scope-2': { zh: '范围二', en: 'Scope 2' },
  'scope-3': { zh: '范围三', en: 'Scope 3' },
  'product-footprint': { zh: '产品碳足迹', en: 'Product footprint' },
}

export const boundaryNames: Readonly<Record<string, Bilingual>> = {
  'operational-control': { zh: '运营控制权法', en: 'Operational control' },
  'financial-control': { zh: '财务控制权法', en: 'Financial control' },
  'equity-share': { zh: '股权比例法', en: 'Equity share' },
  'cradle-to-gate': { zh: '从摇篮到大门', en: 'Cradle to gate' },
  'cradle-to-grave': { zh: '从摇篮到坟墓', en: 'Cradle to grave' },
  'gate-to-gate': { zh: '从大门到大门', en: 'Gate to gate' },
}

export const kindNames: Readonly<Record<FlowKind, Bilingual>> = {
  fossil: { zh: '化石源', en: 'Fossil' },
  biogenic: { zh: '生物源', en: 'Biogenic' },
  'biogenic-uptake': { zh: '生物源吸收', en: 'Biogenic uptake' },
  'land-use-change': { zh: '土地利用变化', en: 'Land-use change' },
  aircraft: { zh: '航空', en: 'Aircraft' },
  removal: { zh: '清除', en: 'Removals' },
  pollutant: { zh: '大气污染物', en: 'Air pollutants' },
}

export const totalMemberNames: Readonly<Record<TotalMember, Bilingual>> = {
  fossil: { zh: '化石源', en: 'fossil' },
  'biogenic-without-co2': { zh: '生物源（不含 CO₂）', en: 'biogenic other than CO₂' },
  'land-use-change': { zh: '土地利用变化', en: 'land-use change' },
  aircraft: { zh: '航空', en: 'aircraft' },
}

export const scopeNames: Readonly<Record<string, Bilingual>> = {
  1: { zh: '范围一', en: 'Scope 1' },
  2: { zh: '范围二', en: 'Scope 2' },
  3: { zh: '范围三', en: 'Scope 3' },
}

export const stageNames: Readonly<Record<LifeCycleStage, Bilingual>> = {
  'raw-material-acquisition': { zh: '原材料获取', en: 'Raw materials' },
  production: { zh: '生产', en: 'Production' },
  distribution: { zh: '分销运输', en: 'Distribution' },
  use: { zh: '使用', en: 'Use' },
  'end-of-life': { zh: '生命末期', en: 'End of life' },
}

export const flagNames: Readonly<Record<FlagCode, Bilingual>> = {
  'gwp-basis-not-stated': { zh: '因子未说明所依据的 GWP', en: 'factors whose GWP basis is not stated' },
  'unverified-factor': { zh: '因子未经发布者核对', en: 'factors not confirmed with their publisher' },
  'own-factor': { zh: '企业自有因子', en: 'the client’s own factors' },
  'gases-not-covered': { zh: '因子未覆盖全部气体', en: 'factors that leave out gases' },
  'outside-total': { zh: '另有不计入总量的排放', en: 'emissions shown outside the total' },
  estimated: { zh: '含估算的活动数据', en: 'estimated activity data' },
  apportioned: { zh: '跨期账单按天数分摊', en: 'bills that straddle the period, apportioned by days' },
  'outside-boundary': {
    zh: '组织边界之外的活动，不计入',
    en: 'activities outside the organization’s boundary',
  },
  'scope-2-proxy': {
    zh: '范围二市场法以替代因子计算（无官方剩余电力组合）',
    en: 'market-based scope 2 rests on a proxy for a residual mix',
  },
  'avoided-production': { zh: '含替代产品抵扣', en: 'credits for avoided production' },
}

export const qualityNames: Readonly<Record<DataQualityIndicator, Bilingual>> = {
  reliability: { zh: '可靠性', en: 'reliability' },
  completeness: { zh: '完整性', en: 'completeness' },
  temporal: { zh: '时间', en: 'temporal' },
  geographical: { zh: '地域', en: 'geographical' },
  technological: { zh: '技术', en: 'technological' },
}

export const standardUses: Readonly<Record<'quantification' | 'verification', Bilingual>> = {
  quantification: { zh: '量化依据', en: 'Quantified to' },
  verification: { zh: '核查依据', en: 'Verified to' },
}
