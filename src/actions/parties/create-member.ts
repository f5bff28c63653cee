/** Gives a person roles in an organization. Operators only, since they know that the person is who they are. */

import type { Created, MemberRole, NewMember } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { requireOperator, requireRolesOfKind } from './permission.ts'

/** @throws Problem `not-found`, `already-exists`, `invalid-request` (a role that this kind of organization has not). */
export async function createMember(
  ports: Ports,
  request: {
    actor: Actor
    mark: RequestMark
    organizationId: string
    personId: string
    roles: readonly MemberRole[]
  },
): Promise<Created<NewMember>> {
  const { actor, mark, organizationId, personId, roles } = request
  requireOperator(actor)
  const organization = await ports.parties.findOrganization(actor, organizationId)
  if (!organization) throw new Problem('not-found', 'No organization with this id is visible to you.')
  requireRolesOfKind(organization.kind, roles)
  const at = ports.world.now()
  const id = idFor(ports.world, actor, mark, 'member')
  return ports.parties.createMember(
    { actor, mark, at },
    { id, organizationId, personId, roles, createdAt: at },
  )
}
