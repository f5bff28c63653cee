/**
 * Deliveries of messages to webhooks. Whoever claims one writes its token, and only under it what came of the try: of two who believe
 * to have it one writes. No lock outlives a statement.
 */

import { and, eq, type SQL, sql } from 'drizzle-orm'
import type { Authorship, Page } from '../ports/parties.ts'
import type {
  ClaimedDelivery,
  ClaimTerms,
  Delivery,
  DeliveryAttempt,
  DeliveryOutcome,
  DeliveryState,
  Replay,
} from '../ports/webhooks.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { toMessage } from './messages.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { deliveries, messages, webhooks } from './schema/notices.ts'
import { actOnce, auditOf } from './write-once.ts'

/** Tries that a log shows of one delivery. */
const attemptsShown = 20

/** The log of a webhook, newest first; of one that is not the caller's, nothing. */
export async function listDeliveries(
  db: Db,
  { organizationId }: Actor,
  webhookId: string,
  state: DeliveryState | null,
  page: Page,
): Promise<Delivery[]> {
  const { id, messageId, dueAt, createdAt } = deliveries
  const attempts = sql<(Omit<DeliveryAttempt, 'at'> & { at: string })[]>`(
    select coalesce(jsonb_agg(jsonb_build_object('at', tried.at, 'status', tried.status, 'error', tried.error) order by tried.at), '[]')
    from (select * from delivery_attempts made where made.delivery_id = ${id} order by made.at desc limit ${attemptsShown}) tried)`
  const rows = await db
    .select({ id, messageId, type: messages.type, state: deliveries.state, dueAt, createdAt, attempts })
    .from(deliveries)
    .innerJoin(webhooks, eq(webhooks.id, deliveries.webhookId))
    .innerJoin(messages, eq(messages.id, messageId))
    .where(
      and(
        eq(webhooks.id, webhookId),
        eq(webhooks.organizationId, organizationId),
        state === null ? undefined : eq(deliveries.state, state),
        afterCursor(createdAt, id, page.after),
      ),
    )
    .orderBy(...newestFirst(createdAt, id))
    .limit(page.limit)
  return rows.map(({ attempts: made, ...row }) => ({
    ...row,
    dueAt: row.state === 'pending' ? row.dueAt : null,
    attempts: made.map((attempt) => ({ ...attempt, at: new Date(attempt.at) })),
  }))
}

/**
 * Sends again: another round of tries for each; the receiver knows a message by its id.
 *
 * @returns how many go out; null where the webhook, or one of the named deliveries, is not the caller's; 0 where the same request asked
 *   before.
 */
export async function replay(
  db: Db,
  by: Authorship,
  webhookId: string,
  auditId: string,
  asked: Replay,
): Promise<number | null> {
  const note = { id: auditId, action: 'replay-webhook', resource: 'webhook', resourceId: webhookId }
  const again = sql`state = 'pending', tries = 0, due_at = ${by.at.toISOString()}::timestamptz, claim_token = null`
  const sent = 'deliveryIds' in asked ? named(asked.deliveryIds, again) : toldSince(by.at, asked, again)
  const all = 'deliveryIds' in asked ? hasAll(webhookId, asked.deliveryIds) : sql`true`
  const statement = sql`
    with hook as (
      update webhooks set paused_until = null
      where id = ${webhookId}::uuid and organization_id = ${by.actor.organizationId}::uuid and ${all} returning *
    ), logged as (${auditOf(db, by, note, 'hook')}), sent as (${sent} returning 1)
    select (select count(*)::int from hook) found, (select count(*)::int from sent) sent`
  const result = await actOnce(db, by, auditId, () => db.execute(statement))
  if (result === null) return 0
  const [row] = (result as unknown as { rows: { found: number; sent: number }[] }).rows
  return row === undefined || row.found === 0 ? null : row.sent
}

const idsOf = (ids: readonly string[]) =>
  sql`(select value::uuid from jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) wanted(value))`

function hasAll(webhookId: string, ids: readonly string[]): SQL {
  return sql`(select count(*) from deliveries own where own.webhook_id = ${webhookId}::uuid and own.id in ${idsOf(ids)})
    = (select count(distinct id) from ${idsOf(ids)} asked(id))`
}

function named(ids: readonly string[], again: SQL): SQL {
  return sql`update deliveries set ${again} from hook where deliveries.webhook_id = hook.id and deliveries.id in ${idsOf(ids)}`
}

