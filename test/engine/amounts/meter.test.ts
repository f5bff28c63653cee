/** Registers, multipliers, changed meters and roll-over; every amount by hand beside it. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { ActivityLine, Meter, Reading } from '../../../src/engine/types.ts'
import { refusalOf } from '../fixtures.ts'
import { amountOf, days, electricity, kWh, refusedAt, resultOf, workingOf } from './lines.ts'

const reading = (date: string, value: string): Reading => ({ date, value })
const read = (...pairs: [string, string][]): readonly Reading[] =>
  pairs.map(([date, value]) => reading(date, value))

const a: Meter = {
  serial: 'A',
  multiplier: '1',
  readings: read(['2023-01-01', '100'], ['2024-01-01', '350']),
}

const metered = (meters: readonly Meter[], given: Partial<ActivityLine> = {}): ActivityLine =>
  electricity({ meter: { unit: 'kWh', meters }, ...given })

describe('a meter', () => {
  test('shows the difference of its readings: 350 − 100', () => {
    expect(amountOf(metered([a]))).toBe(250)
  })

  test('with a multiplier of 60 shows 60 times that: 250 × 60', () => {
    const result = resultOf([metered([{ ...a, multiplier: '60' }])])
    expect(result.lines[0]?.activity).toEqual({ amount: 15000, unit: 'kWh' })
    expect(result.lines[0]?.working).toEqual([
      { name: 'registerSteps', value: 250, unit: '1', of: 'A' },
      { name: 'multiplier', value: 60, unit: '1', of: 'A' },
    ])
    // 15000 kWh × 0.5.
    expect(result.total).toBe(7500)
  })

  test('may be read in any unit: 250 × 10 MWh are 2 500 000 kWh', () => {
    const line = electricity({ meter: { unit: '兆瓦时', meters: [{ ...a, multiplier: '10' }] } })
    expect(amountOf(line)).toBe(2_500_000)
  })

  test('that did not move shows a true zero', () => {
    const still = { ...a, readings: read(['2023-01-01', '100'], ['2024-01-01', '100']) }
    expect(resultOf([metered([still])]).total).toBe(0)
  })

  test('is not moved by the readings between: they cancel', () => {
    // 0.1 + 0.2 would not be 0.3 in doubles; 0.7 − 0.4 is what the ends say.
    const readings = read(
      ['2023-01-01', '0.4'],
      ['2023-05-01', '0.5'],
      ['2023-08-01', '0.6'],
      ['2024-01-01', '0.7'],
    )
    expect(amountOf(metered([{ ...a, readings }]))).toBe(0.7 - 0.4)
  })
})

describe('a changed meter', () => {
  const old = { ...a, readings: read(['2023-01-01', '900'], ['2023-06-15', '990']) }
  const fresh: Meter = {
    serial: 'B',
    multiplier: '40',
    readings: read(['2023-06-15', '0'], ['2024-01-01', '5']),
  }

  test('is the next one, with its own multiplier: 90 × 1 + 5 × 40', () => {
    expect(amountOf(metered([old, fresh]))).toBe(290)
  })

  test.each([
    ['2023-06-16', 'a day that nobody read'],
    ['2023-06-14', 'a day that both counted'],
  ])('that begins on %s leaves %s', (date) => {
    const late = { ...fresh, readings: [reading(date, '0'), reading('2024-01-01', '5')] }
    const refusal = refusalOf(() => resultOf([metered([old, late])]))
    expect([refusal.code, refusal.facts.pointer]).toEqual([
      'reading-gap',
      '/lines/0/meter/meters/1/readings/0/date',
    ])
    expect(refusal.facts).toMatchObject({ ended: '2023-06-15', began: date })
  })

  test('hidden in the readings of the old one is refused as a falling register', () => {
    const both = { ...a, readings: [...old.readings, reading('2024-01-01', '5')] }
    const refusal = refusalOf(() => resultOf([metered([both])]))
    expect(refusal.code).toBe('reading-falls')
    expect(refusal.facts.pointer).toBe('/lines/0/meter/meters/0/readings/2/value')
    expect(refusal.facts.detail).toMatch(/next meter.*digits/)
  })
})

test('the meter of docs/calculation.md shows 90 × 1 + 5 × 40', () => {
  const text = readFileSync(new URL('../../../docs/calculation.md', import.meta.url), 'utf8')
  const [, example = ''] = /```json\n(\{ "id": "main"[\s\S]*?)```/.exec(text) ?? []
  expect(amountOf({ ...(JSON.parse(example) as ActivityLine), factor: { id: 'cn' } })).toBe(290)
})

describe('a register that rolls over', () => {
  const rolling = (digits: number, ...values: string[]): Meter => ({
    ...a,
    digits,
    readings: values.map((value, index) => reading(`202${3 + index}-01-01`, value)),
  })
  const long = { period: { start: '2023-01-01', end: '2025-01-01' } }

  test('of five digits goes from 99 900 to 50: 100 000 − 99 900 + 50', () => {
    expect(amountOf(metered([rolling(5, '99900', '50')]))).toBe(150)
  })

  test('twice: 7 to 3 is 6, 3 to 1 is 8 on one digit', () => {
    expect(amountOf(metered([rolling(1, '7', '3', '1')]), long)).toBe(14)
  })

  test('does not where it did not fall', () => {
    expect(amountOf(metered([rolling(5, '50', '99900')]))).toBe(99850)
  })

  test('never shows what it has no digits for', () => {
    expect(refusedAt(() => amountOf(metered([rolling(5, '99900', '100000')])))).toEqual([
      'property-out-of-range',
      '/lines/0/meter/meters/0/readings/1/value',
    ])
  })

  test('shows no more digits than are told apart: 10^17 + 5 would be read as 10^17, and used as nothing', () => {
    const meter = { ...a, readings: read(['2023-01-01', '1e17'], ['2024-01-01', '100000000000000005']) }
    const refusal = refusalOf(() => amountOf(metered([meter])))
    expect(refusal.code).toBe('property-out-of-range')
    expect(refusal.facts.pointer).toBe('/lines/0/meter/meters/0/readings/0/value')
  })

  test.each([0, 16, 2.5, -1])('has no %d digits', (digits) => {
    expect(refusedAt(() => amountOf(metered([rolling(digits, '9', '5')])))).toEqual([
      'property-out-of-range',
      '/lines/0/meter/meters/0/digits',
    ])
  })
})

describe('what a meter does not tell is refused', () => {
  test.each<[string, Partial<Meter>, string, string]>([
    ['one reading', { readings: read(['2023-01-01', '1']) }, 'property-missing', '/readings'],
    ['no reading', { readings: [] }, 'property-missing', '/readings'],
    [
      'two of one day',
      { readings: read(['2023-01-01', '1'], ['2023-01-01', '2']) },
      'period-invalid',
      '/readings/1/date',
    ],
    [
      'dates that go back',
      { readings: read(['2023-03-01', '1'], ['2023-02-01', '2']) },
      'period-invalid',
      '/readings/1/date',
    ],
    [
      'no date',
      { readings: read(['2023-02-30', '1'], ['2023-03-01', '2']) },
      'period-invalid',
      '/readings/0/date',
    ],
    [
      'less than nothing',
      { readings: read(['2023-01-01', '-1'], ['2024-01-01', '2']) },
      'negative-amount',
      '/readings/0/value',
    ],
    [
      'no number',
      { readings: read(['2023-01-01', '1,000'], ['2024-01-01', '2']) },
      'invalid-number',
      '/readings/0/value',
    ],
    ['a multiplier of 0', { multiplier: '0' }, 'property-out-of-range', '/multiplier'],
    ['a negative multiplier', { multiplier: '-60' }, 'property-out-of-range', '/multiplier'],
  ])('%s', (_, given, code, place) => {
    expect(refusedAt(() => resultOf([metered([{ ...a, ...given }])]))).toEqual([
      code,
      `/lines/0/meter/meters/0${place}`,
    ])
  })

  test('no meter at all', () => {
    expect(refusedAt(() => resultOf([metered([])]))).toEqual(['property-missing', '/lines/0/meter/meters'])
  })

  test('beside another way to the amount', () => {
    expect(refusedAt(() => resultOf([metered([a], { quantity: kWh('1') })]))).toEqual([
      'line-ambiguous',
      '/lines/0/quantity',
    ])
  })
})

describe('the span of the readings', () => {
  test('is the period of the line: March alone is the month', () => {
    const march = { ...a, readings: read(['2023-03-01', '100'], ['2023-04-01', '150']) }
    const rest = [
      electricity({ id: 'before', quantity: kWh('10'), period: days('2023-01-01', '2023-03-01') }),
      electricity({ id: 'after', quantity: kWh('10'), period: days('2023-04-01', '2024-01-01') }),
    ]
    expect(resultOf([metered([march]), ...rest]).byMonth).toEqual([{ key: '2023-03', kgCo2e: 25 }])
  })

  test('may be said once more, and not otherwise', () => {
    expect(amountOf(metered([a], { period: days('2023-01-01', '2024-01-01') }))).toBe(250)
    expect(refusedAt(() => resultOf([metered([a], { period: days('2023-01-01', '2023-12-31') })]))).toEqual([
      'line-ambiguous',
      '/lines/0/period',
    ])
  })

  test('beyond the reporting period counts by days, if that is asked for', () => {
    // 2022-12-22 to 2023-01-11 are 10 + 10 days; 200 kWh × 10 ÷ 20. The rest of the year is another line.
    const straddling = { ...a, readings: read(['2022-12-22', '100'], ['2023-01-11', '300']) }
    const rest = electricity({ id: 'rest', quantity: kWh('0'), period: days('2023-01-11', '2024-01-01') })
    const result = resultOf([metered([straddling], { apportion: 'by-days' }), rest])
    expect(result.lines[0]?.activity.amount).toBe(100)
    expect(workingOf(result)).toMatchObject({ billed: 200, daysInside: 10, daysOfPeriod: 20 })
    expect(refusedAt(() => resultOf([metered([straddling]), rest]))).toEqual([
      'period-outside',
      '/lines/0/period',
    ])
  })

  test('must cover the year, like months: what nobody read is no zero', () => {
    const short = { ...a, readings: read(['2023-01-01', '100'], ['2023-12-31', '340']) }
    const refusal = refusalOf(() => resultOf([metered([short])]))
    expect([refusal.code, refusal.facts.months]).toEqual(['month-missing', ['2023-12']])
    expect(refusal.facts.detail).toContain('declared estimate')
  })

  test('leaves a gap that a declared estimate fills', () => {
    const short = { ...a, readings: read(['2023-01-01', '100'], ['2023-12-01', '320']) }
    const december = electricity({
      ...{ id: 'december', quantity: kWh('20'), period: days('2023-12-01', '2024-01-01') },
      estimate: { method: 'extrapolation', basis: 'mean of 11 months', approvedBy: 'site manager' },
    })
    const result = resultOf([metered([short]), december])
    // (220 + 20) × 0.5, of which 20 × 0.5 are estimated: 1/12.
    expect(result.total).toBe(120)
    expect(result.flags.find(({ code }) => code === 'estimated')).toMatchObject({
      lines: ['december'],
      share: 10 / 120,
    })
  })
})
