/** POST /v1/factors/resolve: many selectors, each with its own answer, for anyone as far as licences allow. */

import { describe, expect, test } from 'vitest'
import { type Answer, call, isMadeByTest, operatorToken } from './api.ts'
import { code } from './cast.ts'

const chinese = [
  { table: 'cn-electricity-co2', version: '2023' },
  { table: 'cn-electricity-life-cycle', version: '2024' },
]
const power = { category: 'purchased-electricity', year: 2025, unit: 'MWh' }

const ask = (selectors: unknown, changes: Record<string, unknown> = {}, token?: string) =>
  call('POST', '/v1/factors/resolve', {
    body: { kind: 'organization', region: 'CN-FJ', factorTables: chinese, selectors, ...changes },
    ...(token === undefined ? {} : { token }),
  })

/** Each answer in a word: the factor's id, or the problem's code. */
const words = ({ body, status }: Answer) => {
  expect(status, JSON.stringify(body)).toBe(200)
  return body.answers.map(
    (answer: { factor?: { id: string }; problem?: { code: string } }) =>
      answer.factor?.id ?? answer.problem?.code,
  )
}

describe('an answer', () => {
  test('is the factor with its figures and source, and the way to it', async () => {
    const { body } = await ask([power])
    // Announcement 2025 No. 47: Fujian 2023, 0.4211 kg CO2 per kWh; two years back, and the limit is three.
    expect(body.answers).toEqual([
      {
        factor: expect.objectContaining({
          ...{ table: 'cn-electricity-co2', version: '2023', id: 'cn-grid-co2-2023-fj' },
          ...{ family: 'electricity-generation', category: 'electricity', region: 'CN-FJ', year: 2023 },
          ...{ unit: 'kWh', gwpBasis: 'gas-masses', gasesNotCovered: ['CH4', 'N2O'] },
          flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.4211' }],
          confirmation: 'primary',
        }),
        path: [
          {
            step: 'table',
            asked: 'cn-electricity-co2@2023, cn-electricity-life-cycle@2024',
            took: 'cn-electricity-co2@2023',
          },
          { step: 'region', asked: 'CN-FJ', took: 'CN-FJ' },
          { step: 'year', asked: '2025', took: '2023' },
        ],
      },
    ])
    expect(body.factorTables[0]).toMatchObject({
      ...{ table: 'cn-electricity-co2', version: '2023', digest: expect.stringMatching(/^sha256:/) },
      licence: { terms: 'public-domain', redistributable: true },
    })
  })

  test('comes for each selector in its place; a bad one fails no other', async () => {
    const answer = await ask([
      power,
      { ...power, region: 'CN-XZ', year: 2023 },
      { ...power, year: 2020 },
      { ...power, unit: 'kwhh' },
      { ...power, category: 'constructor' },
      { ...power, family: 'electricity-life-cycle' },
      { ...power, id: 'cn-elec-footprint-2024-national' },
      { ...power, id: 'cn-grid-co2-ets-2022' },
      { ...power, table: '__proto__' },
      { ...power, region: '__proto__' },
      power,
    ])
    expect(words(answer)).toEqual([
      'cn-grid-co2-2023-fj',
      // Tibet has none: the national one.
      'cn-grid-co2-2023-national',
      'unknown-factor',
      'unknown-unit',
      'unknown-category',
      'wrong-family',
      'wrong-family',
      'wrong-family',
      'unknown-factor-table',
      'unknown-factor',
      'cn-grid-co2-2023-fj',
    ])
    const { problem } = answer.body.answers[3]
    expect(problem).toMatchObject({ pointer: '/selectors/3/unit', status: 422 })
    expect(problem.type).toMatch(/\/problems\/unknown-unit$/)
    expect(problem.candidates).toContain('kWh')
  })

  test('of a product is another one: the family guard goes by kind', async () => {
    const electricity = { ...power, category: 'electricity' }
    expect(words(await ask([electricity], { kind: 'product' }))).toEqual(['cn-elec-footprint-2024-national'])
    const generation = { ...electricity, id: 'cn-grid-co2-2023-fj' }
    const { body } = await ask([generation], { kind: 'product' })
    expect(body.answers[0].problem.detail).toContain('电力碳足迹因子')
  })

  test('lists the candidates where two are left', async () => {
    const factorTables = [{ table: 'uk-desnz', version: '2025' }]
    const cars = { category: 'business-travel', year: 2025, unit: 'passenger.km' }
    const { body } = await ask([cars], { factorTables, region: 'GB' })
    const { problem } = body.answers[0]
    expect(problem.code).toBe('ambiguous-factor')
    expect(problem.candidates).toHaveLength(20)
    expect(problem.count).toBeGreaterThan(20)
  })

  test('is the same for a thousand selectors as for each alone', async () => {
    const provinces = ['CN-FJ', 'CN-GD', 'CN-ZJ', 'CN-BJ', 'CN-XZ', 'CN', 'FR', 'constructor']
    const selectors = Array.from({ length: 1000 }, (_, at) => ({
      ...power,
      ...{ region: provinces[at % provinces.length], year: 2020 + (at % 7) },
    }))
    const all = await ask(selectors)
    const known = words(all)
    expect(known).toHaveLength(1000)
    for (const at of [0, 7, 500, 999]) expect(words(await ask([selectors[at]]))).toEqual([known[at]])
    expect(JSON.stringify((await ask(selectors)).body)).toBe(JSON.stringify(all.body))
  })

  test('costs no more than it may where a thousand ids are wrong, in every table at once', async () => {
    const { body } = await call('GET', '/v1/factor-tables')
    const free = body.factorTables.filter(
      ({ redistributable, table }: { redistributable: boolean; table: string }) =>
        redistributable && !isMadeByTest(table),
    )
    const factorTables = free.map(({ table, version }: { table: string; version: string }) => ({
      ...{ table, version },
    }))
    const ids = Array.from({ length: 1000 }, (_, at) => `desnz-2025-1_${at}_${'x'.repeat(180)}`)
    const answer = await ask(
      ids.map((id) => ({ ...power, id })),
      { factorTables },
    )
    expect(new Set(words(answer))).toEqual(new Set(['unknown-factor']))
  })
})

