/** /v1/webhooks: where your organization's messages are sent, and how each delivery went. */

import { z } from '@hono/zod-openapi'
import {
  changeSecret,
  readWebhook,
  replayDeliveries,
  replayMax,
  secretOverlapDays,
  startWebhook,
  stopWebhook,
  tryWebhook,
} from '../../../actions/notices/change-webhook.ts'
import { createWebhook, webhooksMax } from '../../../actions/notices/create-webhook.ts'
import { failingDaysMax } from '../../../actions/notices/send-deliveries.ts'
import { messageTypeNames } from '../../../certification/message-types.ts'
import {
  type Delivery,
  deliveryStates,
  type Replay,
  stopReasons,
  type Webhook,
} from '../../../ports/webhooks.ts'
import { Problem, type ProblemCode } from '../../../problem.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { jsonAnswer, jsonBody, route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, list, PageQuery, WebAddress } from '../../schemas.ts'

const tags = ['Notices']
const params = z.object({ webhookId: Id })

const Types = z.array(z.enum(messageTypeNames)).max(messageTypeNames.length)

const NewWebhook = z
  .strictObject({
    url: WebAddress(500).describe('https, on a host that the operator has allowed'),
    types: Types.default([]).describe('Which messages; empty for all'),
  })
  .openapi('NewWebhook')

const webhookMembers = {
  id: Id,
  url: z.url(),
  types: list(z.enum(messageTypeNames)),
  createdAt: Instant,
  failingSince: Instant.nullable().describe('Since when every try has failed'),
  stoppedAt: Instant.nullable(),
  stopReason: z
    .enum(stopReasons)
    .nullable()
    .describe(
      `\`gone\`: it answered 410; \`failing\`: every try of ${failingDaysMax} days failed; \`asked\`: you stopped it`,
    ),
}
const WebhookView = z.object(webhookMembers).openapi('Webhook')
const secret = z.string().describe('`whsec_…`, as Standard Webhooks libraries take it; told this once')
const MadeWebhook = z
  .object({ ...webhookMembers, secret: secret.nullable().describe('`whsec_…`; null on a retry') })
  .openapi('MadeWebhook')

const DeliveryView = z
  .object({
    id: Id,
    messageId: Id,
    type: z.enum(messageTypeNames),
    state: z.enum(deliveryStates),
    nextTryAt: Instant.nullable(),
    createdAt: Instant,
    attempts: list(z.object({ at: Instant, status: z.int().nullable(), error: z.string().nullable() })),
  })
  .openapi('Delivery')

function view({ organizationId: _, ...webhook }: Webhook) {
  return {
    ...webhook,
    createdAt: instant(webhook.createdAt),
    failingSince: webhook.failingSince && instant(webhook.failingSince),
    stoppedAt: webhook.stoppedAt && instant(webhook.stoppedAt),
  }
}

function viewDelivery({ dueAt, createdAt, attempts, ...delivery }: Delivery) {
  return {
    ...delivery,
    nextTryAt: dueAt && instant(dueAt),
    createdAt: instant(createdAt),
    attempts: attempts.map((attempt) => ({ ...attempt, at: instant(attempt.at) })),
  }
}

const createRoute = route(
  { access: 'notices:write' },
  {
    method: 'post',
    path: '/v1/webhooks',
    operationId: 'createWebhook',
    tags,
    summary: 'Have your organization’s messages sent to an address',
    description: `Signed as Standard Webhooks 1.0 says (\`webhook-id\`, \`webhook-timestamp\`, \`webhook-signature\`), tried again for three days. At most ${webhooksMax} run at once.`,
    request: {
      headers: IdempotencyHeader,
      body: jsonBody(NewWebhook),
    },
    responses: {
      201: jsonAnswer('Made; its secret is told this once', MadeWebhook),
      ...refusals('invalid-request', 'limit-reached', 'idempotency-key-reused'),
    },
  },
)

