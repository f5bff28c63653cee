/** Puts public keys where anyone finds them: a body's as its DID document, the installation's as a JWK Set. */

import { didDocument, jwkSet, type PublishedKey } from '../../credential/did-document.ts'
import { didUnderOrigin } from '../../credential/did-web.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { bodyDidKey, headCache, tokenKeysKey } from '../../ports/objects.ts'
import type { PublicKey } from '../../ports/signing.ts'
import type { ObjectMeta, Ports, Settings } from '../../ports.ts'

type Publisher = Pick<Ports, 'keys' | 'objects' | 'settings'>

/** A head that may change is cached for seconds only. */
const headMeta = (contentType: string): ObjectMeta => ({ contentType, cacheControl: headCache })

/** The DID of a certification body hosted here: `did:web:<host>:bodies:<slug>`. */
export function bodyDid(settings: Settings, slug: string): string {
  const did = didUnderOrigin(settings.publicUrl, ['bodies', slug])
  if (did === undefined)
    throw new Error(`PUBLIC_URL ${settings.publicUrl} and "${slug}" do not make a did:web`)
  return did
}

/** The DID that a body signs under: its own, or the one that is hosted here. */
export function issuerDid(
  settings: Settings,
  body: { readonly slug: string; readonly did: string | null },
): string {
  return body.did ?? bodyDid(settings, body.slug)
}

/** Writes the key set of the installation from the token keys; retired keys stay listed. */
export async function publishTokenKeys({ keys, objects }: Publisher): Promise<void> {
  const set = jwkSet((await keys.ownKeys('token')).map(published))
  await objects.put('public', tokenKeysKey, canonicalBytes(set), headMeta('application/json'))
}

/** Writes the body's DID document, making its first key if it has none. */
export async function publishBodyKeys(
  { keys, objects, settings }: Publisher,
  body: { readonly id: string; readonly slug: string },
): Promise<void> {
  await keys.ensureBodyKey(body.id)
  const document = didDocument(bodyDid(settings, body.slug), (await keys.bodyKeys(body.id)).map(published))
  await objects.put(
    'public',
    bodyDidKey(body.slug),
    canonicalBytes(document),
    headMeta('application/did+json'),
  )
}

/** A retired key keeps its word for what it signed before. */
function published({ kid, algorithm, jwk }: PublicKey): PublishedKey {
  return { kid, algorithm, jwk: jwk as PublishedKey['jwk'], asserts: true }
}
