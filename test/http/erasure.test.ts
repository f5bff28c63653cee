/** Erasing who a person is: the chains stand, the sides stand, and the same human comes back as the same person. */

import { type SQL, sql } from 'drizzle-orm'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { verifyTrail } from '../../src/transparency/trail.ts'
import { call, operatorToken, unique } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, read, someone } from './cast.ts'

let database: OpenDatabase
let operator: string
let client: Enterprise
let certifier: Body
beforeAll(async () => {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  operator = await operatorToken()
  client = await enterprise()
  certifier = await body()
}, 60_000)
afterAll(() => database.close())

const erase = (personId: string, token = operator, headers = {}) =>
  call('POST', `/v1/persons/${personId}/erasure`, { token, headers })

const document = () => ({
  kind: 'passport',
  country: 'CN',
  number: crypto.randomUUID().replaceAll('-', '').slice(0, 12).toUpperCase(),
})
const register = (name: string, identityDocument: unknown) =>
  call('POST', '/v1/persons', { token: operator, body: { name, identityDocument } })

async function rows<Row>(query: SQL): Promise<Row[]> {
  return ((await database.db.execute(query)) as unknown as { rows: Row[] }).rows
}

test('one who acts by a client, or takes part in a live engagement, is not erased', async () => {
  expect(code(await erase(certifier.verifier.personId))).toBe('invalid-transition')
  await engagementIn('in-verification', client, certifier)
  const path = `/v1/organizations/${certifier.id}/clients/${certifier.verifier.login.clientId}`
  expect((await call('DELETE', path, { token: operator })).status).toBeLessThan(300)
  expect(code(await erase(certifier.verifier.personId))).toBe('invalid-transition')
})

test('name and identity go everywhere; id, sides and chains stay', async () => {
  const one = await body()
  const id = await engagementIn('decided', client, one)
  const name = (
    await rows<{ name: string }>(sql`select name from persons where id = ${one.lead.personId}`)
  )[0]?.name
  const path = `/v1/organizations/${one.id}/clients/${one.lead.login.clientId}`
  await call('DELETE', path, { token: operator })
  const erased = await erase(one.lead.personId)
  expect(erased.status, JSON.stringify(erased.body)).toBe(200)
  expect((await erase(one.lead.personId)).body).toEqual(erased.body)
  const seen = (await read(one.manager.token, id)).body
  expect(JSON.stringify(seen)).not.toContain(name)
  expect(seen.participants.map(({ role }: { role: string }) => role)).toContain('lead-verifier')
  const chains = (await call('GET', `/v1/engagements/${id}/trail`, { token: one.manager.token })).body
  expect(verifyTrail(chains)).toMatchObject({ intact: true, length: chains.length })
  const [left] = await rows<{ count: number }>(sql`select count(*)::integer as count from persons
    where id = ${one.lead.personId} and (name <> '' or identity_hash not like 'erased:%')`)
  expect(left?.count).toBe(0)
  const salts = sql`select e.salt, a.request_digest, a.action from audit a join trail_entries e on e.audit_id = a.id
    where a.resource = 'person' and a.resource_id = ${one.lead.personId} order by a.at, a.action`
  expect(await rows(salts)).toEqual([
    { salt: null, request_digest: 'erased', action: 'create-person' },
    { salt: expect.any(String), request_digest: expect.any(String), action: 'erase-person' },
  ])
  const mine = sql`select roles from members where person_id = ${one.lead.personId}`
  expect(await rows(mine)).toEqual([{ roles: [] }])
})

test('whoever brings the same document again is the same person', async () => {
  const passport = document()
  const first = await register(unique('Wang'), passport)
  expect((await erase(first.body.id)).status).toBe(200)
  const key = { 'idempotency-key': crypto.randomUUID() }
  const again = await call('POST', '/v1/persons', {
    token: operator,
    body: { name: 'Wang', identityDocument: passport },
    headers: key,
  })
  expect([again.status, again.body.id, again.body.name]).toEqual([201, first.body.id, 'Wang'])
  const retried = await call('POST', '/v1/persons', {
    token: operator,
    body: { name: 'Wang', identityDocument: passport },
    headers: key,
  })
  expect(retried.body).toEqual(again.body)
  expect(code(await register('Wang', passport))).toBe('already-exists')
  expect((await erase(first.body.id)).status).toBe(200)
  const acts = sql`select action, request_digest from audit where resource = 'person' and resource_id = ${first.body.id}
    order by at, action`
  expect(await rows(acts)).toEqual([
    { action: 'create-person', request_digest: 'erased' },
    { action: 'erase-person', request_digest: 'erased' },
    { action: 'restore-person', request_digest: 'erased' },
    { action: 'erase-person', request_digest: expect.stringMatching(/^sha256:/) },
  ])
  expect((await register('Li', document())).body.id).not.toBe(first.body.id)
})

test('whoever is erased becomes a member nowhere, and no client acts for them', async () => {
  const personId = (await register('Li Na', document())).body.id
  const path = `/v1/organizations/${certifier.id}`
  const sent = { personId, roles: ['verifier'] }
  const member = await call('POST', `${path}/members`, { token: operator, body: sent })
  expect(member.status, JSON.stringify(member.body)).toBe(201)
  expect((await erase(personId)).status).toBe(200)
  const bound = { name: 'Late', memberId: member.body.id, scopes: ['engagements:read'] }
  const client = await call('POST', `${path}/clients`, { token: operator, body: bound })
  expect([code(client), client.body.pointer]).toEqual(['not-found', '/memberId'])
  const other = await call('POST', `/v1/organizations/${(await body()).id}/members`, {
    token: operator,
    body: sent,
  })
  expect([code(other), other.body.pointer]).toEqual(['not-found', '/personId'])
})

test('is for operators, of a person that there is', async () => {
  const admin = await someone(certifier.id, ['admin'], ['parties:write'])
  expect(code(await erase(certifier.lead.personId, admin.token))).toBe('role-required')
  expect(code(await erase(crypto.randomUUID()))).toBe('not-found')
})
