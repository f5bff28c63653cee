/** Bad requests at the edge: each a problem that names the place and the remedy, none of them a 500. */

import { beforeAll, describe, expect, test } from 'vitest'
import { call, operatorToken } from './api.ts'

let operator: string
beforeAll(async () => {
  operator = await operatorToken()
})

const json = { 'content-type': 'application/json' }
const post = (body: string | Uint8Array, headers: Record<string, string> = json) =>
  call('POST', '/v1/organizations', { token: operator, body, headers })

describe('a body', () => {
  test('that breaks off names line and column', async () => {
    const answer = await post('{\n  "kind": "enterprise",\n  "slug": oops\n}')
    expect([answer.status, answer.body.line, answer.body.column]).toEqual([400, 3, 11])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    expect(answer.body.type).toMatch(/\/problems\/malformed-json$/)
  })

  test('that names a member twice is refused, not read one way or the other', async () => {
    const answer = await post('{"slug":"a","kind":"enterprise",\n"slug":"b"}')
    expect([answer.status, answer.body.pointer, answer.body.line]).toEqual([400, '/slug', 2])
  })

  test('nested without end is refused before it is built', async () => {
    const answer = await post('['.repeat(100_000))
    expect([answer.status, answer.body.type]).toEqual([400, expect.stringContaining('nesting-too-deep')])
  })

  test('beyond the bound is refused', async () => {
    const answer = await post(`"${'x'.repeat(300_000)}"`)
    expect([answer.status, answer.body.bytesMax]).toEqual([413, 262_144])
  })

  test('in another media type, or missing, is refused', async () => {
    expect((await post('<a/>', { 'content-type': 'application/xml' })).status).toBe(415)
    expect((await call('POST', '/v1/organizations', { token: operator })).status).toBe(400)
  })

  test('that is not UTF-8 is refused', async () => {
    const answer = await post(new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d]))
    expect([answer.status, answer.body.type]).toEqual([400, expect.stringContaining('malformed-json')])
  })

  test('with a wrong field says which, where, and what would be right', async () => {
    const answer = await post(
      '{"kind":"enterprise",\n "slug":"Not A Slug",\n "name":{"en":"x","zh":null},\n "country":"CN"}',
    )
    expect(answer.status).toBe(400)
    expect(answer.body).toMatchObject({ pointer: '/slug', line: 2 })
    expect(answer.body.detail).toContain('lower-case')
  })

  test('with members nobody asked for is refused by name', async () => {
    const answer = await post(
      '{"kind":"enterprise","slug":"a","name":{"en":"x","zh":null},"country":"DE","admin":true}',
    )
    expect(answer.status).toBe(400)
    expect(answer.body.detail).toContain('admin')
  })
})

describe('a path', () => {
  test('that nothing answers is a problem, too', async () => {
    const answer = await call('GET', '/v1/nothing')
    expect([answer.status, answer.body.type]).toEqual([404, expect.stringContaining('not-found')])
  })

  test('under another method says which methods it answers', async () => {
    const answer = await call('DELETE', '/v1/organizations', { token: operator })
    expect(answer.status).toBe(405)
    expect(answer.body.allowed).toEqual(['GET', 'POST'])
  })

  test('with an id that is none is a refusal, not a failure', async () => {
    for (const id of ['x', '%00', "';drop table organizations;--", '../../etc/passwd']) {
      const answer = await call('GET', `/v1/organizations/${encodeURIComponent(id)}`, { token: operator })
      expect(answer.status, id).toBe(400)
    }
  })
})

describe('the description', () => {
  test('is OpenAPI 3.1 and says of every operation who may call it', async () => {
    const answer = await call('GET', '/openapi.json')
    expect(answer.body.openapi).toBe('3.1.0')
    const operations = Object.values(answer.body.paths).flatMap((path) => Object.values(path as object))
    expect(operations.length).toBeGreaterThan(10)
    for (const operation of operations) {
      expect(operation.operationId).toMatch(/^[a-z][A-Za-z]+$/)
      expect(operation.security, operation.operationId).toBeInstanceOf(Array)
    }
  })
})
