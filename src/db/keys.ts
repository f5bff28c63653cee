/** Wrapped signing keys in Postgres. */

import { and, asc, eq } from 'drizzle-orm'
import type { KeyStore, StoredKey } from '../ports/signing.ts'
import type { Db } from './database.ts'
import { signingKeys } from './schema/keys.ts'

/** The wrapped keys of one database session. */
export function keyStore(db: Db): KeyStore {
  return {
    list: (ownerId, purpose) => listKeys(db, ownerId, purpose),
    insertFirst: (key) => insertFirst(db, key),
  }
}

function toKey(row: typeof signingKeys.$inferSelect): StoredKey {
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
    .orderBy(asc(signingKeys.createdAt))
  return rows.map(toKey)
}

/** Two first requests at once make two keys; the index on active keys lets one in, and both use that one. */
async function insertFirst(db: Db, key: StoredKey): Promise<StoredKey> {
  const { jwk, compromise: _none, ...rest } = key
  const [made] = await db
    .insert(signingKeys)
    .values({ ...rest, publicJwk: jwk })
    .onConflictDoNothing()
    .returning()
  if (made) return toKey(made)
  const standing = await listKeys(db, key.ownerId, key.purpose)
  return standing.find((found) => found.retiredAt === null) ?? key
}
