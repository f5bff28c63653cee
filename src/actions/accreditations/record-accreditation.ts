/**
 * What an authority says of a body, recorded and withdrawn by the operator. The fact is signed by the installation, told in the
 * log, and public; a document that was issued on it stays issued when it is withdrawn.
 */

import { type AccreditationFact, accreditationDocument } from '../../credential/accreditation.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { type Digest, digestOfBytes } from '../../json/digest.ts'
import { encodeUtf8 } from '../../json/encoding.ts'
import { wholeSeconds } from '../../json/instant.ts'
import type { Accreditation } from '../../ports/accreditations.ts'
import type { NewLogEntry } from '../../ports/log.ts'
import type { Organization } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { entryText } from '../../transparency/entries.ts'
import { idFor } from '../identity.ts'
import { bodyOf } from '../keys/permission.ts'
import { installationDid, issuerDid } from '../keys/publish-keys.ts'
import { publishAtOnce } from '../log/publish-log.ts'
import { requireOperator } from '../parties/permission.ts'
import { publishFact } from './sweep-accreditations.ts'

/** What the operator states of a body. */
export type NewAccreditation = Omit<AccreditationFact, 'body' | 'validFrom' | 'validUntil'> & {
  readonly validFrom: Date
  readonly validUntil: Date | null
}

interface FactRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly organizationId: string
}

/** @throws Problem `role-required`, `not-found`, `invalid-request`, `already-exists`, `idempotency-key-reused`, `unavailable`. */
export async function recordAccreditation(
  ports: Ports,
  { actor, mark, organizationId }: FactRequest,
  stated: NewAccreditation,
): Promise<Accreditation> {
  requireOperator(actor)
  const body = await bodyOf(ports, actor, organizationId)
  requireTerm(stated)
  const at = ports.world.now()
  const id = idFor(ports.world, actor, mark, 'record-accreditation')
  const did = issuerDid(ports.settings, body)
  const { jwt, digest } = await sign(ports, id, did, stated)
  const fact = { ...stated, id, bodyOrganizationId: body.id, jwt, digest, recordedAt: at }
  const { row } = await ports.accreditations.record(
    { actor, mark, at },
    fact,
    entryOf('recorded', { id, digest, body: did }, at),
  )
  await publishFact(ports, row)
  await publishAtOnce(ports)
  return row
}

/** @throws Problem `role-required`, `not-found`, `invalid-transition` where it was withdrawn before. */
export async function withdrawAccreditation(
  ports: Ports,
  { actor, mark, organizationId }: FactRequest,
  { factId, reason }: { readonly factId: string; readonly reason: string },
): Promise<Accreditation> {
  requireOperator(actor)
  const body = await bodyOf(ports, actor, organizationId)
  const fact = await ports.accreditations.find(factId)
  if (fact?.bodyOrganizationId !== body.id) {
    throw new Problem('not-found', 'The body has no accreditation or approval with this id.')
  }
  const at = ports.world.now()
  const told = { id: fact.id, digest: fact.digest as Digest, body: issuerDid(ports.settings, body) }
  const auditId = idFor(ports.world, actor, mark, 'withdraw-accreditation')
  const withdrawn = await ports.accreditations.withdraw(
    { actor, mark, at },
    { id: fact.id, reason, auditId },
    entryOf('withdrawn', told, at),
  )
  if (withdrawn === null) throw new Problem('invalid-transition', 'It was withdrawn before.', { id: fact.id })
  await publishAtOnce(ports)
  return withdrawn
}

/** Every fact that was ever recorded of a body, newest first; for anyone. @throws Problem `not-found`. */
export async function accreditationsOf(
  { accreditations, parties }: Pick<Ports, 'accreditations' | 'parties'>,
  slug: string,
): Promise<{ readonly body: Organization; readonly facts: readonly Accreditation[] }> {
  const body = await parties.findBySlug(slug)
  if (body?.kind !== 'certification-body') {
    throw new Problem('not-found', 'There is no certification body of this name.')
  }
  return { body, facts: await accreditations.ofBody(body.id) }
}

function requireTerm({ validFrom, validUntil }: NewAccreditation): void {
  if (validUntil === null || validFrom < validUntil) return
  throw new Problem('invalid-request', 'It ends before it begins.', { pointer: '/validUntil' })
}

async function sign(ports: Ports, id: string, body: string, stated: NewAccreditation) {
  const { validFrom, validUntil, kind, authority, number, documentKinds, subjectKinds } = stated
  const issuer = installationDid(ports.settings)
  const document = accreditationDocument(
    { publicUrl: ports.settings.publicUrl, id, issuer },
    {
      body,
      kind,
      authority,
      number,
      documentKinds,
      subjectKinds,
      standards: stated.standards,
      sectors: stated.sectors,
      source: stated.source,
      validFrom: wholeSeconds(validFrom),
      validUntil: validUntil === null ? null : wholeSeconds(validUntil),
    },
  )
  const { jwt } = await ports.keys.signOwn(issuer, canonicalBytes(document))
  return { jwt, digest: digestOfBytes(encodeUtf8(jwt)) }
}

function entryOf(
  act: 'recorded' | 'withdrawn',
  { id, digest, body }: { readonly id: string; readonly digest: Digest; readonly body: string },
  at: Date,
): NewLogEntry {
  return {
    subject: `accreditation:${id}:${act}`,
    type: 'accreditation',
    body: entryText('accreditation', wholeSeconds(at), { act, digest, body }),
  }
}
