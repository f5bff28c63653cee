/** How far a product's total may be off: lines through the network, what is off together, and finite differences beside. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, ProductInput, ProductUncertainty } from '../../../src/engine/types.ts'
import { caseNote, casesPresent, publishedJson } from '../../json/published.ts'
import { co2eFactor, context, product, refusalOf } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const stated = (activityPercent: string, factorPercent = '0') => ({
  uncertainty: { activityPercent, factorPercent },
})
const gas = (process: string, amount: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
  ...given,
})
const from = (process: string, maker: string, amount: string, given: Partial<ActivityLine> = {}) => ({
  ...{ id: `${process}<${maker}`, category: 'material', process, from: maker, quantity: kg(amount) },
  ...given,
})
const ownFactors = ['steel', 'paper'].map((id) =>
  co2eFactor({ id, family: 'cradle-to-gate', unit: 'kg' }, '1'),
)
const bought = (id: string, process: string, amount: string, given: Partial<ActivityLine> = {}) =>
  gas(process, amount, { id, category: 'material', gas: undefined, factor: { id: 'steel' }, ...given })

const system = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) => {
  const names = [...new Set(lines.map(({ process = '' }) => process))]
  return product(
    names.map((id) => ({ id, output: kg('1') })),
    lines,
    { ownFactors, ...given },
  )
}
const of = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) =>
  calculate(system(lines, given), context()).product?.uncertainty as ProductUncertainty

describe('uncertainty of a product', () => {
  test('takes an input from a process by all that it brings: 2 kg at 10 kg each ± 5 % are ± 1 kg of 25', () => {
    const result = of([gas('a', '5'), from('a', 'b', '2', stated('5')), gas('b', '10')])
    expect(result).toMatchObject({ method: 'error-propagation', confidence: '0.95', statedShare: 0 })
    expect(result.halfWidthKgCo2e).toBeCloseTo(1, 14)
    expect(result.percent).toBeCloseTo(4, 13)
    expect(result.contributions).toEqual([{ source: { kind: 'activity', line: 'a<b' }, varianceShare: 1 }])
  })

  test('combines lines of several processes in squares, each as it counts: √(3² + 4²) of 25 is 20 %', () => {
    // b runs twice: 2 × 10 kg ± 20 % = 4; a's 5 kg ± 60 % = 3.
    const result = of([gas('a', '5', stated('60')), from('a', 'b', '2'), gas('b', '10', stated('20'))])
    expect(result).toMatchObject({ statedShare: 1 })
    expect(result.halfWidthKgCo2e).toBeCloseTo(5, 13)
    expect(result.percent).toBeCloseTo(20, 12)
    expect(result.contributions.map(({ source }) => source)).toEqual([
      { kind: 'activity', line: 'b CO2' },
      { kind: 'activity', line: 'a CO2' },
    ])
    expect(result.contributions[0]?.varianceShare).toBeCloseTo(0.64, 13)
  })

  test('lets lines of one factor be off together, in whatever process they stand', () => {
    const lines = (factor: string) => [
      bought('s', 'a', '100', stated('0', '30')),
      from('a', 'b', '2'),
      bought('t', 'b', '50', { ...stated('0', '30'), factor: { id: factor } }),
    ]
    expect(of(lines('steel')).halfWidthKgCo2e).toBeCloseTo(60, 12)
    expect(of(lines('paper')).halfWidthKgCo2e).toBeCloseTo(30 * Math.SQRT2, 12)
    expect(of(lines('steel')).contributions).toMatchObject([
      { source: { kind: 'factor', table: 'own', id: 'steel', lines: 2 }, varianceShare: 1 },
    ])
  })

  test('lets amounts of one parameter be off together', () => {
    const given: Partial<ProductInput> = { parameters: [{ id: 'taken', value: '10', unit: 'kg' }] }
    const line = (id: string, times: string) =>
      gas('a', '1', { id, quantity: undefined, parameter: { id: 'taken', times }, ...stated('10') })
    const result = of([line('once', '3'), line('again', '4')], given)
    // 30 and 40 kg ± 10 % at once: 7, where by themselves they would be 5.
    expect(result.halfWidthKgCo2e).toBeCloseTo(7, 13)
    expect(result.contributions).toEqual([
      { source: { kind: 'parameter', id: 'taken', lines: 2 }, varianceShare: 1 },
    ])
  })

  test('of a credit and what it is taken from cancels where both are off together', () => {
    const lines = [
      bought('made', 'a', '10', stated('0', '50')),
      from('a', 'b', '-1'),
      bought('avoided', 'b', '6', stated('0', '50')),
    ]
    expect(of(lines).halfWidthKgCo2e).toBeCloseTo(2, 13)
  })

  test('goes round loops: 5 % of a kilogram that takes a fifth of itself', () => {
    // T = 10 ÷ (1 − 0.2) = 12.5; ∂T/∂b · b = 10 × 0.2 ÷ 0.8² = 3.125, and 10 % of it.
    const result = of([from('a', 'a', '0.2', stated('10')), gas('a', '10')])
    expect(result.halfWidthKgCo2e).toBeCloseTo(0.3125, 13)
  })

  test('claims nothing for lines that state nothing, and has no percent of nothing', () => {
    expect(of([gas('a', '5')])).toEqual({
      ...{ method: 'error-propagation', confidence: '0.95', statedShare: 0 },
      ...{ halfWidthKgCo2e: null, percent: null, contributions: [] },
    })
    expect(of([gas('a', '0', stated('5'))])).toMatchObject({
      ...{ statedShare: null, halfWidthKgCo2e: 0, percent: null },
    })
  })

  test('has no factor of an input from a process, and no percentage that is none', () => {
    const refused = (given: ReturnType<typeof stated>) => {
      const { code, facts } = refusalOf(() => of([gas('a', '5'), from('a', 'b', '2', given), gas('b', '10')]))
      return [code, facts.pointer]
    }
    expect(refused(stated('5', '1'))).toEqual(['line-ambiguous', '/lines/1/uncertainty/factorPercent'])
    expect(refused(stated('-5'))).toEqual(['property-out-of-range', '/lines/1/uncertainty/activityPercent'])
  })

  test('names a hundred sources at most', () => {
    const lines = Array.from({ length: 120 }, (_, at) => gas('a', '1', { id: `${at}`, ...stated('1') }))
    expect(of(lines).contributions).toHaveLength(100)
  })
})

describe('laws', () => {
  /** Three processes that feed each other a little: B_ij under 0.3, so that every loop gives something back. */
  const network = fc.record({
    links: fc.array(fc.integer({ min: 0, max: 300 }), { minLength: 9, maxLength: 9 }),
    own: fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 3, maxLength: 3 }),
  })
  const names = ['a', 'b', 'c']
  const linesOf = ({ links, own }: { links: readonly number[]; own: readonly number[] }): ActivityLine[] => [
    ...names.map((name, at) => gas(name, String(own[at]))),
    ...names.flatMap((taker, at) =>
      names.map((maker, to) => from(taker, maker, String(((links[at * 3 + to] ?? 0) + 1) / 1000))),
    ),
  ]
  const totalOf = (lines: readonly ActivityLine[]) => calculate(system(lines), context()).total

  test('what one line moves is what finite differences say', () => {
    fc.assert(
      fc.property(network, fc.nat({ max: 11 }), (drawn, at) => {
        const lines = linesOf(drawn)
        const moved = (by: number) =>
          totalOf(
            lines.map((line, place) =>
              place === at
                ? { ...line, quantity: kg(String(Number(line.quantity?.amount) * (1 + by))) }
                : line,
            ),
          )
        const step = 1e-4
        const difference = (moved(step) - moved(-step)) / (2 * step)
        const result = of(lines.map((line, place) => (place === at ? { ...line, ...stated('100') } : line)))
        // Both totals are rounded in their last digits (some 1e-15), which the division by the step makes 1e-11 of the total.
        const tolerance = difference * 1e-6 + totalOf(lines) * 1e-11
        expect(Math.abs((result.halfWidthKgCo2e ?? 0) - difference)).toBeLessThanOrEqual(tolerance)
      }),
    )
  })

  test('scales with the declared unit, and does not depend on the order of lines', () => {
    fc.assert(
      fc.property(network, (drawn) => {
        const lines = linesOf(drawn).map((line, at) => ({ ...line, ...stated(String(at + 1)) }))
        const one = of(lines)
        const two = calculate(system(lines, { declaredUnit: kg('2') }), context()).product?.uncertainty
        expect(two?.halfWidthKgCo2e).toBe((one.halfWidthKgCo2e ?? 0) * 2)
        expect(two?.percent).toBe(one.percent)
        const shuffled = calculate({ ...system(lines), lines: lines.toReversed() }, context()).product
        expect(shuffled?.uncertainty).toEqual(one)
      }),
    )
  })
})

describe.skipIf(!casesPresent)(`published${caseNote}`, () => {
  // The case states 90 % ranges. The rule is the same for any coverage; what we call 95 % is what lines are asked for.
  test('the five parts of the world’s emissions in 2019 add in squares, as the IPCC adds them', () => {
    const { components_Gt: parts, expected } = publishedJson<{
      components_Gt: readonly { part: string; value: number; pm: number }[]
      expected: { pm: number }
    }>('uncertainty/ipcc-ar6-total-2019.json', { components_Gt: [], expected: { pm: 0 } })
    const lines = parts.map(({ part, value, pm }) =>
      bought(part, 'world', String(value), stated(String((pm / value) * 100))),
    )
    expect(Math.abs((of(lines).halfWidthKgCo2e ?? 0) - expected.pm)).toBeLessThan(0.05)
    expect(lines).toHaveLength(5)
  })
})
