/** One way to declare a route: who may call it, how large its body may be, and the OpenAPI description in one place. */

import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { pointerOf } from '../json/pointer.ts'
import { locate } from '../json/scan.ts'
import type { Scope } from '../ports/parties.ts'
import { Problem } from '../problem.ts'
import type { App } from './context.ts'
import { requireScope } from './middleware/access.ts'
import { type JsonLimits, readBody } from './middleware/body.ts'

/** Every route states who may call it: anyone, or a token with this scope. */
export type Access = 'public' | Scope

/** Default bound of a body: no resource but activity data needs more. */
const bodyBytesDefault = 256 * 1024

interface Guards {
  readonly access: Access
  readonly bodyBytesMax?: number
  /** Bounds of a JSON body beside its bytes, where it holds more than usual. */
  readonly jsonLimits?: JsonLimits
}

/** Declares a route with its guards; the handler receives `actor`, `mark` and `body` in `c.var`. */
export function route<P extends string, R extends Omit<RouteConfig, 'path'> & { path: P }>(
  guards: Guards,
  config: R,
): ReturnType<typeof createRoute<P, R>> {
  const middleware: MiddlewareHandler<App>[] = guards.access === 'public' ? [] : [requireScope(guards.access)]
  if (config.method !== 'get' && config.method !== 'head') {
    const mediaTypes = Object.keys(config.request?.body?.content ?? {})
    middleware.push(readBody(guards.bodyBytesMax ?? bodyBytesDefault, mediaTypes, guards.jsonLimits))
  }
  const security = guards.access === 'public' ? [] : [{ clientCredentials: [guards.access] }]
  return createRoute({ ...config, middleware, security } as unknown as R)
}

/** An answer in JSON, as OpenAPI describes it. */
export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } }
}

/** A body in JSON that a request must have. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema) {
  return { required: true as const, content: { 'application/json': { schema } } }
}

/** A router whose schema failures are refusals that name the field and, for JSON, its line and column. */
export function router(): OpenAPIHono<App> {
  return new OpenAPIHono<App>({
    defaultHook: (result, c) => {
      if (result.success) return
      const { body } = (c as Context<App>).var
      const text = result.target === 'json' ? new TextDecoder().decode(body) : null
      throw invalidRequest(result.error, result.target, text)
    },
  })
}

/** A list with more items than its bound. */
function isTooLong(issue: z.core.$ZodIssue | undefined): boolean {
  return issue?.code === 'too_big' && issue.origin === 'array'
}

/**
 * The refusal of what breaks its schema: the first field and up to 49 more.
 *
 * @param target `json`, `query`, `param`, `header`, or the part of a form.
 * @param text the JSON text that was read, for line and column; null where there is none.
 */
export function invalidRequest(error: z.ZodError, target: string, text: string | null): Problem {
  const found = error.issues.slice(0, 50).map((issue) => ({
    pointer: pointerOf(issue.path as (string | number)[]),
    message: issue.message,
  }))
  const [first] = found
  const place = text === null ? {} : locate(text, first?.pointer ?? '')
  const where = target === 'json' ? 'body' : target
  return new Problem(
    isTooLong(error.issues[0]) ? 'too-many-items' : 'invalid-request',
    `${first?.pointer || `The ${where}`}: ${first?.message ?? 'is wrong'}.`,
    {
      in: where,
      pointer: first?.pointer ?? '',
      ...place,
      errors: found,
    },
  )
}
