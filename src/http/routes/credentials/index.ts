/** Issuing, and the credentials an organization stands behind. Reading one is public: see `../public`. */

import { z } from '@hono/zod-openapi'
import { issueCredential } from '../../../actions/credentials/issue-credential.ts'
import type { IssuedCredential } from '../../../ports/credentials.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, PageQuery } from '../../schemas.ts'

const CredentialView = z
  .object({
    id: Id,
    number: z.string().describe('What people quote, e.g. EGRET-2026-8F3K-27QD'),
    engagementId: Id,
    url: z.url().describe('The document as a page; the JWT with Accept: application/vc+jwt or under .jwt'),
    verifyUrl: z.url().describe('The page that verifies it in the visitor’s own browser'),
    jwt: z.string().describe('The signed credential, compact vc+jwt'),
    digest: z.string(),
    issuedAt: Instant,
  })
  .openapi('Credential')

function viewCredential(row: IssuedCredential, publicUrl: string): z.infer<typeof CredentialView> {
  const { id, number, engagementId, jwt, digest } = row
  return {
    id,
    number,
    engagementId,
    url: `${publicUrl}/credentials/${id}`,
    verifyUrl: `${publicUrl}/verify?credential=${id}`,
    jwt,
    digest,
    issuedAt: instant(row.issuedAt),
  }
}

const issueRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/engagements/{engagementId}/credential',
    operationId: 'issueCredential',
    tags: ['Credentials'],
    summary: 'Issue what the decision grants (decision maker or manager of the body)',
    description: 'Asked again, it answers the credential that stands; an engagement has at most one.',
    request: { params: z.object({ engagementId: Id }), headers: IdempotencyHeader },
    responses: {
      201: { description: 'Signed and public', content: { 'application/json': { schema: CredentialView } } },
      ...refusals(
        'not-found',
        'member-required',
        'role-required',
        'invalid-transition',
        'scheme-not-issuable',
        'factor-table-not-accepted',
        'stale-state',
      ),
    },
  },
)

const listRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/credentials',
    operationId: 'listCredentials',
    tags: ['Credentials'],
    summary: 'List the credentials your organization issued or holds, newest first',
    request: { query: PageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ credentials: z.array(CredentialView) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

export const credentials = router()
  .openapi(issueRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { engagementId } = c.req.valid('param')
    const issued = await issueCredential(ports, { actor, mark, engagementId })
    const view = viewCredential(issued, ports.settings.publicUrl)
    return c.json(view, 201, { location: `/credentials/${issued.id}` })
  })
  .openapi(listRoute, async (c) => {
    const { actor, ports } = c.var
    const query = c.req.valid('query')
    const rows = await ports.credentials.list(actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.issuedAt, row.id))
    return c.json({ credentials: shown.map((row) => viewCredential(row, ports.settings.publicUrl)) }, 200)
  })
