/** A bill of materials is short for a product system: the same calculation, and its refusals point into the bill. */

import { describe, expect, test } from 'vitest'
import { calculate, expandBillOfMaterials, inBill, presentResult } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  BillItem,
  BillOfMaterials,
  BillPart,
  ProductInput,
} from '../../../src/engine/types.ts'
import { isProblem, type Problem } from '../../../src/problem.ts'
import { canonicalInput } from '../../../src/record/canonical-input.ts'
import { context, product, refusalOf } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const pieces = (amount: string) => ({ amount, unit: 'piece' })
const named = (id: string) => ({ id, name: { en: id, zh: null } })
const emits = (id: string, amount: string) => ({
  ...{ id, category: 'process-emissions', gas: 'CO2', quantity: kg(amount) },
})
const screw: BillPart = {
  ...{ ...named('screw'), stage: 'raw-material-acquisition', output: kg('1'), takes: kg('0.004') },
  lines: [emits('drawing', '2')],
}

/** 100 lamps are begun and 95 good; each has a shade of plastic, of whose granulate a tenth is lost, and screws as the shade does. */
const lamp: BillOfMaterials = {
  kind: 'bill-of-materials',
  period: { start: '2023-01-01', end: '2024-01-01' },
  region: 'CN-FJ',
  gwpSet: { id: 'ipcc-ar6', version: '1' },
  factorTables: [],
  boundary: 'cradle-to-gate',
  declaredUnit: pieces('1'),
  item: {
    ...{ ...named('lamp'), stage: 'production', output: pieces('100'), yield: '0.95' },
    lines: [emits('soldering', '19')],
    parts: [
      {
        ...{
          ...named('shade'),
          stage: 'production',
          output: kg('10'),
          yield: '0.9',
          takes: kg('27'),
          line: 'shades',
        },
        lines: [emits('moulding', '9')],
        scrap: [{ id: 'sprues', category: 'process-emissions', gas: 'CO2' }],
        parts: [
          { ...screw, takes: kg('0.5') } as BillPart,
          {
            ...{ ...named('granulate'), stage: 'raw-material-acquisition', output: kg('1'), takes: kg('10') },
            lines: [emits('polymerizing', '3')],
          },
        ],
      },
      { use: 'screw', takes: kg('0.8'), category: 'packaging' },
    ],
  },
}

const line = (id: string, process: string, more: Partial<ActivityLine>): ActivityLine => ({
  ...{ id, process, category: 'material', ...more },
})

/** The same, written as a system by hand: 100 × 0.95 = 95 lamps, 10 × 0.9 = 9 kg shades, and 10 × 0.1 = 1 kg of sprues. */
const system: ProductInput = product(
  [
    { id: 'lamp', output: pieces('95') },
    { id: 'shade', output: kg('9') },
    { id: 'screw', output: kg('1') },
    { id: 'granulate', output: kg('1') },
  ],
  [
    { ...emits('soldering', '19'), process: 'lamp' },
    line('shades', 'lamp', { from: 'shade', quantity: kg('27') }),
    { ...emits('moulding', '9'), process: 'shade' },
    { ...emits('sprues', '1'), process: 'shade' },
    line('shade/screw', 'shade', { from: 'screw', quantity: kg('0.5') }),
    { ...emits('drawing', '2'), process: 'screw' },
    line('shade/granulate', 'shade', { from: 'granulate', quantity: kg('10') }),
    { ...emits('polymerizing', '3'), process: 'granulate' },
    line('lamp/screw', 'lamp', { from: 'screw', quantity: kg('0.8'), category: 'packaging' }),
  ],
  { declaredUnit: pieces('1') },
)
const withStages: ProductInput = {
  ...system,
  processes: system.processes.map((process) =>
    process.id === 'screw' || process.id === 'granulate'
      ? { ...process, stage: 'raw-material-acquisition' }
      : process,
  ),
}

describe('a bill of materials', () => {
  test('is the product system that a person would write', () => {
    expect(expandBillOfMaterials(lamp).input).toEqual(withStages)
    expect(canonicalInput(expandBillOfMaterials(lamp).input)).toEqual(canonicalInput(withStages))
  })

  test('and so the same result, to the bit', () => {
    const [short, long] = [expandBillOfMaterials(lamp).input, withStages].map((input) =>
      presentResult(calculate(input, context())),
    )
    expect(short).toEqual(long)
    // A kilogram of shades: (9 + 1 + 0.5 × 2 + 10 × 3) ÷ 9 = 41/9. A lamp: (19 + 27 × 41/9 + 0.8 × 2) ÷ 95 = 143.6 ÷ 95.
    expect(Number(short?.result.total)).toBeCloseTo(143.6 / 95, 14)
  })

  test('yields multiply as decimals do', () => {
    const of = (amount: string, share: string) =>
      expandBillOfMaterials({ ...lamp, item: { ...lamp.item, output: kg(amount), yield: share } }).input
        .processes[0]?.output.amount
    expect([of('0.1', '0.7'), of('3', '0.1'), of('1e3', '0.95'), of('250', '1')]).toEqual([
      '0.07',
      '0.3',
      '950',
      '250',
    ])
  })
})

