/** Which revisions a body may read: those put before it, also when its work is done. */

import { and, eq, gte, isNotNull, lte, ne, or, type SQL } from 'drizzle-orm'
import { engagements } from './schema/engagements.ts'
import { revisions } from './schema/footprints.ts'

/**
 * That an engagement of those that `whose` picks put a revision of its footprint before its body; not where the body declined, nor where the client
 * withdrew before it accepted: nobody had agreed to work on it.
 */
export function isPutBefore(whose: SQL): SQL | undefined {
  return and(
    eq(engagements.footprintId, revisions.footprintId),
    whose,
    ne(engagements.state, 'declined'),
    or(ne(engagements.state, 'withdrawn'), isNotNull(engagements.contractReview)),
    gte(revisions.number, engagements.firstRevision),
    lte(revisions.number, engagements.revisionNumber),
  )
}
