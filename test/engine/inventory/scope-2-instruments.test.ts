/** Contractual instruments: every criterion refuses by its name, and what stands covers what it may. */

import { describe, expect, test } from 'vitest'
import type { ContractualInstrument, MarketBased } from '../../../src/engine/types.ts'
import { gridFactor, refusalOf, table } from '../fixtures.ts'
import {
  bought,
  certificates,
  china,
  contract,
  fujian,
  green,
  numbered,
  project,
  scope2,
  withInstruments,
  withoutTraded,
} from './scope-2-fixtures.ts'

const use = [bought(100_000, { facility: 'works' })]
const refused = (instrument: ContractualInstrument, given: Partial<MarketBased> = {}) =>
  refusalOf(() =>
    withInstruments(use, [], { marketBased: { instruments: [instrument], ageMonthsMax: 12, ...given } }),
  )
const consumed = (given: Partial<ContractualInstrument['consumption']>) => ({
  consumption: { ...contract(1).consumption, ...given },
})
const generated = (start: string, end: string) => ({ generated: { start, end } })

describe('an instrument is refused by the criterion it fails', () => {
  const failing: readonly (readonly [string, ContractualInstrument, string, string])[] = [
    ['older than asked by a day', contract(1000, generated('2021-12-31', '2022-06-01')), 'age', '/generated'],
    [
      'generated after the period',
      contract(1000, generated('2023-12-01', '2024-01-02')),
      'age',
      '/generated',
    ],
    ['of another market', contract(1000, { market: 'AU' }), 'market', '/market'],
    ['of another province', contract(1000, { market: 'CN-GD' }), 'market', '/market'],
    ['of the whole world', contract(1000, { market: 'GLOBAL' }), 'market', '/market'],
    ['not exclusive', contract(1000, { exclusive: false }), 'exclusivity', '/exclusive'],
    ['of no consumer', contract(1000, consumed({ consumer: ' ' })), 'consumption', '/consumption/consumer'],
    [
      'retired for more than the period',
      contract(1000, consumed({ period: { start: '2023-01-01', end: '2024-01-02' } })),
      ...(['consumption', '/consumption/period'] as const),
    ],
    [
      'retired before it was generated',
      contract(1000, consumed({ retiredOn: '2022-12-31' })),
      ...(['consumption', '/consumption/retiredOn'] as const),
    ],
    [
      'of a facility that has none',
      contract(1000, { facilities: ['works', 'wroks'] }),
      'consumption',
      '/facilities/1',
    ],
    ['certificates without numbers', certificates(60, { certificates: [] }), 'unit-amount', '/certificates'],
    [
      'certificates of another amount',
      certificates(60, { quantity: { amount: '60001', unit: 'kWh' } }),
      ...(['unit-amount', '/quantity'] as const),
    ],
    [
      'a contract with numbers',
      contract(1000, { certificates: [{ from: numbered(1), to: numbered(1), certificates: 1 }] }),
      ...(['unit-amount', '/certificates'] as const),
    ],
    [
      'expired',
      certificates(60, consumed({ retiredOn: '2026-01-01' })),
      'validity',
      '/consumption/retiredOn',
    ],
  ]

  test.each(failing)('%s', (_what, instrument, criterion, place) => {
    const refusal = refused(instrument)
    expect(refusal.code).toBe('instrument-criteria')
    expect(refusal.facts).toMatchObject({
      ...{ criterion, pointer: `/marketBased/instruments/0${place}`, instrument: instrument.id },
    })
    expect(refusal.facts.others).toBeUndefined()
  })

  test('and by all of them at once', () => {
    const refusal = refused(contract(1000, { exclusive: false, market: 'AU', ...consumed({ consumer: '' }) }))
    const others = refusal.facts.others as readonly { criterion: string }[]
    expect([refusal.facts.criterion, ...others.map(({ criterion }) => criterion)].sort()).toEqual([
      'consumption',
      'exclusivity',
      'market',
    ])
  })

  test.each([
    ['a number too short', { from: numbered(1).slice(1), to: numbered(1) }],
    ['a project in small letters', { from: numbered(1).toLowerCase(), to: numbered(1).toLowerCase() }],
    ['a letter in the electricity', { from: `${numbered(1).slice(0, -1)}A`, to: numbered(1) }],
    ['two projects', { from: numbered(1), to: numbered(60, '11', '9A2B3C4D5E6F7G8H9') }],
    ['an end before its beginning', { from: numbered(60), to: numbered(1) }],
    ['another count than the numbers come to', { from: numbered(1), to: numbered(59) }],
  ])('certificates with %s', (_what, range) => {
    expect(refused(certificates(60, { certificates: [{ ...range, certificates: 60 }] })).facts).toMatchObject(
      {
        ...{ criterion: 'unit-amount', pointer: '/marketBased/instruments/0/certificates/0' },
      },
    )
  })

  test.each([
    ['an amount of nothing', contract(0), 'property-out-of-range', '/quantity/amount'],
    ['a negative amount', contract(-1), 'property-out-of-range', '/quantity/amount'],
    [
      'an amount by mass',
      contract(1, { quantity: { amount: '1', unit: 't' } }),
      'incompatible-dimension',
      '/quantity/unit',
    ],
    [
      'a date that is none',
      contract(1, consumed({ retiredOn: '2023-02-30' })),
      'period-invalid',
      '/consumption/retiredOn',
    ],
    ['an empty period', contract(1, generated('2023-02-01', '2023-02-01')), 'period-invalid', '/generated'],
    ['a factor nobody knows', contract(1, { factor: { id: 'nobody' } }), 'unknown-factor', '/factor'],
    ['a factor of heat', contract(1, { factor: { id: 'fj', family: 'heat' } }), 'line-ambiguous', '/factor'],
  ])('%s', (_what, instrument, code, place) => {
    const refusal = refused(instrument)
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, `/marketBased/instruments/0${place}`])
  })

  test('an age that is no whole number of months', () => {
    for (const ageMonthsMax of [-1, 0.5]) {
      const { code, facts } = refused(contract(1), { ageMonthsMax })
      expect([code, facts.pointer]).toEqual(['property-out-of-range', '/marketBased/ageMonthsMax'])
    }
  })

  test('two of one id', () => {
    const refusal = refusalOf(() => withInstruments(use, [contract(1), contract(2)]))
    expect(refusal).toMatchObject({
      code: 'duplicate-id',
      facts: { pointer: '/marketBased/instruments/1/id' },
    })
  })
})

