/** Issued credentials: the signed bytes are fixed here first, everything outside follows and can be replayed. */

import { sql } from 'drizzle-orm'
import { bigint, check, index, integer, jsonb, pgTable, text, uuid } from 'drizzle-orm/pg-core'
import { credentialStatuses } from '../../certification/credential-status.ts'
import { documentKinds } from '../../certification/scheme.ts'
import type { CredentialFace } from '../../credential/face.ts'
import { instant, listed } from './columns.ts'

export const credentials = pgTable(
  'credentials',
  {
    id: uuid().primaryKey(),
    number: text().notNull().unique('credentials_number_key'),
    engagementId: uuid('engagement_id').notNull().unique('credentials_engagement_key'),
    bodyOrganizationId: uuid('body_organization_id').notNull(),
    clientOrganizationId: uuid('client_organization_id').notNull(),
    documentKind: text('document_kind', { enum: documentKinds }).notNull(),
    jwt: text().notNull(),
    digest: text().notNull(),
    /** The key that signed it, within the body's keys. */
    kid: text().notNull(),
    /** What a public list shows of it. */
    face: jsonb().$type<CredentialFace>().notNull(),
    /** The holder's 统一社会信用代码 as the document names it. */
    holderCode: text('holder_code'),
    /** Its entry in the log. */
    leafIndex: bigint('leaf_index', { mode: 'number' }).notNull().unique('credentials_leaf_key'),
    /** Its tlog-proof, once the log shows it. */
    receipt: text(),
    status: text({ enum: credentialStatuses }).notNull(),
    /** Counts the moves. */
    moveCount: integer('move_count').notNull(),
    statusAt: instant('status_at').notNull(),
    /** When its objects were read back; null: the sweep looks. */
    confirmedAt: instant('confirmed_at'),
    /** Base64url; with it the body can show who stands behind a pseudonym. Never public. */
    pseudonymSalt: text('pseudonym_salt').notNull(),
    state: text({ enum: ['pending', 'public'] }).notNull(),
    issuedAt: instant('issued_at').notNull(),
    publishedAt: instant('published_at'),
  },
  (t) => [
    check('credentials_state_check', sql`${t.state} in ('pending', 'public')`),
    check('credentials_status_check', sql`${t.status} in (${listed(credentialStatuses)})`),
    check('credentials_document_check', sql`${t.documentKind} in (${listed(documentKinds)})`),
    index('credentials_holder_idx').on(t.holderCode, t.issuedAt),
    index('credentials_pending_idx').on(t.leafIndex).where(sql`${t.state} = 'pending'`),
    index('credentials_unconfirmed_idx').on(t.leafIndex).where(sql`${t.confirmedAt} is null`),
    index('credentials_body_idx').on(t.bodyOrganizationId, t.issuedAt),
    index('credentials_client_idx').on(t.clientOrganizationId, t.issuedAt),
  ],
)
