/** Competences of members in Postgres: recorded, ended, never deleted. */

import { and, asc, eq, gt, isNull, or, sql } from 'drizzle-orm'
import type { CompetenceBasis, CompetenceRepository, CompetenceRow } from '../ports/competences.ts'
import type { Authorship, Created } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { competences } from './schema/engagements.ts'
import { members } from './schema/parties.ts'
import { actOnce, changeWithAudit, createOnce, wasDone } from './write-once.ts'

type Row = typeof competences.$inferSelect

/** The competences of one database session. */
export function competenceRepository(db: Db): CompetenceRepository {
  return {
    findBasis: (actor, memberId) => findBasis(db, actor, memberId),
    record: (by, competence) => record(db, by, competence),
    end: (by, id, on, auditId) => end(db, by, { id, on, auditId }),
    list: (actor, memberId) => list(db, actor, memberId),
  }
}

async function findBasis(db: Db, actor: Actor, memberId: string): Promise<CompetenceBasis> {
  const rows = await db
    .select({ id: members.id, personId: members.personId, roles: members.roles })
    .from(members)
    .where(
      and(
        eq(members.organizationId, actor.organizationId),
        or(eq(members.id, memberId), eq(members.id, sql`${actor.memberId}::uuid`)),
      ),
    )
  return {
    member: rows.find(({ id }) => id === memberId) ?? null,
    callerRoles: rows.find(({ id }) => id === actor.memberId)?.roles ?? [],
  }
}

async function record(db: Db, by: Authorship, competence: CompetenceRow): Promise<Created<CompetenceRow>> {
  const values = { ...competence, requestDigest: by.mark.digest }
  const { memberId, role, sector } = competence
  const note = { action: 'record-competence', resource: 'competence', facts: { memberId, role, sector } }
  const { row, replayed } = await createOnce(db, competences, values, by, note)
  return { row: toCompetence(row), replayed }
}

async function end(
  db: Db,
  by: Authorship,
  { id, on, auditId }: { readonly id: string; readonly on: string; readonly auditId: string },
): Promise<CompetenceRow | null> {
  const mine = and(eq(competences.id, id), eq(competences.organizationId, by.actor.organizationId))
  const changed = db
    .update(competences)
    .set({ validUntil: sql`greatest(${competences.validFrom}, ${on}::date)` })
    .where(and(mine, or(isNull(competences.validUntil), gt(competences.validUntil, on))))
    .returning()
  const note = {
    id: auditId,
    action: 'end-competence',
    resource: 'competence',
    resourceId: id,
    facts: { on },
  }
  const rows = await actOnce(db, by, auditId, () => changeWithAudit<Row>(db, changed, by, note))
  if (rows?.[0]) return toCompetence(rows[0])
  if (!(await wasDone(db, by, auditId))) return null
  const [row] = await db.select().from(competences).where(mine)
  return row ? toCompetence(row) : null
}

async function list(db: Db, actor: Actor, memberId: string): Promise<CompetenceRow[]> {
  const rows = await db
    .select()
    .from(competences)
    .where(and(eq(competences.memberId, memberId), eq(competences.organizationId, actor.organizationId)))
    .orderBy(asc(competences.createdAt), asc(competences.id))
    .limit(500)
  return rows.map(toCompetence)
}

function toCompetence({ requestDigest: _, ...row }: Row): CompetenceRow {
  return row
}
