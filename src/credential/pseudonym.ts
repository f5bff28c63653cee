/**
 * Persons in a public document: a credential shows that its preparer, verifiers, reviewer and decision maker are different
 * persons without saying who, and without letting anyone see that two credentials were decided by the same one.
 */

import { hmacSha256 } from '../json/digest.ts'
import { encodeBase64url, encodeUtf8 } from '../json/encoding.ts'

/**
 * A person's name within one credential: the first 16 bytes of HMAC-SHA-256 over the person's id, base64url.
 *
 * @param salt 32 random bytes of this credential, kept private; whoever is shown them can check who stands behind which name.
 */
export function pseudonym(salt: Uint8Array, personId: string): string {
  if (salt.length !== 32) throw new RangeError('a pseudonym salt has 32 bytes')
  return encodeBase64url(hmacSha256(salt, encodeUtf8(`egret/pseudonym/${personId}`)).subarray(0, 16))
}
