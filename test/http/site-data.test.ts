/** The year of a site over HTTP: calculated, kept with a footprint, refused with its place, and shown to nobody else. */

import { beforeAll, describe, expect, test } from 'vitest'
import { housing, year } from '../engine/site/factory.ts'
import { call } from './api.ts'
import {
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventory,
  submit,
} from './cast.ts'

let client: Enterprise
let stranger: Body
beforeAll(async () => {
  client = await enterprise()
  stranger = await body()
}, 60_000)

/** The moulding shop's housing, weighed by factors of its own. */
function calculation(changes: Record<string, unknown> = {}) {
  const { period: _period, gwpSet: _set, factorTables: _tables, lines, ...product } = housing()
  const { kind: _kind, ...base } = inventory({ ...product, factorTables: [], ownFactors: ownFactors() })
  const period = base.period as typeof year.period
  const siteData = [{ ...year, period, totals: year.totals.map(inYearOf(period)) }]
  return { ...base, kind: 'product', siteData, lines, ...changes }
}

const inYearOf = (period: typeof year.period) => (total: (typeof year.totals)[number]) =>
  total.meter === undefined
    ? total
    : {
        ...total,
        meter: {
          ...total.meter,
          meters: total.meter.meters.map((meter) => ({
            ...meter,
            readings: meter.readings.map((reading, at) => ({
              ...reading,
              date: at === 0 ? period.start : period.end,
            })),
          })),
        },
      }

function ownFactors() {
  const rows = [
    ['power', 'electricity-life-cycle', 'kWh', '0.5'],
    ['gas', 'upstream', 'm3', '0.3'],
    ['burnt', 'combustion', 'm3', '2'],
    ['resin', 'cradle-to-gate', 'kg', '3'],
    ['landfill', 'end-of-life', 'kg', '0.1'],
  ] as const
  return rows.map(([id, family, unit, kg]) => ({
    ...{ id, name: { en: id, zh: null }, category: 'own', family, region: 'CN', year: 2023, unit },
    ...{ flows: [{ kind: 'fossil', gas: 'CO2', kg }], gwpBasis: 'gas-masses', statedCo2eKg: null },
    ...{ gasesNotCovered: [], includesTransmission: true, fossilFugitiveMethane: false, notes: null },
    ...{ confirmation: 'primary', source: { id: 'laboratory', locator: 'report 1' } },
  }))
}

const calculate = (sent: unknown) => call('POST', '/v1/calculations', { token: client.machine, body: sent })

describe('a calculation', () => {
  test('answers where each total of the site went', async () => {
    const answer = await calculate(calculation())
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const { result, printed } = answer.body
    // 8 kWh × 0.5 + 0.6 m3 × 2.3 + 0.1 kg × 3 + 0.002 kg × 0.1, as in test/engine/site.
    expect(printed.total.kg).toBe('5.68')
    expect(result.product.sites[0].totals[2].parts[2]).toEqual({
      ...{ product: null, outside: 'offices', keyAmount: '500', share: '0.5', amount: '750' },
    })
  })

  test('is refused with the place in what was sent', async () => {
    const sent = calculation() as unknown as { siteData: [typeof year] }
    const [site] = sent.siteData
    const wrong = { ...sent, siteData: [{ ...site, splits: site.splits.slice(1) }] }
    const answer = await calculate(wrong)
    expect([answer.status, code(answer)]).toEqual([422, 'site-data-unused'])
    expect(answer.body).toMatchObject({ pointer: '/siteData/0/totals/0', line: expect.any(Number) })
  })

  test('needs an output of every product', async () => {
    const products = year.products.map(({ good: _good, ...product }) => product)
    const answer = await calculate(calculation({ siteData: [{ ...year, products }] }))
    expect([answer.status, answer.body.pointer]).toEqual([400, '/siteData/0/products/0/good'])
  })

  test('knows no other members', async () => {
    const sent = calculation({ siteData: [{ ...year, turnover: '1' }] })
    expect(await calculate(sent)).toMatchObject({ status: 400, body: { pointer: '/siteData/0' } })
  })
})

