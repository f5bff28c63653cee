/** What was done, by whom: each row is born in the very statement that did it. */

import { index, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

export const audit = pgTable(
  'audit',
  {
    /** Derived from the client and its idempotency key where one was given, so that a retry meets it. */
    id: uuid().primaryKey(),
    at: timestamp({ withTimezone: true, mode: 'date' }).notNull(),
    organizationId: uuid('organization_id').notNull(),
    clientId: uuid('client_id').notNull(),
    memberId: uuid('member_id'),
    personId: uuid('person_id'),
    /** Verb, e.g. `create-footprint`, `propose`. */
    action: text().notNull(),
    resource: text().notNull(),
    resourceId: uuid('resource_id').notNull(),
    requestDigest: text('request_digest').notNull(),
    facts: jsonb(),
  },
  (t) => [index('audit_resource_idx').on(t.resource, t.resourceId, t.at)],
)
