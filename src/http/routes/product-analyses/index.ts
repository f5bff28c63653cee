/** POST /v1/product-analyses and GET /v1/footprints/{footprintId}/analysis: where a product's result comes from. Nothing is kept. */

import { z } from '@hono/zod-openapi'
import { analyzeStateless } from '../../../actions/analyze-product.ts'
import { analyzeFootprint } from '../../../actions/footprints/analyze-footprint.ts'
import { refuseTooManyInBill } from '../../bill-of-materials.ts'
import { activityDataBytesMax } from '../../calculation.ts'
import { comparisonJsonLimits } from '../../middleware/body.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id } from '../../schemas.ts'
import { AnalysisBody, AnalysisQuery, settingsOf } from './asked.ts'
import { AnalysisView } from './view.ts'

const answer = {
  description: 'Everything that was asked for; it informs, and is no part of what is certified',
  content: { 'application/json': { schema: AnalysisView } },
}

const analyzeRoute = route(
  { access: 'calculations:run', bodyBytesMax: activityDataBytesMax, jsonLimits: comparisonJsonLimits },
  {
    method: 'post',
    path: '/v1/product-analyses',
    operationId: 'analyzeProduct',
    tags: ['Calculations'],
    summary: 'Analyze a product system; nothing is kept',
    description:
      'Contributions as a list, as a tree of paths and as Sankey data, sensitivities to every amount, factor, output and parameter, the inputs that matter, Monte Carlo from a seed, scenarios, parameter tables, and two alternatives on the same draws.',
    request: { body: { required: true, content: { 'application/json': { schema: AnalysisBody } } } },
    responses: {
      200: answer,
      ...refusals(
        'malformed-json',
        'invalid-request',
        'too-many-items',
        'body-too-large',
        'invalid-number',
        'unknown-factor-table',
        'unknown-factor',
        'unknown-line',
        'unknown-parameter',
        'parameter-invalid',
        'not-comparable',
        'analysis-too-large',
        'singular-system',
      ),
    },
  },
)

const footprintRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/analysis',
    operationId: 'analyzeFootprint',
    tags: ['Footprints'],
    summary: 'Analyze a product’s footprint as it stands, or a frozen revision',
    description:
      'As it stands for its owner; a revision for its owner and for a body it was put before, where this engine comes to the figure that was frozen.',
    request: { params: z.object({ footprintId: Id }), query: AnalysisQuery },
    responses: {
      200: answer,
      ...refusals(
        'invalid-request',
        'not-found',
        'footprint-incomplete',
        'recomputation-differs',
        'analysis-too-large',
        'unknown-factor-table',
        'unknown-factor',
        'ambiguous-factor',
      ),
    },
  },
)

export const productAnalyses = router()
  .openapi(analyzeRoute, async (c) => {
    const { system, ...asked } = c.req.valid('json')
    refuseTooManyInBill(system)
    if (asked.comparison && 'system' in asked.comparison) refuseTooManyInBill(asked.comparison.system)
    const { ports, actor } = c.var
    return c.json(await analyzeStateless(ports, actor, system, settingsOf(asked)), 200)
  })
  .openapi(footprintRoute, async (c) => {
    const { revision, ...asked } = c.req.valid('query')
    const { ports, actor } = c.var
    const wanted = { actor, footprintId: c.req.valid('param').footprintId, revision: revision ?? null }
    c.header('cache-control', 'private, no-store')
    const request = { ...settingsOf(asked), scenarios: [], parameterTables: [] }
    return c.json(await analyzeFootprint(ports, wanted, request), 200)
  })
