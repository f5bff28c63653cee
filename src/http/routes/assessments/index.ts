/** /v1/assessments: a body lets an accreditor's assessor read its engagements, for a while. */

import { z } from '@hono/zod-openapi'
import {
  assessmentDaysMax,
  grantAssessment,
  revokeAssessment,
} from '../../../actions/assessments/grant-assessment.ts'
import type { Assessment } from '../../../ports/assessments.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, list, PageQuery, text } from '../../schemas.ts'

const tags = ['Assessments']

const NewAssessment = z
  .strictObject({
    assessorMemberId: Id.describe('A member of an accreditation body with the role `assessor`'),
    engagementIds: z
      .array(Id)
      .min(1)
      .max(100)
      .nullable()
      .default(null)
      .describe('Which engagements; null for all of the body'),
    from: Instant.nullable().default(null).describe('Now or later; null for now'),
    until: Instant.describe(`At most ${assessmentDaysMax} days after it begins`),
    reason: text(1000),
  })
  .openapi('NewAssessment')

const AssessmentView = z
  .object({
    id: Id,
    bodyOrganizationId: Id,
    assessorMemberId: Id,
    engagementIds: list(Id).nullable().describe('null: all of the body'),
    from: Instant,
    until: Instant,
    reason: z.string(),
    grantedAt: Instant,
    revokedAt: Instant.nullable(),
  })
  .openapi('Assessment')

function view({ grantedByPersonId: _, validFrom, validUntil, ...row }: Assessment) {
  return {
    ...row,
    from: instant(validFrom),
    until: instant(validUntil),
    grantedAt: instant(row.grantedAt),
    revokedAt: row.revokedAt && instant(row.revokedAt),
  }
}

const answer = (description: string) => ({
  description,
  content: { 'application/json': { schema: AssessmentView } },
})

const grantRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/assessments',
    operationId: 'grantAssessment',
    tags,
    summary: 'Let an accreditor’s assessor read engagements for a while (manager of the body)',
    description:
      'The assessor reads what the body reads, makes no move, and leaves an entry in the engagement’s trail with each reading.',
    request: {
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewAssessment } } },
    },
    responses: {
      201: answer('Granted'),
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'person-on-both-sides',
        'idempotency-key-reused',
      ),
    },
  },
)

const listRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/assessments',
    operationId: 'listAssessments',
    tags,
    summary: 'List what your body granted, or your accreditation body was granted, newest first',
    request: { query: PageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ assessments: z.array(AssessmentView) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

const revokeRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/assessments/{assessmentId}/revoke',
    operationId: 'revokeAssessment',
    tags,
    summary: 'End an assessment at once, for good (manager of the body)',
    request: { params: z.object({ assessmentId: Id }), headers: IdempotencyHeader },
    responses: {
      200: answer('Revoked, since the first time'),
      ...refusals('not-found', 'member-required', 'role-required', 'idempotency-key-reused'),
    },
  },
)

export const assessments = router()
  .openapi(grantRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { from, until, ...asked } = c.req.valid('json')
    const term = { from: from === null ? null : new Date(from), until: new Date(until) }
    const { row } = await grantAssessment(ports, { actor, mark, asked: { ...asked, ...term } })
    return c.json(view(row), 201, { location: '/v1/assessments' })
  })
  .openapi(listRoute, async (c) => {
    const query = c.req.valid('query')
    const rows = await c.var.ports.assessments.list(c.var.actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, ({ grantedAt, id }) => newestFirstCursor(grantedAt, id))
    return c.json({ assessments: shown.map(view) }, 200)
  })
  .openapi(revokeRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const revoked = await revokeAssessment(ports, { actor, mark, ...c.req.valid('param') })
    return c.json(view(revoked), 200)
  })
