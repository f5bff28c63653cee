/** What anyone may look up, over HTTP and without a token: exact, fresh, in pages, and nothing that is private. */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call, creditCode, operatorToken, organization } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, move } from './cast.ts'

const note = 'private note about meter 7'

let client: Enterprise
let certifier: Body
/** Newest last. */
const made: { readonly id: string; readonly number: string }[] = []
let holderCode: string

async function issue(): Promise<{ id: string; number: string }> {
  const engagementId = await engagementIn('decided', client, certifier, { documentKind: 'certificate' })
  const answer = await move(certifier.decider.token, engagementId, 'credential')
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return { id: answer.body.id, number: answer.body.number }
}

const get = (query: Record<string, string>): Promise<Answer> =>
  call('GET', `/v1/public/credentials?${new URLSearchParams(query)}`)
const detail = (id: string): Promise<Answer> => call('GET', `/v1/public/credentials/${id}`)
const decide = (id: string, sent: object) =>
  call('POST', `/v1/credentials/${id}/moves`, { token: certifier.decider.token, body: sent })
const numbersOf = ({ body: answered }: Answer): string[] =>
  answered.credentials.map(({ number }: { number: string }) => number)

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  for (let i = 0; i < 3; i++) made.push(await issue())
  holderCode = (await detail(made[0]?.id ?? '')).body.holder.unifiedSocialCreditCode
}, 120_000)

describe('by number', () => {
  test('a document is found however its number is written, development or not', async () => {
    const [{ number, id } = { number: '', id: '' }] = made
    const wide = [...number.toLowerCase()].map((c) => String.fromCodePoint((c.codePointAt(0) ?? 0) + 0xfee0))
    const confused = number.slice(6).replaceAll('0', 'o').replaceAll('1', 'l')
    for (const written of [number, ` ${number.replaceAll('-', ' ')} `, wide.join(''), `EGRET-${confused}`]) {
      const answer = await get({ number: written })
      expect([written, answer.status, numbersOf(answer)]).toEqual([written, 200, [number]])
      expect(answer.headers.get('cache-control')).toBe('public, max-age=15')
    }
    const [found] = (await get({ number })).body.credentials
    expect(found).toMatchObject({
      id,
      documentKind: 'certificate',
      development: true,
      status: 'active',
      reason: null,
      opinion: 'unmodified',
      body: { slug: certifier.slug },
    })
    expect(found.validUntil).toMatch(/^\d{4}-/)
  })

  test('another number, and what is none, is not found', async () => {
    for (const number of [
      'EGRET-1999-0000-0000',
      'nonsense',
      '',
      '%',
      `${made[0]?.number}X`,
      "' or 1=1 --",
    ]) {
      const answer = await get({ number })
      expect([number, answer.status, code(answer)]).toEqual([number, 404, 'not-found'])
    }
  })
})

describe('lists', () => {
  test('of a body and of a holder, newest first, in pages that neither skip nor repeat', async () => {
    const newest = made.map(({ number }) => number).reverse()
    for (const by of [{ body: certifier.slug }, { holder: ` ${holderCode.toLowerCase()} ` }]) {
      const seen: string[] = []
      let path: string | undefined =
        `/v1/public/credentials?${new URLSearchParams({ ...by, development: 'true', limit: '2' })}`
      while (path !== undefined) {
        const answer: Answer = await call('GET', path)
        expect(answer.status, JSON.stringify(answer.body)).toBe(200)
        seen.push(...numbersOf(answer))
        const link = /<([^>]+)>; rel="next"/.exec(answer.headers.get('link') ?? '')?.[1]
        path = link === undefined ? undefined : new URL(link).pathname + new URL(link).search
      }
      expect(seen).toEqual(newest)
    }
  })

  test('leave out what was issued for trying out, unless asked', async () => {
    expect(numbersOf(await get({ body: certifier.slug }))).toEqual([])
    expect(numbersOf(await get({ holder: holderCode, development: 'false' }))).toEqual([])
  })

  test('of nobody are empty, of no body are not found, and a mistyped code is told', async () => {
    expect(numbersOf(await get({ holder: creditCode(), development: 'true' }))).toEqual([])
    expect(code(await get({ body: 'no-such-body' }))).toBe('not-found')
    const factory = await organization(await operatorToken(), 'enterprise')
    expect(code(await get({ body: factory.slug }))).toBe('not-found')
    const last = holderCode.endsWith('A') ? 'B' : 'A'
    const mistyped = await get({ holder: holderCode.slice(0, -1) + last })
    expect([mistyped.status, code(mistyped), mistyped.body.pointer]).toEqual([
      422,
      'identifier-invalid',
      '/holder',
    ])
  })
})

