/** Files of activity data over HTTP: workbooks, encodings, the template, and the same file twice. */

import { beforeAll, describe, expect, test } from 'vitest'
import { workbookType } from '../../src/http/activity-data.ts'
import { costOf, request } from '../harness/http.ts'
import { type Answer, call } from './api.ts'
import {
  code,
  type Enterprise,
  enterprise,
  footprintBody,
  inventory,
  inventoryCsv,
  inventoryLines,
  inventoryTotalKg,
  putData,
} from './cast.ts'
import { dataWorkbook, type MadeCell } from './made-workbook.ts'

let client: Enterprise
beforeAll(async () => {
  client = await enterprise()
}, 60_000)

const create = async (title = 'Inventory 2024') =>
  (await call('POST', '/v1/footprints', { token: client.preparer.token, body: footprintBody({ title }) }))
    .body.id as string
const put = (id: string, data: unknown, etag: string, type = workbookType) =>
  putData(client.preparer.token, id, data, etag, type)

/** The two lines of `inventoryLines`, as a workbook with Chinese headers, numbers and dates has them. */
const rows: readonly (readonly MadeCell[])[] = [
  ['编号', '活动类别', '开始日期', '结束次日', '数量', '单位', '因子表', '因子编号', '因子年份'],
  [
    'power',
    '外购电力',
    { v: '45292', s: 1 },
    { v: '45658', s: 1 },
    118400,
    'kWh',
    'cn-electricity-co2',
    null,
    2023,
  ],
  ['diesel', '移动燃烧', null, null, 2, 't', 'cn-fuel', 'cn-fuel-set-a-diesel'],
]
const workbook = (changed = rows) => dataWorkbook(changed, { formats: ['General', 14] })

const boundary = 'egret-test-boundary'
/** A calculation whose activity data are a file of the type. */
async function calculate(file: Uint8Array | string, type: string): Promise<Answer> {
  const encode = (text: string) => new TextEncoder().encode(text)
  const parts = [
    encode(
      `--${boundary}\r\ncontent-disposition: form-data; name="calculation"\r\ncontent-type: application/json\r\n\r\n${JSON.stringify(inventory())}\r\n--${boundary}\r\ncontent-disposition: form-data; name="activityData"; filename="a"\r\ncontent-type: ${type}\r\n\r\n`,
    ),
    typeof file === 'string' ? encode(file) : file,
    encode(`\r\n--${boundary}--\r\n`),
  ]
  const body = new Uint8Array(await new Blob(parts as never[]).arrayBuffer())
  const headers = { 'content-type': `multipart/form-data; boundary=${boundary}` }
  return call('POST', '/v1/calculations', { token: client.machine, body, headers })
}

describe('a workbook', () => {
  test('put as activity data gives the digest of the same data as JSON and as CSV', async () => {
    const id = await create()
    const json = await putData(client.preparer.token, id, { lines: inventoryLines }, '"1"')
    const csv = await put(id, inventoryCsv, '"2"', 'text/csv')
    const xlsx = await put(id, workbook(), '"3"')
    expect(xlsx.status, JSON.stringify(xlsx.body)).toBe(200)
    expect(xlsx.headers.get('etag')).toBe('"4"')
    const digests = [json, csv, xlsx].map(({ body }) => body.activityData.digest)
    expect(new Set(digests).size).toBe(1)
    const back = await call('GET', `/v1/footprints/${id}/activity-data`, { token: client.machine })
    expect(back.body.lines).toEqual(inventoryLines)
  })

  test('is calculated like the same data in JSON', async () => {
    for (const type of [workbookType, 'application/octet-stream']) {
      const answer = await calculate(workbook(), type)
      expect(answer.status, JSON.stringify(answer.body)).toBe(200)
      expect(Number(answer.body.result.total)).toBeCloseTo(inventoryTotalKg, 8)
    }
  })

  test('with faults is refused whole, each with its cell, and what was there stays', async () => {
    const id = await create()
    await put(id, workbook(), '"1"')
    const before = await call('GET', `/v1/footprints/${id}`, { token: client.machine })
    const [head = [], power = []] = rows
    const wrong = [
      head,
      power,
      ['x', '外购电力', null, null, { t: 'e', v: '#REF!' }, 'kWh'],
      ['y', '外购电力', null, null, 5],
    ]
    const refused = await put(id, workbook(wrong), '"2"')
    expect([refused.status, code(refused)]).toEqual([400, 'malformed-workbook'])
    expect(refused.body).toMatchObject({
      sheet: '活动数据',
      cell: 'E3',
      row: 3,
      column: 5,
      pointer: '/lines/1',
    })
    expect(refused.body.others).toMatchObject([{ code: 'invalid-request', cell: 'F4', row: 4, column: 6 }])
    const after = await call('GET', `/v1/footprints/${id}`, { token: client.machine })
    expect(after.body).toEqual(before.body)
  })

  test('has the cells of what the calculation refuses, too', async () => {
    const [head = [], power = []] = rows
    const wrong = [
      head,
      power.map((cell) => (cell === 'kWh' ? 'kilowatts' : cell)),
      ['z', '外购电', null, null, 1, 'kWh'],
    ]
    const refused = await calculate(workbook(wrong), workbookType)
    expect([code(refused), refused.body.cell]).toEqual(['unknown-unit', 'F2'])
    expect(refused.body.others).toMatchObject([{ code: 'unknown-category', cell: 'B3' }])
  })

  test('with macros, by its type, is refused as a type', async () => {
    const id = await create()
    const type = 'application/vnd.ms-excel.sheet.macroEnabled.12'
    const refused = await put(id, workbook(), '"1"', type)
    expect([refused.status, code(refused)]).toEqual([415, 'unsupported-media-type'])
    expect(refused.body.accepted).toContain(workbookType)
  })
})

