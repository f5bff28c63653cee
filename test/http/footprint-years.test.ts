/** One year to the next over HTTP: a copy without last year's figures, its lines as a form, and the two years compared. */

import { beforeAll, describe, expect, test } from 'vitest'
import { call } from './api.ts'
import {
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventory,
  inventoryLines,
  inventoryTotalKg,
  putData,
  submitted,
} from './cast.ts'

let client: Enterprise
let other: Enterprise
let verifying: Body
beforeAll(async () => {
  client = await enterprise()
  other = await enterprise()
  verifying = await body()
}, 60_000)

const next = { start: '2025-01-01', end: '2026-01-01' }
const get = (path: string, token = client.machine) => call('GET', path, { token })
const copy = (
  id: string,
  sent: unknown,
  headers: Record<string, string> = {},
  token = client.preparer.token,
) => call('POST', `/v1/footprints/${id}/copies`, { token, body: sent, headers })

describe('a copy', () => {
  test('is a draft of another period, without what belongs to the old one', async () => {
    const intensityBases = [
      { kind: 'output', name: { en: 'Steel', zh: null }, quantity: { amount: '10', unit: 't' } },
    ]
    const { id } = await draft(client, footprintBody({ calculation: inventory({ intensityBases }) }))
    const answer = await copy(id, { period: next, title: 'Inventory 2025' })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    expect(answer.body).toMatchObject({
      ...{ title: 'Inventory 2025', state: 'draft', activityData: null, latestRevision: 0, version: 1 },
      ...{ scheme: footprintBody().scheme, responsibleParty: footprintBody().responsibleParty },
      calculation: inventory({ period: next }),
    })
    expect(answer.body.calculation).not.toHaveProperty('intensityBases')
    expect(answer.body.id).not.toBe(id)
    expect(answer.headers.get('location')).toBe(`/v1/footprints/${answer.body.id}`)
    const calculated = await call('POST', `/v1/footprints/${answer.body.id}/calculations`, {
      token: client.machine,
    })
    expect(code(calculated)).toBe('footprint-incomplete')
  })

  test('keeps the title where none is given, and is made once under one key', async () => {
    const { id } = await draft(client)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const [first, again] = [await copy(id, { period: next }, key), await copy(id, { period: next }, key)]
    expect([first.body.title, again.body.id]).toEqual(['Inventory 2024', first.body.id])
    expect(code(await copy(id, { period: { start: '2026-01-01', end: '2027-01-01' } }, key))).toBe(
      'idempotency-key-reused',
    )
  })

  test('is nobody else’s to make, and of no period that is none', async () => {
    const { id } = await draft(client)
    expect(code(await copy(id, { period: next }, {}, other.preparer.token))).toBe('not-found')
    expect(code(await copy(id, { period: { start: '2025-02-30', end: '2026-01-01' } }))).toBe(
      'period-invalid',
    )
    expect(code(await copy(id, {}))).toBe('invalid-request')
  })
})

