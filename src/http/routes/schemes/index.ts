/** /v1/schemes: the programmes' rules, public and frozen. */

import { z } from '@hono/zod-openapi'
import { schemeDocument } from '../../../certification/scheme.ts'
import type { SchemeVersion } from '../../../ports/registry.ts'
import { Problem } from '../../../problem.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Instant, instant } from '../../schemas.ts'

const SchemeView = z
  .object({
    id: z.string(),
    version: z.string(),
    digest: z.string().describe('SHA-256 of the canonical form, which is at /schemes/<hex>.json'),
    publishedAt: Instant,
    document: schemeDocument.describe('The scheme as it was published'),
  })
  .openapi('SchemeVersion')

const listRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/schemes',
    operationId: 'listSchemes',
    tags: ['Schemes'],
    summary: 'List the published scheme versions with their rules and wording',
    responses: {
      200: {
        description: 'All published versions',
        content: { 'application/json': { schema: z.object({ schemes: z.array(SchemeView) }) } },
      },
    },
  },
)

const readRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/schemes/{scheme}/versions/{version}',
    operationId: 'readScheme',
    tags: ['Schemes'],
    summary: 'Read a scheme version',
    request: {
      params: z.object({
        scheme: z.string().regex(/^[a-z0-9-]{1,80}$/),
        version: z.string().regex(/^[0-9a-z.-]{1,40}$/),
      }),
    },
    responses: {
      200: { description: 'The version', content: { 'application/json': { schema: SchemeView } } },
      ...refusals('not-found'),
    },
  },
)

function viewScheme({ body, publishedAt, ...row }: SchemeVersion): z.infer<typeof SchemeView> {
  return { ...row, publishedAt: instant(publishedAt), document: body as z.infer<typeof schemeDocument> }
}

/** Published versions are frozen; the list grows when something is published. */
const listCache = { 'cache-control': 'public, max-age=60' }

export const schemes = router()
  .openapi(listRoute, async (c) => {
    const versions = await c.var.ports.registry.listSchemes()
    return c.json({ schemes: versions.map(viewScheme) }, 200, listCache)
  })
  .openapi(readRoute, async (c) => {
    const { scheme, version } = c.req.valid('param')
    const found = await c.var.ports.registry.findScheme(scheme, version)
    if (!found) throw new Problem('not-found', `No version ${version} of the scheme ${scheme} is published.`)
    return c.json(viewScheme(found), 200, listCache)
  })
