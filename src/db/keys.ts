/** Signing keys in Postgres: wrapped, or with a signer. Every change is one statement with what the log tells of it. */

import { and, asc, eq, gte, isNull, type SQL, sql } from 'drizzle-orm'
import { readCompact } from '../credential/compact.ts'
import type { Authorship } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import type { KeyChange, KeyStore, SignedThing, StoredKey } from '../ports/signing.ts'
import { chainOf } from '../transparency/trail.ts'
import type { Db } from './database.ts'
import { appendAfter, appendAllAfter } from './log-append.ts'
import { accreditations } from './schema/accreditations.ts'
import { audit } from './schema/audit.ts'
import { credentials } from './schema/credentials.ts'
import { signingKeys } from './schema/keys.ts'
import { log, logEntries } from './schema/log.ts'
import { statusLists } from './schema/status.ts'
import { actOnce, auditColumns, brokenConstraint } from './write-once.ts'

/** The keys of one database session. */
export function keyStore(db: Db): KeyStore {
  return {
    list: (ownerId, purpose) => listKeys(db, ownerId, purpose),
    all: async () =>
      (await db.select().from(signingKeys).orderBy(asc(signingKeys.createdAt), asc(signingKeys.kid))).map(
        toKey,
      ),
    insertFirst: (key, entry) => insertFirst(db, key, entry),
    change: (by, change) => changeKeys(db, by, change),
    isDone: (by, auditId) => isDone(db, by, auditId),
    firstLeafSince: (since) => firstLeafSince(db, since),
    signedFrom: (key, leafIndex) => signedFrom(db, key, leafIndex),
    rewrap: (key, wrapped) => rewrap(db, key, wrapped),
  }
}

type KeyRow = typeof signingKeys.$inferSelect

function toKey(row: KeyRow): StoredKey {
  const {
    publicJwk,
    compromisedAt: at,
    compromisedSince: since,
    compromisedFromLeaf: fromLeaf,
    ...rest
  } = row
  const isCompromised = at !== null && since !== null && fromLeaf !== null
  return { ...rest, jwk: publicJwk, compromise: isCompromised ? { at, since, fromLeaf } : null }
}

async function listKeys(db: Db, ownerId: string, purpose: StoredKey['purpose']): Promise<StoredKey[]> {
  const rows = await db
    .select()
    .from(signingKeys)
    .where(and(eq(signingKeys.ownerId, ownerId), eq(signingKeys.purpose, purpose)))
    .orderBy(asc(signingKeys.createdAt), asc(signingKeys.kid))
  return rows.map(toKey)
}

/** Two first requests at once make two keys; the index on active keys lets one in, and both use that one. */
async function insertFirst(
  db: Db,
  key: StoredKey,
  entry: Parameters<KeyStore['insertFirst']>[1],
): Promise<StoredKey> {
  const { jwk, compromise: _none, ...rest } = key
  const made = db.$with('made').as(
    db
      .insert(signingKeys)
      .values({ ...rest, publicJwk: jwk })
      .onConflictDoNothing()
      .returning(),
  )
  const appended = appendAfter(db, 'made', entry, key.createdAt)
  const [row] = await db.with(made, appended.head, appended.entry).select().from(made)
  if (row) return toKey(row)
  const standing = await listKeys(db, key.ownerId, key.purpose)
  return standing.find((found) => found.retiredAt === null) ?? key
}

/** What a change loses a race to: the owner's other key of the same name, or another active one. */
const raceConstraints = ['signing_keys_one_active', 'signing_keys_owner_id_purpose_kid_pk']

async function changeKeys(db: Db, by: Authorship, change: KeyChange): Promise<boolean> {
  try {
    const done = await actOnce(db, by, change.auditId, () => changeInOne(db, by, change))
    return done ?? true
  } catch (thrown) {
    if (raceConstraints.includes(brokenConstraint(thrown) ?? '')) return false
    throw thrown
  }
}

