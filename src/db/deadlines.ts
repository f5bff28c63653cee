/**
 * Deadlines that are near or past, told once each: one statement over what is unfinished. What is long past when it is first looked at
 * (an installation that stood still) is not told any more.
 */

import { sql } from 'drizzle-orm'
import type { SchemeTerms } from '../ports/messages.ts'
import type { Db } from './database.ts'

/** Days after a deadline within which that it is past is still told. */
const tellPastDays = 30

/**
 * A day ends when it ends in China (UTC+8 all year), by which terms are read.
 *
 * @param column of type `date`, the last day.
 */
const endOf = (column: string) =>
  sql.raw(`((${column} + 1)::timestamp - interval '8 hours') at time zone 'UTC'`)

/** The day in China on which a finding was raised. */
const raisedOn = `((finding.raised ->> 'at')::timestamptz at time zone 'UTC' + interval '8 hours')::date`

/**
 * Everything that has a deadline: what it is about, when, how many days before it is told, the message before and after, and who is
 * told of each (`c` client, `b` body, `w` watchers).
 */
const items = sql`
  select 'engagement' subject, file.id subject_id, finding.number::text part, ${endOf('finding.answer_by')} due_at, '{7,1}'::int[] leads,
    'finding.answer-due' near, 'c' near_to, 'finding.answer-overdue' past, 'cb' past_to,
    file.client_organization_id client, file.body_organization_id body, jsonb_build_object('finding', finding.number) facts
  from findings finding join engagements file on file.id = finding.engagement_id
  where finding.state = 'open' and finding.answer_by is not null and file.state in ('in-verification', 'in-correction')
  union all
  select 'engagement', file.id, finding.number::text, ${endOf(`(${raisedOn} + scheme."closeMajorDays")`)}, '{14,3}',
    'finding.close-due', 'cb', 'finding.close-overdue', 'cb', file.client_organization_id, file.body_organization_id,
    jsonb_build_object('finding', finding.number)
  from findings finding join engagements file on file.id = finding.engagement_id
    join scheme on scheme."schemeId" = file.scheme_id and scheme.version = file.scheme_version
  where finding.state <> 'closed' and finding.severity = 'major' and scheme."closeMajorDays" is not null
    and file.state in ('in-verification', 'in-correction')
  union all
  select 'credential', document.id, '', (document.face ->> 'validUntil')::timestamptz, '{90,30,7}', 'credential.expiring', 'cb',
    'credential.expired', 'cbw', document.client_organization_id, document.body_organization_id,
    jsonb_build_object('number', document.number)
  from credentials document
  where document.state = 'public' and document.status in ('active', 'suspended') and document.face ->> 'validUntil' is not null
  union all
  select 'credential', document.id, next.number::text, next.due_at, '{60,14}', 'credential.surveillance-due', 'cb',
    'credential.surveillance-overdue', 'cb', document.client_organization_id, document.body_organization_id,
    jsonb_build_object('number', document.number, 'surveillance', next.number)
  from credentials document
    join scheme on scheme."schemeId" = document.face #>> '{scheme,id}' and scheme.version = document.face #>> '{scheme,version}'
    cross join lateral (select count(*)::int + 1 number from surveillances done where done.credential_id = document.id) counted
    cross join lateral (select counted.number, ((document.face ->> 'validFrom')::timestamptz at time zone 'UTC'
      + make_interval(months => scheme."surveillanceMonths" * counted.number)) at time zone 'UTC' due_at) next
  where document.state = 'public' and document.status in ('active', 'suspended') and document.document_kind = 'certificate'
    and next.due_at < (document.face ->> 'validUntil')::timestamptz
  union all
  select 'case', matter.id, '', matter.acknowledge_by, '{2}', 'case.acknowledgement-due', 'b', 'case.overdue', 'b', null,
    matter.body_organization_id, jsonb_build_object('number', matter.number, 'kind', matter.kind)
  from cases matter where matter.state = 'received'
  union all
  select 'case', matter.id, '', matter.due_at, '{14,3}', 'case.due', 'b', 'case.overdue', 'b', null,
    matter.body_organization_id, jsonb_build_object('number', matter.number, 'kind', matter.kind)
  from cases matter where matter.state in ('received', 'acknowledged', 'in-examination')
  union all
  select 'accreditation', fact.id, '', fact.valid_until, '{60,14}', 'accreditation.expiring', 'b', 'accreditation.expired', 'b', null,
    fact.body_organization_id, jsonb_build_object('number', fact.number, 'kind', fact.kind)
  from accreditations fact where fact.withdrawn_at is null and fact.valid_until is not null
  union all
  select 'competence', held.id, '', ${endOf('held.valid_until')}, '{30,7}', 'competence.expiring', 'b', null, null, null,
    held.organization_id, jsonb_build_object('memberId', held.member_id, 'role', held.role, 'sector', held.sector)
  from competences held where held.valid_until is not null`

/**
 * Tells of every deadline that is near or past: the nearest of its leads that was reached. A message names the deadline, so one that
 * moved is told anew.
 *
 * @returns how many messages that made.
 */
export async function tellDeadlines(db: Db, at: Date, schemes: readonly SchemeTerms[]): Promise<number> {
  const now = sql`${at.toISOString()}::timestamptz`
  const { rows } = (await db.execute(sql`
    with scheme as (
      select * from jsonb_to_recordset(${JSON.stringify(schemes)}::jsonb)
        told("schemeId" text, version text, "surveillanceMonths" int, "closeMajorDays" int)
    ), item as (${items}), reached as (
      select item.*, (select min(lead) from unnest(item.leads) lead where ${now} >= item.due_at - make_interval(days => lead)) lead
      from item
    ), told as (
      select reached.*, case when ${now} >= due_at then past else near end type,
        case when ${now} >= due_at then past_to else near_to end readers,
        to_char(due_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') due_text
      from reached where lead is not null and ${now} < due_at + make_interval(days => ${sql.raw(String(tellPastDays))})
    ), made as (
      insert into messages (organization_id, at, type, subject, subject_id, facts, source)
      select reader.id, ${now}, told.type, told.subject, told.subject_id, told.facts || jsonb_build_object('dueAt', told.due_text),
        concat_ws(':', 'deadline', told.type, told.subject_id, told.part, told.due_text, case when ${now} < due_at then lead end)
      from told cross join lateral (
        select told.client where position('c' in readers) > 0 and told.client is not null
        union select told.body where position('b' in readers) > 0
        union select watcher.organization_id from watchers_of(told.subject_id) watcher where position('w' in readers) > 0
      ) reader (id)
      where told.type is not null
      on conflict (organization_id, source) do nothing
      returning id
    )
    select count(*)::int made from made`)) as unknown as { rows: { made: number }[] }
  return rows[0]?.made ?? 0
}
