/** Who may change a body's keys: the operator, and the body's admin in person. */

import type { Organization } from '../../ports/parties.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { requireHome } from '../parties/permission.ts'

/** The body whose keys are asked for. @throws Problem `not-found`: the same for no such body and for one that is not yours. */
export async function bodyOf(
  { parties }: Pick<Ports, 'parties'>,
  actor: Actor,
  organizationId: string,
): Promise<Organization> {
  requireHome(actor, organizationId)
  const found = await parties.findOrganization(actor, organizationId)
  if (found?.kind === 'certification-body') return found
  throw new Problem('not-found', 'No certification body with this id is visible to you.')
}

/** @throws Problem `not-found`, `member-required`, `role-required`. */
export async function keyKeepersBody(
  ports: Pick<Ports, 'parties'>,
  actor: Actor,
  organizationId: string,
): Promise<Organization> {
  const body = await bodyOf(ports, actor, organizationId)
  if (actor.organizationKind === 'operator') return body
  if (actor.memberId === null) {
    throw new Problem(
      'member-required',
      'Keys are changed by a person: use a client that is bound to a member.',
    )
  }
  if ((await ports.parties.rolesOf(actor)).includes('admin')) return body
  throw new Problem('role-required', 'Only an admin of the body, or the operator, may change its keys.', {
    role: 'admin',
  })
}
