/** POST /v1/calculations: the same data as JSON and as CSV, and each refusal with its place in what was sent. */

import { beforeAll, describe, expect, test } from 'vitest'
import { activityDataBytesMax } from '../../src/http/calculation.ts'
import { costOf } from '../harness/http.ts'
import { call } from './api.ts'
import { code, enterprise, inventory, inventoryCsv, inventoryLines, inventoryTotalKg } from './cast.ts'

let token: string
beforeAll(async () => {
  token = (await enterprise()).machine
}, 60_000)

const whole = (changes: Record<string, unknown> = {}) => ({
  ...inventory(),
  lines: inventoryLines,
  ...changes,
})
const calculate = (body: unknown) => call('POST', '/v1/calculations', { token, body })

const boundary = 'egret-test-boundary'

/** A multipart body, written by hand so that its bytes are what the test says. */
async function calculateCsv(csv: string | Uint8Array, calculation: unknown = inventory()) {
  const encode = (text: string) => new TextEncoder().encode(text)
  const data = typeof csv === 'string' ? encode(csv) : csv
  const parts = [
    encode(
      `--${boundary}\r\ncontent-disposition: form-data; name="calculation"\r\ncontent-type: application/json\r\n\r\n`,
    ),
    encode(typeof calculation === 'string' ? calculation : JSON.stringify(calculation)),
    encode(
      `\r\n--${boundary}\r\ncontent-disposition: form-data; name="activityData"; filename="a.csv"\r\ncontent-type: text/csv\r\n\r\n`,
    ),
    data,
    encode(`\r\n--${boundary}--\r\n`),
  ]
  const bytes = new Uint8Array(parts.reduce((length, part) => length + part.length, 0))
  parts.reduce((at, part) => {
    bytes.set(part, at)
    return at + part.length
  }, 0)
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return call('POST', '/v1/calculations', { token, body: bytes, headers })
}

