/** OAuth 2 client credentials (RFC 6749 §4.4): a client's secret for a short-lived access token (RFC 9068). */

import type { ClientLogin, Scope } from '../../ports/parties.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'

export interface AccessToken {
  readonly token: string
  readonly seconds: number
  readonly scopes: readonly Scope[]
}

/** Compared against when the client is unknown, so that the answer takes as long. */
const nobodysHash = `hmac-sha256$${'A'.repeat(22)}$${'A'.repeat(43)}`

/**
 * @param asked the scopes asked for; none means all the client has.
 * @throws Problem `invalid-client`, `insufficient-scope`.
 */
export async function issueToken(
  ports: Ports,
  request: { clientId: string; secret: string; asked: readonly string[] },
): Promise<AccessToken> {
  const login = await ports.parties.findLogin(request.clientId)
  const matches = await ports.secrets.matches(request.secret, login?.secretHash ?? nobodysHash)
  if (!login || !matches || login.client.revokedAt !== null) {
    throw new Problem('invalid-client', 'The client id or secret is wrong, or the client is revoked.')
  }
  requireConfirmed(login, ports.world.now())
  const scopes = grantedScopes(login, request.asked)
  const seconds = ports.settings.tokenSeconds
  return { token: await ports.tokens.issue(actorOf(login, scopes), seconds), seconds, scopes }
}

/** Told only to who has the secret. */
function requireConfirmed({ client: { confirmedAt, id } }: ClientLogin, now: Date): void {
  if (confirmedAt !== null && confirmedAt <= now) return
  const detail =
    confirmedAt === null
      ? 'The operator made this client, and its organization has not confirmed it.'
      : `This client founds its organization again, and gets tokens from ${confirmedAt.toISOString()} on.`
  throw new Problem('client-unconfirmed', detail, { clientId: id })
}

function grantedScopes(login: ClientLogin, asked: readonly string[]): readonly Scope[] {
  const has = login.client.scopes
  if (asked.length === 0) return has
  const beyond = asked.find((scope) => !(has as readonly string[]).includes(scope))
  if (beyond !== undefined) {
    throw new Problem('insufficient-scope', `The client does not have the scope "${beyond}".`, {
      scope: beyond,
    })
  }
  return has.filter((scope) => asked.includes(scope))
}

function actorOf(login: ClientLogin, scopes: readonly Scope[]): Actor {
  return {
    clientId: login.client.id,
    organizationId: login.client.organizationId,
    organizationKind: login.organizationKind,
    memberId: login.client.memberId,
    personId: login.personId,
    scopes,
  }
}
