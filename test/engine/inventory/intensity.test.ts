/** What a total is per unit of something. */

import { describe, expect, test } from 'vitest'
import type { IntensityBase } from '../../../src/engine/types.ts'
import { calculated, co2eFactor, refusalOf, table } from '../fixtures.ts'

const tables = [table('t', [co2eFactor({ id: 'goods', family: 'cradle-to-gate', unit: 'kg' }, '2')])]

const base = (amount: string, unit: string, kind: IntensityBase['kind'] = 'other'): IntensityBase => ({
  ...{ kind, name: { en: kind, zh: null }, quantity: { amount, unit } },
})

const calculatedPer = (intensityBases: IntensityBase[]) =>
  calculated(
    [
      {
        ...{ id: 'a', category: 'purchased-goods-and-services', factor: { id: 'goods' } },
        quantity: { amount: '500', unit: 'kg' },
      },
    ],
    tables,
    { intensityBases },
  ).inventory?.intensities

describe('an intensity', () => {
  test('is the total per unit of its base, which stays beside it', () => {
    const bases = [
      base('4', '1e4CNY', 'revenue'),
      base('20', 't', 'output'),
      base('8', 'FTE', 'headcount'),
      base('250', 'm2', 'area'),
      base('1000', 'piece'),
    ]
    // 1,000 kg CO2e ÷ 4, 20, 8, 250, 1000.
    const per = calculatedPer(bases)
    expect(per?.map(({ kgCo2ePerUnit }) => kgCo2ePerUnit)).toEqual([250, 50, 125, 4, 1])
    expect(per?.map(({ kind, name, quantity }) => ({ kind, name, quantity }))).toEqual(bases)
  })

  test('is none where nobody gave a base', () => {
    expect(calculatedPer([])).toEqual([])
  })

  test.each([
    [base('0', 't'), 'property-out-of-range', 'amount'],
    [base('-1', 't'), 'property-out-of-range', 'amount'],
    [base('1,5', 't'), 'invalid-number', 'amount'],
    [base('1', 'cartload'), 'unknown-unit', 'unit'],
  ])('of %j is refused, pointing to the base', (wrong, code, member) => {
    const problem = refusalOf(() => calculatedPer([base('1', 't'), wrong]))
    expect([problem.code, problem.facts.pointer]).toEqual([code, `/intensityBases/1/quantity/${member}`])
  })
})