describe('a form', () => {
  test('has everything but how much, its dates in the next period, and is refused until it is filled in', async () => {
    const { id } = await draft(client)
    const form = (await get(`/v1/footprints/${id}/activity-data/form`)).body
    const [power, diesel] = inventoryLines
    expect(form).toEqual({
      lines: [
        {
          ...{ ...power, period: next, quantity: { amount: '', unit: 'kWh' } },
          factor: { table: 'cn-electricity-co2', year: 2024 },
        },
        { ...diesel, quantity: { amount: '', unit: 't' } },
      ],
    })
    const made = await copy(id, { period: next })
    const put = (data: unknown, type?: string) =>
      putData(client.preparer.token, made.body.id, data, '"1"', type)
    const refused = await put(form)
    expect([code(refused), refused.body.pointer, refused.body.errors.length]).toEqual([
      'invalid-request',
      '/lines/0/quantity/amount',
      expect.any(Number),
    ])
    form.lines[0].quantity.amount = '120000'
    form.lines[1].quantity.amount = '3'
    expect((await put(form)).status).toBe(200)
  })

  test('is CSV too, refused at its empty cell', async () => {
    const { id } = await draft(client)
    const answer = await get(`/v1/footprints/${id}/activity-data/form?format=csv`)
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    const made = await copy(id, { period: next })
    const refused = await putData(client.preparer.token, made.body.id, answer.body, '"1"', 'text/csv')
    expect([code(refused), refused.body.line, refused.body.pointer]).toEqual([
      ...['invalid-request', 2, '/lines/0/quantity/amount'],
    ])
    const filled = answer.body.replace(',,kWh,', ',120000,kWh,').replace(',,t,', ',3,t,')
    const put = await putData(client.preparer.token, made.body.id, filled, '"1"', 'text/csv')
    expect(put.status, JSON.stringify(put.body)).toBe(200)
  })

  test('in CSV is refused where an empty cell would be a default', async () => {
    const measured = [
      {
        ...inventoryLines[1],
        id: 'boiler',
        factor: undefined,
        category: 'stationary-combustion',
        fuel: { table: 'cn-fuel', id: 'set-b-diesel', oxidation: '0.97' },
      },
    ]
    const { id } = await draft(client, footprintBody(), measured)
    const answer = await get(`/v1/footprints/${id}/activity-data/form?format=csv`)
    expect([code(answer), answer.body.pointer]).toEqual(['invalid-request', '/format'])
    const json = await get(`/v1/footprints/${id}/activity-data/form`)
    expect(json.body.lines[0].fuel.oxidation).toBe('')
  })

  test('in CSV is refused for a name that CSV would write as another, so that -1号楼 stays what it is', async () => {
    const named = [{ ...inventoryLines[0], facility: '-1号楼' }]
    const { id } = await draft(client, footprintBody(), named)
    const answer = await get(`/v1/footprints/${id}/activity-data/form?format=csv`)
    expect([code(answer), answer.body.pointer]).toEqual(['invalid-request', '/format'])
    expect(answer.body.detail).toMatch(/facility/)
    const json = await get(`/v1/footprints/${id}/activity-data/form`)
    expect(json.body.lines[0].facility).toBe('-1号楼')
  })

  test('is for the owner, of a footprint with lines, for a day that exists', async () => {
    const { id } = await draft(client)
    expect(code(await get(`/v1/footprints/${id}/activity-data/form`, other.machine))).toBe('not-found')
    expect(code(await get(`/v1/footprints/${id}/activity-data/form?start=2025-02-30`))).toBe('period-invalid')
    const empty = await copy(id, { period: next })
    expect(code(await get(`/v1/footprints/${empty.body.id}/activity-data/form`))).toBe('footprint-incomplete')
  })
})

