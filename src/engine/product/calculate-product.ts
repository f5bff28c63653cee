/**
 * A product's footprint: processes that feed each other, A · s = f (ISO 14067; Heijungs & Suh, "The Computational Structure
 * of Life Cycle Assessment", 2002, §2). Loops are solved, not cut. The flat factors of lines are the background.
 */

import { atLine } from '../refusals.ts'
import { siteResults } from '../site/result.ts'
import { lineResult, summarize } from '../totals.ts'
import type { CalculationContext, CalculationResult, LineResult, Process, ProductInput } from '../types.ts'
import { carbonOf } from './carbon.ts'
import { findingsOf } from './findings.ts'
import { methodResult } from './method-result.ts'
import { qualityOf } from './quality.ts'
import { type SolvedProduct, solveProduct } from './solve-product.ts'
import { productUncertaintyOf } from './uncertainty.ts'
import { referenceFlowOf } from './unit.ts'

/**
 * kg CO2e per declared unit.
 * @throws Problem the first refusal, with the others in `others`.
 */
export function calculateProduct(input: ProductInput, context: CalculationContext): CalculationResult {
  return resultOf(solveProduct(input, context))
}

/** The result of a solved system. */
export function resultOf(solved: SolvedProduct): CalculationResult {
  const { input, frame, placed, network, runs, allocations } = solved
  const lines = placedResults(solved)
  const result = summarize(frame, placed, lines)
  const scaling = network.nodes.map(({ key, process, product }, node) => ({
    process,
    product: key === process ? null : product,
    runs: runs[node] as number,
  }))
  const complete = { ...result, declaredUnit: referenceFlowOf(input).quantity, scaling }
  const sites = siteResults(frame.sites, input.processes)
  const uncertainty = productUncertaintyOf(solved, lines, result.total)
  const product = {
    ...methodResult(solved, lines, result.total),
    ...{ allocations, means: solved.means.map(({ result }) => result) },
    ...{ ...carbonOf(solved, lines), ...qualityOf(solved, lines) },
    ...{ uncertainty, sites },
  }
  return { ...complete, product: { ...product, findings: findingsOf(complete, product, solved) } }
}

/** What each line comes to per declared unit. */
export function placedResults({ placed, processes, scaling }: SolvedProduct): readonly LineResult[] {
  return placed.map((weighed, place) => {
    const { stage } = processes.get(weighed.line.process as string) as Process
    return atLine(weighed.index, weighed.line, () =>
      lineResult(weighed, { runs: scaling[place] as number, stage }),
    )
  })
}
