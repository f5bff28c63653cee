/** Watches in Postgres. Whoever is watched is not told: no query but the watcher's own reads these rows. */

import { and, asc, eq, gt, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Authorship, Created, Page } from '../ports/parties.ts'
import type { Watch, WatchedCredential, WatchRepository } from '../ports/watches.ts'
import type { Actor } from '../ports.ts'
import type { Db } from './database.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { credentials } from './schema/credentials.ts'
import { watchedCredentials, watches } from './schema/notices.ts'
import { actOnce, auditOf, brokenConstraint, changeWithAudit, wasDone } from './write-once.ts'

/** The watches of one database session. */
export function watchRepository(db: Db): WatchRepository {
  return {
    countOthers: (actor, id) => countOthers(db, actor, id),
    resolve: (asked) => resolve(db, asked),
    create: (by, watch, credentialIds) => create(db, by, watch, credentialIds),
    find: (actor, id) => find(db, actor, id),
    list: (actor, page) => list(db, actor, page),
    credentials: (actor, watchId, page) => listCredentials(db, actor, watchId, page),
    change: (by, change) => changeWatch(db, by, change),
    end: (by, id, auditId) => end(db, by, id, auditId),
  }
}

const columns = {
  id: watches.id,
  organizationId: watches.organizationId,
  name: watches.name,
  createdAt: watches.createdAt,
  endedAt: watches.endedAt,
  size: sql<number>`(select count(*)::int from watched_credentials inside where inside.watch_id = watches.id)`,
}

function own({ organizationId }: Actor, id: string): SQL | undefined {
  return and(eq(watches.id, id), eq(watches.organizationId, organizationId))
}

async function countOthers(db: Db, { organizationId }: Actor, id: string): Promise<number> {
  return db.$count(
    watches,
    and(eq(watches.organizationId, organizationId), ne(watches.id, id), isNull(watches.endedAt)),
  )
}

/** Ids and numbers as a set of values. */
const among = (values: readonly string[]) =>
  sql`(select value from jsonb_array_elements_text(${JSON.stringify(values)}::jsonb) wanted(value))`

/** An index for each name: one condition on number or id would read every document for every name. */
async function resolve(db: Db, asked: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const isId = sql`wanted.value ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'`
  const { rows } = (await db.execute(sql`
    with wanted as (${among(asked)})
    select wanted.value asked, document.id from wanted
      join credentials document on document.state = 'public' and document.number = wanted.value
    union all
    select wanted.value, document.id from wanted
      join credentials document on document.state = 'public' and document.id = case when ${isId} then wanted.value::uuid end`)) as unknown as {
    rows: { asked: string; id: string }[]
  }
  return new Map(rows.map(({ asked: as, id }) => [as, id]))
}

/** One statement: the watch, what is in it, and its audit row; or the watch that the same request made before. */
async function create(
  db: Db,
  by: Authorship,
  watch: Omit<Watch, 'size' | 'endedAt'>,
  credentialIds: readonly string[],
): Promise<Created<Watch>> {
  const { id, organizationId, name, createdAt } = watch
  const note = {
    id,
    action: 'create-watch',
    resource: 'watch',
    resourceId: id,
    facts: { size: credentialIds.length },
  }
  const statement = sql`
    with made as (
      insert into watches (id, organization_id, name, request_digest, created_at)
      values (${id}::uuid, ${organizationId}::uuid, ${name}, ${by.mark.digest}, ${createdAt.toISOString()}::timestamptz) returning *
    ), filled as (${adding(sql`made`, credentialIds)}), logged as (${auditOf(db, by, note, 'made')})
    select id from made`
  let replayed = false
  try {
    await db.execute(statement)
  } catch (thrown) {
    if (!['watches_pkey', 'audit_pkey'].includes(brokenConstraint(thrown) ?? '')) throw thrown
    replayed = await wasDone(db, by, id)
  }
  const row = await find(db, by.actor, id)
  if (row === null) throw new Error(`the watch ${id} is not there`)
  return { row, replayed }
}

function adding(to: SQL, credentialIds: readonly string[]): SQL {
  return sql`insert into watched_credentials (watch_id, credential_id)
    select ${to}.id, document.id from ${to} join credentials document on document.state = 'public'
      and document.id in (select named.value::uuid from ${among(credentialIds)} named)
    on conflict do nothing returning credential_id`
}

async function find(db: Db, actor: Actor, id: string): Promise<Watch | null> {
  const [row] = await db.select(columns).from(watches).where(own(actor, id))
  return row ?? null
}

async function list(db: Db, actor: Actor, page: Page): Promise<Watch[]> {
  return db
    .select(columns)
    .from(watches)
    .where(
      and(
        eq(watches.organizationId, actor.organizationId),
        afterCursor(watches.createdAt, watches.id, page.after),
      ),
    )
    .orderBy(...newestFirst(watches.createdAt, watches.id))
    .limit(page.limit)
}

async function listCredentials(
  db: Db,
  actor: Actor,
  watchId: string,
  page: Page,
): Promise<WatchedCredential[]> {
  const { id, number, documentKind, face, status, statusAt } = credentials
  return db
    .select({ id, number, documentKind, face, status, statusAt })
    .from(watchedCredentials)
    .innerJoin(watches, eq(watches.id, watchedCredentials.watchId))
    .innerJoin(credentials, eq(credentials.id, watchedCredentials.credentialId))
    .where(and(own(actor, watchId), page.after === null ? undefined : gt(number, page.after)))
    .orderBy(asc(number))
    .limit(page.limit)
}

async function changeWatch(
  db: Db,
  by: Authorship,
  { id, auditId, add, remove, sizeMax }: Parameters<WatchRepository['change']>[1],
): Promise<Watch | 'full' | null> {
  const facts = { added: add.length, removed: remove.length }
  const note = { id: auditId, action: 'change-watch', resource: 'watch', resourceId: id, facts }
  const statement = sql`
    with held as (
      select * from watches where id = ${id}::uuid and organization_id = ${by.actor.organizationId}::uuid and ended_at is null for update
    ), room as (
      select held.* from held where (
        select count(*) from (
          select credential_id::text from watched_credentials where watch_id = ${id}::uuid
          union select value from ${among(add)} new
          except select value from ${among(remove)} gone) after) <= ${sizeMax}::integer
    ), gone as (
      delete from watched_credentials using room
      where watch_id = room.id and credential_id::text in ${among(remove)} and credential_id::text not in ${among(add)} returning 1
    ), filled as (${adding(sql`room`, add)}), logged as (${auditOf(db, by, note, 'room')})
    select (select count(*)::int from held) held, (select count(*)::int from room) room`
  const result = await actOnce(db, by, auditId, () => db.execute(statement))
  if (result !== null) {
    const [row] = (result as unknown as { rows: { held: number; room: number }[] }).rows
    if (row === undefined || row.held === 0) return null
    if (row.room === 0) return 'full'
  }
  return find(db, by.actor, id)
}

async function end(db: Db, by: Authorship, id: string, auditId: string): Promise<Watch | null> {
  const change = db
    .update(watches)
    .set({ endedAt: by.at })
    .where(and(own(by.actor, id), isNull(watches.endedAt)))
    .returning({ id: watches.id })
  const note = { id: auditId, action: 'end-watch', resource: 'watch', resourceId: id }
  await actOnce(db, by, auditId, () => changeWithAudit(db, change, by, note))
  return find(db, by.actor, id)
}
