/** Issued credentials: the signed bytes are fixed here first, everything outside follows and can be replayed. */

import { sql } from 'drizzle-orm'
import { check, index, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { instant } from './columns.ts'

export const credentials = pgTable(
  'credentials',
  {
    id: uuid().primaryKey(),
    number: text().notNull().unique('credentials_number_key'),
    engagementId: uuid('engagement_id').notNull().unique('credentials_engagement_key'),
    bodyOrganizationId: uuid('body_organization_id').notNull(),
    clientOrganizationId: uuid('client_organization_id').notNull(),
    jwt: text().notNull(),
    digest: text().notNull(),
    /** Base64url; with it the body can show who stands behind a pseudonym. Never public. */
    pseudonymSalt: text('pseudonym_salt').notNull(),
    state: text({ enum: ['pending', 'public'] }).notNull(),
    issuedAt: instant('issued_at').notNull(),
    publishedAt: instant('published_at'),
  },
  (t) => [
    check('credentials_state_check', sql`${t.state} in ('pending', 'public')`),
    index('credentials_body_idx').on(t.bodyOrganizationId, t.issuedAt),
    index('credentials_client_idx').on(t.clientOrganizationId, t.issuedAt),
  ],
)
