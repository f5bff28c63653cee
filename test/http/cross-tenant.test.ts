/**
 * Another's ids in every parameter of every route, made from the OpenAPI document: in the path, in the query, in the body. What is another's
 * is answered exactly as what nobody has. A route with an id of a name that this file does not know fails, so that nobody forgets it.
 */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call, operatorToken, organization } from './api.ts'
import {
  type Body,
  body,
  draft,
  type Enterprise,
  engagementIn,
  enterprise,
  move,
  read,
  someone,
} from './cast.ts'
import { allocate, certificate, claim, project, serials } from './certificates.ts'
import { brought, link, ofFootprint } from './evidence-files.ts'
import { Api, type Ids, type Operation } from './openapi-requests.ts'
import { publishSteam, steamPin } from './private-table.ts'

let api: Api
let victim: Readonly<Record<string, string>>
let attackers: Readonly<Record<string, string>>

beforeAll(async () => {
  api = await Api.read()
  const [client, certifier] = [await enterprise(), await body()]
  victim = await thingsOf(client, certifier)
  attackers = await everyoneElse(await enterprise(), await body())
}, 120_000)

/** An id or name of everything that an enterprise and its body have, by the name of the parameter. */
async function thingsOf(client: Enterprise, certifier: Body): Promise<Record<string, string>> {
  const engagementId = await engagementIn('in-verification', client, certifier)
  await move(certifier.lead.token, engagementId, 'findings', { kind: 'clarification', text: 'Which meter?' })
  const { footprintId, revision } = (await read(certifier.lead.token, engagementId)).body
  const issued = await engagementIn('decided', client, certifier)
  const credential = await call('POST', `/v1/engagements/${issued}/credential`, {
    token: certifier.decider.token,
  })
  expect(credential.status, JSON.stringify(credential.body)).toBe(201)
  const of = project()
  const claimed = await claim(client.machine, [serials(of, 1, 5)])
  expect(claimed.status, `${certificate(of, 1)} ${JSON.stringify(claimed.body)}`).toBe(201)
  await publishSteam(client, '2023', '90')
  await publishSteam(client, '2024', '100', '2023')
  const { table } = steamPin(client, '2024')
  const competence = await call('POST', `/v1/members/${certifier.lead.memberId}/competences`, {
    token: certifier.manager.token,
    body: { role: 'lead-verifier', sector: 'C', evidence: 'Examined.', validFrom: '2024-01-01' },
  })
  expect(competence.status, JSON.stringify(competence.body)).toBe(201)
  const allocated = await allocate(client.machine, claimed.body.id, (await draft(client)).id, 2)
  expect(allocated.status, JSON.stringify(allocated.body)).toBe(201)
  const impact = await call('POST', `/v1/factor-tables/${table}/versions/2024/impact`, {
    token: client.machine,
  })
  expect(impact.status, JSON.stringify(impact.body)).toBe(202)
  const about = { document: credential.body.number, text: 'The mark stands on another product.' }
  const complained = await call('POST', `/v1/bodies/${certifier.slug}/complaints`, {
    body: { kind: 'misuse', ...about },
  })
  expect(complained.status, JSON.stringify(complained.body)).toBe(201)
  const evidencePath = ofFootprint((await draft(client)).id)
  const { id: evidenceId } = await brought(client.machine, evidencePath)
  const linked = await link(client.machine, evidencePath, evidenceId, { lines: ['power'] })
  expect(linked.status, JSON.stringify(linked.body)).toBeLessThan(300)
  const assessor = await assessorOf(engagementId, certifier)
  const notices = await noticesOf(client.id, credential.body.id)
  const { cases } = (await call('GET', '/v1/cases', { token: certifier.manager.token })).body
  return {
    ...{ evidenceId, linkId: linked.body.links[0].id, ...assessor },
    ...{ caseId: cases[0].id, jobId: impact.body.id, allocationId: allocated.body.id },
    ...{ engagementId, footprintId, table, retirementId: claimed.body.id, credentialId: credential.body.id },
    ...{
      memberId: certifier.lead.memberId,
      personId: certifier.lead.personId,
      competenceId: competence.body.id,
    },
    successorId: credential.body.id,
    ...{ organizationId: client.id, clientId: client.preparer.login.clientId, with: footprintId },
    ...{ number: '1', revision: '1', version: '2024', a: '2024', b: '2024', document: 'record' },
    digest: revision.digest,
    draftId: (await draft(client)).id,
    ...notices,
  }
}

/** What an organization was told, where it is sent, and what it watches. */
async function noticesOf(organizationId: string, credentialId: string) {
  const scopes = ['notices:read', 'notices:write']
  const { token } = await someone(organizationId, ['admin'], scopes)
  const hook = await call('POST', '/v1/webhooks', { token, body: { url: 'https://a.hooks.example/' } })
  const watch = await call('POST', '/v1/watches', {
    token,
    body: { name: 'Own', credentials: [credentialId] },
  })
  expect([hook.status, watch.status]).toEqual([201, 201])
  const { messages } = (await call('GET', '/v1/messages', { token })).body
  return { webhookId: hook.body.id, watchId: watch.body.id, messageId: messages[0].id }
}

