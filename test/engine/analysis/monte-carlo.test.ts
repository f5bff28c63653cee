/** Monte Carlo: nothing where nothing is uncertain, the same bits of the same seed, and the variance that can be worked out. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawTotals } from '../../../src/engine/analysis/monte-carlo.ts'
import { rankingOf } from '../../../src/engine/analysis/ranking.ts'
import { quantile, statisticsOf } from '../../../src/engine/analysis/statistics.ts'
import type { Statistics } from '../../../src/engine/analysis/types.ts'
import type { ProductInput } from '../../../src/engine/types.ts'
import { product } from '../fixtures.ts'
import { buys, emits, flowsIn, kg, loop, made, off, ownFactors, systems, takes } from './systems.ts'

const drawn = (input: ProductInput, draws = 2000, seed = 1) => drawTotals(flowsIn(input), draws, seed)
const statistics = (input: ProductInput, draws = 20_000, seed = 1) =>
  statisticsOf(drawn(input, draws, seed).totals) as Statistics
const half95 = 1.9599639845400536

/** Within so many standard errors of a standard deviation drawn n times: about σ ÷ √(2n). */
function expectDeviation(found: number, expected: number, draws = 20_000): void {
  expect(Math.abs(found / expected - 1)).toBeLessThan(5 / Math.sqrt(2 * draws))
}

describe('without uncertainty', () => {
  test('every draw is the result, to the bit', () => {
    fc.assert(
      fc.property(systems, (input) => {
        const { totals, refused, sources } = drawn(input, 3)
        expect([...totals]).toEqual([1, 2, 3].map(() => flowsIn(input).result.total))
        expect([refused, sources]).toEqual([0, 0])
      }),
    )
  })

  test('so it is where all that is stated is zero', () => {
    const lines = loop.lines.map((line) => ({ ...line, ...off('0', '0') }))
    expect([...drawn({ ...loop, lines }, 2).totals]).toEqual([
      flowsIn(loop).result.total,
      flowsIn(loop).result.total,
    ])
  })
})

describe('the seed', () => {
  const uncertain: ProductInput = {
    ...loop,
    lines: loop.lines.map((line) => ({ ...line, ...off('10', line.from ? '0' : '20') })),
  }
  test('decides every bit, whatever the order of lines and processes', () => {
    const again = {
      ...uncertain,
      lines: [...uncertain.lines].reverse(),
      processes: [...uncertain.processes].reverse(),
      referenceProcess: 'paint',
    }
    expect(drawn(again, 50, 7).totals).toEqual(drawn(uncertain, 50, 7).totals)
    expect(drawn(uncertain, 50, 8).totals).not.toEqual(drawn(uncertain, 50, 7).totals)
  })

  test('gives what the documented recipe gives, worked out elsewhere', () => {
    // Python 3.11: Philox4x32-10 in whole numbers, hashlib for the name ["activity","p CO2"], statistics.NormalDist for the quantiles.
    const by = (shape: 'normal' | 'lognormal', percent: string) =>
      product(made('p'), [emits('p', '100', off(percent, '0', { activityDistribution: shape }))])
    const normal = [
      95.52431255091616, 99.13077787928299, 116.73293260267074, 113.24358709752222, 112.35787988830393,
    ]
    expect([...drawn(by('normal', '20'), 5).totals]).toEqual(normal.map((one) => expect.closeTo(one, 10)))
    const lognormal = [91.32580900944637, 98.25323966848278, 140.38676241083678]
    expect([...drawn(by('lognormal', '50'), 3).totals]).toEqual(
      lognormal.map((one) => expect.closeTo(one, 10)),
    )
  })

  test('gives the first draws of more draws, and of a system with one line more', () => {
    expect(drawn(uncertain, 50).totals.slice(0, 20)).toEqual(drawn(uncertain, 20).totals)
    const more = { ...uncertain, lines: [...uncertain.lines, emits('paint', '1', { id: 'more' })] }
    const [before, after] = [drawn(uncertain, 20).totals, drawn(more, 20).totals]
    // The new line is certain; the loop that multiplies it, 1.25 as stated, is not.
    expect(after.every((total, at) => total - (before[at] as number) > 1.1)).toBe(true)
  })
})

