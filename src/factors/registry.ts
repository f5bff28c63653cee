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
import type { PublishedGwpSet, PublishedTable } from '../tables/format.ts'
import type { DocumentLoader } from './load.ts'

/** What of a version never changes: which document it is, and in which bucket. What moves is asked for each time. */
type Frozen = Pick<FactorTableVersion, 'digest' | 'redistributable'>

/** What one isolate remembers of the registry: names seen before, and the documents its loader keeps. */
export interface RegistryMemory {
  readonly loader: DocumentLoader
  /** Published versions of the public registry: their rows are everyone's with a token, whoever saw them first. */
  readonly tables: Map<string, Frozen>
  readonly gwpSets: Map<string, GwpSetVersion>
  readonly schemes: Map<string, SchemeVersion>
  recent: { readonly tables: readonly FactorTableVersion[]; readonly until: number } | null
}

/** A memory for one isolate or process. */
export function newRegistryMemory(loader: DocumentLoader): RegistryMemory {
  return { loader, tables: new Map(), gwpSets: new Map(), schemes: new Map(), recent: null }
}

/** The registry over its rows, with an isolate's memory. */
export function registry(rows: RegistryRows, memory: RegistryMemory): Registry {
  return {
    ...rows,
    loadTables: async (reader, pins, standings) => {
      const loaded = await loadAll(rows, memory, reader, pins, standings)
      return loaded.map(({ table }) => table)
    },
    loadPublished: async (reader, pin) => {
      const [loaded] = await loadAll(rows, memory, reader, [pin])
      return loaded as PublishedTable
    },
    recentTables: () => recentTables(rows, memory),
    loadGwpSets: () => loadGwpSets(rows, memory),
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

async function loadAll(
  rows: RegistryRows,
  memory: RegistryMemory,
  reader: Reader,
  pins: readonly TablePin[],
  known: readonly FactorTableVersion[] = [],
): Promise<readonly PublishedTable[]> {
  const versions = await frozenVersions(rows, memory, reader, pins, known)
  return Promise.all(
    versions.map(({ digest, redistributable }) =>
      memory.loader.table(digest as Digest, factorTableArea(redistributable)),
    ),
  )
}

/**
 * The versions that pins name, if the reader may read their rows. A version of the public registry that was seen once is known
 * from then on; what is not known is asked for in one query, private versions each time: who may see them changes.
 */
async function frozenVersions(
  rows: RegistryRows,
  memory: RegistryMemory,
  reader: Reader,
  pins: readonly TablePin[],
  known: readonly FactorTableVersion[],
): Promise<readonly Frozen[]> {
  const standings = new Map(known.map((version) => [nameOf(version), version]))
  const asked = pins.filter((pin) => !memory.tables.has(nameOf(pin)) && !standings.has(nameOf(pin)))
  const found = asked.length === 0 ? [] : await rows.findStandings(reader, asked)
  for (const version of found) standings.set(nameOf(version), version)
  for (const [name, { digest, redistributable, ownerOrganizationId }] of standings) {
    if (ownerOrganizationId === null) memory.tables.set(name, { digest, redistributable })
  }
  return pins.map((pin) => {
    const version = memory.tables.get(nameOf(pin)) ?? standings.get(nameOf(pin))
    if (version === undefined || (reader === null && !version.redistributable)) throw missingTable(pin)
    return version
  })
}

/** As long as readers may keep the list of versions anyway. */
const recentSeconds = 30

async function recentTables(
  rows: RegistryRows,
  memory: RegistryMemory,
): Promise<readonly FactorTableVersion[]> {
  if (memory.recent !== null && Date.now() < memory.recent.until) return memory.recent.tables
  const tables = await rows.listTables(null)
  memory.recent = { tables, until: Date.now() + recentSeconds * 1000 }
  return tables
}

function nameOf({ table, version }: TablePin): string {
  return `${table}@${version}`
}

async function loadGwpSets(
  rows: RegistryRows,
  { loader }: RegistryMemory,
): Promise<readonly PublishedGwpSet[]> {
  const sets = await rows.listGwpSets()
  return Promise.all(sets.map(({ digest }) => loader.publishedGwpSet(digest as Digest)))
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
