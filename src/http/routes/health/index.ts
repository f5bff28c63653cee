/** GET /health: this isolate runs; says which engine. Touches nothing else, so that it stays true under load. */

import { z } from '@hono/zod-openapi'
import { route, router } from '../../route.ts'

const Health = z.object({
  status: z.literal('ok'),
  engine: z.object({ version: z.string(), digest: z.string() }),
})

const healthRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/health',
    operationId: 'readHealth',
    tags: ['Public'],
    summary: 'Whether the service runs',
    responses: { 200: { description: 'It runs', content: { 'application/json': { schema: Health } } } },
  },
)

export const health = router().openapi(healthRoute, (c) =>
  c.json({ status: 'ok' as const, engine: c.var.ports.settings.engine }, 200, {
    'cache-control': 'no-store',
  }),
)
