/** Whose an amount is, how it was estimated, and what sold products use. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine, Estimate, ProductUse } from '../../../src/engine/types.ts'
import { calculated, diesel, factor, gridFactor, refusalOf, table } from '../fixtures.ts'
import { days, electricity, gas, grid, kWh, refusedAt, resultOf, workingOf } from './lines.ts'

describe('an attribution', () => {
  test('is a share of the amount: a tenant’s 0.35 of 1000 kWh', () => {
    const result = resultOf([electricity({ quantity: kWh('1000'), attribution: '0.35' })])
    expect(result.lines[0]?.activity.amount).toBe(350)
    expect(workingOf(result)).toEqual({ whole: 1000, attribution: 0.35 })
  })

  test.each(['0', '1.01', '-0.2', '35'])('is not %s', (attribution) => {
    const line = electricity({ quantity: kWh('1000'), attribution })
    expect(refusedAt(() => resultOf([line]))).toEqual(['property-out-of-range', '/lines/0/attribution'])
  })

  test('follows the days that count: 310 × 16 ÷ 31 × 0.5', () => {
    const bill = { quantity: kWh('310'), period: days('2022-12-17', '2023-01-17') }
    const line = electricity({ ...bill, apportion: 'by-days', attribution: '0.5' })
    expect(resultOf([line]).lines[0]?.activity.amount).toBe(80)
  })
})

describe('an investment', () => {
  const stake = electricity({
    ...{ category: 'investments', quantity: kWh('1000'), attribution: '0.2', investee: 'Wind Co' },
  })

  test('counts by its stake, and says whose it is', () => {
    const result = resultOf([stake])
    expect(result.total).toBe(100)
    expect(result.lines[0]).toMatchObject({ scope: 3, isoCategory: 5, investee: 'Wind Co' })
  })

  test.each<[string, Partial<ActivityLine>, string, string]>([
    ['without a stake', { attribution: undefined }, 'property-missing', 'attribution'],
    ['without a name', { investee: undefined }, 'property-missing', 'investee'],
    ['of a blank name', { investee: ' ' }, 'property-missing', 'investee'],
  ])('%s is refused', (_, given, code, member) => {
    expect(refusedAt(() => resultOf([{ ...stake, ...given }]))).toEqual([code, `/lines/0/${member}`])
  })

  test('is what names an investee, and a franchise; a purchase names none', () => {
    const named = { ...stake, attribution: undefined }
    expect(resultOf([{ ...named, category: 'franchises' }]).total).toBe(500)
    expect(refusedAt(() => resultOf([{ ...named, category: 'purchased-electricity' }]))).toEqual([
      'line-ambiguous',
      '/lines/0/investee',
    ])
  })
})

describe('a declared estimate', () => {
  const estimate: Estimate = { method: 'earlier-period', basis: 'March of 2022', approvedBy: 'plant manager' }

  test('is flagged with its share: 300 of 400 kWh', () => {
    const lines = [
      electricity({ id: 'a', quantity: kWh('100') }),
      electricity({ id: 'b', quantity: kWh('300'), estimate }),
    ]
    const result = resultOf(lines)
    expect(result.flags).toContainEqual({ code: 'estimated', lines: ['b'], share: 0.75 })
    expect(result.lines[1]?.estimate).toEqual(estimate)
  })

  test.each<[Partial<Estimate>, string, string]>([
    [{ basis: '' }, 'property-missing', 'basis'],
    [{ approvedBy: '  ' }, 'property-missing', 'approvedBy'],
    [{ method: 'guess' as 'other' }, 'property-out-of-range', 'method'],
  ])('with %j is a guess', (given, code, member) => {
    const line = electricity({ quantity: kWh('1'), estimate: { ...estimate, ...given } })
    expect(refusedAt(() => resultOf([line]))).toEqual([code, `/lines/0/estimate/${member}`])
  })

  test('fills the month of a series that nobody measured, and nothing else does', () => {
    const month = (ordinal: number, given: Partial<ActivityLine> = {}) => {
      const first = (at: number) => (at > 12 ? '2024-01-01' : `2023-${String(at).padStart(2, '0')}-01`)
      const period = days(first(ordinal), first(ordinal + 1))
      return electricity({ id: `m${ordinal}`, quantity: kWh('100'), period, ...given })
    }
    const ordinals = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    const lines = ordinals.map((ordinal) => month(ordinal, ordinal === 5 ? { estimate } : {}))
    expect(resultOf(lines).total).toBe(600)
    const refusal = refusalOf(() => resultOf(lines.filter(({ id }) => id !== 'm5')))
    expect([refusal.code, refusal.facts.months]).toEqual(['month-missing', ['2023-05']])
    expect(refusal.facts.detail).toContain('declared estimate')
  })
})

describe('what sold products use', () => {
  const use = (amount: string, unit: string, times: string): ProductUse => ({
    consumption: { amount, unit },
    times,
  })
  const fans = electricity({
    ...{ category: 'use-of-sold-products', quantity: { amount: '2000', unit: '台' } },
    use: use('0.05', 'kWh', '3650'),
  })

  test('is pieces × consumption × times: 2000 × 0.05 kWh × 3650', () => {
    const result = resultOf([fans])
    expect(result.lines[0]?.activity).toEqual({ amount: 365_000, unit: 'kWh' })
    expect(workingOf(result)).toEqual({ pieces: 2000, consumption: 0.05, times: 3650 })
  })

  test('may be fuel: 10 × 5 L × 100 × 0.84 kg/L = 4.2 t', () => {
    const engines: ActivityLine = {
      ...{ id: 'engines', category: 'use-of-sold-products', quantity: { amount: '10', unit: 'piece' } },
      ...{ use: use('5', 'L', '100'), density: { amount: '0.84', unit: 'kg/L' }, fuel: { id: 'diesel' } },
    }
    const tables = [table('t', [factor({ id: 'diesel' })], [diesel])]
    const byFactor = { ...engines, fuel: undefined, factor: { id: 'diesel' } }
    expect(calculated([byFactor], tables).lines[0]?.activity.amount).toBe(4.2)
    expect(calculated([engines], tables).lines[0]?.activity).toEqual({ amount: 4.2, unit: 't' })
    expect(refusedAt(() => calculated([{ ...byFactor, density: undefined }], tables))).toEqual([
      'density-missing',
      '/lines/0/density',
    ])
  })

  test('may be a gas that they lose: 100 × 0.02 kg × 12 years × 1530', () => {
    const line = gas({
      ...{ category: 'use-of-sold-products', quantity: { amount: '100', unit: 'piece' } },
      use: use('0.02', 'kg', '12'),
    })
    expect(resultOf([line]).total).toBeCloseTo(36_720, 9)
  })

  test.each<[string, Partial<ActivityLine>, string, string]>([
    ['missing', { use: undefined }, 'property-missing', '/use'],
    ['of no pieces', { quantity: kWh('1') }, 'incompatible-dimension', '/quantity/unit'],
    ['never', { use: use('1', 'kWh', '0') }, 'property-out-of-range', '/use/times'],
    ['less than nothing', { use: use('-1', 'kWh', '1') }, 'property-out-of-range', '/use/consumption/amount'],
    ['of a distance', { use: use('1', 'km', '1') }, 'incompatible-dimension', '/use/consumption/unit'],
    ['elsewhere', { category: 'purchased-electricity' }, 'line-ambiguous', '/use'],
  ])('%s is refused', (_, given, code, place) => {
    expect(refusedAt(() => resultOf([{ ...fans, ...given }]))).toEqual([code, `/lines/0${place}`])
  })
})

describe('purchased cooling', () => {
  const cooling = electricity({ category: 'purchased-cooling', quantity: kWh('4200') })

  test('is the electricity that made it: 4200 kWh ÷ 4.2', () => {
    const result = resultOf([{ ...cooling, coefficientOfPerformance: '4.2' }])
    expect(result.lines[0]?.activity.amount).toBe(1000)
    expect(workingOf(result)).toEqual({ coefficientOfPerformance: 4.2, electricity: 1000 })
  })

  test('in hours of a ton of refrigeration: 1 ton·h = 12 660.67023144 kJ, ÷ 3600 ÷ 4', () => {
    const line = { ...cooling, quantity: { amount: '1000', unit: '冷吨时' }, coefficientOfPerformance: '4' }
    expect(resultOf([line]).lines[0]?.activity.amount).toBeCloseTo(12_660_670.23144 / 3600 / 4, 9)
  })

  test('by a factor of cooling needs none, and has no use for one', () => {
    const tables = [...grid, table('t', [factor({ id: 'chilled', family: 'heat', unit: 'GJ' })])]
    const chilled = { ...cooling, factor: { id: 'chilled' }, quantity: { amount: '2', unit: 'GJ' } }
    expect(calculated([chilled], tables).total).toBe(6000)
    expect(refusedAt(() => calculated([{ ...chilled, coefficientOfPerformance: '4' }], tables))).toEqual([
      'line-ambiguous',
      '/lines/0/coefficientOfPerformance',
    ])
  })

  test('without it is refused: cooling is no electricity', () => {
    expect(refusedAt(() => resultOf([cooling]))).toEqual([
      'property-missing',
      '/lines/0/coefficientOfPerformance',
    ])
    expect(refusedAt(() => resultOf([{ ...cooling, coefficientOfPerformance: '0' }]))[0]).toBe(
      'property-out-of-range',
    )
    expect(
      refusedAt(() => resultOf([electricity({ quantity: kWh('1'), coefficientOfPerformance: '4' })])),
    ).toEqual(['line-ambiguous', '/lines/0/coefficientOfPerformance'])
  })

  test('may select the grid that made it by its family', () => {
    const tables = [table('grid', [gridFactor('cn', 'CN', 2023, '0.5')])]
    expect(
      calculated(
        [{ ...cooling, coefficientOfPerformance: '4.2', factor: { family: 'electricity-generation' } }],
        tables,
      ).total,
    ).toBe(500)
  })
})
