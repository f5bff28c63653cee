/** Reads an engagement with everything on it in one statement; the lists beside it come as JSON. */

import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Competence } from '../certification/engagement.ts'
import { localDate } from '../json/instant.ts'
import type {
  BodyAccreditation,
  EngagementFile,
  FindingRow,
  PaperRow,
  Participant,
  PinnedTable,
} from '../ports/engagements.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import {
  bodies,
  clients,
  faceOf,
  itsRevision,
  related,
  signed,
  toEngagement,
  toFace,
} from './engagement-rows.ts'
import { toRevision } from './footprints.ts'
import { engagements, type findings } from './schema/engagements.ts'
import { footprints, revisions } from './schema/footprints.ts'
import { persons } from './schema/parties.ts'

const memberIdsOf = (ids: readonly string[]) =>
  sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb))`

/** Of whom and of which request the rules ask. */
interface Concerning {
  readonly memberIds: readonly string[]
  readonly auditId: string | null
}

/** Everything on an engagement in one read, with what the rules ask of the caller and of the members concerned. */
export async function loadFile(
  db: Db,
  actor: Actor,
  id: string,
  concerning: Concerning,
): Promise<EngagementFile | null> {
  return (await loadFileWith(db, actor, id, concerning, sql<null>`null`))?.file ?? null
}

/** The same with something more of the engagement, in the same read. */
export async function loadFileWith<More>(
  db: Db,
  actor: Actor,
  id: string,
  concerning: Concerning,
  asked: SQL<More>,
): Promise<{ readonly file: EngagementFile; readonly more: More } | null> {
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
      papers: papersOf(),
      factorTables: factorTablesOf(),
      history: historyOf(),
      caller: callerOf(actor),
      members: membersOf(actor, concerning.memberIds),
      tiedPersons: tiedPersons(actor, concerning.memberIds),
      bodyPersons: bodyPersons(),
      madeBefore: sql<
        string | null
      >`(select request_digest from audit where id = ${concerning.auditId}::uuid)`,
      accreditations: accreditationsOf(),
      more: asked,
    })
    .from(engagements)
    .innerJoin(clients, eq(clients.id, engagements.clientOrganizationId))
    .innerJoin(bodies, eq(bodies.id, engagements.bodyOrganizationId))
    .innerJoin(footprints, eq(footprints.id, engagements.footprintId))
    .innerJoin(revisions, itsRevision)
    .innerJoin(persons, eq(persons.id, revisions.declaredByPersonId))
    .where(and(eq(engagements.id, id), related(actor)))
  if (!row) return null
  const { caller, declarer, more, ...rest } = row
  const file = {
    ...rest,
    engagement: toEngagement(row.engagement),
    client: toFace(row.client),
    body: toFace(row.body),
    revision: toRevision(row.revision, declarer),
    participants: row.participants.map((one) => ({
      ...one,
      since: new Date(one.since),
      endedAt: one.endedAt === null ? null : new Date(one.endedAt),
    })),
    papers: row.papers.map(toPaper),
    findings: row.findings.map(toFinding),
    factorTables: row.factorTables.map((pin) => ({ ...pin, examination: signed(pin.examination) })),
    history: row.history.map((act) => ({ ...act, at: new Date(act.at) })),
    callerRoles: caller?.roles ?? [],
    callerName: caller?.name ?? null,
    callerCompetences: caller?.competences ?? [],
    accreditations: row.accreditations.map(({ validFrom, validUntil, ...fact }) => ({
      ...fact,
      validFrom: new Date(validFrom),
      validUntil: validUntil === null ? null : new Date(validUntil),
    })),
  }
  return { file, more: more as More }
}

type FactJson = Omit<BodyAccreditation, 'validFrom' | 'validUntil'> & {
  readonly validFrom: string
  readonly validUntil: string | null
}

function accreditationsOf() {
  return sql<FactJson[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', fact.id, 'kind', fact.kind, 'authority', jsonb_build_object('en', fact.authority_en, 'zh', fact.authority_zh),
      'number', fact.number, 'documentKinds', fact.document_kinds, 'subjectKinds', fact.subject_kinds,
      'standards', fact.standards, 'sectors', fact.sectors, 'validFrom', fact.valid_from, 'validUntil', fact.valid_until,
      'digest', fact.digest
    ) order by fact.recorded_at, fact.id), '[]')
    from accreditations fact
    where fact.body_organization_id = ${engagements.bodyOrganizationId} and fact.withdrawn_at is null
  )`
}

function latestSchemeDigest() {
  return sql<string>`(
    select newest.scheme_digest from revisions newest
    where newest.footprint_id = ${footprints.id} and newest.number = ${footprints.latestRevision}
  )`
}

type AsJson<Row, Instants extends keyof Row> = Omit<Row, Instants> & Record<Instants, string>

type ParticipantJson = AsJson<Omit<Participant, 'endedAt'>, 'since'> & { readonly endedAt: string | null }

