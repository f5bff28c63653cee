/** Webhooks over HTTP: made, listed, tried, stopped and started, each by its own organization. What is sent is tested on the stack. */

import { beforeAll, describe, expect, test } from 'vitest'
import { runSchedule } from '../harness/http.ts'
import { call, machine, operatorToken, organization } from './api.ts'
import { code } from './cast.ts'

// Nobody listens there (test/harness/stack.ts): every try fails at once.
const url = 'http://localhost:1/hook'

async function client(scopes: readonly string[]): Promise<string> {
  const { id } = await organization(await operatorToken(), 'relying-party')
  return machine(id, scopes, 'Receiver')
}

let token: string
let stranger: string
beforeAll(async () => {
  token = await client(['notices:read', 'notices:write'])
  stranger = await client(['notices:read', 'notices:write'])
})

const create = (body: unknown, headers = {}) => call('POST', '/v1/webhooks', { token, body, headers })

describe('a webhook', () => {
  test('is made with a secret that is told once, also to a retry', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const body = { url, types: ['credential.withdrawn', 'credential.withdrawn'] }
    const made = await create(body, headers)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.body).toMatchObject({
      url,
      types: ['credential.withdrawn'],
      stoppedAt: null,
      failingSince: null,
    })
    // 32 bytes in base64: 44 characters.
    expect(made.body.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
    const again = await create(body, headers)
    expect(again.body).toEqual({ ...made.body, secret: null })
    expect(code(await create({ ...body, types: [] }, headers))).toBe('idempotency-key-reused')
    const read = await call('GET', made.headers.get('location') ?? '', { token })
    expect(read.body).toEqual({ ...made.body, secret: undefined })
    expect(JSON.stringify((await call('GET', '/v1/webhooks', { token })).body)).not.toContain('whsec_')
  })

  test.each([
    'https://elsewhere.example/hook',
    'https://hooks.example/not-under-it',
    'http://a.hooks.example/in-the-open',
    'https://user:secret@a.hooks.example/',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost:2/hook',
  ])('is refused at %s, whose host nobody allowed', async (wrong) => {
    const answer = await create({ url: wrong })
    expect([answer.status, code(answer), answer.body.pointer]).toEqual([400, 'invalid-request', '/url'])
  })

  test('is tried out, its failure stands in the log with when it is tried next, and it goes out again when asked', async () => {
    const { id } = (await create({ url })).body
    const path = `/v1/webhooks/${id}`
    const tried = await call('POST', `${path}/try`, { token })
    expect(tried.status, JSON.stringify(tried.body)).toBe(200)
    const log = async () => (await call('GET', `${path}/deliveries`, { token })).body.deliveries
    expect(await log()).toMatchObject([{ type: 'webhook.tried', state: 'pending', attempts: [] }])
    await runSchedule()
    const [delivery] = await log()
    expect(delivery.attempts).toMatchObject([{ status: null, error: expect.any(String) }])
    const first = Date.parse(delivery.attempts[0].at)
    expect(Math.round((Date.parse(delivery.nextTryAt) - first) / 1000)).toBe(60)
    expect((await call('GET', path, { token })).body.failingSince).toBe(delivery.attempts[0].at)
    expect((await call('GET', `${path}/deliveries?state=delivered`, { token })).body.deliveries).toEqual([])

    const replay = (body: unknown, as = token) => call('POST', `${path}/replay`, { token: as, body })
    expect((await replay({ deliveryIds: [delivery.id] })).body).toEqual({ replayed: 1 })
    await runSchedule()
    expect((await log())[0].attempts).toHaveLength(2)
    expect(code(await replay({}))).toBe('invalid-request')
    expect(code(await replay({ deliveryIds: [delivery.id], since: '2026-01-01T00:00:00Z' }))).toBe(
      'invalid-request',
    )
    expect(code(await replay({ deliveryIds: [crypto.randomUUID()] }))).toBe('not-found')
    expect(code(await replay({ deliveryIds: [delivery.id] }, stranger))).toBe('not-found')
  })

  test('is stopped, started and given a new secret by its own organization alone', async () => {
    const { id, secret } = (await create({ url })).body
    const path = `/v1/webhooks/${id}`
    for (const act of ['stop', 'start', 'try', 'secret']) {
      expect(code(await call('POST', `${path}/${act}`, { token: stranger })), act).toBe('not-found')
    }
    expect(code(await call('GET', `${path}/deliveries`, { token: stranger }))).toBe('not-found')
    const stopped = await call('POST', `${path}/stop`, { token })
    expect(stopped.body.stopReason).toBe('asked')
    expect((await call('POST', `${path}/stop`, { token })).body).toEqual(stopped.body)
    expect(code(await call('POST', `${path}/try`, { token }))).toBe('invalid-transition')
    expect((await call('POST', `${path}/start`, { token })).body.stoppedAt).toBeNull()
    const changed = await call('POST', `${path}/secret`, { token })
    expect([changed.status, changed.body.secret === secret]).toEqual([200, false])
    const reader = await client(['notices:read'])
    expect(code(await call('POST', '/v1/webhooks', { token: reader, body: { url } }))).toBe(
      'insufficient-scope',
    )
    await call('POST', `${path}/stop`, { token })
  })
})
