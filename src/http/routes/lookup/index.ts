/** GET /v1/public/credentials: what anyone may know of issued documents, without a token. */

import { z } from '@hono/zod-openapi'
import { listPublic, lookUpId, lookUpNumber, type WantedList } from '../../../actions/lookup/look-up.ts'
import { headCache } from '../../../ports/objects.ts'
import { Problem } from '../../../problem.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, list, PageQuery, Slug, words } from '../../schemas.ts'
import { DetailView, ItemView, SurveillanceView, viewDetail, viewItem, viewSurveillance } from './schema.ts'

const tags = ['Public']

/** Shared caches too: a move shows within this time. */
const cache = { 'cache-control': headCache, 'access-control-allow-origin': '*' }

const LookupQuery = PageQuery.extend({
  number: words(100)
    .optional()
    .describe(
      'The number on a document; case, spaces, dashes, width, O for 0 and I or L for 1 do not matter',
    ),
  holder: words(100).optional().describe('The holder’s unified social credit code 统一社会信用代码'),
  body: Slug.optional().describe('The slug of a certification body'),
  development: z
    .enum(['true', 'false'])
    .default('false')
    .transform((written) => written === 'true')
    .openapi({ type: 'boolean', default: false })
    .describe('Whether lists show documents issued for trying out; a number finds them anyway'),
})

const lookupRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/public/credentials',
    operationId: 'lookUpCredentials',
    tags,
    summary: 'Look documents up by number, by holder or by certification body, with how they stand',
    description:
      'Exactly one of `number`, `holder` and `body`. A number is found or it is `not-found`; lists are newest first. Answers may be kept for 30 seconds. The status is what the body decided; what a reader can prove of it is in the signed status list and in the log.',
    request: { query: LookupQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ credentials: list(ItemView) }) } },
      },
      ...refusals('invalid-request', 'identifier-invalid', 'not-found'),
    },
  },
)

const detailRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/public/credentials/{credentialId}',
    operationId: 'readPublicCredential',
    tags,
    summary: 'A document with how it stands, and every move of it',
    request: { params: z.object({ credentialId: Id }) },
    responses: {
      200: { description: 'The document', content: { 'application/json': { schema: DetailView } } },
      ...refusals('not-found'),
    },
  },
)

const surveillanceRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/public/credentials/{credentialId}/surveillance',
    operationId: 'readSurveillance',
    tags,
    summary: 'Whether surveillance of a certificate is kept, due or overdue',
    description:
      'A statement speaks of a point in time and has none: `not-found`, as for a certificate whose scheme asks for none.',
    request: { params: z.object({ credentialId: Id }) },
    responses: {
      200: { description: 'As it stands now', content: { 'application/json': { schema: SurveillanceView } } },
      ...refusals('not-found'),
    },
  },
)

/** The one thing asked for. @throws Problem `invalid-request` for none or several. */
function wantedOf(query: z.infer<typeof LookupQuery>): { readonly number: string } | WantedList {
  const { number, holder, body } = query
  const asked = [
    number === undefined ? null : { number },
    holder === undefined ? null : { holder },
    body === undefined ? null : { body },
  ].filter((given) => given !== null)
  const [only] = asked
  if (only !== undefined && asked.length === 1) return only
  throw new Problem('invalid-request', 'Ask for exactly one of number, holder and body.', {
    in: 'query',
    pointer: '',
  })
}

export const lookup = router()
  .openapi(lookupRoute, async (c) => {
    const { ports } = c.var
    const { publicUrl } = ports.settings
    const query = c.req.valid('query')
    const wanted = wantedOf(query)
    if ('number' in wanted) {
      const found = await lookUpNumber(ports, wanted.number)
      return c.json({ credentials: [viewItem(found, publicUrl)] }, 200, cache)
    }
    const rows = await listPublic(ports, wanted, query.development, pageOf(query))
    const shown = answerPage(c, rows, query.limit, ({ issuedAt, id }) => newestFirstCursor(issuedAt, id))
    return c.json({ credentials: shown.map((row) => viewItem(row, publicUrl)) }, 200, cache)
  })
  .openapi(detailRoute, async (c) => {
    const { ports } = c.var
    const found = await lookUpId(ports, c.req.valid('param').credentialId)
    return c.json(viewDetail(found, ports.settings.publicUrl), 200, cache)
  })
  .openapi(surveillanceRoute, async (c) => {
    const { surveillance } = await lookUpId(c.var.ports, c.req.valid('param').credentialId)
    if (surveillance === null) throw new Problem('not-found', 'This document has no surveillance.')
    return c.json(viewSurveillance(surveillance), 200, cache)
  })
