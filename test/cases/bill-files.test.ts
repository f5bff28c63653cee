/** A bill of materials in files: the same as in JSON, to the byte, whatever it holds and whatever the headers are called. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, expandBillOfMaterials } from '../../src/engine/index.ts'
import type { BillItem, BillLine, BillOfMaterials, BillPart } from '../../src/engine/types.ts'
import { ActivityLineBody, ProductDefinitionBody } from '../../src/http/calculation.ts'
import { billColumns, columnsOfRow, rowKinds } from '../../src/http/product-files/bill-columns.ts'
import { jsonOnly } from '../../src/http/product-files/json-only.ts'
import { productSheet } from '../../src/http/product-files/product-columns.ts'
import { exampleBill } from '../../src/http/product-files/template/example-bill.ts'
import { templateLanguages } from '../../src/http/product-files/template/words.ts'
import { systemTemplate } from '../../src/http/product-files/template/workbook.ts'
import { workbookTables } from '../../src/http/product-files/workbook-source.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { canonicalInput } from '../../src/record/canonical-input.ts'
import { activityLine } from '../../src/record/line-form.ts'
import { product } from '../../src/record/product-form.ts'
import { anyValue, text } from './any-value.ts'
import { bareWorkbook, csvParts, readCsv, readWorkbook, type Sent, type Words } from './product-tables.ts'
import { contextOf } from './published-tables.ts'

const bytesOf = (sent: Sent) => {
  const { input } = expandBillOfMaterials(sent as BillOfMaterials)
  return new TextDecoder().decode(canonicalBytes(canonicalInput(input)))
}

const itemsMax = { beside: 1, 'meter.meters': 1 }
const ofSystem = ['processes', 'referenceProcess', 'referenceProduct', 'siteData']
const frame = anyValue(
  ProductDefinitionBody,
  { members: product },
  { leaveOut: [...jsonOnly, ...ofSystem], itemsMax },
) as fc.Arbitrary<Omit<BillOfMaterials, 'kind' | 'item'>>
const line = anyValue(ActivityLineBody, activityLine, {
  leaveOut: ['process', 'forProduct', 'fromSite'],
  itemsMax,
}) as fc.Arbitrary<BillLine>

const positive = fc.double({ noNaN: true, min: 0.001, max: 1e6 }).map(String)
const quantity = fc.record({ amount: positive, unit: fc.constantFrom('kg', 'piece', 'kWh') })
const rejected: BillLine = { id: '', category: 'process-emissions', gas: 'CO2' }
const some = <Value>(value: fc.Arbitrary<Value>, maxLength = 2) =>
  fc.option(fc.array(value, { minLength: 1, maxLength }), { nil: undefined })

/** An item without an id of its own; ids are given afterwards, none twice. */
const item = (depth: number): fc.Arbitrary<BillItem> =>
  fc
    .record(
      {
        id: fc.constant(''),
        name: fc.record({ zh: fc.option(text), en: text }),
        stage: fc.constantFrom('production' as const, 'raw-material-acquisition' as const),
        output: quantity,
        yield: fc.constantFrom('0.95', '1', '0.5', '3e-1'),
        region: text,
        period: fc.constant({ start: '2025-01-01', end: '2025-07-01' }),
        lines: some(line),
        scrap: some(fc.constant(rejected), 1),
        parts: depth === 0 ? fc.constant(undefined) : some(part(depth - 1), 3),
      },
      { requiredKeys: ['id', 'name', 'stage', 'output', 'yield'] },
    )
    .map(withoutNothing)
const taking = fc
  .record(
    { takes: quantity, category: fc.constantFrom('packaging', 'capital-goods'), line: fc.constant('') },
    { requiredKeys: ['takes'] },
  )
  .map(withoutNothing)
const part = (depth: number): fc.Arbitrary<BillPart> =>
  fc.oneof(
    fc.tuple(item(depth), taking).map(([one, taken]): BillPart => ({ ...one, ...taken })),
    taking.map((taken): BillPart => ({ ...taken, use: '' })),
  )

function withoutNothing<Value extends object>(value: Value): Value {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Value
}

/** The same with ids, each once: as text that a cell may hold. */
function withIds(product: BillItem, written: string): BillItem {
  const counted = Array.from({ length: 1000 }, (_, at) => `${written}${at}`)
  const next = () => counted.pop() ?? ''
  const ofLine = (one: BillLine) => ({ ...one, id: next() })
  const ofItem = (one: BillItem): BillItem =>
    withoutNothing({
      ...{ ...one, id: next(), lines: one.lines?.map(ofLine), scrap: one.scrap?.map(ofLine) },
      parts: one.parts?.map((each) => ({ ...ofPart(each), ...('line' in each && { line: next() }) })),
    })
  const ofPart = (one: BillPart) => ('use' in one ? { ...one, use: next() } : { ...one, ...ofItem(one) })
  return ofItem(product)
}

