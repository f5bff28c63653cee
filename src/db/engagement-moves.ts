/** Writes of engagements: each move with everything it brings and its audit row in one statement, or nothing of it. */

import { and, eq, sql, type WithSubquery } from 'drizzle-orm'
import {
  type Engagement,
  type EngagementChange,
  engagementRoles as sideOfRole,
} from '../ports/engagements.ts'
import type { Authorship, Created } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { related, toEngagement } from './engagement-rows.ts'
import { audit } from './schema/audit.ts'
import { engagements } from './schema/engagements.ts'
import { footprints } from './schema/footprints.ts'
import { auditColumns, brokenConstraint } from './write-once.ts'

/**
 * One statement: engagement, client's side and audit row, if the footprint still stands submitted at that revision. The
 * footprint's version counts on with it, so that a change of the footprint at the same moment loses its own swap.
 */
export async function apply(db: Db, by: Authorship, engagement: Engagement): Promise<Created<Engagement>> {
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
    disclosure: sql<
      string[]
    >`array(select jsonb_array_elements_text(${JSON.stringify(engagement.disclosure)}::jsonb))`.as(
      'disclosure',
    ),
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
        on conflict (engagement_id, person_id, role) do update set ended_at = null where engagement_roles.ended_at is not null
        returning person_id as id`,
    ),
  ]
}

/** One statement: state and everything the move brings, with its audit row, if the engagement is still as it was read. */
export async function move(
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
  const told = { ...note, facts, kind: change.kind ?? 'ordinary', counted: 'moved' }
  const parts = [moved, ...following(db, by, change), logged(db, moved, by, told)]
  const [row] = await refusing(
    db
      .with(...parts)
      .select()
      .from(moved),
  )
  return row ? toEngagement(row) : null
}

function columnsOf(change: EngagementChange, at: Date) {
  const { state, revisionNumber, disclosure, contractReview, proposal, review, returned, decision, closing } =
    change
  const given = { revisionNumber, disclosure, contractReview, proposal, review, returned, decision, closing }
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
    ...(change.disclosure && { disclosure: change.disclosure }),
    ...(change.proposal && { opinion: change.proposal.opinion }),
    ...(change.decision && { outcome: change.decision.outcome }),
    ...(change.paper && { paper: change.paper.content.kind, paperId: change.paper.id }),
    ...(change.leaving && { left: change.leaving.map(({ personId }) => personId) }),
    ...(change.joining && { joined: change.joining.map(({ personId, role }) => ({ personId, role })) }),
    ...(change.examine && { factorTable: change.examine.examined }),
  }
}

function following(db: Db, by: Authorship, change: EngagementChange): Part[] {
  return [
    ...(change.joining ? participantsJoin(db, change.joining, by.at) : []),
    ...(change.leaving ? [leaving(db, change.leaving, by.at)] : []),
    ...(change.paper ? [recorded(db, change.paper)] : []),
    ...(change.preparersJoin ? preparersJoin(db, by.at) : []),
    ...(change.raise ? [raised(db, change.raise)] : []),
    ...(change.answer ? [answered(db, change.answer)] : []),
    ...(change.close ? [closed(db, change.close)] : []),
    ...(change.examine ? [examined(db, change.examine)] : []),
    ...(change.reopensFootprint ? [reopened(db, by.at)] : []),
  ]
}

/** A role ends and is not taken back: whoever comes again has it from then on. */
function leaving(db: Db, left: NonNullable<EngagementChange['leaving']>, at: Date): Part {
  const rows = JSON.stringify(left.map(({ personId, role }) => ({ person_id: personId, role })))
  return part(
    db,
    'leaving',
    sql`update engagement_roles held set ended_at = ${at.toISOString()}::timestamptz
      from moved, jsonb_to_recordset(${rows}::jsonb) as gone(person_id uuid, role text)
      where held.engagement_id = moved.id and held.person_id = gone.person_id and held.role = gone.role
      returning held.person_id as id`,
  )
}

/** The next version of a paper. The person's side was stored when they joined: a team at acceptance, a reviewer before the first review. */
function recorded(
  db: Db,
  { id, content, subject, side, personId, at }: NonNullable<EngagementChange['paper']>,
): Part {
  return part(
    db,
    'recorded',
    sql`insert into engagement_papers (id, engagement_id, kind, subject, number, body, person_id, side, at)
      select ${id}::uuid, moved.id, ${content.kind}, ${subject},
        1 + (select count(*)::integer from engagement_papers before
          where before.engagement_id = moved.id and before.kind = ${content.kind} and before.subject = ${subject}),
        ${JSON.stringify(content.body)}::jsonb, ${personId}::uuid, ${side}, ${at.toISOString()}::timestamptz
      from moved returning id`,
  )
}

function raised(db: Db, finding: NonNullable<EngagementChange['raise']>): Part {
  return part(
    db,
    'raised',
    sql`insert into findings (id, engagement_id, number, kind, severity, part, quantity_kg_co2e, intentional, disclosed,
        projected, answer_by, text, lines, state, raised)
      select ${finding.id}::uuid, moved.id, moved.finding_count, ${finding.kind}, ${finding.severity}, ${finding.part},
        ${finding.quantityKgCo2e}, ${finding.intentional}::boolean, ${finding.disclosed}::boolean,
        ${finding.projected}::boolean, ${finding.answerBy}::date, ${finding.text},
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

/** The last outcome stands in the row; earlier ones stand in the trail. */
function examined(
  db: Db,
  { examined: version, examination }: NonNullable<EngagementChange['examine']>,
): Part {
  return part(
    db,
    'examined',
    sql`insert into factor_table_examinations (engagement_id, table_id, version, digest, outcome, note, person_id, side, at)
      select moved.id, ${version.table}, ${version.version}, ${version.digest}, ${examination.outcome},
        ${examination.note}, ${examination.personId}::uuid, 'team', ${examination.at.toISOString()}::timestamptz
      from moved
      on conflict (engagement_id, table_id, version, digest) do update set outcome = excluded.outcome,
        note = excluded.note, person_id = excluded.person_id, at = excluded.at
      returning engagement_id as id`,
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
