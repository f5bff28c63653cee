/** /v1/persons: natural persons, registered once across all organizations. */

import { z } from '@hono/zod-openapi'
import { createPerson } from '../../../actions/parties/create-person.ts'
import { erasePerson } from '../../../actions/parties/erase-person.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Country, Id, IdempotencyHeader, Instant, instant, line } from '../../schemas.ts'

const NewPerson = z
  .strictObject({
    name: line(100),
    identityDocument: z
      .strictObject({
        kind: z.enum(['resident-identity-card', 'passport']),
        country: Country,
        number: z.string().regex(/^[A-Za-z0-9]{5,20}$/, 'is 5 to 20 letters and digits'),
      })
      .describe('Kept only as a keyed hash, so that the same person is found again'),
  })
  .openapi('NewPerson')

const PersonView = z.object({ id: Id, name: z.string(), createdAt: Instant }).openapi('Person')

const createRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/persons',
    operationId: 'createPerson',
    tags: ['Parties'],
    summary: 'Register a natural person (operators only)',
    request: {
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewPerson } } },
    },
    responses: {
      201: { description: 'Registered', content: { 'application/json': { schema: PersonView } } },
      ...refusals(
        'invalid-request',
        'identifier-invalid',
        'already-exists',
        'role-required',
        'idempotency-key-reused',
      ),
    },
  },
)

const ErasureView = z.object({ id: Id, erasedAt: Instant }).openapi('Erasure')

const eraseRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/persons/{personId}/erasure',
    operationId: 'erasePerson',
    tags: ['Parties'],
    summary: 'Erase a person’s name and identity, for good (operators only)',
    description:
      'The id stays in every record. Whoever brings the same identity document again is the same person. Refused while the person still acts.',
    request: { params: z.object({ personId: Id }), headers: IdempotencyHeader },
    responses: {
      200: {
        description: 'Erased, since the first time',
        content: { 'application/json': { schema: ErasureView } },
      },
      ...refusals('not-found', 'role-required', 'invalid-transition', 'idempotency-key-reused'),
    },
  },
)

export const persons = router()
  .openapi(createRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { name, identityDocument } = c.req.valid('json')
    const { row } = await createPerson(ports, { actor, mark, name, document: identityDocument })
    return c.json({ ...row, createdAt: instant(row.createdAt) }, 201)
  })
  .openapi(eraseRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { personId } = c.req.valid('param')
    const erasedAt = await erasePerson(ports, { actor, mark, personId })
    return c.json({ id: personId, erasedAt: instant(erasedAt) }, 200)
  })