async function isDone(db: Db, { mark }: Authorship, auditId: string): Promise<boolean> {
  const [made] = await db.select({ digest: audit.requestDigest }).from(audit).where(eq(audit.id, auditId))
  if (made) requireSameRequest(made.digest, mark)
  return made !== undefined
}

/** Keys first, then the status lists, and the log last, as every statement locks them. */
async function changeInOne(db: Db, by: Authorship, change: KeyChange): Promise<boolean> {
  const left = db.$with('left_key').as(leavingKey(db, by, change))
  const made = db.$with('made').as(successorRow(db, change))
  const lists = db.$with('due_lists').as(listsDue(db, by, change))
  const appended = appendAllAfter(db, 'left_key', change.entries, by.at)
  const logged = db.$with('logged').as(
    db
      .insert(audit)
      .select((query) => query.select(auditColumns(by, noteOf(change))).from(left))
      .returning({ id: audit.id }),
  )
  const rows = await db
    .with(left, made, lists, appended.head, appended.entries, logged)
    .select({ one: sql`1` })
    .from(left)
  return rows.length > 0
}

function noteOf({ auditId, ownerId, purpose, leaving, successor }: KeyChange) {
  const action = leaving?.compromise ? 'compromise-key' : 'succeed-key'
  const facts = { purpose, leaving: leaving?.kid ?? null, successor: successor?.kid ?? null }
  // A body's own key is in its trail, the installation's in that of whoever changed it.
  const chain = purpose === 'credential' ? { chain: chainOf('organization', ownerId) } : {}
  return { id: auditId, action, resource: 'key', resourceId: ownerId, facts, ...chain }
}

/** The key that leaves, as long as it stands as it stood; where none leaves, one row as long as none is active. */
function leavingKey(db: Db, { at }: Authorship, { ownerId, purpose, leaving }: KeyChange) {
  const ofOwner = and(eq(signingKeys.ownerId, ownerId), eq(signingKeys.purpose, purpose))
  if (leaving === null) {
    const active = db
      .select({ one: sql`1` })
      .from(signingKeys)
      .where(and(ofOwner, isNull(signingKeys.retiredAt)))
    return db
      .select({ kid: sql<string>`''`.as('kid') })
      .from(log)
      .where(sql`not exists ${active}`) as never
  }
  const { compromise, wasActive } = leaving
  return db
    .update(signingKeys)
    .set({
      retiredAt: sql`coalesce(${signingKeys.retiredAt}, ${at.toISOString()}::timestamptz)`,
      ...(compromise && {
        compromisedAt: compromise.at,
        compromisedSince: compromise.since,
        compromisedFromLeaf: compromise.fromLeaf,
      }),
    })
    .where(
      and(
        ofOwner,
        eq(signingKeys.kid, leaving.kid),
        isNull(signingKeys.compromisedAt),
        sql`(${signingKeys.retiredAt} is null) = ${wasActive}`,
      ),
    )
    .returning({ kid: signingKeys.kid })
}

function successorRow(db: Db, { successor }: KeyChange) {
  return db
    .insert(signingKeys)
    .select((query) =>
      query
        .select(literals(successor))
        .from(sql`left_key`)
        .where(sql`${successor !== null}`),
    )
    .returning({ kid: signingKeys.kid })
}

const text = (value: string | null) => sql<string>`${value}::text`
const jsonOrNull = (value: unknown) => sql`${value === null ? null : JSON.stringify(value)}::jsonb`

/** The row's columns as literals, in the table's order; the statement keeps none of them where there is no successor. */
function literals(key: StoredKey | null) {
  return {
    ownerId: sql<string>`${key?.ownerId ?? null}::uuid`.as('owner_id'),
    kid: text(key?.kid ?? null).as('kid'),
    purpose: text(key?.purpose ?? null).as('purpose') as SQL.Aliased<StoredKey['purpose']>,
    algorithm: text(key?.algorithm ?? null).as('algorithm') as SQL.Aliased<StoredKey['algorithm']>,
    publicJwk: jsonOrNull(key?.jwk ?? null).as('public_jwk') as SQL.Aliased<Record<string, unknown>>,
    wrapped: jsonOrNull(key?.wrapped ?? null).as('wrapped') as SQL.Aliased<KeyRow['wrapped']>,
    signer: jsonOrNull(key?.signer ?? null).as('signer') as SQL.Aliased<KeyRow['signer']>,
    createdAt: sql<Date>`${key?.createdAt.toISOString() ?? null}::timestamptz`.as('created_at'),
    retiredAt: sql<Date | null>`null::timestamptz`.as('retired_at'),
    compromisedAt: sql<Date | null>`null::timestamptz`.as('compromised_at'),
    compromisedSince: sql<Date | null>`null::timestamptz`.as('compromised_since'),
    compromisedFromLeaf: sql<number | null>`null::bigint`.as('compromised_from_leaf'),
  }
}

