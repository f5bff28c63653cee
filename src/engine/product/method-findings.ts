/** What a verifier must see of a product's method: what is incomplete, and where the rules of its category were not followed. */

import { capitalGoodsCategory } from './capital-goods.ts'
import { aboutLines, type Found, type Rule } from './finding-rule.ts'
import { fuelRules } from './fuels.ts'
import type { MethodFindingCode } from './method-types.ts'

/** Masses that were rounded differ by this much; a real difference is more. */
const rounding = 1e-9

export const methodRules: Readonly<Record<MethodFindingCode, Rule>> = {
  ...fuelRules,
  'capital-goods-missing': capitalGoodsMissing,
  'more-waste-than-material': moreWaste,
  'pcr-violated': rulesViolated,
  'pcr-not-in-force': rulesNotInForce,
}

function capitalGoodsMissing(...[{ lines }, , { capitalGoods }]: Parameters<Rule>): readonly Found[] {
  if (capitalGoods?.choice !== 'included') return []
  if (lines.some(({ category }) => category === capitalGoodsCategory)) return []
  return [{ code: 'capital-goods-missing', lines: [], processes: [] }]
}

function moreWaste(...[{ lines }, { circular }]: Parameters<Rule>): readonly Found[] {
  const swollen = (circular?.materials ?? []).filter(
    ({ kgIn, kgOut }) => kgIn !== null && kgOut !== null && kgOut > kgIn * (1 + rounding),
  )
  const ids = new Set(swollen.flatMap(({ terms }) => terms.flatMap((term) => term.lines)))
  return aboutLines(
    'more-waste-than-material',
    lines.filter(({ id }) => ids.has(id)),
  )
}

/** One finding for each rule and place, so that a verifier can answer them one by one. */
function rulesViolated(...[, { productCategoryRules }, { processes }]: Parameters<Rule>): readonly Found[] {
  const broken = productCategoryRules?.checks.filter(({ holds }) => !holds) ?? []
  return broken.map(({ holds: _, ...rule }) => {
    const [, place] = /^\/processes\/(\d+)\//.exec(rule.pointer) ?? []
    const process = place === undefined ? undefined : processes[Number(place)]
    return { code: 'pcr-violated', lines: [], processes: process ? [process.id] : [], rule }
  })
}

function rulesNotInForce(...[, { productCategoryRules }]: Parameters<Rule>): readonly Found[] {
  if (productCategoryRules === null || productCategoryRules.inForce) return []
  return [{ code: 'pcr-not-in-force', lines: [], processes: [] }]
}
