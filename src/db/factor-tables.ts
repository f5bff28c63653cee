/** Factor-table versions in Postgres: inserted whole with their rows, and afterwards moved from standing to standing only. */

import { and, asc, eq, ne, or } from 'drizzle-orm'
import type { EmissionFactor, TablePin } from '../engine/types.ts'
import type { FactorTableVersion, Publication, Reader } from '../ports/registry.ts'
import type { Db } from './database.ts'
import { factorRow } from './factor-search.ts'
import { unchanged } from './publication.ts'
import { factors, factorTableVersions } from './schema/registry.ts'
import { visibleTo } from './table-visibility.ts'

type VersionRow = typeof factorTableVersions.$inferSelect

/** Rows a statement carries at most: Postgres binds 65,535 parameters. */
const factorsPerStatement = 1000

/** One transaction: all of a version's rows with its head, and its predecessor's new standing, or nothing. */
export async function publishTable(
  db: Db,
  version: FactorTableVersion,
  rows: readonly EmissionFactor[],
): Promise<Publication> {
  const { table, version: edition, digest } = version
  return db.transaction(async (tx) => {
    const [made] = await tx
      .insert(factorTableVersions)
      .values(versionRow(version))
      .onConflictDoNothing()
      .returning()
    if (!made) return unchanged(await standing(tx, table, edition), digest, `${table} ${edition}`)
    for (let at = 0; at < rows.length; at += factorsPerStatement) {
      const part = rows.slice(at, at + factorsPerStatement)
      await tx.insert(factors).values(part.map((factor) => factorRow(table, edition, factor)))
    }
    if (version.supersedes !== null) await supersede(tx, table, version.supersedes, edition)
    return 'published'
  })
}

async function supersede(tx: Db, table: string, older: string, newer: string): Promise<void> {
  await tx.update(factorTableVersions).set({ supersededBy: newer }).where(named(table, older))
}

function named(table: string, version: string) {
  return and(eq(factorTableVersions.table, table), eq(factorTableVersions.version, version))
}

function versionRow(version: FactorTableVersion): typeof factorTableVersions.$inferInsert {
  const { table, version: edition, digest, state, ownerOrganizationId, ...rest } = version
  const { redistributable, supersedes, supersededBy, withdrawal, publishedAt, ...facts } = rest
  const columns = { redistributable, supersedes, supersededBy, publishedAt, facts }
  const stored = state === 'superseded' ? 'published' : state
  return {
    table,
    version: edition,
    digest,
    state: stored,
    ownerOrganizationId,
    ...columns,
    withdrawnAt: withdrawal?.at ?? null,
    withdrawnReason: withdrawal?.reason ?? null,
  }
}

function toVersion({ facts, withdrawnAt, withdrawnReason, ...row }: VersionRow): FactorTableVersion {
  const isSuperseded = row.state === 'published' && row.supersededBy !== null
  const withdrawal =
    withdrawnAt && withdrawnReason !== null ? { at: withdrawnAt, reason: withdrawnReason } : null
  return { ...row, ...facts, state: isSuperseded ? 'superseded' : row.state, withdrawal }
}

/** What stands under a name, whoever may see it: for writes only. */
async function standing(db: Db, table: string, version: string): Promise<VersionRow | null> {
  const [row] = await db.select().from(factorTableVersions).where(named(table, version))
  return row ?? null
}

/** All versions that the reader may see. */
export async function listTables(db: Db, reader: Reader): Promise<FactorTableVersion[]> {
  const rows = await db
    .select()
    .from(factorTableVersions)
    .where(visibleTo(db, reader))
    .orderBy(asc(factorTableVersions.table), asc(factorTableVersions.version))
  return rows.map(toVersion)
}

/** One version; null for none and for what the reader may not see. */
export async function findTable(
  db: Db,
  reader: Reader,
  table: string,
  version: string,
): Promise<FactorTableVersion | null> {
  const [row] = await db
    .select()
    .from(factorTableVersions)
    .where(and(named(table, version), visibleTo(db, reader)))
  return row ? toVersion(row) : null
}

/** The published versions that pins name, of those the reader may see. */
export async function findStandings(
  db: Db,
  reader: Reader,
  pins: readonly TablePin[],
): Promise<FactorTableVersion[]> {
  if (pins.length === 0) return []
  const pinned = or(...pins.map(({ table, version }) => named(table, version)))
  const rows = await db
    .select()
    .from(factorTableVersions)
    .where(and(pinned, ne(factorTableVersions.state, 'draft'), visibleTo(db, reader)))
  return rows.map(toVersion)
}
