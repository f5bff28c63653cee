/** Who may call: reads the access token and holds it against the route's scope. */

import type { MiddlewareHandler } from 'hono'
import type { Scope } from '../../ports/parties.ts'
import { Problem } from '../../problem.ts'
import type { App } from '../context.ts'

/** Lets through a valid access token (RFC 9068) that carries `scope`. */
export function requireScope(scope: Scope): MiddlewareHandler<App> {
  return async (c, next) => {
    const token = /^Bearer ([\w.~+/=-]{1,8192})$/i.exec(c.req.header('authorization') ?? '')?.[1]
    const actor = token === undefined ? null : await c.var.ports.tokens.verify(token)
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
