/** Engagements in Postgres. Every query carries the caller's relation: client or body of the engagement. */

import { and, eq, inArray, or, sql, type WithSubquery } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { EngagementState } from '../certification/engagement.ts'
import {
  type ApplicationBasis,
  type Engagement,
  type EngagementChange,
  type EngagementFile,
  type EngagementFilter,
  type EngagementListed,
  type EngagementRepository,
  type FindingRow,
  type Participant,
  engagementRoles as sideOfRole,
} from '../ports/engagements.ts'
import type { Authorship, Created, Page } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { toRevision } from './footprints.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { toOrganization } from './parties.ts'
import { audit } from './schema/audit.ts'
import { engagements, type findings } from './schema/engagements.ts'
import { footprints, revisions } from './schema/footprints.ts'
import { members, organizations, persons } from './schema/parties.ts'
import { auditColumns, brokenConstraint } from './write-once.ts'

export function engagementRepository(db: Db): EngagementRepository {
  return {
    findApplicationBasis: (actor, application) => findApplicationBasis(db, actor, application),
    apply: (by, engagement) => apply(db, by, engagement),
    load: (actor, id, concerning) => load(db, actor, id, concerning),
    move: (by, standing, change) => move(db, by, standing, change),
    list: (actor, filter, page) => list(db, actor, filter, page),
  }
}

type EngagementRow = typeof engagements.$inferSelect

/** A signed act as stored, its instant read. */
function signed<Act extends { readonly at: string }>(
  act: Act | null,
): (Omit<Act, 'at'> & { at: Date }) | null {
  return act && { ...act, at: new Date(act.at) }
}

function toEngagement(row: EngagementRow): Engagement {
  const { requestDigest: _, schemeId, schemeVersion, schemeDigest, ...rest } = row
  return {
    ...rest,
    scheme: { id: schemeId, version: schemeVersion, digest: schemeDigest },
    contractReview: signed(row.contractReview),
    proposal: signed(row.proposal),
    review: signed(row.review),
    returned: signed(row.returned),
    decision: signed(row.decision),
    closing: signed(row.closing),
  }
}

/** Client or body; nobody else has a relation to an engagement. */
function related(actor: Actor) {
  const mine = [engagements.clientOrganizationId, engagements.bodyOrganizationId]
  return or(...mine.map((column) => eq(column, actor.organizationId)))
}

const clients = alias(organizations, 'client')
const bodies = alias(organizations, 'body')
const faceOf = (organization: typeof clients | typeof bodies) => ({
  id: organization.id,
  slug: organization.slug,
  en: organization.nameEn,
  zh: organization.nameZh,
})

