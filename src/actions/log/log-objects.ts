/** What publishing the log writes into the public bucket, and how it is kept there. */

import { encodeUtf8 } from '../../json/encoding.ts'
import { credentialKey, frozenCache, headCache, logKey, receiptKey } from '../../ports/objects.ts'
import type { ObjectMeta, Ports } from '../../ports.ts'
import type { LogObject } from '../../transparency/grow.ts'

/** An object of the public bucket, whole. */
export interface PublicObject {
  readonly key: string
  readonly bytes: Uint8Array
  readonly meta: ObjectMeta
}

/** `Cache-Control` of the checkpoint: whoever follows the log asks for it often, and must see it grow. */
export const checkpointCache = 'public, max-age=5'
export const checkpointType = 'text/plain; charset=utf-8'
export const tileType = 'application/octet-stream'

/** The checkpoint with its cosignatures. */
export function checkpointObject(checkpoint: string): PublicObject {
  const meta = { contentType: checkpointType, cacheControl: checkpointCache }
  return { key: logKey('checkpoint'), bytes: encodeUtf8(checkpoint), meta }
}

/** A tile or a bundle: under its width in its name it never changes. */
export function tileObject({ path, bytes }: LogObject): PublicObject {
  return { key: logKey(path), bytes, meta: { contentType: tileType, cacheControl: frozenCache('public') } }
}

/** A credential as it was signed, and its tlog-proof, which keeps the checkpoint that it was published under. */
export function credentialObjects(credential: {
  readonly id: string
  readonly jwt: string
  readonly receipt: string
}): readonly PublicObject[] {
  const meta = { contentType: 'application/vc+jwt', cacheControl: frozenCache('public') }
  const document = { key: credentialKey(credential.id), bytes: encodeUtf8(credential.jwt), meta }
  return [document, receiptObject(credential)]
}

/** A tlog-proof; made anew where its log key turns out to be compromised, so kept for moments only. */
export function receiptObject({ id, receipt }: Record<'id' | 'receipt', string>): PublicObject {
  const meta = { contentType: 'text/plain; charset=utf-8', cacheControl: headCache }
  return { key: receiptKey(id), bytes: encodeUtf8(receipt), meta }
}

/** Writes an object as it is. */
export function putObject({ objects }: Pick<Ports, 'objects'>, object: PublicObject): Promise<void> {
  return objects.put('public', object.key, object.bytes, object.meta)
}
