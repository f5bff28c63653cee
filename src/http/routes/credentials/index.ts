/** Issuing, and the credentials an organization stands behind. Reading one is public: see `../public`. */

import { z } from '@hono/zod-openapi'
import { issueCredential } from '../../../actions/credentials/issue-credential.ts'
import { moveCredential, readMoves } from '../../../actions/status/move-credential.ts'
import { credentialMoves, reasonClasses } from '../../../certification/credential-status.ts'
import type { CredentialMoveRow } from '../../../ports/status.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, PageQuery, text } from '../../schemas.ts'
import { CredentialView, viewCredential } from './schema.ts'

const MoveView = z
  .object({
    id: Id,
    number: z.int().describe('1 for the first'),
    move: z.enum(credentialMoves),
    reason: z.enum(reasonClasses),
    note: z.string().nullable().describe('Seen by body and holder only'),
    caseId: Id.nullable().describe('The case whose decision asked for it; for body and holder'),
    successorId: Id.nullable().describe('Of a supersession: the document that took its place'),
    effectiveAt: Instant,
    at: Instant,
    leafIndex: z.int().describe('Its place in the transparency log'),
  })
  .openapi('CredentialMove')

function viewMove(row: CredentialMoveRow) {
  const { id, number, move, reasonClass, note, caseId, successorId, effectiveAt, at, leafIndex } = row
  const view = { id, number, move, reason: reasonClass, note, caseId, successorId, leafIndex }
  return { ...view, effectiveAt: instant(effectiveAt), at: instant(at) }
}

const CredentialMoveBody = z
  .strictObject({
    move: z
      .enum(credentialMoves)
      .describe(
        'suspend 暂停, reinstate 恢复, withdraw 撤销 (for good), cancel 注销 (for good, at the holder’s wish), supersede 替换 (for good, by the document it names)',
      ),
    reason: z.enum(reasonClasses).describe('Public'),
    note: text(2000).nullable().default(null).describe('For body and holder; never public'),
    caseId: Id.nullable().default(null).describe('A decided case that asks for this move'),
    successorId: Id.nullable()
      .default(null)
      .describe('Of a supersession: the document in force whose engagement was declared to replace this one'),
  })
  .openapi('NewCredentialMove')

const moveRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/credentials/{credentialId}/moves',
    operationId: 'moveCredential',
    tags: ['Credentials'],
    summary: 'Suspend, reinstate, withdraw or cancel a document (decision maker of the body)',
    description:
      'Public at once: in the status list, which readers may keep for 30 seconds, and in the transparency log. Withdrawal and cancellation are for good.',
    request: {
      params: z.object({ credentialId: Id }),
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: CredentialMoveBody } } },
    },
    responses: {
      201: { description: 'Decided and public', content: { 'application/json': { schema: MoveView } } },
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'invalid-transition',
        'stale-state',
        'idempotency-key-reused',
      ),
    },
  },
)

const movesRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/credentials/{credentialId}/moves',
    operationId: 'listCredentialMoves',
    tags: ['Credentials'],
    summary: 'Every move of a document, oldest first (its body and its holder)',
    request: { params: z.object({ credentialId: Id }) },
    responses: {
      200: {
        description: 'The moves',
        content: { 'application/json': { schema: z.object({ moves: z.array(MoveView) }) } },
      },
      ...refusals('not-found'),
    },
  },
)

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
        'accreditation-missing',
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
  .openapi(moveRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { credentialId } = c.req.valid('param')
    const made = await moveCredential(ports, { actor, mark, credentialId, ...c.req.valid('json') })
    return c.json(viewMove(made), 201)
  })
  .openapi(movesRoute, async (c) => {
    const moves = await readMoves(c.var.ports, c.var.actor, c.req.valid('param').credentialId)
    return c.json({ moves: moves.map(viewMove) }, 200)
  })
  .openapi(listRoute, async (c) => {
    const { actor, ports } = c.var
    const query = c.req.valid('query')
    const rows = await ports.credentials.list(actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.issuedAt, row.id))
    return c.json({ credentials: shown.map((row) => viewCredential(row, ports.settings.publicUrl)) }, 200)
  })
