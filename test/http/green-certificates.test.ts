import { beforeAll, describe, expect, test } from 'vitest'
import { call } from './api.ts'
import { body, code, draft, type Enterprise, enterprise } from './cast.ts'
import {
  allocate,
  certificate,
  claim,
  project,
  release,
  retirement,
  retirements,
  serials,
} from './certificates.ts'

let ours: Enterprise
let theirs: Enterprise
beforeAll(async () => {
  ours = await enterprise()
  theirs = await enterprise()
}, 60_000)

const read = (token: string, path = '') => call('GET', `${retirements}${path}`, { token })

describe('a claim', () => {
  test('stands with its numbers, what they come to, and what is promised of them', async () => {
    const of = project()
    const ranges = [serials(of, 501, 600), serials(of, 1, 100)]
    const made = await claim(ours.machine, ranges)
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(made.headers.get('location')).toBe(`${retirements}/${made.body.id}`)
    expect(made.body).toMatchObject({
      state: 'claimed',
      ranges: [serials(of, 1, 100), serials(of, 501, 600)],
      certificates: 200,
      energy: { amount: '200000', unit: 'kWh' },
      allocated: { inventories: 0, products: 0 },
      generationMonth: '2024-03',
      validThrough: '2026-02-28',
      technology: 'wind',
      tradable: true,
      retiredOn: '2025-01-20',
      consumption: { start: '2024-01-01', end: '2025-01-01' },
      reference: 'Consumption certificate 2025-0001',
      note: null,
      released: null,
      uniqueness: { among: 'tenants-of-this-installation' },
    })
    expect(made.body.uniqueness.statement.zh).toContain('本系统')
    expect((await read(ours.machine, `/${made.body.id}`)).body).toEqual(made.body)
  })

  test('is made once, however often its request is repeated; the key belongs to that request', async () => {
    const of = project()
    const key = { 'idempotency-key': of }
    const [first, again] = [
      await claim(ours.machine, [serials(of, 1, 10)], {}, key),
      await claim(ours.machine, [serials(of, 1, 10)], {}, key),
    ]
    expect([first.status, again.status]).toEqual([201, 201])
    expect(again.body).toEqual(first.body)
    const other = await claim(ours.machine, [serials(of, 11, 20)], {}, key)
    expect(code(other)).toBe('idempotency-key-reused')
    expect((await claim(theirs.machine, [serials(of, 11, 20)])).status).toBe(201)
  })

  test('that meets another is refused whole, with the shared numbers and nothing of their holder', async () => {
    const of = project()
    expect((await claim(theirs.machine, [serials(of, 1, 50)])).status).toBe(201)
    expect((await claim(theirs.machine, [serials(of, 51, 60)])).status).toBe(201)
    const free = serials(of, 900, 999)
    const refused = await claim(ours.machine, [serials(of, 41, 70), free])
    expect([refused.status, code(refused)]).toEqual([409, 'certificate-already-claimed'])
    // Held are 1–50 and 51–60; of 41–70 that is 41–60, and not that there are two holders' claims.
    expect(refused.body.ranges).toEqual([{ from: certificate(of, 41), to: certificate(of, 60) }])
    expect(Object.keys(refused.body).sort()).toEqual([
      'detail',
      'instance',
      'ranges',
      'status',
      'title',
      'type',
      'uniqueness',
    ])
    const text = JSON.stringify(refused.body)
    for (const secret of [theirs.id, theirs.slug]) expect(text).not.toContain(secret)
    expect((await claim(theirs.machine, [free])).status).toBe(201)
  })

  test('that meets one’s own is refused in the very same words', async () => {
    const [of, other] = [project(), project()]
    await claim(ours.machine, [serials(of, 1, 5)])
    await claim(theirs.machine, [serials(other, 1, 5)])
    const answers = await Promise.all(
      [of, other].map(async (which) => {
        const { body: refused } = await claim(ours.machine, [serials(which, 5, 9)])
        const { instance: _, ...rest } = refused
        return JSON.stringify(rest).replaceAll(which, 'PROJECT')
      }),
    )
    expect(answers[0]).toBe(answers[1])
  })

  test('of the same serial numbers in another class is another claim', async () => {
    const of = project()
    expect((await claim(theirs.machine, [serials(of, 1, 50)])).status).toBe(201)
    expect((await claim(ours.machine, [serials(of, 1, 50, '22')])).status).toBe(201)
    const all = { from: certificate(of, 60, '11'), to: certificate(of, 70, '12'), certificates: 1002 }
    expect((await claim(ours.machine, [all])).status).toBe(201)
    // A range over several classes takes every class of its serial numbers.
    expect(code(await claim(theirs.machine, [serials(of, 65, 65, '99')]))).toBe('certificate-already-claimed')
  })

  test.each<[string, Record<string, unknown>, string, Record<string, unknown>]>([
    [
      'a short number',
      { ranges: [{ from: 'A1', to: 'A1', certificates: 1 }] },
      'identifier-invalid',
      { part: 'length' },
    ],
    ['no range', { ranges: [] }, 'invalid-request', { pointer: '/ranges' }],
    ['a date that is none', { retiredOn: '2025-02-30' }, 'period-invalid', { pointer: '/retiredOn' }],
    [
      'a retirement after the validity',
      { retiredOn: '2026-03-01' },
      'certificate-expired',
      { use: 'retirement' },
    ],
    [
      'a consumption that goes on after the validity',
      { consumption: { start: '2026-01-01', end: '2027-01-01' } },
      'certificate-expired',
      { use: 'consumption', validThrough: '2026-02-28' },
    ],
    [
      'a retirement before the generation',
      { retiredOn: '2024-01-31' },
      'certificate-dates-invalid',
      { rule: 'retired-before-generation' },
    ],
    [
      'a month that does not exist',
      { generationMonth: '2024-13' },
      'period-invalid',
      { pointer: '/generationMonth' },
    ],
    ['an unknown member', { holder: 'me' }, 'invalid-request', { pointer: '' }],
    ['a NUL in its reference', { reference: 'a\0b' }, 'invalid-request', { pointer: '/reference' }],
  ])('with %s is refused by name', async (_, changes, problem, facts) => {
    const sent = { ...retirement([serials(project(), 1, 2)]), ...changes }
    const answer = await call('POST', retirements, { token: ours.machine, body: sent })
    expect(code(answer), JSON.stringify(answer.body)).toBe(problem)
    expect(answer.body).toMatchObject(facts)
  })

  test('with 201 ranges, or a number twice, is refused by name', async () => {
    const of = project()
    const many = Array.from({ length: 201 }, (_, at) => serials(of, 2 * at, 2 * at))
    expect(code(await claim(ours.machine, many))).toBe('too-many-items')
    const twice = await claim(ours.machine, [serials(of, 1, 5), serials(of, 5, 6)])
    expect([code(twice), twice.body.pointer]).toEqual(['duplicate-id', '/ranges/1'])
    expect((await claim(ours.machine, many.slice(1))).status).toBe(201)
  })

  test('is an enterprise’s: a body has no scope for it', async () => {
    const certifier = await body()
    const answer = await claim(certifier.manager.token, [serials(project(), 1, 1)])
    expect([answer.status, code(answer)]).toEqual([403, 'insufficient-scope'])
  })
})