describe('the draws', () => {
  const one = (line: Parameters<typeof emits>[2]) => product(made('p'), [emits('p', '100', line)])

  test('are linear in demand, to the bit where it doubles', () => {
    const uncertain = { ...loop, lines: loop.lines.map((line) => ({ ...line, ...off('10') })) }
    const twice = drawn({ ...uncertain, declaredUnit: kg('2') }, 100).totals
    expect([...twice]).toEqual([...drawn(uncertain, 100).totals].map((total) => total * 2))
  })

  test('of a normal amount: 95 % within the stated interval', () => {
    const { mean, low, high, median, standardDeviation } = statistics(one(off('20')))
    expect(mean).toBeCloseTo(100, 0)
    expect(median).toBeCloseTo(100, 0)
    expectDeviation(standardDeviation, 20 / half95)
    expect(Math.abs(low - 80)).toBeLessThan(0.7)
    expect(Math.abs(high - 120)).toBeLessThan(0.7)
  })

  test('of a lognormal one: 95 % between ÷ 1.5 and × 1.5, the median as stated', () => {
    const { low, high, median } = statistics(one(off('50', '0', { activityDistribution: 'lognormal' })))
    expect(Math.abs(median - 100)).toBeLessThan(1)
    expect(Math.abs(low - 100 / 1.5)).toBeLessThan(1)
    expect(Math.abs(high - 150)).toBeLessThan(2)
  })

  test.each(['triangular', 'uniform'] as const)('of a %s one: 95 %% within the stated interval', (shape) => {
    const { low, high } = statistics(one(off('20', '0', { activityDistribution: shape })))
    expect(Math.abs(low - 80)).toBeLessThan(0.5)
    expect(Math.abs(high - 120)).toBeLessThan(0.5)
  })

  test('of two lines that share a factor add before they are squared: 30 + 20, not √(30² + 20²)', () => {
    const shared = [
      buys('p', 'steel', '15', { id: 'a', ...off('0', '20') }),
      buys('p', 'steel', '10', { id: 'b', ...off('0', '20') }),
    ]
    expectDeviation(
      statistics(product(made('p'), shared, { ownFactors })).standardDeviation,
      (50 * 0.2) / half95,
    )
    const apart = [
      shared[0] as (typeof shared)[0],
      buys('p', 'glass', String(20 / 1.5), { id: 'b', ...off('0', '20') }),
    ]
    const expected = (Math.sqrt(30 ** 2 + 20 ** 2) * 0.2) / half95
    expectDeviation(statistics(product(made('p'), apart, { ownFactors })).standardDeviation, expected)
  })

  test('of a system have the variance of first order where uncertainties are small', () => {
    fc.assert(
      fc.property(systems, (system) => {
        const lines = system.lines.map((line) => ({ ...line, ...off('2', line.from ? '0' : '3') }))
        const input = { ...system, lines }
        const { standardDeviation } = rankingOf(flowsIn(input), 0.95, 10)
        if (!standardDeviation) return
        const found = statisticsOf(drawn(input, 4000).totals) as Statistics
        expect(Math.abs(found.standardDeviation / standardDeviation - 1)).toBeLessThan(0.08)
      }),
      { numRuns: 10 },
    )
  })

  test('of a parameter go through its formulas: 1 ÷ (1 − x) of x between 0.1 and 0.3', () => {
    const input = product(made('p'), [emits('p', '0', { quantity: undefined, parameter: { id: 'y' } })], {
      parameters: [
        { id: 'x', value: '0.2', uncertainty: { distribution: 'uniform', low: '0.1', high: '0.3' } },
        { id: 'y', unit: 'kg', formula: '1 / (1 - x)' },
      ],
    })
    const { mean, low, high } = statistics(input)
    // ∫ dx ÷ (1 − x) ÷ 0.2 = ln(0.9 ÷ 0.7) ÷ 0.2.
    expect(Math.abs(mean - Math.log(9 / 7) / 0.2)).toBeLessThan(0.005)
    expect(Math.abs(low - 1 / 0.895)).toBeLessThan(0.005)
    expect(Math.abs(high - 1 / 0.705)).toBeLessThan(0.005)
  })

  test('of a parameter that is stated as zero move its lines all the same', () => {
    const input = product(
      made('p', 'q'),
      [
        emits('p', '5', { id: 'sure' }),
        emits('p', '0', { id: 'spare', quantity: undefined, parameter: { id: 'x', times: '2' } }),
        takes('p', 'q', '0', { quantity: undefined, parameter: { id: 'x' } }),
        emits('q', '10'),
      ],
      {
        parameters: [
          {
            id: 'x',
            value: '0',
            unit: 'kg',
            uncertainty: { distribution: 'triangular', low: '0', high: '3' },
          },
        ],
      },
    )
    // The mean of the triangle from 0 to 3 with its peak at 0 is 1; each kg of x brings 2 + 10.
    const { mean } = statistics(input)
    expect(Math.abs(mean - 17)).toBeLessThan(0.3)
  })

  test('keep the sign of a credit: 95 % between −4 × 1.5 and −4 ÷ 1.5', () => {
    const input = product(made('p', 'q'), [
      takes('p', 'q', '-4', off('50', '0', { activityDistribution: 'lognormal' })),
      emits('q', '1'),
    ])
    const { low, high, median } = statistics(input)
    expect(Math.abs(median + 4)).toBeLessThan(0.05)
    expect(Math.abs(low + 6)).toBeLessThan(0.1)
    expect(Math.abs(high + 4 / 1.5)).toBeLessThan(0.05)
  })
})

