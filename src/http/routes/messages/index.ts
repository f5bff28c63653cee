/** /v1/messages: what your organization was told. */

import { z } from '@hono/zod-openapi'
import { markRead } from '../../../actions/notices/mark-read.ts'
import { pathOf } from '../../../actions/notices/send-deliveries.ts'
import { messageTypeNames, messageTypes } from '../../../certification/message-types.ts'
import type { Message } from '../../../ports/messages.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, Instant, instant, Names, PageQuery } from '../../schemas.ts'

const tags = ['Notices']

const MessageView = z
  .object({
    id: Id.describe('Also the `webhook-id` under which it is sent'),
    at: Instant,
    type: z.enum(messageTypeNames),
    title: Names,
    subject: z.string().describe('What it is about, e.g. `engagement`'),
    subjectId: Id,
    href: z.url().nullable().describe('Where more is to be read of it'),
    facts: z.record(z.string(), z.unknown()).describe('States, numbers and dates; no name and no free text'),
    read: z.boolean().describe('Whether somebody of the organization has marked it as read'),
  })
  .openapi('Message')

function view(publicUrl: string, { isRead, organizationId: _, ...message }: Message & { isRead: boolean }) {
  const path = pathOf(message.subject, message.subjectId)
  return {
    ...message,
    at: instant(message.at),
    title: messageTypes[message.type],
    href: path && `${publicUrl}${path}`,
    read: isRead,
  }
}

const listRoute = route(
  { access: 'notices:read' },
  {
    method: 'get',
    path: '/v1/messages',
    operationId: 'listMessages',
    tags,
    summary: 'List what your organization was told, newest first: moves and deadlines',
    request: {
      query: PageQuery.extend({
        type: z
          .union([z.enum(messageTypeNames), z.array(z.enum(messageTypeNames)).max(messageTypeNames.length)])
          .optional()
          .describe('Only these types'),
        unread: z.enum(['true', 'false']).default('false').describe('Only what nobody has marked as read'),
      }),
    },
    responses: {
      200: {
        description: 'One page',
        content: {
          'application/json': {
            schema: z.object({ unread: z.int().describe('All in all'), messages: z.array(MessageView) }),
          },
        },
      },
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access: 'notices:read' },
  {
    method: 'post',
    path: '/v1/messages/{messageId}/read',
    operationId: 'markRead',
    tags,
    summary: 'Mark a message, and everything before it, as read by your organization',
    request: { params: z.object({ messageId: Id }) },
    responses: {
      200: {
        description: 'How many are unread now',
        content: { 'application/json': { schema: z.object({ unread: z.int() }) } },
      },
      ...refusals('not-found'),
    },
  },
)

export const messages = router()
  .openapi(listRoute, async (c) => {
    const { limit, after, type = [], unread } = c.req.valid('query')
    const { ports, actor } = c.var
    const wanted = { types: [type].flat(), unread: unread === 'true' }
    const [count, rows] = await Promise.all([
      ports.messages.countUnread(actor),
      ports.messages.list(actor, wanted, pageOf({ limit, after })),
    ])
    const shown = answerPage(c, rows, limit, ({ at, id }) => newestFirstCursor(at, id))
    return c.json({ unread: count, messages: shown.map((row) => view(ports.settings.publicUrl, row)) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const { ports, actor } = c.var
    return c.json({ unread: await markRead(ports, actor, c.req.valid('param').messageId) }, 200)
  })
