/** A factor table as its page tells it: its editions, and what the newest readable one says of itself. */

import type { FactorTableVersion, Reader } from '../../ports/registry.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import type { TableFacts } from '../../tables/format.ts'
import { editionsOf, mayReadRows, type RegistryOverview } from './overview.ts'

export interface TableReading {
  readonly table: string
  /** Oldest first; at least one. */
  readonly editions: readonly FactorTableVersion[]
  /** The current edition, or the newest where none is current. */
  readonly current: FactorTableVersion
  /** What the current edition's document says; null where the reader may not read it. */
  readonly facts: TableFacts | null
}

/** Reads a table. @throws Problem `not-found`. */
export async function readTable(
  { registry }: Pick<Ports, 'registry'>,
  reader: Reader,
  overview: RegistryOverview,
  table: string,
): Promise<TableReading> {
  const editions = editionsOf(overview, table)
  const current = editions.findLast(({ state }) => state === 'published') ?? editions.at(-1)
  if (current === undefined) throw new Problem('not-found', `No factor table is named ${table}.`)
  const document = mayReadRows(reader, current) ? await registry.loadPublished(reader, current) : null
  return { table, editions, current, facts: document?.facts ?? null }
}