const listRoute = route(
  { access: 'notices:read' },
  {
    method: 'get',
    path: '/v1/webhooks',
    operationId: 'listWebhooks',
    tags,
    summary: 'List your organization’s webhooks, newest first',
    request: { query: PageQuery },
    responses: {
      200: jsonAnswer('One page', z.object({ webhooks: z.array(WebhookView) })),
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access: 'notices:read' },
  {
    method: 'get',
    path: '/v1/webhooks/{webhookId}',
    operationId: 'readWebhook',
    tags,
    summary: 'Read a webhook of your organization',
    request: { params },
    responses: { 200: jsonAnswer('The webhook', WebhookView), ...refusals('not-found') },
  },
)

const deliveriesRoute = route(
  { access: 'notices:read' },
  {
    method: 'get',
    path: '/v1/webhooks/{webhookId}/deliveries',
    operationId: 'listDeliveries',
    tags,
    summary: 'Read the log of a webhook: each message, each try and what it came to, newest first',
    request: { params, query: PageQuery.extend({ state: z.enum(deliveryStates).optional() }) },
    responses: {
      200: jsonAnswer('One page', z.object({ deliveries: z.array(DeliveryView) })),
      ...refusals('not-found', 'invalid-request'),
    },
  },
)

const secretRoute = route(
  { access: 'notices:write' },
  {
    method: 'post',
    path: '/v1/webhooks/{webhookId}/secret',
    operationId: 'changeWebhookSecret',
    tags,
    summary: 'Give a webhook a new secret',
    description: `The one before signs beside it for ${secretOverlapDays} day, so that the receiver can change over.`,
    request: { params },
    responses: {
      200: jsonAnswer('The new secret, told this once', z.object({ ...webhookMembers, secret })),
      ...refusals('not-found'),
    },
  },
)

/** A move of a webhook that says nothing beside. */
const moveRoute = <Name extends string>(
  name: Name,
  operationId: string,
  summary: string,
  ...refused: readonly ProblemCode[]
) =>
  route(
    { access: 'notices:write' },
    {
      method: 'post',
      path: `/v1/webhooks/{webhookId}/${name}` as const,
      operationId,
      tags,
      summary,
      request: { params, headers: IdempotencyHeader },
      responses: {
        200: jsonAnswer('As it stands then', WebhookView),
        ...refusals('not-found', 'idempotency-key-reused', ...refused),
      },
    },
  )

const stopRoute = moveRoute(
  'stop',
  'stopWebhook',
  'Send nothing more to a webhook, until it is started again',
)
const startRoute = moveRoute(
  'start',
  'startWebhook',
  'Send again, what waited first; what came while it was stopped goes out by a replay',
  'invalid-request',
  'limit-reached',
)
const tryRoute = moveRoute(
  'try',
  'tryWebhook',
  'Send a message of type `webhook.tried` to a webhook, within about a minute',
  'invalid-transition',
)

const Replayed = z
  .strictObject({
    deliveryIds: z.array(Id).min(1).max(100).optional().describe('These'),
    since: Instant.optional().describe('Or what your organization was told from this instant on'),
    until: Instant.optional().describe('And before this one; now, unless it is given'),
    failedOnly: z.boolean().default(true).describe('Only what has not arrived'),
  })
  .openapi('ReplayRequest')

const replayRoute = route(
  { access: 'notices:write' },
  {
    method: 'post',
    path: '/v1/webhooks/{webhookId}/replay',
    operationId: 'replayWebhook',
    tags,
    summary: 'Send messages again: named deliveries, or those of a time',
    description: `At most ${replayMax} of a time, the oldest first; ask again for the rest. A message keeps its \`webhook-id\`, by which a receiver knows what it has had.`,
    request: {
      params,
      headers: IdempotencyHeader,
      body: jsonBody(Replayed),
    },
    responses: {
      200: jsonAnswer('How many go out again', z.object({ replayed: z.int() })),
      ...refusals('not-found', 'invalid-request', 'idempotency-key-reused'),
    },
  },
)

/** @throws Problem `invalid-request` unless deliveries or a time are named, and not both. */
function replayOf({ deliveryIds, since, until, failedOnly }: z.infer<typeof Replayed>, now: Date): Replay {
  if (deliveryIds !== undefined && since === undefined && until === undefined) return { deliveryIds }
  if (deliveryIds === undefined && since !== undefined) {
    const end = until === undefined ? now : new Date(until)
    return { since: new Date(since), until: end, failedOnly, limit: replayMax }
  }
  throw new Problem('invalid-request', 'Name deliveries, or the instant from which on, and not both.', {
    pointer: '/since',
  })
}

export const webhooks = router()
  .openapi(createRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const made = await createWebhook(ports, { actor, mark, ...c.req.valid('json') })
    const location = `/v1/webhooks/${made.webhook.id}`
    return c.json({ ...view(made.webhook), secret: made.secret }, 201, { location })
  })
  .openapi(listRoute, async (c) => {
    const query = c.req.valid('query')
    const rows = await c.var.ports.webhooks.list(c.var.actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, ({ createdAt, id }) => newestFirstCursor(createdAt, id))
    return c.json({ webhooks: shown.map(view) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const { actor, ports } = c.var
    return c.json(view(await readWebhook(ports, actor, c.req.valid('param').webhookId)), 200)
  })
  .openapi(deliveriesRoute, async (c) => {
    const { actor, ports } = c.var
    const { webhookId } = c.req.valid('param')
    const { state = null, ...query } = c.req.valid('query')
    await readWebhook(ports, actor, webhookId)
    const rows = await ports.webhooks.listDeliveries(actor, webhookId, state, pageOf(query))
    const shown = answerPage(c, rows, query.limit, ({ createdAt, id }) => newestFirstCursor(createdAt, id))
    return c.json({ deliveries: shown.map(viewDelivery) }, 200)
  })
  .openapi(secretRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const changed = await changeSecret(ports, { actor, mark, ...c.req.valid('param') })
    return c.json({ ...view(changed.webhook), secret: changed.secret }, 200)
  })
  .openapi(stopRoute, async (c) => {
    const { actor, mark, ports } = c.var
    return c.json(view(await stopWebhook(ports, { actor, mark, ...c.req.valid('param') })), 200)
  })
  .openapi(startRoute, async (c) => {
    const { actor, mark, ports } = c.var
    return c.json(view(await startWebhook(ports, { actor, mark, ...c.req.valid('param') })), 200)
  })
  .openapi(tryRoute, async (c) => {
    const { actor, mark, ports } = c.var
    return c.json(view(await tryWebhook(ports, { actor, mark, ...c.req.valid('param') })), 200)
  })
  .openapi(replayRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const asked = replayOf(c.req.valid('json'), ports.world.now())
    const replayed = await replayDeliveries(ports, { actor, mark, ...c.req.valid('param'), asked })
    return c.json({ replayed }, 200)
  })
