/** Calculates a draft as it stands, as often as its owner likes, and says what its scheme would make of the result. */

import { presentResult } from '#engine'
import { type Violation, violationsOf } from '../../certification/check-against-scheme.ts'
import { subjectRule } from '../../certification/scheme.ts'
import type { Actor, Ports } from '../../ports.ts'
import { type CalculationAnswer, calculateWith } from '../calculate.ts'
import { certificatesTaken, type TakenRange } from '../green-certificates/certificates-taken.ts'
import { outdatedTables } from '../registry/pinned-versions.ts'
import { claimOf, inputOf, invisibleFootprint, linesOf, schemeOf } from './definition.ts'

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

/** @throws Problem `not-found`, `footprint-incomplete`, whatever the engine refuses. */
export async function calculateFootprint(
  ports: Ports,
  request: { actor: Actor; footprintId: string },
): Promise<DraftCalculation> {
  const { actor } = request
  const found = await ports.footprints.findWithPins(actor, request.footprintId)
  if (!found) throw invisibleFootprint()
  const { footprint, standings } = found
  const { definition } = footprint
  const [lines, { scheme }, certificates] = await Promise.all([
    linesOf(ports, footprint),
    schemeOf(ports, definition.scheme),
    certificatesTaken(ports, actor, footprint),
  ])
  const { result } = await calculateWith(ports, actor, inputOf(definition, lines), standings)
  const violations = violationsOf(scheme, claimOf(definition), result)
  const decimals = subjectRule(scheme, footprint.kind)?.print.decimals
  return {
    engine: ports.settings.engine,
    ...presentResult(result, decimals),
    scheme: { ...definition.scheme, conforms: violations.length === 0, violations },
    certificates,
    outdatedTables: await outdatedTables(ports, actor, standings),
  }
}
