/**
 * An analysis of a product system: everything that is asked for about where its result comes from, from one solution. It informs:
 * nothing of it is part of a result or of what is certified (docs/decisions/0061).
 */

import { Problem } from '../../problem.ts'
import { solveProduct } from '../product/solve-product.ts'
import { referenceFlowOf } from '../product/unit.ts'
import { below } from '../refusals.ts'
import type { CalculationContext, ProductInput } from '../types.ts'
import { requireComparable } from './comparable.ts'
import { compareSystems, drawnTotals } from './compare-systems.ts'
import { contributionsOf } from './contributions.ts'
import { type Flows, flowsOf } from './flows.ts'
import { drawTotals, workOf } from './monte-carlo.ts'
import { rankingOf } from './ranking.ts'
import { sankeyOf } from './sankey.ts'
import { parameterTables, scenarioOutcomes, type Variant, withScenario } from './scenarios.ts'
import { sensitivitiesOf } from './sensitivities.ts'
import { treeOf } from './tree.ts'
import type { AnalysisPart, AnalysisRequest, AnalysisResult, DrawSetting } from './types.ts'

/** Steps that one analysis may take: numbers drawn, terms summed and entries read; some seconds of one core. */
export const analysisWorkMax = 100_000_000

/** A line calculated anew for a scenario costs as much as so many steps of a draw. */
const stepsOfLine = 50

/**
 * Analyzes a product system.
 * @param place where the system stands in what was sent, as a pointer; its refusals point below it.
 * @throws Problem whatever the calculation refuses; `analysis-too-large`, `not-comparable`, and about a scenario or a table that
 *   cannot be made.
 */
export function analyzeProduct(
  input: ProductInput,
  context: CalculationContext,
  request: AnalysisRequest,
  place = '',
): AnalysisResult {
  const flows = below(place, () => checkedFlows({ input, context }))
  const other = alternativeOf(flows, context, request)
  refuseTooMuch(flows, other, request)
  const drawn: DrawSetting = { generator: 'philox4x32-10', seed: request.seed, draws: request.draws }
  return {
    ...{ declaredUnit: referenceFlowOf(input).quantity, total: flows.result.total },
    ...partsOf(flows, request, drawn),
    scenarios: scenarioOutcomes(flows, context, request.scenarios),
    parameterTables: parameterTables(flows, context, request.parameterTables),
    comparison: other === null ? null : compareSystems(flows, other, drawn),
  }
}

function partsOf(flows: Flows, request: AnalysisRequest, drawn: DrawSetting) {
  const { cutOff, most, carried } = request
  const part = <Part>(name: AnalysisPart, made: () => Part): Part | null =>
    request.parts.includes(name) ? made() : null
  return {
    contributions: part('contributions', () => contributionsOf(flows, most)),
    tree: part('tree', () => treeOf(flows, request)),
    sankey: part('sankey', () => sankeyOf(flows, cutOff, most)),
    sensitivities: part('sensitivities', () => sensitivitiesOf(flows, most)),
    ranking: part('ranking', () => rankingOf(flows, carried, most)),
    uncertainty: part('uncertainty', () => {
      return { drawn, ...drawnTotals(flows, drawTotals(flows, drawn.draws, drawn.seed)) }
    }),
  }
}

/** A system solved, with what it states of its uncertainty read. */
function checkedFlows({ input, context }: Variant): Flows {
  return flowsOf(solveProduct(input, context))
}

/** The other system of a comparison, solved. */
function alternativeOf(flows: Flows, context: CalculationContext, request: AnalysisRequest): Flows | null {
  const { comparison, scenarios } = request
  if (comparison === undefined) return null
  if ('system' in comparison) {
    const { system, context: own } = comparison
    requireComparable(flows.solved.input, system, { pointer: '/comparison/system' })
    return below('/comparison/system', () => checkedFlows({ input: system, context: own }))
  }
  const index = scenarios.findIndex(({ name }) => name === comparison.scenario)
  const scenario = scenarios[index]
  if (scenario === undefined) {
    const detail = `No scenario is called "${comparison.scenario.slice(0, 128)}"; add it to scenarios, or compare with another system.`
    throw new Problem('invalid-request', detail, { pointer: '/comparison/scenario' })
  }
  const pointer = `/scenarios/${index}`
  const variant = withScenario(flows, context, scenario, pointer)
  return below(pointer, () => checkedFlows(variant))
}

/** @throws Problem `analysis-too-large`. */
function refuseTooMuch(flows: Flows, other: Flows | null, request: AnalysisRequest): void {
  const { draws, parts, scenarios, parameterTables: tables } = request
  const drawing =
    (parts.includes('uncertainty') ? workOf(flows, draws) : 0) +
    (other ? workOf(flows, draws) + workOf(other, draws) : 0)
  const anew = scenarios.length + tables.reduce((sum, { values }) => sum + values.length, 0)
  const work = drawing + anew * (stepsOfLine * flows.lines.length + flows.links.length)
  if (work <= analysisWorkMax) return
  const detail = `The analysis would take ${work} steps, and at most ${analysisWorkMax} are taken at once: ask for fewer draws, scenarios or values, or leave out uncertainties that move nothing.`
  throw new Problem('analysis-too-large', detail, { work, workMax: analysisWorkMax })
}
