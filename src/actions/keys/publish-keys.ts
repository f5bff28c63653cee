/** Puts public keys where anyone finds them: a body's as its DID document, the installation's as a JWK Set. */

import { didDocument, jwkSet, type PublishedKey } from '../../credential/did-document.ts'
import { didUnderOrigin } from '../../credential/did-web.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { encodeUtf8 } from '../../json/encoding.ts'
import { wholeSeconds } from '../../json/instant.ts'
import {
  bodyDidKey,
  headCache,
  installationDidKey,
  logVerifierKeysKey,
  tokenKeysKey,
} from '../../ports/objects.ts'
import type { PublicKey } from '../../ports/signing.ts'
import type { ObjectMeta, Ports, Settings } from '../../ports.ts'

type KeyReader = Pick<Ports, 'keys' | 'settings'>
type Publisher = KeyReader & Pick<Ports, 'objects'>

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

/** A document that tells keys, as it should be now. */
export interface KeyDocument {
  readonly key: string
  readonly bytes: Uint8Array
  readonly contentType: string
}

/** What a body's keys are published by. */
export interface KeyedBody {
  readonly id: string
  readonly slug: string
  readonly did: string | null
}

/** The installation's own DID document. */
export async function installationDocument({ keys, settings }: KeyReader): Promise<KeyDocument> {
  const document = didDocument(installationDid(settings), (await keys.ownKeys('installation')).map(published))
  return {
    key: installationDidKey,
    bytes: canonicalBytes(document),
    contentType: 'application/did+json',
  }
}

/** The verifier keys of the log, the newest first; retired ones stay, for older checkpoints. */
export async function logKeysDocument({ logSigner }: Pick<Ports, 'logSigner'>): Promise<KeyDocument> {
  const lines = (await logSigner.verifierKeys()).map((key) => `${key}\n`)
  return {
    key: logVerifierKeysKey,
    bytes: encodeUtf8(lines.join('')),
    contentType: 'text/plain; charset=utf-8',
  }
}

/** The key set of the installation's token keys; retired keys stay listed, compromised ones do not. */
export async function tokenKeysDocument({ keys }: KeyReader): Promise<KeyDocument> {
  const believed = (await keys.ownKeys('token')).filter(({ compromise }) => compromise === null)
  return {
    key: tokenKeysKey,
    bytes: canonicalBytes(jwkSet(believed.map(published))),
    contentType: 'application/json',
  }
}

/** The body's DID document; without any key where the body hosts its own. */
export async function bodyDocument(
  { keys, settings }: KeyReader,
  { id, slug, did }: KeyedBody,
): Promise<KeyDocument> {
  const listed = did === null ? (await keys.bodyKeys(id)).map(published) : []
  return {
    key: bodyDidKey(slug),
    bytes: canonicalBytes(didDocument(bodyDid(settings, slug), listed)),
    contentType: 'application/did+json',
  }
}

/** Writes the installation's own DID document, making its first key if it has none. */
export async function publishInstallationKeys(ports: Publisher): Promise<void> {
  await ports.keys.ensureOwnKey('installation')
  await write(ports, await installationDocument(ports))
}

export async function publishLogKeys(ports: Pick<Ports, 'logSigner' | 'objects'>): Promise<void> {
  await write(ports, await logKeysDocument(ports))
}

export async function publishTokenKeys(ports: Publisher): Promise<void> {
  await write(ports, await tokenKeysDocument(ports))
}

/** Writes the body's DID document, making its first key if it never had one. */
export async function publishBodyKeys(ports: Publisher, body: KeyedBody): Promise<void> {
  await ports.keys.ensureBodyKey(body.id, issuerDid(ports.settings, body))
  await write(ports, await bodyDocument(ports, body))
}

/** What is written is read back after a minute at the latest, by the sweep. */
export async function write(
  { objects }: Pick<Ports, 'objects'>,
  { key, bytes, contentType }: KeyDocument,
): Promise<void> {
  await objects.put('public', key, bytes, headMeta(contentType))
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
