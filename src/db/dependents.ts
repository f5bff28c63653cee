/** What rests on a factor-table version: found by an index over the pins of drafts and revisions, within the caller's relation. */

import { and, asc, eq, gt, inArray, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import { liveStates } from '../certification/engagement.ts'
import type { TablePin } from '../engine/types.ts'
import type { Dependent, DependentRepository, DependentSubject } from '../ports/impact.ts'
import type { Page } from '../ports/parties.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { credentials } from './schema/credentials.ts'
import { engagements } from './schema/engagements.ts'
import { footprints, pinsOf, revisions } from './schema/footprints.ts'
import { organizations } from './schema/parties.ts'

/** The dependents of one database session. */
export function dependentRepository(db: Db): DependentRepository {
  return {
    listDependents: (actor, subject, pin, page) => lists[subject](db, actor, pin, page),
  }
}

type Owner = Pick<Actor, 'organizationId'>
type List = (db: Db, actor: Owner, pin: TablePin, page: Page) => Promise<Dependent[]>

const lists: Readonly<Record<DependentSubject, List>> = {
  draft: listDrafts,
  engagement: listEngagements,
  credential: listCredentials,
}

/** The definition pins this version; the expression is the index's own. */
function pins(definition: PgColumn, { table, version }: TablePin): SQL {
  return sql`${pinsOf(definition)} @> ${JSON.stringify([{ table, version }])}::jsonb`
}

const after = (id: PgColumn, { after }: Page) => (after === null ? undefined : gt(id, sql`${after}::uuid`))

const client = { en: organizations.nameEn, zh: organizations.nameZh }
const titleOf = (definition: PgColumn) => sql<string>`${definition} ->> 'title'`

async function listDrafts(db: Db, actor: Owner, pin: TablePin, page: Page): Promise<Dependent[]> {
  const rows = await db
    .select({ id: footprints.id, title: titleOf(footprints.definition), client })
    .from(footprints)
    .innerJoin(organizations, eq(organizations.id, footprints.organizationId))
    .where(
      and(
        eq(footprints.organizationId, actor.organizationId),
        eq(footprints.state, 'draft'),
        pins(footprints.definition, pin),
        after(footprints.id, page),
      ),
    )
    .orderBy(asc(footprints.id))
    .limit(page.limit)
  const none = { revision: null, engagementId: null, credentialNumber: null }
  return rows.map((row) => ({ subject: 'draft', ...row, footprintId: row.id, ...none }))
}

/** The revision that an engagement speaks of at present: what was certified, once it is issued. */
const presentRevision = and(
  eq(revisions.footprintId, engagements.footprintId),
  eq(revisions.number, engagements.revisionNumber),
)

const ofRevision = {
  footprintId: revisions.footprintId,
  title: titleOf(revisions.definition),
  client,
  revision: revisions.number,
  engagementId: engagements.id,
}

/** Living ones, and those granted that have not been issued yet. */
function isUnderWay(): SQL | undefined {
  const isGranted = sql`${engagements.decision} ->> 'outcome' = 'granted'`
  return or(inArray(engagements.state, [...liveStates]), and(eq(engagements.state, 'decided'), isGranted))
}

async function listEngagements(db: Db, actor: Owner, pin: TablePin, page: Page): Promise<Dependent[]> {
  const rows = await db
    .select({ id: engagements.id, ...ofRevision })
    .from(engagements)
    .innerJoin(revisions, presentRevision)
    .innerJoin(organizations, eq(organizations.id, engagements.clientOrganizationId))
    .where(
      and(
        or(
          eq(engagements.clientOrganizationId, actor.organizationId),
          eq(engagements.bodyOrganizationId, actor.organizationId),
        ),
        isUnderWay(),
        pins(revisions.definition, pin),
        after(engagements.id, page),
      ),
    )
    .orderBy(asc(engagements.id))
    .limit(page.limit)
  return rows.map((row) => ({ subject: 'engagement', ...row, credentialNumber: null }))
}

async function listCredentials(db: Db, actor: Owner, pin: TablePin, page: Page): Promise<Dependent[]> {
  const rows = await db
    .select({ id: credentials.id, ...ofRevision, credentialNumber: credentials.number })
    .from(credentials)
    .innerJoin(engagements, eq(engagements.id, credentials.engagementId))
    .innerJoin(revisions, presentRevision)
    .innerJoin(organizations, eq(organizations.id, credentials.clientOrganizationId))
    .where(
      and(
        or(
          eq(credentials.clientOrganizationId, actor.organizationId),
          eq(credentials.bodyOrganizationId, actor.organizationId),
        ),
        pins(revisions.definition, pin),
        after(credentials.id, page),
      ),
    )
    .orderBy(asc(credentials.id))
    .limit(page.limit)
  return rows.map((row) => ({ subject: 'credential', ...row }))
}
