/**
 * What verifying asks of the platform: its WebCrypto, alike in Node, in workerd and in a browser, handed in so that this room needs no
 * global of any of them (decisions/0043).
 */

import { type Subtle as NoteSubtle, type VerifyEd25519, webCryptoEd25519 } from '../transparency/note.ts'
import { type Subtle, type VerifySignature, webCryptoVerifier } from './signature.ts'

/** The arithmetic of a verification. */
export interface Platform {
  readonly verifySignature: VerifySignature
  readonly verifyEd25519: VerifyEd25519
  /** SHA-256 (FIPS 180-4), 32 bytes: of a whole document the platform's own is many times as fast. */
  readonly sha256: (bytes: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>
}

interface DigestSubtle {
  digest(algorithm: 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>
}

/** @param subtle `crypto.subtle`. */
export function webCryptoPlatform<Key>(subtle: Subtle<Key> & NoteSubtle<Key> & DigestSubtle): Platform {
  return {
    verifySignature: webCryptoVerifier(subtle),
    verifyEd25519: webCryptoEd25519(subtle),
    sha256: async (bytes) => new Uint8Array(await subtle.digest('SHA-256', bytes)),
  }
}
