/** Money: prices of a year, in a currency. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine, SpendDetail } from '../../../src/engine/types.ts'
import { calculated, co2eFactor, refusalOf, table } from '../fixtures.ts'
import { refusedAt, workingOf } from './lines.ts'

const row = (id: string, unit: string, year: number, kg: string) =>
  co2eFactor({ id, unit, year, family: 'spend-based' }, kg)

const tables = [
  table('money', [row('cn-2020', 'CNY', 2020, '0.1'), row('us-2022', 'USD{2022}', 2021, '0.5')], [], 5),
]

const bought = (amount: string, unit: string, id: string | undefined, spend?: SpendDetail): ActivityLine => ({
  ...{ id: 'bought', category: 'purchased-goods-and-services', factor: id === undefined ? {} : { id } },
  ...{ quantity: { amount, unit }, spend },
})
const of = (line: ActivityLine) => calculated([line], tables)
const amountOf = (line: ActivityLine) => of(line).lines[0]?.activity.amount

describe('money', () => {
  test('of the factor’s year and currency is only counted: 12 万元 are 120 000 CNY', () => {
    const result = of(bought('12', '万元', 'cn-2020', { year: 2020 }))
    expect(result.lines[0]?.activity).toEqual({ amount: 120_000, unit: 'CNY' })
    expect(workingOf(result)).toEqual({ priceYear: 2020, spend: 120_000 })
    expect(result.total).toBe(12_000)
  })

  test('of another year goes by the price index: 120 000 × 0.95', () => {
    const spend = { year: 2023, priceIndex: '0.95', source: 'NBS, PPI' }
    const result = of(bought('12', '1e4CNY', 'cn-2020', spend))
    expect(result.lines[0]?.activity.amount).toBe(114_000)
    expect(result.lines[0]?.working).toEqual([
      { name: 'priceYear', value: 2023, unit: 'a' },
      { name: 'priceIndex', value: 0.95, unit: '1', of: 'NBS, PPI' },
      { name: 'spend', value: 114_000, unit: 'CNY' },
    ])
  })

  test('of another currency goes by the rate: 6 725 700 CNY of 2022 × 0.15', () => {
    const spend = { year: 2022, exchangeRate: '0.15' }
    expect(amountOf(bought('6725700', 'CNY', 'us-2022', spend))).toBe(1_008_855)
  })

  test('of both goes by both, the index first: 1000 × 0.9 × 0.15', () => {
    const spend = { year: 2023, priceIndex: '0.9', exchangeRate: '0.15' }
    expect(amountOf(bought('1000', 'CNY', 'us-2022', spend))).toBe(135)
  })

  test('whose unit says the year needs no other word', () => {
    expect(amountOf(bought('7', 'USD{2022}', 'us-2022'))).toBe(7)
    expect(amountOf(bought('7', 'USD{2022}', 'us-2022', { year: 2022 }))).toBe(7)
    expect(amountOf(bought('7', 'USD{2019}', 'us-2022', { year: 2019, priceIndex: '1.2' }))).toBe(8.4)
    expect(amountOf(bought('7', 'USD', 'us-2022', { year: 2022 }))).toBe(7)
  })
})

describe('what is missing or leads nowhere is refused by name', () => {
  const cny = { ...bought('1', 'CNY', 'cn-2020') }
  test.each<[string, ActivityLine, string, string]>([
    ['no year', cny, 'property-missing', '/spend'],
    ['no index', { ...cny, spend: { year: 2023 } }, 'property-missing', '/spend/priceIndex'],
    [
      'an index within a year',
      { ...cny, spend: { year: 2020, priceIndex: '1' } },
      'line-ambiguous',
      '/spend/priceIndex',
    ],
    [
      'a rate within a currency',
      { ...cny, spend: { year: 2020, exchangeRate: '1' } },
      'line-ambiguous',
      '/spend/exchangeRate',
    ],
    [
      'a source of nothing',
      { ...cny, spend: { year: 2020, source: 'x' } },
      'line-ambiguous',
      '/spend/source',
    ],
    ['no rate', bought('1', 'CNY', 'us-2022', { year: 2022 }), 'property-missing', '/spend/exchangeRate'],
    [
      'no index beside the rate',
      bought('1', 'CNY', 'us-2022', { year: 2023, exchangeRate: '0.15' }),
      'property-missing',
      '/spend/priceIndex',
    ],
    [
      'an index of 0',
      { ...cny, spend: { year: 2023, priceIndex: '0' } },
      'property-out-of-range',
      '/spend/priceIndex',
    ],
    [
      'a negative rate',
      bought('1', 'CNY', 'us-2022', { year: 2022, exchangeRate: '-1' }),
      'property-out-of-range',
      '/spend/exchangeRate',
    ],
    ['half a year', { ...cny, spend: { year: 2020.5 } }, 'property-out-of-range', '/spend/year'],
    [
      'a year that is not the unit’s',
      bought('1', 'USD{2022}', 'us-2022', { year: 2021 }),
      'line-ambiguous',
      '/spend/year',
    ],
  ])('%s', (_, line, code, place) => {
    expect(refusedAt(() => of(line))).toEqual([code, `/lines/0${place}`])
  })

  test('on a line that is not about money', () => {
    const goods = [table('t', [co2eFactor({ id: 'steel', family: 'cradle-to-gate' }, '2')])]
    const steel = bought('1', 't', 'steel', { year: 2023 })
    expect(refusedAt(() => calculated([steel], goods))).toEqual(['line-ambiguous', '/lines/0/spend/year'])
  })
})

describe('a selector', () => {
  test.each<[string, SpendDetail, string]>([
    ['CNY', { year: 2020 }, 'cn-2020'],
    ['CNY', { year: 2023, priceIndex: '0.95' }, 'cn-2020'],
    ['CNY', { year: 2022, exchangeRate: '0.15' }, 'us-2022'],
    ['CNY', { year: 2023, exchangeRate: '0.15', priceIndex: '0.9' }, 'us-2022'],
    ['USD', { year: 2022 }, 'us-2022'],
  ])('of %s with %j finds %s', (unit, spend, id) => {
    expect(of(bought('1', unit, undefined, spend)).lines[0]?.factor?.id).toBe(id)
  })

  test('does not lead to another currency, or another year, unless the line does', () => {
    const refusal = refusalOf(() => of(bought('1', 'EUR', undefined, { year: 2022 })))
    expect([refusal.code, refusal.facts.dimensions]).toEqual(['unknown-factor', ['EUR']])
    const other = refusalOf(() => of(bought('1', 'USD', undefined, { year: 2021 })))
    expect([other.code, other.facts.dimensions]).toEqual(['unknown-factor', ['USD']])
  })
})
