/**
 * Appending to the log inside the statement that does the deed: `head` moves the log's size under its row lock and gives the leaf
 * index, `entry` inserts the leaf. Where the guard holds no row, nothing is appended. Statements and transactions that lock
 * other rows lock the log last, so that they never wait for each other in a ring.
 */

import { type SQL, sql } from 'drizzle-orm'
import type { NewLogEntry } from '../ports/log.ts'
import type { Db } from './database.ts'
import { log, logEntries } from './schema/log.ts'

/** That the guard holds a row: what the append hangs on. */
export function guarded(guard: string): SQL {
  return sql`exists (select from ${sql.identifier(guard)})`
}

/** The leaf index that moving the size gave away. */
export const givenIndex = sql<number>`${log.size} - 1`.mapWith(Number).as('leaf_index')

/** The common table expressions of one append; put both into `with`, after the guard. */
export function appendAfter(db: Db, guard: string, entry: NewLogEntry, at: Date) {
  const head = db.$with('log_head').as(
    db
      .update(log)
      .set({ size: sql`${log.size} + 1` })
      .where(guarded(guard))
      .returning({ leafIndex: givenIndex }),
  )
  return { head, entry: entryAt(db, entry, at) }
}

/** Inserts the leaf at the index that `log_head` gave. */
export function entryAt(db: Db, entry: NewLogEntry, at: Date) {
  return db.$with('log_entry').as(
    db
      .insert(logEntries)
      .select((query) =>
        query
          .select({
            leafIndex: sql<number>`log_head.leaf_index`.as('leaf_index'),
            subject: sql<string>`${entry.subject}::text`.as('subject'),
            type: sql<NewLogEntry['type']>`${entry.type}::text`.as('type'),
            body: sql<string>`${entry.body}::text`.as('body'),
            appendedAt: sql<Date>`${at.toISOString()}::timestamptz`.as('appended_at'),
          })
          .from(sql`log_head`),
      )
      .returning({ leafIndex: logEntries.leafIndex }),
  )
}

/** As {@link appendAfter}, with several entries at consecutive places. */
export function appendAllAfter(db: Db, guard: string, entries: readonly NewLogEntry[], at: Date) {
  const head = db.$with('log_head').as(
    db
      .update(log)
      .set({ size: sql`${log.size} + ${entries.length}::int` })
      .where(guarded(guard))
      .returning({ firstIndex: sql<number>`${log.size} - ${entries.length}::int`.as('first_index') }),
  )
  const told = JSON.stringify(entries.map((entry, place) => ({ ...entry, place })))
  const made = db.$with('log_entry').as(
    db
      .insert(logEntries)
      .select(sql`select log_head.first_index + told.place, told.subject, told.type, told.body,
        ${at.toISOString()}::timestamptz from log_head,
        jsonb_to_recordset(${told}::jsonb) as told (place integer, subject text, type text, body text)`)
      .returning({ leafIndex: logEntries.leafIndex }),
  )
  return { head, entries: made }
}
