/** Analyzes a product system as it is sent, and keeps nothing: where its result comes from, and how sure it is. */

import { analyzeProduct, presentAnalysis } from '#engine'
import type { AnalysisRequest, AnalysisResult } from '../engine/analysis/types.ts'
import { below, moved } from '../engine/refusals.ts'
import type { BillOfMaterials, CalculationContext, Decimal, ProductInput } from '../engine/types.ts'
import type { Reader } from '../ports/registry.ts'
import type { EngineRelease, Ports } from '../ports.ts'
import { canonicalInput } from '../record/canonical-input.ts'
import { contextOf } from './calculate.ts'
import { readSent } from './sent-system.ts'

type SentSystem = ProductInput | BillOfMaterials

/** What is asked for; the other system of a comparison as it was sent. */
export interface AnalysisAsked extends Omit<AnalysisRequest, 'comparison'> {
  readonly comparison?: { readonly scenario: string } | { readonly system: SentSystem } | undefined
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
  given: SentSystem,
  { comparison, ...asked }: AnalysisAsked,
): Promise<AnalysisAnswer> {
  const system = readSent(given, '/system')
  const scenario = comparison && 'scenario' in comparison ? comparison : undefined
  const other =
    comparison && 'system' in comparison ? readSent(comparison.system, '/comparison/system') : undefined
  const analyze = async () => {
    const [{ system: input, context }, compared] = await Promise.all([
      readAt('/system', ports, reader, system.input),
      other && readAt('/comparison/system', ports, reader, other.input),
    ])
    return analyzeProduct(input, context, { ...asked, comparison: compared ?? scenario }, '/system')
  }
  const result = await system.inSent(() => (other ? other.inSent(analyze) : analyze()))
  return { engine: ports.settings.engine, analysis: presentAnalysis(result) }
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
