/** Webhooks in Postgres, and the log of their deliveries. Sending them is in `deliveries.ts`. */

import { and, eq, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Authorship, Created, Page } from '../ports/parties.ts'
import type { NewWebhook, Webhook, WebhookRepository, WebhookWraps } from '../ports/webhooks.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { claim, listDeliveries, replay, settle } from './deliveries.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { webhooks } from './schema/notices.ts'
import { actOnce, changeWithAudit, createOnce } from './write-once.ts'

/** The webhooks of one database session. */
export function webhookRepository(db: Db): WebhookRepository {
  return {
    countOthers: (actor, id) => countOthers(db, actor, id),
    create: (by, webhook) => create(db, by, webhook),
    find: (actor, id) => find(db, actor, id),
    list: (actor, page) => list(db, actor, page),
    changeSecret: (by, asked) => changeSecret(db, by, asked),
    setStopped: (by, id, auditId, isStopped) => setStopped(db, by, id, auditId, isStopped),
    tryOut: (by, id, auditId) =>
      change(db, by, { id, auditId, action: 'try-webhook' }, { pausedUntil: null }),
    listDeliveries: (actor, webhookId, state, page) => listDeliveries(db, actor, webhookId, state, page),
    replay: (by, webhookId, auditId, asked) => replay(db, by, webhookId, auditId, asked),
    wrappedSecrets: () => db.select(wraps).from(webhooks),
    rewrap: (standing, wrapped) => rewrap(db, standing, wrapped),
    claim: (terms) => claim(db, terms),
    settle: (deliveryId, token, outcome) => settle(db, deliveryId, token, outcome),
  }
}

const wraps = { id: webhooks.id, secret: webhooks.secret, previousSecret: webhooks.previousSecret }

async function rewrap(
  db: Db,
  standing: WebhookWraps,
  { secret, previousSecret }: WebhookWraps,
): Promise<boolean> {
  const isUnchanged = sql`(${webhooks.secret}, ${webhooks.previousSecret}) is not distinct from
    (${JSON.stringify(standing.secret)}::jsonb, ${standing.previousSecret && JSON.stringify(standing.previousSecret)}::jsonb)`
  const changed = await db
    .update(webhooks)
    .set({ secret, previousSecret })
    .where(and(eq(webhooks.id, standing.id), isUnchanged))
    .returning({ id: webhooks.id })
  return changed.length > 0
}

type Row = typeof webhooks.$inferSelect

function toWebhook(row: Row): Webhook {
  const { id, organizationId, url, types, createdAt, failingSince, stoppedAt, stopReason } = row
  return { id, organizationId, url, types, createdAt, failingSince, stoppedAt, stopReason }
}

/** An organization's own. */
function own({ organizationId }: Actor, id: string): SQL | undefined {
  return and(eq(webhooks.id, id), eq(webhooks.organizationId, organizationId))
}

async function countOthers(db: Db, { organizationId }: Actor, id: string): Promise<number> {
  const others = and(
    eq(webhooks.organizationId, organizationId),
    ne(webhooks.id, id),
    isNull(webhooks.stoppedAt),
  )
  return db.$count(webhooks, others)
}

async function create(db: Db, by: Authorship, webhook: NewWebhook): Promise<Created<Webhook>> {
  const values = { ...webhook, types: [...webhook.types], requestDigest: by.mark.digest }
  const note = { action: 'create-webhook', resource: 'webhook', facts: { types: webhook.types } }
  const { row, replayed } = await createOnce(db, webhooks, values, by, note)
  return { row: toWebhook(row), replayed }
}

async function find(db: Db, actor: Actor, id: string): Promise<Webhook | null> {
  const [row] = await db.select().from(webhooks).where(own(actor, id))
  return row ? toWebhook(row) : null
}

async function list(db: Db, actor: Actor, page: Page): Promise<Webhook[]> {
  const rows = await db
    .select()
    .from(webhooks)
    .where(
      and(
        eq(webhooks.organizationId, actor.organizationId),
        afterCursor(webhooks.createdAt, webhooks.id, page.after),
      ),
    )
    .orderBy(...newestFirst(webhooks.createdAt, webhooks.id))
    .limit(page.limit)
  return rows.map(toWebhook)
}

/** One statement with its audit row; as it stands where the same request changed it before, or nothing is to change. */
async function change(
  db: Db,
  by: Authorship,
  { id, auditId, action }: { readonly id: string; readonly auditId: string; readonly action: string },
  set: Parameters<ReturnType<Db['update']>['set']>[0],
  where?: SQL,
): Promise<Webhook | null> {
  const update = db
    .update(webhooks)
    .set(set as Partial<Row>)
    .where(and(own(by.actor, id), where))
    .returning()
  const note = { id: auditId, action, resource: 'webhook', resourceId: id }
  const rows = await actOnce(db, by, auditId, () => changeWithAudit<Row>(db, update, by, note))
  const [row] = rows ?? []
  return row ? toWebhook(row) : find(db, by.actor, id)
}

/** An answer may be lost and asked for again: the secret that its owner has goes on signing until its time is over. */
function changeSecret(
  db: Db,
  by: Authorship,
  { id, auditId, secret, previousUntil }: Parameters<WebhookRepository['changeSecret']>[1],
): Promise<Webhook | null> {
  const isSigning = sql`${webhooks.previousUntil} > ${by.at.toISOString()}::timestamptz`
  const set = {
    secret,
    previousSecret: sql`case when ${isSigning} then ${webhooks.previousSecret} else ${webhooks.secret} end`,
    previousUntil: sql`case when ${isSigning} then ${webhooks.previousUntil} else ${previousUntil.toISOString()}::timestamptz end`,
  }
  return change(db, by, { id, auditId, action: 'change-webhook-secret' }, set)
}

/** Whoever starts it again begins with a clean slate; what waited goes out. */
function setStopped(
  db: Db,
  by: Authorship,
  id: string,
  auditId: string,
  isStopped: boolean,
): Promise<Webhook | null> {
  if (isStopped) {
    const stopped = { stoppedAt: by.at, stopReason: 'asked' as const }
    return change(
      db,
      by,
      { id, auditId, action: 'stop-webhook' },
      stopped,
      sql`${webhooks.stoppedAt} is null`,
    )
  }
  const started = { stoppedAt: null, stopReason: null, failingSince: null, pausedUntil: null }
  return change(
    db,
    by,
    { id, auditId, action: 'start-webhook' },
    started,
    sql`${webhooks.stoppedAt} is not null`,
  )
}
