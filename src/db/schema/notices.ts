/**
 * Notices: what organizations were told, where it is sent, and what relying parties watch. A message is born in the statement of the
 * act that it tells of, and its deliveries with it (`migrations/*_messages_of_acts.sql`).
 */

import { sql } from 'drizzle-orm'
import {
  check,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import type { MessageType } from '../../certification/message-types.ts'
import type { Message, MessageSubject } from '../../ports/messages.ts'
import { deliveryStates, stopReasons, type WrappedSecret } from '../../ports/webhooks.ts'
import { instant, listed } from './columns.ts'
import { credentials } from './credentials.ts'
import { organizations } from './parties.ts'

export const messages = pgTable(
  'messages',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    at: instant('at').notNull(),
    type: text().$type<MessageType>().notNull(),
    subject: text().$type<MessageSubject>().notNull(),
    subjectId: uuid('subject_id').notNull(),
    facts: jsonb().$type<Message['facts']>().notNull(),
    /** What it tells of, `act:<audit id>` or `deadline:…`: an organization is told once. */
    source: text().notNull(),
  },
  (t) => [
    unique('messages_source_key').on(t.organizationId, t.source),
    index('messages_organization_idx').on(t.organizationId, t.at, t.id),
    check('messages_type_check', sql`${t.type} ~ '^[a-z]+[.][a-z]+(-[a-z]+)*$'`),
  ],
)

/** Up to which message an organization has read. */
export const messageMarks = pgTable('message_marks', {
  organizationId: uuid('organization_id')
    .primaryKey()
    .references(() => organizations.id),
  at: instant('at').notNull(),
  messageId: uuid('message_id')
    .notNull()
    .references(() => messages.id),
})

/** What the schedule does less often than each minute, and when it last did. */
export const scheduleTurns = pgTable('schedule_turns', {
  name: text().primaryKey(),
  at: instant('at').notNull(),
})

export const webhooks = pgTable(
  'webhooks',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    url: text().notNull(),
    types: text().array().$type<MessageType[]>().notNull(),
    secret: jsonb().$type<WrappedSecret>().notNull(),
    previousSecret: jsonb('previous_secret').$type<WrappedSecret>(),
    previousUntil: instant('previous_until'),
    /** Since when every try has failed. */
    failingSince: instant('failing_since'),
    /** Until when it is asked nothing, after a failure. */
    pausedUntil: instant('paused_until'),
    stoppedAt: instant('stopped_at'),
    stopReason: text('stop_reason', { enum: stopReasons }),
    requestDigest: text('request_digest').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    index('webhooks_organization_idx').on(t.organizationId, t.createdAt, t.id),
    check('webhooks_stopped_check', sql`(${t.stoppedAt} is null) = (${t.stopReason} is null)`),
    check('webhooks_stop_reason_check', sql`${t.stopReason} in (${listed(stopReasons)})`),
    check('webhooks_previous_check', sql`(${t.previousSecret} is null) = (${t.previousUntil} is null)`),
  ],
)

/** One row for each message and webhook that is to have it. */
export const deliveries = pgTable(
  'deliveries',
  {
    id: uuid().primaryKey().default(sql`gen_random_uuid()`),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhooks.id),
    messageId: uuid('message_id')
      .notNull()
      .references(() => messages.id),
    state: text({ enum: deliveryStates }).notNull(),
    /** Tries of this round: a replay begins another. */
    tries: integer().notNull().default(0),
    /** From when it may be claimed: while someone has it, the end of the lease. */
    dueAt: instant('due_at').notNull(),
    claimToken: uuid('claim_token'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('deliveries_message_key').on(t.webhookId, t.messageId),
    index('deliveries_webhook_idx').on(t.webhookId, t.createdAt, t.id),
    index('deliveries_due_idx').on(t.webhookId, t.dueAt).where(sql`${t.state} = 'pending'`),
    check('deliveries_state_check', sql`${t.state} in (${listed(deliveryStates)})`),
  ],
)

/** Every try of a delivery. */
export const deliveryAttempts = pgTable(
  'delivery_attempts',
  {
    deliveryId: uuid('delivery_id').notNull(),
    at: instant('at').notNull(),
    token: uuid().notNull(),
    status: integer(),
    error: text(),
  },
  (t) => [
    primaryKey({ name: 'delivery_attempts_pkey', columns: [t.deliveryId, t.token] }),
    foreignKey({
      name: 'delivery_attempts_delivery_fkey',
      columns: [t.deliveryId],
      foreignColumns: [deliveries.id],
    }),
    check('delivery_attempts_outcome_check', sql`(${t.status} is null) <> (${t.error} is null)`),
  ],
)

export const watches = pgTable(
  'watches',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    name: text().notNull(),
    endedAt: instant('ended_at'),
    requestDigest: text('request_digest').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [index('watches_organization_idx').on(t.organizationId, t.createdAt, t.id)],
)

export const watchedCredentials = pgTable(
  'watched_credentials',
  {
    watchId: uuid('watch_id')
      .notNull()
      .references(() => watches.id),
    credentialId: uuid('credential_id')
      .notNull()
      .references(() => credentials.id),
  },
  (t) => [
    primaryKey({ name: 'watched_credentials_pkey', columns: [t.watchId, t.credentialId] }),
    index('watched_credentials_credential_idx').on(t.credentialId),
  ],
)
