/** The registry's rows in Postgres: GWP sets and schemes here, factor tables and the search for factors in files of their own. */

import { and, asc, eq } from 'drizzle-orm'
import type { NewLogEntry } from '../ports/log.ts'
import type { GwpSetVersion, Publication, RegistryRows, SchemeVersion } from '../ports/registry.ts'
import type { Db } from './database.ts'
import { findFactors } from './factor-search.ts'
import { findStandings, findTable, listEverPublished, listTables } from './factor-tables.ts'
import { appendAfter } from './log-append.ts'
import { unchanged } from './publication.ts'
import { publishTable, saveDraft, withdrawTable } from './publish-table.ts'
import { gwpSets, schemes } from './schema/registry.ts'

/** The registry's rows of one database session. */
export function registryRows(db: Db): RegistryRows {
  return {
    saveDraft: (by, note, draft, replaces) => saveDraft(db, by, note, draft, replaces),
    publishTable: (by, note, version, rows, entry) => publishTable(db, by, note, version, rows, entry),
    withdrawTable: (by, note, withdrawn, entry) => withdrawTable(db, by, note, withdrawn, entry),
    publishGwpSet: (version, entry) => publishGwpSet(db, version, entry),
    publishScheme: (version, entry) => publishScheme(db, version, entry),
    listEverPublished: () => listEverPublished(db),
    listTables: (reader, filter) => listTables(db, reader, filter),
    listGwpSets: () => db.select().from(gwpSets).orderBy(asc(gwpSets.id), asc(gwpSets.version)),
    listSchemes: () => db.select().from(schemes).orderBy(asc(schemes.id), asc(schemes.version)),
    findTable: (reader, table, version) => findTable(db, reader, table, version),
    findStandings: (reader, pins) => findStandings(db, reader, pins),
    findGwpSet: (id, version) => findGwpSet(db, id, version),
    findScheme: (id, version) => findScheme(db, id, version),
    findFactors: (reader, filter, page) => findFactors(db, reader, filter, page),
  }
}

async function publishGwpSet(db: Db, version: GwpSetVersion, entry: NewLogEntry): Promise<Publication> {
  const made = db.$with('made').as(db.insert(gwpSets).values(version).onConflictDoNothing().returning())
  const appended = appendAfter(db, 'made', entry, version.publishedAt)
  const [published] = await db.with(made, appended.head, appended.entry).select().from(made)
  if (published) return 'published'
  return unchanged(await findGwpSet(db, version.id, version.version), version.digest, `GWP set ${version.id}`)
}

async function publishScheme(db: Db, version: SchemeVersion, entry: NewLogEntry): Promise<Publication> {
  const made = db.$with('made').as(db.insert(schemes).values(version).onConflictDoNothing().returning())
  const appended = appendAfter(db, 'made', entry, version.publishedAt)
  const [published] = await db.with(made, appended.head, appended.entry).select().from(made)
  if (published) return 'published'
  return unchanged(await findScheme(db, version.id, version.version), version.digest, `Scheme ${version.id}`)
}

async function findGwpSet(db: Db, id: string, version: string): Promise<GwpSetVersion | null> {
  const [row] = await db
    .select()
    .from(gwpSets)
    .where(and(eq(gwpSets.id, id), eq(gwpSets.version, version)))
  return row ?? null
}

async function findScheme(db: Db, id: string, version: string): Promise<SchemeVersion | null> {
  const [row] = await db
    .select()
    .from(schemes)
    .where(and(eq(schemes.id, id), eq(schemes.version, version)))
  return row ?? null
}