describe('a CSV in GB 18030', () => {
  // 电 is B5 E7, 表 is B1 ED in GB 2312.
  const gbk = Uint8Array.from([
    ...new TextEncoder().encode(
      'id,category,quantity.amount,quantity.unit,factor.table,description\npower,purchased-electricity,1,kWh,cn-electricity-co2,',
    ),
    ...[0xb5, 0xe7, 0xb1, 0xed],
  ])

  test('is put and calculated where its content type says so, and refused where it does not', async () => {
    const id = await create()
    const refused = await put(id, gbk, '"1"', 'text/csv')
    expect([code(refused), refused.body.looksLike]).toEqual(['malformed-csv', 'gb18030'])
    const taken = await put(id, gbk, '"1"', 'text/csv; charset=gb18030')
    expect(taken.status, JSON.stringify(taken.body)).toBe(200)
    const back = await call('GET', `/v1/footprints/${id}/activity-data`, { token: client.machine })
    expect(back.body.lines[0].description).toBe('电表')
    expect((await calculate(gbk, 'text/csv; charset=GBK')).status).toBe(200)
    expect(code(await calculate(gbk, 'text/csv'))).toBe('malformed-csv')
  })
})

describe('the same file again', () => {
  test('on the same footprint changes nothing, and says so', async () => {
    const id = await create()
    const first = await put(id, workbook(), '"1"')
    expect([first.body.unchanged, first.body.version]).toEqual([false, 2])
    const again = await put(id, workbook(), '"2"')
    expect([again.status, again.body.unchanged, again.body.version]).toEqual([200, true, 2])
    expect(again.headers.get('etag')).toBe('"2"')
    expect(costOf(new Response('', { headers: again.headers }))).toEqual({ database: 1, reads: 0, writes: 0 })
    expect(code(await put(id, workbook(), '"1"'))).toBe('precondition-failed')
  })

  test('after another one is a change again', async () => {
    const id = await create()
    await put(id, workbook(), '"1"')
    await put(id, inventoryCsv.replace('118400', '1'), '"2"', 'text/csv')
    const back = await put(id, workbook(), '"3"')
    expect([back.body.unchanged, back.body.version]).toEqual([false, 4])
  })

  test('on another footprint of the organization is taken, and the answer names the other one', async () => {
    const [one, two] = [await create('Inventory 2023'), await create('Inventory 2024')]
    const file = inventoryCsv.replace('118400', '200')
    expect((await put(one, file, '"1"', 'text/csv')).body.sameFileAs).toBeNull()
    const slip = await put(two, file, '"1"', 'text/csv')
    expect([slip.status, slip.body.unchanged]).toEqual([200, false])
    expect(slip.body.sameFileAs).toEqual({
      footprintId: one,
      title: 'Inventory 2023',
      period: { start: '2024-01-01', end: '2025-01-01' },
    })
    expect(costOf(new Response('', { headers: slip.headers }))).toEqual({ database: 2, reads: 0, writes: 1 })
  })

  test('of another organization is nobody’s business', async () => {
    const file = inventoryCsv.replace('118400', '300')
    await put(await create(), file, '"1"', 'text/csv')
    const other = await enterprise()
    const made = await call('POST', '/v1/footprints', { token: other.preparer.token, body: footprintBody() })
    const answer = await putData(other.preparer.token, made.body.id, file, '"1"', 'text/csv')
    expect([answer.status, answer.body.sameFileAs]).toEqual([200, null])
  })
})

describe('the template', () => {
  test('is public, in Chinese unless asked otherwise, and reads as activity data without lines', async () => {
    const answer = await request('/v1/activity-data/template')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(workbookType)
    expect(answer.headers.get('content-disposition')).toContain("filename*=UTF-8''%E6%B4%BB%E5%8A%A8")
    const bytes = new Uint8Array(await answer.arrayBuffer())
    const empty = await calculate(bytes, workbookType)
    expect(code(empty)).toBe('no-lines')
    const english = await request('/v1/activity-data/template?lang=en&kind=product')
    expect(english.status).toBe(200)
    expect(code(await call('GET', '/v1/activity-data/template?lang=fr'))).toBe('invalid-request')
  })

  test('costs no round trip', async () => {
    expect(costOf(await request('/v1/activity-data/template?lang=en'))).toEqual({
      database: 0,
      reads: 0,
      writes: 0,
    })
  })
})
