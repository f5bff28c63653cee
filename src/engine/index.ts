/**
 * The engine's front door. A footprint is a pure function of a calculation's input and the frozen things it pins: same
 * input, same context, same bits, on every machine. What the numbers mean: docs/calculation.md.
 */

import { calculateInventory } from './inventory.ts'
import { calculateProduct } from './product/calculate-product.ts'
import type { CalculationContext, CalculationInput, CalculationResult } from './types.ts'

export { analysisWorkMax, analyzeProduct } from './analysis/analyze-product.ts'
export { presentAnalysis } from './analysis/present-analysis.ts'
export { daysOf } from './calendar.ts'
export { organizationCategories, productCategories } from './categories.ts'
export { formatDecimal, parseDecimal, printRounded } from './decimal.ts'
export { ExactSum, exactSum } from './exact-sum.ts'
export { characterize, totalIncludes } from './gwp.ts'
export { checkConsolidation } from './inventory/check-tree.ts'
export {
  type PlausibilityCode,
  type PlausibilityNote,
  plausibilityCodes,
  plausibilityNotes,
} from './plausibility.ts'
export { type PresentedResult, type PrintedAmount, type PrintedResult, presentResult } from './present.ts'
export { expandBillOfMaterials, inBill } from './product/bill-of-materials.ts'
export { mostProcesses } from './product/processes.ts'
export type * from './types.ts'
export { families, flowKinds, lifeCycleStages } from './types.ts'
export { convert, dimensionOf, unitAliases, unitCode, unitCodes } from './units.ts'

/**
 * Calculates a footprint, completely or not at all.
 *
 * @returns kg CO2e, unrounded: for the reporting period (organization) or per declared unit (product).
 * @throws Problem the first thing wrong, with `pointer`, for a line its `lineId`, and up to 50 more under `others`.
 */
export function calculate(input: CalculationInput, context: CalculationContext): CalculationResult {
  return input.kind === 'organization' ? calculateInventory(input, context) : calculateProduct(input, context)
}