describe('an instrument stands at the edge of its criteria', () => {
  const stands = (instrument: ContractualInstrument, given: Partial<MarketBased> = {}) =>
    expect(
      scope2(use, [], { marketBased: { instruments: [instrument], ageMonthsMax: 12, ...given } }).coveredKWh,
    ).toBeGreaterThan(0)

  test('generated as early as asked, and until the last day', () => {
    stands(contract(1000, generated('2022-01-01', '2024-01-01')))
    stands(contract(1000, generated('2023-01-01', '2023-02-01')), { ageMonthsMax: 0 })
    expect(
      refused(contract(1000, generated('2022-12-31', '2023-02-01')), { ageMonthsMax: 0 }).facts.criterion,
    ).toBe('age')
  })

  test('of the province or the country, or of a part of the line’s grid', () => {
    for (const market of ['CN', 'CN-FJ', 'CN-FJ-XM']) stands(contract(1000, { market }))
  })

  test('retired on the first day of generation, for consumption of one month', () => {
    stands(
      contract(
        1000,
        consumed({ retiredOn: '2023-01-01', period: { start: '2023-05-01', end: '2023-06-01' } }),
      ),
    )
  })

  // Power of before 2024 until 31 December 2025; of March 2024 until 28 February 2026, 24 months with March 2024 in them.
  test('green certificates on their last day', () => {
    stands(certificates(60, consumed({ retiredOn: '2025-12-31' })))
    const later = (retiredOn: string) => () =>
      withInstruments(
        [bought(100_000)],
        [
          certificates(60, {
            ...generated('2024-03-01', '2024-04-01'),
            consumption: { consumer: 'us', period: { start: '2024-01-01', end: '2025-01-01' }, retiredOn },
          }),
        ],
        { period: { start: '2024-01-01', end: '2025-01-01' } },
      )
    expect(later('2026-02-28')).not.toThrow()
    expect(refusalOf(later('2026-03-01')).facts).toMatchObject({ criterion: 'validity' })
  })

  test('a contract has no such end', () => {
    stands(contract(1000, consumed({ retiredOn: '2030-01-01' })))
  })
})

