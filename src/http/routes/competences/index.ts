/** /v1/members/{memberId}/competences: for which role and sector a member of a body is competent, on which evidence. */

import { z } from '@hono/zod-openapi'
import {
  endCompetence,
  listCompetences,
  recordCompetence,
} from '../../../actions/competences/record-competence.ts'
import { processRoles } from '../../../certification/engagement.ts'
import type { CompetenceRow } from '../../../ports/competences.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, text } from '../../schemas.ts'

const tags = ['Competences']
const bodyRoles = processRoles.filter((role) => role !== 'preparer' && role !== 'responsible')

export const Sector = z
  .string()
  .regex(/^[A-T](?:[0-9]{2})?$/, 'is a section or division of GB/T 4754 such as "C" or "C38"')

const NewCompetence = z
  .strictObject({
    role: z.enum(bodyRoles),
    sector: Sector.describe('GB/T 4754; a section such as C holds its divisions'),
    evidence: text(4000).describe('What it rests on: training, examinations, engagements'),
    validFrom: z.iso.date(),
    validUntil: z.iso.date().nullable().default(null).describe('Last day'),
  })
  .openapi('NewCompetence')

const CompetenceView = z
  .object({
    id: Id,
    memberId: Id,
    role: z.enum(processRoles),
    sector: z.string(),
    evidence: z.string(),
    validFrom: z.iso.date(),
    validUntil: z.iso.date().nullable(),
    createdAt: Instant,
  })
  .openapi('Competence')

function viewCompetence({ organizationId: _, recordedByPersonId: __, createdAt, ...row }: CompetenceRow) {
  return { ...row, createdAt: instant(createdAt) }
}

const params = z.object({ memberId: Id })
const refused = [
  'invalid-request',
  'not-found',
  'member-required',
  'role-required',
  'not-independent',
  'idempotency-key-reused',
] as const

const recordRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/members/{memberId}/competences',
    operationId: 'recordCompetence',
    tags,
    summary: 'Record a competence of a member, never one’s own (manager of the body)',
    request: {
      params,
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewCompetence } } },
    },
    responses: {
      201: { description: 'Recorded', content: { 'application/json': { schema: CompetenceView } } },
      ...refusals(...refused),
    },
  },
)

const endRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/members/{memberId}/competences/{competenceId}/end',
    operationId: 'endCompetence',
    tags,
    summary: 'End a competence on a day; what was recorded stays (manager of the body)',
    request: {
      params: params.extend({ competenceId: Id }),
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.strictObject({ on: z.iso.date().describe('Last day') }).openapi('CompetenceEnd'),
          },
        },
      },
    },
    responses: {
      200: { description: 'Ended', content: { 'application/json': { schema: CompetenceView } } },
      ...refusals(...refused, 'invalid-transition'),
    },
  },
)

const listRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/members/{memberId}/competences',
    operationId: 'listCompetences',
    tags,
    summary: 'List what is recorded of a member of your organization, oldest first',
    request: { params },
    responses: {
      200: {
        description: 'The competences',
        content: { 'application/json': { schema: z.object({ competences: z.array(CompetenceView) }) } },
      },
      ...refusals('not-found'),
    },
  },
)

export const competences = router()
  .openapi(recordRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const request = { actor, mark, ...c.req.valid('param'), competence: c.req.valid('json') }
    const { row } = await recordCompetence(ports, request)
    return c.json(viewCompetence(row), 201, { location: `/v1/members/${row.memberId}/competences` })
  })
  .openapi(endRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const request = { actor, mark, ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(viewCompetence(await endCompetence(ports, request)), 200)
  })
  .openapi(listRoute, async (c) => {
    const rows = await listCompetences(c.var.ports, c.var.actor, c.req.valid('param').memberId)
    return c.json({ competences: rows.map(viewCompetence) }, 200)
  })
