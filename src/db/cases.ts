/** Cases in Postgres: each act one statement with its audit row; who may not hear one is refused by the tables themselves. */

import { and, eq, isNotNull, or, type SQL, sql } from 'drizzle-orm'
import type {
  CaseChange,
  CaseContact,
  CaseFile,
  CaseMatter,
  CasePerson,
  CaseRepository,
  CaseRow,
  CaseStatement,
  IntakeBounds,
  NewCase,
  ReceivedCase,
} from '../ports/cases.ts'
import type { Authorship } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import { chainOf } from '../transparency/trail.ts'
import type { Db } from './database.ts'
import { signed } from './engagement-rows.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { cases } from './schema/cases.ts'
import { auditOf, brokenConstraint } from './write-once.ts'

/** The cases of one database session. */
export function caseRepository(db: Db): CaseRepository {
  return {
    findMatter: (actor, about) => findMatter(db, actor, about),
    open: (by, opened, bounds) => open(db, by, opened, bounds),
    load: (actor, id, concerning) => load(db, actor, id, concerning),
    list: async (actor, { state }, page) => {
      const wanted = and(visibleTo(actor), state === undefined ? undefined : eq(cases.state, state))
      const rows = await db
        .select()
        .from(cases)
        .where(and(wanted, afterCursor(cases.createdAt, cases.id, page.after)))
        .orderBy(...newestFirst(cases.createdAt, cases.id))
        .limit(page.limit)
      return rows.map(toCase)
    },
    findReceived: (number, auditId) => findReceived(db, number, auditId),
    move: (by, standing, change) => move(db, by, standing, change),
    eraseContact: (by, standing, auditId) => eraseContact(db, by, standing, auditId),
  }
}

type Row = typeof cases.$inferSelect

function toCase(row: Row): CaseRow {
  const { complainant: _who, receiptHash: _hash, requestDigest: _digest, ...rest } = row
  const { examinerRole: _examiner, deciderRole: _decider, deciderPersonId: _person, ...shown } = rest
  return {
    ...shown,
    report: signed(row.report),
    decision: signed(row.decision),
    dismissal: signed(row.dismissal),
    extension: signed(row.extension),
  }
}

/**
 * The body sees every case of its own. The client sees those it opened, and those about its document once somebody examines them:
 * what is dismissed at the door is no trouble of its.
 */
function visibleTo({ organizationId }: Actor): SQL | undefined {
  const known = or(eq(cases.openedBy, 'client'), isNotNull(cases.examinerPersonId))
  return or(
    eq(cases.bodyOrganizationId, organizationId),
    and(eq(cases.clientOrganizationId, organizationId), known),
  )
}

async function findMatter(
  db: Db,
  actor: Actor,
  about: { readonly credentialId: string } | { readonly engagementId: string },
): Promise<CaseMatter | null> {
  const wanted =
    'credentialId' in about
      ? sql`document.id = ${about.credentialId}::uuid`
      : sql`engagement.id = ${about.engagementId}::uuid`
  const { rows } = (await db.execute(sql`
    select engagement.body_organization_id as "bodyOrganizationId", engagement.client_organization_id as "clientOrganizationId",
      engagement.id as "engagementId", document.id as "credentialId",
      engagement.state in ('decided', 'issued', 'declined') as "isDecided",
      coalesce((select to_jsonb(me.roles) from members me
        where me.id = ${actor.memberId}::uuid and me.organization_id = ${actor.organizationId}::uuid), '[]') as "callerRoles"
    from engagements engagement left join credentials document on document.engagement_id = engagement.id
    where ${wanted} and ${actor.organizationId}::uuid in (engagement.body_organization_id, engagement.client_organization_id)`)) as unknown as {
    rows: CaseMatter[]
  }
  return rows[0] ?? null
}

/** All of a case stands in its body's chain, whoever acts: an engagement's chain is read by the client too. */
function about(resourceId: string, bodyOrganizationId: string) {
  return { resource: 'case', resourceId, chain: chainOf('organization', bodyOrganizationId) }
}

