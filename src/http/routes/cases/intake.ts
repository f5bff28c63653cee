/** POST /v1/bodies/{slug}/complaints and /v1/complaints/{number}: complaints of people without an account. */

import { z } from '@hono/zod-openapi'
import { eraseOwnContact, readReceived, sayMore } from '../../../actions/cases/receipt.ts'
import { receiveComplaint } from '../../../actions/cases/receive-complaint.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { IdempotencyHeader, instant, Slug, words } from '../../schemas.ts'
import { ComplaintBody, ReceiptView, ReceivedView, StatementBody, viewReceived } from './schema.ts'

const tags = ['Public']

/** Small: a complaint is a text, and files are asked for when somebody examines it. */
const bodyBytesMax = 32 * 1024

const params = z.object({ number: words(100).describe('As it was told; written as one likes') })
const ReceiptHeader = z.object({
  'egret-receipt': z.string().max(100).describe('The receipt that came with the number'),
})
const received = {
  description: 'The complaint as it stands',
  content: { 'application/json': { schema: ReceivedView } },
}
/** Nobody keeps what only the receipt opens. */
const unkept = { 'cache-control': 'no-store' }

const complainRoute = route(
  { access: 'public', bodyBytesMax },
  {
    method: 'post',
    path: '/v1/bodies/{slug}/complaints',
    operationId: 'complain',
    tags,
    summary: 'Complain of a body, a document or its holder, without an account',
    description:
      'The answer has a number to quote and a receipt, a secret that opens the case to whoever has it. With an Idempotency-Key a retry is answered the same; choose a random one. A body takes in a bounded number before it has looked at them (`too-many-cases`).',
    request: {
      params: z.object({ slug: Slug }),
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: ComplaintBody } } },
    },
    responses: {
      201: { description: 'Received', content: { 'application/json': { schema: ReceiptView } } },
      ...refusals('invalid-request', 'not-found', 'body-too-large', 'too-many-cases'),
    },
  },
)

const readRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/complaints/{number}',
    operationId: 'readComplaint',
    tags,
    summary: 'How a complaint stands, for whoever holds its receipt',
    description: 'A number that is none and a receipt that is another’s are refused alike.',
    request: { params, headers: ReceiptHeader },
    responses: { 200: received, ...refusals('invalid-request', 'not-found') },
  },
)

const statementRoute = route(
  { access: 'public', bodyBytesMax },
  {
    method: 'post',
    path: '/v1/complaints/{number}/statements',
    operationId: 'addToComplaint',
    tags,
    summary: 'Say more, while nothing is decided',
    request: {
      params,
      headers: ReceiptHeader.extend(IdempotencyHeader.shape),
      body: { required: true, content: { 'application/json': { schema: StatementBody } } },
    },
    responses: {
      200: received,
      ...refusals('invalid-request', 'not-found', 'invalid-transition', 'too-many-items', 'stale-state'),
    },
  },
)

const erasureRoute = route(
  { access: 'public' },
  {
    method: 'post',
    path: '/v1/complaints/{number}/erasure',
    operationId: 'eraseComplainant',
    tags,
    summary: 'Have your name and address erased; the case goes on',
    request: { params, headers: ReceiptHeader },
    responses: { 200: received, ...refusals('invalid-request', 'not-found') },
  },
)

export const complaints = router()
  .openapi(complainRoute, async (c) => {
    const { ports, mark } = c.var
    const { slug } = c.req.valid('param')
    const { row, receipt } = await receiveComplaint(ports, { slug, mark, ...c.req.valid('json') })
    const { number, state } = row
    const deadlines = { acknowledgeBy: instant(row.acknowledgeBy), dueAt: instant(row.dueAt) }
    return c.json({ number, receipt, state, ...deadlines }, 201, unkept)
  })
  .openapi(readRoute, async (c) => {
    const { ports } = c.var
    const file = await readReceived(ports, receiptOf(c.req.valid('param'), c.req.valid('header')))
    return c.json(viewReceived(file, ports.world.now()), 200, unkept)
  })
  .openapi(statementRoute, async (c) => {
    const { ports, mark } = c.var
    const receipt = receiptOf(c.req.valid('param'), c.req.valid('header'))
    const file = await sayMore(ports, { ...receipt, mark, ...c.req.valid('json') })
    return c.json(viewReceived(file, ports.world.now()), 200, unkept)
  })
  .openapi(erasureRoute, async (c) => {
    const { ports, mark } = c.var
    const receipt = receiptOf(c.req.valid('param'), c.req.valid('header'))
    const file = await eraseOwnContact(ports, { ...receipt, mark })
    return c.json(viewReceived(file, ports.world.now()), 200, unkept)
  })

function receiptOf({ number }: z.infer<typeof params>, header: z.infer<typeof ReceiptHeader>) {
  return { number, receipt: header['egret-receipt'] }
}
