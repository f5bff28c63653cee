/** Makes an API client; its secret is shown once and kept only as a hash. */

import type { ApiClient, NewClient } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { requireHome, requireScopesOfKind } from './permission.ts'

/** A client that is asked for. */
export type ClientAsked = Omit<NewClient, 'id' | 'createdAt'>

/** The client, and its secret: null on a retry, since only its hash was kept. */
export interface CreatedClient {
  readonly client: ApiClient
  readonly secret: string | null
}

/**
 * An organization's own client with `parties:write` makes them at home, bound to no member or to its own member only: nobody hands out
 * another person's hand. An operator makes them anywhere, and elsewhere they get no token before that organization confirms them; only
 * the one that founds it does, which administers and reads no file. So neither side alone acts for a person.
 *
 * @throws Problem `not-found`, `role-required`, `invalid-request` (scope), `idempotency-key-reused`.
 */
export async function createClient(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; client: ClientAsked },
): Promise<CreatedClient> {
  const { actor, mark, client } = request
  requireHome(actor, client.organizationId)
  requireOwnMember(actor, client.memberId)
  const organization = await ports.parties.findOrganization(actor, client.organizationId)
  if (!organization) throw new Problem('not-found', 'No organization with this id is visible to you.')
  requireScopesOfKind(organization.kind, client.scopes)
  const at = ports.world.now()
  const { secret, hash } = await ports.secrets.newClientSecret()
  const row = { ...client, id: idFor(ports.world, actor, mark, 'client'), createdAt: at }
  const created = await ports.parties.createClient({ actor, mark, at }, row, hash)
  return { client: created.row, secret: created.replayed ? null : secret }
}

function requireOwnMember(actor: Actor, memberId: string | null): void {
  if (actor.organizationKind === 'operator' || memberId === null || memberId === actor.memberId) return
  throw new Problem('role-required', 'Only an operator binds a client to another member.', {
    role: 'operator',
  })
}

/** @throws Problem `role-required` (of another organization: also an operator's), `not-found`. */
export async function confirmClient(
  ports: Pick<Ports, 'parties' | 'world'>,
  {
    actor,
    mark,
    organizationId,
    clientId,
  }: {
    actor: Actor
    mark: RequestMark
    organizationId: string
    clientId: string
  },
): Promise<ApiClient> {
  requireHome(actor, organizationId)
  if (actor.organizationId !== organizationId) {
    throw new Problem(
      'role-required',
      'A client is confirmed by its own organization, and not by the operator.',
      {
        role: 'admin',
      },
    )
  }
  const confirmed = await ports.parties.confirmClient({ actor, mark, at: ports.world.now() }, clientId)
  if (confirmed === null) throw new Problem('not-found', 'The organization has no client with this id.')
  return confirmed
}
