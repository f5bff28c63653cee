/** Stocks, gas balances and leak rates. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine, GasBalance, GasLeakage, StockChange } from '../../../src/engine/types.ts'
import { calculated, factor, refusalOf, table } from '../fixtures.ts'
import { amountOf, days, electricity, gas, refusedAt, resultOf, workingOf } from './lines.ts'

const coal = (stock: Partial<StockChange> = {}): ActivityLine => ({
  ...{ id: 'coal', category: 'stationary-combustion', factor: { id: 'coal' } },
  stock: { unit: 't', opening: '120', received: '900.5', passedOn: '20', closing: '80.5', ...stock },
})
const heap = (line: ActivityLine) => calculated([line], [table('t', [factor({ id: 'coal' })])])

describe('a stock', () => {
  test('gave what it held and received less what was passed on and is left: 120 + 900.5 − 20 − 80.5', () => {
    const result = heap(coal())
    expect(result.lines[0]?.activity.amount).toBe(920)
    // 920 t × 3000 kg.
    expect(result.total).toBe(2_760_000)
    expect(workingOf(result)).toEqual({ opening: 120, received: 900.5, passedOn: 20, closing: 80.5 })
  })

  test('of which nothing was used gave nothing, though 0.3 − 0.1 − 0.2 is not 0 in doubles', () => {
    const still = { opening: '0.3', received: '0', passedOn: '0.1', closing: '0.2' }
    expect(heap(coal(still)).total).toBe(0)
    const other = { opening: '0.1', received: '0.2', passedOn: '0', closing: '0.3' }
    expect(heap(coal(other)).total).toBe(0)
  })

  test('keeps a small use of a big heap: 1 000 000.000001 − 1 000 000', () => {
    const used = heap(coal({ opening: '1000000.000001', received: '0', passedOn: '0', closing: '1000000' }))
    expect(used.lines[0]?.activity.amount).toBeCloseTo(1e-6, 9)
  })

  test('never leaves more than there was', () => {
    const refusal = refusalOf(() => heap(coal({ closing: '1000.6' })))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['balance-negative', '/lines/0/stock/closing'])
  })

  test.each(['opening', 'received', 'passedOn', 'closing'])('has no negative %s', (member) => {
    expect(refusedAt(() => heap(coal({ [member]: '-1' })))).toEqual([
      'negative-amount',
      `/lines/0/stock/${member}`,
    ])
  })

  test('may be of a volume, which becomes a mass only with a density', () => {
    const tank = coal({ unit: 'L', opening: '2000', received: '0', passedOn: '0', closing: '1000' })
    expect(refusedAt(() => heap(tank))).toEqual(['density-missing', '/lines/0/density'])
    // 1000 L × 0.84 kg/L.
    const dense = { ...tank, density: { amount: '0.84', unit: 'kg/L' } }
    expect(heap(dense).lines[0]?.activity.amount).toBe(0.84)
    expect(
      refusedAt(() => heap({ ...tank, stock: { ...coal().stock, unit: 'kWh' } as StockChange })),
    ).toEqual(['incompatible-dimension', '/lines/0/stock/unit'])
  })
})

const balance = (given: Partial<GasBalance> = {}): ActivityLine =>
  gas({
    gasBalance: {
      unit: 'kg',
      opening: '50',
      purchased: '30',
      returned: '5',
      closing: '40',
      newCharge: '12',
      ...given,
    },
  })

describe('a gas balance', () => {
  test('lost what is nowhere: 50 + 30 − 5 − 40 − 12 = 23 kg, × 1530', () => {
    const result = resultOf([balance()])
    expect(result.lines[0]?.activity).toEqual({ amount: 23, unit: 'kg' })
    expect(result.total).toBe(23 * 1530)
    expect(workingOf(result)).toEqual({
      opening: 50,
      purchased: 30,
      returned: 5,
      closing: 40,
      newCharge: 12,
    })
  })

  test('with equipment taken out of use has more to account for: + 7', () => {
    expect(amountOf(balance({ newCharge: '-7' }))).toBe(42)
  })

  test('without any loss is a true zero', () => {
    expect(resultOf([balance({ newCharge: '35' })]).total).toBe(0)
  })

  test('that ends with more than there was is refused by name', () => {
    const refusal = refusalOf(() => resultOf([balance({ newCharge: '36' })]))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['balance-negative', '/lines/0/gasBalance/closing'])
    expect(refusal.facts).toMatchObject({ balance: '-1', unit: 'kg' })
  })

  test.each(['opening', 'purchased', 'returned', 'closing'])('has no negative %s', (member) => {
    expect(refusedAt(() => resultOf([balance({ [member]: '-1' })]))).toEqual([
      'negative-amount',
      `/lines/0/gasBalance/${member}`,
    ])
  })

  test('is of a mass, and of a gas', () => {
    expect(refusedAt(() => resultOf([balance({ unit: 'L' })]))).toEqual([
      'incompatible-dimension',
      '/lines/0/gasBalance/unit',
    ])
    const { gasBalance } = balance()
    expect(refusedAt(() => resultOf([electricity({ gasBalance })]))).toEqual([
      'line-ambiguous',
      '/lines/0/gasBalance',
    ])
  })
})

const leaking = (leakage: Partial<GasLeakage>, given: Partial<ActivityLine> = {}): ActivityLine =>
  gas({ leakage: { unit: 'kg', charge: '200', ...leakage }, ...given })

describe('a leak rate', () => {
  test('of 5 % a year lets 10 of 200 kg out in the year, and says that it is an estimate', () => {
    const result = resultOf([leaking({ annualRate: '0.05' })])
    expect(result.lines[0]?.activity.amount).toBe(10)
    expect(result.flags.map(({ code }) => code)).toContain('estimated')
    expect(workingOf(result)).toEqual({ charge: 200, annualRate: 0.05, years: 1 })
  })

  test.each([
    // A leap year is a year; half of one is its days ÷ 365: 1 January to 1 July 2024 are 182.
    ['2024-01-01', '2025-01-01', 10],
    ['2024-01-01', '2024-07-01', (10 * 182) / 365],
    ['2023-04-01', '2024-04-01', 10],
    ['2023-01-01', '2023-01-02', 10 / 365],
  ])('from %s to %s', (start, end, expected) => {
    const period = days(start, end)
    const line = leaking({ annualRate: '0.05' })
    expect(amountOf(line, { period })).toBeCloseTo(expected, 12)
    expect(amountOf({ ...line, period }, { period: days('2023-01-01', '2026-01-01') })).toBeCloseTo(
      expected,
      12,
    )
  })

  test('follows from a top-up: 20 of 200 kg after 146 days are 10 % × 365 ÷ 146 = 25 % a year', () => {
    const result = resultOf([leaking({ toppedUp: '20', days: '146' })])
    expect(workingOf(result)).toEqual({ charge: 200, toppedUp: 20, days: 146, annualRate: 0.25, years: 1 })
    expect(result.lines[0]?.activity.amount).toBe(50)
  })

  test('of equipment that needed nothing is a true zero', () => {
    expect(resultOf([leaking({ toppedUp: '0', days: '365' })]).total).toBe(0)
  })

  test.each<[Partial<GasLeakage>, string, string]>([
    [{}, 'property-missing', 'annualRate'],
    [{ toppedUp: '1' }, 'property-missing', 'days'],
    [{ days: '30' }, 'property-missing', 'toppedUp'],
    [{ annualRate: '0.05', toppedUp: '1', days: '30' }, 'line-ambiguous', 'annualRate'],
    [{ annualRate: '0.05', days: '30' }, 'line-ambiguous', 'annualRate'],
    [{ annualRate: '5' }, 'property-out-of-range', 'annualRate'],
    [{ annualRate: '1' }, 'property-out-of-range', 'annualRate'],
    [{ annualRate: '0' }, 'property-out-of-range', 'annualRate'],
    [{ toppedUp: '201', days: '30' }, 'property-out-of-range', 'toppedUp'],
    [{ toppedUp: '-1', days: '30' }, 'negative-amount', 'toppedUp'],
    [{ toppedUp: '1', days: '0' }, 'property-out-of-range', 'days'],
    [{ annualRate: '0.05', charge: '0' }, 'property-out-of-range', 'charge'],
    [{ annualRate: '0.05', unit: 'L' }, 'incompatible-dimension', 'unit'],
  ])('that is %j is refused: %s at %s', (leakage, code, member) => {
    expect(refusedAt(() => resultOf([leaking(leakage)]))).toEqual([code, `/lines/0/leakage/${member}`])
  })

  test('is the rate of a gas', () => {
    const { leakage } = leaking({ annualRate: '0.05' })
    expect(refusedAt(() => resultOf([electricity({ leakage })]))).toEqual([
      'line-ambiguous',
      '/lines/0/leakage',
    ])
  })
})
