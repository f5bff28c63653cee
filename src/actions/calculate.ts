/** Calculates a footprint from what it is given, and keeps nothing: how a newcomer tries Egret, and how cases are tested. */

import { calculate, type PresentedResult, type PrintedResult, presentResult } from '../engine/index.ts'
import type { CalculationContext, CalculationInput, CalculationResult } from '../engine/types.ts'
import type { EngineRelease, Ports } from '../ports.ts'
import { canonicalInput } from '../record/canonical-input.ts'

/** A calculation with what it stood on. */
export interface Calculated {
  /** The input in its one form, as a record would freeze it. */
  readonly input: CalculationInput
  readonly context: CalculationContext
  readonly result: CalculationResult
}

/** A result ready for the wire. */
export interface CalculationAnswer {
  readonly engine: EngineRelease
  readonly result: PresentedResult
  readonly printed: PrintedResult
}

/** @throws Problem whatever the engine refuses; `unknown-factor-table`, `unknown-gwp-set`, `stored-object-corrupt`. */
export async function calculateStateless(
  ports: Pick<Ports, 'registry' | 'settings'>,
  input: CalculationInput,
): Promise<CalculationAnswer> {
  const { result } = await calculateWith(ports, input)
  return { engine: ports.settings.engine, ...presentResult(result) }
}

/** The same calculation for everyone: the input's one form, on the published versions it pins. */
export async function calculateWith(
  { registry }: Pick<Ports, 'registry'>,
  given: CalculationInput,
): Promise<Calculated> {
  const input = canonicalInput(given)
  const [tables, gwpSet] = await Promise.all([
    registry.loadTables(input.factorTables),
    registry.loadGwpSet(input.gwpSet.id, input.gwpSet.version),
  ])
  const context = { tables, gwpSet }
  return { input, context, result: calculate(input, context) }
}
