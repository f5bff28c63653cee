/** Digests: how everything frozen is named. A digest is written `sha256:` and 64 lower-case hex digits. */

import { hmac } from '@noble/hashes/hmac.js'
import { sha256 as sha256Of } from '@noble/hashes/sha2.js'
import { canonicalBytes } from './canonical.ts'
import { encodeHex } from './encoding.ts'

/** `sha256:` and 64 lower-case hex digits. */
export type Digest = `sha256:${string}`

const digestForm = /^sha256:[0-9a-f]{64}$/

/** SHA-256 (FIPS 180-4) of bytes, 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return sha256Of(bytes)
}

/** SHA-256 of bytes that come piece by piece. */
export class Sha256 {
  readonly #hash = sha256Of.create()

  update(bytes: Uint8Array): void {
    this.#hash.update(bytes)
  }

  /** 32 bytes; ends it. */
  digest(): Uint8Array {
    return this.#hash.digest()
  }
}

/** HMAC-SHA-256 (RFC 2104) of bytes under a key, 32 bytes. */
export function hmacSha256(key: Uint8Array, bytes: Uint8Array): Uint8Array {
  return hmac(sha256Of, key, bytes)
}

/** The digest of bytes as they stand. */
export function digestOfBytes(bytes: Uint8Array): Digest {
  return `sha256:${encodeHex(sha256Of(bytes))}`
}

/** The digest of a JSON value: over its RFC 8785 canonical bytes. */
export function digestOf(value: unknown): Digest {
  return digestOfBytes(canonicalBytes(value))
}

/** Whether a text is written as a digest. */
export function isDigest(text: unknown): text is Digest {
  return typeof text === 'string' && digestForm.test(text)
}

/** The hex part of a digest, as object keys carry it. */
export function digestHex(digest: Digest): string {
  return digest.slice('sha256:'.length)
}
