/** Bills of materials over HTTP: calculated as they are, and read as the product system that they are short for. */

import { beforeAll, describe, expect, test } from 'vitest'
import { workbookType } from '../../src/http/activity-data.ts'
import { call } from './api.ts'
import { code, enterprise } from './cast.ts'
import { madeWorkbook } from './made-workbook.ts'

let token: string
beforeAll(async () => {
  token = (await enterprise()).machine
}, 60_000)

const kg = (amount: string) => ({ amount, unit: 'kg' })
const named = (id: string) => ({ id, name: { en: id, zh: null }, stage: 'production', output: kg('1') })
const emits = (id: string, amount: string) => ({
  ...{ id, category: 'process-emissions', gas: 'CO2', quantity: kg(amount) },
})
const bill = (item: Record<string, unknown> = {}) => ({
  ...{ kind: 'bill-of-materials', period: { start: '2025-01-01', end: '2026-01-01' }, region: 'CN-FJ' },
  ...{ gwpSet: { id: 'ipcc-ar6', version: '2021' }, factorTables: [], boundary: 'cradle-to-gate' },
  ...{ declaredUnit: kg('1') },
  item: {
    ...{ ...named('lamp'), output: kg('10'), yield: '0.8', lines: [emits('soldering', '4')] },
    parts: [
      { ...named('shade'), takes: kg('6'), lines: [emits('moulding', '2')] },
      { use: 'shade', takes: kg('1'), line: 'spare' },
    ],
    ...item,
  },
})
const calculate = (body: unknown) => call('POST', '/v1/calculations', { token, body })
const read = (body: unknown) => call('POST', '/v1/product-systems', { token, body })

const sheet: (string | null)[][] = [
  ['level', 'kind', 'id', 'name.en', 'stage', 'output.amount', 'output.unit', 'yield'].concat(
    ...[['quantity.amount', 'quantity.unit', 'category', 'gas', 'line']],
  ),
  ['0', 'item', 'lamp', 'lamp', 'production', '10', 'kg', '0.8', null, null, null, null, null],
  ['1', 'line', 'soldering', null, null, null, null, null, '4', 'kg', 'process-emissions', 'CO2', null],
  ['1', 'item', 'shade', 'shade', 'production', '1', 'kg', null, '6', 'kg', null, null, null],
  ['2', 'line', 'moulding', null, null, null, null, null, '2', 'kg', 'process-emissions', 'CO2', null],
  ['1', 'use', 'shade', null, null, null, null, null, '1', 'kg', null, null, 'spare'],
]
const members = [
  ['member', 'value'],
  ['period.start', '2025-01-01'],
  ['period.end', '2026-01-01'],
  ['region', 'CN-FJ'],
  ['gwpSet.id', 'ipcc-ar6'],
  ['gwpSet.version', '2021'],
  ['boundary', 'cradle-to-gate'],
  ['declaredUnit.amount', '1'],
  ['declaredUnit.unit', 'kg'],
]
const tables = [
  ['table', 'version'],
  ['uk-desnz', '2025'],
]
const asWorkbook = (rows: (string | null)[][]) =>
  madeWorkbook({
    sheets: [
      { name: 'product', rows: members },
      { name: 'factorTables', rows: tables },
      { name: 'billOfMaterials', rows },
    ],
  })
const boundary = 'egret-test-boundary'
const asForm = (rows: (string | null)[][]) =>
  [['product', members] as const, ['factorTables', tables] as const, ['billOfMaterials', rows] as const]
    .map(
      ([name, cells]) =>
        `--${boundary}\r\ncontent-disposition: form-data; name="${name}"; filename="${name}.csv"\r\ncontent-type: text/csv\r\n\r\n${cells.map((row) => row.map((cell) => cell ?? '').join(',')).join('\n')}\r\n`,
    )
    .join('')
    .concat(`--${boundary}--\r\n`)
const readFile = (rows: (string | null)[][]) =>
  call('POST', '/v1/product-systems', {
    ...{ token, body: asWorkbook(rows), headers: { 'content-type': workbookType } },
  })

describe('a bill of materials in a file', () => {
  test('reads as the product system that the same bill in JSON reads as, to the byte', async () => {
    const json = await read({ ...bill(), factorTables: [{ table: 'uk-desnz', version: '2025' }] })
    const file = await readFile(sheet)
    expect(file.status, JSON.stringify(file.body)).toBe(200)
    expect(file.body.digest).toBe(json.body.digest)
    expect(file.body.calculation).toEqual(json.body.calculation)
    expect(file.body.tables.map(({ table }: { table: string }) => table)).toContain('billOfMaterials')
    const form = await call('POST', '/v1/product-systems', {
      ...{ token, body: asForm(sheet) },
      headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    })
    expect([form.body.digest, form.status]).toEqual([json.body.digest, 200])
  })

  test('is refused in its cell for what only the whole of it shows', async () => {
    const answer = await readFile(sheet.with(1, sheet[1]?.with(7, '2') ?? []))
    expect(answer.body).toMatchObject({ pointer: '/item/yield', sheet: 'billOfMaterials', cell: 'H2' })
    expect(code(answer)).toBe('property-out-of-range')
  })
})

