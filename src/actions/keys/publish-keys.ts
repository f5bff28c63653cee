/** Puts public keys where anyone finds them: the installation's token keys as a JWK Set (RFC 7517). */

import { encodeUtf8 } from '../../json/encoding.ts'
import type { Ports } from '../../ports.ts'

/** A head that may change is cached for seconds only. */
export const headMeta = { contentType: 'application/json', cacheControl: 'public, max-age=30' }

/** Writes `did/jwks.json` from the token keys; retired keys stay listed. */
export async function publishKeys({ keys, objects }: Pick<Ports, 'keys' | 'objects'>): Promise<void> {
  const set = { keys: (await keys.tokenKeys()).map((key) => key.jwk) }
  await objects.put('public', 'did/jwks.json', encodeUtf8(JSON.stringify(set)), headMeta)
}
