/** Makes a fixed credential public: the object first, then the row. The same bytes on every retry. */

import { encodeUtf8 } from '../../json/encoding.ts'
import type { IssuedCredential } from '../../ports/credentials.ts'
import { credentialKey, frozenCache } from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'

/** Writes what is not written yet; a public credential is answered as it is. */
export async function publishCredential(
  { credentials, objects, world }: Pick<Ports, 'credentials' | 'objects' | 'world'>,
  credential: IssuedCredential,
): Promise<IssuedCredential> {
  if (credential.state === 'public') return credential
  await objects.put('public', credentialKey(credential.id), encodeUtf8(credential.jwt), {
    contentType: 'application/vc+jwt',
    cacheControl: frozenCache('public'),
  })
  return credentials.markPublic(credential.id, world.now())
}
