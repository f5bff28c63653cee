import { describe, expect, test } from 'vitest'
import {
  type RecordedSurveillance,
  surveillanceAt,
  surveillanceDates,
} from '../../src/certification/surveillance.ts'

const day = (date: string) => new Date(`${date}T00:00:00Z`)
const term = { validFrom: day('2026-01-31'), validUntil: day('2028-01-31'), months: 12 }
const done = (number: number, outcome: RecordedSurveillance['outcome'] = 'kept') => ({
  number,
  outcome,
  doneAt: day('2027-01-15'),
})
const at = (date: string, recorded: readonly RecordedSurveillance[] = [], of = term) =>
  surveillanceAt(of, recorded, day(date))

describe('surveillance of a certificate', () => {
  test('is due every so many months within the term, on the last day of a shorter month', () => {
    expect(surveillanceDates(term)).toEqual([day('2027-01-31')])
    expect(surveillanceDates({ ...term, months: 1 }).slice(0, 3)).toEqual([
      day('2026-02-28'),
      day('2026-03-31'),
      day('2026-04-30'),
    ])
    expect(surveillanceDates({ ...term, months: 1 })).toHaveLength(23)
    expect(surveillanceDates({ ...term, months: 24 })).toEqual([])
  })

  test('is kept until the next is near, due for sixty days, overdue after its day', () => {
    expect(at('2026-02-01')).toMatchObject({ status: 'kept', next: { number: 1 }, last: null })
    expect(at('2026-12-01').status).toBe('kept')
    expect(at('2026-12-02').status).toBe('due')
    expect(at('2027-01-31').status).toBe('due')
    expect(at('2027-02-01').status).toBe('overdue')
  })

  test('is what the last one came to, once it is recorded', () => {
    expect(at('2027-02-01', [done(1)])).toMatchObject({ status: 'kept', next: null, last: { number: 1 } })
    expect(at('2027-02-01', [done(1, 'conditions')]).status).toBe('conditions')
    expect(at('2027-02-01', [done(1, 'failed')]).status).toBe('failed')
  })

  test('that is overdue is told although the last one failed', () => {
    const often = { ...term, months: 6 }
    expect(at('2026-09-01', [done(1, 'failed')], often).status).toBe('failed')
    expect(at('2027-02-01', [done(1, 'failed')], often)).toMatchObject({
      status: 'overdue',
      next: { number: 2 },
    })
  })
})
