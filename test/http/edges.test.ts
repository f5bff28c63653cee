/** Bad requests at the edge: each a problem that names the place and the remedy, none of them a 500. */

import { beforeAll, describe, expect, test } from 'vitest'
import { readBody } from '../../src/http/middleware/body.ts'
import { router } from '../../src/http/route.ts'
import { call, machine, operatorToken, organization, unique } from './api.ts'
import { inventory } from './cast.ts'

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

  test('that is not sent to its end is a fault of the request, not a failure of ours', async () => {
    const app = router().post('/', readBody(100, ['application/json']), (c) => c.text('read'))
    const problems: unknown[] = []
    app.onError((thrown, c) => {
      problems.push(thrown)
      return c.text('refused', 400)
    })
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new Uint8Array([0x7b])),
      pull: (controller) => controller.error(new Error('Network connection lost.')),
    })
    const init = { method: 'POST', headers: json, body, duplex: 'half' as const }
    await app.request('/', init)
    expect(problems).toMatchObject([{ code: 'invalid-request' }])
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

  test('that is compressed is refused as that, not as broken JSON', async () => {
    const answer = await post('{}', { ...json, 'content-encoding': 'gzip' })
    expect([answer.status, answer.body.header]).toEqual([415, 'Content-Encoding'])
  })

  test('whose media type cannot be read is told how to write it', async () => {
    const answer = await post('{}', { 'content-type': 'application/json;' })
    expect([answer.status, answer.body.header]).toEqual([415, 'Content-Type'])
    expect(answer.body.detail).toContain('"application/json"')
  })

  test('where none is taken is refused as surplus', async () => {
    const path = `/v1/organizations/${crypto.randomUUID()}/clients/${crypto.randomUUID()}`
    const answer = await call('DELETE', path, { token: operator, body: {} })
    expect([answer.status, answer.body.detail]).toEqual([415, 'Send it without a body.'])
  })
})

describe('a name', () => {
  const named = (en: string) =>
    post(JSON.stringify({ kind: 'enterprise', slug: unique('s'), name: { en, zh: null }, country: 'DE' }))

  test.each([
    ['spaces only', '\u00a0 \u3000'],
    ['nothing that can be seen', '\u200b\ufeff'],
    ['a mark that turns the direction of writing', 'Factory \u202e05'],
    ['a line separator', 'Factory\u2028Hall 2'],
    ['a NUL character, which PostgreSQL cannot store', 'a\u0000b'],
  ])('of %s is refused at its place', async (_, name) => {
    const answer = await named(name)
    expect([answer.status, answer.body.pointer]).toEqual([400, '/name/en'])
  })

  test('in any script, with any sign, is kept as it is', async () => {
    for (const name of [
      '<b>Ω≈ç</b>',
      "Robert'); DROP TABLE organizations;--",
      '厦门 👩‍👩‍👧 \u200fעברית',
      '__proto__',
    ]) {
      const answer = await named(name)
      expect([answer.status, answer.body.name?.en]).toEqual([201, name])
    }
  })
})

describe('activity data', () => {
  const calculate = async (lines: string) => {
    const token = await machine((await organization(operator, 'enterprise')).id, ['calculations:run'])
    const body = JSON.stringify({ ...inventory(), lines: [] }).replace('[]}', `[${lines}]}`)
    return call('POST', '/v1/calculations', { token, body, headers: json })
  }

  test('of a hundred thousand empty lines are counted before they are read', async () => {
    const answer = await calculate(`{}${',{}'.repeat(100_000)}`)
    expect([answer.status, answer.body.pointer]).toEqual([400, '/lines'])
    expect(answer.body.type).toContain('too-many-items')
  })

  test('of a million lines are refused at the first too many, by the list and its bound', async () => {
    const answer = await calculate(`{}${',{}'.repeat(999_999)}`)
    expect([answer.status, answer.body.pointer, answer.body.maxListItems]).toEqual([400, '/lines', 100_000])
    expect(answer.body.type).toContain('too-many-items')
    expect(answer.body.detail).toMatch(/\/lines has more than 100000 lines/)
  })

  test('of a million lines in the items of a bill are refused before they are built', async () => {
    const item = `{"lines":[{}${',{}'.repeat(1999)}]}`
    const answer = await calculate(
      '0],"item":{"parts":['.concat(`${item}${`,${item}`.repeat(499)}`, ']},"x":['),
    )
    expect([answer.status, answer.body.maxListItems]).toEqual([400, 100_000])
    expect(answer.body.pointer).toBe('/item/parts/49/lines')
    expect(answer.body.detail).toMatch(/"lines", "scrap", "parts" have more than 100000 items together/)
  })

  test('of millions of items are refused before they are built', async () => {
    // In lists of lists, since no list alone is that long.
    const some = `[{}${',{}'.repeat(89_999)}]`
    const answer = await calculate(`${some}${`,${some}`.repeat(44)}`)
    expect([answer.status, answer.body.line, answer.body.maxItems]).toEqual([400, 1, 4_000_000])
  })

  test('with a fault in every member of ten thousand lines are refused by the first of them', async () => {
    const members = ['id', 'category', 'description', 'facility', 'period', 'quantity', 'distance', 'density']
    const line = JSON.stringify(Object.fromEntries(members.map((name) => [name, 0])))
    const answer = await calculate(`${line}${`,${line}`.repeat(9_999)}`)
    expect([answer.status, answer.body.pointer]).toEqual([400, '/lines/0/id'])
    expect(answer.body.errors).toHaveLength(50)
  })
})

describe('a query', () => {
  test('with a character that PostgreSQL cannot compare is refused by name', async () => {
    const { id } = await organization(operator, 'enterprise')
    const asked = [
      ['/v1/factors?q=%00', '/q'],
      ['/v1/factors?after=%00', '/after'],
      ['/v1/factors?category=a%00', '/category'],
      ['/v1/factors?region=%00', '/region'],
      ['/v1/organizations?after=%00', '/after'],
      [`/v1/organizations/${id}/members?after=x`, '/after'],
    ] as const
    for (const [path, pointer] of asked) {
      const answer = await call('GET', path, { token: operator })
      expect([answer.status, answer.body.pointer], path).toEqual([400, pointer])
    }
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
    expect(answer.headers.get('allow')).toBe('GET, POST')
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
