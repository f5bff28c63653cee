/** Engagements in Postgres. Every query carries the caller's relation: client or body of the engagement. */

import { and, asc, eq, inArray, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type {
  ApplicationBasis,
  EngagementFilter,
  EngagementListed,
  EngagementRepository,
  PaperRow,
} from '../ports/engagements.ts'
import type { Page } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import { isAssessedBy, leaveTrace, readAs } from './assessor-reading.ts'
import type { Db } from './database.ts'
import { loadFile } from './engagement-file.ts'
import { apply, move } from './engagement-moves.ts'
import { queued } from './engagement-queue.ts'
import { bodies, clients, faceOf, itsRevision, related, toEngagement, toFace } from './engagement-rows.ts'
import { toRevision } from './footprints.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { toOrganization } from './organization-rows.ts'
import { loadReportFile } from './report-file.ts'
import { engagementPapers, engagements } from './schema/engagements.ts'
import { footprints, revisions } from './schema/footprints.ts'
import { members, persons } from './schema/parties.ts'

/** The engagements of one database session. */
export function engagementRepository(db: Db): EngagementRepository {
  return {
    findApplicationBasis: (actor, application) => findApplicationBasis(db, actor, application),
    apply: (by, engagement) => apply(db, by, engagement),
    load: (actor, id, concerning) =>
      readAs(db, actor, eq(engagements.id, id), { action: 'read-engagement' }, (tx, reader) =>
        loadFile(tx, reader, id, concerning),
      ),
    move: (by, standing, change) => move(db, by, standing, change),
    papers: (actor, id) =>
      readAs(db, actor, eq(engagements.id, id), { action: 'read-papers' }, (tx, reader) =>
        papers(tx, reader, id),
      ),
    reportFile: (actor, id) =>
      readAs(db, actor, eq(engagements.id, id), { action: 'read-verification-report' }, (tx, reader) =>
        loadReportFile(tx, reader, id),
      ),
    queued: (actor, limit) => queued(db, actor, limit),
    list: (actor, filter, page) =>
      actor.organizationKind === 'accreditation-body'
        ? db.transaction((tx) => listAssessed(tx, actor, filter, page))
        : list(db, related(actor), filter, page),
  }
}

async function findApplicationBasis(
  db: Db,
  actor: Actor,
  application: { readonly footprintId: string; readonly bodySlug: string; readonly engagementId: string },
): Promise<ApplicationBasis | null> {
  const newest = and(
    eq(revisions.footprintId, footprints.id),
    eq(revisions.number, footprints.latestRevision),
  )
  const declarers = alias(persons, 'declarer')
  const [row] = await db
    .select({
      revision: revisions,
      declarer: declarers.name,
      state: footprints.state,
      madeBefore: engagements,
      body: bodies,
      callerRoles: members.roles,
      callerName: persons.name,
    })
    .from(footprints)
    .leftJoin(revisions, newest)
    .leftJoin(declarers, eq(declarers.id, revisions.declaredByPersonId))
    .leftJoin(bodies, eq(bodies.slug, application.bodySlug))
    .leftJoin(engagements, and(eq(engagements.id, application.engagementId), related(actor)))
    .leftJoin(
      members,
      and(eq(members.id, sql`${actor.memberId}::uuid`), eq(members.organizationId, actor.organizationId)),
    )
    .leftJoin(persons, eq(persons.id, members.personId))
    .where(
      and(eq(footprints.id, application.footprintId), eq(footprints.organizationId, actor.organizationId)),
    )
  if (!row) return null
  const { madeBefore } = row
  const isSubmitted = row.state === 'submitted' && row.revision !== null
  return {
    madeBefore: madeBefore && {
      engagement: toEngagement(madeBefore),
      requestDigest: madeBefore.requestDigest,
    },
    revision: isSubmitted && row.revision ? toRevision(row.revision, row.declarer ?? '') : null,
    body: row.body && toOrganization(row.body),
    callerRoles: row.callerRoles ?? [],
    callerName: row.callerName,
  }
}

/** What an assessor may read now; that each was listed is in its trail. */
async function listAssessed(db: Db, actor: Actor, filter: EngagementFilter, page: Page) {
  const listed = await list(db, isAssessedBy(db, actor), filter, page)
  const ids = listed.map(({ engagement }) => engagement.id)
  if (ids.length > 0) await leaveTrace(db, actor, inArray(engagements.id, ids), { action: 'list-engagement' })
  return listed
}

async function list(
  db: Db,
  visible: SQL | undefined,
  filter: EngagementFilter,
  page: Page,
): Promise<EngagementListed[]> {
  const { createdAt, id } = engagements
  const inState = filter.state && eq(engagements.state, filter.state)
  const rows = await db
    .select({
      engagement: engagements,
      title: sql<string>`${revisions.definition} ->> 'title'`,
      client: faceOf(clients),
      body: faceOf(bodies),
      openFindings: openFindings(),
    })
    .from(engagements)
    .innerJoin(clients, eq(clients.id, engagements.clientOrganizationId))
    .innerJoin(bodies, eq(bodies.id, engagements.bodyOrganizationId))
    .innerJoin(revisions, itsRevision)
    .where(and(visible, inState, afterCursor(createdAt, id, page.after)))
    .orderBy(...newestFirst(createdAt, id))
    .limit(page.limit)
  return rows.map((row) => ({
    ...row,
    engagement: toEngagement(row.engagement),
    client: toFace(row.client),
    body: toFace(row.body),
  }))
}

async function papers(db: Db, actor: Actor, id: string): Promise<readonly PaperRow[] | null> {
  const rows = await db
    .select({ paper: engagementPapers, personName: persons.name })
    .from(engagements)
    .leftJoin(engagementPapers, eq(engagementPapers.engagementId, engagements.id))
    .leftJoin(persons, eq(persons.id, engagementPapers.personId))
    .where(and(eq(engagements.id, id), related(actor)))
    .orderBy(asc(engagementPapers.at), asc(engagementPapers.id))
  if (rows.length === 0) return null
  return rows.flatMap(({ paper, personName }) => (paper ? [{ ...paper, personName } as PaperRow] : []))
}

function openFindings() {
  return sql<number>`(
    select count(*)::integer from findings found
    where found.engagement_id = ${engagements.id} and found.state <> 'closed'
  )`
}
