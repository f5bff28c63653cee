/** A footprint that is described by a bill of materials: begun with it, changed to it, its product system put as one. */

import { beforeAll, describe, expect, test } from 'vitest'
import type { ProductInput } from '../../src/engine/types.ts'
import { workbookType } from '../../src/http/activity-data.ts'
import { type Answer, call } from './api.ts'
import { code, draft, type Enterprise, enterprise, productBody, productLines } from './cast.ts'
import { madeWorkbook } from './made-workbook.ts'

let client: Enterprise
beforeAll(async () => {
  client = await enterprise()
}, 60_000)

const { calculation } = productBody() as unknown as { calculation: Omit<ProductInput, 'lines'> }
const { processes, referenceProcess: _, kind: __, ...frame } = calculation
const [fan, casting] = processes
const lines = productLines.map(({ process: _process, ...line }) => line)
const [weldingGas, , furnace] = lines

/** The fan of two castings that {@link productBody} describes as a system. */
const item = (changes: Record<string, unknown> = {}) => ({
  ...fan,
  lines: [weldingGas],
  parts: [{ ...casting, takes: { amount: '2', unit: 'kg' }, line: 'castings', lines: [furnace] }],
  ...changes,
})
const bill = (changes: Record<string, unknown> = {}) => ({
  ...{ kind: 'bill-of-materials', ...frame },
  item: item(changes),
})
const defined = (changes: Record<string, unknown> = {}) => productBody({ calculation: bill(changes) })

const begin = (body: unknown) => call('POST', '/v1/footprints', { token: client.preparer.token, body })
function change(id: string, body: unknown, etag: string, of = ''): Promise<Answer> {
  const headers = { 'if-match': etag }
  return call('PUT', `/v1/footprints/${id}${of}`, { token: client.preparer.token, body, headers })
}
const totalOf = async (id: string) =>
  (await call('POST', `/v1/footprints/${id}/calculations`, { token: client.machine })).body.result.total

const negative = { lines: [{ ...weldingGas, quantity: { amount: '-3', unit: 'kg' } }] }
const twice = { lines: [weldingGas, weldingGas] }

describe('a footprint of a bill of materials', () => {
  test('is begun whole: it keeps the system that the bill is short for, and its lines', async () => {
    const begun = await begin(defined())
    expect(begun.status, JSON.stringify(begun.body)).toBe(201)
    expect(begun.body.calculation).toEqual(calculation)
    expect(begun.body.activityData.count).toBe(3)
    const { body: whole } = await call('GET', `/v1/footprints/${begun.body.id}/product-system`, {
      token: client.machine,
    })
    expect(whole).toEqual({ ...calculation, lines: productLines })
    // 3 kg of CO2 in welding and 2 kg of castings with 0.5 kg each.
    expect(await totalOf(begun.body.id)).toBe('4')
  })

  test('holds the same lines as one whose system and lines were put apart', async () => {
    const apart = await draft(client, productBody(), productLines)
    const begun = await begin(defined())
    const put = await change(begun.body.id, bill(), '"1"', '/product-system')
    expect(put.status, JSON.stringify(put.body)).toBe(200)
    const digests = [apart, begun.body, put.body].map((one) => one.activityData.digest)
    expect(digests).toEqual(digests.map(() => digests[0]))
    expect(put.body.calculation).toEqual(begun.body.calculation)
  })

  test('is changed with its lines; another definition leaves them', async () => {
    const { id, version } = await draft(client, productBody(), productLines)
    // Half of the fans are good: (3 + 2 × 0.5) ÷ 0.5.
    const changed = await change(id, defined({ yield: '0.5' }), `"${version}"`)
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    expect(changed.body.calculation.processes[0].output).toEqual({ amount: '0.5', unit: 'piece' })
    expect(await totalOf(id)).toBe('8')
    const back = await change(id, productBody(), `"${changed.body.version}"`)
    expect(back.body.activityData).toEqual(changed.body.activityData)
    expect(await totalOf(id)).toBe('4')
  })

  test('may leave the frame to the draft that it is put into', async () => {
    const begun = await begin(defined())
    const { boundary, declaredUnit } = frame
    const short = { kind: 'bill-of-materials', boundary, declaredUnit, item: item({ yield: '0.8' }) }
    const put = await change(begun.body.id, short, '"1"', '/product-system')
    expect(put.status, JSON.stringify(put.body)).toBe(200)
    expect(await totalOf(begun.body.id)).toBe('5')
  })
})

