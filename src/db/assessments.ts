/** Assessments in Postgres: granted, revoked, never deleted. */

import { and, eq, inArray, isNull, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { Assessment, AssessmentBasis, AssessmentRepository } from '../ports/assessments.ts'
import type { Authorship, Created, Page } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { assessments } from './schema/assessments.ts'
import { engagements } from './schema/engagements.ts'
import { members, organizations } from './schema/parties.ts'
import { actOnce, changeWithAudit, createOnce } from './write-once.ts'

type Row = typeof assessments.$inferSelect

/** The assessments of one database session. */
export function assessmentRepository(db: Db): AssessmentRepository {
  return {
    findBasis: (actor, asked) => findBasis(db, actor, asked),
    grant: (by, assessment) => grant(db, by, assessment),
    revoke: (by, id, auditId) => revoke(db, by, id, auditId),
    list: (actor, page) => list(db, actor, page),
  }
}

async function findBasis(
  db: Db,
  actor: Actor,
  asked: Parameters<AssessmentRepository['findBasis']>[1],
): Promise<AssessmentBasis> {
  const twins = alias(members, 'twin')
  const ofCaller = and(
    eq(members.organizationId, actor.organizationId),
    eq(members.id, sql`${actor.memberId}::uuid`),
  )
  const [me] = await db.select({ roles: members.roles }).from(members).where(ofCaller)
  const [assessor] = await db
    .select({ kind: organizations.kind, roles: members.roles, twin: twins.id })
    .from(members)
    .innerJoin(organizations, eq(organizations.id, members.organizationId))
    .leftJoin(
      twins,
      and(eq(twins.personId, members.personId), eq(twins.organizationId, actor.organizationId)),
    )
    .where(eq(members.id, asked.assessorMemberId))
  const own = await db
    .select({ id: engagements.id })
    .from(engagements)
    .where(
      and(
        eq(engagements.bodyOrganizationId, actor.organizationId),
        inArray(engagements.id, [...asked.engagementIds]),
      ),
    )
  const madeHere = and(eq(assessments.id, asked.id), eq(assessments.bodyOrganizationId, actor.organizationId))
  const [made] = await db.select().from(assessments).where(madeHere)
  return {
    callerRoles: me?.roles ?? [],
    isAssessor: assessor?.kind === 'accreditation-body' && assessor.roles.includes('assessor'),
    isOfTheBody: (assessor?.twin ?? null) !== null,
    engagementIds: own.map(({ id }) => id),
    madeBefore: made ? { assessment: toAssessment(made), requestDigest: made.requestDigest } : null,
  }
}

async function grant(db: Db, by: Authorship, assessment: Assessment): Promise<Created<Assessment>> {
  const { engagementIds, assessorMemberId, validFrom, validUntil } = assessment
  const values = {
    ...assessment,
    engagementIds: engagementIds && [...engagementIds],
    requestDigest: by.mark.digest,
  }
  const facts = { assessorMemberId, engagementIds, from: validFrom, until: validUntil }
  const note = { action: 'grant-assessment', resource: 'assessment', facts }
  const { row, replayed } = await createOnce(db, assessments, values, by, note)
  return { row: toAssessment(row), replayed }
}

async function revoke(db: Db, by: Authorship, id: string, auditId: string): Promise<Assessment | null> {
  const mine = and(eq(assessments.id, id), eq(assessments.bodyOrganizationId, by.actor.organizationId))
  const change = db
    .update(assessments)
    .set({ revokedAt: by.at })
    .where(and(mine, isNull(assessments.revokedAt)))
    .returning()
  const note = { id: auditId, action: 'revoke-assessment', resource: 'assessment', resourceId: id }
  const rows = await actOnce(db, by, auditId, () => changeWithAudit<Row>(db, change, by, note))
  const [row] = rows?.[0] ? rows : await db.select().from(assessments).where(mine)
  return row ? toAssessment(row) : null
}

async function list(db: Db, actor: Actor, page: Page): Promise<Assessment[]> {
  const { grantedAt, id, bodyOrganizationId } = assessments
  const isMine = or(
    eq(bodyOrganizationId, actor.organizationId),
    eq(members.organizationId, actor.organizationId),
  )
  const rows = await db
    .select({ assessment: assessments })
    .from(assessments)
    .innerJoin(members, eq(members.id, assessments.assessorMemberId))
    .where(and(isMine, afterCursor(grantedAt, id, page.after)))
    .orderBy(...newestFirst(grantedAt, id))
    .limit(page.limit)
  return rows.map(({ assessment }) => toAssessment(assessment))
}

function toAssessment({ requestDigest: _, ...row }: Row): Assessment {
  return row
}