describe('certificate numbers', () => {
  test('of one class are counted without it, of two by all their digits', () => {
    expect(
      scope2(use, [
        certificates(1, { certificates: [{ from: numbered(7), to: numbered(7), certificates: 1 }] }),
      ]).coveredKWh,
    ).toBe(1000)
    // 0000000000001 11 to 0000000000001 20: ten numbers.
    expect(
      scope2(use, [
        certificates(10, {
          certificates: [{ from: numbered(1, '11'), to: numbered(1, '20'), certificates: 10 }],
        }),
      ]).coveredKWh,
    ).toBe(10_000)
  })

  test('of several ranges add up', () => {
    const ranges = [
      { from: numbered(1), to: numbered(20), certificates: 20 },
      { from: numbered(21), to: numbered(50), certificates: 30 },
      {
        ...{ from: numbered(1, '11', '9A2B3C4D5E6F7G8H9'), to: numbered(10, '11', '9A2B3C4D5E6F7G8H9') },
        certificates: 10,
      },
    ]
    expect(scope2(use, [certificates(60, { certificates: ranges })]).coveredKWh).toBe(60_000)
  })

  const pair = (one: readonly [string, string], other: readonly [string, string]) => {
    const range = ([from, to]: readonly [string, string]) => [{ from, to, certificates: 10 }]
    return [
      certificates(10, { id: 'one', certificates: range(one) }),
      certificates(10, { id: 'other', certificates: range(other) }),
    ]
  }

  test.each([
    ['the same numbers', [numbered(1), numbered(10)], [numbered(1), numbered(10)]],
    ['one in common', [numbered(1), numbered(10)], [numbered(10), numbered(19)]],
    ['one in common, the later first', [numbered(10), numbered(19)], [numbered(1), numbered(10)]],
    ['one within every class', [numbered(1), numbered(10)], [numbered(5, '00'), numbered(5, '09')]],
  ] as const)('are refused twice: %s', (_what, one, other) => {
    const refusal = refusalOf(() => withInstruments(use, pair(one, other)))
    expect(refusal).toMatchObject({
      code: 'instrument-criteria',
      facts: {
        ...{ criterion: 'exclusivity', instrument: 'other' },
        pointer: '/marketBased/instruments/1/certificates/0',
      },
    })
  })

  test.each([
    ['next to each other', [numbered(1), numbered(10)], [numbered(11), numbered(20)]],
    ['of two classes', [numbered(1), numbered(10)], [numbered(1, '12'), numbered(10, '12')]],
    [
      'of two projects',
      [numbered(1), numbered(10)],
      [numbered(1, '11', `Z${project.slice(1)}`), numbered(10, '11', `Z${project.slice(1)}`)],
    ],
  ] as const)('stand %s', (_what, one, other) => {
    expect(scope2(use, pair(one, other)).coveredKWh).toBe(20_000)
  })

  test('that two ranges of one instrument share are refused as well', () => {
    const ranges = [
      { from: numbered(1), to: numbered(30), certificates: 30 },
      { from: numbered(30), to: numbered(59), certificates: 30 },
    ]
    expect(refused(certificates(60, { certificates: ranges })).facts).toMatchObject({
      ...{ criterion: 'exclusivity', pointer: '/marketBased/instruments/0/certificates/1' },
    })
  })
})