describe('a bill of materials in a file', () => {
  const rows = [
    ['level', 'kind', 'id', 'name.zh', 'name.en', 'stage', 'output.amount', 'output.unit', 'quantity.amount'],
    ['0', 'item', 'fan', '装配', 'Process fan', 'production', '1', 'piece', null],
    ['1', 'line', 'welding-gas', null, null, null, null, null, '3'],
    ['1', 'item', 'casting', '铸造', 'Process casting', 'raw-material-acquisition', '1', 'kg', '2'],
    ['2', 'line', 'furnace', null, null, null, null, null, '0.5'],
  ]
  const more = [
    ['quantity.unit', 'category', 'gas', 'line'],
    [null, null, null, null],
    ['kg', 'process-emissions', 'CO2', null],
    ['kg', 'material', null, 'castings'],
    ['kg', 'process-emissions', 'CO2', null],
  ]
  const file = (changes: Readonly<Record<number, readonly string[]>> = {}) =>
    madeWorkbook({
      sheets: [
        {
          name: 'product',
          rows: [
            ['member', 'value'],
            ['boundary', 'cradle-to-gate'],
            ['declaredUnit.amount', '1'],
            ['declaredUnit.unit', 'piece'],
          ],
        },
        {
          name: '物料清单',
          rows: rows.map((row, at) => changes[at] ?? [...row, ...(more[at] ?? [])]),
        },
      ],
    })
  const put = (id: string, body: Uint8Array, etag: string) =>
    call('PUT', `/v1/footprints/${id}/product-system`, {
      ...{ token: client.preparer.token, body },
      headers: { 'if-match': etag, 'content-type': workbookType },
    })

  test('put into a draft is the system of the same bill in JSON, with the same lines', async () => {
    const begun = await begin(defined())
    const again = await put(begun.body.id, file(), '"1"')
    expect(again.status, JSON.stringify(again.body)).toBe(200)
    expect(again.body.activityData.digest).toBe(begun.body.activityData.digest)
    expect(again.body.calculation).toEqual(begun.body.calculation)
    expect(await totalOf(begun.body.id)).toBe('4')
  })

  test('is refused in the cell that is wrong, and what was there stays', async () => {
    const begun = await begin(defined())
    const line = ['2', 'line', 'furnace', '', '', '', '', '', '1', 'kg', 'process-emissions', 'CO2']
    const answer = await put(begun.body.id, file({ 2: line }), '"1"')
    expect([code(answer), answer.body.cell]).toEqual(['invalid-request', 'A3'])
    expect(await totalOf(begun.body.id)).toBe('4')
  })
})

describe('what is wrong with a bill is named in the bill', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['a yield', { yield: '2' }, 'property-out-of-range', '/item/yield'],
    [
      'a number',
      { lines: [{ ...weldingGas, quantity: { amount: 'three', unit: 'kg' } }] },
      'invalid-number',
      '/item/lines/0/quantity/amount',
    ],
    ['a line twice', twice, 'duplicate-id', '/item/lines/1/id'],
    ['a member', { colour: 'red' }, 'invalid-request', '/item'],
    ['a line of a part', { parts: [{ ...casting, takes: 2 }] }, 'invalid-request', '/item/parts/0/takes'],
  ])('%s', async (_name, changes, problem, pointer) => {
    const begun = await begin(defined(changes))
    expect([code(begun), begun.body.pointer]).toEqual([problem, `/calculation${pointer}`])
    const { id, version } = await draft(client, productBody(), productLines)
    const put = await change(id, bill(changes), `"${version}"`, '/product-system')
    expect([code(put), put.body.pointer, typeof put.body.line]).toEqual([problem, pointer, 'number'])
  })

  test('and what the definition is held to keeps its place', async () => {
    const scheme = { id: 'egret-development', version: '99' }
    const answer = await begin(productBody({ calculation: bill(), scheme }))
    expect([code(answer), answer.body.pointer]).toEqual(['unknown-scheme', '/scheme'])
  })

  test('another frame than the draft’s is refused', async () => {
    const begun = await begin(defined())
    const other = { ...bill(), region: 'CN-ZJ' }
    const put = await change(begun.body.id, other, '"1"', '/product-system')
    expect([code(put), put.body.pointer]).toEqual(['invalid-request', '/region'])
  })

  test('a draft stores nothing of what is refused', async () => {
    const { id, version } = await draft(client, productBody(), productLines)
    expect(code(await change(id, defined(twice), `"${version}"`))).toBe('duplicate-id')
    expect(await totalOf(id)).toBe('4')
    // What only the calculation can see is refused when it is calculated.
    const put = await change(id, defined(negative), `"${version}"`)
    expect(put.status).toBe(200)
  })
})
