/** Analyzes a product system as it is sent, and keeps nothing: where its result comes from, and how sure it is. */

import { analyzeProduct, presentAnalysis } from '#engine'
import type { AnalysisRequest, AnalysisResult } from '../engine/analysis/types.ts'
import { below, moved } from '../engine/refusals.ts'
import type { CalculationContext, Decimal, ProductInput } from '../engine/types.ts'
import type { Reader } from '../ports/registry.ts'
import type { EngineRelease, Ports } from '../ports.ts'
import { canonicalInput } from '../record/canonical-input.ts'
import { contextOf } from './calculate.ts'

/** What is asked for; the other system of a comparison as it was sent. */
export interface AnalysisAsked extends Omit<AnalysisRequest, 'comparison'> {
  readonly comparison?: { readonly scenario: string } | { readonly system: ProductInput } | undefined
}

/** An analysis ready for the wire. */
export interface AnalysisAnswer {
  readonly engine: EngineRelease
  readonly analysis: AnalysisResult<Decimal>
}

/** @throws Problem whatever the engine refuses, pointing below `/system`; `unknown-factor-table`, `unknown-gwp-set`. */
export async function analyzeStateless(
  ports: Pick<Ports, 'registry' | 'settings'>,
  reader: Reader,
  given: ProductInput,
  asked: AnalysisAsked,
): Promise<AnalysisAnswer> {
  const [{ system: input, context }, comparison] = await Promise.all([
    readAt('/system', ports, reader, given),
    comparisonOf(ports, reader, asked),
  ])
  const result = analyzeProduct(input, context, { ...asked, comparison }, '/system')
  return { engine: ports.settings.engine, analysis: presentAnalysis(result) }
}

/** The other system with the tables that it pins itself. */
async function comparisonOf(
  ports: Pick<Ports, 'registry'>,
  reader: Reader,
  { comparison }: AnalysisAsked,
): Promise<AnalysisRequest['comparison']> {
  if (comparison === undefined || 'scenario' in comparison) return comparison
  return readAt('/comparison/system', ports, reader, comparison.system)
}

/** A system in its one form, with what it stands on; refusals point below its place. */
async function readAt(
  place: string,
  ports: Pick<Ports, 'registry'>,
  reader: Reader,
  given: ProductInput,
): Promise<{ readonly system: ProductInput; readonly context: CalculationContext }> {
  const system = below(place, () => canonicalInput(given)) as ProductInput
  const context = await contextOf(ports, reader, system).catch((thrown: unknown) => {
    throw moved(thrown, (pointer = '') => `${place}${pointer}`)
  })
  return { system, context }
}
