/** What a reader may know of the registry as a whole: every published version, and the GWP sets to weigh with. */

import { inOrder } from '../../engine/names.ts'
import type { GwpSet } from '../../engine/types.ts'
import type { FactorTableVersion, GwpSetVersion, Reader } from '../../ports/registry.ts'
import type { Ports } from '../../ports.ts'
import { inOrderOfEdition } from '../../tables/editions.ts'

export interface RegistryOverview {
  /** No drafts; by table, then edition, oldest first. */
  readonly tables: readonly FactorTableVersion[]
  /** The newest version of each set. */
  readonly gwpSets: readonly GwpSetVersion[]
}

/** Two queries, whatever is published. */
export async function readOverview(
  { registry }: Pick<Ports, 'registry'>,
  reader: Reader,
): Promise<RegistryOverview> {
  const [tables, gwpSets] = await Promise.all([registry.listTables(reader), registry.listGwpSets()])
  const published = tables.filter(({ state }) => state !== 'draft')
  return {
    tables: published.sort((a, b) => inOrder(a.table, b.table) || inOrderOfEdition(a.version, b.version)),
    gwpSets: newestOfEach(gwpSets),
  }
}

function newestOfEach(sets: readonly GwpSetVersion[]): readonly GwpSetVersion[] {
  const oldestFirst = [...sets].sort((a, b) => inOrderOfEdition(a.version, b.version))
  return [...new Map(oldestFirst.map((set) => [set.id, set])).values()].sort((a, b) => inOrder(a.id, b.id))
}

/** The newest GWP sets themselves, from the isolate's memory where it has them. @throws Problem `stored-object-corrupt`. */
export function loadGwpSets(
  { registry }: Pick<Ports, 'registry'>,
  { gwpSets }: RegistryOverview,
): Promise<readonly GwpSet[]> {
  return Promise.all(gwpSets.map(({ id, version }) => registry.loadGwpSet(id, version)))
}

/** The editions of one table, oldest first. */
export function editionsOf({ tables }: RegistryOverview, table: string): readonly FactorTableVersion[] {
  return tables.filter((version) => version.table === table)
}

/** Whether a reader may read the rows of a version that it knows of. */
export function mayReadRows(reader: Reader, { redistributable }: FactorTableVersion): boolean {
  return reader !== null || redistributable
}
