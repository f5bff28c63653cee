/** Digests as W3C credentials write them: Subresource Integrity, `sha256-` and padded base64. */

import { sha256 } from '../json/digest.ts'
import { encodeBase64url } from '../json/encoding.ts'

/** The integrity of bytes as they stand. */
export function integrityOf(bytes: Uint8Array): string {
  const base64 = encodeBase64url(sha256(bytes)).replaceAll('-', '+').replaceAll('_', '/')
  return `sha256-${base64}=`
}
