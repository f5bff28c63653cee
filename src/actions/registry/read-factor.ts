/** One factor as its page tells it: the row, what its version says of itself, and the same row in other versions and years. */

import type { GwpSet } from '../../engine/types.ts'
import type { FactorTableVersion, Reader } from '../../ports/registry.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import type { PublishedFactor, PublishedTable } from '../../tables/format.ts'
import { type EditionOfRow, editionsOfRow, type YearOfRow, yearsOfRow } from '../../tables/history.ts'
import { editionsOf, loadGwpSets, mayReadRows, type RegistryOverview } from './overview.ts'

export interface FactorName {
  readonly table: string
  readonly version: string
  readonly id: string
}

export interface FactorReading {
  readonly factor: PublishedFactor
  readonly version: FactorTableVersion
  readonly document: PublishedTable
  /** In every version whose rows the reader may read, oldest first. */
  readonly editions: readonly EditionOfRow[]
  /** Empty where the version holds no series of years. */
  readonly years: readonly YearOfRow[]
  readonly gwpSets: readonly GwpSet[]
}

/** Reads a factor with its history. @throws Problem `not-found` for what is not published or not the reader's to read. */
export async function readFactor(
  ports: Pick<Ports, 'registry'>,
  reader: Reader,
  overview: RegistryOverview,
  name: FactorName,
): Promise<FactorReading> {
  const readable = editionsOf(overview, name.table).filter((version) => mayReadRows(reader, version))
  const version = readable.find((edition) => edition.version === name.version)
  if (version === undefined) throw notFound(name)
  const [gwpSets, documents] = await Promise.all([
    loadGwpSets(ports, overview),
    Promise.all(readable.map((edition) => ports.registry.loadPublished(reader, edition))),
  ])
  const document = documents[readable.indexOf(version)] as PublishedTable
  const factor = document.table.factors.find(({ id }) => id === name.id)
  if (factor === undefined) throw notFound(name)
  const editions = editionsOfRow(documents, document, factor)
  return { factor, version, document, editions, years: yearsOfRow(document.table.factors, factor), gwpSets }
}

function notFound({ table, version, id }: FactorName): Problem {
  return new Problem('not-found', `No factor ${id} can be read in version ${version} of ${table}.`)
}
