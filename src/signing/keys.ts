/** Signing keys over a key store: made on first need, opened only here, remembered for a while in the isolate. */

import { CompactSign, type CryptoKey, importPKCS8, type JWK } from 'jose'
import type {
  KeyStore,
  PublicKey,
  SignedCredential,
  SigningAlgorithm,
  SigningKeys,
  StoredKey,
} from '../ports/signing.ts'
import type { World } from '../ports.ts'
import { Problem } from '../problem.ts'
import { type Binding, type KeyRing, unwrapPrivateKey, wrapPrivateKey } from './wrap.ts'

/** The installation's own keys have no owning body. */
export const installationId = '00000000-0000-0000-0000-000000000000'

/** Keys remembered by one isolate: lists for a minute, opened private keys as long as it lives. */
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
}

const listSeconds = 60
const webCryptoNames = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
} as const

/** Keys over their store, opened with the ring and kept in the cache. */
export function signingKeys(parts: KeyParts): SigningKeys {
  return {
    ensureBodyKey: (bodyId) => ensureKey(parts, bodyId, 'credential'),
    ensureOwnKey: (purpose) => ensureKey(parts, installationId, purpose),
    bodyKeys: (bodyId) => readKeys(parts, bodyId, 'credential'),
    ownKeys: (purpose) => readKeys(parts, installationId, purpose),
    signCredential: (bodyId, did, payload) =>
      signAs(parts, { ownerId: bodyId, purpose: 'credential', did }, payload),
    signOwn: (did, payload) =>
      signAs(parts, { ownerId: installationId, purpose: 'installation', did }, payload),
  }
}

/** The owner's keys for a purpose; from memory when read within the last minute. */
export async function readKeys(
  { store, cache, world }: KeyParts,
  ownerId: string,
  purpose: StoredKey['purpose'],
): Promise<readonly StoredKey[]> {
  const name = `${ownerId}/${purpose}`
  const kept = cache.lists.get(name)
  const now = world.now().getTime()
  if (kept && now - kept.readAt < listSeconds * 1000) return kept.keys
  const keys = await store.list(ownerId, purpose)
  if (keys.length > 0) cache.lists.set(name, { keys, readAt: now })
  return keys
}

async function ensureKey(
  parts: KeyParts,
  ownerId: string,
  purpose: StoredKey['purpose'],
): Promise<PublicKey> {
  const keys = await readKeys(parts, ownerId, purpose)
  const active = keys.find((key) => key.retiredAt === null)
  if (active) return active
  // Checkpoints are signed notes of Ed25519, whatever else is configured.
  const algorithm = purpose === 'log' ? 'EdDSA' : parts.algorithm
  const binding = { ownerId, purpose, kid: newKid(parts, keys), algorithm }
  return parts.store.insertFirst(await makeKey(parts, binding))
}

/** `key-<year>-<n>`: readable in a DID URL, unique within its owner. */
function newKid({ world }: KeyParts, standing: readonly StoredKey[]): string {
  return `key-${world.now().getUTCFullYear()}-${standing.length + 1}`
}

/** A new key pair, its private part already wrapped. */
export async function makeKey({ ring, world }: KeyParts, binding: Binding): Promise<StoredKey> {
  const pair = (await crypto.subtle.generateKey(webCryptoNames[binding.algorithm], true, [
    'sign',
    'verify',
  ])) as { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey }
  const pkcs8 = new Uint8Array((await crypto.subtle.exportKey('pkcs8', pair.privateKey)) as ArrayBuffer)
  const iv = new Uint8Array(world.randomBytes(12))
  const { kty, crv, x, y } = (await crypto.subtle.exportKey('jwk', pair.publicKey)) as JWK
  const jwk = {
    kty,
    crv,
    x,
    ...(y === undefined ? {} : { y }),
    alg: binding.algorithm,
    use: 'sig',
    kid: binding.kid,
  }
  const wrapped = await wrapPrivateKey(ring, binding, pkcs8, iv)
  return { ...binding, jwk, wrapped, signer: null, createdAt: world.now(), retiredAt: null, compromise: null }
}

/** The owner's active key, opened. @throws Problem `unavailable` when there is none. */
export async function activeKey(
  parts: KeyParts,
  ownerId: string,
  purpose: StoredKey['purpose'],
): Promise<{ readonly stored: StoredKey; readonly key: CryptoKey }> {
  const stored = (await readKeys(parts, ownerId, purpose)).find((key) => key.retiredAt === null)
  if (!stored) throw new Problem('unavailable', `There is no ${purpose} key yet.`)
  return { stored, key: await openKey(parts, stored) }
}

async function openKey({ cache, ring }: KeyParts, stored: StoredKey): Promise<CryptoKey> {
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

/** Compact `vc+jwt` (W3C VC-JOSE-COSE): the payload's bytes are signed as they are. */
async function signAs(
  parts: KeyParts,
  { ownerId, purpose, did }: { ownerId: string; purpose: StoredKey['purpose']; did: string },
  payload: Uint8Array,
): Promise<SignedCredential> {
  const { stored, key } = await activeKey(parts, ownerId, purpose)
  const header = { alg: stored.algorithm, typ: 'vc+jwt', cty: 'vc', kid: `${did}#${stored.kid}` }
  return { jwt: await new CompactSign(payload).setProtectedHeader(header).sign(key), kid: stored.kid }
}
