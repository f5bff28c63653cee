/** Makes an API client; its secret is shown once and kept only as a hash. */

import type { ApiClient, Scope } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { requireHome, requireScopesOfKind } from './permission.ts'

export interface NewClient {
  readonly organizationId: string
  readonly memberId: string | null
  readonly name: string
  readonly scopes: readonly Scope[]
}

/** The client, and its secret: null on a retry, since only its hash was kept. */
export interface CreatedClient {
  readonly client: ApiClient
  readonly secret: string | null
}

/**
 * An operator makes clients anywhere; an organization's own client with `parties:write` makes them at home, bound to
 * no member or to its own member only: nobody hands out another person's hand.
 *
 * @throws Problem `not-found`, `role-required`, `invalid-request` (scope), `idempotency-key-reused`.
 */
export async function createClient(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; client: NewClient },
): Promise<CreatedClient> {
  const { actor, mark, client } = request
  requireHome(actor, client.organizationId)
  requireOwnMember(actor, client.memberId)
  const organization = await ports.parties.findOrganization(actor, client.organizationId)
  if (!organization) throw new Problem('not-found', 'No organization with this id is visible to you.')
  requireScopesOfKind(organization.kind, client.scopes)
  const at = ports.world.now()
  const { secret, hash } = await ports.secrets.newClientSecret()
  const row: ApiClient = {
    ...client,
    id: idFor(ports.world, actor, mark, 'client'),
    createdAt: at,
    revokedAt: null,
  }
  const created = await ports.parties.createClient({ actor, mark, at }, row, hash)
  return { client: created.row, secret: created.replayed ? null : secret }
}

function requireOwnMember(actor: Actor, memberId: string | null): void {
  if (actor.organizationKind === 'operator' || memberId === null || memberId === actor.memberId) return
  throw new Problem('role-required', 'Only an operator binds a client to another member.', {
    role: 'operator',
  })
}
