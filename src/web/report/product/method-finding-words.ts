/** What the engine's findings about a product's method are called, and what each means. */

import type { BoundRule, MethodFindingCode } from '../../../engine/types.ts'
import type { Bilingual } from '../../language.ts'
import type { FindingWords } from './finding-words.ts'

/** What rules of a product's category bind. */
export const ruleNames: Readonly<Record<BoundRule, Bilingual>> = {
  unit: { zh: '单位', en: 'unit' },
  boundary: { zh: '系统边界', en: 'system boundary' },
  allocation: { zh: '分配方法', en: 'allocation' },
  endOfLife: { zh: '报废阶段方法', en: 'end of life' },
  capitalGoods: { zh: '资本品', en: 'capital goods' },
  cutOffSingle: { zh: '单项排除上限', en: 'largest single exclusion' },
  cutOffTotal: { zh: '排除总量上限', en: 'all exclusions' },
}

export const methodFindingWords: Readonly<Record<MethodFindingCode, FindingWords>> = {
  'raw-materials-not-stated': {
    name: { zh: '未说明原材料获取', en: 'Nothing is said of raw materials' },
    meaning: {
      zh: '系统边界包含原材料获取阶段，但没有一行属于该阶段，也没有购入的材料或包装；若确无，请在 emptyStages 中说明理由。',
      en: 'The boundary holds the acquisition of raw materials, and no line stands in it, nor is a material or packaging bought; if there is none, emptyStages says why.',
    },
  },
  'distribution-not-stated': {
    name: { zh: '未说明分销', en: 'Nothing is said of distribution' },
    meaning: {
      zh: '系统边界包含分销阶段，但没有一行属于该阶段；若确无，请在 emptyStages 中说明理由。',
      en: 'The boundary holds distribution, and no line stands in it; if there is none, emptyStages says why.',
    },
  },
  'fuel-supply-missing': {
    name: { zh: '缺少燃料上游', en: 'The supply of a fuel is missing' },
    meaning: {
      zh: '燃料的燃烧已计入，但其开采、加工和运输没有相应的行，或数量不足。',
      en: 'A fuel is burnt, and no line, or not enough, counts its extraction, refining and transport.',
    },
  },
  'fuel-combustion-missing': {
    name: { zh: '缺少燃料燃烧', en: 'The combustion of a fuel is missing' },
    meaning: {
      zh: '燃料的上游已计入，但没有相应的燃烧：燃料或作原料，或燃烧漏报。',
      en: 'A fuel is supplied, and no line burns it: it is a feedstock, or its combustion was forgotten.',
    },
  },
  'capital-goods-missing': {
    name: { zh: '缺少资本品', en: 'Capital goods are missing' },
    meaning: {
      zh: '声明计入资本品，却没有一行属于资本品。',
      en: 'Capital goods are said to be included, and no line is one.',
    },
  },
  'more-waste-than-material': {
    name: { zh: '报废量大于投入量', en: 'More is left at the end of life than went in' },
    meaning: {
      zh: '某材料报废时的质量大于投入的质量：投入或报废的数量有误。',
      en: 'Of some material more is there at the end of life than goes in: one of the masses is wrong.',
    },
  },
  'pcr-violated': {
    name: { zh: '不符合产品种类规则', en: 'The product category rules are not followed' },
    meaning: {
      zh: '计算与所引用规则的某项要求不一致；须改正，或由核查人员判断可否接受。',
      en: 'The calculation departs from something that the rules ask; mend it, or a verifier judges whether it can stand.',
    },
  },
  'generation-without-instrument': {
    name: { zh: '单一电源的电力没有合同工具', en: 'Power of one generation without an instrument' },
    meaning: {
      zh: '按风电、光伏、水电等单一电源的因子计算，却未列明绿证等合同工具。购自电网的，须有合同工具，否则按电网因子计算；自有电站直供的，须证明其绿证未另行出售。',
      en: 'Electricity is weighed by the factor of wind, sun, water or the like, and no instrument is named. Bought from the grid it needs one, or the grid’s factor; of a plant of one’s own, show that its certificates were not sold.',
    },
  },
  'transmission-missing': {
    name: { zh: '缺少输配损耗', en: 'Transmission of electricity is missing' },
    meaning: {
      zh: '电力因子只到电站出口，取用过程及其上游过程均未加输配，或加得不够。自有电站直供的除外。',
      en: 'A factor of electricity ends at the power station, and neither the process that takes it nor one before adds the way through the grid, or not enough. Power of one’s own plant needs none.',
    },
  },
  'pcr-not-in-force': {
    name: { zh: '产品种类规则不在有效期', en: 'The product category rules are not in force' },
    meaning: {
      zh: '报告期最后一天，所引用的规则尚未生效或已经失效。',
      en: 'On the last day of the reporting period the rules do not hold yet, or hold no longer.',
    },
  },
}
