/**
 * Records what an authority says of a certification body, as a fact that the installation signs; and its withdrawal. The signed
 * bytes, the leaf in the log and the row are decided in one statement; the object follows, and the sweep sees to it.
 */

import { accreditationDocument } from '../../credential/accreditation.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { type Digest, digestOfBytes } from '../../json/digest.ts'
import { encodeUtf8 } from '../../json/encoding.ts'
import { wholeSeconds } from '../../json/instant.ts'
import type { Accreditation } from '../../ports/accreditations.ts'
import type { NewLogEntry } from '../../ports/log.ts'
import { accreditationKey, frozenCache } from '../../ports/objects.ts'
import type { Organization } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { entryText } from '../../transparency/entries.ts'
import { idFor } from '../identity.ts'
import { installationDid, issuerDid } from '../keys/publish-keys.ts'
import { publishAtOnce } from '../log/publish-log.ts'
import { requireOperator } from '../parties/permission.ts'

/** What the operator writes down. */
export type NewAccreditation = Omit<
  Accreditation,
  'id' | 'bodyOrganizationId' | 'jwt' | 'digest' | 'recordedAt' | 'withdrawal'
>

/** @throws Problem `role-required` (operators only), `not-found` (no such body), `idempotency-key-reused`, `unavailable`. */
export async function recordAccreditation(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; bodyOrganizationId: string; fact: NewAccreditation },
): Promise<Accreditation> {
  const { actor, mark, bodyOrganizationId, fact } = request
  requireOperator(actor)
  const body = await bodyOf(ports, actor, bodyOrganizationId)
  const at = ports.world.now()
  const id = idFor(ports.world, actor, mark, 'accreditation')
  const did = issuerDid(ports.settings, body)
  const jwt = await signedFact(ports, id, did, fact)
  const digest = digestOfBytes(encodeUtf8(jwt))
  const whole = { ...fact, id, bodyOrganizationId, jwt, digest, recordedAt: at }
  const entry = entryOf('recorded', id, digest, did, at)
  const { row } = await ports.accreditations.record({ actor, mark, at }, whole, entry)
  await Promise.all([publishFact(ports, row), publishAtOnce(ports)])
  return row
}

async function bodyOf(ports: Pick<Ports, 'parties'>, actor: Actor, id: string): Promise<Organization> {
  const body = await ports.parties.findOrganization(actor, id)
  if (body?.kind === 'certification-body') return body
  throw new Problem('not-found', 'No certification body has this id.')
}

async function signedFact(ports: Ports, id: string, body: string, fact: NewAccreditation): Promise<string> {
  const { keys, settings } = ports
  const issuer = installationDid(settings)
  const { validFrom, validUntil, ...claims } = fact
  const document = accreditationDocument(
    { publicUrl: settings.publicUrl, id, issuer },
    {
      ...claims,
      body,
      validFrom: wholeSeconds(validFrom),
      validUntil: validUntil === null ? null : wholeSeconds(validUntil),
    },
  )
  return (await keys.signOwn(issuer, canonicalBytes(document))).jwt
}

function entryOf(
  act: 'recorded' | 'withdrawn',
  id: string,
  digest: Digest,
  body: string,
  at: Date,
): NewLogEntry {
  const text = entryText('accreditation', wholeSeconds(at), { act, digest, body })
  return { subject: `accreditation:${id}:${act}`, type: 'accreditation', body: text }
}

/** Withdraws a fact, with the reason: nothing is issued on it from now on; what was issued before stays as it was. */
export async function withdrawAccreditation(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; id: string; reason: string },
): Promise<Accreditation> {
  const { actor, mark, id, reason } = request
  requireOperator(actor)
  const fact = await ports.accreditations.find(id)
  if (fact === null) throw new Problem('not-found', 'There is no such accreditation.')
  const body = await bodyOf(ports, actor, fact.bodyOrganizationId)
  const at = ports.world.now()
  const auditId = idFor(ports.world, actor, mark, 'withdraw-accreditation')
  const entry = entryOf('withdrawn', id, fact.digest as Digest, issuerDid(ports.settings, body), at)
  const withdrawn = await ports.accreditations.withdraw({ actor, mark, at }, { id, reason, auditId }, entry)
  if (withdrawn === null) return withdrawnBefore(await ports.accreditations.find(id), reason)
  await publishAtOnce(ports)
  return withdrawn
}

function withdrawnBefore(fact: Accreditation | null, reason: string): Accreditation {
  if (fact?.withdrawal?.reason === reason) return fact
  throw new Problem('invalid-transition', 'It is withdrawn already, for a reason that stands.', {
    withdrawal: fact?.withdrawal ?? null,
  })
}

/** Writes the signed fact where everyone reads it; what fails here the sweep does. */
async function publishFact(ports: Pick<Ports, 'notices' | 'objects'>, fact: Accreditation): Promise<void> {
  try {
    await putFact(ports, fact)
  } catch (thrown) {
    ports.notices.tell('error', 'accreditation-publish', {
      accreditation: fact.id,
      error: thrown,
    })
  }
}

async function putFact({ objects }: Pick<Ports, 'objects'>, { id, jwt }: Accreditation): Promise<void> {
  await objects.put('public', accreditationKey(id), encodeUtf8(jwt), {
    contentType: 'application/vc+jwt',
    cacheControl: frozenCache('public'),
  })
}

const batch = 100
/** For how long after it was recorded a fact is looked at again: a write may be lost after it was acknowledged. */
const settledSeconds = 120

/** Looks at facts again and writes what the store lost. */
export async function sweepAccreditations(
  ports: Pick<Ports, 'accreditations' | 'notices' | 'objects' | 'world'>,
): Promise<void> {
  const now = ports.world.now()
  for (const fact of await ports.accreditations.unconfirmed(batch)) {
    const bytes = await ports.objects.get('public', accreditationKey(fact.id))
    const isThere = bytes !== null && digestOfBytes(bytes) === fact.digest
    if (!isThere) await publishFact(ports, fact)
    else if (now.getTime() - fact.recordedAt.getTime() >= settledSeconds * 1000) {
      await ports.accreditations.confirmed(fact.id, now)
    }
  }
}
