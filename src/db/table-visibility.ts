/** Who may see a factor-table version, and who its rows: the conditions that every read of the registry carries. */

import { and, eq, isNotNull, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import type { Reader } from '../ports/registry.ts'
import { isAssessedBy } from './assessor-reading.ts'
import type { Db } from './database.ts'
import { isPutBefore } from './put-before.ts'
import { engagements } from './schema/engagements.ts'
import { revisions } from './schema/footprints.ts'
import { factorTableVersions } from './schema/registry.ts'

const { table, version, state, ownerOrganizationId, redistributable } = factorTableVersions

/**
 * That a version exists and what stands about it: for anyone in the public registry; of a private table for its owner, and for
 * a body before which a revision was put that pins it, and an assessor of such an engagement; of a draft for its owner only.
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
    and(isPublished, isNotNull(ownerOrganizationId), isPinnedBefore(db, isOpenTo(db, reader))),
    reader.organizationKind === 'operator' ? isDraftOfOperator : undefined,
  )
}

/** Its rows: as {@link visibleTo}, and without a token only where the licence lets us pass them on. */
export function rowsVisibleTo(db: Db, reader: Reader): SQL | undefined {
  return and(visibleTo(db, reader), reader === null ? redistributable : undefined)
}

/** Engagements of a body, or those that an assessor may read. */
function isOpenTo(db: Db, reader: NonNullable<Reader>): SQL {
  return reader.organizationKind === 'accreditation-body'
    ? isAssessedBy(db, reader)
    : eq(engagements.bodyOrganizationId, reader.organizationId)
}

/**
 * A revision that was put before a body in one of these engagements pins the version. The pins are gathered once a query, not once for each version that
 * is looked at.
 */
function isPinnedBefore(db: Db, whose: SQL): SQL {
  const pins = sql`jsonb_array_elements(${revisions.definition} -> 'calculation' -> 'factorTables')`
  const before = db
    .select({ table: sql`pin ->> 'table'`, version: sql`pin ->> 'version'` })
    .from(engagements)
    .innerJoin(revisions, eq(revisions.footprintId, engagements.footprintId))
    .crossJoin(sql`${pins} as pin`)
    .where(isPutBefore(whose))
  return sql`(${table}, ${version}) in (${before})`
}
