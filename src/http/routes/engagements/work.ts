/** GET /v1/work: what awaits the caller, queue by queue. */

import { z } from '@hono/zod-openapi'
import { readWork, type WorkItem, workMax } from '../../../actions/engagements/read-work.ts'
import { engagementStates } from '../../../certification/engagement.ts'
import { type QueueName, queueNames } from '../../../certification/queues.ts'
import { documentKinds } from '../../../certification/scheme.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, Instant, instant, list, Names } from '../../schemas.ts'

const Organization = z.object({ id: Id, slug: z.string(), name: Names })

const Item = z
  .object({
    queues: list(z.enum(queueNames)),
    engagementId: Id,
    footprintId: Id,
    title: z.string(),
    state: z.enum(engagementStates),
    version: z.int(),
    documentKind: z.enum(documentKinds),
    client: Organization,
    body: Organization,
    openFindings: z.int(),
    answeredFindings: z.int(),
    answerBy: z.iso.date().nullable().describe('The first day by which an open finding is to be answered'),
    overdue: z.boolean(),
    waitingSince: Instant.describe('Of the last act'),
  })
  .openapi('WorkItem')

function viewItem({ queues, item, overdue }: WorkItem): z.infer<typeof Item> {
  const { id, footprintId, title, version, documentKind, client, body, answerBy, updatedAt, facts } = item
  const { state, openFindings, answeredFindings } = facts
  return {
    ...{ queues, engagementId: id, footprintId, title, state, version, documentKind, client, body },
    ...{ openFindings, answeredFindings, answerBy, overdue, waitingSince: instant(updatedAt) },
  }
}

const workRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/work',
    operationId: 'readWork',
    tags: ['Engagements'],
    summary: 'See what awaits you, queue by queue, the most urgent first',
    description: `A personal view: the client is bound to a member. At most ${workMax} engagements are looked through, those that waited longest.`,
    responses: {
      200: {
        description: 'The queues',
        content: {
          'application/json': {
            schema: z.object({
              counts: z.object(
                Object.fromEntries(queueNames.map((name) => [name, z.int()])) as Record<QueueName, z.ZodInt>,
              ),
              items: list(Item),
              more: z.boolean().describe('There are more engagements than were looked through'),
            }),
          },
        },
      },
      ...refusals('member-required'),
    },
  },
)

export const work = router().openapi(workRoute, async (c) => {
  const { counts, items, more } = await readWork(c.var.ports, c.var.actor)
  return c.json({ counts, items: items.map(viewItem), more }, 200)
})
