/** Verifies a credential for whoever asks: the pure verifier, with DID documents of issuers this installation hosts. */

import { readDidDocument } from '../../credential/did-document.ts'
import { parseDidWeb } from '../../credential/did-web.ts'
import type { VerifySignature } from '../../credential/signature.ts'
import { type Verification, verifyCredential } from '../../credential/verify.ts'
import { decodeUtf8 } from '../../json/encoding.ts'
import { bodyDidKey, credentialKey } from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'

type Verifier = Pick<Ports, 'objects' | 'settings' | 'world'>

/** Verifies the compact JWT; a negative verdict is an answer, never a refusal. */
export function verifyJwt(
  ports: Verifier,
  verifySignature: VerifySignature,
  jwt: string,
): Promise<Verification> {
  return verifyCredential(jwt, {
    now: ports.world.now(),
    allowedHosts: [new URL(ports.settings.publicUrl).host],
    resolveDid: (did) => hostedDid(ports, did),
    verifySignature,
  })
}

/** Verifies the public credential with this id. @throws Problem `not-found`. */
export async function verifyById(
  ports: Verifier,
  verifySignature: VerifySignature,
  id: string,
): Promise<Verification> {
  const bytes = await ports.objects.get('public', credentialKey(id))
  if (bytes === null)
    throw new Problem('not-found', 'There is no public credential with this id.', {
      pointer: '/credentialId',
    })
  return verifyJwt(ports, verifySignature, decodeUtf8(bytes))
}

/** The DID document of a body hosted here, out of the public bucket: the same bytes the world is served. */
async function hostedDid({ objects }: Verifier, did: string): Promise<unknown> {
  const [folder, slug, ...more] = parseDidWeb(did)?.path ?? []
  const isHosted = folder === 'bodies' && slug !== undefined && more.length === 0
  const bytes = isHosted ? await objects.get('public', bodyDidKey(slug)) : null
  if (bytes === null) throw new Problem('not-found', `No DID document of ${did} is hosted here.`)
  return readDidDocument(bytes)
}
