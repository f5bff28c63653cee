/** Signing keys over a key store: made on first need, opened only here, remembered for a while in the isolate. */

import { CompactSign, type CryptoKey, importPKCS8 } from 'jose'
import { didUnderOrigin } from '../credential/did-web.ts'
import { keyEntry } from '../credential/key-entry.ts'
import type {
  KeyOwner,
  KeyPurpose,
  KeyReading,
  KeyStore,
  OwnPurpose,
  SignedCredential,
  SigningAlgorithm,
  SigningKeys,
  StoredKey,
} from '../ports/signing.ts'
import type { World } from '../ports.ts'
import { Problem } from '../problem.ts'
import { makeKey } from './make-key.ts'
import { signElsewhere } from './remote-signer.ts'
import { type KeyRing, unwrapPrivateKey } from './wrap.ts'

/** The installation's own keys have no owning body. */
export const installationId = '00000000-0000-0000-0000-000000000000'

/** Keys remembered by one isolate: lists for a while, opened private keys as long as it lives. */
export interface KeyCache {
  readonly lists: Map<string, { readonly keys: readonly StoredKey[]; readonly readAt: number }>
  readonly opened: Map<string, CryptoKey>
}

/** A cache for one isolate or process. */
export function newKeyCache(): KeyCache {
  return { lists: new Map(), opened: new Map() }
}

export interface KeyParts {
  readonly store: KeyStore
  readonly ring: KeyRing
  readonly world: World
  readonly cache: KeyCache
  /** Algorithm of new keys. */
  readonly algorithm: SigningAlgorithm
  /** Origin of the installation: its name in the log, and its own DID. */
  readonly origin: string
  /** Hosts of signers that may be asked, with port where there is one. */
  readonly signerHosts: readonly string[]
}

/** How long a list may be remembered where Postgres refuses what a retired key does, seconds. */
const listSeconds = 60

/** Keys over their store, opened with the ring and kept in the cache. */
export function signingKeys(parts: KeyParts): SigningKeys {
  return {
    ensureBodyKey: (bodyId, did) => ensureKey(parts, { id: bodyId, name: did }, 'credential'),
    ensureOwnKey: (purpose) => ensureKey(parts, ownOwner(parts, purpose), purpose),
    bodyKeys: (bodyId) => readKeys(parts, bodyId, 'credential', 0),
    ownKeys: (purpose) => readKeys(parts, installationId, purpose, 0),
    signCredential: (bodyId, did, payload, reading = 'fresh') =>
      signAs(parts, { ownerId: bodyId, purpose: 'credential', did, reading }, payload),
    signOwn: (did, payload) =>
      signAs(parts, { ownerId: installationId, purpose: 'installation', did, reading: 'fresh' }, payload),
  }
}

/** The installation as the log names it: by its DID for what it signs under that, and by its origin for the rest. */
export function ownOwner({ origin }: Pick<KeyParts, 'origin'>, purpose: OwnPurpose): KeyOwner {
  const name = purpose === 'installation' ? installationDidOf(origin) : origin
  return { id: installationId, name }
}

/** `did:web:<host>` of an origin. */
export function installationDidOf(origin: string): string {
  const did = didUnderOrigin(origin, [])
  if (did === undefined) throw new Error(`the origin ${origin} makes no did:web`)
  return did
}

/**
 * The owner's keys for a purpose; from memory when read lately enough.
 *
 * @param secondsMax how old what is remembered may be; 0 to read it now.
 */
export async function readKeys(
  { store, cache, world }: KeyParts,
  ownerId: string,
  purpose: KeyPurpose,
  secondsMax: number = listSeconds,
): Promise<readonly StoredKey[]> {
  const name = `${ownerId}/${purpose}`
  const kept = cache.lists.get(name)
  const now = world.now().getTime()
  if (kept && now - kept.readAt < secondsMax * 1000) return kept.keys
  const keys = await store.list(ownerId, purpose)
  if (keys.length > 0) cache.lists.set(name, { keys, readAt: now })
  return keys
}

