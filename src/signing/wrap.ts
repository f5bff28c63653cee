/**
 * Secrets under wraps: private keys (PKCS #8) and webhooks' secrets, encrypted with AES-256-GCM under a key-encryption key of the
 * environment. The additional data names what a wrap belongs to, so that one that was moved to another row does not open.
 */

import { decodeBase64url, encodeBase64url, encodeUtf8 } from '../json/encoding.ts'
import type { StoredKey } from '../ports/signing.ts'
import { Problem } from '../problem.ts'

/** Key-encryption keys by id; older ones stay, so that what they wrapped still opens. */
export interface KeyRing {
  readonly activeId: string
  /** 32 bytes each. */
  readonly keys: Readonly<Record<string, Uint8Array<ArrayBuffer>>>
}

/** What a private key's wrap is bound to. */
export type Binding = Pick<StoredKey, 'ownerId' | 'purpose' | 'kid' | 'algorithm'>

type Wrapped = NonNullable<StoredKey['wrapped']>

/** Encrypts a PKCS #8 private key under the ring's active key. */
export function wrapPrivateKey(
  ring: KeyRing,
  binding: Binding,
  pkcs8: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Wrapped> {
  return wrap(ring, partsOf(binding), pkcs8, iv)
}

/**
 * Decrypts a wrapped private key.
 *
 * @throws Problem `stored-object-corrupt` when the wrap was altered or moved, or its key-encryption key is not in the ring.
 */
export function unwrapPrivateKey(
  ring: KeyRing,
  binding: Binding,
  wrapped: Wrapped,
): Promise<Uint8Array<ArrayBuffer>> {
  return unwrap(ring, partsOf(binding), wrapped)
}

function partsOf({ ownerId, purpose, kid, algorithm }: Binding): readonly string[] {
  return ['egret-key', ownerId, purpose, kid, algorithm]
}

/**
 * Encrypts a secret under the ring's active key.
 *
 * @param boundTo what it belongs to: a name for its kind, and then what tells it from others of the kind.
 */
export async function wrap(
  ring: KeyRing,
  boundTo: readonly string[],
  secret: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Wrapped> {
  const key = await importKek(ring, ring.activeId, 'encrypt')
  const cipher = { name: 'AES-GCM', iv, additionalData: additionalData(boundTo) }
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt(cipher, key, secret))
  return { kekId: ring.activeId, iv: encodeBase64url(iv), ciphertext: encodeBase64url(ciphertext) }
}

/** Decrypts a secret. @throws Problem `stored-object-corrupt` as for a private key. */
export async function unwrap(
  ring: KeyRing,
  boundTo: readonly string[],
  wrapped: Wrapped,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = decodeBase64url(wrapped.iv)
  const ciphertext = decodeBase64url(wrapped.ciphertext)
  if (iv === undefined || ciphertext === undefined) throw corrupt(boundTo, wrapped)
  const key = await importKek(ring, wrapped.kekId, 'decrypt')
  try {
    const cipher = { name: 'AES-GCM', iv, additionalData: additionalData(boundTo) }
    return new Uint8Array(await crypto.subtle.decrypt(cipher, key, ciphertext))
  } catch {
    throw corrupt(boundTo, wrapped)
  }
}

async function importKek(ring: KeyRing, id: string, use: 'encrypt' | 'decrypt') {
  const bytes = ring.keys[id]
  if (bytes === undefined) {
    throw new Problem('stored-object-corrupt', `The environment lacks the key-encryption key "${id}".`, {
      kekId: id,
    })
  }
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, [use])
}

function additionalData(boundTo: readonly string[]): Uint8Array<ArrayBuffer> {
  return encodeUtf8(boundTo.join('\n'))
}

function corrupt(boundTo: readonly string[], wrapped: Wrapped): Problem {
  return new Problem('stored-object-corrupt', 'A wrapped secret does not open.', {
    boundTo: boundTo.join(' '),
    kekId: wrapped.kekId,
  })
}
