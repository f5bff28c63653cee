/** Compares two published versions of a table, as far as the reader may read both. */

import type { Reader } from '../../ports/registry.ts'
import type { Ports } from '../../ports.ts'
import { isProblem, Problem } from '../../problem.ts'
import { diffTables, type TableDiff } from '../../tables/diff.ts'
import type { PublishedTable } from '../../tables/format.ts'

/** What is asked for: two versions of a table, in either order. */
interface Comparison {
  readonly reader: Reader
  readonly table: string
  readonly from: string
  readonly to: string
  /** The set that weighs gases where the rows state no CO2e on one basis. */
  readonly gwpSet: { readonly id: string; readonly version: string }
}

/** The difference, and whether anyone at all may read it. */
export interface ReadableDiff {
  readonly diff: TableDiff
  readonly isPublic: boolean
}

/** @throws Problem `not-found` for what is not published or not the reader's to see; `unknown-gwp-set`; `stored-object-corrupt`. */
export async function compareVersions(
  { registry }: Pick<Ports, 'registry'>,
  { reader, table, from, to, gwpSet }: Comparison,
): Promise<ReadableDiff> {
  const load = (version: string) => registry.loadPublished(reader, { table, version })
  const [older, newer] = await Promise.all([load(from), load(to)]).catch(asNotFound)
  const set = await registry.loadGwpSet(gwpSet.id, gwpSet.version)
  return { diff: diffTables(older, newer, set), isPublic: isFree(older) && isFree(newer) }
}

/** A pin that names nothing is a wrong request elsewhere; here it is the address. */
function asNotFound(thrown: unknown): never {
  if (!isProblem(thrown) || thrown.code !== 'unknown-factor-table') throw thrown
  throw new Problem('not-found', String(thrown.facts.detail))
}

/** A private table's licence never lets us pass it on. */
function isFree({ facts }: PublishedTable): boolean {
  return facts.licence.redistributable
}
