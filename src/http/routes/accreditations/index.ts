/** Accreditations and approvals of certification bodies: the operator writes them down with their source; anyone may read them. */

import { z } from '@hono/zod-openapi'
import {
  recordAccreditation,
  withdrawAccreditation,
} from '../../../actions/accreditations/record-accreditation.ts'
import { accreditationKinds } from '../../../certification/accreditation-kinds.ts'
import { documentKinds, subjectKinds } from '../../../certification/scheme.ts'
import type { Accreditation } from '../../../ports/accreditations.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, line, Names, text, WebAddress } from '../../schemas.ts'

const Sector = z
  .string()
  .regex(/^[A-T](?:[0-9]{2})?$/, 'is a section or division of GB/T 4754, e.g. C or C38')
  .describe('GB/T 4754; a section covers its divisions')

const stated = {
  kind: z.enum(accreditationKinds),
  authority: Names.describe('Who accredits 认可 or approves 批准'),
  number: line(100).describe('The authority’s own number for it'),
  documentKinds: z.array(z.enum(documentKinds)).min(1).max(documentKinds.length),
  subjectKinds: z.array(z.enum(subjectKinds)).min(1).max(subjectKinds.length),
  standards: z.array(line(80)).min(1).max(50).describe('As schemes name them, e.g. ISO 14064-1:2018'),
  sectors: z.array(Sector).min(1).max(120),
  source: WebAddress(1000).describe('Where the authority says so'),
}

const NewAccreditationBody = z
  .strictObject({
    ...stated,
    validFrom: Instant,
    validUntil: Instant.nullable().default(null),
  })
  .refine(({ validFrom, validUntil }) => validUntil === null || validFrom < validUntil, {
    path: ['validUntil'],
    message: 'is after validFrom',
  })
  .openapi('NewAccreditation')

const AccreditationView = z
  .object({
    id: Id,
    ...stated,
    validFrom: Instant,
    validUntil: Instant.nullable(),
    url: z.url().describe('The signed fact, vc+jwt'),
    digest: z.string(),
    recordedAt: Instant,
    withdrawal: z.object({ at: Instant, reason: z.string() }).nullable(),
  })
  .openapi('Accreditation')

function view(fact: Accreditation, publicUrl: string): z.infer<typeof AccreditationView> {
  const {
    bodyOrganizationId: _body,
    jwt: _jwt,
    validFrom,
    validUntil,
    recordedAt,
    withdrawal,
    ...rest
  } = fact
  return {
    ...rest,
    documentKinds: [...rest.documentKinds],
    subjectKinds: [...rest.subjectKinds],
    standards: [...rest.standards],
    sectors: [...rest.sectors],
    validFrom: instant(validFrom),
    validUntil: validUntil && instant(validUntil),
    url: `${publicUrl}/accreditations/${fact.id}`,
    recordedAt: instant(recordedAt),
    withdrawal: withdrawal && { ...withdrawal, at: instant(withdrawal.at) },
  }
}

const BodyParams = z.object({ organizationId: Id })

const recordRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/accreditations',
    operationId: 'recordAccreditation',
    tags: ['Parties'],
    summary: 'Record an accreditation or approval of a certification body (operators only)',
    description: 'Signed by the installation, public and in the transparency log at once, and never changed.',
    request: {
      params: BodyParams,
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewAccreditationBody } } },
    },
    responses: {
      201: { description: 'Recorded', content: { 'application/json': { schema: AccreditationView } } },
      ...refusals('invalid-request', 'not-found', 'role-required', 'idempotency-key-reused'),
    },
  },
)

const withdrawRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/accreditations/{accreditationId}/withdraw',
    operationId: 'withdrawAccreditation',
    tags: ['Parties'],
    summary: 'Withdraw it, for good (operators only)',
    description: 'Nothing is issued on it from then on; what was issued before stays as it was.',
    request: {
      params: z.object({ accreditationId: Id }),
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: { 'application/json': { schema: z.strictObject({ reason: text(2000) }) } },
      },
    },
    responses: {
      200: { description: 'Withdrawn', content: { 'application/json': { schema: AccreditationView } } },
      ...refusals(
        'invalid-request',
        'not-found',
        'role-required',
        'invalid-transition',
        'idempotency-key-reused',
      ),
    },
  },
)

const listRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/organizations/{organizationId}/accreditations',
    operationId: 'listAccreditations',
    tags: ['Public'],
    summary: 'Every accreditation and approval that was recorded of a body, newest first; withdrawn ones too',
    request: { params: BodyParams },
    responses: {
      200: {
        description: 'The facts',
        content: {
          'application/json': { schema: z.object({ accreditations: z.array(AccreditationView) }) },
        },
      },
      ...refusals('invalid-request'),
    },
  },
)

export const accreditations = router()
  .openapi(recordRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { validFrom, validUntil, ...rest } = c.req.valid('json')
    const fact = {
      ...rest,
      validFrom: new Date(validFrom),
      validUntil: validUntil === null ? null : new Date(validUntil),
    }
    const bodyOrganizationId = c.req.valid('param').organizationId
    const made = await recordAccreditation(ports, { actor, mark, bodyOrganizationId, fact })
    return c.json(view(made, ports.settings.publicUrl), 201, { location: `/accreditations/${made.id}` })
  })
  .openapi(withdrawRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { accreditationId: id } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    const withdrawn = await withdrawAccreditation(ports, { actor, mark, id, reason })
    return c.json(view(withdrawn, ports.settings.publicUrl), 200)
  })
  .openapi(listRoute, async (c) => {
    const { ports } = c.var
    const facts = await ports.accreditations.ofBody(c.req.valid('param').organizationId)
    const shown = facts.map((fact) => view(fact, ports.settings.publicUrl))
    return c.json({ accreditations: shown }, 200, { 'cache-control': 'public, max-age=30' })
  })
