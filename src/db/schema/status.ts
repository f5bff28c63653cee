/**
 * Status lists, the places in them, and the moves of credentials. A list's bits are a function of these rows: the signed lists in
 * the public bucket can be made again at any time. What is revoked stays revoked (`migrations/0004_log_permanence.sql`).
 */

import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  unique,
  uuid,
} from 'drizzle-orm/pg-core'
import { credentialMoves as moveNames, reasonClasses } from '../../certification/credential-status.ts'
import { statusPurposes } from '../../credential/status-purposes.ts'
import { cases } from './cases.ts'
import { instant, listed } from './columns.ts'
import { credentials } from './credentials.ts'
import { organizations, persons } from './parties.ts'

/** A list of one body for one purpose; a new one is begun before the last is so full that an index is hard to find. */
export const statusLists = pgTable(
  'status_lists',
  {
    id: uuid().primaryKey(),
    bodyOrganizationId: uuid('body_organization_id')
      .notNull()
      .references(() => organizations.id),
    purpose: text({ enum: statusPurposes }).notNull(),
    /** 1 for the body's first list of the purpose. */
    number: integer().notNull(),
    /** Places, a multiple of 8. */
    length: integer().notNull(),
    /** Counts every change of a bit. */
    version: integer().notNull(),
    /** The version that the last signed list shows; -1 before the first. */
    publishedVersion: integer('published_version').notNull(),
    /** When the last signed list was made, and from when nobody shall believe it. */
    signedAt: instant('signed_at'),
    expiresAt: instant('expires_at'),
    /** When the object was last read back and found to be the newest. */
    confirmedAt: instant('confirmed_at'),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    unique('status_lists_number_key').on(t.bodyOrganizationId, t.purpose, t.number),
    unique('status_lists_purpose_key').on(t.id, t.purpose),
    check('status_lists_purpose_check', sql`${t.purpose} in (${listed(statusPurposes)})`),
    check('status_lists_length_check', sql`${t.length} >= 131072 and ${t.length} % 8 = 0`),
    check('status_lists_version_check', sql`${t.publishedVersion} <= ${t.version} and ${t.version} >= 0`),
    index('status_lists_expiry_idx').on(t.expiresAt),
  ],
)

/** A credential's place in a list. Two credentials never have the same one. */
export const statusEntries = pgTable(
  'status_entries',
  {
    listId: uuid('list_id').notNull(),
    index: integer().notNull(),
    credentialId: uuid('credential_id')
      .notNull()
      .references(() => credentials.id),
    purpose: text({ enum: statusPurposes }).notNull(),
    isSet: boolean('is_set').notNull(),
  },
  (t) => [
    primaryKey({ name: 'status_entries_pkey', columns: [t.listId, t.index] }),
    unique('status_entries_credential_key').on(t.credentialId, t.purpose),
    // A bit for revocation cannot stand in a list of suspensions.
    foreignKey({
      name: 'status_entries_list_fk',
      columns: [t.listId, t.purpose],
      foreignColumns: [statusLists.id, statusLists.purpose],
    }),
    check('status_entries_index_check', sql`${t.index} >= 0`),
    index('status_entries_set_idx').on(t.listId, t.index).where(sql`${t.isSet}`),
  ],
)

/** Every move of a credential after it was issued: inserted once, in the statement that moves status and bit. */
export const credentialMoves = pgTable(
  'credential_moves',
  {
    id: uuid().primaryKey(),
    credentialId: uuid('credential_id')
      .notNull()
      .references(() => credentials.id),
    /** 1 for the first move of the credential. */
    number: integer().notNull(),
    move: text({ enum: moveNames }).notNull(),
    reasonClass: text('reason_class', { enum: reasonClasses }).notNull(),
    /** What the body notes for itself and the holder; never public. */
    note: text(),
    /** From when it holds; not before `at`. */
    effectiveAt: instant('effective_at').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => persons.id),
    at: instant('at').notNull(),
    leafIndex: bigint('leaf_index', { mode: 'number' }).notNull(),
    requestDigest: text('request_digest').notNull(),
    /** The case whose decision asked for it: one about this very document. */
    caseId: uuid('case_id'),
    /** Of a supersession: the document that took its place. */
    successorId: uuid('successor_id').references(() => credentials.id),
  },
  (t) => [
    foreignKey({
      name: 'credential_moves_case_fkey',
      columns: [t.caseId, t.credentialId],
      foreignColumns: [cases.id, cases.credentialId],
    }),
    index('credential_moves_case_idx').on(t.caseId),
    index('credential_moves_successor_idx').on(t.successorId),
    check(
      'credential_moves_successor_check',
      sql`(${t.move} = 'supersede') = (${t.successorId} is not null) and ${t.successorId} is distinct from ${t.credentialId}`,
    ),
    unique('credential_moves_number_key').on(t.credentialId, t.number),
    unique('credential_moves_leaf_key').on(t.leafIndex),
    check('credential_moves_move_check', sql`${t.move} in (${listed(moveNames)})`),
    check('credential_moves_reason_check', sql`${t.reasonClass} in (${listed(reasonClasses)})`),
  ],
)
