/** Engagements in which something may await the caller, with what the queues look at: one statement. */

import { and, asc, eq, inArray, sql } from 'drizzle-orm'
import type { RecordedKind } from '../certification/papers.ts'
import type { QueuedEngagement } from '../ports/engagements.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { bodies, clients, faceOf, itsRevision, related, toFace } from './engagement-rows.ts'
import { engagements } from './schema/engagements.ts'
import { revisions } from './schema/footprints.ts'
import { schemes } from './schema/registry.ts'

const awaiting = ['applied', 'in-verification', 'in-correction', 'in-review', 'decided'] as const

/** Those that waited longest first. */
export async function queued(db: Db, actor: Actor, limit: number): Promise<QueuedEngagement[]> {
  const rows = await db
    .select({
      item: {
        id: engagements.id,
        footprintId: engagements.footprintId,
        title: sql<string>`${revisions.definition} ->> 'title'`,
        version: engagements.version,
        documentKind: engagements.documentKind,
        updatedAt: engagements.updatedAt,
        answerBy: sql<string | null>`(
          select min(found.answer_by)::text from findings found
          where found.engagement_id = ${engagements.id} and found.state = 'open'
        )`,
      },
      clientOrganizationId: engagements.clientOrganizationId,
      client: faceOf(clients),
      body: faceOf(bodies),
      facts: {
        state: engagements.state,
        roles: rolesOf(actor),
        partRoles: partRolesOf(actor),
        ofTeam: ofTeam(actor),
        openFindings: countOf('open'),
        answeredFindings: countOf('answered'),
        reviewed: sql<boolean>`${engagements.review} is not null`,
        granted: sql<boolean | null>`${engagements.decision} ->> 'outcome' = 'granted'`,
        unsigned: unsigned(),
        planAwaited: sql<boolean>`${asksFor('reduction-plan')} and not ${has('reduction-plan')}`,
        reported: has('verification-report'),
        asksForReport: asksFor('verification-report'),
      },
    })
    .from(engagements)
    .innerJoin(clients, eq(clients.id, engagements.clientOrganizationId))
    .innerJoin(bodies, eq(bodies.id, engagements.bodyOrganizationId))
    .innerJoin(revisions, itsRevision)
    .leftJoin(
      schemes,
      and(eq(schemes.id, engagements.schemeId), eq(schemes.version, engagements.schemeVersion)),
    )
    .where(and(related(actor), inArray(engagements.state, [...awaiting])))
    .orderBy(asc(engagements.updatedAt), asc(engagements.id))
    .limit(limit)
  return rows.map(({ item, clientOrganizationId, client, body, facts }) => {
    const side = clientOrganizationId === actor.organizationId ? 'client' : 'body'
    return { ...item, client: toFace(client), body: toFace(body), facts: { ...facts, side } }
  })
}

/** Whether a paper of a kind is on file. */
function has(kind: RecordedKind) {
  return sql<boolean>`exists (
    select from engagement_papers paper where paper.engagement_id = ${engagements.id} and paper.kind = ${kind}
  )`
}

/** Whether the scheme asks for one. */
function asksFor(kind: RecordedKind) {
  return sql<boolean>`coalesce(
    ${schemes.body} -> 'process' -> 'papers' @> ${JSON.stringify([{ kind }])}::jsonb, false
  )`
}

function rolesOf(actor: Actor) {
  return sql<string[]>`coalesce((
    select me.roles from members me
    where me.id = ${actor.memberId}::uuid and me.organization_id = ${actor.organizationId}::uuid
  ), '{}')`
}

function partRolesOf(actor: Actor) {
  return sql<string[]>`array(
    select held.role from engagement_roles held
    where held.engagement_id = ${engagements.id} and held.person_id = ${actor.personId}::uuid and held.ended_at is null
  )`
}

function ofTeam(actor: Actor) {
  return sql<boolean>`exists (
    select from engagement_persons stands
    where stands.engagement_id = ${engagements.id} and stands.person_id = ${actor.personId}::uuid and stands.side = 'team'
  )`
}

function countOf(state: 'open' | 'answered') {
  return sql<number>`(
    select count(*)::integer from findings found
    where found.engagement_id = ${engagements.id} and found.state = ${state}
  )`
}

/** The newest agreement has a text that nobody signed. */
function unsigned() {
  return sql<boolean>`exists (
    select from engagement_papers agreed
    where agreed.engagement_id = ${engagements.id} and agreed.kind = 'agreement'
      and not exists (
        select from engagement_papers later
        where later.engagement_id = agreed.engagement_id and later.kind = 'agreement' and later.number > agreed.number
      )
      and not exists (
        select from engagement_papers signed
        where signed.engagement_id = agreed.engagement_id and signed.kind = 'agreement-signature'
          and signed.body ->> 'documentDigest' = agreed.body ->> 'documentDigest'
      )
  )`
}
