/** Calculates a draft as it stands, as often as its owner likes, and says what its scheme would make of the result. */

import { plausibilityNotes, presentResult } from '#engine'
import { type Violation, violationsOf } from '../../certification/check-against-scheme.ts'
import { type Scheme, subjectRule } from '../../certification/scheme.ts'
import type { CalculationContext, CalculationInput, CalculationResult } from '../../engine/types.ts'
import type { Footprint } from '../../ports/footprints.ts'
import type { FactorTableVersion } from '../../ports/registry.ts'
import type { Actor, Ports } from '../../ports.ts'
import { type CalculationAnswer, calculateWith } from '../calculate.ts'
import { certificatesTaken, type TakenRange } from '../green-certificates/certificates-taken.ts'
import { outdatedTables } from '../registry/pinned-versions.ts'
import { calculationOf, claimOf, invisibleFootprint, schemeOf } from './definition.ts'

/** A draft's result; a scheme that would not take it, or certificates that are missing, are an answer, not a refusal. */
export interface DraftCalculation extends CalculationAnswer {
  readonly scheme: {
    readonly id: string
    readonly version: string
    readonly conforms: boolean
    readonly violations: readonly Violation[]
  }
  /** How each range of green certificates stands in the ledger. */
  readonly certificates: readonly TakenRange[]
}

/** A draft with all that its result stands on. */
export interface CalculatedDraft {
  readonly footprint: Footprint
  readonly input: CalculationInput
  readonly scheme: Scheme
  readonly standings: readonly FactorTableVersion[]
  readonly context: CalculationContext
  readonly result: CalculationResult
}

interface Wanted {
  readonly actor: Actor
  readonly footprintId: string
}

/** @throws Problem `not-found`, `footprint-incomplete`, whatever the engine refuses. */
export async function calculateFootprint(ports: Ports, request: Wanted): Promise<DraftCalculation> {
  const { footprint, input, scheme, standings, result } = await calculateDraft(ports, request)
  const { definition } = footprint
  const [certificates, outdated] = await Promise.all([
    certificatesTaken(ports, request.actor, footprint),
    outdatedTables(ports, request.actor, standings),
  ])
  const violations = violationsOf(scheme, claimOf(definition), result)
  const decimals = subjectRule(scheme, footprint.kind)?.print.decimals
  return {
    engine: ports.settings.engine,
    ...presentResult(result, decimals),
    notes: plausibilityNotes(input, result),
    scheme: { ...definition.scheme, conforms: violations.length === 0, violations },
    certificates,
    outdatedTables: outdated,
  }
}

/**
 * The draft calculated, for whoever needs more than its answer.
 *
 * @param check looks at the footprint before anything is read or calculated for it.
 * @throws Problem `not-found`, `footprint-incomplete`, whatever the engine or `check` refuses.
 */
export async function calculateDraft(
  ports: Ports,
  { actor, footprintId }: Wanted,
  check: (footprint: Footprint) => void = () => {},
): Promise<CalculatedDraft> {
  const found = await ports.footprints.findWithPins(actor, footprintId)
  if (!found) throw invisibleFootprint()
  const { footprint, standings } = found
  check(footprint)
  const { definition } = footprint
  const [input, { scheme }] = await Promise.all([
    calculationOf(ports, footprint),
    schemeOf(ports, definition.scheme),
  ])
  const { context, result } = await calculateWith(ports, actor, input, standings)
  return { footprint, input, scheme, standings, context, result }
}
