/**
 * The transparency log as Postgres decides it. An entry gets its leaf index in the very statement that did the deed, under the
 * lock of the log's one row: the order is total, has no gap, and is fixed before anything outside knows of it. Tiles, roots
 * and checkpoints are functions of these rows, so that anyone may publish them, again and again, to the same bytes.
 */

import { sql } from 'drizzle-orm'
import { bigint, check, integer, pgTable, primaryKey, text, unique, uuid } from 'drizzle-orm/pg-core'
import { logEntryTypes } from '../../transparency/entry-types.ts'
import { instant, listed } from './columns.ts'

/** One row: how far the log is, and how much of it the public bucket shows. */
export const log = pgTable(
  'log',
  {
    /** Always `log`: there is one. */
    id: text({ enum: ['log'] }).primaryKey(),
    /** Leaves that have an index. */
    size: bigint({ mode: 'number' }).notNull(),
    /** Leaves under the checkpoint that was published last. */
    publishedSize: bigint('published_size', { mode: 'number' }).notNull(),
    /** Leaves whose objects were read back after they were written. */
    confirmedSize: bigint('confirmed_size', { mode: 'number' }).notNull(),
    /** The published checkpoint with its cosignatures; null before the first. */
    checkpoint: text(),
    publishedAt: instant('published_at'),
    /** Who publishes now, and until when nobody else does. */
    turnToken: uuid('turn_token'),
    turnUntil: instant('turn_until'),
  },
  (t) => [
    check('log_one_row_check', sql`${t.id} = 'log'`),
    check(
      'log_size_check',
      sql`0 <= ${t.confirmedSize} and ${t.confirmedSize} <= ${t.publishedSize} and ${t.publishedSize} <= ${t.size}`,
    ),
    check('log_checkpoint_check', sql`(${t.publishedSize} = 0) = (${t.checkpoint} is null)`),
  ],
)

/** Inserted once, never changed, never deleted (`migrations/0004_log_permanence.sql`). */
export const logEntries = pgTable(
  'log_entries',
  {
    leafIndex: bigint('leaf_index', { mode: 'number' }).primaryKey(),
    /** What it tells, once: `credential:<id>`, `factor-table:<table>:<version>:published`… */
    subject: text().notNull(),
    type: text({ enum: logEntryTypes }).notNull(),
    /** RFC 8785 text: the leaf's bytes. */
    body: text().notNull(),
    appendedAt: instant('appended_at').notNull(),
  },
  (t) => [
    unique('log_entries_subject_key').on(t.subject),
    check('log_entries_index_check', sql`${t.leafIndex} >= 0`),
    check('log_entries_type_check', sql`${t.type} in (${listed(logEntryTypes)})`),
    check('log_entries_body_check', sql`octet_length(${t.body}) between 2 and 65535`),
  ],
)

/**
 * Roots of full tiles, which are the hashes of the tiles above: `level` 1 holds one hash for every 256 leaves, level 2 one for
 * every 65,536. With the leaves of the last tile they are all that appending and proving needs.
 */
export const logSubtrees = pgTable(
  'log_subtrees',
  {
    level: integer().notNull(),
    index: bigint({ mode: 'number' }).notNull(),
    /** 64 lower-case hex digits. */
    hash: text().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.level, t.index] }),
    check('log_subtrees_level_check', sql`${t.level} between 1 and 6`),
    check('log_subtrees_hash_check', sql`${t.hash} ~ '^[0-9a-f]{64}$'`),
  ],
)

/** How large a log each witness has cosigned: where the next consistency proof begins. */
export const logWitnesses = pgTable('log_witnesses', {
  /** Its name, as its verifier key has it. */
  name: text().primaryKey(),
  size: bigint({ mode: 'number' }).notNull(),
  cosignedAt: instant('cosigned_at').notNull(),
})
