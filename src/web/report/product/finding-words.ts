/** What the engine's findings are called, and what each means to someone who reads nothing else. */

import type { FindingCode } from '../../../engine/types.ts'
import type { Bilingual } from '../../language.ts'
import { methodFindingWords } from './method-finding-words.ts'

export interface FindingWords {
  readonly name: Bilingual
  readonly meaning: Bilingual
}

export const findingWords: Readonly<Record<FindingCode, FindingWords>> = {
  ...methodFindingWords,
  'negative-total': {
    name: { zh: '总量为负', en: 'The total is below zero' },
    meaning: {
      zh: '替代产品的抵扣或清除大于排放：该数字不表示产品从大气中移除了碳。',
      en: 'Credits for avoided production or removals exceed what is emitted; the figure does not say that the product takes carbon out of the air.',
    },
  },
  'substitution-credit': {
    name: { zh: '以替代法抵扣副产品', en: 'Co-products are credited with what they replace' },
    meaning: {
      zh: '副产品替代的生产已从结果中扣除，结果取决于假设被替代的是什么。',
      en: 'Production that co-products replace is taken off the figure, which depends on what they are said to replace.',
    },
  },
  'avoided-production': {
    name: { zh: '手工抵扣避免的生产', en: 'Production is said to be avoided' },
    meaning: {
      zh: '某行从一个过程取用负的数量：其生产已从结果中扣除；须核查确实被替代，且未在别处重复抵扣。',
      en: 'A line takes less than nothing of a process, and what that would emit is taken off the figure; whether it is replaced, and credited nowhere else, is for the verifier to judge.',
    },
  },
  'process-of-another-time': {
    name: { zh: '过程数据不属于核算期', en: 'Data of a process are of another time' },
    meaning: {
      zh: '该过程的数据取自核算期之外的时间，须判断其是否仍有代表性。',
      en: 'The process was measured outside the reporting period; whether it still stands for that period is for the verifier to judge.',
    },
  },
  'biogenic-carbon-not-balanced': {
    name: { zh: '生物源碳不平衡', en: 'Biogenic carbon does not come out' },
    meaning: {
      zh: '吸收的生物源碳与释放、留存之和不符：有流量漏报、重复，或含碳量有误。',
      en: 'What was taken up is not what is let go and held: a flow is missing or counted twice, or the carbon content is wrong.',
    },
  },
  'biogenic-uptake-not-stated': {
    name: { zh: '未报告生物源吸收', en: 'No uptake of biogenic carbon is stated' },
    meaning: {
      zh: '有生物源碳被释放或留存，却没有一行说明其吸收，无法核对平衡。',
      en: 'Biogenic carbon is let go or held, and no line says that it was taken up; the balance cannot be checked.',
    },
  },
  'biogenic-carbon-not-by-mass': {
    name: { zh: '生物源流量只有 CO₂e', en: 'A biogenic flow is stated as CO₂e only' },
    meaning: {
      zh: '来源未按气体给出质量，其中的碳无法核对。',
      en: 'Its source gives no masses gas by gas, so its carbon cannot be weighed up.',
    },
  },
  'carbon-content-not-stated': {
    name: { zh: '未说明产品含碳量', en: 'The product’s carbon content is not stated' },
    meaning: {
      zh: '吸收了生物源碳，但没有说明产品留存多少，无法核对平衡。',
      en: 'Biogenic carbon was taken up, and nobody says what the product holds; the balance cannot be checked.',
    },
  },
  'implausible-uptake': {
    name: { zh: '吸收量不合常理', en: 'The uptake is implausible' },
    meaning: {
      zh: '按此吸收，留在产品中的碳会比产品本身还重。',
      en: 'With it more carbon would stay in the product than the product weighs.',
    },
  },
  'removal-to-trace': {
    name: { zh: '清除须可追溯', en: 'Removals must be traced' },
    meaning: {
      zh: '计入清除者须能说明这些 CO₂ 存于何处。',
      en: 'Who counts them must be able to say where that CO₂ is.',
    },
  },
  'gases-outside-seven-groups': {
    name: { zh: '含七类之外的气体', en: 'Gases outside the seven groups' },
    meaning: {
      zh: '总量不含 HCFC、CFC 等气体，而 PACT 的合计包含，两者因此不同。',
      en: 'The total leaves HCFCs, CFCs and the like out, and PACT’s sums hold them; so the two differ.',
    },
  },
  'site-balance-open': {
    name: { zh: '厂区物料不平衡', en: 'A site’s output does not account for what was begun' },
    meaning: {
      zh: '投产量多于合格品与废品之和，其余去向未说明。',
      en: 'More was begun than good output and scrap explain; nobody says where the rest is.',
    },
  },
  'site-scrap-untold': {
    name: { zh: '废料去向未说明', en: 'Scrap leaves, and no line says where to' },
    meaning: {
      zh: '厂区有废料产生，但没有一行说明其处理，处理的排放因此未计。',
      en: 'A process of a site makes scrap whose treatment no line tells; what that emits is not counted.',
    },
  },
  'site-split-by-revenue': {
    name: { zh: '按销售额分摊厂区总量', en: 'A site’s total is split by revenue' },
    meaning: {
      zh: 'ISO 14067 优先采用物理关系；按销售额分摊须说明没有更好的分摊依据。',
      en: 'ISO 14067 prefers a physical key; who splits by what products were sold for should say why there is none.',
    },
  },
  'primary-factor-not-specific': {
    name: { zh: '所称初级因子并非专属', en: 'A factor said to be primary is not' },
    meaning: {
      zh: '该因子来自公开数据表，或使用了燃料的缺省值，不计为初级数据。',
      en: 'It stands in a table, or a default of a fuel was taken; it does not count as primary data.',
    },
  },
}
