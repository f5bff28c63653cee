/** The transparency log in Postgres: one row says how far it is, and every write of it is one statement. */

import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, not, sql } from 'drizzle-orm'
import type {
  Leaf,
  LogHead,
  LogRepository,
  LogTurn,
  NewLogEntry,
  Subtree,
  UnconfirmedCredential,
} from '../ports/log.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { endTurn } from './log-end.ts'
import { takeTurn } from './log-turn.ts'
import { credentials } from './schema/credentials.ts'
import { log, logEntries, logSubtrees } from './schema/log.ts'
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
    replaceReceipt: (id, old, receipt) => replaceReceipt(db, id, old, receipt),
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

async function replaceReceipt(db: Db, id: string, old: string, receipt: string): Promise<boolean> {
  const replaced = await db
    .update(credentials)
    .set({ receipt, confirmedAt: null })
    .where(and(eq(credentials.id, id), eq(credentials.receipt, old)))
    .returning({ id: credentials.id })
  return replaced.length === 1
}
