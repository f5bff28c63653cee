/** By how much one total would move with another version of a table: the same calculation, twice, by the same engine. */

import { formatDecimal } from '../../engine/index.ts'
import type {
  CalculationInput,
  CalculationResult,
  Decimal,
  LineResult,
  TablePin,
} from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import type { Dependent, ImpactItem } from '../../ports/impact.ts'
import type { ImpactSpec, KeptProblem } from '../../ports/jobs.ts'
import type { Actor, Ports } from '../../ports.ts'
import { isProblem, Problem } from '../../problem.ts'
import { readRecordManifest } from '../../record/calculation-record.ts'
import { chunkKey, recordKey, revisionKey } from '../../record/manifest.ts'
import { inputOf as frozenInput, openRevision, readRevisionManifest } from '../../record/revision.ts'
import { adoptVersion } from '../../tables/adopt-version.ts'
import { calculateWith } from '../calculate.ts'
import { calculationOf, invisibleFootprint } from '../footprints/definition.ts'
import { storedObject } from '../stored-object.ts'

type World = Pick<Ports, 'footprints' | 'objects' | 'registry'>

/** What is calculated, and the total that was stated of it; null for a draft, of which none was. */
interface Basis {
  readonly input: CalculationInput
  readonly stated: Decimal | null
}

/**
 * What stands against the newer version alone is in the item.
 *
 * @throws Problem `not-found`; `stale-state` for a draft that was changed meanwhile; `recomputation-differs`; `unavailable`,
 * `stored-object-corrupt`; whatever stands against calculating it as it is.
 */
export async function impactOn(
  ports: World,
  actor: Actor,
  spec: ImpactSpec,
  dependent: Dependent,
): Promise<ImpactItem> {
  const basis = await (dependent.revision === null
    ? draftBasis(ports, actor, spec, dependent)
    : revisionBasis(ports, actor, dependent.footprintId, dependent.revision))
  const before = (await calculateWith(ports, actor, basis.input)).result
  requireStated(basis, before)
  const { result: after, problem } = await withNewer(ports, actor, spec, basis.input)
  return {
    ...dependent,
    declaredUnit: before.declaredUnit,
    before: formatDecimal(before.total),
    ...changeOf(before.total, after?.total ?? null),
    lines: affected(before, after, spec),
    problem,
  }
}

/** An item that cannot be computed, and why. */
export function refusedItem(dependent: Dependent, problem: Problem): ImpactItem {
  const none = { before: null, after: null, change: null, relativeChange: null, lines: null }
  return { ...dependent, declaredUnit: null, ...none, problem: kept(problem) }
}

/** Refusals list up to fifty others; the first says enough here. */
function kept({ code, facts }: Problem): KeptProblem {
  const { others: _, ...rest } = facts
  return { code, facts: rest }
}

async function draftBasis(ports: World, actor: Actor, spec: ImpactSpec, { id }: Dependent): Promise<Basis> {
  const footprint = await ports.footprints.find(actor, id)
  if (footprint === null) throw invisibleFootprint()
  const { factorTables } = footprint.definition.calculation
  if (footprint.state !== 'draft' || !factorTables.some((pin) => isPin(pin, spec, spec.older))) {
    const detail = 'The draft was submitted, or pins another version, since the run began; begin a new run.'
    throw new Problem('stale-state', detail, { state: footprint.state, version: footprint.version })
  }
  return { input: await calculationOf(ports, footprint), stated: null }
}

