/** A calculation on another version of a table: every pin and row exchanged for its successor, or a refusal by name. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ActivityLine, CalculationInput, FactorChoice } from '../../src/engine/types.ts'
import { adoptVersion } from '../../src/tables/adopt-version.ts'
import { publishedTable } from '../../src/tables/canonical.ts'
import type { PublishedFuel, PublishedTable } from '../../src/tables/format.ts'
import { refusalOf } from '../engine/fixtures.ts'
import { edition, row } from '../http/editions.ts'

const fuel = (id: string): PublishedFuel => ({
  id,
  name: { en: id, zh: null },
  state: 'liquid',
  netCalorificValue: { amount: '42', unit: 'GJ/t' },
  carbonContent: { amount: '20', unit: 'tC/TJ' },
  oxidation: '0.98',
  confirmation: 'primary',
  source: { id: 'test', locator: 'row' },
  notes: null,
  factorId: null,
})

function withFuels({ facts, table }: PublishedTable, ...fuels: readonly PublishedFuel[]): PublishedTable {
  return publishedTable(facts, { factors: table.factors, fuels })
}

const older = withFuels(
  edition('grid', '2023', [
    row('coal-2023', '0.8'),
    row('wind', '0.01'),
    row('gas', '0.4'),
    row('steam', '0.3'),
    row('heat', '0.3', { unit: 'GJ' }),
    row('bulk', '300', { unit: 'MWh' }),
  ]),
  fuel('diesel-2023'),
  fuel('peat'),
)
const newer = withFuels(
  edition('grid', '2024', [
    row('coal-2024', '0.88'),
    row('wind', '0.01'),
    row('steam', '0.3', { family: 'heat' }),
    row('heat', '0.3', { unit: 't' }),
    row('bulk', '0.3', { unit: 'kWh' }),
  ]),
  fuel('diesel-2024'),
)

const line = (members: Record<string, unknown>): ActivityLine => ({
  id: 'a',
  category: 'purchased-electricity',
  quantity: { amount: '1', unit: 'kWh' },
  ...members,
})

function input(lines: readonly ActivityLine[], changes: Partial<CalculationInput> = {}): CalculationInput {
  return {
    kind: 'organization',
    period: { start: '2024-01-01', end: '2025-01-01' },
    region: 'CN',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [
      { table: 'first', version: '1' },
      { table: 'grid', version: '2023' },
      { table: 'last', version: '9' },
    ],
    lines,
    ...changes,
  } as CalculationInput
}

const adopt = (given: CalculationInput) => adoptVersion(given, { older, newer })
/** What a line's choice becomes. */
const becomes = (choice: FactorChoice, changes: Partial<CalculationInput> = {}) =>
  adopt(input([line({ factor: choice })], changes)).lines[0]?.factor

describe('the pins', () => {
  test('keep their order, with the newer version in the place of the older one', () => {
    expect(adopt(input([])).factorTables).toEqual([
      { table: 'first', version: '1' },
      { table: 'grid', version: '2024' },
      { table: 'last', version: '9' },
    ])
  })

  test('hold the newer version once, where both were pinned', () => {
    const factorTables = [
      { table: 'grid', version: '2024' },
      { table: 'grid', version: '2023' },
    ]
    expect(adopt(input([], { factorTables })).factorTables).toEqual([{ table: 'grid', version: '2024' }])
  })
})

describe('electricity by market', () => {
  test('takes its contracts and its rest along, and names them where a row is gone', () => {
    const contract = (factor: FactorChoice) => ({ id: 'ppa', factor })
    const market = (factor: FactorChoice, residual: FactorChoice) =>
      ({
        marketBased: { instruments: [contract(factor)], ageMonthsMax: 12, residual },
      }) as unknown as Partial<CalculationInput>
    expect(adopt(input([], market({ id: 'coal-2023' }, { table: 'grid', version: '2023' })))).toMatchObject({
      marketBased: {
        ageMonthsMax: 12,
        instruments: [{ id: 'ppa', factor: { table: 'grid', id: 'coal-2024' } }],
        residual: { table: 'grid', version: '2024' },
      },
    })
    const gone = refusalOf(() => adopt(input([], market({ id: 'gas' }, { id: 'wind' }))))
    expect([gone.code, gone.facts.pointer]).toEqual(['row-gone', '/marketBased/instruments/0/factor'])
    expect(gone.facts).not.toHaveProperty('lineId')
  })
})

