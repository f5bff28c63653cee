/** Keys over HTTP: who may change them, what a change does to what is published, and what the emergency leaves believed. */

import { decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { request, runSchedule } from '../harness/http.ts'
import { openTestPorts } from '../harness/ports.ts'
import { call, machine, operatorToken } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, move, someone } from './cast.ts'

let operator: string
let client: Enterprise
beforeAll(async () => {
  operator = await operatorToken()
  client = await enterprise()
})

/** The body's DID document as it lies in the bucket, past the half minute for which it is served from memory. */
async function didDocumentOf({ slug }: Pick<Body, 'slug'>) {
  const { ports, close } = openTestPorts()
  const bytes = await ports.objects.get('public', `did/bodies/${slug}.json`)
  await close()
  return JSON.parse(new TextDecoder().decode(bytes ?? new Uint8Array()))
}

async function logSubjects(owner: string): Promise<readonly string[]> {
  const { ports, close } = openTestPorts()
  const { size } = await ports.log.head()
  const leaves = await ports.log.leaves(0, size)
  await close()
  const told = leaves.filter(({ type }) => type === 'key').map(({ body: text }) => JSON.parse(text))
  return told.filter((one) => one.owner === owner).map(({ act, kid }) => `${act} ${kid}`)
}

const keysOf = async (id: string) =>
  (await call('GET', `/v1/organizations/${id}/keys`, { token: operator })).body.keys

async function issued(by: Body) {
  const id = await engagementIn('decided', client, by)
  const answer = await move(by.decider.token, id, 'credential')
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}

const rotate = (id: string, kid: string, token = operator, headers = {}) =>
  call('POST', `/v1/organizations/${id}/keys/${kid}/rotation`, { token, headers })

const compromise = (id: string, kid: string, since: string, token = operator) =>
  call('POST', `/v1/organizations/${id}/keys/${kid}/compromise`, { token, body: { since } })

const verify = async (jwt: string) =>
  (await call('POST', '/v1/verifications', { body: { credential: jwt } })).body

describe('rotation', () => {
  test('a new key signs at once, the old one stays listed and its documents good', async () => {
    const by = await body()
    const first = await issued(by)
    const [old] = await keysOf(by.id)
    const rotated = await rotate(by.id, old.kid)
    expect(rotated.status, JSON.stringify(rotated.body)).toBe(201)
    const second = await issued(by)
    expect(decodeProtectedHeader(second.jwt).kid).toMatch(new RegExp(`#${rotated.body.kid}$`))
    const document = await didDocumentOf(by)
    expect(document.assertionMethod).toHaveLength(2)
    const did = document.id
    expect(await logSubjects(did)).toEqual([
      `added ${old.kid}`,
      `retired ${old.kid}`,
      `added ${rotated.body.kid}`,
    ])
    expect((await verify(first.jwt)).verified).toBe(true)
  })

  test('asked again under the same key it answers the same; of a key that is retired it is refused', async () => {
    const by = await body()
    const [{ kid }] = await keysOf(by.id)
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const first = await rotate(by.id, kid, operator, headers)
    const again = await rotate(by.id, kid, operator, headers)
    expect([again.status, again.body.kid]).toEqual([201, first.body.kid])
    const stale = await rotate(by.id, kid)
    expect([stale.status, code(stale)]).toEqual([409, 'stale-state'])
    expect(code(await rotate(by.id, 'key-1999-1'))).toBe('not-found')
    expect(await keysOf(by.id)).toHaveLength(2)
  })

  test('is the operator’s and the body’s admin’s, and nobody else’s', async () => {
    const by = await body()
    const other = await body()
    const scopes = ['parties:read', 'parties:write']
    const admin = await someone(by.id, ['admin'], scopes)
    const manager = await someone(by.id, ['body-manager'], scopes)
    const stranger = await someone(other.id, ['admin'], scopes)
    const [{ kid }] = await keysOf(by.id)
    expect(code(await rotate(by.id, kid, manager.token))).toBe('role-required')
    expect(code(await rotate(by.id, kid, stranger.token))).toBe('not-found')
    expect(code(await rotate(client.id, kid, operator))).toBe('not-found')
    const unbound = await machine(by.id, scopes)
    expect(code(await rotate(by.id, kid, unbound))).toBe('member-required')
    expect((await rotate(by.id, kid, admin.token)).status).toBe(201)
  })
})

