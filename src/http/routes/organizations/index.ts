/** /v1/organizations: parties, their members and their API clients. */

import { z } from '@hono/zod-openapi'
import { confirmClient, createClient } from '../../../actions/parties/create-client.ts'
import { createMember } from '../../../actions/parties/create-member.ts'
import { createOrganization } from '../../../actions/parties/create-organization.ts'
import { requireHome } from '../../../actions/parties/permission.ts'
import { foundingAgainDays, foundingScopes } from '../../../ports/parties.ts'
import { Problem } from '../../../problem.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, PageQuery } from '../../schemas.ts'
import {
  ClientView,
  MemberView,
  NewClientBody,
  NewMemberBody,
  NewOrganization,
  OrganizationView,
  viewClient,
  viewMember,
  viewOrganization,
} from './schema.ts'

const OrganizationParams = z.object({ organizationId: Id })

const createRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations',
    operationId: 'createOrganization',
    tags: ['Parties'],
    summary: 'Register an organization (operators only)',
    request: {
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewOrganization } } },
    },
    responses: {
      201: { description: 'Registered', content: { 'application/json': { schema: OrganizationView } } },
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

const listRoute = route(
  { access: 'parties:read' },
  {
    method: 'get',
    path: '/v1/organizations',
    operationId: 'listOrganizations',
    tags: ['Parties'],
    summary: 'List the organizations you may see, by slug',
    request: { query: PageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ organizations: z.array(OrganizationView) }) } },
      },
    },
  },
)

const readRoute = route(
  { access: 'parties:read' },
  {
    method: 'get',
    path: '/v1/organizations/{organizationId}',
    operationId: 'readOrganization',
    tags: ['Parties'],
    summary: 'Read an organization',
    request: { params: OrganizationParams },
    responses: {
      200: { description: 'The organization', content: { 'application/json': { schema: OrganizationView } } },
      ...refusals('not-found'),
    },
  },
)

const createMemberRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/members',
    operationId: 'createMember',
    tags: ['Parties'],
    summary: 'Give a person roles in an organization (operators only)',
    request: {
      params: OrganizationParams,
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewMemberBody } } },
    },
    responses: {
      201: { description: 'A member', content: { 'application/json': { schema: MemberView } } },
      ...refusals(
        'invalid-request',
        'not-found',
        'already-exists',
        'role-required',
        'idempotency-key-reused',
      ),
    },
  },
)

const listMembersRoute = route(
  { access: 'parties:read' },
  {
    method: 'get',
    path: '/v1/organizations/{organizationId}/members',
    operationId: 'listMembers',
    tags: ['Parties'],
    summary: 'List the members of your organization',
    request: { params: OrganizationParams, query: PageQuery.extend({ after: Id.optional() }) },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ members: z.array(MemberView) }) } },
      },
      ...refusals('not-found'),
    },
  },
)

const createClientRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/clients',
    operationId: 'createClient',
    tags: ['Parties'],
    summary: 'Make an API client; its secret is shown once',
    description: `An organization makes its own, bound to no one or to the caller. An operator makes them anywhere; elsewhere they get no token before that organization confirms them. Only the client that founds an organization (${foundingScopes.join(', ')}, and nobody there yet to confirm) gets tokens at once; where it founds it again, after ${foundingAgainDays} days.`,
    request: {
      params: OrganizationParams,
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: NewClientBody } } },
    },
    responses: {
      201: {
        description: 'A client with its secret',
        content: { 'application/json': { schema: ClientView } },
      },
      ...refusals('invalid-request', 'not-found', 'role-required', 'idempotency-key-reused'),
    },
  },
)

const listClientsRoute = route(
  { access: 'parties:read' },
  {
    method: 'get',
    path: '/v1/organizations/{organizationId}/clients',
    operationId: 'listClients',
    tags: ['Parties'],
    summary: 'List the API clients of your organization, newest first: also those that await confirmation',
    request: { params: OrganizationParams, query: PageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ clients: z.array(ClientView) }) } },
      },
      ...refusals('invalid-request', 'not-found'),
    },
  },
)

const confirmClientRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/clients/{clientId}/confirm',
    operationId: 'confirmClient',
    tags: ['Parties'],
    summary: 'Confirm a client that the operator made for your organization: it gets tokens from then on',
    request: { params: OrganizationParams.extend({ clientId: Id }) },
    responses: {
      200: { description: 'The client', content: { 'application/json': { schema: ClientView } } },
      ...refusals('not-found', 'role-required'),
    },
  },
)

const revokeClientRoute = route(
  { access: 'parties:write' },
  {
    method: 'delete',
    path: '/v1/organizations/{organizationId}/clients/{clientId}',
    operationId: 'revokeClient',
    tags: ['Parties'],
    summary: 'Revoke an API client for good; tokens it holds end within their short life',
    request: { params: OrganizationParams.extend({ clientId: Id }) },
    responses: {
      200: { description: 'The revoked client', content: { 'application/json': { schema: ClientView } } },
      ...refusals('not-found'),
    },
  },
)

const invisible = () => new Problem('not-found', 'No organization with this id is visible to you.')

export const organizations = router()
  .openapi(createRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const organization = { ...c.req.valid('json'), did: null }
    const { row } = await createOrganization(ports, { actor, mark, organization })
    return c.json(viewOrganization(row), 201, { location: `/v1/organizations/${row.id}` })
  })
  .openapi(listRoute, async (c) => {
    const query = c.req.valid('query')
    const rows = await c.var.ports.parties.listOrganizations(c.var.actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => row.slug)
    return c.json({ organizations: shown.map(viewOrganization) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const found = await c.var.ports.parties.findOrganization(c.var.actor, c.req.valid('param').organizationId)
    if (!found) throw invisible()
    return c.json(viewOrganization(found), 200)
  })
  .openapi(createMemberRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { organizationId } = c.req.valid('param')
    const { row } = await createMember(ports, { actor, mark, organizationId, ...c.req.valid('json') })
    return c.json(viewMember(row), 201)
  })
  .openapi(listMembersRoute, async (c) => {
    const query = c.req.valid('query')
    const { organizationId } = c.req.valid('param')
    requireHome(c.var.actor, organizationId)
    const rows = await c.var.ports.parties.listMembers(c.var.actor, organizationId, pageOf(query))
    return c.json({ members: answerPage(c, rows, query.limit, (row) => row.id).map(viewMember) }, 200)
  })
  .openapi(createClientRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { organizationId } = c.req.valid('param')
    const created = await createClient(ports, {
      actor,
      mark,
      client: { organizationId, ...c.req.valid('json') },
    })
    return c.json({ ...viewClient(created.client), secret: created.secret }, 201)
  })
  .openapi(listClientsRoute, async (c) => {
    const { actor, ports } = c.var
    const query = c.req.valid('query')
    const { organizationId } = c.req.valid('param')
    requireHome(actor, organizationId)
    const rows = await ports.parties.listClients(actor, organizationId, pageOf(query))
    const shown = answerPage(c, rows, query.limit, ({ createdAt, id }) => newestFirstCursor(createdAt, id))
    return c.json({ clients: shown.map(viewClient) }, 200)
  })
  .openapi(confirmClientRoute, async (c) => {
    const { actor, mark, ports } = c.var
    return c.json(viewClient(await confirmClient(ports, { actor, mark, ...c.req.valid('param') })), 200)
  })
  .openapi(revokeClientRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { organizationId, clientId } = c.req.valid('param')
    requireHome(actor, organizationId)
    const revoked = await ports.parties.revokeClient(
      { actor, mark, at: ports.world.now() },
      organizationId,
      clientId,
    )
    if (!revoked) throw new Problem('not-found', 'The organization has no client with this id.')
    return c.json(viewClient(revoked), 200)
  })
