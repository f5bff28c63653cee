/** What a verifier must see of a product's method: what is incomplete, and where the rules of its category were not followed. */

import type { CalculationResult, LifeCycleStage, ProductInput } from '../types.ts'
import { capitalGoodsCategory } from './capital-goods.ts'
import { electricityRules } from './electricity-findings.ts'
import { aboutLines, type Found, type Rule } from './finding-rule.ts'
import { fuelRules } from './fuels.ts'
import type { MethodFindingCode } from './method-types.ts'
import { stagesWithin } from './stages.ts'

/** Masses that were rounded differ by this much; a real difference is more. */
const rounding = 1e-9

/** Categories of what was made by others, with all that went before in the factor or the process it is of. */
const bought: readonly string[] = ['material', 'packaging']

export const methodRules: Readonly<Record<MethodFindingCode, Rule>> = {
  'raw-materials-not-stated': (result, _, input) =>
    // What is bought as it is ready brings its raw materials in its own factor.
    result.lines.some(({ category }) => bought.includes(category))
      ? []
      : stageNotStated('raw-materials-not-stated', 'raw-material-acquisition', result, input),
  'distribution-not-stated': (result, _, input) =>
    stageNotStated('distribution-not-stated', 'distribution', result, input),
  ...fuelRules,
  ...electricityRules,
  'capital-goods-missing': capitalGoodsMissing,
  'more-waste-than-material': moreWaste,
  'pcr-violated': rulesViolated,
  'pcr-not-in-force': rulesNotInForce,
}

/** Use and end of life are not here: without them nothing is calculated at all. */
function stageNotStated(
  code: MethodFindingCode,
  stage: LifeCycleStage,
  { lines }: CalculationResult,
  { boundary, emptyStages = [] }: ProductInput,
): readonly Found[] {
  const isStated = [...lines, ...emptyStages].some((one) => one.stage === stage)
  return isStated || !stagesWithin[boundary].includes(stage) ? [] : [{ code, lines: [], processes: [] }]
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
