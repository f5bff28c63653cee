/** Local dates as day numbers. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayNumber, daysOf, isCalendarMonth, monthsTouched, uncovered } from '../../src/engine/calendar.ts'

describe('dayNumber', () => {
  test('counts from 1970-01-01, and agrees with the platform on every date of four centuries', () => {
    expect(dayNumber('1970-01-01')).toBe(0)
    expect(dayNumber('2000-03-01')).toBe(11017)
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 100_000 }), (day) => {
        expect(dayNumber(new Date(day * 86_400_000).toISOString().slice(0, 10))).toBe(day)
      }),
    )
  })

  test.each([
    '2025-02-29',
    '1900-02-29',
    '2025-13-01',
    '2025-00-10',
    '2025-04-31',
    '2025-1-1',
    '0000-01-01',
    '2025/01/01',
    '',
    '2025-01-01T00:00:00Z',
    '２０２５-01-01',
  ])('refuses %j', (date) => {
    expect(() => dayNumber(date)).toThrow('period-invalid')
  })
})

describe('periods', () => {
  test('end after they start', () => {
    expect(daysOf({ start: '2025-01-01', end: '2026-01-01' })).toEqual({ start: 20089, end: 20454 })
    expect(() => daysOf({ start: '2025-01-01', end: '2025-01-01' })).toThrow('period-invalid')
  })

  test.each([
    ['2025-01-01', '2025-02-01', true],
    ['2024-02-01', '2024-03-01', true],
    ['2025-12-01', '2026-01-01', true],
    ['2025-01-01', '2025-03-01', false],
    ['2025-01-15', '2025-02-15', false],
  ])('%s to %s is a calendar month: %s', (start, end, expected) => {
    expect(isCalendarMonth({ start, end })).toBe(expected)
  })

  test('leave gaps, in order, that name their months', () => {
    const year = daysOf({ start: '2025-01-01', end: '2026-01-01' })
    const parts = [
      daysOf({ start: '2025-05-01', end: '2025-12-01' }),
      daysOf({ start: '2025-01-01', end: '2025-02-01' }),
      daysOf({ start: '2025-02-01', end: '2025-04-10' }),
    ]
    const gaps = uncovered(year, parts)
    expect(gaps.map((gap) => monthsTouched(gap, 12))).toEqual([['2025-04'], ['2025-12']])
    expect(monthsTouched(year, 3)).toEqual(['2025-01', '2025-02', '2025-03'])
    expect(uncovered(year, [year])).toEqual([])
  })

  test('touch the month they lie in, on every day of four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -50_000, max: 100_000 }), (day) => {
        const month = new Date(day * 86_400_000).toISOString().slice(0, 7)
        expect(monthsTouched({ start: day, end: day + 1 }, 5)).toEqual([month])
      }),
    )
  })
})