describe('a bill of materials', () => {
  test('is calculated: (4 + 7 × 2) ÷ 8 kg', async () => {
    const { status, body } = await calculate(bill())
    expect(status, JSON.stringify(body)).toBe(200)
    expect([body.result.kind, body.result.total]).toEqual(['product', '2.25'])
  })

  test('reads as a product system, which answers the very same', async () => {
    const { status, body } = await read(bill())
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body).toMatchObject({
      ...{ tables: [], notRead: [], digest: expect.stringMatching(/^sha256:/) },
      calculation: {
        ...{ kind: 'product', referenceProcess: 'lamp' },
        processes: [{ id: 'lamp', output: kg('8') }, { id: 'shade' }],
        lines: [
          { id: 'soldering' },
          { id: 'lamp/shade', from: 'shade' },
          { id: 'moulding' },
          { id: 'spare' },
        ],
      },
    })
    const [short, long] = await Promise.all([calculate(bill()), calculate(body.calculation)])
    expect(long.body).toEqual(short.body)
  })

  test('is analyzed as the system that it is short for, its alternative with it', async () => {
    const analyze = (system: unknown, other: unknown) =>
      call('POST', '/v1/product-analyses', {
        token,
        body: { system, comparison: { system: other }, parts: ['contributions'], draws: 100 },
      })
    // Without rejects (4 + 7 × 2) ÷ 10 instead of ÷ 8: 0.45 less a kilogram.
    const [item] = [bill({ yield: '1' })]
    const { status, body } = await analyze(bill(), item)
    expect(status, JSON.stringify(body)).toBe(200)
    expect(body.analysis.total).toBe('2.25')
    expect(Number(body.analysis.comparison.difference)).toBeCloseTo(-0.45, 12)
    const { calculation } = (await read(bill())).body
    const other = (await read(item)).body.calculation
    expect((await analyze(calculation, other)).body).toEqual(body)
    const refused = await analyze(bill({ lines: [emits('soldering', '-4')] }), item)
    expect([code(refused), refused.body.pointer]).toEqual([
      'negative-amount',
      '/system/item/lines/0/quantity/amount',
    ])
    const [otherwise, withYield] = await Promise.all([
      analyze(bill(), bill({ parts: [{ use: 'bulb', takes: kg('1') }] })),
      analyze(bill(), bill({ yield: '2' })),
    ])
    expect([otherwise, withYield].map((answer) => [code(answer), answer.body.pointer])).toEqual([
      ['unknown-process', '/comparison/system/item/parts/0/use'],
      ['property-out-of-range', '/comparison/system/item/yield'],
    ])
  })

  test('is refused where the bill is wrong, with line and column', async () => {
    const answer = await calculate(bill({ yield: '2' }))
    expect([code(answer), answer.body.pointer, answer.body.line]).toEqual([
      'property-out-of-range',
      '/item/yield',
      1,
    ])
    const [shade] = bill().item.parts
    const parts = [{ ...shade, lines: [emits('moulding', '-2')] }]
    const inside = await calculate(bill({ parts }))
    expect([code(inside), inside.body.pointer]).toEqual([
      'negative-amount',
      '/item/parts/0/lines/0/quantity/amount',
    ])
    expect(code(await read(bill({ yield: '2' })))).toBe('property-out-of-range')
  })

  test.each<[string, Record<string, unknown>, string]>([
    ['a part that says nothing of what it is', { parts: [{ takes: kg('1') }] }, '/item/parts/0/id'],
    [
      'a part that is used and made',
      { parts: [{ use: 'lamp', takes: kg('1'), yield: '0.5' }] },
      '/item/parts/0/yield',
    ],
    ['an unknown member', { parts: [{ ...named('shade'), takes: kg('1'), colour: 'red' }] }, '/item/parts/0'],
    ['a line that names a process', { lines: [{ ...emits('a', '1'), process: 'lamp' }] }, '/item/lines/0'],
    [
      'an unknown member far inside',
      { parts: [{ ...named('a'), takes: kg('1'), parts: [{ ...named('b'), takes: 1 }] }] },
      '/item/parts/0/parts/0/takes',
    ],
  ])('%s breaks the schema', async (_, item, pointer) => {
    const answer = await calculate(bill(item))
    expect([answer.status, code(answer), answer.body.pointer]).toEqual([400, 'invalid-request', pointer])
  })
})