describe('how a document stands', () => {
  test('is as the last move has it, with its date and reason; the moves are public without note and person', async () => {
    const { id, number } = await issue()
    expect((await decide(id, { move: 'suspend', reason: 'nonconformity', note })).status).toBe(201)
    const [suspended] = (await get({ number })).body.credentials
    expect([suspended.status, suspended.reason]).toEqual(['suspended', 'nonconformity'])
    expect((await decide(id, { move: 'withdraw', reason: 'misuse-of-document', note })).status).toBe(201)
    const answer = await detail(id)
    expect([answer.body.status, answer.body.reason]).toEqual(['withdrawn', 'misuse-of-document'])
    expect(answer.body.statusAt).toBe(answer.body.moves[1].effectiveAt)
    expect(answer.body.moves.map(Object.keys)).toEqual(
      Array(2).fill(['number', 'move', 'reason', 'leafIndex', 'effectiveAt', 'at']),
    )
    expect(answer.body.moves[1].leafIndex).toBeGreaterThan(answer.body.leafIndex)
    const page = await call('GET', `/credentials/${id}`, { headers: { accept: 'text/html' } })
    expect(page.body).toContain('data-standing="withdrawn"')
    expect(page.body).not.toContain(note)
  })

  test('tells nothing that is private', async () => {
    const told = JSON.stringify([
      (await detail(made[0]?.id ?? '')).body,
      (await get({ body: certifier.slug, development: 'true' })).body,
    ])
    const hidden = [client.id, certifier.id, certifier.decider.personId, client.preparer.personId, 'salt']
    for (const text of [...hidden, 'engagementId', 'jwt"', 'kid', 'note', 'person']) {
      expect(told).not.toContain(text)
    }
  })
})

describe('hostile questions', () => {
  const naughty = [
    "'; drop table credentials; --",
    '<script>alert(1)</script>',
    '../../../etc/passwd',
    '%00',
    '\u202e',
    '𠜎𠜱',
    '()&|!:*',
    'a'.repeat(101),
    '{"$gt":""}',
    '١٢٣',
  ]

  test.each(naughty)('%s is refused or finds nothing', async (text) => {
    for (const name of ['number', 'holder', 'body', 'after']) {
      const query = name === 'after' ? { body: certifier.slug, after: text } : { [name]: text }
      const { status } = await get(query)
      expect([name, [400, 404, 422].includes(status), status]).toEqual([name, true, status])
    }
    for (const path of [
      `/credentials?q=${encodeURIComponent(text)}`,
      `/bodies/${encodeURIComponent(text)}`,
    ]) {
      const page = await call('GET', path, { headers: { accept: 'text/html' } })
      expect(page.status).toBeLessThan(500)
      expect(page.body).not.toContain('<script>alert')
    }
  })

  test('a cursor of the year 0, which PostgreSQL has not, is no cursor', async () => {
    const after = '0000-01-01T00:00:00.000Z_00000000-0000-4000-8000-000000000000'
    const { status, body: refused } = await get({ body: certifier.slug, after })
    expect([status, refused.pointer]).toEqual([400, '/after'])
    expect((await call('GET', `/bodies/${certifier.slug}?after=${after}`)).status).toBe(400)
  })

  test('one thing is asked at a time', async () => {
    for (const query of [{}, { number: 'x', holder: 'y' }, { body: 'a', number: 'b' }]) {
      expect(code(await get(query as Record<string, string>))).toBe('invalid-request')
    }
    expect((await detail('nonsense')).status).toBe(400)
    expect((await detail(crypto.randomUUID())).status).toBe(404)
  })
})
