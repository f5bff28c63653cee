/** The first operator of an installation: nothing is open before it exists, and it exists only by this command. */

import type { Ports } from '../../ports.ts'

/** The first client's id; its secret only when this call made it. */
export interface OperatorAccess {
  readonly clientId: string
  readonly secret: string
}

/**
 * Makes the operator organization unless it stands, and a client of it with a new secret. Run again it makes another
 * client, which is how a lost secret is replaced; the old client is then revoked.
 */
export async function bootstrapOperator(
  ports: Pick<Ports, 'parties' | 'secrets' | 'world'>,
  operator: { readonly slug: string; readonly name: { readonly en: string; readonly zh: string | null } },
): Promise<OperatorAccess> {
  const { parties, secrets, world } = ports
  const { secret, hash } = await secrets.newClientSecret()
  const createdAt = world.now()
  const home = {
    ...operator,
    id: world.newId(),
    kind: 'operator' as const,
    country: 'XX',
    unifiedSocialCreditCode: null,
    did: null,
  }
  const client = {
    id: world.newId(),
    organizationId: home.id,
    memberId: null,
    name: 'operator',
    scopes: ['parties:read', 'parties:write', 'calculations:run', 'factors:write', 'metrics:read'] as const,
    createdAt,
    confirmedAt: createdAt,
    revokedAt: null,
  }
  const made = await parties.bootstrapOperator({ ...home, createdAt }, client, hash)
  return { clientId: made.id, secret }
}
