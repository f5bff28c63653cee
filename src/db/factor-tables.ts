/** Factor-table versions in Postgres: reading what stands about them. `publish-table.ts` writes. */

import { and, asc, eq, isNotNull, isNull, ne, or, type SQL } from 'drizzle-orm'
import type { TablePin } from '../engine/types.ts'
import type { FactorTableVersion, Reader, TableFilter, VersionState } from '../ports/registry.ts'
import type { Db } from './database.ts'
import { factorTableVersions } from './schema/registry.ts'
import { visibleTo } from './table-visibility.ts'

/** A row of the versions. */
export type VersionRow = typeof factorTableVersions.$inferSelect

/** The version of this name. */
export function versionNamed(table: string, version: string) {
  return and(eq(factorTableVersions.table, table), eq(factorTableVersions.version, version))
}

/** A version as its row. */
export function versionRow(version: FactorTableVersion): typeof factorTableVersions.$inferInsert {
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

/** A version from its row. */
export function toVersion({ facts, withdrawnAt, withdrawnReason, ...row }: VersionRow): FactorTableVersion {
  const isSuperseded = row.state === 'published' && row.supersededBy !== null
  const withdrawal =
    withdrawnAt && withdrawnReason !== null ? { at: withdrawnAt, reason: withdrawnReason } : null
  return { ...row, ...facts, state: isSuperseded ? 'superseded' : row.state, withdrawal }
}

/** What a writer may write: the operator's organizations the public registry, an enterprise its own tables. */
export function ownedBy({ organizationId, organizationKind }: NonNullable<Reader>): SQL {
  return organizationKind === 'operator'
    ? isNull(factorTableVersions.ownerOrganizationId)
    : eq(factorTableVersions.ownerOrganizationId, organizationId)
}

/** A condition on the standing as it is told: what is superseded is stored as published. */
function standsAs(state: VersionState): SQL | undefined {
  const isSuperseded = isNotNull(factorTableVersions.supersededBy)
  const isPublished = eq(factorTableVersions.state, 'published')
  if (state === 'superseded') return and(isPublished, isSuperseded)
  if (state === 'published') return and(isPublished, isNull(factorTableVersions.supersededBy))
  return eq(factorTableVersions.state, state)
}

/** All versions that the reader may see, of one table or in one standing where the filter says so. */
export async function listTables(
  db: Db,
  reader: Reader,
  { table, state }: TableFilter = {},
): Promise<FactorTableVersion[]> {
  const rows = await db
    .select()
    .from(factorTableVersions)
    .where(
      and(
        visibleTo(db, reader),
        table === undefined ? undefined : eq(factorTableVersions.table, table),
        state === undefined ? undefined : standsAs(state),
      ),
    )
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
    .where(and(versionNamed(table, version), visibleTo(db, reader)))
  return row ? toVersion(row) : null
}

/** The published versions that pins name, of those the reader may see. */
export async function findStandings(
  db: Db,
  reader: Reader,
  pins: readonly TablePin[],
): Promise<FactorTableVersion[]> {
  if (pins.length === 0) return []
  const pinned = or(...pins.map(({ table, version }) => versionNamed(table, version)))
  const rows = await db
    .select()
    .from(factorTableVersions)
    .where(and(pinned, ne(factorTableVersions.state, 'draft'), visibleTo(db, reader)))
  return rows.map(toVersion)
}

/** Every version that is not a draft, in the order of publication, whoever may see it: for the log, which tells of digests. */
export async function listEverPublished(db: Db): Promise<FactorTableVersion[]> {
  const { publishedAt, table, version, state } = factorTableVersions
  const rows = await db
    .select()
    .from(factorTableVersions)
    .where(ne(state, 'draft'))
    .orderBy(asc(publishedAt), asc(table), asc(version))
  return rows.map(toVersion)
}
