/** Changes of keys: a new one in the place of the old, the emergency, and wrapping everything anew. */

import { keyEntry } from '../credential/key-entry.ts'
import type { Authorship } from '../ports/parties.ts'
import type {
  CompromisedKey,
  KeyActs,
  KeyChange,
  KeySlot,
  KeySource,
  PublicKey,
  StoredKey,
} from '../ports/signing.ts'
import { Problem } from '../problem.ts'
import { type KeyParts, newAlgorithm, newKid } from './keys.ts'
import { importedKey, makeKey, openPkcs8, signerKey } from './make-key.ts'
import { isAllowedSigner, requireProof } from './remote-signer.ts'
import { unwrapPrivateKey, wrapPrivateKey } from './wrap.ts'

/** Over the same parts as the keys. */
export function keyActs(parts: KeyParts): KeyActs {
  return {
    signerHosts: parts.signerHosts,
    succeed: (by, slot, succession) => succeed(parts, by, slot, succession),
    compromise: (by, slot, told) => compromise(parts, by, slot, told),
    rewrap: () => rewrapAll(parts),
    all: () => parts.store.all(),
  }
}

async function succeed(
  parts: KeyParts,
  by: Authorship,
  slot: KeySlot,
  { retiring, source, auditId }: Parameters<KeyActs['succeed']>[2],
): Promise<PublicKey> {
  const standing = await parts.store.list(slot.owner.id, slot.purpose)
  if (await parts.store.isDone(by, auditId)) return activeOf(standing)
  const leaving = standing.find(({ kid }) => kid === retiring)
  if (retiring !== null && leaving === undefined) throw noSuchKey(retiring)
  const successor = await keyFrom(parts, slot, standing, source)
  const retired = leaving === undefined ? [] : [keyEntry(told(slot, leaving), { act: 'retired' }, by.at)]
  await change(parts, by, {
    ...slotOf(slot),
    leaving: leaving === undefined ? null : { kid: leaving.kid, wasActive: true, compromise: null },
    successor,
    entries: [...retired, keyEntry(told(slot, successor), { act: 'added' }, by.at)],
    auditId,
  })
  return activeOf(await parts.store.list(slot.owner.id, slot.purpose))
}

function activeOf(standing: readonly StoredKey[]): StoredKey {
  const active = standing.find((key) => key.retiredAt === null)
  if (active === undefined)
    throw new Problem('stale-state', 'The key that this request made is active no longer.')
  return active
}

async function compromise(
  parts: KeyParts,
  by: Authorship,
  slot: KeySlot,
  { kid, since, withSuccessor, auditId }: Parameters<KeyActs['compromise']>[2],
): Promise<CompromisedKey> {
  const standing = await parts.store.list(slot.owner.id, slot.purpose)
  const key = standing.find((one) => one.kid === kid)
  if (key === undefined) throw noSuchKey(kid)
  if (key.compromise !== null) return toldBefore(parts, standing, key)
  const wasActive = key.retiredAt === null
  const fromLeaf = await parts.store.firstLeafSince(since)
  const successor = wasActive && withSuccessor ? await keyFrom(parts, slot, standing, { from: 'new' }) : null
  const added = successor === null ? [] : [keyEntry(told(slot, successor), { act: 'added' }, by.at)]
  const compromised = { act: 'compromised', since, fromLeaf } as const
  await change(parts, by, {
    ...slotOf(slot),
    leaving: { kid, wasActive, compromise: { at: by.at, since, fromLeaf } },
    successor,
    entries: [keyEntry(told(slot, key), compromised, by.at), ...added],
    auditId,
  })
  const now = await parts.store.list(slot.owner.id, slot.purpose)
  return toldBefore(parts, now, now.find((one) => one.kid === kid) ?? key)
}

/** What a compromise came to: a function of what stands, so that whoever asks again reads the same. */
async function toldBefore(
  { store }: KeyParts,
  standing: readonly StoredKey[],
  key: StoredKey,
): Promise<CompromisedKey> {
  const fromLeaf = key.compromise?.fromLeaf ?? 0
  return {
    key,
    successor: standing.find((one) => one.retiredAt === null) ?? null,
    fromLeaf,
    disbelieved: await store.signedFrom(key, fromLeaf),
  }
}

