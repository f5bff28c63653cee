/**
 * Factor-table versions that a footprint pins: which ones new work may rest on, and which are no longer the newest. What is
 * frozen already rests on whatever it pins, for ever.
 */

import type { TablePin } from '../../engine/types.ts'
import type { FactorTableVersion, Reader } from '../../ports/registry.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { isPrivateTable } from '../../tables/names.ts'

type Registry = Pick<Ports, 'registry'>

/**
 * New work rests on published versions of the public registry and of the caller's own tables, superseded ones too, and on
 * none that was withdrawn.
 *
 * @param standings what the registry says of the pins, in any order.
 * @throws Problem `unknown-factor-table`, `factor-table-withdrawn`, pointing into the definition.
 */
export async function requireUsablePins(
  ports: Registry,
  actor: Actor,
  pins: readonly TablePin[],
  standings: readonly FactorTableVersion[],
): Promise<void> {
  for (const [at, pin] of pins.entries()) {
    const pointer = `/calculation/factorTables/${at}`
    const standing = standingOf(pin, standings)
    if (!standing || !isPinnableBy(actor, standing)) throw unknownTable(pin, pointer)
    if (standing.withdrawal !== null) throw await withdrawn(ports, actor, standing, pointer)
  }
}

function standingOf(pin: TablePin, standings: readonly FactorTableVersion[]): FactorTableVersion | undefined {
  return standings.find(({ table, version }) => table === pin.table && version === pin.version)
}

/** Drafts change under the hand that pins them, and another enterprise's table is not there for this one. */
function isPinnableBy(actor: Actor, { state, ownerOrganizationId }: FactorTableVersion): boolean {
  if (state === 'draft') return false
  return ownerOrganizationId === null || ownerOrganizationId === actor.organizationId
}

function unknownTable({ table, version }: TablePin, pointer: string): Problem {
  const detail = `The factor table ${table}, version ${version}, is not published here; GET /v1/factor-tables lists what is.`
  return new Problem('unknown-factor-table', detail, { pointer, table, version })
}

async function withdrawn(
  { registry }: Registry,
  actor: Actor,
  standing: FactorTableVersion,
  pointer: string,
): Promise<Problem> {
  const { table, version, withdrawal } = standing
  const use = newestOf(await registry.listTables(actor, { table }), standing)
  const advice = use === null ? 'No version takes its place.' : `Use ${use}.`
  const reason = withdrawal?.reason ?? ''
  const detail = `The factor table ${table} ${version} was withdrawn: ${reason.replace(/\.?$/, '.')} ${advice}`
  const withdrawnAt = withdrawal?.at.toISOString()
  return new Problem('factor-table-withdrawn', detail, { pointer, table, version, reason, withdrawnAt, use })
}

/** A pinned version that is no longer the newest, and what to pin instead. */
export interface OutdatedTable extends TablePin {
  readonly state: 'superseded' | 'withdrawn'
  /** Why it was withdrawn. */
  readonly reason: string | null
  /** The newest version that takes its place; null where none does. */
  readonly use: string | null
}

/**
 * Those of the versions that are superseded or withdrawn; a further query only where there are any.
 *
 * @param known the versions that may take their place, where they were read already.
 */
export async function outdatedTables(
  { registry }: Registry,
  reader: Reader,
  standings: readonly FactorTableVersion[],
  known?: readonly FactorTableVersion[],
): Promise<readonly OutdatedTable[]> {
  const outdated = standings.filter(({ state }) => state === 'superseded' || state === 'withdrawn')
  if (outdated.length === 0) return []
  const versions = known ?? (await registry.listTables(reader))
  return outdated.map((standing) => ({
    table: standing.table,
    version: standing.version,
    state: standing.state === 'withdrawn' ? 'withdrawn' : 'superseded',
    reason: standing.withdrawal?.reason ?? null,
    use: newestOf(versions, standing),
  }))
}

/**
 * The last version that can be used along the way of "is superseded by"; null where the way leads to none. A circle, which
 * nobody should publish, ends where it began.
 */
export function newestOf(
  versions: readonly FactorTableVersion[],
  from: Pick<FactorTableVersion, 'table' | 'version' | 'supersededBy'>,
): string | null {
  const seen = new Set([from.version])
  let newest: string | null = null
  for (let next = from.supersededBy; next !== null && !seen.has(next); ) {
    seen.add(next)
    const standing = standingOf({ table: from.table, version: next }, versions)
    if (standing && standing.state !== 'draft' && standing.withdrawal === null) newest = next
    next = standing?.supersededBy ?? null
  }
  return newest
}

/** How the versions that work is done with stand, without keeping anything. */
export interface PinnedStandings {
  /** All of the public registry, as it stood a moment ago. */
  readonly recent: readonly FactorTableVersion[]
  readonly ofPublic: readonly FactorTableVersion[]
  readonly ofPrivate: readonly FactorTableVersion[]
}

/** What stands about pins: of the public registry as it stood a moment ago, which costs nothing; of private tables, now. */
export async function pinnedStandings(
  { registry }: Registry,
  reader: Reader,
  pins: readonly TablePin[],
): Promise<PinnedStandings> {
  const [recent, ofPrivate] = await Promise.all([
    registry.recentTables(),
    registry.findStandings(
      reader,
      pins.filter(({ table }) => isPrivateTable(table)),
    ),
  ])
  const isPinned = (one: TablePin) =>
    pins.some((pin) => pin.table === one.table && pin.version === one.version)
  return { recent, ofPublic: recent.filter(isPinned), ofPrivate }
}

/** Those of the pins that are superseded or withdrawn; a query more only where a private one is. */
export async function outdatedPins(
  ports: Registry,
  reader: Reader,
  { recent, ofPublic, ofPrivate }: PinnedStandings,
): Promise<readonly OutdatedTable[]> {
  const outdated = await Promise.all([
    outdatedTables(ports, reader, ofPublic, recent),
    outdatedTables(ports, reader, ofPrivate),
  ])
  return outdated.flat()
}