/** An assessor whom the body lets read. */
async function assessorOf(engagementId: string, { manager }: Body) {
  const accreditor = await organization(await operatorToken(), 'accreditation-body')
  const { memberId } = await someone(accreditor.id, ['assessor'], ['engagements:read'])
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const granted = await call('POST', '/v1/assessments', {
    token: manager.token,
    body: { assessorMemberId: memberId, engagementIds: [engagementId], until, reason: 'Yearly.' },
  })
  expect(granted.status, JSON.stringify(granted.body)).toBe(201)
  return { assessorMemberId: memberId, assessmentId: granted.body.id }
}

/** One who holds every role of their organization, for each kind of organization. */
async function everyoneElse(client: Enterprise, certifier: Body): Promise<Record<string, string>> {
  const clientScopes = [
    'factors:write',
    'footprints:read',
    'footprints:write',
    'engagements:read',
    'engagements:write',
    'notices:read',
    'notices:write',
  ]
  const scopes = ['parties:read', 'parties:write', 'calculations:run', ...clientScopes]
  const bodyScopes = [
    'parties:read',
    'parties:write',
    'calculations:run',
    'footprints:read',
    'engagements:read',
    'engagements:write',
    'notices:read',
    'notices:write',
  ]
  const bodyRoles = [
    'admin',
    'body-manager',
    'lead-verifier',
    'verifier',
    'technical-expert',
    'reviewer',
    'decision-maker',
  ]
  return {
    enterprise: (await someone(client.id, ['admin', 'preparer', 'responsible'], scopes)).token,
    body: (await someone(certifier.id, bodyRoles, bodyScopes)).token,
    machine: client.machine,
    operator: await operatorToken(),
  }
}

/** Ids that nobody has, in the same form. */
const nobodys: Ids = (name) => {
  const known = victim[name]
  if (known === undefined) return undefined
  // Whom a body lets read its files is the accreditor's to name, and each may be let in by any body.
  if (name === 'assessorMemberId') return crypto.randomUUID()
  if (/^[0-9a-f]{8}-/.test(known)) return crypto.randomUUID()
  if (known.startsWith('sha256:')) return `sha256:${'0'.repeat(64)}`
  return name === 'table' ? 'nobody-there.steam' : known
}
const theirs: Ids = (name) => (name === 'assessorMemberId' ? crypto.randomUUID() : victim[name])

/** What the operator may do with everyone's: parties, accreditations and keys. */
const operators = /^\/v1\/(?:organizations|persons|accreditations)/

/** Operations for a token whose requests can name what is another's. */
function tried(): readonly Operation[] {
  return api.operations.filter((operation) => {
    const { path, inside } = api.idsOf(operation)
    return operation.scope !== null && [...path, ...inside].length > 0
  })
}

/** An answer without what is of its request alone: what was asked for, and the request's own id. */
function plain({ status, body: answered }: Answer): string {
  const text = typeof answered === 'string' ? answered : JSON.stringify(answered)
  return `${status} ${text}`
    .replaceAll(victim.table ?? '', 'table')
    .replaceAll(nobodys('table') ?? '', 'table')
    .replaceAll(/urn:uuid:[0-9a-f-]{36}/g, 'urn')
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'id')
}

function isRefusal({ status }: Answer): boolean {
  return status >= 400 && status < 500
}

/** A list of what one may see of it: nothing. */
function isEmptyList({ status, body: answered }: Answer): boolean {
  const members = Object.values(answered ?? {})
  return (
    status === 200 && members.length === 1 && members.every((one) => Array.isArray(one) && one.length === 0)
  )
}

describe('ids of another tenant', () => {
  test('have a value here for every name that a route knows', () => {
    const names = tried().flatMap((operation) => {
      const { path, inside } = api.idsOf(operation)
      return [...path, ...inside]
    })
    const unknown = [...new Set(names)].filter((name) => !(name in victim) && !harmless.includes(name))
    expect(unknown).toEqual([])
  })

  test.each(['enterprise', 'body', 'machine', 'operator'])(
    'of everything are to the %s as those that nobody has',
    async (who) => {
      const token = attackers[who] ?? ''
      const told: string[] = []
      for (const operation of tried()) {
        if (who === 'operator' && operators.test(operation.path)) continue
        const send = (ids: Ids) => {
          const { path, body: sent } = api.request(operation, ids)
          return call(operation.method, path, { token, ...(sent !== undefined && { body: sent }) })
        }
        const [known, unknown] = [await send(theirs), await send(nobodys)]
        attempts += 2
        const isTold = plain(known) !== plain(unknown) || !(isRefusal(known) || isEmptyList(known))
        if (isTold)
          told.push(`${operation.method} ${operation.path}: ${plain(known)} is not ${plain(unknown)}`)
        if (known.status !== 400) reached.add(operation.id)
      }
      expect(told).toEqual([])
    },
    300_000,
  )

  test('were tried where the answer depends on them, and not only on the body', () => {
    const never = tried().filter(({ id }) => !reached.has(id))
    expect(never.map(({ method, path }) => `${method} ${path}`)).toEqual([])
    console.info(`${attempts} cross-tenant requests to ${tried().length} operations`)
  })
})

let attempts = 0
const reached = new Set<string>()
/** Names of parameters that name nothing of anyone's. */
const harmless = ['scheme', 'kid', 'slug', 'after', 'accreditationId']