describe('what an instrument covers', () => {
  const two = [bought(3000, { id: 'a', facility: 'a' }), bought(1000, { id: 'b', facility: 'b' })]
  const coveredOf = (...given: Parameters<typeof scope2>) =>
    Object.fromEntries(scope2(...given).lines.map(({ id, coveredKWh }) => [id, coveredKWh]))

  test('is the same part of every line that it may cover', () => {
    expect(coveredOf(two, [contract(1000)])).toEqual({ a: 750, b: 250 })
  })

  test('is of the facilities it names', () => {
    expect(coveredOf(two, [contract(1000, { facilities: ['b'] })])).toEqual({ a: 0, b: 1000 })
  })

  test('is of the time it was retired for', () => {
    const [spring, autumn] = [
      { start: '2023-04-01', end: '2023-05-01' },
      { start: '2023-10-01', end: '2023-11-01' },
    ]
    const lines = [
      bought(3000, { id: 'a', period: spring, facility: 'a' }),
      bought(1000, { id: 'b', period: autumn, facility: 'b' }),
    ]
    expect(coveredOf(lines, [contract(500, consumed({ period: autumn }))])).toEqual({ a: 0, b: 500 })
    const summer = { start: '2023-06-01', end: '2023-07-01' }
    expect(refusalOf(() => scope2(lines, [contract(500, consumed({ period: summer }))])).facts).toMatchObject(
      {
        ...{ criterion: 'consumption', pointer: '/marketBased/instruments/0/consumption/period' },
      },
    )
  })

  test('is of its market: a part of the line’s zone, or what the zone lies in', () => {
    const lines = [bought(3000, { id: 'a' }), bought(1000, { id: 'b', zone: 'CN-GD' })]
    const tables = [table('grid', [fujian, gridFactor('gd', 'CN-GD', 2023, '0.5'), china, withoutTraded])]
    expect(coveredOf(lines, [contract(500, { market: 'CN-GD' })], {}, tables)).toEqual({ a: 0, b: 500 })
    expect(coveredOf(lines, [contract(1000, { market: 'CN' })], {}, tables)).toEqual({ a: 750, b: 250 })
  })

  test('is taken by those that name facilities first, whatever their ids', () => {
    const named = contract(1000, { id: 'z', facilities: ['b'] })
    expect(coveredOf(two, [contract(1500, { id: 'a' }), named])).toEqual({ a: 1500, b: 1000 })
  })

  test('is by id among equals, each of what the one before left', () => {
    const clean = { ...green, flows: [{ kind: 'fossil', gas: 'CO2e', kg: '0.1' }], id: 'clean' } as const
    const instruments = [contract(2000, { id: '2', factor: { id: 'clean' } }), contract(2000, { id: '1' })]
    const result = scope2(two, instruments, { ownFactors: [green, clean] })
    expect(result.instruments).toMatchObject([
      { id: '1', kWh: 2000, kgCo2e: 0 },
      { id: '2', kWh: 2000, kgCo2e: 200 },
    ])
    expect(result).toMatchObject({ coveredKWh: 4000, rest: [], marketBasedKgCo2e: 200 })
  })

  test('leaves no electricity behind by roundings', () => {
    // Thirds and sevenths: 1/3 of each line, then all that is left.
    const lines = [7, 11, 13].map((kWh) => bought(kWh / 3, { id: String(kWh) }))
    const whole = 31 / 3
    const result = scope2(lines, [contract(whole / 7, { id: '1' }), contract(whole - whole / 7, { id: '2' })])
    expect(result.rest).toEqual([])
  })

  test('is never more than there is: refused, not cut', () => {
    const refusal = refusalOf(() => scope2(two, [contract(4000), contract(0.001, { id: 'z' })]))
    expect(refusal.code).toBe('instrument-exceeds-consumption')
    expect(refusal.facts).toMatchObject({
      ...{ pointer: '/marketBased/instruments/1/quantity', instrument: 'z', kWh: '0.001', uncoveredKWh: '0' },
    })
    expect(refusalOf(() => scope2(two, [contract(4001)])).facts).toMatchObject({ uncoveredKWh: '4000' })
  })

  test('may be all of it, in whatever unit it is read', () => {
    const parts = ['0.1', '0.2'].map((amount, index) =>
      bought(0, { id: String(index), quantity: { amount, unit: 'MWh' } }),
    )
    expect(scope2(parts, [contract(300)]).rest).toEqual([])
  })
})

describe('an instrument retired for a part of the year', () => {
  const january = consumed({ period: { start: '2023-01-01', end: '2023-02-01' } })

  test('covers no more of a whole year’s line than its days: 31 of 365', () => {
    // 36 500 kWh × 31 ÷ 365 = 3 100 kWh.
    expect(scope2([bought(36_500)], [contract(3100, january)]).coveredKWh).toBe(3100)
    const refusal = refusalOf(() => withInstruments([bought(36_500)], [contract(3200, january)]))
    expect(refusal.code).toBe('instrument-exceeds-consumption')
    expect(refusal.facts).toMatchObject({
      ...{ pointer: '/marketBased/instruments/0/consumption/period', kWh: '3200', uncoveredKWh: '3100' },
    })
  })

  test('covers all of a line of that time', () => {
    const period = { start: '2023-01-01', end: '2023-02-01' }
    const lines = [
      bought(3200, { period }),
      bought(30_000, { id: 'rest', period: { start: '2023-02-01', end: '2024-01-01' } }),
    ]
    expect(scope2(lines, [contract(3200, january)]).coveredKWh).toBe(3200)
  })
})