async function open(db: Db, by: Authorship, opened: NewCase, bounds: IntakeBounds) {
  const { matter, complainant } = opened
  const at = by.at.toISOString()
  const note = { id: opened.id, action: 'open-case', ...about(opened.id, opened.bodyOrganizationId) }
  const facts = { to: 'received', kind: opened.kind, openedBy: opened.openedBy }
  const statement = sql`
    with wanted as (
      select home.id from organizations home
      where home.id = ${opened.bodyOrganizationId}::uuid and home.kind = 'certification-body'
        and not exists (select from cases standing where standing.id = ${opened.id}::uuid)
        and ${hasRoom(opened, bounds)}
    ), made as (
      insert into cases (id, number, kind, body_organization_id, client_organization_id, engagement_id, credential_id, opened_by,
        state, version, statement_count, acknowledge_by, due_at, complainant, receipt_hash, request_digest, created_at, updated_at)
      select ${opened.id}::uuid, ${opened.number}, ${opened.kind}, wanted.id, ${matter?.clientOrganizationId ?? null}::uuid,
        ${matter?.engagementId ?? null}::uuid, ${matter?.credentialId ?? null}::uuid, ${opened.openedBy}, 'received', 1, 1,
        ${opened.acknowledgeBy.toISOString()}::timestamptz, ${opened.dueAt.toISOString()}::timestamptz,
        ${complainant?.id ?? null}::uuid, ${complainant?.receiptHash ?? null}, ${by.mark.digest}, ${at}::timestamptz, ${at}::timestamptz
      from wanted returning id
    ), contact as (
      insert into case_contacts (id, name, address)
      select ${complainant?.id ?? null}::uuid, ${complainant?.name ?? null}, ${complainant?.address ?? null} from made
      where ${complainant?.name ?? null}::text is not null or ${complainant?.address ?? null}::text is not null
      returning id
    ), said as (
      insert into case_statements (case_id, number, side, person_id, text, at)
      select made.id, 1, ${opened.openedBy}, ${by.actor.personId}::uuid, ${opened.text}, ${at}::timestamptz from made returning number
    ), logged as (${auditOf(db, by, { ...note, facts }, 'made')})
    select id from made`
  const made = await madeOnce(() => db.execute(statement))
  const [row] = await db.select().from(cases).where(eq(cases.id, opened.id))
  if (row === undefined) return 'full' as const
  if (made === null) requireSameRequest(row.requestDigest, by.mark)
  return { row: toCase(row), replayed: made === null }
}

/** The rows of a statement; null where it wrote none, or the same request wrote them at the same moment. */
async function madeOnce(write: () => Promise<unknown>): Promise<readonly { readonly id: string }[] | null> {
  try {
    const { rows } = (await write()) as { rows: { id: string }[] }
    return rows.length === 0 ? null : rows
  } catch (thrown) {
    if (['cases_pkey', 'audit_pkey', 'cases_complainant_key'].includes(brokenConstraint(thrown) ?? ''))
      return null
    throw thrown
  }
}

/** The bounds of what anyone may send; of what members open, cases that wait about one engagement. */
function hasRoom(opened: NewCase, { waitingMax, since, sinceMax }: IntakeBounds): SQL {
  if (opened.complainant === null) {
    return sql`(select count(*) from cases waiting where waiting.body_organization_id = home.id and waiting.state = 'received'
      and waiting.opened_by = ${opened.openedBy} and waiting.engagement_id is not distinct from ${opened.matter?.engagementId ?? null}::uuid
    ) < ${waitingMax}::integer`
  }
  return sql`(select count(*) from cases waiting where waiting.body_organization_id = home.id
      and waiting.opened_by = 'complainant' and waiting.state = 'received') < ${waitingMax}::integer
    and (select count(*) from cases recent where recent.body_organization_id = home.id and recent.opened_by = 'complainant'
      and recent.created_at > ${since.toISOString()}::timestamptz) < ${sinceMax}::integer`
}

type AsJson<Of, Instants extends keyof Of> = Omit<Of, Instants> & Record<Instants, string>

type ContactJson = Omit<CaseContact, 'erasedAt'> & { readonly erasedAt: string | null }

