/** GET /v1/public/credentials/{credentialId}/mark: which mark a document may show today, without a token. */

import { z } from '@hono/zod-openapi'
import { readMark } from '../../../actions/lookup/read-mark.ts'
import { credentialStandings } from '../../../certification/credential-standing.ts'
import { markObstacles, markWords } from '../../../credential/mark.ts'
import { headCache } from '../../../ports/objects.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, list } from '../../schemas.ts'

const Words = z.object({ en: z.string().optional(), zh: z.string().optional() })

const MarkView = z
  .object({
    mayShow: z.boolean().describe('Whether the mark may be shown with the product or the document, today'),
    mark: z
      .object({ identifier: z.string(), label: Words })
      .nullable()
      .describe('The mark that the document states; null where it states none'),
    because: list(z.object({ obstacle: z.enum(markObstacles), en: z.string(), zh: z.string() })).describe(
      'Everything that stands against it; empty where it may be shown',
    ),
    number: z.string(),
    status: z.enum(credentialStandings),
    scheme: z.object({
      id: z.string(),
      version: z.string(),
      digest: z.string(),
      filing: z
        .object({ authority: Words, number: z.string() })
        .nullable()
        .describe('With which authority the scheme stands, under which number; null: none'),
    }),
  })
  .openapi('CredentialMark')

const markRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/public/credentials/{credentialId}/mark',
    operationId: 'readCredentialMark',
    tags: ['Public'],
    summary: 'Which mark a document may show today, and if none, why',
    description:
      'A mark is shown only where document, scheme, product category and the body’s approval all agree. Answers may be kept for 15 seconds.',
    request: { params: z.object({ credentialId: Id }) },
    responses: {
      200: {
        description: 'The mark, or what stands against it: an answer, not a refusal',
        content: { 'application/json': { schema: MarkView } },
      },
      ...refusals('invalid-request', 'not-found', 'unavailable'),
    },
  },
)

export const marks = router().openapi(markRoute, async (c) => {
  const { credential, standing, obstacles } = await readMark(c.var.ports, c.req.valid('param').credentialId)
  const { identifier: id, version, digest, filing = null } = credential.credentialSubject.scheme
  const answer = {
    mayShow: obstacles.length === 0,
    mark: credential.mark ?? null,
    because: obstacles.map((obstacle) => ({ obstacle, ...markWords[obstacle] })),
    ...{ number: credential.number, status: standing, scheme: { id, version, digest, filing } },
  }
  return c.json(answer, 200, { 'cache-control': headCache, 'access-control-allow-origin': '*' })
})