function toFace({ en, zh, ...rest }: { id: string; slug: string; en: string; zh: string | null }) {
  return { ...rest, name: { en, zh } }
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

/**
 * One statement: engagement, client's side and audit row, if the footprint still stands submitted at that revision. The
 * footprint's version counts on with it, so that a change of the footprint at the same moment loses its own swap.
 */
async function apply(db: Db, by: Authorship, engagement: Engagement): Promise<Created<Engagement>> {
  const taken = db.$with('taken').as(takeFootprint(db, by, engagement))
  const moved = db.$with('moved').as(
    db
      .insert(engagements)
      .select((query) => query.select(engagementColumns(engagement, by)).from(taken))
      .returning(),
  )
  const note = { id: engagement.id, action: 'apply', resource: 'engagement', resourceId: engagement.id }
  const facts = { to: engagement.state, revision: engagement.revisionNumber }
  const parts = [taken as Part, moved, ...preparersJoin(db, by.at), logged(db, moved, by, { ...note, facts })]
  const [row] = await refusing(
    db
      .with(...parts)
      .select()
      .from(moved),
  )
  if (row) return { row: toEngagement(row), replayed: false }
  return { row: await appliedBefore(db, by, engagement.id), replayed: true }
}

function takeFootprint(db: Db, by: Authorship, { id, footprintId, revisionNumber }: Engagement) {
  return db
    .update(footprints)
    .set({ version: sql`${footprints.version} + 1` })
    .where(
      and(
        eq(footprints.id, footprintId),
        eq(footprints.organizationId, by.actor.organizationId),
        eq(footprints.state, 'submitted'),
        eq(footprints.latestRevision, revisionNumber),
        sql`not exists (select 1 from engagements standing where standing.id = ${id}::uuid)`,
      ),
    )
    .returning({ footprintId: footprints.id })
}

async function appliedBefore(db: Db, by: Authorship, id: string): Promise<Engagement> {
  const [row] = await db
    .select()
    .from(engagements)
    .where(and(eq(engagements.id, id), related(by.actor)))
  if (!row)
    throw new Problem(
      'stale-state',
      'The footprint changed meanwhile; read it again and apply with its newest revision.',
    )
  requireSameRequest(row.requestDigest, by.mark)
  return toEngagement(row)
}

/** The columns of an engagement as SQL, in the table's order. */
function engagementColumns(engagement: Engagement, by: Authorship) {
  const text = (value: string | null, name: string) => sql<string>`${value}::text`.as(name)
  const uuid = (value: string, name: string) => sql<string>`${value}::uuid`.as(name)
  const integer = (value: number, name: string) => sql<number>`${value}::integer`.as(name)
  const none = (name: string) => sql<null>`null::jsonb`.as(name)
  const at = (value: Date, name: string) => sql<Date>`${value.toISOString()}::timestamptz`.as(name)
  return {
    id: uuid(engagement.id, 'id'),
    footprintId: uuid(engagement.footprintId, 'footprint_id'),
    clientOrganizationId: uuid(engagement.clientOrganizationId, 'client_organization_id'),
    bodyOrganizationId: uuid(engagement.bodyOrganizationId, 'body_organization_id'),
    schemeId: text(engagement.scheme.id, 'scheme_id'),
    schemeVersion: text(engagement.scheme.version, 'scheme_version'),
    schemeDigest: text(engagement.scheme.digest, 'scheme_digest'),
    documentKind: text(engagement.documentKind, 'document_kind'),
    state: text(engagement.state, 'state'),
    version: integer(engagement.version, 'version'),
    firstRevision: integer(engagement.firstRevision, 'first_revision'),
    revisionNumber: integer(engagement.revisionNumber, 'revision_number'),
    findingCount: integer(engagement.findingCount, 'finding_count'),
    note: text(engagement.note, 'note'),
    contractReview: none('contract_review'),
    proposal: none('proposal'),
    review: none('review'),
    returned: none('returned'),
    decision: none('decision'),
    closing: none('closing'),
    requestDigest: text(by.mark.digest, 'request_digest'),
    createdAt: at(engagement.createdAt, 'created_at'),
    updatedAt: at(engagement.updatedAt, 'updated_at'),
  } as never
}

/**
 * Parts of a statement that follow the engagement which `moved`: no move, nothing of them either. Each is SQL of one
 * common table expression.
 */
type Part = WithSubquery

function part(db: Db, name: string, statement: ReturnType<typeof sql>): Part {
  return db.$with(name, { id: sql<string>`id`.as('id') }).as(statement)
}

function logged(db: Db, moved: Part, by: Authorship, note: Parameters<typeof auditColumns>[1]): Part {
  return db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(moved as never))
      .returning({ id: audit.id }),
  ) as Part
}

/** Everyone who acted on the footprint, and everyone who declared a revision of it, stands on the client's side. */
function preparersJoin(db: Db, at: Date): Part[] {
  const acted = sql`
    select distinct moved.id as engagement_id, deed.person_id, deed.role from moved join (
      select resource_id as footprint_id, person_id, 'preparer' as role from audit
        where resource = 'footprint' and person_id is not null
      union select footprint_id, declared_by_person_id, 'responsible' from revisions
    ) deed on deed.footprint_id = moved.footprint_id`
  return joining(db, acted, at)
}

/** The persons of a change, each with a role. */
function participantsJoin(db: Db, joiners: NonNullable<EngagementChange['joining']>, at: Date): Part[] {
  const rows = JSON.stringify(joiners.map(({ personId, role }) => ({ person_id: personId, role })))
  const named = sql`
    select moved.id as engagement_id, joiner.person_id, joiner.role
    from moved, jsonb_to_recordset(${rows}::jsonb) as joiner(person_id uuid, role text)`
  return joining(db, named, at)
}