test('a product takes along the factors that its instruments convey', () => {
  const contracts = (factor: FactorChoice) =>
    ({
      kind: 'product',
      contractualInstruments: { instruments: [{ id: 'ppa', factor }], ageMonthsMax: 12 },
    }) as unknown as Partial<CalculationInput>
  expect(adopt(input([], contracts({ id: 'coal-2023' })))).toMatchObject({
    contractualInstruments: {
      ageMonthsMax: 12,
      instruments: [{ id: 'ppa', factor: { table: 'grid', id: 'coal-2024' } }],
    },
  })
  const gone = refusalOf(() => adopt(input([], contracts({ id: 'gas' }))))
  expect([gone.code, gone.facts.pointer]).toEqual([
    'row-gone',
    '/contractualInstruments/instruments/0/factor',
  ])
})

describe('a choice', () => {
  test.each([
    ['an id that holds its edition', { id: 'coal-2023' }, { table: 'grid', id: 'coal-2024' }],
    ['an id that stays', { id: 'wind' }, { table: 'grid', id: 'wind' }],
    [
      'an id with its version',
      { table: 'grid', version: '2023', id: 'coal-2023' },
      { table: 'grid', version: '2024', id: 'coal-2024' },
    ],
    ['the same in another unit of the dimension', { id: 'bulk' }, { table: 'grid', id: 'bulk' }],
    ['a selector', { region: 'CN-FJ', year: 2023 }, { region: 'CN-FJ', year: 2023 }],
    ['a selector in the table', { table: 'grid' }, { table: 'grid' }],
    ['a selector in the version', { version: '2023' }, { version: '2024' }],
    ['an id of another table', { table: 'first', id: 'wind' }, { table: 'first', id: 'wind' }],
    ['another version of it', { table: 'grid', version: '2022' }, { table: 'grid', version: '2022' }],
    ['an id that this table does not have', { id: 'elsewhere' }, { id: 'elsewhere' }],
  ])('by %s', (_what, given, expected) => {
    expect(becomes(given)).toEqual(expected)
  })

  test('of one’s own factor stays, also under an id that the table has', () => {
    const ownFactors = [row('wind', '0.5')]
    expect(becomes({ id: 'wind' }, { ownFactors })).toEqual({ id: 'wind' })
  })

  test('keeps what was measured of a fuel', () => {
    const measured = { id: 'diesel-2023', oxidation: '0.99' }
    const adopted = adopt(input([line({ fuel: measured })])).lines[0]?.fuel
    expect(adopted).toEqual({ table: 'grid', id: 'diesel-2024', oxidation: '0.99' })
  })

  test('of a companion is exchanged like that of a factor', () => {
    const beside = [
      { id: 'coal-2023', gases: ['CH4'] },
      { id: 'elsewhere', gases: ['N2O'] },
    ]
    const adopted = adopt(input([line({ factor: { id: 'wind' }, beside })])).lines[0]
    expect(adopted).toMatchObject({
      beside: [
        { table: 'grid', id: 'coal-2024', gases: ['CH4'] },
        { id: 'elsewhere', gases: ['N2O'] },
      ],
    })
  })
})

