/** New keys: made here, brought from elsewhere, or left with a signer. Private parts are wrapped before anyone else sees them. */

import type { CryptoKey, JWK } from 'jose'
import type { SigningAlgorithm, StoredKey } from '../ports/signing.ts'
import type { World } from '../ports.ts'
import { Problem } from '../problem.ts'
import { type Binding, type KeyRing, wrapPrivateKey } from './wrap.ts'

/** What making a key takes. */
export interface KeyMaking {
  readonly ring: KeyRing
  readonly world: World
}

const webCryptoNames = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
} as const

/** A new key pair, its private part already wrapped. */
export async function makeKey(making: KeyMaking, binding: Binding): Promise<StoredKey> {
  const pair = (await crypto.subtle.generateKey(webCryptoNames[binding.algorithm], true, [
    'sign',
    'verify',
  ])) as { readonly privateKey: CryptoKey; readonly publicKey: CryptoKey }
  const pkcs8 = new Uint8Array((await crypto.subtle.exportKey('pkcs8', pair.privateKey)) as ArrayBuffer)
  return wrappedKey(making, binding, pkcs8, (await crypto.subtle.exportKey('jwk', pair.publicKey)) as JWK)
}

/** A private key that was made elsewhere, opened to see what it is. */
export interface OpenedKey {
  readonly algorithm: SigningAlgorithm
  readonly pkcs8: Uint8Array<ArrayBuffer>
  /** Its public part, computed from the private one. */
  readonly jwk: JWK
}

/** @throws Problem `invalid-request` for anything but an Ed25519 or P-256 private key. */
export async function openPkcs8(pkcs8: Uint8Array<ArrayBuffer>): Promise<OpenedKey> {
  for (const algorithm of ['EdDSA', 'ES256'] as const) {
    try {
      const key = await crypto.subtle.importKey('pkcs8', pkcs8, webCryptoNames[algorithm], true, ['sign'])
      return { algorithm, pkcs8, jwk: (await crypto.subtle.exportKey('jwk', key)) as JWK }
    } catch {
      // Not of this algorithm: the next one, or none.
    }
  }
  throw new Problem('invalid-request', 'The private key is no PKCS #8 key of Ed25519 or P-256.')
}

/** The key as it is stored, wrapped. */
export function importedKey(
  making: KeyMaking,
  binding: Binding,
  { pkcs8, jwk }: OpenedKey,
): Promise<StoredKey> {
  return wrappedKey(making, binding, pkcs8, jwk)
}

async function wrappedKey(
  { ring, world }: KeyMaking,
  binding: Binding,
  pkcs8: Uint8Array<ArrayBuffer>,
  jwk: JWK,
): Promise<StoredKey> {
  const iv = new Uint8Array(world.randomBytes(12))
  const wrapped = await wrapPrivateKey(ring, binding, pkcs8, iv)
  return { ...binding, jwk: publicJwkOf(binding, jwk), wrapped, signer: null, ...standingSince(world.now()) }
}

/** The key as it is stored where a signer keeps its private part. */
export function signerKey(binding: Binding, jwk: JWK, url: string, at: Date): StoredKey {
  return { ...binding, jwk: publicJwkOf(binding, jwk), wrapped: null, signer: { url }, ...standingSince(at) }
}

function standingSince(createdAt: Date) {
  return { createdAt, retiredAt: null, compromise: null }
}

function publicJwkOf({ algorithm, kid }: Binding, { kty, crv, x, y }: JWK) {
  return { kty, crv, x, ...(y === undefined ? {} : { y }), alg: algorithm, use: 'sig', kid }
}
