/** What a result says of carbon, data and uncertainty where a process makes several products: everything in the part that is wanted. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, Process, ProductInput, ProductResult } from '../../../src/engine/types.ts'
import { context, product } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })

/** One run of the mill takes 10 kg of timber (1 kg CO2 each), lets go 10 kg CO2, and makes 2 kg of board and 8 kg of chips. */
const mill = (
  given: Readonly<Record<'taken' | 'own' | 'grown', Partial<ActivityLine>>>,
  more: Partial<ProductInput> = {},
): ProductResult => {
  const base = { category: 'process-emissions', gas: 'CO2' }
  const lines: ActivityLine[] = [
    {
      ...{ id: 'timber', category: 'material', process: 'mill', from: 'forest' },
      quantity: kg('10'),
      ...given.taken,
    },
    { ...base, id: 'mill CO2', process: 'mill', quantity: kg('10'), ...given.own },
    { ...base, id: 'forest CO2', process: 'forest', quantity: kg('1'), dataSource: { activity: 'primary' } },
    {
      ...base,
      id: 'growth',
      process: 'forest',
      flowKind: 'biogenic-uptake',
      quantity: kg('-1.65'),
      ...given.grown,
    },
  ]
  const processes = [
    {
      ...{ id: 'mill', product: 'board', output: kg('2'), coProducts: [{ id: 'chips', output: kg('8') }] },
      allocation: { by: 'mass' },
    },
    { id: 'forest', output: kg('1') },
  ] as Process[]
  const input = product(processes, lines, { referenceProduct: 'board', declaredUnit: kg('2'), ...more })
  return calculate(input, context()).product as ProductResult
}

const none = { taken: {}, own: {}, grown: {} }

describe('a fifth of a mill', () => {
  test('is summed up as a fifth: 2 of the timber’s 10 kg CO2, 2 of the mill’s, and 3.3 of the 16.5 kg that grew', () => {
    const { pact } = mill(none).sums
    expect(pact?.pcfExcludingBiogenicUptake).toBeCloseTo(4, 14)
    expect(pact?.biogenicCO2Uptake).toBeCloseTo(-3.3, 14)
  })

  test('balances where the burden goes as the carbon does, and is found out where it does not', () => {
    const holding = (kgC: string) => ({
      carbonContent: { fossil: { amount: '0', unit: 'kgC' }, biogenic: { amount: kgC, unit: 'kgC' } },
    })
    // 3.3 kg CO2 are 0.9 kg of carbon.
    expect(mill(none, holding('0.9')).carbon.balance?.state).toBe('balanced')
    expect(mill(none, holding('1')).findings.map(({ code }) => code)).toEqual([
      'biogenic-carbon-not-balanced',
    ])
  })

  test('has the primary share of its part: half where the timber was not measured', () => {
    const own = { dataSource: { activity: 'primary' } } as const
    expect(mill({ ...none, own }).primaryDataShare.primary).toBeCloseTo(0.5, 14)
    expect(mill({ ...none, own, taken: own }).primaryDataShare.primary).toBe(1)
  })

  test('is off by its part: 20 % of the timber’s 2 kg CO2 are 0.4 of 4 kg', () => {
    const taken = { uncertainty: { activityPercent: '20', factorPercent: '0' } }
    const { uncertainty } = mill({ ...none, taken })
    expect(uncertainty.halfWidthKgCo2e).toBeCloseTo(0.4, 14)
    expect(uncertainty.percent).toBeCloseTo(10, 13)
  })
})