async function change(parts: KeyParts, by: Authorship, wanted: KeyChange): Promise<void> {
  const isDone = await parts.store.change(by, wanted)
  parts.cache.lists.delete(`${wanted.ownerId}/${wanted.purpose}`)
  if (isDone) return
  throw new Problem('stale-state', 'Another change of this owner’s keys came first; read them again.', {
    kid: wanted.leaving?.kid ?? null,
  })
}

async function keyFrom(
  parts: KeyParts,
  { owner, purpose }: KeySlot,
  standing: readonly StoredKey[],
  source: KeySource,
): Promise<StoredKey> {
  const place = { ownerId: owner.id, purpose }
  if (source.from === 'new') {
    const algorithm = newAlgorithm(parts, purpose)
    return makeKey(parts, { ...place, kid: newKid(parts, standing), algorithm })
  }
  requireFreeName(standing, source.kid)
  if (source.from === 'signer') {
    requireNewKey(standing, source.jwk.x)
    return keyWithSigner(parts, owner.name, place, source)
  }
  const opened = await openPkcs8(source.pkcs8)
  requireNewKey(standing, opened.jwk.x)
  if (purpose === 'log' && opened.algorithm !== 'EdDSA') {
    throw new Problem('invalid-request', 'Checkpoints are signed with Ed25519: the key is of another kind.')
  }
  const kid = source.kid ?? newKid(parts, standing)
  return importedKey(parts, { ...place, kid, algorithm: opened.algorithm }, opened)
}

async function keyWithSigner(
  parts: KeyParts,
  did: string,
  place: Pick<StoredKey, 'ownerId' | 'purpose'>,
  { url, kid, algorithm, jwk }: Extract<KeySource, { from: 'signer' }>,
): Promise<StoredKey> {
  if (!isAllowedSigner(url, parts.signerHosts)) {
    throw new Problem(
      'invalid-request',
      'The signer’s URL is not https, or its host is not in SIGNER_HOSTS.',
      {
        pointer: '/signer/url',
      },
    )
  }
  const key = signerKey({ ...place, kid, algorithm }, jwk, url, parts.world.now())
  await requireProof(parts, did, { ...key, url })
  return key
}

function requireFreeName(standing: readonly StoredKey[], wanted: string | null): void {
  if (standing.some(({ kid }) => kid === wanted)) {
    throw new Problem('already-exists', 'The owner has, or had, a key of this name.', { pointer: '/kid' })
  }
}

/** A key that left does not come back under another name. */
function requireNewKey(standing: readonly StoredKey[], x: unknown): void {
  if (standing.some(({ jwk }) => jwk.x === x)) {
    throw new Problem('already-exists', 'The owner has, or had, this very key.')
  }
}

async function rewrapAll(parts: KeyParts): Promise<{ kekId: string; keys: number; rewrapped: number }> {
  const keys = (await parts.store.all()).filter(({ wrapped }) => wrapped !== null)
  let rewrapped = 0
  for (const key of keys) if (await rewrapOne(parts, key)) rewrapped += 1
  return { kekId: parts.ring.activeId, keys: keys.length, rewrapped }
}

/** Opens what it wrapped before it replaces what stood. */
async function rewrapOne({ ring, store, world }: KeyParts, key: StoredKey): Promise<boolean> {
  if (key.wrapped === null || key.wrapped.kekId === ring.activeId) return false
  const pkcs8 = await unwrapPrivateKey(ring, key, key.wrapped)
  const wrapped = await wrapPrivateKey(ring, key, pkcs8, new Uint8Array(world.randomBytes(12)))
  await unwrapPrivateKey(ring, key, wrapped)
  return store.rewrap(key, wrapped)
}

function slotOf({ owner, purpose }: KeySlot) {
  return { ownerId: owner.id, purpose }
}

function told({ owner, purpose }: KeySlot, { kid, jwk }: StoredKey) {
  return { owner: owner.name, purpose, kid, jwk }
}

function noSuchKey(kid: string): Problem {
  return new Problem('not-found', `The owner has no key ${kid}.`, { kid })
}
