/** POST /v1/product-analyses and GET …/analysis: what is asked, what is refused with its place, and for whom. */

import { beforeAll, describe, expect, test } from 'vitest'
import { AnalysisView } from '../../src/http/routes/product-analyses/view.ts'
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
  submit,
} from './cast.ts'

let client: Enterprise
let other: Enterprise
let verifier: Body
beforeAll(async () => {
  ;[client, other, verifier] = [await enterprise(), await enterprise(), await body()]
}, 60_000)

const piece = (amount: string) => ({ amount, unit: 'piece' })
const kWh = (amount: string) => ({ amount, unit: 'kWh' })
const definition = {
  ...{ kind: 'product', boundary: 'cradle-to-gate', declaredUnit: piece('1'), referenceProcess: 'fan' },
  processes: ['fan', 'motor'].map((id) => ({
    ...{ id, name: { en: id, zh: null }, stage: 'production', output: piece('1') },
  })),
  ...{ period: { start: '2024-01-01', end: '2025-01-01' }, region: 'CN-FJ' },
  gwpSet: { id: 'ipcc-ar6', version: '2021' },
  factorTables: [{ table: 'cn-electricity-life-cycle', version: '2024' }],
  parameters: [
    {
      ...{ id: 'spoilt', value: '0.1' },
      uncertainty: { distribution: 'triangular', low: '0.05', high: '0.2' },
    },
    { id: 'motors', unit: 'piece', formula: '1 / (1 - spoilt)' },
  ],
}
const power = (process: string, amount: string) => ({
  ...{ id: `${process}-power`, category: 'electricity', process, quantity: kWh(amount), factor: {} },
  uncertainty: { activityPercent: '10', factorPercent: '5' },
})
const lines = [
  power('fan', '2'),
  power('motor', '9'),
  { id: 'motors', category: 'material', process: 'fan', from: 'motor', parameter: { id: 'motors' } },
]
const system = { ...definition, lines }

const analyze = (asked: Record<string, unknown>, token = client.machine) =>
  call('POST', '/v1/product-analyses', { token, body: asked })

