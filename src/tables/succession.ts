/**
 * How the editions of a table follow each other: in one line. Each version has at most one before it and one after it, so
 * that "the newest" is never a matter of opinion, and a chain of differences can be followed without a fork.
 */

import { Problem } from '../problem.ts'
import type { Fault } from './format.ts'

/** What a version says of its neighbours, or what the registry says of them by now. */
export interface Succession {
  readonly version: string
  readonly supersedes: string | null
  readonly supersededBy: string | null
}

/**
 * What forbids that a version joins the published ones of its table; nothing where it may.
 *
 * @param published the table's versions that are published, superseded or withdrawn, as they stand.
 */
export function successionFaults(joining: Succession, published: readonly Succession[]): readonly Fault[] {
  const before = predecessorFault(joining, published)
  const after = successorFault(joining, published) ?? cycleFault(joining, published)
  return [
    ...(before === null ? [] : [fault('/supersedes', before)]),
    ...(after === null ? [] : [fault('/supersededBy', after)]),
  ]
}

/** @throws Problem `factor-table-invalid` when the version does not follow the published ones of its table. */
export function checkSuccession(joining: Succession, published: readonly Succession[]): void {
  const faults = successionFaults(joining, published)
  const [first] = faults
  if (first === undefined) return
  const detail = `The version does not follow its table's editions: ${first.message}.`
  throw new Problem('factor-table-invalid', detail, { faults, faultCount: faults.length })
}

function predecessorFault(
  { version, supersedes }: Succession,
  published: readonly Succession[],
): string | null {
  if (supersedes === null) return null
  const before = published.find((other) => other.version === supersedes)
  if (before === undefined || supersedes === version) {
    return `${supersedes} is not published; a version supersedes a published version of its own table`
  }
  if (before.supersededBy === null || before.supersededBy === version) return null
  return `${supersedes} is superseded by ${before.supersededBy} already; supersede that one instead`
}

function successorFault(joining: Succession, published: readonly Succession[]): string | null {
  const { version, supersededBy } = joining
  if (supersededBy === null) return null
  const after = published.find((other) => other.version === supersededBy)
  if (after === undefined || supersededBy === version) {
    return `${supersededBy} is not published; this is said only by an older edition that is published after its successor`
  }
  const rival =
    published.find((other) => other.version !== version && other.supersededBy === supersededBy)?.version ??
    after.supersedes
  return rival === null || rival === version ? null : `${supersededBy} supersedes ${rival} already`
}

/** A version between two others must not close a ring. */
function cycleFault(
  { supersedes, supersededBy }: Succession,
  published: readonly Succession[],
): string | null {
  const later = new Map(published.map((other) => [other.version, other.supersededBy]))
  for (let at = supersededBy, steps = 0; at !== null && steps <= published.length; steps += 1) {
    if (at === supersedes) return `${supersededBy} is older than ${supersedes}, which this version supersedes`
    at = later.get(at) ?? null
  }
  return null
}

function fault(column: string, message: string): Fault {
  return { file: 'table.json', row: null, column, rule: 'succession', message }
}

/** Versions in an order in which each finds published what it names: for publishing many from nothing. */
export function inPublishingOrder<Version extends Succession & { readonly table: string }>(
  versions: readonly Version[],
): readonly Version[] {
  const named = new Map(versions.map((one) => [`${one.table} ${one.version}`, one]))
  const placed = new Set<Version>()
  const place = (one: Version | undefined): void => {
    if (one === undefined || placed.has(one)) return
    // Marked before its neighbours, so that two that name each other end here, and are refused when they are published.
    placed.add(one)
    for (const neighbour of [one.supersedes, one.supersededBy]) place(named.get(`${one.table} ${neighbour}`))
    ordered.push(one)
  }
  const ordered: Version[] = []
  for (const one of versions) place(one)
  return ordered
}

/** What forbids that versions are published from nothing, each after those it names: by version, for those with faults. */
export function chainFaults<Version extends Succession & { readonly table: string }>(
  versions: readonly Version[],
): ReadonlyMap<Version, readonly Fault[]> {
  const found = new Map<Version, readonly Fault[]>()
  const published = new Map<string, Succession[]>()
  for (const one of inPublishingOrder(versions)) {
    const editions = published.get(one.table) ?? []
    const faults = successionFaults(one, editions)
    if (faults.length > 0) found.set(one, faults)
    const standing = editions.map((other) =>
      other.version === one.supersedes
        ? { ...other, supersededBy: other.supersededBy ?? one.version }
        : other,
    )
    published.set(one.table, [...standing, one])
  }
  return found
}
