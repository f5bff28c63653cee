/** Verifies credentials for whoever asks: the pure verifier, over what lies in the public bucket. */

import { readDidDocument } from '../../credential/did-document.ts'
import { parseDidWeb } from '../../credential/did-web.ts'
import type { Platform } from '../../credential/platform.ts'
import { openSession, type Session, type VerificationMeans } from '../../credential/session.ts'
import { type Verification, verifyIn } from '../../credential/verify.ts'
import { decodeUtf8 } from '../../json/encoding.ts'
import {
  accreditationKey,
  bodyDidKey,
  credentialKey,
  installationDidKey,
  logVerifierKeysKey,
  receiptKey,
  statusListKey,
} from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { type VerifierKey, verifierKeysIn, type WitnessPolicy } from '../../transparency/note.ts'
import { installationDid } from '../keys/publish-keys.ts'

type Verifier = Pick<Ports, 'foreign' | 'objects' | 'settings' | 'world'>

/** What verifies on this platform. */
export type Verifying = Platform & Pick<VerificationMeans, 'hasShape'>

/** What a caller asks beside the verdict. */
export interface Asked {
  readonly witnesses?: WitnessPolicy
}

/**
 * Documents that are read in one run. A thousand credentials share their lists, facts and DID documents; a thousand forgeries could name
 * twenty thousand of them, and need no signature for it.
 */
const asksMax = 400

/** Begins a run over this installation's public bucket, and over hosts that are on its list. */
export async function openVerification(
  ports: Verifier,
  platform: Verifying,
  { witnesses }: Asked = {},
): Promise<Session> {
  const { settings, foreign } = ports
  const ownHost = new URL(settings.publicUrl).host
  return openSession({
    now: ports.world.now(),
    allowedHosts: [ownHost, ...foreign.hosts],
    authorities: [installationDid(settings)],
    logs: await logKeys(ports),
    asksMax,
    ...(witnesses === undefined ? {} : { witnesses }),
    resolveDid: async (did, url) =>
      readDidDocument(
        parseDidWeb(did)?.host === ownHost ? await hostedDid(ports, did) : await foreign.get(url),
      ),
    fetchText: async (url) =>
      decodeUtf8(new URL(url).host === ownHost ? await hosted(ports, url) : await foreign.get(url)),
    ...platform,
  })
}

/** Verifies the public credential with this id. @throws Problem `not-found`. */
export async function verifyById(
  { objects }: Pick<Ports, 'objects'>,
  session: Session,
  id: string,
): Promise<Verification> {
  const bytes = await objects.get('public', credentialKey(id))
  if (bytes === null)
    throw new Problem('not-found', 'There is no public credential with this id.', {
      pointer: '/credentialId',
    })
  return verifyIn(session, decodeUtf8(bytes))
}

/** The keys of this installation's log, as it publishes them; none before it has one. */
async function logKeys({ objects }: Pick<Ports, 'objects'>): Promise<readonly VerifierKey[]> {
  const bytes = await objects.get('public', logVerifierKeysKey)
  return bytes === null ? [] : verifierKeysIn(decodeUtf8(bytes))
}

/** The DID document that is hosted here, out of the public bucket: the same bytes the world is served. */
async function hostedDid({ objects }: Verifier, did: string): Promise<Uint8Array> {
  const [folder, slug, ...more] = parseDidWeb(did)?.path ?? []
  const isBody = folder === 'bodies' && slug !== undefined && more.length === 0
  const key = isBody ? bodyDidKey(slug) : folder === undefined ? installationDidKey : undefined
  return found(key === undefined ? null : await objects.get('public', key), did)
}

/** Which object answers at a path of this installation. */
const paths: readonly (readonly [RegExp, (id: string) => string])[] = [
  [/^\/status\/([0-9a-f-]{36})$/, statusListKey],
  [/^\/accreditations\/([0-9a-f-]{36})$/, accreditationKey],
  [/^\/credentials\/([0-9a-f-]{36})\.tlog-proof$/, receiptKey],
]

async function hosted({ objects }: Verifier, url: string): Promise<Uint8Array> {
  const { pathname } = new URL(url)
  for (const [form, keyOf] of paths) {
    const id = form.exec(pathname)?.[1]
    if (id !== undefined) return found(await objects.get('public', keyOf(id)), url)
  }
  return found(null, url)
}

function found(bytes: Uint8Array | null, what: string): Uint8Array {
  if (bytes === null) throw new Problem('not-found', `Nothing that is hosted here answers for ${what}.`)
  return bytes
}