/** What a file holds beside its own row; columns of the case are written out, since the query builder would leave their table away. */
const fileColumns = {
  row: cases,
  document: sql<CaseFile['document']>`(
    select jsonb_build_object('id', document.id, 'number', document.number, 'documentKind', document.document_kind,
      'status', document.status)
    from credentials document where document.id = cases.credential_id)`,
  statements: sql<AsJson<CaseStatement, 'at'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('number', said.number, 'side', said.side, 'personName', who.name,
      'text', said.text, 'at', said.at) order by said.number), '[]')
    from case_statements said left join persons who on who.id = said.person_id where said.case_id = cases.id)`,
  persons: sql<AsJson<CasePerson, 'since'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('personId', heard.person_id, 'personName', who.name, 'role', heard.role,
      'since', heard.since) order by heard.since, heard.role), '[]')
    from case_persons heard join persons who on who.id = heard.person_id where heard.case_id = cases.id)`,
  moves: sql<AsJson<CaseFile['moves'][number], 'effectiveAt'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('id', made.id, 'move', made.move, 'reason', made.reason_class,
      'effectiveAt', made.effective_at, 'leafIndex', made.leaf_index) order by made.number), '[]')
    from credential_moves made where made.case_id = cases.id)`,
  contact: sql<ContactJson | null>`(
    select jsonb_build_object('name', reached.name, 'address', reached.address, 'erasedAt', reached.erased_at)
    from case_contacts reached where reached.id = cases.complainant)`,
}

interface FileJson {
  readonly row: Row
  readonly document: CaseFile['document']
  readonly statements: AsJson<CaseStatement, 'at'>[]
  readonly persons: AsJson<CasePerson, 'since'>[]
  readonly moves: AsJson<CaseFile['moves'][number], 'effectiveAt'>[]
  readonly contact: ContactJson | null
}

function toFile(
  found: FileJson,
  caller: Pick<CaseFile, 'callerRoles' | 'member' | 'barredPersons' | 'madeBefore'>,
): CaseFile {
  const { row, document, statements, persons, moves, contact } = found
  return {
    case: toCase(row),
    document,
    statements: statements.map((said) => ({ ...said, at: new Date(said.at) })),
    persons: persons.map((heard) => ({ ...heard, since: new Date(heard.since) })),
    moves: moves.map((made) => ({ ...made, effectiveAt: new Date(made.effectiveAt) })),
    contact: contact && {
      ...contact,
      erasedAt: contact.erasedAt === null ? null : new Date(contact.erasedAt),
    },
    ...caller,
  }
}

/** Digest of the request that did an act. */
const madeBefore = (auditId: string | null) =>
  sql<string | null>`(select request_digest from audit where id = ${auditId}::uuid)`

async function load(
  db: Db,
  actor: Actor,
  id: string,
  { memberId, auditId }: { readonly memberId: string | null; readonly auditId: string | null },
): Promise<CaseFile | null> {
  const asked = sql`(select asked.person_id from members asked
    where asked.id = ${memberId}::uuid and asked.organization_id = ${actor.organizationId}::uuid)`
  const [found] = await db
    .select({
      ...fileColumns,
      callerRoles: sql<string[]>`coalesce((select to_jsonb(me.roles) from members me
        where me.id = ${actor.memberId}::uuid and me.organization_id = ${actor.organizationId}::uuid), '[]')`,
      memberPerson: sql<string | null>`${asked}`,
      barredPersons: sql<string[]>`(
        select coalesce(jsonb_agg(concerned.id), '[]') from persons concerned
        where concerned.id in (${actor.personId}::uuid, ${asked})
          and case_person_bar(cases.engagement_id, cases.credential_id, cases.client_organization_id, concerned.id) is not null)`,
      madeBefore: madeBefore(auditId),
    })
    .from(cases)
    .where(and(eq(cases.id, id), visibleTo(actor)))
  if (!found) return null
  const { callerRoles, memberPerson, barredPersons, madeBefore: doneBy, ...file } = found
  const member = memberPerson === null ? null : { personId: memberPerson }
  return toFile(file, { callerRoles, member, barredPersons, madeBefore: doneBy })
}

async function findReceived(db: Db, number: string, auditId: string | null): Promise<ReceivedCase | null> {
  const [found] = await db
    .select({ ...fileColumns, madeBefore: madeBefore(auditId) })
    .from(cases)
    .where(and(eq(cases.number, number), eq(cases.openedBy, 'complainant')))
  if (!found) return null
  const nobody = { callerRoles: [], member: null, barredPersons: [], madeBefore: found.madeBefore }
  return { file: toFile(found, nobody), receiptHash: found.row.receiptHash ?? '' }
}

async function move(db: Db, by: Authorship, standing: CaseRow, change: CaseChange): Promise<CaseRow | null> {
  const at = by.at.toISOString()
  const { hearing, statement } = change
  const facts = { from: standing.state, to: change.state, ...trailOf(change) }
  const note = {
    id: change.auditId,
    action: `${change.move}-case`,
    ...about(standing.id, standing.bodyOrganizationId),
    facts,
    counted: 'moved',
  }
  const written = sql`
    with moved as (
      update cases set state = ${change.state}, version = version + 1, updated_at = ${at}::timestamptz,
        statement_count = statement_count + ${statement === undefined ? 0 : 1}::integer ${changed(change)}
      where id = ${standing.id}::uuid and state = ${standing.state} and version = ${standing.version}::integer
      returning id, version, statement_count
    ), heard as (
      insert into case_persons (case_id, person_id, role, since)
      select moved.id, ${hearing?.personId ?? null}::uuid, ${hearing?.role ?? null}, ${at}::timestamptz from moved
      where ${hearing?.personId ?? null}::uuid is not null
      on conflict (case_id, person_id, role) do nothing returning person_id
    ), said as (
      insert into case_statements (case_id, number, side, person_id, text, at)
      select moved.id, moved.statement_count, ${statement?.side ?? null}, ${statement?.personId ?? null}::uuid,
        ${statement?.text ?? null}, ${at}::timestamptz from moved
      where ${statement?.text ?? null}::text is not null returning number
    ), logged as (${auditOf(db, by, note, 'moved')})
    select id from moved`
  const made = await apart(() => madeOnce(() => db.execute(written)))
  if (made === null) return null
  const [row] = await db.select().from(cases).where(eq(cases.id, standing.id))
  return row ? toCase(row) : null
}

/** What the trail keeps beside the states: who hears it, which outcome; not the texts. */
function trailOf({ hearing, decision, dismissal, dueAt }: CaseChange) {
  return {
    ...(hearing && { role: hearing.role, hearing: hearing.personId }),
    ...(decision && { outcome: decision.outcome, consequence: decision.consequence }),
    ...(dismissal && { reason: dismissal.reason }),
    ...(dueAt && { dueAt: dueAt.toISOString() }),
  }
}

function changed({ examinerPersonId, report, decision, dismissal, extension, dueAt }: CaseChange): SQL {
  const decider = decision?.personId ?? dismissal?.personId
  const sets: SQL[] = []
  const put = (column: string, value: unknown, type: string) => {
    if (value === undefined || value === null) return
    const written =
      type === 'jsonb' ? JSON.stringify(value) : value instanceof Date ? value.toISOString() : value
    sets.push(sql`, ${sql.identifier(column)} = ${written}::${sql.raw(type)}`)
  }
  put('examiner_person_id', examinerPersonId, 'uuid')
  put('decider_person_id', decider, 'uuid')
  put('report', report, 'jsonb')
  put('decision', decision, 'jsonb')
  put('dismissal', dismissal, 'jsonb')
  put('extension', extension, 'jsonb')
  put('due_at', dueAt, 'timestamptz')
  return sql.join(sets, sql``)
}

/** Names the constraints that refuse what no rule let through: two requests that met, or a hand past the rules. */
async function apart<Result>(act: () => Promise<Result>): Promise<Result> {
  try {
    return await act()
  } catch (thrown) {
    if (['case_persons_apart', 'case_persons_apart_fkey'].includes(brokenConstraint(thrown) ?? '')) {
      throw new Problem('not-independent', 'This person took part in what the case is about meanwhile.')
    }
    throw thrown
  }
}

async function eraseContact(db: Db, by: Authorship, standing: CaseRow, auditId: string): Promise<void> {
  const note = { id: auditId, action: 'erase-contact', ...about(standing.id, standing.bodyOrganizationId) }
  await madeOnce(() =>
    db.execute(sql`
      with erased as (
        update case_contacts set name = null, address = null, erased_at = ${by.at.toISOString()}::timestamptz
        from cases where cases.id = ${standing.id}::uuid and case_contacts.id = cases.complainant and case_contacts.erased_at is null
        returning case_contacts.id
      ), logged as (${auditOf(db, by, note, 'erased')})
      select id from erased`),
  )
}
