/** A body that hosts its own DID document: the installation reads it there, and hosts none for it. */

import { assertionKey, publicJwk, readDidDocument } from '../../credential/did-document.ts'
import { didDocumentUrl, parseDidWeb } from '../../credential/did-web.ts'
import { keyEntry } from '../../credential/key-entry.ts'
import type { Organization } from '../../ports/parties.ts'
import type { PublicKey } from '../../ports/signing.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { publishAtOnce } from '../log/publish-log.ts'
import type { KeyRequest } from './change-keys.ts'
import { publishBodyKeys } from './publish-keys.ts'

type ListedKey = Pick<PublicKey, 'kid' | 'algorithm' | 'jwk'>

/**
 * Makes a did:web of the body's own the one it signs under. Once, and before it has issued anything: a document and the list that
 * tells its status have one issuer.
 *
 * @throws Problem `invalid-request` for what is no did:web, or one whose document does not list the body's active key;
 *   `invalid-transition` after the body has issued, or has a DID of its own; `already-exists`, `unavailable`.
 */
export async function registerOwnDid(
  ports: Ports,
  { actor, mark }: KeyRequest,
  body: Organization,
  did: string,
): Promise<Organization> {
  const active = (await ports.keys.bodyKeys(body.id)).filter(({ retiredAt }) => retiredAt === null)
  if (active.length === 0) throw new Problem('invalid-transition', 'The body has no active key.')
  for (const key of active) await requireListed(ports, did, key)
  const at = ports.world.now()
  const auditId = idFor(ports.world, actor, mark, 'register-did')
  const entries = active.map((key) =>
    keyEntry({ owner: did, purpose: 'credential', kid: key.kid, jwk: key.jwk }, { act: 'added' }, at),
  )
  const [entry] = entries
  const named = await ports.parties.nameOwnDid(
    { actor, mark, at },
    { id: body.id, did, auditId },
    entry as never,
  )
  if (named === null) {
    throw new Problem(
      'invalid-transition',
      'A body chooses its own DID once, and before it issues anything.',
      { did: body.did },
    )
  }
  await publishBodyKeys(ports, named).catch((thrown) =>
    ports.notices.tell('error', 'keys-publish', { error: thrown }),
  )
  await publishAtOnce(ports)
  return named
}

/** @throws Problem `invalid-request` where the DID's own document does not list the key for assertions; `unavailable`. */
export async function requireListed(
  { foreign }: Pick<Ports, 'foreign'>,
  did: string,
  { kid, algorithm, jwk }: ListedKey,
): Promise<void> {
  const parsed = parseDidWeb(did)
  if (parsed === undefined) throw notAsAsked('This is no did:web.', { did })
  if (!foreign.hosts.includes(parsed.host)) {
    throw notAsAsked('The host of the DID is not in DID_HOSTS.', { host: parsed.host })
  }
  const document = readDidDocument(await foreign.get(didDocumentUrl(parsed)))
  const found = assertionKey(document, did, `${did}#${kid}`, algorithm)
  const { fault, revoked } =
    'fault' in found ? { fault: found.fault, revoked: null } : { fault: null, revoked: found.revokedFromLeaf }
  if (fault !== null || revoked !== null) {
    throw notAsAsked('The DID document does not list the key for assertions.', {
      kid: `${did}#${kid}`,
      fault: fault ?? 'revoked',
    })
  }
  const { alg: _alg, use: _use, kid: _kid, ...members } = jwk
  const wanted = publicJwk(members, algorithm)
  if ('key' in found && JSON.stringify(ordered(found.key)) === JSON.stringify(ordered(wanted))) return
  throw notAsAsked('The DID document lists another key under this name.', { kid: `${did}#${kid}` })
}

function ordered(jwk: object | undefined) {
  return Object.entries(jwk ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))
}

function notAsAsked(detail: string, facts: Readonly<Record<string, unknown>>): Problem {
  return new Problem('invalid-request', detail, { pointer: '/did', ...facts })
}
