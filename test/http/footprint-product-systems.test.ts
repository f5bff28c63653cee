/** The product system of a draft over HTTP: begun without one, put as a file, read back, and replaced as a whole. */

import { readXlsx } from 'hucre/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ActivityLine, EmissionFactor, ProductInput } from '../../src/engine/types.ts'
import { workbookType } from '../../src/http/activity-data.ts'
import { systemWorkbook } from '../../src/http/product-files/template/workbook.ts'
import { request } from '../harness/http.ts'
import { type Answer, call } from './api.ts'
import {
  code,
  type Enterprise,
  enterprise,
  footprintBody,
  productBody,
  productLines,
  putData,
} from './cast.ts'
import { madeWorkbook } from './made-workbook.ts'

let client: Enterprise
let stranger: Enterprise
beforeAll(async () => {
  client = await enterprise()
  stranger = await enterprise()
}, 60_000)

type Definition = ReturnType<typeof productBody>
const { calculation } = productBody() as Definition & { calculation: Omit<ProductInput, 'lines'> }
const whole = { ...calculation, lines: productLines } as unknown as ProductInput

/** A product's draft without its processes. */
async function begun(): Promise<string> {
  const { processes: _processes, referenceProcess: _reference, ...frame } = calculation
  const body = productBody({ calculation: frame })
  const answer = await call('POST', '/v1/footprints', { token: client.preparer.token, body })
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body.id as string
}

/** A factor that the client states: its amounts do not matter here. */
const ownFactor = (id: string): EmissionFactor => ({
  ...{ id, name: { en: id, zh: null }, category: 'material', family: 'cradle-to-gate' },
  ...{ region: 'CN', year: 2025, unit: 'kg', gwpBasis: 'gas-masses', statedCo2eKg: null },
  flows: [{ kind: 'fossil', gas: 'CO2', kg: '2.5' }],
  ...{ gasesNotCovered: [], includesTransmission: false, fossilFugitiveMethane: false },
  ...{ confirmation: 'primary', source: { id: 'invoice', locator: 'p. 1' }, notes: null },
})

const path = (id: string) => `/v1/footprints/${id}/product-system`
function put(id: string, body: unknown, etag: string, type?: string): Promise<Answer> {
  const headers = { 'if-match': etag, ...(type === undefined ? {} : { 'content-type': type }) }
  return call('PUT', path(id), { token: client.preparer.token, body, headers })
}
const calculate = (id: string) => call('POST', `/v1/footprints/${id}/calculations`, { token: client.machine })

