/**
 * What was done, by whom: each row is born in the very statement that did it. Rows are added and never changed; triggers chain
 * them and refuse the rest (`migrations/*_trail_permanence.sql`).
 */

import { sql } from 'drizzle-orm'
import {
  bigint,
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
import type { Digest } from '../../json/digest.ts'
import { trailKinds } from '../../transparency/trail.ts'
import { instant, listed } from './columns.ts'

export const audit = pgTable(
  'audit',
  {
    /** Derived from the client and its idempotency key where one was given, so that a retry meets it. */
    id: uuid().primaryKey(),
    at: instant('at').notNull(),
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
    /** The chain that the act stands in: `engagement:<id>`, `footprint:<id>`, `credential:<id>`, `organization:<id>`. */
    chain: text().notNull(),
    kind: text({ enum: trailKinds }).notNull().default('ordinary'),
    /** The role that let the act pass; null where none was asked for. */
    role: text(),
  },
  (t) => [
    index('audit_resource_idx').on(t.resource, t.resourceId, t.at),
    check('audit_kind_check', sql`${t.kind} in (${listed(trailKinds)})`),
    check(
      'audit_chain_check',
      sql`${t.chain} ~ '^(engagement|footprint|credential|organization):[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`,
    ),
  ],
)

/** How far each chain is: the row that two acts of one chain wait for each other at. */
export const trailChains = pgTable(
  'trail_chains',
  {
    chain: text().primaryKey(),
    /** Entries. */
    length: integer().notNull(),
    /** The last entry's, 64 lower-case hex digits; zeros before the first. */
    hash: text().notNull(),
  },
  (t) => [
    check('trail_chains_length_check', sql`${t.length} >= 0`),
    check('trail_chains_hash_check', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
  ],
)

/** One entry for each audit row, made by the database itself: the exact text, and the hash that ties it to the one before. */
export const trailEntries = pgTable(
  'trail_entries',
  {
    chain: text().notNull(),
    /** From 1, without holes. */
    sequence: integer().notNull(),
    auditId: uuid('audit_id').notNull(),
    /** RFC 8785 text of the entry. */
    entry: text().notNull(),
    hash: text().notNull(),
    /** What the digest of the request is salted with; null once it was erased. */
    salt: text(),
  },
  (t) => [
    primaryKey({ name: 'trail_entries_pkey', columns: [t.chain, t.sequence] }),
    unique('trail_entries_audit_key').on(t.auditId),
    foreignKey({ name: 'trail_entries_audit_fkey', columns: [t.auditId], foreignColumns: [audit.id] }),
    check('trail_entries_sequence_check', sql`${t.sequence} >= 1`),
    check('trail_entries_hash_check', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
  ],
)

/** How chains ended at a moment, as one digest that the public log tells. */
export const trailSeals = pgTable('trail_seals', {
  id: uuid().primaryKey(),
  at: instant('at').notNull(),
  digest: text().$type<Digest>().notNull(),
  leafIndex: bigint('leaf_index', { mode: 'number' }).notNull().unique('trail_seals_leaf_key'),
})

/** The heads under a seal, in the order of its leaves. */
export const trailSealHeads = pgTable(
  'trail_seal_heads',
  {
    sealId: uuid('seal_id')
      .notNull()
      .references(() => trailSeals.id),
    place: integer().notNull(),
    chain: text().notNull(),
    length: integer().notNull(),
    hash: text().notNull(),
    salt: text().notNull(),
    /** Hex; of these the digest is made. */
    leaf: text().notNull(),
  },
  (t) => [
    primaryKey({ name: 'trail_seal_heads_pkey', columns: [t.sealId, t.place] }),
    index('trail_seal_heads_chain_idx').on(t.chain, t.length),
  ],
)
