/** The keys of a certification body, for its admin and the operator: rotation, emergency, a signer and a DID of its own. */

import { z } from '@hono/zod-openapi'
import { compromiseKey, succeedKey } from '../../../actions/keys/change-keys.ts'
import { registerOwnDid } from '../../../actions/keys/own-did.ts'
import { bodyOf, keyKeepersBody } from '../../../actions/keys/permission.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader } from '../../schemas.ts'
import { OrganizationView, viewOrganization } from '../organizations/schema.ts'
import {
  CompromiseBody,
  CompromisedView,
  KeyView,
  Kid,
  OwnDidBody,
  SignerKeyBody,
  viewCompromised,
  viewKey,
} from './schema.ts'

const BodyParams = z.object({ organizationId: Id })
const KeyParams = BodyParams.extend({ kid: Kid })
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })
const keyRefusals = refusals(
  'invalid-request',
  'not-found',
  'member-required',
  'role-required',
  'stale-state',
  'already-exists',
  'invalid-transition',
  'idempotency-key-reused',
  'unavailable',
)

const listRoute = route(
  { access: 'parties:read' },
  {
    method: 'get',
    path: '/v1/organizations/{organizationId}/keys',
    operationId: 'listKeys',
    tags: ['Keys'],
    summary: 'Every key a body ever signed with, oldest first',
    request: { params: BodyParams },
    responses: {
      200: { description: 'The keys', content: json(z.object({ keys: z.array(KeyView) })) },
      ...refusals('not-found'),
    },
  },
)

const rotateRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/keys/{kid}/rotation',
    operationId: 'rotateKey',
    tags: ['Keys'],
    summary: 'Put a new key in the place of the active one (operator, or the body’s admin)',
    description:
      'The key named is retired: what it signed stays good. The new one is made here; it signs from now on.',
    request: { params: KeyParams, headers: IdempotencyHeader },
    responses: { 201: { description: 'The new key', content: json(KeyView) }, ...keyRefusals },
  },
)

const compromiseRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/keys/{kid}/compromise',
    operationId: 'compromiseKey',
    tags: ['Keys'],
    summary: 'Tell that others may have a key (operator, or the body’s admin)',
    description:
      'For good. The key signs nothing from now on, a new one is made where keys are kept here, and what it signed is believed only where the log has it before the moment named.',
    request: {
      params: KeyParams,
      headers: IdempotencyHeader,
      body: { required: true, content: json(CompromiseBody) },
    },
    responses: { 200: { description: 'What it came to', content: json(CompromisedView) }, ...keyRefusals },
  },
)

const registerRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/keys',
    operationId: 'registerSignerKey',
    tags: ['Keys'],
    summary: 'Register a key that the body keeps in a signer of its own (operator, or the body’s admin)',
    description: 'The signer proves that it has the key by signing a challenge, before anything changes.',
    request: {
      params: BodyParams,
      headers: IdempotencyHeader,
      body: { required: true, content: json(SignerKeyBody) },
    },
    responses: { 201: { description: 'It signs from now on', content: json(KeyView) }, ...keyRefusals },
  },
)

const didRoute = route(
  { access: 'parties:write' },
  {
    method: 'post',
    path: '/v1/organizations/{organizationId}/did',
    operationId: 'registerOwnDid',
    tags: ['Keys'],
    summary: 'Let a body sign under a did:web that it hosts itself (operator, or the body’s admin)',
    description:
      'Once, before the body issues anything. Its document must list the body’s active key for assertions.',
    request: {
      params: BodyParams,
      headers: IdempotencyHeader,
      body: { required: true, content: json(OwnDidBody) },
    },
    responses: { 200: { description: 'It signs under it', content: json(OrganizationView) }, ...keyRefusals },
  },
)

export const keys = router()
  .openapi(listRoute, async (c) => {
    const { actor, ports } = c.var
    const body = await bodyOf(ports, actor, c.req.valid('param').organizationId)
    return c.json({ keys: (await ports.keys.bodyKeys(body.id)).map(viewKey) }, 200)
  })
  .openapi(rotateRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { organizationId, kid } = c.req.valid('param')
    const body = await keyKeepersBody(ports, actor, organizationId)
    const succession = { retiring: kid, source: { from: 'new' } } as const
    return c.json(viewKey(await succeedKey(ports, { actor, mark }, { body }, succession)), 201)
  })
  .openapi(compromiseRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { organizationId, kid } = c.req.valid('param')
    const body = await keyKeepersBody(ports, actor, organizationId)
    const since = new Date(c.req.valid('json').since)
    return c.json(viewCompromised(await compromiseKey(ports, { actor, mark }, { body }, { kid, since })), 200)
  })
  .openapi(registerRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const body = await keyKeepersBody(ports, actor, c.req.valid('param').organizationId)
    const { kid, jwk, signer, retiring } = c.req.valid('json')
    const algorithm = jwk.kty === 'EC' ? 'ES256' : 'EdDSA'
    const source = { from: 'signer', url: signer.url, kid, jwk, algorithm } as const
    return c.json(viewKey(await succeedKey(ports, { actor, mark }, { body }, { retiring, source })), 201)
  })
  .openapi(didRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const body = await keyKeepersBody(ports, actor, c.req.valid('param').organizationId)
    const named = await registerOwnDid(ports, { actor, mark }, body, c.req.valid('json').did)
    return c.json(viewOrganization(named), 200)
  })