/** A frozen revision with the total of its calculation record, all digests verified. */
async function revisionBasis(
  ports: World,
  actor: Actor,
  footprintId: string,
  number: number,
): Promise<Basis> {
  const revision = await ports.footprints.findRevision(actor, footprintId, number)
  if (revision === null) throw new Problem('not-found', 'No such revision is visible to you.')
  const digest = revision.digest as Digest
  const recordDigest = revision.recordDigest as Digest
  const [bytes, recordBytes] = await Promise.all([
    storedObject(ports, revisionKey(digest)),
    storedObject(ports, recordKey(recordDigest)),
  ])
  const chunks = new Map<Digest, Uint8Array>()
  for (const chunk of readRevisionManifest(bytes, digest).lines.chunks) {
    chunks.set(chunk.digest, await storedObject(ports, chunkKey(chunk.digest)))
  }
  const { total } = readRecordManifest(recordBytes, recordDigest).result
  return { input: frozenInput(openRevision(bytes, digest, chunks)), stated: String(total) }
}

/** A change says something of the factors only where the engine still computes what was stated. */
function requireStated({ stated }: Basis, { total }: CalculationResult): void {
  const recomputed = formatDecimal(total)
  if (stated === null || stated === recomputed) return
  const detail = `The record states ${stated} kg CO2e, and this engine computes ${recomputed} from it; the effect of the factors cannot be told apart.`
  throw new Problem('recomputation-differs', detail, { stated, recomputed })
}

/** What stands against the newer version is part of the answer; what does not answer now is not. */
async function withNewer(
  ports: World,
  actor: Actor,
  { table, older, newer }: ImpactSpec,
  input: CalculationInput,
): Promise<{ readonly result: CalculationResult | null; readonly problem: KeptProblem | null }> {
  const [olderTable, newerTable] = await Promise.all([
    ports.registry.loadPublished(actor, { table, version: older }),
    ports.registry.loadPublished(actor, { table, version: newer }),
  ])
  try {
    const adopted = adoptVersion(input, { older: olderTable, newer: newerTable })
    return { result: (await calculateWith(ports, actor, adopted)).result, problem: null }
  } catch (thrown) {
    if (!isProblem(thrown) || thrown.status >= 500) throw thrown
    return { result: null, problem: kept(thrown) }
  }
}

function changeOf(before: number, after: number | null) {
  if (after === null) return { after: null, change: null, relativeChange: null }
  const change = after - before
  const relative = change === 0 ? 0 : change / Math.abs(before)
  return {
    after: formatDecimal(after),
    change: formatDecimal(change),
    relativeChange: Number.isFinite(relative) ? formatDecimal(relative) : null,
  }
}

function isPin({ table, version }: TablePin, spec: ImpactSpec, wanted: string): boolean {
  return table === spec.table && version === wanted
}

/** Ids shown of the lines that rest on the table. */
const idsShown = 20

/** Lines that took a row of the older version, or take one of the newer: by location, or what weighs them by market. */
function affected(before: CalculationResult, after: CalculationResult | null, spec: ImpactSpec) {
  const resting = new Set(restingOn(before, spec, spec.older))
  if (after !== null) for (const id of restingOn(after, spec, spec.newer)) resting.add(id)
  const ids = before.lines.filter(({ id }) => resting.has(id)).map(({ id }) => id)
  return { count: ids.length, ids: ids.slice(0, idsShown) }
}

function restingOn({ lines, inventory }: CalculationResult, spec: ImpactSpec, version: string): string[] {
  const isOf = (used: TablePin) => isPin(used, spec, version)
  const { instruments = [], rest = [] } = inventory?.scope2 ?? {}
  const byInstrument = instruments.some(({ factor }) => isOf(factor))
  const byRest = rest.some(({ factor }) => isOf(factor))
  const byMarket = ({ marketBased }: LineResult) =>
    (byInstrument && (marketBased?.coveredKWh ?? 0) > 0) ||
    (byRest && (marketBased?.kWh ?? 0) > (marketBased?.coveredKWh ?? 0))
  return lines.filter((line) => usedBy(line).some(isOf) || byMarket(line)).map(({ id }) => id)
}

/** Rows that a line took: its factor, its fuel, and what stands beside them. */
function usedBy(line: LineResult): TablePin[] {
  return [line.factor, line.fuel, ...(line.beside ?? [])].filter((used) => used !== null)
}
