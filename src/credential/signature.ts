/**
 * Checking a signature. The arithmetic is the platform's WebCrypto, alike in Node, in workerd and in a browser; it is handed
 * in, so that this room needs no global of any of them.
 */

import { decodeBase64url } from '../json/encoding.ts'
import { isSmallOrder } from '../transparency/small-order.ts'
import type { CredentialAlgorithm, PublicJwk } from './did-document.ts'

/** Whether a signature over these bytes is by this key; throws only where the platform cannot check such signatures. */
export type VerifySignature = (
  key: PublicJwk,
  algorithm: CredentialAlgorithm,
  signature: Uint8Array<ArrayBuffer>,
  signed: Uint8Array<ArrayBuffer>,
) => Promise<boolean>

/** What is used of `crypto.subtle`. */
export interface Subtle<Key> {
  importKey(
    format: 'jwk',
    jwk: { kty: string; crv: string; x: string; y?: string },
    algorithm: { name: string; namedCurve?: string },
    extractable: boolean,
    usages: 'verify'[],
  ): Promise<Key>
  verify(
    algorithm: { name: string; hash?: string },
    key: Key,
    signature: Uint8Array<ArrayBuffer>,
    signed: Uint8Array<ArrayBuffer>,
  ): Promise<boolean>
}

const keysRemembered = 256
const importNames = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256' },
} as const
const verifyNames = {
  EdDSA: { name: 'Ed25519' },
  ES256: { name: 'ECDSA', hash: 'SHA-256' },
} as const

/** JWS signatures are WebCrypto's own forms: 64 bytes R‖S of Ed25519 (RFC 8037), 64 bytes r‖s of ES256 (RFC 7518 §3.4). */
export function webCryptoVerifier<Key>(subtle: Subtle<Key>): VerifySignature {
  const imported = new Map<string, Promise<Key>>()
  return async (jwk, algorithm, signature, signed) => {
    if (signature.length !== 64 || isWeak(jwk, algorithm, signature)) return false
    try {
      const key = await rememberedKey(imported, subtle, jwk, algorithm)
      return await subtle.verify(verifyNames[algorithm], key, signature, signed)
    } catch (thrown) {
      // A point that is not on the curve is a bad key, so the signature is bad; an algorithm the platform lacks is neither.
      if (thrown instanceof Error && thrown.name === 'NotSupportedError') throw thrown
      return false
    }
  }
}

/** A signature that holds whoever wrote it, because its point or its key's is of small order. */
function isWeak(jwk: PublicJwk, algorithm: CredentialAlgorithm, signature: Uint8Array): boolean {
  if (algorithm !== 'EdDSA') return false
  return isSmallOrder(signature.subarray(0, 32)) || isSmallOrder(decodeBase64url(jwk.x) ?? signature)
}

/** Keys are imported once: a thousand credentials of one body cost one import. */
function rememberedKey<Key>(
  imported: Map<string, Promise<Key>>,
  subtle: Subtle<Key>,
  jwk: PublicJwk,
  algorithm: CredentialAlgorithm,
): Promise<Key> {
  const name = `${algorithm}:${jwk.x}:${jwk.kty === 'EC' ? jwk.y : ''}`
  const known = imported.get(name)
  if (known !== undefined) return known
  if (imported.size >= keysRemembered) imported.clear()
  const key = subtle.importKey('jwk', { ...jwk }, importNames[algorithm], false, ['verify'])
  imported.set(name, key)
  return key
}
