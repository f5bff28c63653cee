/** The end of a turn, as one statement: what was made public is written down, or, where the turn was lost, nothing is. */

import { and, eq, sql } from 'drizzle-orm'
import type { LogHead, LogTurn, PublishedBatch } from '../ports/log.ts'
import type { Db } from './database.ts'
import { credentials } from './schema/credentials.ts'
import { log, logSubtrees, logWitnesses } from './schema/log.ts'

/**
 * Compare-and-swap on token and published size; null where another has the turn by now.
 *
 * It locks the log before credentials, against the general order: only pending ones are touched here, and no other statement
 * changes those.
 */
export async function endTurn(
  db: Db,
  turn: LogTurn,
  batch: PublishedBatch,
  at: Date,
): Promise<LogHead | null> {
  const ended = endedTurn(db, turn, batch, at)
  const { size, publishedSize, confirmedSize, checkpoint, publishedAt } = ended
  const [head] = await db
    .with(ended, keptSubtrees(db, batch), shownCredentials(db, batch, at), wordOfWitnesses(db, batch, at))
    .select({ size, publishedSize, confirmedSize, checkpoint, publishedAt })
    .from(ended)
  return head ?? null
}

/** Everything else in the statement hangs on this one's row. */
const guard = sql`ended_turn`

function endedTurn(db: Db, turn: LogTurn, { size, checkpoint }: PublishedBatch, at: Date) {
  return db.$with('ended_turn').as(
    db
      .update(log)
      .set({ publishedSize: size, checkpoint, publishedAt: at, turnToken: null, turnUntil: null })
      .where(and(eq(log.turnToken, turn.token), eq(log.publishedSize, turn.head.publishedSize)))
      .returning(),
  )
}

function keptSubtrees(db: Db, { subtrees }: PublishedBatch) {
  return db.$with('kept_subtrees').as(
    db
      .insert(logSubtrees)
      .select(
        sql`select kept.level, kept.index, kept.hash from ${guard},
          jsonb_to_recordset(${JSON.stringify(subtrees)}::jsonb) as kept (level int, index bigint, hash text)`,
      )
      .returning({ level: logSubtrees.level }),
  )
}

function shownCredentials(db: Db, batch: PublishedBatch, at: Date) {
  const shown = sql`jsonb_to_recordset(${JSON.stringify(batch.credentials)}::jsonb) as shown (id uuid, receipt text)`
  return db.$with('shown_credentials').as(
    db
      .update(credentials)
      .set({ state: 'public', publishedAt: at, receipt: sql`shown.receipt` })
      .from(sql`${guard}, ${shown}`)
      .where(and(sql`${credentials.id} = shown.id`, eq(credentials.state, 'pending')))
      .returning({ id: credentials.id }),
  )
}

function wordOfWitnesses(db: Db, { size, witnesses }: PublishedBatch, at: Date) {
  return db.$with('word_of_witnesses').as(
    db
      .insert(logWitnesses)
      .select(
        sql`select witness.name, ${size}::bigint, ${at.toISOString()}::timestamptz from ${guard},
          jsonb_array_elements_text(${JSON.stringify(witnesses)}::jsonb) as witness (name)`,
      )
      .onConflictDoUpdate({
        target: logWitnesses.name,
        set: { size: sql`greatest(${logWitnesses.size}, excluded.size)`, cosignedAt: at },
      })
      .returning({ name: logWitnesses.name }),
  )
}
