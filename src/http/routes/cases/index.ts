/** /v1/cases: complaints, appeals, misuse and facts discovered later, for the body and for the client they are about. */

import { z } from '@hono/zod-openapi'
import { eraseContact, moveCase, readCase } from '../../../actions/cases/move-case.ts'
import { openCase } from '../../../actions/cases/open-case.ts'
import { caseStates } from '../../../certification/cases.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, PageQuery } from '../../schemas.ts'
import { CaseHead, CaseMoveBody, CaseView, NewCaseBody, viewCase, viewCaseHead } from './schema.ts'

const tags = ['Cases']
const params = z.object({ caseId: Id })
const whole = { description: 'The case', content: { 'application/json': { schema: CaseView } } }
const head = (description: string) => ({ description, content: { 'application/json': { schema: CaseHead } } })

const openRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/cases',
    operationId: 'openCase',
    tags,
    summary: 'Open a case about a document or an engagement of yours (member of body or client)',
    description:
      'An appeal is opened by the client’s responsible person, against something that was decided; a complaint by the client; misuse and facts discovered later by either.',
    request: {
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewCaseBody } } },
    },
    responses: {
      201: head('Opened'),
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'invalid-transition',
        'too-many-cases',
        'idempotency-key-reused',
      ),
    },
  },
)

const listRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/cases',
    operationId: 'listCases',
    tags,
    summary: 'List the cases that your organization hears or that are about it, newest first',
    request: { query: PageQuery.extend({ state: z.enum(caseStates).optional() }) },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ cases: z.array(CaseHead) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/cases/{caseId}',
    operationId: 'readCase',
    tags,
    summary: 'Read a case with everything you may see of it, and the moves you could make now',
    request: { params },
    responses: { 200: whole, ...refusals('not-found') },
  },
)

const moveRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/cases/{caseId}/moves',
    operationId: 'moveCase',
    tags,
    summary: 'Acknowledge, assign, extend, report, dismiss, decide or close a case, or speak in it',
    description:
      'A personal act. Whoever examines, dismisses or decides took no part in what the case is about: refused as `not-independent`, by the database too.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: CaseMoveBody } } },
    },
    responses: {
      200: head('After the move'),
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'invalid-transition',
        'not-independent',
        'too-many-items',
        'stale-state',
        'idempotency-key-reused',
      ),
    },
  },
)

const erasureRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/cases/{caseId}/contact-erasure',
    operationId: 'eraseContact',
    tags,
    summary: 'Erase name and address of whoever complained (manager of the body)',
    request: { params, headers: IdempotencyHeader },
    responses: { 200: whole, ...refusals('not-found', 'member-required', 'role-required') },
  },
)

export const cases = router()
  .openapi(openRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { kind, text, ...about } = c.req.valid('json')
    const row = await openCase(ports, { actor, mark, kind, text, about })
    return c.json(viewCaseHead(row, ports.world.now()), 201, { location: `/v1/cases/${row.id}` })
  })
  .openapi(listRoute, async (c) => {
    const { actor, ports } = c.var
    const query = c.req.valid('query')
    const rows = await ports.cases.list(actor, { state: query.state }, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.createdAt, row.id))
    return c.json({ cases: shown.map((row) => viewCaseHead(row, ports.world.now())) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const { actor, ports } = c.var
    const file = await readCase(ports, actor, c.req.valid('param').caseId)
    return c.json(viewCase(file, actor, ports.world.now()), 200)
  })
  .openapi(moveRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { caseId } = c.req.valid('param')
    const row = await moveCase(ports, { actor, mark, caseId, asked: askedOf(c.req.valid('json')) })
    return c.json(viewCaseHead(row, ports.world.now()), 200)
  })
  .openapi(erasureRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const file = await eraseContact(ports, { actor, mark, caseId: c.req.valid('param').caseId })
    return c.json(viewCase(file, actor, ports.world.now()), 200)
  })

/** A move as it was sent, its instants read. */
function askedOf(sent: z.infer<typeof CaseMoveBody>) {
  return sent.move === 'extend' ? { ...sent, dueAt: new Date(sent.dueAt) } : sent
}