describe('a comparison', () => {
  test('of a revision with the next year’s draft says what changed, and by which cause', async () => {
    const before = await submitted(client)
    const made = await copy(before, { period: next, title: 'Inventory 2025' })
    const [power, diesel] = inventoryLines
    // 118,400 → 128,400 kWh: 10,000 × 0.4211 = 4,211 kg more. The diesel is gone: 6,290.244986 kg less.
    const lines = [{ ...power, period: next, quantity: { amount: '128400', unit: 'kWh' } }]
    await putData(client.preparer.token, made.body.id, { lines }, '"1"')
    const answer = await get(`/v1/footprints/${made.body.id}/comparison?with=${before}&withRevision=1`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { states, parts, lineCount } = answer.body
    expect(states).toMatchObject({
      before: { footprintId: before, revision: 1, period: { start: '2024-01-01', end: '2025-01-01' } },
      after: {
        footprintId: made.body.id,
        revision: null,
        title: 'Inventory 2025',
        period: next,
        record: null,
      },
    })
    expect(states.before.record).toMatch(/^sha256:/)
    expect(Number(answer.body.before)).toBeCloseTo(inventoryTotalKg, 6)
    expect(Number(parts.activity)).toBeCloseTo(4211, 6)
    expect(Number(parts.ceased)).toBeCloseTo(-6290.244986, 6)
    expect(parts).toMatchObject({ factor: '0', method: '0', structural: '0', added: '0' })
    expect(lineCount).toBe(2)
    expect(answer.body.lines[0].sides).toMatchObject({ before: { lines: [diesel?.id] }, after: null })
    expect(answer.body.byScope.map(({ key }: { key: string }) => key)).toEqual(['1', '2'])
  })

  test('of a revision with itself is no change', async () => {
    const id = await submitted(client)
    const answer = await get(`/v1/footprints/${id}/comparison?revision=1&with=${id}&withRevision=1`)
    expect(answer.body).toMatchObject({
      difference: '0',
      parts: { activity: '0', factor: '0' },
      lineCount: 2,
    })
  })

  test('is for a body only of revisions put before it', async () => {
    const id = await submitted(client)
    const path = `/v1/footprints/${id}/comparison?revision=1&with=${id}&withRevision=1`
    expect(code(await get(path, verifying.lead.token))).toBe('not-found')
    const applied = await apply(client.preparer.token, id, verifying.slug)
    expect(applied.status, JSON.stringify(applied.body)).toBe(201)
    expect((await get(path, verifying.lead.token)).status).toBe(200)
    // The footprint as it stands is its owner's alone, and so is a revision put before nobody.
    expect(
      code(await get(`/v1/footprints/${id}/comparison?with=${id}&withRevision=1`, verifying.lead.token)),
    ).toBe('not-found')
    const second = await submitted(client)
    const unseen = `/v1/footprints/${id}/comparison?revision=1&with=${second}&withRevision=1`
    expect(code(await get(unseen, verifying.lead.token))).toBe('not-found')
    expect(code(await get(path, other.machine))).toBe('not-found')
  })

  test('is refused of an organization with a product, of no data, and of no footprint', async () => {
    const { id } = await draft(client)
    const empty = await copy(id, { period: next })
    expect(code(await get(`/v1/footprints/${empty.body.id}/comparison?with=${id}`))).toBe(
      'footprint-incomplete',
    )
    expect(code(await get(`/v1/footprints/${id}/comparison`))).toBe('invalid-request')
    expect(code(await get(`/v1/footprints/${id}/comparison?with=${crypto.randomUUID()}`))).toBe('not-found')
    expect(code(await get(`/v1/footprints/${id}/comparison?with=${id}&revision=0`))).toBe('invalid-request')
  })
})

test('lines that a body sees are the two hundred that changed most', async () => {
  const many = (kWh: number) =>
    Array.from({ length: 250 }, (_, at) => ({
      ...inventoryLines[0],
      ...{ id: `m${at}`, facility: `f${at}`, quantity: { amount: String(kWh + at), unit: 'kWh' } },
    }))
  const { id } = await draft(client, footprintBody(), many(0))
  const moved = many(0).map((one, at) => ({ ...one, quantity: { amount: String(at * 2), unit: 'kWh' } }))
  const { id: later } = await draft(client, footprintBody(), moved)
  const { body: compared } = await get(`/v1/footprints/${later}/comparison?with=${id}`)
  // Line m249 changed by 249 kWh, the most; 0 + 1 + … + 249 = 31,125 kWh in all.
  expect([compared.lines.length, compared.lineCount]).toEqual([200, 250])
  expect(compared.lines[0].sides.after.lines).toEqual(['m249'])
  expect(Number(compared.difference)).toBeCloseTo(31125 * 0.4211, 6)
})

test('a base year is held against the policy that is sent, and against no other', async () => {
  const id = await submitted(client)
  const path = `/v1/footprints/${id}/revisions/1/recalculation-check`
  const check = (sent: unknown, token = client.machine) => call('POST', path, { token, body: sent })
  const policy = { thresholdShare: '0.05', cumulative: true, measure: 'absolute' }
  const bought = { kind: 'structural', date: '2025-03-01', kgCo2e: '3000', description: 'Bought a dye works' }
  const grown = { kind: 'organic-growth', date: '2025-03-01', kgCo2e: '9000', description: 'A third shift' }
  const sent = { policy, lastRecalculation: null, changes: [bought, grown] }
  // 3,000 of 56,148.484986 kg is 5.34 %; the growth does not count.
  const answer = await check(sent)
  expect(answer.body).toMatchObject({ required: true, counted: [0], absolute: { kgCo2e: '3000' } })
  expect(Number(answer.body.measuredShare)).toBeCloseTo(3000 / inventoryTotalKg, 9)
  const lax = await check({ ...sent, policy: { ...policy, thresholdShare: '0.1' } })
  expect(lax.body.required).toBe(false)
  expect(code(await check({ ...sent, policy: { cumulative: true, measure: 'net' } }))).toBe('invalid-request')
  const wrong = await check({ ...sent, changes: [{ ...bought, kgCo2e: 'x' }] })
  expect([code(wrong), wrong.body.pointer]).toEqual(['invalid-number', '/changes/0/kgCo2e'])
  expect(code(await check(sent, other.machine))).toBe('not-found')
})

describe('a base year', () => {
  const policy = { thresholdShare: '0.05', cumulative: true, measure: 'net' }
  const create = (baseYear: unknown, changes: Record<string, unknown> = {}) =>
    call('POST', '/v1/footprints', {
      token: client.preparer.token,
      body: footprintBody({ calculation: inventory({ period: next, ...changes }), baseYear }),
    })

  test('is named in the draft, and stands as it was in what is submitted', async () => {
    const base = await submitted(client)
    const baseYear = { footprintId: base, revision: 1, policy }
    const definition = footprintBody({ calculation: inventory({ period: next }), baseYear })
    const lines = inventoryLines.map((line) => (line.period ? { ...line, period: next } : line))
    const made = await draft(client, definition, lines)
    expect((await get(`/v1/footprints/${made.id}`)).body.baseYear).toEqual(baseYear)
    const sent = await call('POST', `/v1/footprints/${made.id}/revisions`, {
      token: client.responsible.token,
      body: { declaration: { accepted: true } },
    })
    expect(sent.status, JSON.stringify(sent.body)).toBe(201)
    const before = await get(`/v1/footprints/${base}/revisions/1`)
    expect(Number(before.body.result.totalKgCo2e)).toBeCloseTo(inventoryTotalKg, 6)
    const manifest = await get(`/v1/footprints/${made.id}/revisions/1/manifest`)
    expect(manifest.body.baseYear).toMatchObject({
      ...{ footprint: base, revision: 1, policy },
      totalKgCo2e: before.body.result.totalKgCo2e,
      period: inventory().period,
    })
  })

  test('is the organization’s own, submitted, and no later; its policy is one', async () => {
    const mine = await submitted(client)
    const foreign = await submitted(other)
    const named = (footprintId: string, changes: Record<string, unknown> = {}) => ({
      ...{ footprintId, revision: 1, policy },
      ...changes,
    })
    const nobody = '00000000-0000-4000-8000-000000000000'
    for (const wrong of [named(nobody), named(foreign), named(mine, { revision: 2 })]) {
      const answer = await create(wrong)
      expect([answer.status, code(answer), answer.body.pointer]).toEqual([
        422,
        'unknown-base-year',
        '/baseYear',
      ])
    }
    const earlier = { period: { start: '2020-01-01', end: '2021-01-01' } }
    expect(code(await create(named(mine), earlier))).toBe('unknown-base-year')
    const share = await create(named(mine, { policy: { ...policy, thresholdShare: '5' } }))
    expect([code(share), share.body.pointer]).toEqual([
      'property-out-of-range',
      '/baseYear/policy/thresholdShare',
    ])
  })
})
