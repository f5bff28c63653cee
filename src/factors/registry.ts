/**
 * The registry as actions see it: rows in Postgres, documents in object storage, and a memory of both in the isolate.
 * What is published never changes under its name, so a name once looked up needs no second look.
 */

import type { GwpSet, TablePin } from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'
import { factorTableArea } from '../ports/objects.ts'
import type {
  FactorTableVersion,
  GwpSetVersion,
  Reader,
  Registry,
  RegistryRows,
  SchemeVersion,
} from '../ports/registry.ts'
import { Problem } from '../problem.ts'
import type { PublishedTable } from '../tables/format.ts'
import type { DocumentLoader } from './load.ts'

/** What one isolate remembers of the registry: names seen before, and the documents its loader keeps. */
export interface RegistryMemory {
  readonly loader: DocumentLoader
  /** Published versions of the public registry: digest and licence never change. */
  readonly tables: Map<string, FactorTableVersion>
  readonly gwpSets: Map<string, GwpSetVersion>
  readonly schemes: Map<string, SchemeVersion>
}

/** A memory for one isolate or process. */
export function newRegistryMemory(loader: DocumentLoader): RegistryMemory {
  return { loader, tables: new Map(), gwpSets: new Map(), schemes: new Map() }
}

/** The registry over its rows, with an isolate's memory. */
export function registry(rows: RegistryRows, memory: RegistryMemory): Registry {
  return {
    ...rows,
    loadTables: async (reader, pins) => {
      const loaded = await Promise.all(pins.map((pin) => loadPublished(rows, memory, reader, pin)))
      return loaded.map(({ table }) => table)
    },
    loadPublished: (reader, pin) => loadPublished(rows, memory, reader, pin),
    loadGwpSet: (id, version) => loadGwpSet(rows, memory, id, version),
    loadScheme: (id, version) => loadScheme(rows, memory, id, version),
  }
}

/** Looks up a published name once an isolate; an unpublished one is asked for again each time. */
async function remembered<Version>(
  names: Map<string, Version>,
  name: string,
  find: () => Promise<Version | null>,
  missing: () => Problem,
): Promise<Version> {
  const known = names.get(name) ?? (await find())
  if (known === null) throw missing()
  names.set(name, known)
  return known
}

/**
 * The version that a pin names, if the reader may read its rows. A version of the public registry that was seen once is known
 * from then on; a private one is asked for each time.
 */
async function publishedVersion(
  rows: RegistryRows,
  memory: RegistryMemory,
  reader: Reader,
  pin: TablePin,
): Promise<FactorTableVersion> {
  const name = `${pin.table}@${pin.version}`
  const found = memory.tables.get(name) ?? (await rows.findTable(reader, pin.table, pin.version))
  if (found === null || found.state === 'draft' || (reader === null && !found.redistributable)) {
    throw missingTable(pin)
  }
  if (found.ownerOrganizationId === null) memory.tables.set(name, found)
  return found
}

async function loadPublished(
  rows: RegistryRows,
  memory: RegistryMemory,
  reader: Reader,
  pin: TablePin,
): Promise<PublishedTable> {
  const { digest, redistributable } = await publishedVersion(rows, memory, reader, pin)
  return memory.loader.table(digest as Digest, factorTableArea(redistributable))
}

async function loadGwpSet(
  rows: RegistryRows,
  memory: RegistryMemory,
  id: string,
  version: string,
): Promise<GwpSet> {
  const find = () => rows.findGwpSet(id, version)
  const published = await remembered(memory.gwpSets, `${id}@${version}`, find, () =>
    missing('unknown-gwp-set', `The GWP set ${id}, version ${version}`, { id, version }),
  )
  return memory.loader.gwpSet(published.digest as Digest)
}

function loadScheme(
  rows: RegistryRows,
  memory: RegistryMemory,
  id: string,
  version: string,
): Promise<SchemeVersion> {
  const find = () => rows.findScheme(id, version)
  return remembered(memory.schemes, `${id}@${version}`, find, () =>
    missing('unknown-scheme', `The scheme ${id}, version ${version}`, { id, version }),
  )
}

function missingTable({ table, version }: TablePin): Problem {
  return missing('unknown-factor-table', `The factor table ${table}, version ${version}`, { table, version })
}

function missing(
  code: 'unknown-factor-table' | 'unknown-gwp-set' | 'unknown-scheme',
  what: string,
  facts: Record<string, string>,
): Problem {
  return new Problem(
    code,
    `${what} is not published here; GET /v1/factor-tables and /v1/schemes list what is.`,
    facts,
  )
}