describe('is refused by name', () => {
  const refusal = (members: Record<string, unknown>, changes: Partial<CalculationInput> = {}) => {
    try {
      adopt(input([line({ factor: { id: 'wind' } }), line({ id: 'b', ...members })], changes))
      return null
    } catch (thrown) {
      return thrown
    }
  }

  test.each([
    ['a row that is gone', { factor: { id: 'gas' } }, 'row-gone', '/lines/1/factor'],
    ['a fuel that is gone', { fuel: { id: 'peat' } }, 'row-gone', '/lines/1/fuel'],
    [
      'a companion that is gone',
      { beside: [{ id: 'wind' }, { id: 'gas' }] },
      'row-gone',
      '/lines/1/beside/1',
    ],
    ['a row of another family now', { factor: { id: 'steam' } }, 'row-changed-kind', '/lines/1/factor'],
    ['a row per another dimension now', { factor: { id: 'heat' } }, 'row-changed-kind', '/lines/1/factor'],
  ])('%s', (_what, members, code, pointer) => {
    expect(refusal(members)).toMatchObject({ code, facts: { lineId: 'b', pointer } })
  })

  test('a selector by a version that several pinned tables have', () => {
    const factorTables = [
      { table: 'grid', version: '2023' },
      { table: 'other', version: '2023' },
    ]
    const found = refusal({ factor: { version: '2023' } }, { factorTables })
    expect(found).toMatchObject({ code: 'line-ambiguous', facts: { pointer: '/lines/1/factor' } })
  })
})

describe('a version in its own place', () => {
  const choice = fc.record(
    {
      table: fc.constantFrom('grid', 'first'),
      version: fc.constantFrom('2023', '1'),
      id: fc.constantFrom('coal-2023', 'wind', 'elsewhere'),
      region: fc.constant('CN'),
    },
    { requiredKeys: [] },
  )

  test('changes no calculation but to name the table where a row of it is meant', () => {
    fc.assert(
      fc.property(fc.array(choice, { maxLength: 5 }), (choices) => {
        const given = input(choices.map((factor, at) => line({ id: String(at), factor })))
        const adopted = adoptVersion(given, { older, newer: older })
        expect(adopted.factorTables).toEqual(given.factorTables)
        for (const [at, { factor }] of adopted.lines.entries()) {
          const { table = 'grid', ...rest } = given.lines[at]?.factor ?? {}
          expect({ table: 'grid', ...factor }).toEqual({ table, ...rest })
        }
      }),
    )
  })
})

describe('what weighs scope 2 by market', () => {
  const period = { start: '2024-01-01', end: '2025-01-01' }
  const contract = (id: string, factor: FactorChoice) => ({
    ...{ id, kind: 'supplier-specific' as const, market: 'CN', exclusive: true, generated: period, factor },
    quantity: { amount: '1', unit: 'kWh' },
    consumption: { consumer: 'us', period, retiredOn: '2025-01-20' },
  })
  const trading = (factor: FactorChoice, residual?: FactorChoice) =>
    input([line({ factor: { id: 'mine' } })], {
      marketBased: {
        ...{ ageMonthsMax: 12, instruments: [contract('one', { id: 'mine' }), contract('two', factor)] },
        ...(residual && { residual }),
      },
    } as Partial<CalculationInput>)

  test('is exchanged as the factors of lines are', () => {
    const old = { table: 'grid', version: '2023', id: 'coal-2023' }
    const fresh = { table: 'grid', version: '2024', id: 'coal-2024' }
    const adopted = adoptVersion(trading(old, old), { older, newer })
    expect(adopted).toMatchObject({
      marketBased: {
        ageMonthsMax: 12,
        instruments: [{ factor: { id: 'mine' } }, { factor: fresh }],
        residual: fresh,
      },
    })
    expect(adoptVersion(trading({ id: 'mine' }), { older, newer })).not.toHaveProperty('marketBased.residual')
  })

  test('is refused by the instrument, or at the rest, where a row is gone', () => {
    const refusalOf = (made: CalculationInput) => {
      try {
        adoptVersion(made, { older, newer })
      } catch (thrown) {
        return (thrown as { facts: object }).facts
      }
      return null
    }
    expect(refusalOf(trading({ id: 'gas' }))).toMatchObject({
      ...{ id: 'gas', instrument: 'two', pointer: '/marketBased/instruments/1/factor' },
    })
    expect(refusalOf(trading({ id: 'mine' }, { id: 'gas' }))).toMatchObject({
      ...{ id: 'gas', pointer: '/marketBased/residual' },
    })
  })
})
