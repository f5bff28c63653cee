/** Erases who a person is, at their wish or when nothing asks for keeping it any more: an act of the operator. */

import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { requireOperator } from './permission.ts'

/**
 * Name and identity go; the pseudonymous id stays in every record and chain.
 *
 * @returns when it was erased, the first time.
 * @throws Problem `role-required`, `not-found`, `invalid-transition` (a client still acts for the person, or an engagement they take part
 *   in is still live), `idempotency-key-reused`.
 */
export async function erasePerson(
  ports: Pick<Ports, 'parties' | 'world'>,
  { actor, mark, personId }: { actor: Actor; mark: RequestMark; personId: string },
): Promise<Date> {
  requireOperator(actor)
  const auditId = idFor(ports.world, actor, mark, 'person-erasure')
  const by = { actor, mark, at: ports.world.now(), role: 'operator' }
  const standing = await ports.parties.erasePerson(by, personId, auditId)
  if (standing === null) throw new Problem('not-found', 'No person has this id.')
  if (standing.erasedAt !== null) return standing.erasedAt
  const detail =
    'This person still acts: revoke the clients bound to their memberships, and wait for the engagements they take part in to end.'
  throw new Problem('invalid-transition', detail, { state: 'acting' })
}
