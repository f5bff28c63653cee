/** The transparency log in Postgres: one row says how far it is, and every write of it is one statement. */

import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, not, sql } from 'drizzle-orm'
import type {
  Leaf,
  LogHead,
  LogRepository,
  LogTurn,
  NewLogEntry,
  PublishedBatch,
  Subtree,
  UnconfirmedCredential,
} from '../ports/log.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { takeTurn } from './log-turn.ts'
import { credentials } from './schema/credentials.ts'
import { log, logEntries, logSubtrees, logWitnesses } from './schema/log.ts'
import { brokenConstraint } from './write-once.ts'

/** The log of one database session. */
export function logRepository(db: Db): LogRepository {
  return {
    head: () => readHead(db),
    append: (entry, at) => append(db, entry, at),
    takeTurn: (wanted, idle) => takeTurn(db, wanted, idle),
    endTurn: (turn, batch, at) => endTurn(db, turn, batch, at),
    giveBack: (turn) => giveBack(db, turn),
    leaves: (from, count) => readLeaves(db, from, count),
    subtrees: (level, from, count) => readSubtrees(db, level, from, count),
    confirm: (size) => confirm(db, size),
    unconfirmedCredentials: (limit) => unconfirmedCredentials(db, limit),
    confirmCredentials: (ids, at) => confirmCredentials(db, ids, at),
  }
}

const headColumns = {
  size: log.size,
  publishedSize: log.publishedSize,
  confirmedSize: log.confirmedSize,
  checkpoint: log.checkpoint,
  publishedAt: log.publishedAt,
}

async function readHead(db: Db): Promise<LogHead> {
  const [head] = await db.select(headColumns).from(log)
  if (head === undefined) throw new Problem('log-inconsistent', 'The log has no row in Postgres.')
  return head
}

async function append(
  db: Db,
  entry: NewLogEntry,
  at: Date,
): Promise<{ readonly leafIndex: number; readonly isNew: boolean }> {
  const isTold = sql`exists (select from ${logEntries} where subject = ${entry.subject})`
  const guard = db.$with('new_subject').as(db.select({ id: log.id }).from(log).where(not(isTold)))
  const { head, entry: made } = appendAfter(db, 'new_subject', entry, at)
  try {
    const [row] = await db.with(guard, head, made).select().from(made)
    if (row !== undefined) return { leafIndex: row.leafIndex, isNew: true }
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'log_entries_subject_key') throw thrown
  }
  // It was told before, or by another at the same moment.
  const leafIndex = await leafOfSubject(db, entry.subject)
  if (leafIndex === null) throw new Problem('log-inconsistent', 'An entry was appended and is not there.')
  return { leafIndex, isNew: false }
}

async function leafOfSubject(db: Db, subject: string): Promise<number | null> {
  const [row] = await db
    .select({ leafIndex: logEntries.leafIndex })
    .from(logEntries)
    .where(eq(logEntries.subject, subject))
  return row?.leafIndex ?? null
}

/**
 * Locks the log before credentials, against the general order: only pending ones are touched here, and no other statement changes
 * those.
 */
async function endTurn(db: Db, turn: LogTurn, batch: PublishedBatch, at: Date): Promise<LogHead | null> {
  const ended = db.$with('ended').as(
    db
      .update(log)
      .set({
        publishedSize: batch.size,
        checkpoint: batch.checkpoint,
        publishedAt: at,
        turnToken: null,
        turnUntil: null,
      })
      .where(and(eq(log.turnToken, turn.token), eq(log.publishedSize, turn.head.publishedSize)))
      .returning(),
  )
  const kept = db.$with('kept_subtrees').as(
    db
      .insert(logSubtrees)
      .select(
        sql`select kept.level, kept.index, kept.hash
          from ${ended}, jsonb_to_recordset(${JSON.stringify(batch.subtrees)}::jsonb) as kept (level int, index bigint, hash text)`,
      )
      .returning({ level: logSubtrees.level }),
  )
  const shown = db.$with('shown_credentials').as(
    db
      .update(credentials)
      .set({ state: 'public', publishedAt: at, receipt: sql`shown.receipt` })
      .from(
        sql`${ended}, jsonb_to_recordset(${JSON.stringify(batch.credentials)}::jsonb) as shown (id uuid, receipt text)`,
      )
      .where(and(sql`${credentials.id} = shown.id`, eq(credentials.state, 'pending')))
      .returning({ id: credentials.id }),
  )
  const witnessed = db.$with('witnessed').as(
    db
      .insert(logWitnesses)
      .select(
        sql`select witness.name, ${batch.size}::bigint, ${at.toISOString()}::timestamptz
          from ${ended}, jsonb_array_elements_text(${JSON.stringify(batch.witnesses)}::jsonb) as witness (name)`,
      )
      .onConflictDoUpdate({
        target: logWitnesses.name,
        set: {
          size: sql`greatest(${logWitnesses.size}, excluded.size)`,
          cosignedAt: sql`excluded.cosigned_at`,
        },
      })
      .returning({ name: logWitnesses.name }),
  )
  const { size, publishedSize, confirmedSize, checkpoint, publishedAt } = ended
  const [head] = await db
    .with(ended, kept, shown, witnessed)
    .select({ size, publishedSize, confirmedSize, checkpoint, publishedAt })
    .from(ended)
  return head ?? null
}

async function giveBack(db: Db, turn: LogTurn): Promise<void> {
  await db.update(log).set({ turnToken: null, turnUntil: null }).where(eq(log.turnToken, turn.token))
}

function readLeaves(db: Db, from: number, count: number): Promise<Leaf[]> {
  return db
    .select({ leafIndex: logEntries.leafIndex, type: logEntries.type, body: logEntries.body })
    .from(logEntries)
    .where(and(gte(logEntries.leafIndex, from), lt(logEntries.leafIndex, from + count)))
    .orderBy(asc(logEntries.leafIndex))
}

function readSubtrees(db: Db, level: number, from: number, count: number): Promise<Subtree[]> {
  return db
    .select()
    .from(logSubtrees)
    .where(
      and(eq(logSubtrees.level, level), gte(logSubtrees.index, from), lt(logSubtrees.index, from + count)),
    )
    .orderBy(asc(logSubtrees.index))
}

async function confirm(db: Db, size: number): Promise<void> {
  await db
    .update(log)
    .set({ confirmedSize: size })
    .where(and(lt(log.confirmedSize, size), gte(log.publishedSize, size)))
}

async function unconfirmedCredentials(db: Db, limit: number): Promise<UnconfirmedCredential[]> {
  const { id, jwt, receipt, publishedAt } = credentials
  const rows = await db
    .select({ id, jwt, receipt, publishedAt })
    .from(credentials)
    .where(and(isNull(credentials.confirmedAt), isNotNull(receipt), isNotNull(publishedAt)))
    .orderBy(asc(credentials.leafIndex))
    .limit(limit)
  return rows as UnconfirmedCredential[]
}

async function confirmCredentials(db: Db, ids: readonly string[], at: Date): Promise<void> {
  await db
    .update(credentials)
    .set({ confirmedAt: at })
    .where(and(inArray(credentials.id, [...ids]), isNull(credentials.confirmedAt)))
}