describe('the list', () => {
  test('shows one’s own retirements, newest first, page by page', async () => {
    const someone = await enterprise()
    const ids: string[] = []
    for (let at = 0; at < 3; at += 1) {
      ids.unshift((await claim(someone.machine, [serials(project(), 1, 1)])).body.id)
    }
    const first = await read(someone.machine, '?limit=2')
    expect(first.body.retirements.map(({ id }: { id: string }) => id)).toEqual(ids.slice(0, 2))
    const next = /<[^>]*(\?[^>]*)>; rel="next"/.exec(first.headers.get('link') ?? '')?.[1] ?? ''
    const second = await read(someone.machine, next)
    expect(second.body.retirements.map(({ id }: { id: string }) => id)).toEqual(ids.slice(2))
    expect(second.headers.get('link')).toBeNull()
  })
})

describe('a release', () => {
  test('frees the numbers for anyone, once, and keeps the reason', async () => {
    const of = project()
    const { body: made } = await claim(ours.machine, [serials(of, 1, 10)])
    const released = await release(ours.machine, made.id, { reason: 'Claimed by mistake.' })
    expect(released.status, JSON.stringify(released.body)).toBe(200)
    expect(released.body).toMatchObject({ state: 'released', released: { reason: 'Claimed by mistake.' } })
    expect((await read(ours.machine, `/${made.id}`)).body).toEqual(released.body)
    const again = await release(ours.machine, made.id, { reason: 'Again.' })
    expect([again.status, code(again)]).toEqual([409, 'invalid-transition'])
    expect((await claim(theirs.machine, [serials(of, 1, 10)])).status).toBe(201)
    const { id } = await draft(ours)
    expect(code(await allocate(ours.machine, made.id, id, 1))).toBe('invalid-transition')
  })

  test('repeated under its key is answered alike, also of an allocation; the key serves nothing else', async () => {
    const { body: made } = await claim(ours.machine, [serials(project(), 1, 10)])
    const { id } = await draft(ours)
    const { body: given } = await allocate(ours.machine, made.id, id, 4)
    const key = { 'idempotency-key': project() }
    const back = () => release(ours.machine, `${made.id}/allocations/${given.id}`, undefined, key)
    const [first, again] = [await back(), await back()]
    expect([first.status, again.body]).toEqual([200, first.body])
    const free = (reason: string) => release(ours.machine, made.id, { reason }, key)
    const [freed, repeated, other] = [await free('Mistake.'), await free('Mistake.'), await free('Other.')]
    expect([freed.status, repeated.body]).toEqual([200, freed.body])
    expect(code(other)).toBe('idempotency-key-reused')
  })

  test('waits until nothing of it is allocated', async () => {
    const { body: made } = await claim(ours.machine, [serials(project(), 1, 10)])
    const { id } = await draft(ours)
    const { body: given } = await allocate(ours.machine, made.id, id, 4)
    const refused = await release(ours.machine, made.id, { reason: 'Mistake.' })
    expect([refused.status, code(refused)]).toEqual([409, 'certificate-in-use'])
    expect(refused.body).toMatchObject({ allocated: { inventories: 4, products: 0 }, submitted: false })
    expect((await release(ours.machine, `${made.id}/allocations/${given.id}`)).status).toBe(200)
    expect((await release(ours.machine, made.id, { reason: 'Mistake.' })).status).toBe(200)
  })
})

