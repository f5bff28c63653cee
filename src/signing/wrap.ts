/**
 * Private keys under wraps: PKCS #8, encrypted with AES-256-GCM under a key-encryption key of the environment. The
 * additional data names owner, purpose, key id and algorithm, so that a wrap moved to another row does not open.
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

/** What a wrap is bound to. */
export type Binding = Pick<StoredKey, 'ownerId' | 'purpose' | 'kid' | 'algorithm'>

type Wrapped = NonNullable<StoredKey['wrapped']>

/** Encrypts a PKCS #8 private key under the ring's active key. */
export async function wrapPrivateKey(
  ring: KeyRing,
  binding: Binding,
  pkcs8: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
): Promise<Wrapped> {
  const key = await importKek(ring, ring.activeId, 'encrypt')
  const cipher = { name: 'AES-GCM', iv, additionalData: additionalData(binding) }
  const ciphertext = new Uint8Array(await crypto.subtle.encrypt(cipher, key, pkcs8))
  return { kekId: ring.activeId, iv: encodeBase64url(iv), ciphertext: encodeBase64url(ciphertext) }
}

/**
 * Decrypts a wrapped private key.
 *
 * @throws Problem `stored-object-corrupt` when the wrap was altered or moved, or its key-encryption key is not in the ring.
 */
export async function unwrapPrivateKey(
  ring: KeyRing,
  binding: Binding,
  wrapped: Wrapped,
): Promise<Uint8Array<ArrayBuffer>> {
  const iv = decodeBase64url(wrapped.iv)
  const ciphertext = decodeBase64url(wrapped.ciphertext)
  if (iv === undefined || ciphertext === undefined) throw corrupt(binding, wrapped)
  const key = await importKek(ring, wrapped.kekId, 'decrypt')
  try {
    const cipher = { name: 'AES-GCM', iv, additionalData: additionalData(binding) }
    return new Uint8Array(await crypto.subtle.decrypt(cipher, key, ciphertext))
  } catch {
    throw corrupt(binding, wrapped)
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

function additionalData(binding: Binding): Uint8Array<ArrayBuffer> {
  return encodeUtf8(
    ['egret-key', binding.ownerId, binding.purpose, binding.kid, binding.algorithm].join('\n'),
  )
}

function corrupt(binding: Binding, wrapped: Wrapped): Problem {
  return new Problem('stored-object-corrupt', 'A wrapped key does not open.', {
    kid: binding.kid,
    kekId: wrapped.kekId,
  })
}
