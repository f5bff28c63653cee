/** An organization's greenhouse gas inventory: a list of activities, each weighed once (ISO 14064-1, GHG Protocol). */

import { frameOf, weighLines } from './frame.ts'
import { lineResult, once, summarize } from './totals.ts'
import type { CalculationContext, CalculationResult, InventoryInput } from './types.ts'

/**
 * kg CO2e of an organization over its reporting period.
 * @throws Problem the first refusal, with the others in `others`.
 */
export function calculateInventory(input: InventoryInput, context: CalculationContext): CalculationResult {
  const frame = frameOf(input, context)
  const weighed = weighLines(frame).map((placed) => placed.weighed)
  return summarize(
    frame,
    weighed,
    weighed.map((line) => lineResult(line, once)),
  )
}
