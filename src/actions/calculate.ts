/** Calculates a footprint from what it is given, and keeps nothing: how a newcomer tries Egret, and how cases are tested. */

import {
  calculate,
  type PlausibilityNote,
  type PresentedResult,
  type PrintedResult,
  plausibilityNotes,
  presentResult,
} from '#engine'
import type {
  BillOfMaterials,
  CalculationContext,
  CalculationInput,
  CalculationResult,
  ProductInput,
} from '../engine/types.ts'
import type { FactorTableVersion, Reader } from '../ports/registry.ts'
import type { EngineRelease, Ports } from '../ports.ts'
import { isProblem, type ProblemFacts } from '../problem.ts'
import { canonicalInput } from '../record/canonical-input.ts'
import { type OutdatedTable, outdatedPins, pinnedStandings } from './registry/pinned-versions.ts'
import { readSent } from './sent-system.ts'

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
  /** What looks odd about the activity data; never a proposal, and no part of the result. */
  readonly notes: readonly PlausibilityNote[]
  /** Pinned versions that are superseded or withdrawn, so that nobody is surprised by them later. */
  readonly outdatedTables: readonly OutdatedTable[]
}

/**
 * A calculation as it was sent: a bill of materials by the product system that it is short for, its refusals back in the bill.
 * @throws Problem as {@link calculateStateless} does.
 */
export async function calculateSent(
  ports: Pick<Ports, 'registry' | 'settings'>,
  reader: Reader,
  given: CalculationInput | BillOfMaterials,
): Promise<CalculationAnswer> {
  if (given.kind === 'organization') return calculateStateless(ports, reader, given)
  const { input, inSent } = readSent(given)
  return inSent(() => calculateStateless(ports, reader, input))
}

/** The product system that was sent, or that a bill of materials is short for, in its one form. @throws Problem with its place in what was sent. */
export async function canonicalSystem(given: ProductInput | BillOfMaterials): Promise<CalculationInput> {
  const { input, inSent } = readSent(given)
  return inSent(() => canonicalInput(input))
}

/** @throws Problem whatever the engine refuses; `unknown-factor-table`, `unknown-gwp-set`, `stored-object-corrupt`. */
export async function calculateStateless(
  ports: Pick<Ports, 'registry' | 'settings'>,
  reader: Reader,
  input: CalculationInput,
): Promise<CalculationAnswer> {
  const standing = await pinnedStandings(ports, reader, input.factorTables)
  const standings = [...standing.ofPublic, ...standing.ofPrivate]
  const calculated = await calculateWith(ports, reader, input, standings)
  const { result } = calculated
  const notes = plausibilityNotes(calculated.input, result)
  const outdated = await outdatedPins(ports, reader, standing)
  return { engine: ports.settings.engine, ...presentResult(result), notes, outdatedTables: outdated }
}

/**
 * The same calculation for everyone: the input's one form, on the published versions it pins and the reader may see.
 *
 * @param standings what the registry said of the pins to this reader a moment ago, where it was asked.
 */
export async function calculateWith(
  { registry }: Pick<Ports, 'registry'>,
  reader: Reader,
  given: CalculationInput,
  standings?: readonly FactorTableVersion[],
): Promise<Calculated> {
  const input = canonicalInput(given)
  const context = await contextOf({ registry }, reader, input, standings)
  return { input, context, result: calculate(input, context) }
}

/** The frozen things that an input pins. @throws Problem `unknown-factor-table`, `unknown-gwp-set`, `stored-object-corrupt`. */
export async function contextOf(
  { registry }: Pick<Ports, 'registry'>,
  reader: Reader,
  input: CalculationInput,
  standings?: readonly FactorTableVersion[],
): Promise<CalculationContext> {
  const [tables, gwpSet] = await Promise.all([
    pointing(registry.loadTables(reader, input.factorTables, standings), (facts) => {
      const at = input.factorTables.findIndex(
        (pin) => pin.table === facts.table && pin.version === facts.version,
      )
      return at < 0 ? '/factorTables' : `/factorTables/${at}`
    }),
    pointing(registry.loadGwpSet(input.gwpSet.id, input.gwpSet.version), () => '/gwpSet'),
  ])
  return { tables, gwpSet }
}

/** What the registry refuses is a pin of the input: the refusal points to it. */
async function pointing<Value>(
  found: Promise<Value>,
  place: (facts: ProblemFacts) => string,
): Promise<Value> {
  try {
    return await found
  } catch (thrown) {
    throw isProblem(thrown) && thrown.status < 500 ? thrown.with({ pointer: place(thrown.facts) }) : thrown
  }
}