describe('a pinned version that is no longer the newest', () => {
  test('is named, with the one that takes its place', async () => {
    const { body } = await ask([power], { factorTables: [{ table: 'uk-desnz', version: '2024' }] })
    expect(body.outdatedTables).toEqual([
      { table: 'uk-desnz', version: '2024', state: 'superseded', reason: null, use: '2026' },
    ])
  })
})

describe('who may ask', () => {
  const kept = [{ table: 'ipcc-2006-stationary', version: '2006' }]
  const diesel = {
    ...{ category: 'stationary-combustion', year: 2024, unit: 't' },
    id: 'ipcc2006-stationary-gas-diesel-oil-t',
  }

  test('anyone, of what may be passed on; a table that may not looks like one that is not there', async () => {
    const refused = await ask([diesel], { factorTables: kept })
    const missing = await ask([diesel], { factorTables: [{ table: 'no-such-table', version: '1' }] })
    expect([refused.status, code(refused), refused.body.pointer]).toEqual([
      ...[422, 'unknown-factor-table', '/factorTables/0'],
    ])
    expect(Object.keys(refused.body).sort()).toEqual(Object.keys(missing.body).sort())
  })

  test('a caller with a token, of the others too', async () => {
    expect(words(await ask([diesel], { factorTables: kept }, await operatorToken()))).toEqual([diesel.id])
  })
})

describe('a question that is none', () => {
  test.each<[string, unknown, Record<string, unknown>, number, string]>([
    ['1,001 selectors', Array(1001).fill(power), {}, 400, 'too-many-items'],
    ['no selector', [], {}, 400, 'invalid-request'],
    ['no table', [power], { factorTables: [] }, 400, 'invalid-request'],
    ['51 tables', [power], { factorTables: Array(51).fill(chinese[0]) }, 400, 'too-many-items'],
    ['a table twice', [power], { factorTables: [chinese[0], chinese[0]] }, 422, 'duplicate-id'],
    ['a kind nobody knows', [power], { kind: 'country' }, 400, 'invalid-request'],
    ['a huge string', [{ ...power, id: 'x'.repeat(100_000) }], {}, 400, 'invalid-request'],
    ['a member nobody knows', [{ ...power, constructor: 1 }], {}, 400, 'invalid-request'],
    ['a year that is none', [{ ...power, year: 1e9 }], {}, 400, 'invalid-request'],
    ['a year in words', [{ ...power, year: '2023' }], {}, 400, 'invalid-request'],
  ])('%s', async (_, selectors, changes, status, expected) => {
    const answer = await ask(selectors, changes)
    expect([answer.status, code(answer)]).toEqual([status, expected])
  })

  test('a body beyond a mebibyte is refused before it is read to its end', async () => {
    const answer = await ask([{ ...power, id: 'x'.repeat(2 ** 20) }])
    expect([answer.status, code(answer)]).toEqual([413, 'body-too-large'])
  })

  test('the prototype’s names in the JSON itself', async () => {
    const body = `{"kind":"organization","factorTables":[{"table":"cn-electricity-co2","version":"2023"}],"selectors":[{"category":"__proto__","__proto__":{"id":"x"},"year":2023,"unit":"constructor"}]}`
    const headers = { 'content-type': 'application/json' }
    const answer = await call('POST', '/v1/factors/resolve', { body, headers })
    expect([answer.status, code(answer)]).toEqual([400, 'invalid-request'])
  })
})
