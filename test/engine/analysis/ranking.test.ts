/** Which inputs matter: figures by hand, and parts that come to the whole. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { rankingOf } from '../../../src/engine/analysis/ranking.ts'
import { product } from '../fixtures.ts'
import { buys, emits, flowsIn, made, off, ownFactors, systems, takes } from './systems.ts'

/** 1.96 is half of the 95 % interval of the standard normal distribution. */
const half95 = 1.9599639845400536

describe('the ranking', () => {
  const input = product(
    made('p'),
    [
      buys('p', 'steel', '40', { id: 'a', ...off('10') }),
      buys('p', 'glass', '10', { id: 'b', ...off('80') }),
      emits('p', '4', { id: 'c' }),
      emits('p', '1', { id: 'd' }),
    ],
    { ownFactors },
  )

  test('says how few carry how much: 80 + 15 of 100 kg, with all of the variance', () => {
    const { inputs, carryingResult, carryingVariance, standardDeviation } = rankingOf(
      flowsIn(input),
      0.95,
      10,
    )
    // Deviations: 80 × 10 % = 8 and 15 × 80 % = 12, both ÷ 1.96; 8² + 12² = 208.
    expect(inputs.map(({ line, resultShareSoFar }) => [line, resultShareSoFar])).toEqual([
      ['a', 0.8],
      ['b', expect.closeTo(0.95, 14)],
      ['c', expect.closeTo(0.99, 14)],
      ['d', expect.closeTo(1, 14)],
    ])
    expect(inputs.map(({ varianceShare }) => varianceShare)).toEqual([
      expect.closeTo(64 / 208, 12),
      expect.closeTo(144 / 208, 12),
      0,
      0,
    ])
    expect(carryingResult).toEqual({
      ...{ inputs: 2, of: 4 },
      ...{ resultShare: expect.closeTo(0.95, 14), varianceShare: expect.closeTo(1, 14) },
    })
    expect(carryingVariance).toMatchObject({ inputs: 2, of: 4 })
    expect(standardDeviation).toBeCloseTo(Math.sqrt(208) / half95, 10)
  })

  test('by a part of the variance: b alone carries 144 of 208', () => {
    const { carryingVariance } = rankingOf(flowsIn(input), 0.6, 10)
    expect(carryingVariance).toMatchObject({
      inputs: 1,
      resultShare: 0.15,
      varianceShare: expect.closeTo(144 / 208, 12),
    })
  })

  test('lines of one factor are off together: (30 + 20)² beside 25² for another', () => {
    const lines = [
      buys('p', 'steel', '15', { id: 'a', ...off('0', '100') }),
      buys('p', 'steel', '10', { id: 'b', ...off('0', '100') }),
      buys('p', 'glass', '10', { id: 'c', ...off('0', String((25 / 15) * 100)) }),
    ]
    const { sources, inputs } = rankingOf(flowsIn(product(made('p'), lines, { ownFactors })), 0.95, 10)
    expect(sources).toEqual([
      {
        ...{ source: { kind: 'factor', table: 'own', version: 'own', id: 'steel' }, lines: 2 },
        ...{ deviation: expect.closeTo(50 / half95, 10), varianceShare: expect.closeTo(2500 / 3125, 12) },
      },
      expect.objectContaining({ varianceShare: expect.closeTo(625 / 3125, 12) }),
    ])
    // Of 2500, the line of 30 has 30 × 50 and the line of 20 has 20 × 50.
    expect(inputs.map(({ line, varianceShare }) => [line, varianceShare])).toEqual([
      ['a', expect.closeTo(1500 / 3125, 12)],
      ['b', expect.closeTo(1000 / 3125, 12)],
      ['c', expect.closeTo(625 / 3125, 12)],
    ])
  })

  test('an input of another process carries none of the result and may carry all of the variance', () => {
    const system = product(made('p', 'q'), [takes('p', 'q', '2', off('10')), emits('q', '1')])
    const { inputs, carryingResult } = rankingOf(flowsIn(system), 0.95, 10)
    expect(inputs).toMatchObject([
      { line: 'q CO2', resultShare: 1, varianceShare: 0 },
      { line: 'p<q', resultShare: 0, varianceShare: 1 },
    ])
    expect(carryingResult).toEqual({ inputs: 1, of: 2, resultShare: 1, varianceShare: 0 })
  })

  test('a parameter moves all that follows from it: 3 × 10 kg down, 2 × 10 kg up, 10 in all', () => {
    const system = product(
      made('p'),
      [
        emits('p', '0', { id: 'up', quantity: undefined, parameter: { id: 'x', times: '3' } }),
        emits('p', '0', { id: 'down', quantity: undefined, parameter: { id: 'y' } }),
      ],
      {
        parameters: [
          {
            id: 'x',
            value: '10',
            unit: 'kg',
            uncertainty: { distribution: 'uniform', low: '8', high: '12' },
          },
          { id: 'y', unit: 'kg', formula: '40 - 2 * x' },
        ],
      },
    )
    const { sources, inputs, standardDeviation } = rankingOf(flowsIn(system), 0.95, 10)
    expect(sources).toMatchObject([{ source: { kind: 'parameter', id: 'x' }, lines: 2, varianceShare: 1 }])
    expect(standardDeviation).toBeCloseTo(4 / Math.sqrt(12), 12)
    expect(inputs.map(({ line, varianceShare }) => [line, varianceShare])).toEqual([
      ['up', expect.closeTo(3, 12)],
      ['down', expect.closeTo(-2, 12)],
    ])
  })

  test('of a result of nothing, and of one whose uncertainty nobody states, says so', () => {
    const nothing = rankingOf(flowsIn(product(made('p'), [emits('p', '0')])), 0.95, 10)
    expect(nothing).toMatchObject({
      inputs: [{ resultShare: null, varianceShare: null }],
      carryingVariance: null,
    })
    expect(nothing.standardDeviation).toBeNull()
  })

  test('shares come to 1, of the result and of the variance, whatever the system', () => {
    const uncertain = fc.array(fc.tuple(fc.integer({ min: 0, max: 80 }), fc.integer({ min: 0, max: 80 })), {
      minLength: 40,
      maxLength: 40,
    })
    fc.assert(
      fc.property(systems, uncertain, (system, percents) => {
        const lines = system.lines.map((line, at) => {
          const [a = 0, f = 0] = percents[at] ?? []
          return { ...line, ...off(String(a), line.from ? '0' : String(f)) }
        })
        const { inputs, standardDeviation } = rankingOf(flowsIn({ ...system, lines }), 0.95, 1000)
        const last = inputs.at(-1)
        if (last?.resultShare !== null) expect(last?.resultShareSoFar).toBeCloseTo(1, 12)
        if (standardDeviation) expect(last?.varianceShareSoFar).toBeCloseTo(1, 10)
      }),
    )
  })
})