/** An owner that ever had a key gets none by itself: its body may keep the next one elsewhere. */
async function ensureKey(parts: KeyParts, owner: KeyOwner, purpose: KeyPurpose): Promise<void> {
  const keys = await readKeys(parts, owner.id, purpose)
  if (keys.length > 0) return
  const binding = {
    ownerId: owner.id,
    purpose,
    kid: newKid(parts, keys),
    algorithm: newAlgorithm(parts, purpose),
  }
  const key = await makeKey(parts, binding)
  await parts.store.insertFirst(key, keyEntry({ ...key, owner: owner.name }, { act: 'added' }, key.createdAt))
}

/** Checkpoints are signed notes of Ed25519, whatever else is configured. */
export function newAlgorithm({ algorithm }: KeyParts, purpose: KeyPurpose): SigningAlgorithm {
  return purpose === 'log' ? 'EdDSA' : algorithm
}

/** `key-<year>-<n>`: readable in a DID URL, unique within its owner. */
export function newKid({ world }: Pick<KeyParts, 'world'>, standing: readonly StoredKey[]): string {
  const taken = new Set(standing.map(({ kid }) => kid))
  let number = standing.length + 1
  const kidOf = () => `key-${world.now().getUTCFullYear()}-${number}`
  while (taken.has(kidOf())) number += 1
  return kidOf()
}

/** The owner's active key. @throws Problem `unavailable` when there is none. */
async function activeOf(
  parts: KeyParts,
  ownerId: string,
  purpose: KeyPurpose,
  reading: KeyReading,
): Promise<StoredKey> {
  const keys = await readKeys(parts, ownerId, purpose, reading === 'fresh' ? 0 : listSeconds)
  const active = keys.find((key) => key.retiredAt === null)
  if (!active) throw new Problem('unavailable', `There is no active ${purpose} key.`)
  return active
}

/** The owner's active key as it stands now, opened. @throws Problem `unavailable` when there is none. */
export async function activeKey(
  parts: KeyParts,
  ownerId: string,
  purpose: KeyPurpose,
): Promise<{ readonly stored: StoredKey; readonly key: CryptoKey }> {
  const stored = await activeOf(parts, ownerId, purpose, 'fresh')
  return { stored, key: await openKey(parts, stored) }
}

/** The private key, opened. @throws Problem `stored-object-corrupt`; `unavailable` where a signer keeps it. */
export async function openKey({ cache, ring }: KeyParts, stored: StoredKey): Promise<CryptoKey> {
  const name = `${stored.ownerId}/${stored.purpose}/${stored.kid}`
  const opened = cache.opened.get(name)
  if (opened) return opened
  if (stored.wrapped === null) throw new Problem('unavailable', `The key ${stored.kid} is not kept here.`)
  const pkcs8 = await unwrapPrivateKey(ring, stored, stored.wrapped)
  const key = await importPKCS8(pem(pkcs8), stored.algorithm)
  cache.opened.set(name, key)
  return key
}

function pem(pkcs8: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...pkcs8))
  return `-----BEGIN PRIVATE KEY-----\n${base64}\n-----END PRIVATE KEY-----`
}

interface Signing {
  readonly ownerId: string
  readonly purpose: KeyPurpose
  readonly did: string
  readonly reading: KeyReading
}

/** Compact `vc+jwt` (W3C VC-JOSE-COSE): the payload's bytes are signed as they are, here or where the key is kept. */
async function signAs(
  parts: KeyParts,
  { ownerId, purpose, did, reading }: Signing,
  payload: Uint8Array,
): Promise<SignedCredential> {
  const stored = await activeOf(parts, ownerId, purpose, reading)
  const header = { alg: stored.algorithm, typ: 'vc+jwt', cty: 'vc', kid: `${did}#${stored.kid}` }
  if (stored.signer !== null) {
    const asked = { ...stored, url: stored.signer.url }
    return { jwt: await signElsewhere(parts, asked, header, payload), kid: stored.kid }
  }
  const key = await openKey(parts, stored)
  return { jwt: await new CompactSign(payload).setProtectedHeader(header).sign(key), kid: stored.kid }
}