describe('a refusal of a bill', () => {
  const withPart = (part: Partial<BillItem> & Partial<{ takes: object; use: string }>): BillOfMaterials => {
    const [shade, use] = lamp.item.parts as [BillPart, BillPart]
    return { ...lamp, item: { ...lamp.item, parts: [{ ...shade, ...part } as BillPart, use] } }
  }
  const withItem = (item: Partial<BillItem>): BillOfMaterials => ({
    ...lamp,
    item: { ...lamp.item, ...item },
  })
  const place = '/item/parts/0'
  const again: BillPart = { ...screw, lines: [] }

  test.each<[string, BillOfMaterials, string, string]>([
    [
      'an output of nothing',
      withPart({ output: kg('0') }),
      'property-out-of-range',
      `${place}/output/amount`,
    ],
    ['a stage outside the boundary', withPart({ stage: 'use' }), 'property-out-of-range', `${place}/stage`],
    [
      'a line that cannot be',
      withPart({ lines: [emits('moulding', '-1')] }),
      'negative-amount',
      `${place}/lines/0/quantity/amount`,
    ],
    [
      'a part in another unit',
      withPart({ takes: { amount: '1', unit: 'kWh' } }),
      'incompatible-dimension',
      `${place}/takes/unit`,
    ],
    ['an item twice', withItem({ parts: [screw, again] }), 'duplicate-id', '/item/parts/1/id'],
    [
      'a part twice under one line',
      withItem({ parts: [screw, { use: 'screw', takes: kg('1') }] }),
      'duplicate-id',
      '/item/parts/1/line',
    ],
    [
      'an item that is nowhere',
      withItem({ parts: [{ use: 'bulb', takes: kg('1') }] }),
      'unknown-process',
      '/item/parts/0/use',
    ],
    [
      'an unknown category of a part',
      withPart({ ...{ category: 'stuff' } } as never),
      'unknown-category',
      `${place}/category`,
    ],
    [
      'a declared unit of another kind',
      { ...lamp, declaredUnit: kg('1') },
      'incompatible-dimension',
      '/declaredUnit/unit',
    ],
    ['no lines at all', withItem({ lines: [], parts: [] }), 'no-lines', '/item'],
    ['a yield over the whole', withPart({ yield: '1.1' }), 'property-out-of-range', `${place}/yield`],
    ['a yield of nothing', withItem({ yield: '0' }), 'property-out-of-range', '/item/yield'],
    ['a yield that is no number', withItem({ yield: 'most' }), 'invalid-number', '/item/yield'],
    [
      'scrap without an amount or a yield',
      withPart({ yield: undefined }),
      'property-missing',
      `${place}/yield`,
    ],
    [
      'two lines of scrap without an amount',
      withPart({
        scrap: [
          { id: 'a', category: 'process-emissions', gas: 'CO2' },
          { id: 'b', category: 'process-emissions', gas: 'CO2' },
        ],
      }),
      'line-ambiguous',
      `${place}/scrap/1`,
    ],
    [
      'scrap weighed by something else',
      withPart({ scrap: [{ id: 'sprues', category: 'waste-treatment', to: 'kiln' }] }),
      'unknown-process',
      `${place}/scrap/0/to`,
    ],
  ])('%s points to its place', async (_, bill, code, pointer) => {
    const refusal = await refusedBy(bill)
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })

  test('names all at once, each with its place', async () => {
    const { facts } = await refusedBy(withItem({ lines: [emits('a', '-1'), emits('b', '-1')] }))
    const others = facts.others as { pointer: string }[]
    expect([facts.pointer, ...others.map(({ pointer }) => pointer)]).toEqual([
      '/item/lines/0/quantity/amount',
      '/item/lines/1/quantity/amount',
    ])
  })

  test('a loop that uses up what it makes names the items', async () => {
    const [shade] = lamp.item.parts as [BillPart]
    const back: BillPart = { use: 'lamp', takes: pieces('95'), line: 'back' }
    const { code, facts } = await refusedBy(
      withItem({ parts: [{ ...shade, takes: kg('9'), parts: [back] } as BillPart] }),
    )
    expect([code, facts.pointer, facts.processes]).toEqual(['singular-system', '/item', ['lamp', 'shade']])
  })

  test('a line whose id would be too long asks for one', () => {
    const long = 'x'.repeat(60)
    const refusal = refusalOf(() =>
      expandBillOfMaterials(withItem({ id: long, parts: [{ ...screw, id: `${long}2` } as BillPart] })),
    )
    expect([refusal.code, refusal.facts.pointer]).toEqual(['property-missing', '/item/parts/0/line'])
  })
})

async function refusedBy(bill: BillOfMaterials): Promise<Problem> {
  try {
    const expanded = expandBillOfMaterials(bill)
    await inBill(expanded, () => calculate(expanded.input, context()))
  } catch (thrown) {
    if (isProblem(thrown)) return thrown
    throw thrown
  }
  throw new Error('nothing was refused')
}
