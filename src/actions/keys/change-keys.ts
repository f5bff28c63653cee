/**
 * Changes of keys. The rows and the log's entries change in one statement; the published documents follow, and where that fails
 * the sweep writes them. A key that is active no longer signs nothing from the statement on.
 */

import type { Authorship, Organization } from '../../ports/parties.ts'
import type { CompromisedKey, KeySlot, KeySource, OwnPurpose, PublicKey } from '../../ports/signing.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { publishAtOnce } from '../log/publish-log.ts'
import { sweepLists } from '../status/sweep-lists.ts'
import { requireListed } from './own-did.ts'
import {
  installationDid,
  issuerDid,
  publishBodyKeys,
  publishInstallationKeys,
  publishLogKeys,
  publishTokenKeys,
} from './publish-keys.ts'

/** Whose keys: a body's, or the installation's for one purpose. */
export type Keyed = { readonly body: Organization } | { readonly own: OwnPurpose }

/** Who asks. */
export interface KeyRequest {
  readonly actor: Actor
  readonly mark: RequestMark
}

/** The installation's own keys have no owning body. */
const nobody = '00000000-0000-0000-0000-000000000000'

/** Whose keys, as the log names them. */
export function slotOf({ settings }: Pick<Ports, 'settings'>, keyed: Keyed): KeySlot {
  if ('body' in keyed) {
    const { body } = keyed
    return { owner: { id: body.id, name: issuerDid(settings, body) }, purpose: 'credential' }
  }
  const name = keyed.own === 'installation' ? installationDid(settings) : settings.publicUrl
  return { owner: { id: nobody, name }, purpose: keyed.own }
}

/**
 * Puts a new key in the place of the active one.
 *
 * @param retiring the active key, as the caller saw it; null where there is none.
 * @throws Problem `not-found`, `stale-state`, `already-exists`, `invalid-request`, `invalid-transition` (a key made here for a body
 *   that hosts its own DID document, which cannot list it yet), `unavailable`.
 */
export async function succeedKey(
  ports: Ports,
  { actor, mark }: KeyRequest,
  keyed: Keyed,
  { retiring, source }: { readonly retiring: string | null; readonly source: KeySource },
): Promise<PublicKey> {
  if ('body' in keyed) await requireOwnDidLists(ports, keyed.body, source)
  const by = { actor, mark, at: ports.world.now() }
  const auditId = idFor(ports.world, actor, mark, 'succeed-key')
  const added = await ports.keyActs.succeed(by, slotOf(ports, keyed), { retiring, source, auditId })
  await publishAfter(ports, keyed)
  return added
}

/** What a body's own DID document does not list, no verifier believes. */
async function requireOwnDidLists(ports: Ports, { did }: Organization, source: KeySource): Promise<void> {
  if (did === null) return
  if (source.from === 'signer') return requireListed(ports, did, source)
  throw new Problem(
    'invalid-transition',
    'The body hosts its own DID document, which must list a key before it signs: register a key that a signer of the body keeps.',
    { did },
  )
}

/**
 * The emergency. A body that keeps its key or its DID document elsewhere gets no key from here: until it registers the next one, it
 * signs nothing.
 *
 * @throws Problem `not-found`, `stale-state`, `invalid-request` for a moment that is still to come.
 */
export async function compromiseKey(
  ports: Ports,
  { actor, mark }: KeyRequest,
  keyed: Keyed,
  { kid, since }: { readonly kid: string; readonly since: Date },
): Promise<CompromisedKey> {
  const by: Authorship = { actor, mark, at: ports.world.now() }
  if (since > by.at) {
    throw new Problem('invalid-request', 'Since when the key is compromised cannot lie ahead.', {
      pointer: '/since',
    })
  }
  const auditId = idFor(ports.world, actor, mark, 'compromise-key')
  const withSuccessor = await isKeptHere(ports, keyed, kid)
  const told = { kid, since, withSuccessor, auditId }
  const compromised = await ports.keyActs.compromise(by, slotOf(ports, keyed), told)
  await publishAfter(ports, keyed)
  if ('body' in keyed) await atOnce(ports, () => sweepLists(ports))
  return compromised
}

async function isKeptHere(ports: Ports, keyed: Keyed, kid: string): Promise<boolean> {
  if (!('body' in keyed)) return true
  const keys = await ports.keys.bodyKeys(keyed.body.id)
  return keyed.body.did === null && keys.some((key) => key.kid === kid && key.signer === null)
}

/** Documents and log at once, where they answer. */
async function publishAfter(ports: Ports, keyed: Keyed): Promise<void> {
  await atOnce(ports, () => publishDocuments(ports, keyed))
  await publishAtOnce(ports)
}

function publishDocuments(ports: Ports, keyed: Keyed): Promise<void> {
  if ('body' in keyed) return publishBodyKeys(ports, keyed.body)
  return {
    installation: publishInstallationKeys,
    log: publishLogKeys,
    token: publishTokenKeys,
  }[keyed.own](ports)
}

/** The change stands, whatever becomes of the documents: the sweep writes them. */
async function atOnce({ notices }: Ports, act: () => Promise<unknown>): Promise<void> {
  try {
    await act()
  } catch (thrown) {
    notices.tell('error', 'keys-publish', { error: thrown })
  }
}