describe('a product’s draft', () => {
  test('may be begun without its processes, and is incomplete until they are put', async () => {
    const id = await begun()
    await putData(client.preparer.token, id, { lines: productLines }, '"1"')
    const refused = await calculate(id)
    expect([refused.status, code(refused), refused.body.missing]).toEqual([
      409,
      'footprint-incomplete',
      'processes',
    ])
    const done = await put(id, whole, '"2"')
    expect(done.status, JSON.stringify(done.body)).toBe(200)
    // 3 kg of CO2 in welding and 2 kg of castings with 0.5 kg each.
    expect((await calculate(id)).body.result.total).toBe('4')
  })

  test('takes a workbook as it takes the same as JSON, to the byte', async () => {
    const [json, xlsx] = [await begun(), await begun()]
    const asJson = await put(json, whole, '"1"')
    const asFile = await put(xlsx, await systemWorkbook('zh', whole), '"1"', workbookType)
    expect(asFile.status, JSON.stringify(asFile.body)).toBe(200)
    expect(asFile.headers.get('etag')).toBe('"2"')
    expect(asFile.body.calculation).toEqual(asJson.body.calculation)
    expect(asFile.body.activityData.digest).toBe(asJson.body.activityData.digest)
    expect(asFile.body.notRead).toEqual([])
  })

  test('gives its system back as JSON and as a workbook that reads as the same', async () => {
    const id = await begun()
    await put(id, whole, '"1"')
    const json = await call('GET', path(id), { token: client.machine })
    expect(json.body).toEqual(whole)
    const file = await request(`${path(id)}?format=xlsx&lang=both`, {
      headers: { authorization: `Bearer ${client.machine}` },
    })
    expect([file.status, file.headers.get('content-type')]).toEqual([200, workbookType])
    const again = await put(id, new Uint8Array(await file.arrayBuffer()), '"2"', workbookType)
    expect(again.body.calculation).toEqual(json.body && { ...calculation })
    expect(await call('GET', path(id), { token: stranger.machine })).toMatchObject({ status: 404 })
  })

  test('gives it back as a workbook without its own factors, which stay when that is put', async () => {
    const ownFactors = [ownFactor('brass'), ownFactor('varnish')]
    const frame = { ...calculation, ownFactors }
    const body = productBody({ calculation: frame })
    const begin = await call('POST', '/v1/footprints', { token: client.preparer.token, body })
    const id = begin.body.id as string
    const first = productLines[0] as ActivityLine
    const withOwn = { ...first, id: 'fittings', factor: { table: 'own', id: 'brass' } }
    const sent = await put(id, { ...frame, lines: [...productLines, withOwn] }, '"1"')
    expect(sent.status, JSON.stringify(sent.body)).toBe(200)
    const answer = await request(`${path(id)}?format=xlsx&lang=en`, {
      headers: { authorization: `Bearer ${client.machine}` },
    })
    expect(answer.status).toBe(200)
    const file = new Uint8Array(await answer.arrayBuffer())
    const told = (await readXlsx(file)).sheets[0]?.rows.flat().filter((cell) => typeof cell === 'string')
    expect(told).toEqual(expect.arrayContaining(['brass', 'varnish']))
    const again = await put(id, file, '"2"', workbookType)
    expect(again.body.calculation).toEqual(sent.body.calculation)
    expect(again.body.calculation.ownFactors).toEqual(ownFactors)
    expect(again.body.activityData.digest).toBe(sent.body.activityData.digest)
    // To whoever writes a whole system, a factor that no sheet holds is a refusal still.
    await expect(systemWorkbook('en', { ...whole, ownFactors } as ProductInput)).rejects.toMatchObject({
      facts: { pointer: '/ownFactors/0/id' },
    })
  })

  test('holds the file that it holds already, and makes no version of it', async () => {
    const id = await begun()
    const file = await systemWorkbook('en', whole)
    await put(id, file, '"1"', workbookType)
    const again = await put(id, file, '"2"', workbookType)
    expect([again.status, again.body.unchanged, again.body.version]).toEqual([200, true, 2])
    expect(again.headers.get('x-egret-cost')).toMatch(/writes=0$/)
  })

  test('takes what the file says of the product, keeps the rest of it, and gives all of it back', async () => {
    const id = await begun()
    const identity = {
      product: { model: 'AF-48', codes: [{ system: 'HS' as const, code: '8414.59' }] },
      factory: { name: { zh: null, en: 'Works 2' }, address: null },
    }
    const file = await systemWorkbook('both', whole, identity)
    const { body, status } = await put(id, file, '"1"', workbookType)
    expect(status, JSON.stringify(body)).toBe(200)
    // Its name is the footprint's still, and the code stands in its one form.
    const product = { ...body.product, ...{ model: 'AF-48', codes: [{ system: 'HS', code: '841459' }] } }
    expect(body.product).toEqual(product)
    expect(body.product.name).toEqual({ en: 'Fan', zh: '风机' })
    expect(body.factory).toEqual(identity.factory)
    expect((await put(id, { ...whole, identity }, '"2"')).body.unchanged).toBe(false)
    const back = await request(`${path(id)}?format=xlsx`, {
      headers: { authorization: `Bearer ${client.machine}` },
    })
    const again = await put(id, new Uint8Array(await back.arrayBuffer()), '"3"', workbookType)
    expect([again.body.product, again.body.factory, again.body.calculation]).toEqual([
      ...[product, identity.factory, calculation],
    ])
    const none = await put(id, whole, `"${again.body.version}"`)
    expect(none.body.product).toEqual(product)
  })

  test('is refused for a code of the product that is none, in its cell', async () => {
    const id = await begun()
    const codes = [{ system: 'GTIN' as const, code: '6901234567893' }]
    const answer = await put(
      id,
      await systemWorkbook('zh', whole, { product: { codes } }),
      '"1"',
      workbookType,
    )
    expect([code(answer), answer.body.pointer, answer.body.sheet]).toEqual([
      ...['identifier-invalid', '/identity/product/codes/0/code', '产品'],
    ])
    expect(answer.body.cell).toMatch(/^B\d+$/)
  })

  test('is replaced as a whole: nothing of the system before is left in it', async () => {
    const id = await begun()
    const more = { ...whole, parameters: [{ id: 'scrap', value: '0.1' }] }
    expect((await put(id, more, '"1"')).body.calculation.parameters).toHaveLength(1)
    expect((await put(id, whole, '"2"')).body.calculation).toEqual(calculation)
  })
})

