/** Last year's lines as a form: what stays, what is emptied, what is left out. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine } from '../../src/engine/types.ts'
import { ActivityLineBody } from '../../src/http/calculation.ts'
import { formRow } from '../../src/http/routes/footprints/line-form.ts'
import { nextLines } from '../../src/years/next-lines.ts'
import { refusalOf } from '../engine/fixtures.ts'

const power: ActivityLine = {
  ...{ id: 'p', category: 'purchased-electricity', facility: 'A', description: 'Main meter', zone: 'CN-FJ' },
  ...{ period: { start: '2023-02-01', end: '2023-03-01' }, factor: { table: 't', id: 'grid', year: 2023 } },
  quantity: { amount: '100', unit: 'kWh' },
}

const next = (line: Partial<ActivityLine>, from = '2023-01-01', to = '2024-01-01') =>
  nextLines([{ ...power, ...line }], from, to)[0]

describe('a form', () => {
  test('keeps what the line is, and empties how much', () => {
    expect(next({})).toEqual({
      ...power,
      period: { start: '2024-02-01', end: '2024-03-01' },
      factor: { table: 't', id: 'grid', year: 2024 },
      quantity: { amount: '', unit: 'kWh' },
    })
  })

  test('asks for shares, performance, uses and rates anew: none of them is last year’s by itself', () => {
    const use = { consumption: { amount: '1.5', unit: 'kWh' }, times: '365' }
    const form = next({ attribution: '0.4', coefficientOfPerformance: '4', use })
    expect(form).toMatchObject({
      ...{ attribution: '', coefficientOfPerformance: '' },
      use: { consumption: { amount: '', unit: 'kWh' }, times: '' },
    })
  })

  test('leaves a year to a person where the periods are not whole years apart', () => {
    const moved = next({ spend: { year: 2023 } }, '2023-01-01', '2023-07-01')
    expect([moved?.spend?.year, moved?.factor?.year]).toEqual(['', ''])
    expect(ActivityLineBody.safeParse({ ...power, spend: moved?.spend }).success).toBe(false)
  })

  test('leaves out what was said of the old data', () => {
    const form = next({
      estimate: { method: 'other', basis: 'x', approvedBy: 'y' },
      uncertainty: { activityPercent: '1', factorPercent: '1' },
      dataQuality: { reliability: 1, completeness: 1, temporal: 1, geographical: 1, technological: 1 },
    })
    expect(Object.keys(form ?? {}).sort()).toEqual(Object.keys(power).sort())
  })

  test('moves dates by whole months, and leaves to a person what has no such day', () => {
    const leap = { period: { start: '2024-02-29', end: '2024-03-01' } }
    expect(next(leap, '2024-01-01', '2025-01-01')?.period).toEqual({ start: '', end: '2025-03-01' })
    expect(next({}, '2023-01-01', '2023-07-01')?.period).toEqual({ start: '2023-08-01', end: '2023-09-01' })
    expect(next({}, '2023-01-01', '2024-01-15')?.period).toEqual({ start: '', end: '' })
  })

  test('empties every reading, balance and measured property', () => {
    const meter = (serial: string) => ({
      ...{ serial, multiplier: '40', digits: 5 },
      readings: [
        { date: '2023-01-01', value: '7' },
        { date: '2024-01-01', value: '9' },
      ],
    })
    expect(next({ meter: { unit: 'kWh', meters: [meter('old'), meter('new')] } })?.meter).toEqual({
      unit: 'kWh',
      meters: [
        {
          ...{ serial: 'new', multiplier: '40', digits: 5 },
          readings: [
            { date: '2024-01-01', value: '' },
            { date: '2025-01-01', value: '' },
          ],
        },
      ],
    })
    // Changed in June: the new one hangs there from the first day of the next year.
    const [changed] = [meter('new')].map((one) => ({
      ...one,
      readings: [{ date: '2023-06-15', value: '0' }, ...one.readings.slice(1)],
    }))
    const pair = { unit: 'kWh', meters: [meter('old'), changed ?? meter('new')] }
    expect(next({ meter: pair })?.meter?.meters[0]?.readings.map(({ date }) => date)).toEqual([
      '2024-01-01',
      '2025-01-01',
    ])
    const stock = { unit: 't', opening: '1', received: '2', passedOn: '0', closing: '1' }
    const none = { opening: '', closing: '' }
    expect(next({ stock })?.stock).toEqual({ unit: 't', ...none, received: '', passedOn: '' })
    const gasBalance = {
      unit: 'kg',
      opening: '1',
      purchased: '1',
      returned: '0',
      closing: '1',
      newCharge: '0',
    }
    const empty = { unit: 'kg', ...none, purchased: '', returned: '', newCharge: '' }
    expect(next({ gasBalance })?.gasBalance).toEqual(empty)
    const leakage = { unit: 'kg', charge: '10', annualRate: '0.05' }
    expect(next({ leakage })?.leakage).toEqual({ unit: 'kg', charge: '', annualRate: '' })
    const fuel = { id: 'coal', oxidation: '0.97', netCalorificValue: { amount: '20', unit: 'GJ/t' } }
    const emptied = { id: 'coal', oxidation: '', netCalorificValue: { amount: '', unit: 'GJ/t' } }
    expect(next({ fuel })?.fuel).toEqual(emptied)
    expect(next({ spend: { year: 2023, priceIndex: '1.1', source: 'x' } })?.spend).toEqual({
      ...{ year: 2024, priceIndex: '' },
    })
  })

  test('is no line: nobody can send it back without filling it in', () => {
    const amounts: Partial<ActivityLine>[] = [
      {},
      { quantity: undefined, stock: { unit: 't', opening: '1', received: '2', passedOn: '0', closing: '1' } },
      { quantity: undefined, leakage: { unit: 'kg', charge: '10', annualRate: '0.05' } },
    ]
    for (const amount of amounts) {
      expect(ActivityLineBody.safeParse({ ...power, ...amount }).success).toBe(true)
      expect(ActivityLineBody.safeParse(next(amount)).success).toBe(false)
    }
  })

  test('in CSV says only what CSV can', () => {
    expect(formRow(next({ zone: undefined }) as ActivityLine, 0)).toContain('Main meter')
    const stocked = next({ stock: { unit: 't', opening: '1', received: '2', passedOn: '0', closing: '1' } })
    for (const form of [
      stocked,
      next({}, '2023-01-01', '2024-01-15'),
      next({ fuel: { id: 'f', oxidation: '1' } }),
    ]) {
      expect(refusalOf(() => formRow(form as ActivityLine, 3)).facts).toMatchObject({
        pointer: '/format',
        line: 4,
      })
    }
  })
})