describe('draws without an answer', () => {
  test('are counted, and say which process was at fault', () => {
    // Power takes 0.8 of its own product, ± 50 %: about 22 % of the draws take 1 or more.
    const input = product(made('power'), [takes('power', 'power', '0.8', off('50')), emits('power', '1')])
    const { totals, refused, faults } = drawn(input, 2000)
    expect(refused).toBe([...totals].filter(Number.isNaN).length)
    // P(0.8 × (1 + 0.25510 z) ≥ 1) = P(z ≥ 0.98) = 0.1635.
    expect(Math.abs(refused / 2000 - 0.1635)).toBeLessThan(0.03)
    expect(faults).toEqual([{ kind: 'process', id: 'power', draws: refused }])
  })

  test('name a parameter whose formula has no value', () => {
    const overflow = product(made('p'), [emits('p', '0', { quantity: undefined, parameter: { id: 'y' } })], {
      parameters: [
        { id: 'x', value: '1', uncertainty: { distribution: 'uniform', low: '1', high: '1e19' } },
        { id: 'y', unit: 'kg', formula: 'x * 1e290' },
      ],
    })
    const { refused, faults } = drawn(overflow, 100)
    expect(refused).toBeGreaterThan(60)
    expect(faults).toEqual([{ kind: 'parameter', id: 'y', draws: refused }])
  })

  test('tell when an amount comes out on the other side of zero', () => {
    const input = product(made('p'), [emits('p', '1', off('200'))])
    const { signChanged, refused } = drawn(input, 2000)
    // P(1 + 2 ÷ 1.96 z < 0) = P(z < −0.98) = 0.1635.
    expect(Math.abs(signChanged / 2000 - 0.1635)).toBeLessThan(0.03)
    expect(refused).toBe(0)
  })
})

describe('statistics', () => {
  test('of four numbers, by hand', () => {
    const { mean, standardDeviation, median, histogram } = statisticsOf([4, 1, 3, 2]) as Statistics
    expect([mean, median]).toEqual([2.5, 2.5])
    expect(standardDeviation).toBeCloseTo(Math.sqrt(5 / 3), 15)
    expect([histogram.from, histogram.to]).toEqual([1, 4])
    expect(histogram.counts.reduce((sum, count) => sum + count, 0)).toBe(4)
    expect(quantile(Float64Array.of(0, 10), 0.975)).toBe(9.75)
  })

  test('leave out what has no answer, and need two numbers', () => {
    expect(statisticsOf([1, Number.NaN])).toBeNull()
    expect(statisticsOf([1, Number.NaN, 3])).toMatchObject({ mean: 2 })
    expect(statisticsOf([2, 2, 2])).toMatchObject({ standardDeviation: 0, histogram: { counts: [3] } })
  })
})
