/** /v1/green-certificates: the ledger of green electricity certificates 绿证, of your organization's retirements. */

import { z } from '@hono/zod-openapi'
import { allocateCertificates } from '../../../actions/green-certificates/allocate-certificates.ts'
import { claimCertificates } from '../../../actions/green-certificates/claim-certificates.ts'
import { readRetirement } from '../../../actions/green-certificates/read-retirement.ts'
import { releaseAllocation } from '../../../actions/green-certificates/release-allocation.ts'
import { releaseCertificates } from '../../../actions/green-certificates/release-certificates.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, PageQuery, text } from '../../schemas.ts'
import {
  AllocationView,
  NewAllocationBody,
  NewRetirementBody,
  RetirementView,
  viewAllocation,
  viewRetirement,
} from './schema.ts'

const tags = ['Green certificates']
const path = '/v1/green-certificates/retirements'
const params = z.object({ retirementId: Id })
const retirementAnswer = (description: string) => ({
  description,
  content: { 'application/json': { schema: RetirementView } },
})
const allocationAnswer = (description: string) => ({
  description,
  content: { 'application/json': { schema: AllocationView } },
})

const claimRoute = route(
  { access: 'footprints:write' },
  {
    method: 'post',
    path,
    operationId: 'claimCertificates',
    tags,
    summary: 'Claim green certificates that were retired for your organization: all of them, or none',
    description:
      'A number stands once among the organizations of this installation. A claim that meets another is refused with the numbers it shares, never with whose they are; the national register is not asked.',
    request: {
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewRetirementBody } } },
    },
    responses: {
      201: retirementAnswer('Claimed'),
      ...refusals(
        'invalid-request',
        'too-many-items',
        'role-required',
        'identifier-invalid',
        'duplicate-id',
        'period-invalid',
        'certificate-expired',
        'certificate-dates-invalid',
        'certificate-already-claimed',
        'stale-state',
        'idempotency-key-reused',
      ),
    },
  },
)

/** A retirement may hold two hundred ranges. */
const RetirementPageQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(50).default(20),
})

const listRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path,
    operationId: 'listRetirements',
    tags,
    summary: 'List your organization’s retirements, newest first; released ones too',
    request: { query: RetirementPageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ retirements: z.array(RetirementView) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: `${path}/{retirementId}`,
    operationId: 'readRetirement',
    tags,
    summary: 'Read a retirement of your organization',
    request: { params },
    responses: { 200: retirementAnswer('The retirement'), ...refusals('invalid-request', 'not-found') },
  },
)

const releaseRoute = route(
  { access: 'footprints:write' },
  {
    method: 'post',
    path: `${path}/{retirementId}/release`,
    operationId: 'releaseCertificates',
    tags,
    summary: 'Give the numbers free again, for good: a claim that was a mistake',
    description: 'Not while certificates of it are allocated. The claim and the reason stay on record.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: { 'application/json': { schema: z.strictObject({ reason: text(2000) }) } },
      },
    },
    responses: {
      200: retirementAnswer('Released'),
      ...refusals(
        'invalid-request',
        'not-found',
        'invalid-transition',
        'certificate-in-use',
        'idempotency-key-reused',
      ),
    },
  },
)

const allocateRoute = route(
  { access: 'footprints:write' },
  {
    method: 'post',
    path: `${path}/{retirementId}/allocations`,
    operationId: 'allocateCertificates',
    tags,
    summary: 'Give certificates of a retirement to a footprint of your organization',
    description:
      'What is allocated to inventories never exceeds what the retirement holds, and so for products: they tell of the same power in another view.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewAllocationBody } } },
    },
    responses: {
      201: allocationAnswer('Allocated'),
      ...refusals(
        'invalid-request',
        'not-found',
        'invalid-transition',
        'certificate-overallocated',
        'stale-state',
        'idempotency-key-reused',
      ),
    },
  },
)

const listAllocationsRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: `${path}/{retirementId}/allocations`,
    operationId: 'listAllocations',
    tags,
    summary: 'List the allocations of a retirement, newest first; released ones too',
    request: { params, query: PageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ allocations: z.array(AllocationView) }) } },
      },
      ...refusals('invalid-request', 'not-found'),
    },
  },
)

const releaseAllocationRoute = route(
  { access: 'footprints:write' },
  {
    method: 'post',
    path: `${path}/{retirementId}/allocations/{allocationId}/release`,
    operationId: 'releaseAllocation',
    tags,
    summary: 'Take an allocation back, for good',
    description: 'Not once a submitted revision rests on it.',
    request: { params: params.extend({ allocationId: Id }), headers: IdempotencyHeader },
    responses: {
      200: allocationAnswer('Released'),
      ...refusals(
        'invalid-request',
        'not-found',
        'invalid-transition',
        'certificate-in-use',
        'idempotency-key-reused',
      ),
    },
  },
)

export const greenCertificates = router()
  .openapi(claimRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { tradable: isTradable, ...rest } = c.req.valid('json')
    const { row } = await claimCertificates(ports, { actor, mark, claim: { ...rest, isTradable } })
    return c.json(viewRetirement(row), 201, { location: `${path}/${row.id}` })
  })
  .openapi(listRoute, async (c) => {
    const query = c.req.valid('query')
    const rows = await c.var.ports.greenCertificates.list(c.var.actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.createdAt, row.id))
    return c.json({ retirements: shown.map(viewRetirement) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const found = await readRetirement(c.var.ports, c.var.actor, c.req.valid('param').retirementId)
    return c.json(viewRetirement(found), 200)
  })
  .openapi(releaseRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { retirementId: id } = c.req.valid('param')
    const released = await releaseCertificates(ports, { actor, mark, id, ...c.req.valid('json') })
    return c.json(viewRetirement(released), 200)
  })
  .openapi(allocateRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const asked = { ...c.req.valid('param'), ...c.req.valid('json') }
    const { row } = await allocateCertificates(ports, { actor, mark, ...asked })
    return c.json(viewAllocation(row), 201)
  })
  .openapi(listAllocationsRoute, async (c) => {
    const { actor, ports } = c.var
    const query = c.req.valid('query')
    const { retirementId } = c.req.valid('param')
    await readRetirement(ports, actor, retirementId)
    const rows = await ports.greenCertificates.listAllocations(actor, retirementId, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.createdAt, row.id))
    return c.json({ allocations: shown.map(viewAllocation) }, 200)
  })
  .openapi(releaseAllocationRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { retirementId, allocationId: id } = c.req.valid('param')
    const released = await releaseAllocation(ports, { actor, mark, retirementId, id })
    return c.json(viewAllocation(released), 200)
  })
