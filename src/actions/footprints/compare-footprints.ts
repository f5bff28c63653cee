/**
 * Compares two states of footprints: frozen revisions that the caller may see, or its own footprint as it stands. Nothing is kept,
 * and nothing that is certified changes.
 */

import { presentResult } from '#engine'
import type { PresentedResult } from '../../engine/present.ts'
import type { CalculationContext, CalculationInput, Decimal, Period } from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { resultOf } from '../../record/calculation-record.ts'
import { canonicalInput } from '../../record/canonical-input.ts'
import { compareResults } from '../../years/compare-results.ts'
import { presentComparison } from '../../years/present-comparison.ts'
import type { Comparison } from '../../years/types.ts'
import { calculateWith, contextOf } from '../calculate.ts'
import { calculationOf, invisibleFootprint } from './definition.ts'
import { inputAt, recordAt } from './read-frozen.ts'
import { readRevision } from './read-revision.ts'

/** Lines an answer tells one by one; the sums are of all. */
export const comparedLinesMax = 200

/** A footprint at a revision, or as it stands where there is no number. */
export interface FootprintState {
  readonly footprintId: string
  readonly revision: number | null
}

/** What was compared, named. */
export interface ComparedState extends FootprintState {
  readonly title: string
  readonly period: Period
  /** Digest of the calculation record; null for a footprint as it stands. */
  readonly record: string | null
}

export interface FootprintComparison extends Comparison<Decimal> {
  readonly states: { readonly before: ComparedState; readonly after: ComparedState }
  /** How many lines were compared; the answer holds those that changed most. */
  readonly lineCount: number
}

/**
 * @throws Problem `not-found`, the same for none and for another's; `not-comparable`; `footprint-incomplete` and whatever the engine
 *   refuses of a footprint as it stands; `unavailable`, `stored-object-corrupt`.
 */
export async function compareFootprints(
  ports: Ports,
  request: { actor: Actor; before: FootprintState; after: FootprintState },
): Promise<FootprintComparison> {
  const before = await readState(ports, request.actor, request.before)
  const after = await readState(ports, request.actor, request.after)
  const compared = presentComparison(compareResults(before.result, after.result))
  return {
    states: { before: before.state, after: after.state },
    ...compared,
    lines: compared.lines.slice(0, comparedLinesMax),
    lineCount: compared.lines.length,
  }
}

/** A footprint at a revision or as it stands, for whoever may see it. */
export interface StateRead {
  readonly state: ComparedState
  readonly definition: FootprintDefinition
  readonly result: PresentedResult
  readonly readInput: () => Promise<CalculationInput>
  /** What it stands on, as its reader may see it. */
  readonly readContext: () => Promise<CalculationContext>
}

/** @throws Problem as {@link compareFootprints} for one footprint. */
export function readState(ports: Ports, actor: Actor, wanted: FootprintState): Promise<StateRead> {
  const { footprintId, revision } = wanted
  return revision === null
    ? readStanding(ports, actor, footprintId)
    : readFrozen(ports, actor, footprintId, revision)
}

async function readStanding(ports: Ports, actor: Actor, footprintId: string): Promise<StateRead> {
  const found = await ports.footprints.findWithPins(actor, footprintId)
  if (!found) throw invisibleFootprint()
  const { footprint, standings } = found
  const { definition } = footprint
  const input = await calculationOf(ports, footprint)
  const { context, result } = await calculateWith(ports, actor, input, standings)
  const { title, calculation } = definition
  const state = { footprintId, revision: null, title, period: calculation.period, record: null }
  return {
    ...{ state, definition, result: presentResult(result).result },
    readInput: async () => input,
    readContext: async () => context,
  }
}

async function readFrozen(
  ports: Ports,
  actor: Actor,
  footprintId: string,
  number: number,
): Promise<StateRead> {
  const revision = await readRevision(ports, { actor, footprintId, number })
  const digest = revision.recordDigest as Digest
  const { title, calculation } = revision.definition
  const state = { footprintId, revision: number, title, period: calculation.period, record: digest }
  const readInput = () => inputAt(ports, revision.digest as Digest)
  return {
    ...{ state, definition: revision.definition, readInput },
    result: resultOf(await recordAt(ports, digest)),
    readContext: async () => contextOf(ports, actor, canonicalInput(await readInput())),
  }
}
