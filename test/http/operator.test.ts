/** The operator's staff cannot read engagement files: every route of the API, asked with every scope an operator can have. */

import { beforeAll, expect, test } from 'vitest'
import { type Answer, call, operatorOrganization, operatorToken, tokenFor, unique } from './api.ts'
import {
  type Body,
  body,
  draft,
  type Enterprise,
  engagementIn,
  enterprise,
  footprintBody,
  move,
  read,
  someone,
} from './cast.ts'
import { Api } from './openapi-requests.ts'

/** Written into everything that is nobody's but the two sides'; looked for in every answer. */
const marker = unique('secret')

let client: Enterprise
let certifier: Body
let operators: readonly string[]
let ids: Readonly<Record<string, string>>
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  const engagement = await engagementIn('in-verification', client, certifier, { note: marker })
  await move(certifier.verifier.token, engagement, 'findings', { kind: 'clarification', text: marker })
  const { footprintId } = (await read(certifier.manager.token, engagement)).body
  const own = await draft(client, footprintBody({ title: marker }))
  operators = await operatorTokens()
  ids = { engagementId: engagement, footprintId, draft: own.id, organizationId: client.id }
}, 60_000)

const operatorScopes = ['parties:read', 'parties:write', 'calculations:run', 'factors:write', 'metrics:read']

/** The first client of the operator, one with every scope, and one bound to a person with every role. */
async function operatorTokens(): Promise<string[]> {
  const first = await operatorToken()
  const id = await operatorOrganization()
  const sent = { name: 'all', memberId: null, scopes: operatorScopes }
  const made = await call('POST', `/v1/organizations/${id}/clients`, { token: first, body: sent })
  expect(made.status, JSON.stringify(made.body)).toBe(201)
  const whole = await tokenFor({ clientId: made.body.id, secret: made.body.secret })
  const bound = await someone(id, ['operator', 'admin'], operatorScopes)
  return [first, whole, bound.token]
}

/** Every operation of the document with ids of the engagement, and a body that its schema takes. */
async function requests(footprintId: string) {
  const api = await Api.read()
  const known: Readonly<Record<string, string>> = { ...ids, footprintId, number: '1', document: 'record' }
  return api.operations.map((operation) => {
    const request = api.request(operation, (name) => known[name] ?? ids.engagementId)
    return { method: operation.method, ...request }
  })
}

const isOfTheFile = (path: string) => /^\/v1\/(engagements|footprints|evidence|cases)(\/|$)/.test(path)

/** What an operator made of an organization's own: nothing of it is of a file. */
const isHarmless = ({ method, path }: { method: string; path: string }) =>
  method !== 'GET' && /^\/v1\/(organizations|persons|accreditations|keys)/.test(path)

test('no answer to an operator holds anything of an engagement or a footprint', async () => {
  const asked: string[] = []
  for (const footprintId of [ids.footprintId as string, ids.draft as string]) {
    for (const { method, path, body: sent } of await requests(footprintId)) {
      if (isHarmless({ method, path })) continue
      for (const token of operators) {
        const answer: Answer = await call(method, path, { token, ...(sent !== undefined && { body: sent }) })
        const text = JSON.stringify(answer.body)
        expect(text.includes(marker), `${method} ${path}`).toBe(false)
        expect(answer.status, `${method} ${path}`).not.toBe(500)
        if (isOfTheFile(path))
          expect([403, 404], `${method} ${path}: ${answer.status}`).toContain(answer.status)
        asked.push(`${method} ${path}`)
      }
    }
  }
  expect(asked.filter((one) => one.includes('/v1/engagements')).length).toBeGreaterThan(30)
  // The marker is where it should be.
  expect(JSON.stringify((await read(certifier.manager.token, ids.engagementId as string)).body)).toContain(
    marker,
  )
}, 240_000)

test('no operator can have a scope or a role that reads one', async () => {
  const token = operators[0] as string
  const id = await operatorOrganization()
  for (const scope of ['engagements:read', 'engagements:write', 'footprints:read', 'footprints:write']) {
    const sent = { name: scope, memberId: null, scopes: [scope] }
    expect((await call('POST', `/v1/organizations/${id}/clients`, { token, body: sent })).status).toBe(400)
  }
})
