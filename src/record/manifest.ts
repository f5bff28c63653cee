/** Reading a stored manifest: nothing in it is believed before its bytes fit the digest it is known by. */

import type { z } from 'zod'
import { canonicalize } from '../json/canonical.ts'
import { type Digest, digestHex, digestOfBytes } from '../json/digest.ts'
import { decodeUtf8 } from '../json/encoding.ts'
import { parseJson } from '../json/scan.ts'
import { corrupt } from './sealed-lines.ts'

/**
 * The manifest of these bytes.
 *
 * @param object what it is, for the refusal.
 * @throws Problem `stored-object-corrupt` where the bytes do not fit the digest, are not canonical JSON, or have another
 * shape or schema version than this code reads.
 */
export function readManifest<Schema extends z.ZodType>(
  object: string,
  schema: Schema,
  bytes: Uint8Array,
  digest: Digest,
): z.infer<Schema> {
  if (digestOfBytes(bytes) !== digest)
    throw corrupt(object, `The ${object} does not match its digest.`, { digest })
  const text = decodeUtf8(bytes)
  const parsed = schema.safeParse(parseJson(text))
  if (!parsed.success) {
    const fault = parsed.error.issues[0]
    const detail = `The ${object} has a shape this version does not read: ${fault?.path.join('/')}: ${fault?.message}.`
    throw corrupt(object, detail, { digest })
  }
  if (canonicalize(parsed.data) !== text)
    throw corrupt(object, `The ${object} is not canonical JSON.`, { digest })
  return parsed.data
}

/** Object key of a chunk in the private bucket. */
export function chunkKey(digest: Digest): string {
  return `chunks/${digestHex(digest)}`
}

/** Object key of a revision's manifest in the private bucket. */
export function revisionKey(digest: Digest): string {
  return `revisions/${digestHex(digest)}.json`
}

/** Object key of a calculation record's manifest in the private bucket. */
export function recordKey(digest: Digest): string {
  return `records/${digestHex(digest)}.json`
}
