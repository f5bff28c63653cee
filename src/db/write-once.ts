/**
 * Writes with their audit row in one statement, and retries that meet their own row. A created row's id derives from
 * the client and its idempotency key, so "insert, or find what the same request inserted" needs no other table.
 */

import { DrizzleQueryError, eq, type SQL, sql } from 'drizzle-orm'
import type { PgColumn, PgInsertValue, PgTable } from 'drizzle-orm/pg-core'
import type { NewLogEntry } from '../ports/log.ts'
import type { Authorship, Created } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import { Problem } from '../problem.ts'
import type { ChainName, TrailKind } from '../transparency/trail.ts'
import type { Db } from './database.ts'
import { appendAfter } from './log-append.ts'
import { audit } from './schema/audit.ts'

/** A table whose rows remember the request that made them. */
export type MadeTable = PgTable & { id: PgColumn; requestDigest: PgColumn }

/** What the audit row says beside who and when. */
export interface AuditNote {
  readonly id: string
  readonly action: string
  readonly resource: string
  readonly resourceId: string
  readonly facts?: unknown
  /** The chain that the act belongs to, where its resource does not tell (`trail_chain_of` in the database). */
  readonly chain?: ChainName | SQL
  /** `ordinary` unless it says otherwise. */
  readonly kind?: TrailKind
  /** The common table expression whose row has the version that the act led to; the trail keeps it among the facts. */
  readonly counted?: string
}

/** The columns of an audit row as SQL literals, for `insert … select` from the statement that did the deed. */
export function auditColumns(by: Authorship, note: AuditNote) {
  const { actor, mark, at } = by
  return {
    id: sql<string>`${note.id}::uuid`.as('id'),
    at: sql<Date>`${at.toISOString()}::timestamptz`.as('at'),
    organizationId: sql<string>`${actor.organizationId}::uuid`.as('organization_id'),
    clientId: sql<string>`${actor.clientId}::uuid`.as('client_id'),
    memberId: sql<string | null>`${actor.memberId}::uuid`.as('member_id'),
    personId: sql<string | null>`${actor.personId}::uuid`.as('person_id'),
    action: sql<string>`${note.action}::text`.as('action'),
    resource: sql<string>`${note.resource}::text`.as('resource'),
    resourceId: sql<string>`${note.resourceId}::uuid`.as('resource_id'),
    requestDigest: sql<string>`${mark.digest}::text`.as('request_digest'),
    facts: factsOf(note).as('facts'),
    chain: sql<string>`(${note.chain ?? null})::text`.as('chain'),
    kind: sql<TrailKind>`${note.kind ?? 'ordinary'}::text`.as('kind'),
    role: sql<string | null>`${by.role ?? null}::text`.as('role'),
  }
}

function factsOf({ facts, counted }: AuditNote) {
  const told = sql<unknown>`${facts === undefined ? null : JSON.stringify(facts)}::jsonb`
  if (counted === undefined) return told
  const version = sql`jsonb_build_object('version', ${sql.identifier(counted)}.version)`
  return sql<unknown>`coalesce(${told}, '{}'::jsonb) || ${version}`
}

/** The audit row of each row that an expression of a written-out statement answered. */
export function auditOf(db: Db, by: Authorship, note: AuditNote, from: string): SQL {
  return db
    .insert(audit)
    .select((query) => query.select(auditColumns(by, note)).from(sql.identifier(from) as never))
    .returning({ id: audit.id })
    .getSQL()
}

/**
 * Inserts `values` with its audit row, or answers the row that the same request inserted before.
 *
 * @throws Problem `idempotency-key-reused` when the row was made by another request under the same key;
 *   `already-exists` when another unique value is taken (`fields` maps constraint names to pointers).
 */
export async function createOnce<T extends MadeTable>(
  db: Db,
  table: T,
  values: PgInsertValue<T> & { id: string; requestDigest: string },
  by: Authorship,
  note: Omit<AuditNote, 'id' | 'resourceId'>,
  fields: Readonly<Record<string, string>> = {},
): Promise<Created<T['$inferSelect']>> {
  const made = db
    .$with('made')
    .as(db.insert(table).values(values).onConflictDoNothing({ target: table.id }).returning() as never)
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) =>
        query.select(auditColumns(by, { ...note, id: values.id, resourceId: values.id })).from(made as never),
      )
      .returning({ id: audit.id }),
  )
  try {
    const [row] = await db
      .with(made, logged)
      .select()
      .from(made as never)
    if (row !== undefined) return { row: row as T['$inferSelect'], replayed: false }
  } catch (thrown) {
    // Two of the same request at the same moment may meet at another unique value before they meet at the id.
    const refusal = conflict(thrown, fields)
    if (refusal === null || !(await findMade(db, table, values.id))) throw refusal ?? thrown
  }
  return { row: await madeBefore(db, table, values.id, by), replayed: true }
}