/** Rows `(engagement_id, person_id, role)` become persons on a side and their roles; `on conflict` lets one act twice. */
function joining(db: Db, rows: ReturnType<typeof sql>, at: Date): Part[] {
  const sides = JSON.stringify(sideOfRole)
  const sided = sql`
    select rows.engagement_id, rows.person_id, rows.role, ${sides}::jsonb ->> rows.role as side from (${rows}) rows`
  return [
    part(
      db,
      'joined',
      sql`insert into engagement_persons (engagement_id, person_id, side)
        select distinct sided.engagement_id, sided.person_id, sided.side from (${sided}) sided
        on conflict (engagement_id, person_id) do nothing returning person_id as id`,
    ),
    part(
      db,
      'given',
      sql`insert into engagement_roles (engagement_id, person_id, side, role, since)
        select sided.engagement_id, sided.person_id, sided.side, sided.role, ${at.toISOString()}::timestamptz
        from (${sided}) sided
        on conflict (engagement_id, person_id, role) do nothing returning person_id as id`,
    ),
  ]
}

const memberIdsOf = (ids: readonly string[]) =>
  sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`

async function load(
  db: Db,
  actor: Actor,
  id: string,
  concerning: { readonly memberIds: readonly string[]; readonly auditId: string | null },
): Promise<EngagementFile | null> {
  const [row] = await db
    .select({
      engagement: engagements,
      client: faceOf(clients),
      body: faceOf(bodies),
      revision: revisions,
      declarer: persons.name,
      latestRevision: footprints.latestRevision,
      latestSchemeDigest: latestSchemeDigest(),
      participants: participantsOf(),
      findings: findingsOf(),
      history: historyOf(),
      caller: callerOf(actor),
      members: membersOf(actor, concerning.memberIds),
      tiedPersons: tiedPersons(actor, concerning.memberIds),
      bodyPersons: bodyPersons(),
      madeBefore: sql<
        string | null
      >`(select request_digest from audit where id = ${concerning.auditId}::uuid)`,
    })
    .from(engagements)
    .innerJoin(clients, eq(clients.id, engagements.clientOrganizationId))
    .innerJoin(bodies, eq(bodies.id, engagements.bodyOrganizationId))
    .innerJoin(footprints, eq(footprints.id, engagements.footprintId))
    .innerJoin(
      revisions,
      and(
        eq(revisions.footprintId, engagements.footprintId),
        eq(revisions.number, engagements.revisionNumber),
      ),
    )
    .innerJoin(persons, eq(persons.id, revisions.declaredByPersonId))
    .where(and(eq(engagements.id, id), related(actor)))
  if (!row) return null
  const { caller, declarer, ...rest } = row
  return {
    ...rest,
    engagement: toEngagement(row.engagement),
    client: toFace(row.client),
    body: toFace(row.body),
    revision: toRevision(row.revision, declarer),
    participants: row.participants.map((one) => ({ ...one, since: new Date(one.since) })),
    findings: row.findings.map(toFinding),
    history: row.history.map((act) => ({ ...act, at: new Date(act.at) })),
    callerRoles: caller?.roles ?? [],
    callerName: caller?.name ?? null,
  }
}

function latestSchemeDigest() {
  return sql<string>`(
    select newest.scheme_digest from revisions newest
    where newest.footprint_id = ${footprints.id} and newest.number = ${footprints.latestRevision}
  )`
}

type AsJson<Row, Instants extends keyof Row> = Omit<Row, Instants> & Record<Instants, string>

function participantsOf() {
  return sql<AsJson<Participant, 'since'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'personId', given.person_id, 'personName', who.name, 'role', given.role, 'side', given.side, 'since', given.since
    ) order by given.since, given.side, given.role, who.name), '[]')
    from engagement_roles given join persons who on who.id = given.person_id
    where given.engagement_id = ${engagements.id}
  )`
}

type FindingJson = typeof findings.$inferSelect

function findingsOf() {
  return sql<FindingJson[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', found.id, 'number', found.number, 'kind', found.kind, 'severity', found.severity, 'part', found.part,
      'quantityKgCo2e', found.quantity_kg_co2e, 'intentional', found.intentional, 'disclosed', found.disclosed,
      'text', found.text, 'lines', found.lines, 'state', found.state, 'closure', found.closure,
      'raised', found.raised, 'answer', found.answer, 'closed', found.closed
    ) order by found.number), '[]')
    from findings found where found.engagement_id = ${engagements.id}
  )`
}

function toFinding(row: FindingJson): FindingRow {
  return {
    ...row,
    raised: { ...row.raised, at: new Date(row.raised.at) },
    answer: signed(row.answer),
    closed: signed(row.closed),
  }
}

function historyOf() {
  return sql<AsJson<EngagementFile['history'][number], 'at'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', deed.id, 'action', deed.action, 'at', deed.at, 'organizationId', deed.organization_id,
      'personName', who.name, 'from', deed.facts ->> 'from', 'to', deed.facts ->> 'to'
    ) order by deed.at, deed.id), '[]')
    from audit deed left join persons who on who.id = deed.person_id
    where deed.resource = 'engagement' and deed.resource_id = ${engagements.id}
  )`
}

