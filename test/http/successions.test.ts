/** One document in place of another, and surveillance: who may, what must stand first, and what the public sees of both. */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, move } from './cast.ts'

let client: Enterprise
let certifier: Body

interface Document {
  readonly id: string
  readonly number: string
  readonly engagementId: string
}

async function issued(documentKind = 'certificate'): Promise<Document> {
  const engagementId = await engagementIn('decided', client, certifier, { documentKind })
  const answer = await move(certifier.decider.token, engagementId, 'credential')
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return { id: answer.body.id, number: answer.body.number, engagementId }
}

const declare = (token: string, id: string, engagementId: string, purpose: string, headers = {}) =>
  call('POST', `/v1/credentials/${id}/successions`, { token, body: { engagementId, purpose }, headers })
const supersede = (id: string, successorId: string | null, reason: string, token = certifier.decider.token) =>
  call('POST', `/v1/credentials/${id}/moves`, { token, body: { move: 'supersede', reason, successorId } })
const seen = async (id: string) => (await call('GET', `/v1/public/credentials/${id}`)).body
const refused = (answer: Answer) => [answer.status, code(answer), answer.body.pointer]

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
}, 60_000)

describe('a certificate', () => {
  test('is renewed by a new engagement that names it, and the public sees both ways', async () => {
    const [old, next] = [await issued(), await issued()]
    expect(refused(await supersede(old.id, null, 'renewed'))).toEqual([
      400,
      'invalid-request',
      '/successorId',
    ])
    expect(refused(await supersede(old.id, next.id, 'renewed'))).toEqual([
      409,
      'invalid-transition',
      '/successorId',
    ])
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const first = await declare(client.responsible.token, old.id, next.engagementId, 'renewal', headers)
    expect(first.status, JSON.stringify(first.body)).toBe(201)
    const again = await declare(client.responsible.token, old.id, next.engagementId, 'renewal', headers)
    expect(again.body).toEqual(first.body)
    const file = (await call('GET', `/v1/credentials/${old.id}`, { token: certifier.decider.token })).body
    expect(file.successions).toMatchObject([
      { purpose: 'renewal', engagementState: 'issued', successorId: next.id },
    ])
    expect(file.moves.find((one: { move: string }) => one.move === 'supersede')).toEqual({
      move: 'supersede',
      to: 'superseded',
      possible: true,
      because: null,
    })
    expect(refused(await supersede(old.id, next.id, 'scope-reduced'))).toEqual([
      400,
      'invalid-request',
      '/reason',
    ])
    const made = await supersede(old.id, next.id, 'renewed')
    expect([made.status, made.body.successorId], JSON.stringify(made.body)).toEqual([201, next.id])
    expect(await seen(old.id)).toMatchObject({
      status: 'superseded',
      reason: 'renewed',
      successor: { id: next.id, number: next.number },
    })
    expect(await seen(next.id)).toMatchObject({
      status: 'active',
      successor: null,
      predecessors: [{ id: old.id, number: old.number }],
    })
    const back = await supersede(old.id, next.id, 'renewed')
    expect([back.status, code(back), back.body.possible]).toEqual([409, 'invalid-transition', []])
  }, 60_000)

  test('is replaced by nothing of another client, by itself, or by what ended', async () => {
    const [old, next] = [await issued(), await issued()]
    await declare(certifier.manager.token, old.id, next.engagementId, 'change')
    const suspend = { move: 'suspend', reason: 'nonconformity' }
    await call('POST', `/v1/credentials/${next.id}/moves`, { token: certifier.decider.token, body: suspend })
    expect(refused(await supersede(old.id, next.id, 'new-version'))[1]).toBe('invalid-transition')
    expect(refused(await supersede(old.id, old.id, 'new-version'))[1]).toBe('not-found')
    expect(refused(await supersede(old.id, crypto.randomUUID(), 'new-version'))[1]).toBe('not-found')
    const withdraw = { move: 'withdraw', reason: 'nonconformity', successorId: next.id }
    const wrong = await call('POST', `/v1/credentials/${old.id}/moves`, {
      token: certifier.decider.token,
      body: withdraw,
    })
    expect(refused(wrong)).toEqual([400, 'invalid-request', '/successorId'])
  }, 60_000)

  test('is told to be replaced by its two sides only, and by an engagement of theirs', async () => {
    const old = await issued()
    const other = await engagementIn('applied', client, certifier, { documentKind: 'certificate' })
    const stranger = await enterprise()
    expect(refused(await declare(stranger.responsible.token, old.id, other, 'renewal'))[0]).toBe(404)
    expect(refused(await declare(client.preparer.token, old.id, other, 'renewal'))[1]).toBe('role-required')
    const theirs = await engagementIn('applied', stranger, certifier, { documentKind: 'certificate' })
    for (const engagementId of [theirs, old.engagementId, crypto.randomUUID()]) {
      expect(refused(await declare(certifier.manager.token, old.id, engagementId, 'renewal'))).toEqual([
        404,
        'not-found',
        '/engagementId',
      ])
    }
    expect((await declare(certifier.manager.token, old.id, other, 'scope-reduction')).status).toBe(201)
    const twice = await declare(client.responsible.token, old.id, other, 'renewal')
    expect(refused(twice)).toEqual([409, 'already-exists', '/engagementId'])
    expect(
      (await call('GET', `/v1/credentials/${old.id}`, { token: stranger.responsible.token })).status,
    ).toBe(404)
    const held = await call('GET', `/v1/credentials/${old.id}`, { token: client.preparer.token })
    expect(held.body.moves).toEqual([])
  }, 60_000)
})

describe('a statement', () => {
  test('is revised and nothing else, and has no surveillance', async () => {
    const [old, next] = [await issued('verification-statement'), await issued('verification-statement')]
    const renewal = await declare(client.responsible.token, old.id, next.engagementId, 'renewal')
    expect(refused(renewal)).toEqual([400, 'invalid-request', '/purpose'])
    expect((await declare(client.responsible.token, old.id, next.engagementId, 'revision')).status).toBe(201)
    expect((await supersede(old.id, next.id, 'revised')).status).toBe(201)
    expect(await seen(old.id)).toMatchObject({
      surveillanceUrl: null,
      surveillance: null,
      status: 'superseded',
    })
    const sent = { number: 1, outcome: 'kept', basis: 'Looked.' }
    const path = `/v1/credentials/${next.id}/surveillances`
    const answer = await call('POST', path, { token: certifier.decider.token, body: sent })
    expect(refused(answer).slice(0, 2)).toEqual([409, 'invalid-transition'])
    const asked = await call('GET', `/v1/public/credentials/${next.id}/surveillance`)
    expect([asked.status, code(asked)]).toEqual([404, 'not-found'])
    for (const token of [client.responsible.token, (await body()).decider.token]) {
      expect((await call('POST', path, { token, body: sent })).status).toBe(404)
    }
    const reviewer = await call('POST', path, { token: certifier.reviewer.token, body: sent })
    expect(code(reviewer)).toBe('role-required')
  }, 60_000)
})
