/** Streams read whole, in bounds. */

import { concatBytes } from '@noble/hashes/utils.js'

/** All bytes of a stream; null where there are more than so many, of which the rest is left unread. */
export async function collectBytes(
  stream: AsyncIterable<Uint8Array>,
  bytesMax: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const parts: Uint8Array[] = []
  let length = 0
  for await (const part of stream) {
    length += part.length
    if (length > bytesMax) return null
    parts.push(part)
  }
  return concatBytes(...parts) as Uint8Array<ArrayBuffer>
}