describe('a product system is refused', () => {
  test('with its cell, and what was there stays', async () => {
    const id = await begun()
    await put(id, whole, '"1"')
    const sheets = [
      {
        name: '产品',
        rows: [
          ['项目', '内容'],
          ['系统边界', '从摇篮到大门'],
          ['声明单位数量', '1'],
          ['声明单位', 'piece'],
          ['基准过程', 'fan'],
        ],
      },
      {
        name: '单元过程',
        rows: [
          ['编号', '英文名称', '生命周期阶段', '产出数量', '产出单位'],
          ['fan', 'Fan', '生产', '1,000', 'piece'],
        ],
      },
    ]
    const refused = await put(id, madeWorkbook({ sheets }), '"2"', workbookType)
    expect([refused.status, code(refused)]).toEqual([422, 'invalid-number'])
    expect(refused.body).toMatchObject({
      sheet: '单元过程',
      cell: 'D2',
      pointer: '/processes/0/output/amount',
    })
    const after = await call('GET', `/v1/footprints/${id}`, { token: client.machine })
    expect([after.body.version, after.body.calculation]).toEqual([2, calculation])
  })

  test('of another period than the footprint’s, in the cell that says so', async () => {
    const id = await begun()
    const other = { ...whole, period: { start: '2023-01-01', end: '2024-01-01' } }
    const refused = await put(id, await systemWorkbook('zh', other), '"1"', workbookType)
    expect([refused.status, code(refused), refused.body.pointer]).toEqual([400, 'invalid-request', '/period'])
    expect(refused.body).toMatchObject({ sheet: '产品', column: 2, footprint: calculation.period })
  })

  test('of an organization, of a stranger, and of another version', async () => {
    const { body } = await call('POST', '/v1/footprints', {
      token: client.preparer.token,
      body: footprintBody(),
    })
    expect(await put(body.id, whole, '"1"')).toMatchObject({ status: 400 })
    expect(await call('GET', path(body.id), { token: client.machine })).toMatchObject({ status: 400 })
    const id = await begun()
    const headers = { 'if-match': '"1"' }
    const foreign = await call('PUT', path(id), { token: stranger.preparer.token, body: whole, headers })
    expect([foreign.status, code(foreign)]).toEqual([404, 'not-found'])
    const late = await put(id, whole, '"7"')
    expect([late.status, code(late)]).toEqual([412, 'precondition-failed'])
    const blind = await call('PUT', path(id), { token: client.preparer.token, body: whole })
    expect([blind.status, code(blind)]).toEqual([428, 'precondition-required'])
  })

  test('in JSON with a member that no system has, and processes without a reference', async () => {
    const id = await begun()
    expect(await put(id, { ...whole, colour: 'red' }, '"1"')).toMatchObject({
      status: 400,
      body: { pointer: '' },
    })
    const { referenceProcess: _, ...without } = calculation
    const answer = await call('POST', '/v1/footprints', {
      token: client.preparer.token,
      body: productBody({ calculation: without }),
    })
    expect(answer).toMatchObject({ status: 400, body: { pointer: '/calculation/referenceProcess' } })
  })
})

describe('a large system', () => {
  /** A chain: each process takes one of the next. */
  const chain = (count: number) => ({
    ...whole,
    referenceProcess: 'p0',
    processes: Array.from({ length: count }, (_, at) => ({
      id: `p${at}`,
      name: { en: `Step ${at}`, zh: `工序 ${at}` },
      stage: 'production',
      output: { amount: '1', unit: 'piece' },
    })),
    lines: Array.from({ length: count }, (_, at) => ({
      id: `l${at}`,
      process: `p${at}`,
      ...(at + 1 < count
        ? { category: 'material', from: `p${at + 1}`, quantity: { amount: '1', unit: 'piece' } }
        : { category: 'process-emissions', gas: 'CO2', quantity: { amount: '1', unit: 'kg' } }),
    })),
  })

  test('of twenty thousand processes is put and calculated; lists leave it out', async () => {
    const id = await begun()
    const answer = await put(id, chain(20_000), '"1"')
    expect(answer.status, JSON.stringify(answer.body).slice(0, 400)).toBe(200)
    // One kilogram at the end of the chain.
    expect((await calculate(id)).body.result.total).toBe('1')
    const { body } = await call('GET', '/v1/footprints?limit=1', { token: client.machine })
    expect(body.footprints[0].calculation.processes).toBeUndefined()
  }, 120_000)

  test('of more is refused by name with the bound, by every way in', async () => {
    const id = await begun()
    const many = chain(20_001)
    const { lines, ...definition } = many
    const ways = [
      await put(id, many, '"1"'),
      await call('POST', '/v1/calculations', { token: client.machine, body: many }),
      await call('POST', '/v1/footprints', {
        token: client.preparer.token,
        body: productBody({ calculation: definition }),
      }),
    ]
    for (const { body } of ways)
      expect(body).toMatchObject({ status: 400, type: expect.stringMatching(/too-many-items$/) })
    expect(ways.map(({ body }) => body.pointer)).toEqual([
      '/processes',
      '/processes',
      '/calculation/processes',
    ])
    expect(lines).toHaveLength(20_001)
  }, 120_000)

  test('of a million exchanges is refused by name with the bound, before anything is read of it', async () => {
    const line = '{"id":"a","category":"b"}'
    const head = JSON.stringify({ ...whole, lines: [] }).slice(0, -2)
    const body = `${head}${`${line},`.repeat(999_999)}${line}]}`
    const headers = { 'content-type': 'application/json' }
    const answer = await call('POST', '/v1/calculations', { token: client.machine, body, headers })
    expect([answer.status, code(answer), answer.body.pointer]).toEqual([400, 'too-many-items', '/lines'])
    expect(answer.body.detail).toMatch(/100000 lines/)
    const csv = 'id,category\n'.repeat(5_000_000)
    const sent = await put(await begun(), csv, '"1"', 'text/csv')
    expect([sent.status, code(sent)]).toEqual([413, 'body-too-large'])
  }, 120_000)
})
