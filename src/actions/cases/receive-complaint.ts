/**
 * Takes in what somebody without an account has to say of a body, a document or its holder. The receipt is a secret that only they
 * get: with it they read the state and the outcome, say more, and have their contact data erased.
 */

import { type CaseKind, caseOpeners, deadlinesOf } from '../../certification/cases.ts'
import { readCredentialNumber, writeNumber } from '../../certification/credential-number.ts'
import type { CaseRow } from '../../ports/cases.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idForAnyone } from '../identity.ts'
import { tooManyCases } from './open-case.ts'

/** What a body takes in before it has looked: cases that wait, and cases of one hour. Nobody can fill the database with words. */
export const intakeBounds = { waitingMax: 500, hourMax: 60 } as const

const hourMilliseconds = 3_600_000

type IntakePorts = Pick<Ports, 'cases' | 'parties' | 'publicCredentials' | 'secrets' | 'world'>

export interface ComplaintSent {
  /** Of the body. */
  readonly slug: string
  readonly mark: RequestMark
  readonly kind: CaseKind
  /** The number of the document it is about, as it was written. */
  readonly document: string | null
  readonly text: string
  readonly contact: { readonly name: string | null; readonly address: string | null }
}

/** A complaint as it was taken in; the receipt is told again to the same request only. */
export interface ComplaintReceived {
  readonly row: CaseRow
  readonly receipt: string
}

/** @throws Problem `not-found` (body, or a document of it), `invalid-request`, `too-many-cases`. */
export async function receiveComplaint(ports: IntakePorts, sent: ComplaintSent): Promise<ComplaintReceived> {
  const { slug, mark, kind, text, contact } = sent
  if (!caseOpeners[kind].includes('complainant')) {
    throw new Problem('invalid-request', 'An appeal is opened by the client itself.', { pointer: '/kind' })
  }
  const body = await ports.parties.findBySlug(slug)
  if (body?.kind !== 'certification-body') {
    throw new Problem('not-found', 'No certification body has this name.')
  }
  const actor = anyone(body.id)
  const matter = sent.document === null ? null : await matterOf(ports, actor, slug, sent.document)
  const at = ports.world.now()
  const id = idForAnyone(ports.world, mark, 'complaint')
  const { secret, hash } = await ports.secrets.receiptFor(`${id}\n${mark.digest}`)
  const opened = await ports.cases.open(
    { actor, mark, at },
    {
      ...{ id, kind, openedBy: 'complainant', bodyOrganizationId: body.id, matter, text },
      number: writeNumber('CASE', at, ports.world.randomBytes(5)),
      complainant: { id: ports.world.newId(), ...contact, receiptHash: hash },
      ...deadlinesOf(kind, at),
    },
    {
      waitingMax: intakeBounds.waitingMax,
      since: new Date(at.getTime() - hourMilliseconds),
      sinceMax: intakeBounds.hourMax,
    },
  )
  if (opened === 'full') throw tooManyCases(intakeBounds.waitingMax)
  return { row: opened.row, receipt: secret }
}

const nobody = '00000000-0000-0000-0000-000000000000'

/** Somebody without an account, at a body's door: what they do is in that body's trail, under nobody's name. */
export function anyone(bodyId: string): Actor {
  return {
    clientId: nobody,
    organizationId: bodyId,
    organizationKind: 'certification-body',
    memberId: null,
    personId: null,
    scopes: [],
  }
}

/** The document that has this number, where it is public and the body's own. */
async function matterOf(ports: IntakePorts, actor: Actor, slug: string, written: string) {
  const number = readCredentialNumber(written)
  const found = number === undefined ? null : await ports.publicCredentials.findByNumber(number)
  const matter =
    found?.bodySlug === slug ? await ports.cases.findMatter(actor, { credentialId: found.id }) : null
  if (matter === null) {
    throw new Problem('not-found', 'No public document of this body has this number.', {
      pointer: '/document',
    })
  }
  const { clientOrganizationId, engagementId, credentialId } = matter
  return { clientOrganizationId, engagementId, credentialId }
}
