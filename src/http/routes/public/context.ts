/** GET /contexts/v1: the JSON-LD context that credentials name. Frozen: a changed term is a new context. */

import { z } from '@hono/zod-openapi'
import { contextBytes, contextPath } from '../../../credential/context.ts'
import { frozenCache } from '../../../ports/objects.ts'
import { route, router } from '../../route.ts'

const contentType: string = 'application/ld+json'

const contextRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: contextPath,
    operationId: 'readContext',
    tags: ['Public'],
    summary: 'The JSON-LD context of credentials',
    responses: {
      200: { description: 'The context', content: { [contentType]: { schema: z.any() } } },
    },
  },
)

const headers = {
  'content-type': contentType,
  'cache-control': frozenCache('public'),
  'access-control-allow-origin': '*',
}

/** Written out at the first request, and the same ever after. */
let written: ReturnType<typeof contextBytes> | undefined

export const context = router().openapi(contextRoute, (c) => {
  written ??= contextBytes()
  return c.body(written, 200, headers)
})
