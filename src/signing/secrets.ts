/** Client secrets and identity hashes. */

import { hmacSha256, sha256 } from '../json/digest.ts'
import { decodeBase64url, encodeBase64url, encodeHex, encodeUtf8 } from '../json/encoding.ts'
import type { Secrets } from '../ports/signing.ts'
import type { World } from '../ports.ts'

/**
 * @param identityKey keys the hash that finds a person again, 32 bytes.
 *
 * A client secret has 256 random bits, so one salted HMAC-SHA-256 is enough: nobody can search that space, and a slow
 * password hash would only slow the token endpoint.
 */
export function secrets(world: World, identityKey: Uint8Array): Secrets {
  return {
    newClientSecret: async () => {
      const secret = encodeBase64url(world.randomBytes(32))
      return { secret, hash: hashSecret(secret, world.randomBytes(16)) }
    },
    matches: async (secret, hash) => matches(secret, hash),
    identityHash: async (document) => encodeHex(hmacSha256(identityKey, encodeUtf8(document))),
    saltFor: async (text) =>
      encodeBase64url(hmacSha256(identityKey, encodeUtf8(`salt\n${text}`)).slice(0, 16)),
    receiptFor: async (text) => {
      const secret = encodeBase64url(hmacSha256(identityKey, encodeUtf8(`receipt\n${text}`)).slice(0, 24))
      return { secret, hash: hashSecret(secret, world.randomBytes(16)) }
    },
  }
}

function hashSecret(secret: string, salt: Uint8Array): string {
  return `hmac-sha256$${encodeBase64url(salt)}$${encodeBase64url(saltedHash(secret, salt))}`
}

function saltedHash(secret: string, salt: Uint8Array): Uint8Array {
  return hmacSha256(salt, encodeUtf8(secret))
}

/** Compares in time that depends on nothing but the lengths: digests of both sides, bit by bit. */
function matches(secret: string, hash: string): boolean {
  const [kind, salt = '', expected = ''] = hash.split('$')
  const found = sha256(saltedHash(secret, decodeBase64url(salt) ?? new Uint8Array()))
  const wanted = sha256(decodeBase64url(expected) ?? new Uint8Array())
  let difference = kind === 'hmac-sha256' ? 0 : 1
  for (let i = 0; i < 32; i++) difference |= (found[i] ?? 0) ^ (wanted[i] ?? 0)
  return difference === 0
}
