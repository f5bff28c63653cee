/** Who may see a factor-table version, and who its rows: the conditions that every read of the registry carries. */

import { and, eq, gte, isNotNull, isNull, lte, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../ports/registry.ts'
import type { Db } from './database.ts'
import { engagements } from './schema/engagements.ts'
import { revisions } from './schema/footprints.ts'
import { factorTableVersions } from './schema/registry.ts'

const { table, version, state, ownerOrganizationId, redistributable } = factorTableVersions

/**
 * That a version exists and what stands about it: for anyone in the public registry; of a private table for its owner, and for
 * a body before which a revision was put that pins it; of a draft for its owner only.
 */
export function visibleTo(db: Db, reader: Reader): SQL | undefined {
  const isPublished = ne(state, 'draft')
  const isPublic = and(isPublished, isNull(ownerOrganizationId))
  if (reader === null) return isPublic
  const isOwn = eq(ownerOrganizationId, reader.organizationId)
  const isDraftOfOperator = and(eq(state, 'draft'), isNull(ownerOrganizationId))
  return or(
    isPublic,
    isOwn,
    and(isPublished, isNotNull(ownerOrganizationId), isBeforeBody(db, reader.organizationId)),
    reader.organizationKind === 'operator' ? isDraftOfOperator : undefined,
  )
}

/** Its rows: as {@link visibleTo}, and without a token only where the licence lets us pass them on. */
export function rowsVisibleTo(db: Db, reader: Reader): SQL | undefined {
  return and(visibleTo(db, reader), reader === null ? redistributable : undefined)
}

/** A revision that was put before this body pins the version. */
function isBeforeBody(db: Db, bodyOrganizationId: string): SQL {
  const pins = sql`${revisions.definition} -> 'calculation' -> 'factorTables'`
  const pin = sql`jsonb_build_array(jsonb_build_object('table', ${table}, 'version', ${version}))`
  const before = db
    .select({ one: sql`1` })
    .from(engagements)
    .innerJoin(revisions, eq(revisions.footprintId, engagements.footprintId))
    .where(
      and(
        eq(engagements.bodyOrganizationId, bodyOrganizationId),
        ne(engagements.state, 'declined'),
        gte(revisions.number, engagements.firstRevision),
        lte(revisions.number, engagements.revisionNumber),
        sql`${pins} @> ${pin}`,
      ),
    )
  return sql`exists (${before})`
}