describe('a calculation', () => {
  test('answers the sum that a pocket calculator gives, by scope and printed', async () => {
    const answer = await calculate(whole())
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { result, printed, engine } = answer.body
    expect(Number(result.total)).toBeCloseTo(inventoryTotalKg, 8)
    const [direct, power] = result.byScope
    expect([direct.key, power.key]).toEqual(['1', '2'])
    expect(Number(direct.kgCo2e)).toBeCloseTo(6290.244986, 8)
    expect(Number(power.kgCo2e)).toBeCloseTo(49858.24, 8)
    expect(printed.total).toEqual({ kg: '56148.48', t: '56.15' })
    expect(engine.digest).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  test('names the gases its factors do not cover, rather than counting them as zero', async () => {
    const { result } = (await calculate(whole())).body
    expect(result.gasesNotCovered.map(({ gas }: { gas: string }) => gas).sort()).toEqual(['CH4', 'N2O'])
  })

  test('says which pinned tables are no longer the newest, and asks nothing more for it', async () => {
    const superseded = { table: 'uk-desnz', version: '2025' }
    const factorTables = [...(inventory().factorTables as object[]), superseded]
    const { body } = await calculate(whole({ factorTables }))
    expect(body.outdatedTables).toEqual([{ ...superseded, state: 'superseded', reason: null, use: '2026' }])
    const { body: current, headers } = await calculate(whole())
    expect(current.outdatedTables).toEqual([])
    // An isolate that knows the tables asks how they stand once in half a minute.
    expect(costOf(new Response('', { headers })).database).toBeLessThanOrEqual(1)
  })

  test('from CSV answers the very bytes that JSON of the same data answers', async () => {
    const fromJson = await calculate(whole())
    const fromCsv = await calculateCsv(inventoryCsv)
    expect(fromCsv.status, JSON.stringify(fromCsv.body)).toBe(200)
    expect(JSON.stringify(fromCsv.body)).toBe(JSON.stringify(fromJson.body))
    const windows = await calculateCsv(`\uFEFF${inventoryCsv.replaceAll('\n', '\r\n')}`)
    expect(JSON.stringify(windows.body)).toBe(JSON.stringify(fromJson.body))
  })
})

describe('factors beside a line’s own', () => {
  const tables = {
    factorTables: [
      { table: 'cn-fuel', version: '2015' },
      { table: 'ipcc-2006-stationary', version: '2006' },
    ],
  }
  const beside = [
    {
      ...{ table: 'ipcc-2006-stationary', id: 'ipcc2006-stationary-gas-diesel-oil-tj' },
      gases: ['CH4', 'N2O'],
    },
  ]
  const boiler = {
    ...{ id: 'boiler', category: 'stationary-combustion', quantity: { amount: '10', unit: 't' } },
    fuel: { table: 'cn-fuel', id: 'set-a-diesel' },
    beside,
  }

  test('CO2 by carbon content, CH4 and N2O by IPCC on the same energy; nothing left uncovered', async () => {
    const answer = await calculate(whole({ ...tables, lines: [boiler] }))
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { result } = answer.body
    // cn-fuel set A: 43.330 GJ/t, so 0.4333 TJ: × 3 = 1.2999 kg CH4, × 0.6 = 0.25998 kg N2O (IPCC 2006 Vol. 2 Table 2.3).
    expect(result.byGas.map(({ gas }: { gas: string }) => gas)).toEqual(['CH4', 'CO2', 'N2O'])
    expect(Number(result.byGas[0].kg)).toBeCloseTo(1.2999, 10)
    // 433.3 GJ × 20.2 kgC/GJ × 0.98 × 44 ÷ 12 = 31,451.22493 kg CO2.
    expect(Number(result.byGas[1].kg)).toBeCloseTo(31451.22493, 4)
    expect(Number(result.byGas[2].kg)).toBeCloseTo(0.25998, 10)
    expect(result.gasesNotCovered).toEqual([])
    expect(result.lines[0].beside).toMatchObject([{ id: beside[0]?.id, gases: ['CH4', 'N2O'] }])
  })

  test('from CSV are the same as from JSON', async () => {
    const csv = `id,category,quantity.amount,quantity.unit,fuel.table,fuel.id,beside.table,beside.id,beside.gases
boiler,stationary-combustion,10,t,cn-fuel,set-a-diesel,ipcc-2006-stationary,ipcc2006-stationary-gas-diesel-oil-tj,CH4 N2O
`
    const fromJson = await calculate(whole({ ...tables, lines: [boiler] }))
    const fromCsv = await calculateCsv(csv, inventory(tables))
    expect(JSON.stringify(fromCsv.body)).toBe(JSON.stringify(fromJson.body))
    const twice = await calculateCsv(csv.replace('CH4 N2O', 'CO2 N2O'), inventory(tables))
    expect(code(twice)).toBe('gas-counted-twice')
    expect(twice.body).toMatchObject({ pointer: '/lines/0/beside/0/gases', line: 2, column: 115 })
  })

  test('are at most five, with at least one gas each', async () => {
    const six = await calculate(
      whole({ ...tables, lines: [{ ...boiler, beside: Array(6).fill(beside[0]) }] }),
    )
    expect([six.status, code(six)]).toEqual([400, 'invalid-request'])
    const none = await calculate(whole({ ...tables, lines: [{ ...boiler, beside: [{ gases: [] }] }] }))
    expect([none.status, none.body.pointer]).toEqual([400, '/lines/0/beside/0/gases'])
  })
})

describe('a refusal', () => {
  const refused = async (changes: Record<string, unknown>) => {
    const answer = await calculate(whole(changes))
    return { code: code(answer), status: answer.status, pointer: answer.body.pointer, line: answer.body.line }
  }
  const [power, diesel] = inventoryLines

  test('of an unknown member names it', async () => {
    const answer = await calculate(whole({ lines: [{ ...power, quantitiy: 1 }] }))
    expect([answer.status, code(answer), answer.body.pointer]).toEqual([400, 'invalid-request', '/lines/0'])
    expect(answer.body.detail).toContain('quantitiy')
  })

  test('of an unknown unit points at it, with line and column of the JSON sent', async () => {
    const sent =
      '{"kind":"organization","period":{"start":"2024-01-01","end":"2025-01-01"},"region":"CN-FJ",\n"gwpSet":{"id":"ipcc-ar6","version":"2021"},"factorTables":[{"table":"cn-electricity-co2","version":"2023"}],\n"lines":[{"id":"a","category":"purchased-electricity","quantity":{"amount":"1","unit":"kwhh"},\n"factor":{"year":2023}}]}'
    const answer = await call('POST', '/v1/calculations', {
      token,
      body: sent,
      headers: { 'content-type': 'application/json' },
    })
    expect(code(answer)).toBe('unknown-unit')
    expect(answer.body).toMatchObject({ pointer: '/lines/0/quantity/unit', line: 3, column: 87, status: 422 })
  })

  test('of a wrong value in CSV has line and column of the file', async () => {
    const answer = await calculateCsv(inventoryCsv.replace('118400,kWh', '118400,kwhh'))
    expect(code(answer)).toBe('unknown-unit')
    expect(answer.body).toMatchObject({ pointer: '/lines/0/quantity/unit', line: 2, column: 58 })
  })

  test('of a broken CSV, a broken part, a part too few', async () => {
    const broken = await calculateCsv(`${inventoryCsv}"x`)
    expect([code(broken), broken.body.line, broken.body.column]).toEqual(['malformed-csv', 4, 1])
    expect(code(await calculateCsv(inventoryCsv, '{"kind":'))).toBe('malformed-json')
    expect(code(await calculateCsv(inventoryCsv, { kind: 'organization' }))).toBe('invalid-request')
    const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
    const empty = await call('POST', '/v1/calculations', { token, body: `--${boundary}--\r\n`, headers })
    expect([empty.status, code(empty)]).toEqual([400, 'invalid-request'])
    const not = await call('POST', '/v1/calculations', { token, body: 'x', headers })
    expect([not.status, code(not)]).toEqual([400, 'invalid-request'])
  })

  test('of bytes that are not UTF-8, also in a part', async () => {
    const bytes = new TextEncoder().encode(inventoryCsv)
    bytes[inventoryCsv.indexOf('kWh')] = 0xff
    expect(code(await calculateCsv(bytes))).toBe('malformed-csv')
  })

  test('of the family that must not be mixed in, with the right one', async () => {
    const tables = [{ table: 'cn-electricity-life-cycle', version: '2024' }]
    const lines = [
      { ...power, factor: { table: 'cn-electricity-life-cycle', id: 'cn-elec-footprint-2024-national' } },
    ]
    const { code: found, pointer } = await refused({ factorTables: tables, lines })
    expect(['wrong-family', 'unknown-factor']).toContain(found)
    expect(pointer).toMatch(/^\/lines\/0/)
  })

  test('points to the pin that nothing published answers', async () => {
    const cn = { table: 'cn-fuel', version: '2015' }
    const factorTables = [cn, { table: 'cn-electricity-co2', version: '1999' }]
    expect((await refused({ factorTables })).pointer).toBe('/factorTables/1')
    expect((await refused({ gwpSet: { id: '__proto__', version: '1' } })).pointer).toBe('/gwpSet')
  })

  test.each([
    [
      'an unpublished table',
      { factorTables: [{ table: 'cn-electricity-co2', version: '1999' }] },
      'unknown-factor-table',
    ],
    ['an unpublished GWP set', { gwpSet: { id: 'ipcc-ar9', version: '1' } }, 'unknown-gwp-set'],
    ['no lines', { lines: [] }, 'no-lines'],
    ['an id twice', { lines: [power, power] }, 'duplicate-id'],
    ['a date that is none', { period: { start: '2024-02-30', end: '2025-01-01' } }, 'period-invalid'],
    ['NaN', { lines: [{ ...diesel, quantity: { amount: 'NaN', unit: 't' } }] }, 'invalid-number'],
    [
      'a negative amount',
      { lines: [{ ...diesel, quantity: { amount: '-2', unit: 't' } }] },
      'negative-amount',
    ],
    [
      'another dimension',
      { lines: [{ ...diesel, quantity: { amount: '2', unit: 'km' } }] },
      'incompatible-dimension',
    ],
    ['a category of the other kind', { lines: [{ ...diesel, category: 'material' }] }, 'unknown-category'],
    ['both factor and gas', { lines: [{ ...diesel, gas: 'SF6' }] }, 'line-ambiguous'],
  ])('of %s', async (_, changes, expected) => {
    const found = await refused(changes as Record<string, unknown>)
    expect([found.code, found.status]).toEqual([expected, 422])
  })

  test('of a body that is too large, or of a type nobody reads', async () => {
    const large = await call('POST', '/v1/calculations', {
      token,
      body: `"${'x'.repeat(activityDataBytesMax)}"`,
      headers: { 'content-type': 'application/json' },
    })
    expect([large.status, code(large)]).toEqual([413, 'body-too-large'])
    const xml = await call('POST', '/v1/calculations', {
      token,
      body: '<a/>',
      headers: { 'content-type': 'text/xml' },
    })
    expect([xml.status, code(xml)]).toEqual([415, 'unsupported-media-type'])
  })

  test('of nobody', async () => {
    expect((await call('POST', '/v1/calculations', { body: whole() })).status).toBe(401)
  })
})
