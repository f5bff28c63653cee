/**
 * Analyzes a product's footprint: as it stands for its owner, or a frozen revision for its owner and a body it was put before. A
 * revision is analyzed only where this engine comes to the very figure that was frozen.
 */

import { analyzeProduct, presentAnalysis } from '#engine'
import type { AnalysisRequest } from '../../engine/analysis/types.ts'
import type { CalculationContext, ProductInput } from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { canonicalInput } from '../../record/canonical-input.ts'
import type { AnalysisAnswer } from '../analyze-product.ts'
import { contextOf } from '../calculate.ts'
import { calculationOf, invisibleFootprint } from './definition.ts'
import { inputAt } from './read-frozen.ts'
import { readRevision } from './read-revision.ts'

interface Wanted {
  readonly actor: Actor
  readonly footprintId: string
  /** As it stands where null. */
  readonly revision: number | null
}

/**
 * @throws Problem `not-found`, the same for none, another's and an organization's inventory; `footprint-incomplete`;
 *   `recomputation-differs`; whatever the engine refuses.
 */
export async function analyzeFootprint(
  ports: Ports,
  wanted: Wanted,
  request: AnalysisRequest,
): Promise<AnalysisAnswer> {
  const { input, context, recordedTotal } = await (wanted.revision === null
    ? standing(ports, wanted)
    : frozen(ports, wanted, wanted.revision))
  const analysis = presentAnalysis(analyzeProduct(input, context, request))
  if (recordedTotal !== null && analysis.total !== recordedTotal) throw differs(recordedTotal, analysis.total)
  return { engine: ports.settings.engine, analysis }
}

interface Analyzed {
  readonly input: ProductInput
  readonly context: CalculationContext
  readonly recordedTotal: string | null
}

async function standing(ports: Ports, { actor, footprintId }: Wanted): Promise<Analyzed> {
  const found = await ports.footprints.findWithPins(actor, footprintId)
  if (!found) throw invisibleFootprint()
  const { footprint, standings } = found
  requireProduct(footprint.definition)
  const input = canonicalInput(await calculationOf(ports, footprint)) as ProductInput
  return { input, context: await contextOf(ports, actor, input, standings), recordedTotal: null }
}

async function frozen(ports: Ports, { actor, footprintId }: Wanted, number: number): Promise<Analyzed> {
  const revision = await readRevision(ports, { actor, footprintId, number })
  requireProduct(revision.definition)
  const input = canonicalInput(await inputAt(ports, revision.digest as Digest)) as ProductInput
  const context = await contextOf(ports, actor, input)
  return { input, context, recordedTotal: revision.result.totalKgCo2e }
}

/** @throws Problem `not-found`: an inventory is a list, and its lines say where it comes from. */
function requireProduct({ calculation }: FootprintDefinition): void {
  if (calculation.kind === 'product') return
  const detail =
    'An analysis is made of a product’s footprint; what an organization’s inventory comes from stands in its report (GET …/report).'
  throw new Problem('not-found', detail, { kind: calculation.kind })
}

function differs(recorded: string, computed: string): Problem {
  const detail = `The revision states ${recorded} kg CO2e and this engine comes to ${computed}: it was calculated by an earlier engine, which is the one to ask.`
  return new Problem('recomputation-differs', detail, { recorded, computed })
}
