/** Who reports by the month reports every month. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine, Period } from '../../src/engine/types.ts'
import { calculated, gridFactor, refusalOf, table } from './fixtures.ts'

const grid = [
  table('grid', [gridFactor('fj-2023', 'CN-FJ', 2023, '0.4'), gridFactor('fj-2022', 'CN-FJ', 2022, '0.5')]),
]

const month = (ordinal: number, year = 2023): Period => ({
  start: first(ordinal, year),
  end: first(ordinal + 1, year),
})

const first = (ordinal: number, year: number): string =>
  ordinal > 12 ? `${year + 1}-01-01` : `${year}-${String(ordinal).padStart(2, '0')}-01`

const line = (period: Period, given: Partial<ActivityLine> = {}): ActivityLine => ({
  id: `${given.facility ?? ''} ${period.start}`,
  category: 'purchased-electricity',
  quantity: { amount: '100', unit: 'kWh' },
  factor: {},
  period,
  ...given,
})

const months = (...ordinals: number[]) => ordinals.map((ordinal) => month(ordinal))
const allMonths = months(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
const without = (...missing: number[]) => allMonths.filter((_, index) => !missing.includes(index + 1))
const of = (...lines: ActivityLine[]) => calculated(lines, grid)

describe('a monthly series', () => {
  test('of twelve months is complete: 12 × 100 kWh × 0.4', () => {
    expect(of(...allMonths.map((period) => line(period))).total).toBe(480)
  })

  test('without March and July is refused, naming both, at its first line', () => {
    const refusal = refusalOf(() => of(...without(3, 7).map((period) => line(period))))
    expect(refusal.code).toBe('month-missing')
    expect(refusal.facts).toMatchObject({
      pointer: '/lines/0/period',
      months: ['2023-03', '2023-07'],
      category: 'purchased-electricity',
    })
  })

  test('is one for each zone of the grid, and for own power kept and sold', () => {
    const zoned = [
      ...allMonths.map((period) => line(period)),
      ...without(3).map((period) => line(period, { id: `zone ${period.start}`, zone: 'CN-FJ' })),
    ]
    expect(refusalOf(() => of(...zoned))).toMatchObject({
      code: 'month-missing',
      facts: { months: ['2023-03'] },
    })
    const own = (attributes: 'kept' | 'sold', period: Period): ActivityLine => ({
      ...{ id: `${attributes} ${period.start}`, category: 'self-generated-electricity', attributes, period },
      quantity: { amount: '1', unit: 'kWh' },
    })
    const roof = [
      ...allMonths.map((period) => own('kept', period)),
      ...without(5).map((period) => own('sold', period)),
    ]
    expect(refusalOf(() => of(...roof))).toMatchObject({
      code: 'month-missing',
      facts: { months: ['2023-05'] },
    })
  })

  test('is one for each family that a selector asks for: losses of twelve months fill no gap of the supply', () => {
    const row = (id: string, family: 'upstream' | 'transmission-and-distribution') => ({
      ...gridFactor(id, 'CN', 2023, '0.05'),
      family,
    })
    const tables = [table('grid', [row('u', 'upstream'), row('t', 'transmission-and-distribution')])]
    const asking = (family: 'upstream' | 'transmission-and-distribution', period: Period): ActivityLine =>
      line(period, {
        ...{ id: `${family} ${period.start}`, category: 'fuel-and-energy-related-activities' },
        factor: { family },
      })
    const losses = allMonths.map((period) => asking('transmission-and-distribution', period))
    const supply = without(3).map((period) => asking('upstream', period))
    const refusal = refusalOf(() => calculated([...losses, ...supply], tables))
    expect([refusal.code, refusal.facts.months]).toEqual(['month-missing', ['2023-03']])
  })

  test('may state a month of nothing as zero', () => {
    const lines = allMonths.map((period, index) =>
      line(period, index === 2 ? { quantity: { amount: '0', unit: 'kWh' } } : {}),
    )
    expect(of(...lines).total).toBe(440)
  })

  test('may cover several months by one longer line', () => {
    const quarter = line({ start: '2023-01-01', end: '2023-04-01' })
    expect(
      of(quarter, ...months(4, 5, 6, 7, 8, 9, 10, 11, 12).map((period) => line(period, { id: period.start })))
        .total,
    ).toBe(400)
  })

  test('is judged for each facility, factor and kind of unit by itself', () => {
    const north = allMonths.map((period) => line(period, { facility: 'north' }))
    const south = without(12).map((period) => line(period, { facility: 'south' }))
    const refusal = refusalOf(() => of(...north, ...south))
    expect(refusal.facts).toMatchObject({
      months: ['2023-12'],
      facility: 'south',
      pointer: '/lines/12/period',
    })
  })

  test('is one series when the selector finds another year’s factor for each half', () => {
    const reporting = { start: '2022-07-01', end: '2023-07-01' }
    const halves = [
      ...[7, 8, 9, 10, 11, 12].map((ordinal) => month(ordinal, 2022)),
      ...months(1, 2, 3, 4, 5, 6),
    ]
    const result = calculated(
      halves.map((period) => line(period)),
      grid,
      { period: reporting },
    )
    // 6 × 100 × 0.5 + 6 × 100 × 0.4.
    expect(result.total).toBe(540)
  })

  test('holds part of a month to the reporting period only', () => {
    const reporting = { start: '2023-01-01', end: '2023-03-15' }
    const lines = [
      ...months(1, 2).map((period) => line(period)),
      line({ start: '2023-03-01', end: '2023-03-15' }),
    ]
    expect(calculated(lines, grid, { period: reporting }).total).toBe(120)
    expect(() => calculated(lines.slice(0, 2), grid, { period: reporting })).toThrow('month-missing')
  })
})

describe('what is no monthly series', () => {
  test('a year in one line, dates that are no months, a single month', () => {
    expect(of(line({ start: '2023-01-01', end: '2024-01-01' })).total).toBe(40)
    expect(
      of(line({ start: '2023-03-14', end: '2023-03-15' }), line({ start: '2023-08-02', end: '2023-08-03' }))
        .total,
    ).toBe(80)
    expect(of(line(month(3))).total).toBe(40)
  })

  test('lines without periods', () => {
    expect(
      of(line(month(1), { id: 'a', period: undefined }), line(month(1), { id: 'b', period: undefined }))
        .total,
    ).toBe(80)
  })
})
