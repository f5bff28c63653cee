/** Bills that straddle the year, by days counted by hand. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine } from '../../../src/engine/types.ts'
import { amountOf, days, electricity, kWh, refusedAt, resultOf, workingOf } from './lines.ts'

const bill = (start: string, end: string, given: Partial<ActivityLine> = {}): ActivityLine =>
  electricity({ quantity: kWh('310'), period: days(start, end), apportion: 'by-days', ...given })

describe('a bill apportioned by days', () => {
  test('counts its days after the beginning: 17 Dec to 17 Jan has 31 days, 16 of them in 2023', () => {
    const result = resultOf([bill('2022-12-17', '2023-01-17')])
    // 310 × 16 ÷ 31 = 160.
    expect(result.lines[0]?.activity.amount).toBe(160)
    expect(workingOf(result)).toEqual({ billed: 310, daysInside: 16, daysOfPeriod: 31 })
    expect(result.byMonth.map(({ key }) => key)).toEqual(['2023-01'])
    expect(result.flags).toContainEqual({ code: 'apportioned', lines: ['power'], share: 1 })
  })

  test('counts its days before the end: 15 of 31', () => {
    expect(amountOf(bill('2023-12-17', '2024-01-17'))).toBe(150)
  })

  test('knows the leap year: 20 Feb to 5 Mar 2024 has 10 + 4 days, March 4', () => {
    const march = { period: days('2024-03-01', '2025-01-01') }
    // 310 × 4 ÷ 14; in 2023 the same dates are 9 + 4: 310 × 4 ÷ 13.
    expect(amountOf(bill('2024-02-20', '2024-03-05'), march)).toBe((310 * 4) / 14)
    const before = { period: days('2023-03-01', '2024-01-01') }
    expect(amountOf(bill('2023-02-20', '2023-03-05'), before)).toBe((310 * 4) / 13)
  })

  test('of longer than the year counts the year: 365 of 730 days', () => {
    // 2022-07-02 + 730 days = 2024-07-01, since 2024 has a 29 February: 183 + 365 + 182.
    const result = resultOf([bill('2022-07-02', '2024-07-01', { quantity: kWh('730') })])
    expect(workingOf(result)).toEqual({ billed: 730, daysInside: 365, daysOfPeriod: 730 })
    expect(result.lines[0]?.activity.amount).toBe(365)
  })
})

describe('what has nothing to apportion is refused', () => {
  test.each<[string, ActivityLine, string, string]>([
    ['inside', bill('2023-01-01', '2023-02-01'), 'line-ambiguous', '/apportion'],
    ['no period', electricity({ quantity: kWh('1'), apportion: 'by-days' }), 'line-ambiguous', '/apportion'],
    ['all before', bill('2022-11-01', '2023-01-01'), 'period-outside', '/period'],
    ['all after', bill('2024-01-01', '2024-02-01'), 'period-outside', '/period'],
    [
      'not asked for',
      bill('2022-12-17', '2023-01-17', { apportion: undefined }),
      'period-outside',
      '/period',
    ],
  ])('%s', (_, line, code, place) => {
    expect(refusedAt(() => resultOf([line]))).toEqual([code, `/lines/0${place}`])
  })
})
