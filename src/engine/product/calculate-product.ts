/**
 * A product's footprint: processes that feed each other, A · s = f (ISO 14067; Heijungs & Suh, "The Computational Structure
 * of Life Cycle Assessment", 2002, §2). Loops are solved, not cut. The flat factors of lines are the background.
 */

import { checkTogether, frameOf, weighLines } from '../frame.ts'
import { atLine, Refusals } from '../refusals.ts'
import { lineResult, summarize } from '../totals.ts'
import type { CalculationContext, CalculationResult, LineResult, Process, ProductInput } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import { findingsOf } from './findings.ts'
import { checkConnected, checkProcesses } from './processes.ts'
import { runsOf } from './runs.ts'

/**
 * kg CO2e per declared unit.
 * @throws Problem the first refusal, with the others in `others`.
 */
export function calculateProduct(input: ProductInput, context: CalculationContext): CalculationResult {
  const processes = checkProcesses(input)
  const frame = frameOf(input, context, processes)
  const placed = weighLines(frame)
  const refusals = new Refusals()
  checkTogether(placed, () => [frame.reporting], refusals)
  refusals.throwIfAny()
  checkConnected(input, placed)
  const runs = runsOf(input, placed)
  const lines = placed.map((line) => placedResult(line, runs, processes))
  const result = summarize(frame, placed, lines)
  const scaling = [...runs].map(([process, times]) => ({ process, runs: times }))
  const product = { findings: findingsOf(result) }
  return { ...result, declaredUnit: input.declaredUnit, scaling, product }
}

function placedResult(
  weighed: WeighedLine,
  runs: ReadonlyMap<string, number>,
  processes: ReadonlyMap<string, Process>,
): LineResult {
  const name = weighed.line.process as string
  const { stage } = processes.get(name) as Process
  return atLine(weighed.index, weighed.line, () =>
    lineResult(weighed, { runs: runs.get(name) as number, stage }),
  )
}
