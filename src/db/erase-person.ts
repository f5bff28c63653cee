/**
 * Erases a person's name and identity, and finds the person again who comes back. What stays is a hash of the identity's hash: nobody
 * can be looked up by it, and whoever brings the same document again is the same person, under the same id, on the same sides.
 */

import { and, eq, sql } from 'drizzle-orm'
import { liveStates } from '../certification/engagement.ts'
import { sha256 } from '../json/digest.ts'
import { encodeHex, encodeUtf8 } from '../json/encoding.ts'
import type { Authorship, Created, Person } from '../ports/parties.ts'
import type { Db } from './database.ts'
import { audit } from './schema/audit.ts'
import { listed } from './schema/columns.ts'
import { persons } from './schema/parties.ts'
import { actOnce, auditColumns, brokenConstraint, changeWithAudit, wasDone } from './write-once.ts'

/** What stands in place of an erased identity. */
function tombstone(identityHash: string): string {
  return `erased:${encodeHex(sha256(encodeUtf8(identityHash)))}`
}

/** Whether it stands erased afterwards; null for nobody of this id. False: the person still acts. */
export async function erasePerson(
  db: Db,
  by: Authorship,
  id: string,
  auditId: string,
): Promise<{ readonly erasedAt: Date | null } | null> {
  const [standing] = await db.select().from(persons).where(eq(persons.id, id))
  if (standing === undefined) return null
  if (standing.erasedAt === null) {
    await actOnce(db, by, auditId, () => erase(db, by, standing, auditId)).catch(unlessActing)
  }
  const [now] = await db.select({ erasedAt: persons.erasedAt }).from(persons).where(eq(persons.id, id))
  return now ?? null
}

/** A client was made for the person at the same instant: nothing is erased. */
function unlessActing(thrown: unknown): void {
  if (brokenConstraint(thrown) !== 'persons_acting') throw thrown
}

/** One statement: name and identity, the names beside signed acts, memberships, the request that registered them, and the act itself. */
async function erase(
  db: Db,
  by: Authorship,
  { id, identityHash }: typeof persons.$inferSelect,
  auditId: string,
): Promise<void> {
  const erased = db.$with('erased', { id: sql<string>`id`.as('id') }).as(sql`
    update persons set name = '', identity_hash = ${tombstone(identityHash)}, request_digest = 'erased',
      erased_at = ${by.at.toISOString()}::timestamptz
    where persons.id = ${id}::uuid and persons.erased_at is null
      and not exists (
        select from members held join api_clients open on open.member_id = held.id
        where held.person_id = persons.id and open.revoked_at is null
      )
      and not exists (
        select from engagement_roles given join engagements live on live.id = given.engagement_id
        where given.person_id = persons.id and live.state in (${listed(liveStates)})
      )
    returning persons.id`)
  const following = {
    ended: sql`update members set roles = '{}' from erased where members.person_id = erased.id returning members.id`,
    signed: signedActs('engagements', [
      'contract_review',
      'proposal',
      'review',
      'returned',
      'decision',
      'closing',
    ]),
    found: signedActs('findings', ['raised', 'answer', 'closed']),
    unsalted: sql`update trail_entries set salt = null from erased, audit made
      where made.resource = 'person' and made.resource_id = erased.id and trail_entries.audit_id = made.id
      returning made.id`,
    unnamed: sql`update audit set request_digest = 'erased' from erased
      where audit.resource = 'person' and audit.resource_id = erased.id returning audit.id`,
  }
  const parts = Object.entries(following).map(([name, statement]) =>
    db.$with(name, { id: sql<string>`id`.as('id') }).as(statement),
  )
  const note = { id: auditId, action: 'erase-person', resource: 'person', resourceId: id }
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, note)).from(erased as never))
      .returning({ id: audit.id }),
  )
  await db
    .with(erased, ...parts, logged)
    .select({ id: sql`id` })
    .from(erased)
}

/** Signed acts carry the name beside the id; the id stays. */
function signedActs(table: string, columns: readonly string[]) {
  const isTheirs = (column: string) => sql`${sql.identifier(column)} ->> 'personId' = erased.id::text`
  const sets = columns.map(
    (column) =>
      sql`${sql.identifier(column)} = case when ${isTheirs(column)}
        then jsonb_set(${sql.identifier(column)}, '{personName}', '""') else ${sql.identifier(column)} end`,
  )
  const name = sql.identifier(table)
  return sql`update ${name} set ${sql.join(sets, sql`, `)} from erased
    where ${sql.join(columns.map(isTheirs), sql` or `)} returning ${name}.id`
}

/** The person whose identity was erased, under the old id; null where this identity was not erased. */
export async function restorePerson(
  db: Db,
  by: Authorship,
  person: Person,
  identityHash: string,
): Promise<Created<Person> | null> {
  const [erased] = await db
    .select({ id: persons.id })
    .from(persons)
    .where(eq(persons.identityHash, tombstone(identityHash)))
  if (erased === undefined) return restoredBefore(db, by, person.id, identityHash)
  const change = db
    .update(persons)
    .set({ name: person.name, identityHash, requestDigest: by.mark.digest, erasedAt: null })
    .where(and(eq(persons.id, erased.id), eq(persons.identityHash, tombstone(identityHash))))
    .returning()
  const note = { id: person.id, action: 'restore-person', resource: 'person', resourceId: erased.id }
  const rows = await actOnce(db, by, person.id, () =>
    changeWithAudit<typeof persons.$inferSelect>(db, change, by, note),
  )
  const [row] = rows ?? []
  return row ? { row: toPerson(row), replayed: false } : restoredBefore(db, by, person.id, identityHash)
}

/** What this very request restored before; null where it did not. */
async function restoredBefore(
  db: Db,
  by: Authorship,
  auditId: string,
  identityHash: string,
): Promise<Created<Person> | null> {
  const [standing] = await db
    .select({ person: persons, restored: audit.id })
    .from(persons)
    .innerJoin(audit, and(eq(audit.id, auditId), eq(audit.action, 'restore-person')))
    .where(eq(persons.identityHash, identityHash))
  if (standing === undefined || !(await wasDone(db, by, auditId))) return null
  return { row: toPerson(standing.person), replayed: true }
}

function toPerson({ id, name, createdAt }: typeof persons.$inferSelect): Person {
  return { id, name, createdAt }
}
