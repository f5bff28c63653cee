/** What the parts of a product's report are called, in both languages. */

import {
  type FlowKind,
  type FunctionalUnit,
  type LifeCycleStage,
  lifeCycleStages,
  type Names,
} from '../../../engine/types.ts'
import type { FlowNode, ProductHead, StageRow } from '../../../report/product/types.ts'
import { productCategoryNames } from '../../factors/category-words.ts'
import type { Bilingual } from '../../language.ts'
import { writeAmount } from '../../quantity.ts'
import { wordsFor } from '../../wording.ts'
import { unitText } from '../pieces.ts'
import { capitalized, named } from '../words.ts'

export const stateWords: Readonly<Record<Exclude<StageRow['state'], 'reported'>, Bilingual>> = {
  elsewhere: { zh: '计于其他阶段', en: 'counted in other stages' },
  'without-lines': { zh: '未报告活动', en: 'nothing reported' },
  'declared-empty': { zh: '声明无活动', en: 'declared empty' },
  'outside-boundary': { zh: '边界之外', en: 'outside the boundary' },
}

/** A category of a product's activity as a row begins: with a capital. */
export function productCategory(category: string): Bilingual {
  return capitalized(wordsFor(productCategoryNames, category))
}

/** `1 piece`, `1 件`: what the result is per. */
export function declaredUnitText({
  declaredUnit: { amount, unit },
}: Pick<ProductHead, 'declaredUnit'>): Bilingual {
  const { zh, en } = unitText(unit)
  return { zh: `${writeAmount(amount)} ${zh}`, en: `${writeAmount(amount)} ${en}` }
}

/** What the product does, how much of it, and for how long it lasts. */
export function functionText({ description, quantity, serviceLife }: FunctionalUnit): Bilingual {
  const [much, life] = [quantity, serviceLife].map(({ amount, unit }) => {
    const { zh, en } = unitText(unit)
    return { zh: `${writeAmount(amount)} ${zh}`, en: `${writeAmount(amount)} ${en}` }
  }) as [Bilingual, Bilingual]
  return {
    zh: `${description.zh}：${much.zh}；使用寿命 ${life.zh}`,
    en: `${description.en}: ${much.en}; service life ${life.en}`,
  }
}

/** What kind of unit that is. */
export function unitKind({ functionalUnit }: Pick<ProductHead, 'functionalUnit'>): Bilingual {
  return functionalUnit === null
    ? { zh: '声明单位', en: 'declared unit' }
    : { zh: '功能单位的基准流', en: 'reference flow of the functional unit' }
}

/** What a source, a process or a rest of many is called. */
export function nodeName(node: Omit<FlowNode, 'stage' | 'amount'>): Bilingual {
  const { of, key, product, name, category, count } = node
  if (of === 'product') return { zh: '产品', en: 'Product' }
  if (of === 'rest') {
    return { zh: `其余 ${count} 项`, en: count === 1 ? '1 other' : `${count} others` }
  }
  if (category !== null) return lineName(category, name)
  const { zh, en } = nameOr(name, key)
  return product === null ? { zh, en } : { zh: `${zh} · ${product}`, en: `${en} · ${product}` }
}

/** A line that does not say what it is goes by its category and by what weighs it: many lines share one factor. */
export function lineName(category: string, factor: Names | null): Bilingual {
  const { zh, en } = productCategory(category)
  if (factor === null) return { zh, en }
  const weighed = named(factor)
  return { zh: `${zh} · ${weighed.zh}`, en: `${en} · ${weighed.en}` }
}

/** In a narrow box, a line that does not say what it is goes by its category alone. */
export function boxName(node: Omit<FlowNode, 'stage' | 'amount'>): Bilingual {
  return node.category === null ? nodeName(node) : productCategory(node.category)
}

/** A name, or the id where there is none. */
export function nameOr(name: Names | null, id: string): Bilingual {
  return name === null ? { zh: id, en: id } : named(name)
}

/** The colour of a stage; grey for what is of none. */
export function stageTone(stage: LifeCycleStage | null): string {
  return stage === null ? 'stage-none' : `stage-${lifeCycleStages.indexOf(stage) + 1}`
}

/** The colour of a kind of flow. */
export function kindTone(kind: FlowKind): string {
  return `kind-${kind}`
}
