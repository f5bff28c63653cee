/** What authorities say of certification bodies: recorded and withdrawn by the operator, public for anyone. */

import { z } from '@hono/zod-openapi'
import {
  accreditationsOf,
  recordAccreditation,
  withdrawAccreditation,
} from '../../../actions/accreditations/record-accreditation.ts'
import { accreditationKinds } from '../../../certification/accreditation-kinds.ts'
import { documentKinds, subjectKinds } from '../../../certification/scheme.ts'
import type { Accreditation } from '../../../ports/accreditations.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, line, list, Names, Slug } from '../../schemas.ts'

const scope = {
  kind: z.enum(accreditationKinds).describe('accreditation 认可 of competence, approval 批准 to certify'),
  authority: Names.describe('Who accredited or approved, e.g. CNAS, CNCA'),
  number: line(100).describe('The authority’s own number for it'),
  documentKinds: list(z.enum(documentKinds)),
  subjectKinds: list(z.enum(subjectKinds)),
  standards: list(line(80)).describe('As schemes name them'),
  sectors: list(z.string().regex(/^[A-T](?:\d{2})?$/, 'is a section or division, e.g. C or C38')).describe(
    'Sections and divisions of GB/T 4754; a section covers its divisions',
  ),
  validFrom: Instant,
  validUntil: Instant.nullable(),
  source: line(1000).describe('Where the authority says so'),
}

const NewAccreditationBody = z
  .strictObject({
    ...scope,
    documentKinds: z.array(z.enum(documentKinds)).min(1).max(documentKinds.length),
    subjectKinds: z.array(z.enum(subjectKinds)).min(1).max(subjectKinds.length),
    standards: z.array(line(80)).min(1).max(100),
    sectors: z
      .array(z.string().regex(/^[A-T](?:\d{2})?$/, 'is a section or division of GB/T 4754, e.g. C or C38'))
      .min(1)
      .max(200),
  })
  .openapi('NewAccreditation')

const AccreditationView = z
  .object({
    id: Id,
    url: z.url().describe('The signed fact'),
    ...scope,
    digest: z.string(),
    recordedAt: Instant,
    withdrawal: z.object({ at: Instant, reason: z.string() }).nullable(),
  })
  .openapi('Accreditation')

function viewAccreditation(fact: Accreditation, publicUrl: string): z.infer<typeof AccreditationView> {
  const { id, kind, authority, number, documentKinds: documents, subjectKinds: subjects } = fact
  const { standards, sectors, source, digest, withdrawal } = fact
  return {
    id,
    url: `${publicUrl}/accreditations/${id}`,
    kind,
    authority,
    number,
    documentKinds: documents,
    subjectKinds: subjects,
    standards,
    sectors,
    source,
    digest,
    validFrom: instant(fact.validFrom),
    validUntil: fact.validUntil && instant(fact.validUntil),
    recordedAt: instant(fact.recordedAt),
    withdrawal: withdrawal && { at: instant(withdrawal.at), reason: withdrawal.reason },
  }
}

const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })

const recordRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/accreditations',
    operationId: 'recordAccreditation',
    tags: ['Accreditations'],
    summary: 'State what an authority says of a certification body (operators only)',
    request: {
      params: z.object({ organizationId: Id }),
      headers: IdempotencyHeader,
      body: { required: true, content: json(NewAccreditationBody) },
    },
    responses: {
      201: { description: 'Signed, logged and public', content: json(AccreditationView) },
      ...refusals(
        'invalid-request',
        'role-required',
        'not-found',
        'already-exists',
        'idempotency-key-reused',
      ),
    },
  },
)

const withdrawRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/accreditations/{accreditationId}/withdrawal',
    operationId: 'withdrawAccreditation',
    tags: ['Accreditations'],
    summary: 'State that it holds no longer (operators only)',
    description: 'Nothing is issued on it from now on; what was issued on it stays issued.',
    request: {
      params: z.object({ organizationId: Id, accreditationId: Id }),
      headers: IdempotencyHeader,
      body: { required: true, content: json(z.strictObject({ reason: line(1000) })) },
    },
    responses: {
      200: { description: 'Withdrawn', content: json(AccreditationView) },
      ...refusals(
        'invalid-request',
        'role-required',
        'not-found',
        'invalid-transition',
        'idempotency-key-reused',
      ),
    },
  },
)

const publicRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/bodies/{slug}/accreditations',
    operationId: 'listAccreditations',
    tags: ['Accreditations'],
    summary: 'Accreditations and approvals of a certification body, newest first, withdrawn ones too',
    request: { params: z.object({ slug: Slug }) },
    responses: {
      200: {
        description: 'The facts',
        content: json(z.object({ accreditations: z.array(AccreditationView) })),
      },
      ...refusals('not-found'),
    },
  },
)

export const accreditations = router()
  .openapi(recordRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { organizationId } = c.req.valid('param')
    const { validFrom, validUntil, ...stated } = c.req.valid('json')
    const fact = await recordAccreditation(
      ports,
      { actor, mark, organizationId },
      {
        ...stated,
        validFrom: new Date(validFrom),
        validUntil: validUntil === null ? null : new Date(validUntil),
      },
    )
    return c.json(viewAccreditation(fact, ports.settings.publicUrl), 201, {
      location: `/accreditations/${fact.id}`,
    })
  })
  .openapi(withdrawRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { organizationId, accreditationId: factId } = c.req.valid('param')
    const { reason } = c.req.valid('json')
    const fact = await withdrawAccreditation(ports, { actor, mark, organizationId }, { factId, reason })
    return c.json(viewAccreditation(fact, ports.settings.publicUrl), 200)
  })
  .openapi(publicRoute, async (c) => {
    const { ports } = c.var
    const { facts } = await accreditationsOf(ports, c.req.valid('param').slug)
    return c.json(
      { accreditations: facts.map((fact) => viewAccreditation(fact, ports.settings.publicUrl)) },
      200,
    )
  })