describe('the emergency', () => {
  test('what was in the log before stays good; what came after, and the key, are believed no longer', async () => {
    const by = await body()
    const before = await issued(by)
    const since = new Date().toISOString()
    const after = await issued(by)
    const [{ kid }] = await keysOf(by.id)
    const told = await compromise(by.id, kid, since)
    expect(told.status, JSON.stringify(told.body)).toBe(200)
    expect(told.body.key.compromise.fromLeaf).toBeGreaterThan(before.leafIndex)
    expect(told.body.disbelieved).toMatchObject([{ kind: 'credential', id: after.id }])
    expect(told.body.successor.kid).not.toBe(kid)
    const document = await didDocumentOf(by)
    const method = document.verificationMethod.find(({ id }: { id: string }) => id.endsWith(`#${kid}`))
    expect(method).toMatchObject({ revokedFromLeaf: told.body.key.compromise.fromLeaf })
    expect(document.assertionMethod).toEqual([`${document.id}#${told.body.successor.kid}`])
    expect((await verify(before.jwt)).verified).toBe(true)
    const disbelieved = await verify(after.jwt)
    expect(disbelieved.verified).toBe(false)
    expect(disbelieved.checks.find(({ name }: { name: string }) => name === 'key')?.outcome).toBe('failed')
    const fresh = await issued(by)
    expect((await verify(fresh.jwt)).verified).toBe(true)
  })

  test('is told once; a moment to come is refused; a retired key can be told too', async () => {
    const by = await body()
    const [{ kid }] = await keysOf(by.id)
    const ahead = new Date(Date.now() + 60_000).toISOString()
    expect(code(await compromise(by.id, kid, ahead))).toBe('invalid-request')
    const next = (await rotate(by.id, kid)).body.kid
    const told = await compromise(by.id, kid, '2026-01-01T00:00:00.000Z')
    expect(told.body.successor.kid).toBe(next)
    const again = await compromise(by.id, kid, '2026-02-01T00:00:00.000Z')
    expect(again.body.key.compromise.since).toBe('2026-01-01T00:00:00.000Z')
    expect(await keysOf(by.id)).toHaveLength(2)
  })

  test('a credential signed with a key that an isolate remembers is refused by Postgres, and signed anew', async () => {
    const by = await body()
    await issued(by)
    const [{ kid }] = await keysOf(by.id)
    const { ports, close } = openTestPorts()
    const { installationActor } = await import('../harness/installation-actor.ts')
    const slot = { owner: { id: by.id, name: (await didDocumentOf(by)).id }, purpose: 'credential' } as const
    const auditId = crypto.randomUUID()
    const told = { kid, since: new Date(), withSuccessor: true, auditId }
    // Another isolate does it: this one's memory knows nothing of it.
    await ports.keyActs.compromise({ ...installationActor, at: new Date() }, slot, told)
    await close()
    const credential = await issued(by)
    expect(decodeProtectedHeader(credential.jwt).kid).not.toMatch(new RegExp(`#${kid}$`))
  })
})

describe('the sweep', () => {
  test('writes the DID document of a body anew where it is missing or other', async () => {
    const by = await body()
    const whole = await didDocumentOf(by)
    const { ports, close } = openTestPorts()
    const meta = { contentType: 'application/did+json' }
    await ports.objects.put('public', `did/bodies/${by.slug}.json`, new TextEncoder().encode('{}'), meta)
    await close()
    await runSchedule()
    expect(await didDocumentOf(by)).toEqual(whole)
  })
})

describe('a signer or a DID that is off the lists', () => {
  test('is refused before anything is asked', async () => {
    const by = await body()
    const [{ kid }] = await keysOf(by.id)
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'Kq8W4BsYpSO4ZF8pvzgc-2MIBMdzLsPGv-Ny5TRi8cw' }
    const sent = { kid: 'own-1', jwk, signer: { url: 'https://signer.example/' }, retiring: kid }
    const path = `/v1/organizations/${by.id}`
    const registered = await call('POST', `${path}/keys`, { token: operator, body: sent })
    expect([registered.status, code(registered)]).toEqual([400, 'invalid-request'])
    const did = await call('POST', `${path}/did`, {
      token: operator,
      body: { did: 'did:web:elsewhere.example' },
    })
    expect([did.status, code(did)]).toEqual([400, 'invalid-request'])
    expect(await keysOf(by.id)).toHaveLength(1)
  })
})

test('the installation’s own DID document and the log’s verifier keys are public', async () => {
  const did = await request('/.well-known/did.json')
  expect(((await did.json()) as { assertionMethod: unknown[] }).assertionMethod).toHaveLength(1)
  const keys = await (await request('/log/verifier-keys')).text()
  expect(keys).toMatch(/^egret\.test\/log\+[0-9a-f]{8}\+/)
})