async function findMade<T extends MadeTable>(
  db: Db,
  table: T,
  id: string,
): Promise<T['$inferSelect'] | undefined> {
  const [row] = await db
    .select()
    .from(table as PgTable)
    .where(eq(table.id, id))
  return row as T['$inferSelect'] | undefined
}

async function madeBefore<T extends MadeTable>(
  db: Db,
  table: T,
  id: string,
  by: Authorship,
): Promise<T['$inferSelect']> {
  const row = await findMade(db, table, id)
  requireSameRequest((row as { requestDigest?: string } | undefined)?.requestDigest, by.mark)
  return row as T['$inferSelect']
}

/**
 * Runs a change (an `update … returning`) with its audit row, and its entry in the log where it is a public act, in one
 * statement: no change, no audit row, no entry.
 *
 * @returns the changed rows; empty when the change matched none.
 */
export async function changeWithAudit<Row>(
  db: Db,
  change: unknown,
  by: Authorship,
  note: AuditNote,
  entry?: NewLogEntry,
): Promise<Row[]> {
  const changed = db.$with('changed').as(change as never)
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(changed as never))
      .returning({ id: audit.id }),
  )
  const appended = entry && appendAfter(db, 'changed', entry, by.at)
  return (await db
    .with(changed, logged, ...(appended ? [appended.head, appended.entry] : []))
    .select()
    .from(changed as never)) as Row[]
}

/** A broken constraint as `already-exists` or, for a foreign key, `not-found`, naming the field; null for any other failure. */
function conflict(thrown: unknown, fields: Readonly<Record<string, string>>): Problem | null {
  const cause = (thrown instanceof DrizzleQueryError ? thrown.cause : thrown) as {
    code?: string
    constraint?: string
  }
  const pointer = fields[cause?.constraint ?? '']
  if (pointer === undefined) return null
  if (cause.code === '23505')
    return new Problem('already-exists', `The value of ${pointer} is taken already.`, { pointer })
  if (cause.code === '23503')
    return new Problem('not-found', `Nothing has the id that ${pointer} names.`, { pointer })
  return null
}

/**
 * After a change whose audit row was there already: whether the same request made it. Its id derives from the idempotency key.
 *
 * @throws Problem `idempotency-key-reused` when another request made it.
 */
async function requireSameAct(db: Db, by: Authorship, auditId: string): Promise<void> {
  const [made] = await db.select({ digest: audit.requestDigest }).from(audit).where(eq(audit.id, auditId))
  requireSameRequest(made?.digest, by.mark)
}

/**
 * Whether the same request made a change before, where a change matched nothing: a retry finds its resource moved already.
 *
 * @throws Problem `idempotency-key-reused` when another request made it.
 */
export async function wasDone(db: Db, by: Authorship, auditId: string): Promise<boolean> {
  const [made] = await db.select({ digest: audit.requestDigest }).from(audit).where(eq(audit.id, auditId))
  if (made === undefined) return false
  requireSameRequest(made.digest, by.mark)
  return true
}

/**
 * Does what writes an audit row of an id that the request determines.
 *
 * @returns null where the same request did it before. @throws Problem `idempotency-key-reused` where another one did.
 */
export async function actOnce<Result>(
  db: Db,
  by: Authorship,
  auditId: string,
  act: () => Promise<Result>,
): Promise<Result | null> {
  try {
    return await act()
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'audit_pkey') throw thrown
    await requireSameAct(db, by, auditId)
    return null
  }
}

/** The name of the constraint that a failed query broke, if that is why it failed. */
export function brokenConstraint(thrown: unknown): string | undefined {
  return causeOf(thrown)?.constraint
}

/** The SQLSTATE of a failed query (PostgreSQL Appendix A). */
export function failureCode(thrown: unknown): string | undefined {
  return causeOf(thrown)?.code
}

function causeOf(thrown: unknown): { readonly code?: string; readonly constraint?: string } | undefined {
  return (thrown instanceof DrizzleQueryError ? thrown.cause : thrown) as ReturnType<typeof causeOf>
}