/** What its organization was told in that time and it asks for: also what nothing was sent of, because it was stopped. */
function toldSince(
  at: Date,
  { since, until, failedOnly, limit }: Extract<Replay, { since: Date }>,
  again: SQL,
): SQL {
  return sql`
    insert into deliveries as known (webhook_id, message_id, state, due_at, created_at)
    select hook.id, told.id, 'pending', ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz
    from hook join messages told on told.organization_id = hook.organization_id
    where told.at >= ${since.toISOString()}::timestamptz and told.at < ${until.toISOString()}::timestamptz
      and (cardinality(hook.types) = 0 or told.type = any (hook.types)) and told.type <> 'webhook.tried'
      and not exists (select from deliveries kept where kept.webhook_id = hook.id and kept.message_id = told.id
        and (kept.state = 'pending' or ${failedOnly}::boolean and kept.state = 'delivered'))
    order by told.at, told.id limit ${limit}::integer
    on conflict (webhook_id, message_id) do update set ${again}`
}

/** Deliveries of one webhook that are taken at once: a slow receiver keeps none of the others waiting. */
const claimedOfOne = 5

export async function claim(db: Db, { token, at, until, limit }: ClaimTerms): Promise<ClaimedDelivery[]> {
  const now = sql`${at.toISOString()}::timestamptz`
  const due = db.$with('due', { id: sql<string>`id`.as('id') }).as(sql`
    select waiting.id from webhooks hook cross join lateral (
      select id from deliveries where webhook_id = hook.id and state = 'pending' and due_at <= ${now}
      order by due_at limit ${claimedOfOne} for update skip locked
    ) waiting
    where hook.stopped_at is null and coalesce(hook.paused_until <= ${now}, true) limit ${limit}::integer`)
  const taken = db.$with('taken').as(
    db
      .update(deliveries)
      .set({ claimToken: token, dueAt: until, tries: sql`${deliveries.tries} + 1` })
      .where(sql`${deliveries.id} in (select due.id from due)`)
      .returning({
        id: deliveries.id,
        tries: deliveries.tries,
        webhookId: deliveries.webhookId,
        messageId: deliveries.messageId,
      }),
  )
  const rows = await db
    .with(due, taken)
    .select({ id: taken.id, tries: taken.tries, message: messages, webhook: webhooks })
    .from(taken)
    .innerJoin(webhooks, eq(webhooks.id, taken.webhookId))
    .innerJoin(messages, eq(messages.id, taken.messageId))
    .orderBy(messages.at, messages.id)
  return rows.map(({ id, tries, message, webhook }) => ({
    ...{ id, tries, message: toMessage(message) },
    webhook: { id: webhook.id, url: webhook.url, failingSince: webhook.failingSince },
    secret: webhook.secret,
    previousSecret: webhook.previousUntil && webhook.previousUntil > at ? webhook.previousSecret : null,
  }))
}

/** One statement: the delivery, its try in the log, how the webhook stands, and the message of its being stopped. */
export async function settle(
  db: Db,
  deliveryId: string,
  token: string,
  { at, status, error, state, dueAt, pausedUntil, stop }: DeliveryOutcome,
): Promise<boolean> {
  const now = sql`${at.toISOString()}::timestamptz`
  const { rows } = (await db.execute(sql`
    with settled as (
      update deliveries set state = ${state}, claim_token = null, due_at = coalesce(${dueAt?.toISOString() ?? null}::timestamptz, due_at)
      where id = ${deliveryId}::uuid and claim_token = ${token}::uuid and state = 'pending' returning id, webhook_id
    ), tried as (
      insert into delivery_attempts (delivery_id, at, token, status, error)
      select id, ${now}, ${token}::uuid, ${status}::integer, ${error} from settled returning 1
    ), hook as (
      update webhooks set paused_until = ${pausedUntil?.toISOString() ?? null}::timestamptz,
        failing_since = case when ${state} = 'delivered' then null else coalesce(failing_since, ${now}) end,
        stopped_at = coalesce(stopped_at, case when ${stop}::text is not null then ${now} end),
        stop_reason = coalesce(stop_reason, ${stop})
      from settled where webhooks.id = settled.webhook_id returning webhooks.id, organization_id, stopped_at
    ), told as (
      insert into messages (organization_id, at, type, subject, subject_id, facts, source)
      select organization_id, ${now}, 'webhook.stopped', 'webhook', id, jsonb_build_object('reason', ${stop}::text),
        concat_ws(':', 'stop', id, stopped_at)
      from hook where ${stop}::text is not null
      on conflict (organization_id, source) do nothing returning 1
    )
    select id from settled`)) as unknown as { rows: unknown[] }
  return rows.length > 0
}
