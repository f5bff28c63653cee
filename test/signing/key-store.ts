/** A key store in memory, for tests of signing alone; what a change does in one statement is tested on Postgres. */

import type { KeyStore, SigningAlgorithm, SigningKeys, StoredKey } from '../../src/ports/signing.ts'
import { newKeyCache, signingKeys } from '../../src/signing/keys.ts'

export function keyStoreInMemory(): KeyStore & { readonly keys: StoredKey[] } {
  const keys: StoredKey[] = []
  const of = (ownerId: string, purpose: string) =>
    keys.filter((key) => key.ownerId === ownerId && key.purpose === purpose)
  return {
    keys,
    list: async (ownerId, purpose) => of(ownerId, purpose),
    all: async () => keys,
    insertFirst: async (key) => {
      const standing = of(key.ownerId, key.purpose).find((found) => found.retiredAt === null)
      if (standing) return standing
      keys.push(key)
      return key
    },
    change: async (by, { ownerId, purpose, leaving, successor }) => {
      const place = keys.findIndex(
        (key) => key.ownerId === ownerId && key.purpose === purpose && key.kid === leaving?.kid,
      )
      const key = keys[place]
      if (key && leaving) {
        keys[place] = { ...key, retiredAt: key.retiredAt ?? by.at, compromise: leaving.compromise }
      }
      if (successor) keys.push(successor)
      return true
    },
    isDone: async () => false,
    firstLeafSince: async () => 7,
    signedFrom: async () => [],
    rewrap: async (key, wrapped) => {
      keys[keys.indexOf(key)] = { ...key, wrapped }
      return true
    },
  }
}

/** Signing keys over such a store, for documents of November 2026. */
export function signingKeysInMemory(algorithm: SigningAlgorithm): SigningKeys {
  return signingKeys({
    store: keyStoreInMemory(),
    ring: { activeId: 'kek-1', keys: { 'kek-1': new Uint8Array(32).fill(5) } },
    world: {
      now: () => new Date('2026-11-20T08:00:00Z'),
      newId: () => crypto.randomUUID(),
      randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    },
    cache: newKeyCache(),
    algorithm,
    origin: 'https://egret.example',
    signerHosts: [],
  })
}