const bills = fc.tuple(frame, item(3), text).map(
  ([of, one, written]): BillOfMaterials => ({
    ...of,
    kind: 'bill-of-materials',
    item: withIds(one, written.slice(0, 4)),
  }),
)

const billOf = ({ reason, id }: { reason: string; id: string }): BillOfMaterials => ({
  kind: 'bill-of-materials',
  period: { start: '2025-01-01', end: '2026-01-01' },
  region: 'CN',
  gwpSet: { id: 'a', version: '1' },
  factorTables: [{ table: 'a', version: '1' }],
  boundary: 'cradle-to-gate',
  capitalGoods: { choice: 'included', reason },
  item: {
    id,
    name: { zh: null, en: 'a' },
    stage: 'production',
    output: { amount: '1', unit: 'kg' },
    yield: '1',
  },
})

describe('any bill of materials', () => {
  test('as CSV and as a workbook, in any language of the headers, comes to the bytes that it does as JSON', () => {
    fc.assert(
      fc.property(bills, fc.constantFrom<Words[]>('zh', 'en', null), (bill, words) => {
        const expected = bytesOf(bill)
        expect(bytesOf(readCsv(csvParts(bill, words)))).toBe(expected)
        expect(bytesOf(readWorkbook(bareWorkbook(bill, words)))).toBe(expected)
      }),
      { numRuns: 40 },
    )
  }, 120_000)

  test('keeps a text that looks like an escaped character', () => {
    const bill = billOf({ reason: '_xaaaa_', id: '_x0041_' })
    for (const words of ['zh', null] as const) {
      expect(bytesOf(readCsv(csvParts(bill, words)))).toBe(bytesOf(bill))
      expect(bytesOf(readWorkbook(bareWorkbook(bill, words)))).toBe(bytesOf(bill))
    }
  })
})

test('each column of a bill belongs to some row, and is called by no name of another', () => {
  const kinds = Object.values(columnsOfRow)
  const unused = billColumns.names.filter((name) => !kinds.some((columns) => columns.has(name)))
  expect(unused).toEqual(['level', 'kind'])
  const called = billColumns.names.flatMap((name) => {
    const { zh, en } = billColumns.of(name).title
    return [name, zh, en]
  })
  expect(called.filter((one) => billColumns.named(one) === undefined)).toEqual([])
  for (const name of billColumns.names) {
    const { zh, en } = billColumns.of(name).title
    expect([name, zh, en].map((one) => billColumns.named(one))).toEqual([name, name, name])
  }
  expect(Object.keys(rowKinds)).toEqual(['item', 'use', 'line', 'scrap'])
})

describe.each(templateLanguages)('the template of a bill in %s', (language) => {
  const template = (isExample: boolean) => systemTemplate(language, isExample, 'bill-of-materials')

  test('with its example is the bill in JSON, to the byte, and calculates as it stands', async () => {
    const read = readWorkbook(await template(true))
    expect(bytesOf(read)).toBe(bytesOf(exampleBill(language)))
    const { input } = expandBillOfMaterials(read as BillOfMaterials)
    const { total } = calculate(input, contextOf(input))
    // uk-desnz 2025: steel 2.86390131, motor 3.267 and board 1.19972542 kg CO2e a kg, lorry 0.078 a t.km; electricity of 2024 0.5777 a kWh. A kilogram of screws:
    // 1.05 of steel. 1000 kg of casing begun give 900: (1000 steel + 650 + 0.1 × 120 = 662 t.km + 260 kWh + 4 kg of screws) ÷ 900 a kilogram. A fan:
    // 48 kg of casing, 0.6 kg of screws, 24 kg of motor, 4.5 kWh, 5.5 kg of board.
    const [steel, motor, board, lorry, power] = [2.86390131, 3.267, 1.19972542, 0.078, 0.5777]
    const screws = 1.05 * steel
    const casing = (1000 * steel + 662 * lorry + 260 * power + 4 * screws) / 900
    expect(total).toBeCloseTo(48 * casing + 0.6 * screws + 24 * motor + 4.5 * power + 5.5 * board, 9)
  })

  test('empty has every sheet of a bill, and nothing in them', async () => {
    const { tables, notRead } = workbookTables(await template(false))
    expect(tables.map(({ table }) => table.key)).toEqual([
      ...['product', 'factorTables', 'billOfMaterials', 'parameters', 'materials'],
      ...['emptyStages', 'exclusions', 'instruments', 'certificates'],
    ])
    expect(notRead).toEqual([])
    for (const { table, rows } of tables) if (table !== productSheet) expect(rows).toEqual([])
  })

  test('is the same bytes each time', async () => {
    expect(await template(false)).toEqual(await template(false))
  })
})