describe('allocations', () => {
  test('go to one’s own footprints, up to what the retirement holds', async () => {
    const { body: made } = await claim(ours.machine, [serials(project(), 1, 10)])
    const [one, other] = [await draft(ours), await draft(ours)]
    const given = await allocate(ours.machine, made.id, one.id, 7)
    expect(given.status, JSON.stringify(given.body)).toBe(201)
    expect(given.body).toMatchObject({
      retirementId: made.id,
      footprintId: one.id,
      footprintKind: 'organization',
      state: 'standing',
      certificates: 7,
      energy: { amount: '7000', unit: 'kWh' },
      usedByRevisionId: null,
      releasedAt: null,
    })
    const tooMany = await allocate(ours.machine, made.id, other.id, 4)
    expect([tooMany.status, code(tooMany)]).toEqual([409, 'certificate-overallocated'])
    expect(tooMany.body).toMatchObject({
      certificates: 10,
      allocated: 7,
      allocatedTo: 'inventories',
      pointer: '/certificates',
    })
    expect((await allocate(ours.machine, made.id, other.id, 3)).status).toBe(201)
    expect((await read(ours.machine, `/${made.id}`)).body.allocated.inventories).toBe(10)
    const back = await release(ours.machine, `${made.id}/allocations/${given.body.id}`)
    expect(back.body).toMatchObject({ state: 'released', certificates: 7 })
    expect((await read(ours.machine, `/${made.id}`)).body.allocated.inventories).toBe(3)
    const listed = await read(ours.machine, `/${made.id}/allocations`)
    expect(listed.body.allocations.map(({ state }: { state: string }) => state)).toEqual([
      'standing',
      'released',
    ])
    const twice = await release(ours.machine, `${made.id}/allocations/${given.body.id}`)
    expect([twice.status, code(twice)]).toEqual([409, 'invalid-transition'])
  })

  test('are made once under one key', async () => {
    const { body: made } = await claim(ours.machine, [serials(project(), 1, 10)])
    const { id } = await draft(ours)
    const key = { 'idempotency-key': project() }
    const first = await allocate(ours.machine, made.id, id, 6, key)
    expect((await allocate(ours.machine, made.id, id, 6, key)).body).toEqual(first.body)
    expect(code(await allocate(ours.machine, made.id, id, 1, key))).toBe('idempotency-key-reused')
    expect((await read(ours.machine, `/${made.id}`)).body.allocated.inventories).toBe(6)
  })

  test.each([0, -1, 1.5, 10_000_001])('of %d certificates are refused', async (certificates) => {
    const { body: made } = await claim(ours.machine, [serials(project(), 1, 2)])
    const { id } = await draft(ours)
    expect(code(await allocate(ours.machine, made.id, id, certificates))).toBe('invalid-request')
  })
})

describe('another tenant', () => {
  test('meets the very same answers for what is someone else’s and for what is not there', async () => {
    const { body: made } = await claim(ours.machine, [serials(project(), 1, 10)])
    const { id: footprint } = await draft(ours)
    const { id: foreign } = await draft(theirs)
    const { body: given } = await allocate(ours.machine, made.id, footprint, 5)
    const token = theirs.machine
    const none = crypto.randomUUID()
    const attempts: readonly ((id: string, allocation: string) => ReturnType<typeof call>)[] = [
      (id) => read(token, `/${id}`),
      (id) => read(token, `/${id}/allocations`),
      (id) => release(token, id, { reason: 'Mine.' }),
      (id) => allocate(token, id, foreign, 1),
      (id, allocation) => release(token, `${id}/allocations/${allocation}`),
    ]
    for (const attempt of attempts) {
      const [seen, missing] = [await attempt(made.id, given.id), await attempt(none, none)]
      expect([seen.status, seen.body.detail]).toEqual([404, missing.body.detail])
    }
    const { body: own } = await claim(token, [serials(project(), 1, 10)])
    const lent = await allocate(token, own.id, footprint, 1)
    expect([lent.status, lent.body.pointer]).toEqual([404, '/footprintId'])
    expect((await read(ours.machine, `/${made.id}`)).body.allocated.inventories).toBe(5)
  })
})
