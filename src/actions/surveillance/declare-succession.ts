/**
 * Says that an engagement is to replace a document: to renew it, to change it, to reduce its scope, to revise it. The old one ends when the
 * new one is in force, by a move that names it.
 */

import { purposesFor, type SuccessionPurpose } from '../../certification/credential-status.ts'
import type { ProcessRole } from '../../certification/engagement.ts'
import type { SuccessionRow } from '../../ports/surveillance.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { invisibleCredential } from '../status/move-credential.ts'

const declarers: readonly ProcessRole[] = ['responsible', 'body-manager']

/** @throws Problem `not-found`, `member-required`, `role-required`, `invalid-request`, `already-exists`, `idempotency-key-reused`. */
export async function declareSuccession(
  ports: Pick<Ports, 'surveillance' | 'world'>,
  request: {
    readonly actor: Actor
    readonly mark: RequestMark
    readonly credentialId: string
    readonly engagementId: string
    readonly purpose: SuccessionPurpose
  },
): Promise<SuccessionRow> {
  const { actor, mark, credentialId, engagementId, purpose } = request
  const living = await ports.surveillance.find(actor, credentialId)
  if (living === null) throw invisibleCredential()
  if (actor.personId === null) {
    throw new Problem('member-required', 'A person declares this: use a client bound to a member.')
  }
  const role = declarers.find((one) => living.callerRoles.includes(one))
  if (role === undefined) {
    throw new Problem('role-required', `This is for a ${declarers.join(' or ')}.`, { roles: declarers })
  }
  const accepted = purposesFor(living.documentKind)
  if (!accepted.includes(purpose)) {
    const detail = `A ${living.documentKind} is replaced for ${accepted.join(', ')}.`
    throw new Problem('invalid-request', detail, { pointer: '/purpose', accepted })
  }
  if (!(await ports.surveillance.couldReplace(actor, credentialId, engagementId))) {
    throw new Problem(
      'not-found',
      'No other engagement of this body and client for a document of this kind has this id.',
      { pointer: '/engagementId' },
    )
  }
  const at = ports.world.now()
  const id = idFor(ports.world, actor, mark, 'succession')
  const row = { id, engagementId, credentialId, purpose, personId: actor.personId, createdAt: at }
  return (await ports.surveillance.declare({ actor, mark, at, role }, row)).row
}
