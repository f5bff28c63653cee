/**
 * The registry as actions see it: rows in Postgres, documents in object storage, and a memory of both in the isolate.
 * What is published never changes under its name, so a name once looked up needs no second look.
 */

import type { FactorTable, GwpSet, TablePin } from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'
import { factorTableArea } from '../ports/objects.ts'
import type {
  FactorTableVersion,
  GwpSetVersion,
  Registry,
  RegistryRows,
  SchemeVersion,
} from '../ports/registry.ts'
import { Problem } from '../problem.ts'
import type { DocumentLoader } from './load.ts'

/** What one isolate remembers of the registry: names seen before, and the documents its loader keeps. */
export interface RegistryMemory {
  readonly loader: DocumentLoader
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
    loadTables: (pins) => Promise.all(pins.map((pin) => loadTable(rows, memory, pin))),
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

async function loadTable(rows: RegistryRows, memory: RegistryMemory, pin: TablePin): Promise<FactorTable> {
  const { table, version } = pin
  const find = () => rows.findTable(table, version)
  const published = await remembered(memory.tables, `${table}@${version}`, find, () => missingTable(pin))
  const { table: loaded } = await memory.loader.table(
    published.digest as Digest,
    factorTableArea(published.redistributable),
  )
  return loaded
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
