/** Base 64 with the plus and slash alphabet and padding (RFC 4648 §4), read strictly: one text for each list of bytes. */

import { decodeBase64url, encodeBase64url } from '../json/encoding.ts'

/** Bytes as padded base 64. */
export function encodeBase64(bytes: Uint8Array): string {
  const text = encodeBase64url(bytes).replaceAll('-', '+').replaceAll('_', '/')
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** The bytes that padded base 64 stands for; undefined for anything else, loose padding and stray bits included. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (text.length % 4 !== 0 || /[-_]/.test(text)) return undefined
  return decodeBase64url(
    text
      .replace(/={1,2}$/, '')
      .replaceAll('+', '-')
      .replaceAll('/', '_'),
  )
}