describe('an analysis', () => {
  test('answers every part, by the seed it was asked, and the same bytes again', async () => {
    const asked = { system, draws: 500, seed: 20_26 }
    const answer = await analyze(asked)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { analysis, engine } = AnalysisView.parse(answer.body)
    expect(engine.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
    // 2 kWh and, of 1 ÷ 0.9 motors, 9 kWh each: 12 kWh of one factor.
    const { total, contributions, ranking, uncertainty, tree } = analysis
    const perKWh = Number(total) / 12
    const taken = contributions?.lines.find(({ line }) => line === 'motors')
    expect(Number(taken?.upstream)).toBeCloseTo(10 * perKWh, 10)
    expect(tree?.nodes[0]).toMatchObject({ parent: null, depth: 0, kgCo2e: total })
    expect(ranking?.carryingResult).toMatchObject({ inputs: 2, of: 3, resultShare: '1' })
    expect(uncertainty?.drawn).toEqual({ generator: 'philox4x32-10', seed: 2026, draws: 500 })
    // Two amounts, the one factor of both lines, and a parameter.
    expect(uncertainty?.sources).toBe(4)
    expect((await analyze(asked)).body).toEqual(answer.body)
  })

  test('tells scenarios and a table, and compares a scenario on the same draws', async () => {
    const answer = await analyze({
      ...{ system, parts: [], draws: 200 },
      scenarios: [{ name: 'nothing spoilt', parameters: [{ id: 'spoilt', value: '0' }] }],
      parameterTables: [{ parameter: 'spoilt', values: ['0', '1'] }],
      comparison: { scenario: 'nothing spoilt' },
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { scenarios, parameterTables, comparison, tree } = AnalysisView.parse(answer.body).analysis
    expect(tree).toBeNull()
    expect(scenarios[0]?.total).toBe(parameterTables[0]?.rows[0]?.total)
    expect(parameterTables[0]?.rows[1]).toMatchObject({ total: null, refusal: { code: 'invalid-number' } })
    expect(comparison).toMatchObject({ b: { point: scenarios[0]?.total }, belowShare: '0' })
  })

  test('is linear in what is declared', async () => {
    const [one, ten] = await Promise.all(
      ['1', '10'].map((amount) => analyze({ system: { ...system, declaredUnit: piece(amount) }, parts: [] })),
    )
    expect(Number(ten?.body.analysis.total)).toBeCloseTo(10 * Number(one?.body.analysis.total), 10)
  })
})

describe('a refusal', () => {
  const refused = async (asked: Record<string, unknown>) => {
    const answer = await analyze(asked)
    return [answer.status, code(answer), answer.body.pointer]
  }

  test('points below the system it is of', async () => {
    const broken = { ...system, lines: [{ ...lines[0], quantity: kWh('much') }, ...lines.slice(1)] }
    expect(await refused({ system: broken })).toEqual([
      422,
      'invalid-number',
      '/system/lines/0/quantity/amount',
    ])
    const pins = [{ table: 'gone', version: '1' }]
    expect(await refused({ system: { ...system, factorTables: pins } })).toEqual([
      ...[422, 'unknown-factor-table', '/system/factorTables/0'],
    ])
    expect(await refused({ system, comparison: { system: broken } })).toEqual([
      ...[422, 'invalid-number', '/comparison/system/lines/0/quantity/amount'],
    ])
  })

  test('of what cannot be compared lists what differs', async () => {
    const answer = await analyze({ system, comparison: { system: { ...system, boundary: 'gate-to-gate' } } })
    expect([answer.status, code(answer)]).toEqual([409, 'not-comparable'])
    expect(answer.body.differences).toEqual([{ member: 'boundary', a: 'cradle-to-gate', b: 'gate-to-gate' }])
  })

  test('of an inventory, of unknown members and of what is out of bounds', async () => {
    expect((await refused({ system: { ...system, kind: 'organization' } }))[1]).toBe('invalid-request')
    expect((await refused({ system, drawings: 5 }))[1]).toBe('invalid-request')
    expect((await refused({ system, draws: 10_001 }))[1]).toBe('invalid-request')
    expect((await refused({ system, cutOff: '1.5' }))[1]).toBe('invalid-request')
    expect((await refused({ system, seed: -1 }))[1]).toBe('invalid-request')
    const scenarios = Array.from({ length: 51 }, (_, at) => ({ name: String(at) }))
    expect((await refused({ system, scenarios }))[1]).toBe('too-many-items')
  })

  test('of more work than is done at once', async () => {
    const many = Array.from({ length: 3000 }, (_, at) => ({ ...power('fan', '1'), id: `power-${at}` }))
    const answer = await analyze({ system: { ...system, lines: [...many, ...lines] }, draws: 10_000 })
    expect([answer.status, code(answer)]).toEqual([422, 'analysis-too-large'])
    expect(answer.body.workMax).toBe(100_000_000)
  })

  test('of a token without the scope', async () => {
    const answer = await analyze({ system }, verifier.lead.token)
    expect([answer.status, code(answer)]).toEqual([403, 'insufficient-scope'])
  })
})

describe('the analysis of a footprint', () => {
  const product = { name: { en: 'Fan', zh: '风机' } }
  const fan = footprintBody({ calculation: definition, product, consolidationApproach: null })
  const get = (path: string, token = client.preparer.token) =>
    call('GET', `/v1/footprints/${path}`, { token })
  let id: string
  beforeAll(async () => {
    id = (await draft(client, fan, lines)).id
  }, 60_000)

  test('is of the draft as it stands, in the parts that are asked for', async () => {
    const answer = await get(`${id}/analysis?parts=tree,uncertainty&draws=200&seed=7`)
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { analysis } = AnalysisView.parse(answer.body)
    expect(analysis.contributions).toBeNull()
    const sent = await analyze({ system, parts: ['tree', 'uncertainty'], draws: 200, seed: 7 })
    expect(answer.body).toEqual(sent.body)
  })

  test('is nobody else’s, and none of an inventory or of a draft without activity data', async () => {
    for (const token of [other.preparer.token, verifier.lead.token]) {
      expect(code(await get(`${id}/analysis`, token))).toBe('not-found')
    }
    const inventory = await draft(client)
    expect(code(await get(`${inventory.id}/analysis`))).toBe('not-found')
    const empty = await call('POST', '/v1/footprints', { token: client.preparer.token, body: fan })
    expect(code(await get(`${empty.body.id}/analysis`))).toBe('footprint-incomplete')
    expect(code(await get(`${id}/analysis?revision=1`))).toBe('not-found')
    expect(code(await get(`${id}/analysis?parts=everything`))).toBe('invalid-request')
  })

  test('of a revision is its owner’s and the body’s it was put before, and comes to the frozen figure', async () => {
    const answer = await submit(client.responsible.token, id)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const path = `${id}/analysis?revision=1&parts=contributions`
    expect(code(await get(path, verifier.lead.token))).toBe('not-found')
    const applied = await apply(client.preparer.token, id, verifier.slug)
    expect(applied.status, JSON.stringify(applied.body)).toBe(201)
    for (const token of [client.preparer.token, verifier.manager.token]) {
      const analysis = await get(path, token)
      expect(analysis.status, JSON.stringify(analysis.body)).toBe(200)
      expect(analysis.body.analysis.total).toBe(answer.body.result.totalKgCo2e)
    }
    expect(code(await get(path, other.preparer.token))).toBe('not-found')
  })
})