describe('a footprint', () => {
  const definition = (changes: Record<string, unknown> = {}) => {
    const { lines: _lines, ...rest } = calculation(changes)
    return footprintBody({
      ...{ title: 'Housing', consolidationApproach: null, calculation: rest },
      product: { name: { en: 'Housing', zh: '外壳' } },
    })
  }
  const lines = () => calculation().lines

  test('keeps the year, and lists leave it out', async () => {
    const { id } = await draft(client, definition(), lines())
    const read = await call('GET', `/v1/footprints/${id}`, { token: client.machine })
    expect(read.body.calculation.siteData[0].products).toHaveLength(2)
    const list = await call('GET', '/v1/footprints', { token: client.machine })
    const listed = list.body.footprints.find((each: { id: string }) => each.id === id)
    expect(listed.calculation).toMatchObject({ kind: 'product', boundary: 'cradle-to-gate' })
    expect(Object.keys(listed.calculation)).not.toEqual(expect.arrayContaining(['siteData']))
    expect(Object.keys(listed.calculation)).not.toEqual(expect.arrayContaining(['processes']))
  })

  test('is submitted with it, and its revision shows it to the owner only', async () => {
    const { id } = await draft(client, definition(), lines())
    const answer = await submit(client.responsible.token, id)
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const read = (token: string) => call('GET', `/v1/footprints/${id}/revisions/1`, { token })
    expect((await read(client.machine)).body.definition.calculation.siteData[0].id).toBe('shop')
    expect((await read(stranger.lead.token)).status).toBe(404)
    const list = await call('GET', `/v1/footprints/${id}/revisions`, { token: client.machine })
    expect(list.body.revisions[0].definition.calculation).not.toHaveProperty('siteData')
  })

  test('copied to another year is without it, and refused until it has its own', async () => {
    const { id } = await draft(client, definition(), lines())
    const period = { start: '2030-01-01', end: '2031-01-01' }
    const { token } = client.preparer
    const copy = await call('POST', `/v1/footprints/${id}/copies`, { token, body: { period } })
    expect(copy.body.calculation).not.toHaveProperty('siteData')
    expect(copy.body.calculation.processes[0].site).toEqual({ site: 'shop', product: 'housing' })
    await call('PUT', `/v1/footprints/${copy.body.id}/activity-data`, {
      ...{ token, body: { lines: lines() }, headers: { 'if-match': '"1"' } },
    })
    const answer = await call('POST', `/v1/footprints/${copy.body.id}/calculations`, { token })
    expect(code(answer)).toBe('unknown-site-data')
  })

  test('takes the year of a whole works: two hundred meters read every month, five hundred articles, five keys', async () => {
    const { siteData } = calculation() as unknown as { siteData: [typeof year] }
    const works = worksOf(siteData[0])
    const body = definition({ siteData: [works] })
    expect(JSON.stringify(body).length).toBeGreaterThan(256 * 1024)
    const made = await call('POST', '/v1/footprints', { token: client.preparer.token, body })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect((await calculate({ ...calculation(), siteData: [works] })).status).toBe(200)
  })
})

/** The shop grown to a works. */
function worksOf(site: typeof year): typeof year {
  const name = { en: 'Of the works, as the ledger has it', zh: '按台账' }
  const articles = Array.from({ length: 500 }, (_, at) => `article-${String(at).padStart(4, '0')}`)
  const readings = Array.from({ length: 13 }, (_, month) => ({
    date:
      month === 12
        ? site.period.end
        : `${site.period.start.slice(0, 5)}${String(month + 1).padStart(2, '0')}-01`,
    value: String(1000 + month),
  }))
  const meters = Array.from({ length: 200 }, (_, at) => ({
    ...{ id: `meter-${at}`, name },
    meter: { unit: 'kWh', meters: [{ serial: `M-${at}`, multiplier: '40', readings }] },
  }))
  const keys = Array.from({ length: 5 }, (_, at) => ({
    ...{ id: `key-${at}`, name, kind: 'hours' as const, unit: 'h' },
    amounts: articles.map((product, place) => ({ product, amount: String(place + at) })),
  }))
  return {
    ...site,
    totals: [...site.totals, ...meters],
    products: [
      ...site.products,
      ...articles.map((id) => ({ id, name, good: { amount: '1000', unit: 'piece' } })),
    ],
    keys: [...site.keys, ...keys],
    splits: [
      ...site.splits,
      ...keys.map(({ id }, at) => ({
        totals: meters.slice(at * 10, at * 10 + 10).map((meter) => meter.id),
        ...{ key: id, products: articles },
      })),
      { totals: meters.slice(50).map(({ id }) => id), products: articles.slice(0, 1) },
    ],
  }
}