function participantsOf() {
  return sql<ParticipantJson[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'personId', given.person_id, 'personName', who.name, 'role', given.role, 'side', given.side, 'since', given.since,
      'endedAt', given.ended_at, 'competences', ${competencesOf(sql`(
        select mine.id from members mine
        where mine.person_id = given.person_id and mine.organization_id = ${engagements.bodyOrganizationId}
      )`)}
    ) order by given.since, given.side, given.role, who.name), '[]')
    from engagement_roles given join persons who on who.id = given.person_id
    where given.engagement_id = ${engagements.id}
  )`
}

type FindingJson = typeof findings.$inferSelect & { readonly raisedBy: string }

function findingsOf() {
  return sql<FindingJson[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', found.id, 'number', found.number, 'kind', found.kind, 'severity', found.severity, 'part', found.part,
      'quantityKgCo2e', found.quantity_kg_co2e, 'intentional', found.intentional, 'disclosed', found.disclosed,
      'projected', found.projected, 'answerBy', found.answer_by, 'raisedBy', found.raised ->> 'personId',
      'text', found.text, 'lines', found.lines, 'state', found.state, 'closure', found.closure,
      'raised', found.raised, 'answer', found.answer, 'closed', found.closed
    ) order by found.number), '[]')
    from findings found where found.engagement_id = ${engagements.id}
  )`
}

function toFinding(row: FindingJson): FindingRow {
  return {
    ...row,
    raisedOn: localDate(new Date(row.raised.at)),
    closedOn: row.closed && localDate(new Date(row.closed.at)),
    raised: { ...row.raised, at: new Date(row.raised.at) },
    answer: signed(row.answer),
    closed: signed(row.closed),
  }
}

export type PaperJson = AsJson<PaperRow, 'at'>

/** A paper as actions know it. */
export function toPaper(row: PaperJson): PaperRow {
  return { ...row, at: new Date(row.at) } as PaperRow
}

/** The newest version of each kind and subject. */
function papersOf() {
  const newest = sql`not exists (
      select from engagement_papers later
      where later.engagement_id = paper.engagement_id and later.kind = paper.kind
        and later.subject = paper.subject and later.number > paper.number
    )`
  return sql<PaperJson[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', paper.id, 'kind', paper.kind, 'subject', paper.subject, 'number', paper.number, 'body', paper.body,
      'personId', paper.person_id, 'personName', who.name, 'at', paper.at
    ) order by paper.at, paper.id), '[]')
    from engagement_papers paper join persons who on who.id = paper.person_id
    where paper.engagement_id = ${engagements.id} and ${newest}
  )`
}

/** What is recorded of a member's competence, as JSON. */
function competencesOf(memberId: SQL) {
  return sql`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'role', able.role, 'sector', able.sector, 'validFrom', able.valid_from, 'validUntil', able.valid_until
    )), '[]') from competences able where able.member_id = ${memberId}
  )`
}

type PinJson = Omit<PinnedTable, 'examination'> & {
  readonly examination: AsJson<NonNullable<PinnedTable['examination']>, 'at'> | null
}

/** The pins of the revision under verification as the registry has them, and what the team says of the private ones. */
function factorTablesOf() {
  return sql<PinJson[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'table', pin.value ->> 'table', 'version', pin.value ->> 'version', 'digest', pinned.digest,
      'state', case when pinned.state = 'published' and pinned.superseded_by is not null then 'superseded' else pinned.state end,
      'supersededBy', pinned.superseded_by, 'withdrawnReason', pinned.withdrawn_reason,
      'examination', case when said.outcome is not null then jsonb_build_object(
        'outcome', said.outcome, 'note', said.note, 'personId', said.person_id, 'personName', who.name, 'at', said.at
      ) end
    ) order by pin.place), '[]')
    from jsonb_array_elements(${revisions.definition} -> 'calculation' -> 'factorTables') with ordinality pin(value, place)
    left join factor_table_versions pinned
      on pinned.table_id = pin.value ->> 'table' and pinned.version = pin.value ->> 'version'
    left join factor_table_examinations said on said.engagement_id = ${engagements.id}
      and said.table_id = pinned.table_id and said.version = pinned.version and said.digest = pinned.digest
    left join persons who on who.id = said.person_id
  )`
}

function historyOf() {
  return sql<AsJson<EngagementFile['history'][number], 'at'>[]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'id', deed.id, 'action', deed.action, 'at', deed.at, 'organizationId', deed.organization_id,
      'personName', who.name, 'from', deed.facts ->> 'from', 'to', deed.facts ->> 'to', 'factorTable', deed.facts -> 'factorTable'
    ) order by deed.at, deed.id), '[]')
    from audit deed left join persons who on who.id = deed.person_id
    where deed.resource = 'engagement' and deed.resource_id = ${engagements.id} and deed.kind <> 'reading'
  )`
}

function callerOf(actor: Actor) {
  return sql<{ roles: string[]; name: string; competences: Competence[] } | null>`(
    select jsonb_build_object('roles', me.roles, 'name', who.name, 'competences', ${competencesOf(sql`me.id`)})
    from members me join persons who on who.id = me.person_id
    where me.id = ${actor.memberId}::uuid and me.organization_id = ${actor.organizationId}::uuid
  )`
}

function membersOf(actor: Actor, memberIds: readonly string[]) {
  return sql<EngagementFile['members'][number][]>`(
    select coalesce(jsonb_agg(jsonb_build_object(
      'memberId', mine.id, 'personId', mine.person_id, 'personName', who.name, 'roles', mine.roles,
      'competences', ${competencesOf(sql`mine.id`)}
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