/** After a compromise nobody believes the body's signed lists any more: they are due now. */
function listsDue(db: Db, { at }: Authorship, { ownerId, purpose, leaving }: KeyChange) {
  const isEmergency = purpose === 'credential' && leaving?.compromise !== null
  return db
    .update(statusLists)
    .set({ expiresAt: at })
    .where(
      and(
        eq(statusLists.bodyOrganizationId, ownerId),
        sql`${isEmergency} and exists (select from left_key)`,
        sql`${statusLists.expiresAt} is not null`,
      ),
    )
    .returning({ id: statusLists.id })
}

async function firstLeafSince(db: Db, since: Date): Promise<number> {
  const [found] = await db
    .select({
      leafIndex: sql<number>`coalesce((select min(${logEntries.leafIndex}) from ${logEntries}
        where ${logEntries.appendedAt} >= ${since.toISOString()}::timestamptz), ${log.size})`.mapWith(Number),
    })
    .from(log)
  return found?.leafIndex ?? 0
}

async function signedFrom(
  db: Db,
  { ownerId, purpose, kid }: Pick<StoredKey, 'ownerId' | 'purpose' | 'kid'>,
  leafIndex: number,
): Promise<SignedThing[]> {
  if (purpose === 'installation') return factsFrom(db, kid, leafIndex)
  if (purpose !== 'credential') return []
  const rows = await db
    .select({
      id: credentials.id,
      number: credentials.number,
      leafIndex: credentials.leafIndex,
      at: credentials.issuedAt,
    })
    .from(credentials)
    .where(
      and(
        eq(credentials.bodyOrganizationId, ownerId),
        eq(credentials.kid, kid),
        gte(credentials.leafIndex, leafIndex),
      ),
    )
    .orderBy(asc(credentials.leafIndex))
  return rows.map((row) => ({ kind: 'credential', ...row }))
}

/** A fact's header names the key that signed it. */
async function factsFrom(db: Db, kid: string, leafIndex: number): Promise<SignedThing[]> {
  const { id, number, jwt, recordedAt: at } = accreditations
  const rows = await db
    .select({ id, number, jwt, at, leafIndex: accreditations.leafIndex })
    .from(accreditations)
    .where(gte(accreditations.leafIndex, leafIndex))
    .orderBy(asc(accreditations.leafIndex))
  const ofKey = rows.filter((row) => kidOf(row.jwt) === kid)
  return ofKey.map(({ jwt: _, ...row }) => ({ kind: 'accreditation', ...row }))
}

/** The key id in a signed document's header, within its owner's. */
function kidOf(jwt: string): string | undefined {
  const read = readCompact(jwt)
  return 'fault' in read ? undefined : read.compact.kid.split('#')[1]
}

async function rewrap(db: Db, key: StoredKey, wrapped: NonNullable<StoredKey['wrapped']>): Promise<boolean> {
  const rows = await db
    .update(signingKeys)
    .set({ wrapped })
    .where(
      and(
        eq(signingKeys.ownerId, key.ownerId),
        eq(signingKeys.purpose, key.purpose),
        eq(signingKeys.kid, key.kid),
        sql`${signingKeys.wrapped} = ${JSON.stringify(key.wrapped)}::jsonb`,
      ),
    )
    .returning({ kid: signingKeys.kid })
  return rows.length > 0
}
