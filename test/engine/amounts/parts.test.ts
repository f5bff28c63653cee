/** Sub-meters: nothing counted twice, nothing lost, and parts never more than their whole. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, type ProductInput } from '../../../src/engine/index.ts'
import type { ActivityLine } from '../../../src/engine/types.ts'
import { calculated, context, factor, gridFactor, product, refusalOf, table } from '../fixtures.ts'
import { days, electricity, gas, kWh, refusedAt, resultOf } from './lines.ts'

const main = electricity({ id: 'main', facility: 'site', quantity: kWh('1000') })
const part = (id: string, amount: string, given: Partial<ActivityLine> = {}): ActivityLine =>
  electricity({ id, partOf: 'main', quantity: kWh(amount), ...given })

describe('a sub-meter', () => {
  test('is taken off the line it stands behind: 1000 − 300 − 200, in all still 1000', () => {
    const lines = [part('tenant', '300', { facility: 'shop' }), main, part('yard', '200')]
    const result = resultOf(lines)
    expect(result.lines.map(({ activity }) => activity.amount)).toEqual([300, 500, 200])
    expect(result.total).toBe(500)
    expect(result.lines[1]?.working).toEqual([
      { name: 'measured', value: 1000, unit: 'kWh' },
      { name: 'part', value: 300, unit: 'kWh', of: 'tenant' },
      { name: 'part', value: 200, unit: 'kWh', of: 'yard' },
    ])
    expect(result.byFacility).toEqual([
      { key: 'shop', kgCo2e: 150 },
      { key: 'site', kgCo2e: 250 },
    ])
  })

  test('may be in another unit: 0.3 MWh and 0.72 GJ = 200 kWh', () => {
    const lines = [
      main,
      part('a', '', { quantity: { amount: '0.3', unit: 'MWh' } }),
      part('b', '', { quantity: { amount: '0.72', unit: 'GJ' } }),
    ]
    expect(resultOf(lines).lines[0]?.activity.amount).toBe(500)
  })

  test('of power that is sold on leaves the total: 1000 − 300 count, 300 stand apart', () => {
    const result = resultOf([main, part('sold', '300', { category: 'resold-electricity' })])
    expect(result.total).toBe(350)
    expect(result.apart).toEqual([{ key: 'resold-electricity', kgCo2e: 150 }])
  })

  test('may have another factor', () => {
    const tables = [
      table('grid', [gridFactor('cn', 'CN', 2023, '0.5'), gridFactor('green', 'CN', 2022, '0')]),
    ]
    // 700 × 0.5 + 300 × 0.
    expect(calculated([main, part('green', '300', { factor: { id: 'green' } })], tables).total).toBe(350)
  })

  test('may have sub-meters: what is behind it is taken off it, not off the main one again', () => {
    const lines = [main, part('hall', '400'), part('oven', '150', { partOf: 'hall' })]
    const result = resultOf(lines)
    // 1000 − 400, 400 − 150, 150.
    expect(result.lines.map(({ activity }) => activity.amount)).toEqual([600, 250, 150])
  })

  test('is taken off as measured, whoever it belongs to: (1000 − 300) × 0.5 and 300 × 0.2', () => {
    const lines = [{ ...main, attribution: '0.5' }, part('shop', '300', { attribution: '0.2' })]
    expect(resultOf(lines).lines.map(({ activity }) => activity.amount)).toEqual([350, 60])
  })

  test('makes of the whole what it is itself: an estimate', () => {
    const estimate = { method: 'engineering', basis: 'rating × hours', approvedBy: 'energy manager' } as const
    const flagged = resultOf([main, part('pump', '10', { estimate })]).flags
    expect(flagged.find(({ code }) => code === 'estimated')?.lines).toEqual(['main', 'pump'])
  })

  test('that took all leaves nothing, whatever the roundings: 33.3 + 66.7 of 100', () => {
    const lines = [
      { ...main, quantity: kWh('100') },
      part('a', '33.3'),
      part('b', '0', { quantity: { amount: '0.0667', unit: 'MWh' } }),
    ]
    expect(resultOf(lines).lines[0]?.activity.amount).toBe(0)
  })

  test('of any split leaves in all what came in', () => {
    const amounts = fc.array(fc.integer({ min: 0, max: 1_000_000 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 0, max: 1_000_000 }), (thousandths, rest) => {
        const whole = thousandths.reduce((sum, each) => sum + each, rest)
        const lines = [
          { ...main, quantity: kWh(String(whole / 1000)) },
          ...thousandths.map((each, index) => part(`p${index}`, String(each / 1000))),
        ]
        const { total } = resultOf(lines)
        expect(Math.abs(total - whole / 2000)).toBeLessThanOrEqual((whole / 2000) * 1e-12)
      }),
    )
  })
})

describe('parts that cannot be are refused', () => {
  test('more than the whole, with both amounts', () => {
    const refusal = refusalOf(() => resultOf([main, part('a', '600'), part('b', '400.001')]))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['parts-exceed-whole', '/lines/0'])
    expect(refusal.facts).toMatchObject({
      whole: { amount: '1000', unit: 'kWh' },
      parts: { amount: '1000.001', unit: 'kWh' },
      lines: ['a', 'b'],
      count: 2,
    })
  })

  test('by more than a billionth: 1000.000001 is within it, and leaves nothing', () => {
    expect(resultOf([main, part('a', '1000.0000005')]).lines[0]?.activity.amount).toBe(0)
    expect(refusedAt(() => resultOf([main, part('a', '1000.000002')]))[0]).toBe('parts-exceed-whole')
  })

  test('of nothing', () => {
    const nothing = { ...main, quantity: kWh('0') }
    expect(refusedAt(() => resultOf([nothing, part('a', '1')]))[0]).toBe('parts-exceed-whole')
    expect(resultOf([nothing, part('a', '0')]).total).toBe(0)
  })

  test.each<[string, readonly ActivityLine[], string, string]>([
    ['of a line nobody knows', [main, part('a', '1', { partOf: 'mian' })], 'unknown-line', '/lines/1/partOf'],
    [
      'of bought power, as exported: that is what was made here',
      [main, part('a', '1', { category: 'exported-electricity' })],
      'line-ambiguous',
      '/lines/1/category',
    ],
    ['of itself', [main, part('a', '1', { partOf: 'a' })], 'part-of-itself', '/lines/1/partOf'],
    [
      'of each other',
      [part('a', '1', { partOf: 'b' }), part('b', '1', { partOf: 'a' })],
      'part-of-itself',
      '/lines/0/partOf',
    ],
    [
      'in another dimension',
      [main, gas({ id: 'a', partOf: 'main', quantity: { amount: '1', unit: 'kg' } })],
      'incompatible-dimension',
      '/lines/1/partOf',
    ],
    [
      'of the year, of a line of March',
      [{ ...main, period: days('2023-03-01', '2023-04-01') }, part('a', '1')],
      'part-outside-whole',
      '/lines/1/partOf',
    ],
    [
      'of April, of a line of March',
      [
        { ...main, period: days('2023-03-01', '2023-04-01') },
        part('a', '1', { period: days('2023-04-01', '2023-05-01') }),
      ],
      'part-outside-whole',
      '/lines/1/partOf',
    ],
  ])('%s', (_, lines, code, pointer) => {
    expect(refusedAt(() => resultOf(lines))).toEqual([code, pointer])
  })

  test('in a loop of three: each says so, and the line before the loop does not', () => {
    const lines = [
      part('tail', '1', { partOf: 'a' }),
      part('a', '1', { partOf: 'b' }),
      part('b', '1', { partOf: 'c' }),
      part('c', '1', { partOf: 'a' }),
    ]
    const refusal = refusalOf(() => resultOf(lines))
    expect([refusal.code, refusal.facts.lineId]).toEqual(['part-of-itself', 'a'])
    expect((refusal.facts.others as { lineId: string }[]).map(({ lineId }) => lineId)).toEqual(['b', 'c'])
  })

  test('of a line that is itself refused: only that is said', () => {
    const refusal = refusalOf(() => resultOf([{ ...main, quantity: kWh('x') }, part('a', '1')]))
    expect(refusal.code).toBe('invalid-number')
    expect(refusal.facts.others).toBeUndefined()
  })
})

describe('in a product system', () => {
  const coal = [table('t', [factor({ id: 'heat', family: 'heat', category: 'heat', unit: 'GJ' })])]
  const line = (id: string, process: string, amount: string, given: Partial<ActivityLine> = {}) => ({
    ...{ id, process, category: 'heat', factor: { id: 'heat' }, quantity: { amount, unit: 'GJ' } },
    ...given,
  })
  const system = (lines: readonly ActivityLine[]): ProductInput =>
    product(
      [
        { id: 'paint', output: { amount: '1', unit: 'kg' } },
        { id: 'press', output: { amount: '1', unit: 'kg' } },
      ],
      [
        ...lines,
        {
          id: 'pressed',
          process: 'paint',
          category: 'material',
          from: 'press',
          quantity: { amount: '1', unit: 'kg' },
        },
        line('unheated', 'press', '0'),
      ],
      { factorTables: [{ table: 't', version: '1' }] },
    )

  test('a part stands on the process of its whole, since amounts are per run of it', () => {
    const within = [line('all', 'paint', '5'), line('oven', 'paint', '2', { partOf: 'all' })]
    // (3 + 2) GJ × 3000.
    expect(calculate(system(within), context(coal)).total).toBe(15_000)
    const across = [line('all', 'paint', '5'), line('oven', 'press', '2', { partOf: 'all' })]
    expect(refusedAt(() => calculate(system(across), context(coal)))).toEqual([
      'line-ambiguous',
      '/lines/1/partOf',
    ])
  })
})
