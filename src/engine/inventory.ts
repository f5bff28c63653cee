/** An organization's greenhouse gas inventory: a list of activities, each weighed once (ISO 14064-1, GHG Protocol). */

import { checkTogether, frameOf, weighLines } from './frame.ts'
import { boundaryOf, reportedDays } from './inventory/boundary.ts'
import { consolidate } from './inventory/consolidate.ts'
import { dataQualityOf } from './inventory/data-quality.ts'
import { checkFuelDefaults } from './inventory/fuel-defaults.ts'
import { intensitiesOf } from './inventory/intensity.ts'
import { scope2Of } from './inventory/scope-2.ts'
import { uncertaintyOf } from './inventory/uncertainty.ts'
import { atLine, Refusals } from './refusals.ts'
import { lineResult, summarize } from './totals.ts'
import type {
  CalculationContext,
  CalculationResult,
  InventoryInput,
  LineByMarket,
  LineResult,
} from './types.ts'

/**
 * kg CO2e of an organization over its reporting period.
 * @throws Problem the first refusal, with the others in `others`.
 */
export function calculateInventory(input: InventoryInput, context: CalculationContext): CalculationResult {
  const frame = frameOf(input, context)
  const boundary = input.consolidation && boundaryOf(input.consolidation, frame.reporting)
  const weighed = weighLines(frame)
  const refusals = new Refusals()
  const { held, result: consolidation } = consolidate(boundary, weighed, frame.reporting, refusals)
  checkFuelDefaults(input.sectorGuideline, weighed, frame.library, refusals)
  const reported = reportedDays(boundary, frame.reporting)
  checkTogether(weighed, ({ facility }) => reported(facility), refusals)
  refusals.throwIfAny()
  const lines = weighed.map((line, at) =>
    atLine(line.index, line.line, () =>
      lineResult(line, { runs: held[at]?.share ?? 1, stage: null, entity: held[at]?.entity }),
    ),
  )
  const scope2 = scope2Of(input, frame, weighed, lines)
  const result = summarize(frame, weighed, lines, scope2?.market)
  return {
    ...result,
    lines: lines.map((line) => byMarket(line, scope2?.lines.get(line.id))),
    inventory: {
      scope2: scope2?.result ?? null,
      consolidation,
      dataQuality: dataQualityOf(lines),
      uncertainty: uncertaintyOf(lines),
      intensities: intensitiesOf(result.total, input.intensityBases ?? []),
      sectorGuideline: input.sectorGuideline ?? null,
    },
  }
}

function byMarket(line: LineResult, marketBased: LineByMarket | undefined): LineResult {
  return marketBased === undefined ? line : { ...line, marketBased }
}
