/** GET /metrics: what tells whether the installation keeps up, for Prometheus and whatever reads its format; the operator's clients only. */

import { z } from '@hono/zod-openapi'
import { readMeasures } from '../../../actions/operations/read-measures.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { metricsText, metricsType } from './text.ts'

const metricsRoute = route(
  { access: 'metrics:read' },
  {
    method: 'get',
    path: '/metrics',
    operationId: 'readMetrics',
    tags: ['Operations'],
    summary: 'Measures worth an alarm',
    description:
      'Prometheus text format. `egret_alarm{measure="…"}` is 1 for each measure with a value above its threshold; ' +
      'docs/operations.md says what to do. A scraper gets its tokens with the client credentials grant.',
    responses: {
      200: { description: 'The measures', content: { [metricsType as string]: { schema: z.string() } } },
      ...refusals('unauthorized', 'insufficient-scope', 'role-required'),
    },
  },
)

export const metrics = router().openapi(metricsRoute, async (c) => {
  const { measured, context } = await readMeasures(c.var.ports, c.var.actor)
  return c.body(metricsText(measured, context), 200, {
    'content-type': metricsType,
    'cache-control': 'no-store',
  }) as never
})
