/** What happens to a document while it lives: surveillance of certificates, and engagements that are to replace a document. */

import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, text, unique, uuid } from 'drizzle-orm/pg-core'
import { type SuccessionPurpose, successionPurposes } from '../../certification/credential-status.ts'
import { surveillanceOutcomes } from '../../certification/surveillance.ts'
import { instant, listed } from './columns.ts'
import { credentials } from './credentials.ts'
import { engagements } from './engagements.ts'
import { persons } from './parties.ts'

/** A surveillance as it was recorded; inserted once, in the order in which they were due. */
export const surveillances = pgTable(
  'surveillances',
  {
    id: uuid().primaryKey(),
    credentialId: uuid('credential_id')
      .notNull()
      .references(() => credentials.id),
    /** 1 for the first that was due. */
    number: integer().notNull(),
    dueAt: instant('due_at').notNull(),
    outcome: text({ enum: surveillanceOutcomes }).notNull(),
    /** What was looked at, and what was found. Never public. */
    basis: text().notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    doneAt: instant('done_at').notNull(),
    requestDigest: text('request_digest').notNull(),
  },
  (t) => [
    unique('surveillances_number_key').on(t.credentialId, t.number),
    check('surveillances_outcome_check', sql`${t.outcome} in (${listed(surveillanceOutcomes)})`),
    check('surveillances_number_check', sql`${t.number} > 0`),
  ],
)

const purposes = Object.keys(successionPurposes) as [SuccessionPurpose, ...SuccessionPurpose[]]

/** An engagement that is to replace a document, and why; it replaces one, and says so once. */
export const credentialSuccessions = pgTable(
  'credential_successions',
  {
    id: uuid().primaryKey(),
    engagementId: uuid('engagement_id')
      .notNull()
      .unique('credential_successions_engagement_key')
      .references(() => engagements.id),
    credentialId: uuid('credential_id')
      .notNull()
      .references(() => credentials.id),
    purpose: text({ enum: purposes }).notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    createdAt: instant('created_at').notNull(),
    requestDigest: text('request_digest').notNull(),
  },
  (t) => [
    check('credential_successions_purpose_check', sql`${t.purpose} in (${listed(purposes)})`),
    index('credential_successions_credential_idx').on(t.credentialId),
  ],
)