function callerOf(actor: Actor) {
  return sql<{ roles: string[]; name: string } | null>`(
    select jsonb_build_object('roles', me.roles, 'name', who.name)
    from members me join persons who on who.id = me.person_id
    where me.id = ${actor.memberId}::uuid and me.organization_id = ${actor.organizationId}::uuid
  )`
}

function membersOf(actor: Actor, memberIds: readonly string[]) {
  return sql<EngagementFile['members'][number][]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'memberId', mine.id, 'personId', mine.person_id, 'personName', who.name, 'roles', mine.roles
    )), '[]')
    from members mine join persons who on who.id = mine.person_id
    where mine.organization_id = ${actor.organizationId}::uuid and mine.id in ${memberIdsOf(memberIds)}
  )`
}

/** The caller, the members asked about and everyone of the body who took part, as far as they are members of the client's organization too. */
function tiedPersons(actor: Actor, memberIds: readonly string[]) {
  return sql<string[]>`(
    select coalesce(jsonb_agg(tied.person_id), '[]') from members tied
    where tied.organization_id = ${engagements.clientOrganizationId} and tied.person_id in (
      select asked.person_id from members asked where asked.id in ${memberIdsOf(memberIds)}
      union select ${actor.personId}::uuid
      union select taken.person_id from engagement_persons taken
        where taken.engagement_id = ${engagements.id} and taken.side <> 'client'
      union select deed.person_id from audit deed
        where deed.resource = 'engagement' and deed.resource_id = ${engagements.id}
          and deed.organization_id = ${engagements.bodyOrganizationId}
    )
  )`
}

function bodyPersons() {
  return sql<string[]>`(
    select coalesce(jsonb_agg(distinct deed.person_id), '[]') from audit deed
    where deed.resource = 'engagement' and deed.resource_id = ${engagements.id}
      and deed.organization_id = ${engagements.bodyOrganizationId} and deed.person_id is not null
  )`
}

/** One statement: state and everything the move brings, with its audit row, if the engagement is still as it was read. */
async function move(
  db: Db,
  by: Authorship,
  standing: Engagement,
  change: EngagementChange,
): Promise<Engagement | null> {
  const moved = db.$with('moved').as(
    db
      .update(engagements)
      .set(columnsOf(change, by.at))
      .where(
        and(
          eq(engagements.id, standing.id),
          related(by.actor),
          eq(engagements.state, standing.state),
          // Two verifiers may raise findings at once; nothing a finding rests on has moved while the state stands.
          change.raise ? undefined : eq(engagements.version, standing.version),
        ),
      )
      .returning(),
  )
  const facts = { from: standing.state, to: change.state, ...trailOf(change) }
  const note = { id: change.auditId, action: change.move, resource: 'engagement', resourceId: standing.id }
  const parts = [moved, ...following(db, by, change), logged(db, moved, by, { ...note, facts })]
  const [row] = await refusing(
    db
      .with(...parts)
      .select()
      .from(moved),
  )
  return row ? toEngagement(row) : null
}

function columnsOf(change: EngagementChange, at: Date) {
  const { state, revisionNumber, contractReview, proposal, review, returned, decision, closing } = change
  const given = { revisionNumber, contractReview, proposal, review, returned, decision, closing }
  const set = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  const version = sql`${engagements.version} + 1`
  if (change.raise)
    return { ...set, state, version, findingCount: sql`${engagements.findingCount} + 1`, updatedAt: at }
  return { ...set, state, version, updatedAt: at }
}

/** What the trail keeps beside the states: which finding, which revision, which outcome; not the texts. */
function trailOf(change: EngagementChange) {
  const finding = change.answer?.number ?? change.close?.number
  return {
    ...(finding !== undefined && { finding }),
    ...(change.raise && { findingId: change.raise.id }),
    ...(change.close && { closure: change.close.closure }),
    ...(change.revisionNumber !== undefined && { revision: change.revisionNumber }),
    ...(change.proposal && { opinion: change.proposal.opinion }),
    ...(change.decision && { outcome: change.decision.outcome }),
  }
}

function following(db: Db, by: Authorship, change: EngagementChange): Part[] {
  return [
    ...(change.joining ? participantsJoin(db, change.joining, by.at) : []),
    ...(change.preparersJoin ? preparersJoin(db, by.at) : []),
    ...(change.raise ? [raised(db, change.raise)] : []),
    ...(change.answer ? [answered(db, change.answer)] : []),
    ...(change.close ? [closed(db, change.close)] : []),
    ...(change.reopensFootprint ? [reopened(db, by.at)] : []),
  ]
}

function raised(db: Db, finding: NonNullable<EngagementChange['raise']>): Part {
  return part(
    db,
    'raised',
    sql`insert into findings (id, engagement_id, number, kind, severity, part, quantity_kg_co2e, intentional, disclosed,
        text, lines, state, raised)
      select ${finding.id}::uuid, moved.id, moved.finding_count, ${finding.kind}, ${finding.severity}, ${finding.part},
        ${finding.quantityKgCo2e}, ${finding.intentional}::boolean, ${finding.disclosed}::boolean, ${finding.text},
        array(select jsonb_array_elements_text(${JSON.stringify(finding.lines)}::jsonb)), 'open',
        ${JSON.stringify(finding.raised)}::jsonb
      from moved returning id`,
  )
}

function answered(db: Db, answer: NonNullable<EngagementChange['answer']>): Part {
  return part(
    db,
    'answered',
    sql`update findings set state = 'answered', answer = ${JSON.stringify(answer.answer)}::jsonb
      from moved where findings.engagement_id = moved.id and findings.number = ${answer.number}::integer
      returning findings.id as id`,
  )
}

function closed(db: Db, close: NonNullable<EngagementChange['close']>): Part {
  return part(
    db,
    'closed',
    sql`update findings set state = 'closed', closure = ${close.closure}, closed = ${JSON.stringify(close.closed)}::jsonb
      from moved where findings.engagement_id = moved.id and findings.number = ${close.number}::integer
      returning findings.id as id`,
  )
}

/** The footprint becomes a draft again, for its owner to correct. */
function reopened(db: Db, at: Date): Part {
  return part(
    db,
    'reopened',
    sql`update footprints set state = 'draft', version = footprints.version + 1, updated_at = ${at.toISOString()}::timestamptz
      from moved where footprints.id = moved.footprint_id returning footprints.id as id`,
  )
}

/** Names the constraints that refuse what no rule let through: two requests that met, or a hand past the rules. */
async function refusing<Rows>(query: PromiseLike<Rows>): Promise<Rows> {
  try {
    return await query
  } catch (thrown) {
    const constraint = brokenConstraint(thrown)
    if (constraint === 'engagement_roles_one_side_fkey') {
      throw new Problem(
        'person-on-both-sides',
        'This person stands on another side of the engagement already.',
      )
    }
    if (constraint === 'engagements_live_footprint_key') {
      throw new Problem(
        'already-exists',
        'A body is working on this footprint already; withdraw that application first.',
        {
          pointer: '/footprintId',
        },
      )
    }
    /** The same request at the same moment: the other one made the audit row; the caller reads what it did. */
    if (constraint === 'audit_pkey' || constraint === 'engagements_pkey') return [] as Rows
    throw thrown
  }
}

async function list(db: Db, actor: Actor, filter: EngagementFilter, page: Page): Promise<EngagementListed[]> {
  const { createdAt, id } = engagements
  const inState = filter.state && inArray(engagements.state, [filter.state] satisfies EngagementState[])
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
    .innerJoin(
      revisions,
      and(
        eq(revisions.footprintId, engagements.footprintId),
        eq(revisions.number, engagements.revisionNumber),
      ),
    )
    .where(and(related(actor), inState, afterCursor(createdAt, id, page.after)))
    .orderBy(...newestFirst(createdAt, id))
    .limit(page.limit)
  return rows.map((row) => ({
    ...row,
    engagement: toEngagement(row.engagement),
    client: toFace(row.client),
    body: toFace(row.body),
  }))
}

function openFindings() {
  return sql<number>`(
    select count(*)::integer from findings found
    where found.engagement_id = ${engagements.id} and found.state <> 'closed'
  )`
}
