/** Who may call: reads the access token and holds it against the route's scope. */

import type { Context, MiddlewareHandler } from 'hono'
import type { Scope } from '../../ports/parties.ts'
import type { Actor } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import type { App } from '../context.ts'

/** The actor a valid access token (RFC 9068) speaks for; null without a token, or with one that is not ours. */
export async function actorOf(c: Context<App>): Promise<Actor | null> {
  const token = /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(c.req.header('authorization') ?? '')?.[1]
  return token === undefined ? null : c.var.ports.tokens.verify(token)
}

/** Lets through a valid access token that carries `scope`. */
export function requireScope(scope: Scope): MiddlewareHandler<App> {
  return async (c, next) => {
    const actor = await actorOf(c)
    if (actor === null) {
      throw new Problem(
        'unauthorized',
        'Send "Authorization: Bearer <token>" with a token from POST /auth/token.',
      )
    }
    if (!actor.scopes.includes(scope)) {
      throw new Problem('insufficient-scope', `The token needs the scope "${scope}".`, { scope })
    }
    c.set('actor', actor)
    await next()
  }
}
