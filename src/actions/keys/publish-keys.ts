/** Puts public keys where anyone finds them: a body's as its DID document, the installation's as a JWK Set. */

import { didDocument, jwkSet, type PublishedKey } from '../../credential/did-document.ts'
import { didUnderOrigin } from '../../credential/did-web.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { encodeUtf8 } from '../../json/encoding.ts'
import {
  bodyDidKey,
  headCache,
  installationDidKey,
  logVerifierKeysKey,
  tokenKeysKey,
} from '../../ports/objects.ts'
import type { PublicKey } from '../../ports/signing.ts'
import type { ObjectMeta, Ports, Settings } from '../../ports.ts'
import { wholeSeconds } from '../whole-seconds.ts'

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

/** The installation's own DID: `did:web:<host>`. */
export function installationDid(settings: Settings): string {
  const did = didUnderOrigin(settings.publicUrl, [])
  if (did === undefined) throw new Error(`PUBLIC_URL ${settings.publicUrl} does not make a did:web`)
  return did
}

/** Writes the installation's own DID document, making its first key if it has none. */
export async function publishInstallationKeys({ keys, objects, settings }: Publisher): Promise<void> {
  await keys.ensureOwnKey('installation')
  const document = didDocument(installationDid(settings), (await keys.ownKeys('installation')).map(published))
  await objects.put('public', installationDidKey, canonicalBytes(document), headMeta('application/did+json'))
}

/** Writes the verifier keys of the log, the newest first; retired ones stay, for older checkpoints. */
export async function publishLogKeys({
  logSigner,
  objects,
}: Pick<Ports, 'logSigner' | 'objects'>): Promise<void> {
  const lines = (await logSigner.verifierKeys()).map((key) => `${key}\n`)
  await objects.put(
    'public',
    logVerifierKeysKey,
    encodeUtf8(lines.join('')),
    headMeta('text/plain; charset=utf-8'),
  )
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

/** A retired key keeps its word for what it signed before; a compromised one for what the log had before. */
function published({ kid, algorithm, jwk, compromise }: PublicKey): PublishedKey {
  return {
    kid,
    algorithm,
    jwk: jwk as PublishedKey['jwk'],
    compromise: compromise && { since: wholeSeconds(compromise.since), fromLeaf: compromise.fromLeaf },
  }
}
