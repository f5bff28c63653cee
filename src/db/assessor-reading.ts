/**
 * How an accreditor's assessor reads: as the body does, while an assessment of its own covers the engagement, and never without an
 * entry in the engagement's trail, made in the transaction of the reading.
 */

import { and, asc, eq, isNull, or, type SQL, sql } from 'drizzle-orm'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { assessments } from './schema/assessments.ts'
import { audit } from './schema/audit.ts'
import { engagements } from './schema/engagements.ts'
import { members } from './schema/parties.ts'
import { auditColumns } from './write-once.ts'

/** What was read of an engagement, as its trail tells it. */
export interface Reading {
  readonly action: string
  readonly facts?: unknown
}

/** That the actor is an assessor, now, and a standing assessment of the engagement's body covers it. */
export function isAssessedBy(
  db: Db,
  {
    memberId,
    organizationId,
    organizationKind,
  }: Pick<Actor, 'memberId' | 'organizationId' | 'organizationKind'>,
): SQL {
  if (organizationKind !== 'accreditation-body' || memberId === null) return sql`false`
  const covering = db
    .select({ one: sql`1` })
    .from(assessments)
    .innerJoin(members, eq(members.id, assessments.assessorMemberId))
    .where(
      and(
        eq(assessments.assessorMemberId, memberId),
        eq(assessments.bodyOrganizationId, engagements.bodyOrganizationId),
        eq(members.organizationId, organizationId),
        sql`'assessor' = any(${members.roles})`,
        isNull(assessments.revokedAt),
        sql`now() >= ${assessments.validFrom} and now() < ${assessments.validUntil}`,
        or(isNull(assessments.engagementIds), sql`${engagements.id} = any(${assessments.engagementIds})`),
      ),
    )
  return sql`exists (${covering})`
}

/**
 * Reads what an assessment lets its assessor read: `read` is given the body of the engagements that `which` finds, in whose place the
 * assessor reads. Everyone else reads as themselves.
 *
 * @param reading null for what is read beside something that leaves a trace.
 * @returns null where no assessment covers any of them.
 */
export async function readAs<Result>(
  db: Db,
  actor: Actor,
  which: SQL | undefined,
  reading: Reading | null,
  read: (db: Db, reader: Actor) => Promise<Result | null>,
): Promise<Result | null> {
  if (actor.organizationKind !== 'accreditation-body') return read(db, actor)
  return db.transaction(async (tx) => {
    const [found] = await tx
      .select({ body: engagements.bodyOrganizationId })
      .from(engagements)
      .where(and(which, isAssessedBy(tx, actor)))
      .limit(1)
    if (found === undefined) return null
    if (reading !== null) {
      await leaveTrace(tx, actor, and(which, eq(engagements.bodyOrganizationId, found.body)), reading)
    }
    return read(tx, inPlaceOf(actor, found.body))
  })
}

/** Reads as the caller, whose relation the query carries; what an assessor finds leaves its trace. */
export async function traced<Result>(
  db: Db,
  actor: Actor,
  which: SQL | undefined,
  reading: Reading,
  read: (db: Db) => Promise<Result>,
): Promise<Result> {
  if (actor.organizationKind !== 'accreditation-body') return read(db)
  return db.transaction(async (tx) => {
    const found = await read(tx)
    if (found !== null) await leaveTrace(tx, actor, which, reading)
    return found
  })
}

/** The body as a reader: bound to nobody, so that no role is found and no move is possible. */
function inPlaceOf(actor: Actor, bodyOrganizationId: string): Actor {
  return {
    ...actor,
    organizationId: bodyOrganizationId,
    organizationKind: 'certification-body',
    memberId: null,
    personId: null,
  }
}

/** One entry in the trail of each engagement that was read; in the order of their ids, so that two readings never wait in a ring. */
export async function leaveTrace(
  db: Db,
  actor: Actor,
  which: SQL | undefined,
  { action, facts }: Reading,
): Promise<void> {
  const by = { actor, mark: { idempotencyKey: null, digest: 'none' }, at: new Date(0), role: 'assessor' }
  const note = { id: actor.clientId, action, resource: 'engagement', resourceId: actor.clientId, facts }
  const columns = {
    ...auditColumns(by, { ...note, kind: 'reading' }),
    id: sql<string>`gen_random_uuid()`.as('id'),
    at: sql<Date>`now()`.as('at'),
    resourceId: engagements.id,
  }
  await db.insert(audit).select((query) =>
    query
      .select(columns)
      .from(engagements)
      .where(and(which, isAssessedBy(db, actor)))
      .orderBy(asc(engagements.id)),
  )
}
