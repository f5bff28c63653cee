/** Choosing a factor: by name, or by rules that anyone can follow; never quietly. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { chooseFactor, type Library, regionChain, type Wanted } from '../../src/engine/resolve.ts'
import type { EmissionFactor } from '../../src/engine/types.ts'
import { factor, gridFactor, refusalOf, table } from './fixtures.ts'

const grid = [
  gridFactor('fj-2021', 'CN-FJ', 2021, '0.4711'),
  gridFactor('fj-2022', 'CN-FJ', 2022, '0.4092'),
  gridFactor('fj-2023', 'CN-FJ', 2023, '0.4211'),
  gridFactor('cn-2022', 'CN', 2022, '0.5366'),
  gridFactor('cn-2023', 'CN', 2023, '0.5306'),
  { ...gridFactor('cn-2023-fossil', 'CN', 2023, '0.8273'), category: 'electricity-fossil' },
  gridFactor('world-2020', 'GLOBAL', 2020, '0.48'),
]

const wanted: Wanted = {
  kind: 'organization',
  category: 'purchased-electricity',
  region: 'CN-FJ',
  year: 2023,
  dimensions: ['energy'],
}

const library = (factors: readonly EmissionFactor[] = grid, limit = 2): Library => ({
  tables: [table('grid', factors, [], limit)],
  own: [],
})

const idFor = (search: Partial<Wanted>, given: Library = library()) =>
  chooseFactor({}, { ...wanted, ...search }, given).row.id

describe('the region chain', () => {
  test('goes from the place to what it lies in, then the world', () => {
    expect(regionChain('CN-FJ')).toEqual(['CN-FJ', 'CN', 'GLOBAL'])
    expect(regionChain('CN-x-east')).toEqual(['CN-x-east', 'CN-x', 'CN', 'GLOBAL'])
    expect(regionChain('GB')).toEqual(['GB', 'GLOBAL'])
    expect(regionChain('GLOBAL')).toEqual(['GLOBAL'])
  })

  test('begins with the place itself, however many parts its code has', () => {
    expect(regionChain('x-channel-islands-u-k')[0]).toBe('x-channel-islands-u-k')
    const many = `CN-${'x-'.repeat(50)}east`
    expect([regionChain(many)[0], regionChain(many).length]).toEqual([many, 5])
    expect(regionChain('-'.repeat(1e6)).length).toBeLessThan(6)
  })
})

describe('a selector', () => {
  test('takes the place and year asked for', () => {
    expect(idFor({})).toBe('fj-2023')
  })

  test('falls back to the nearest earlier year the table allows, never to a later one', () => {
    expect(idFor({ year: 2025 })).toBe('fj-2023')
    expect(idFor({ year: 2021 })).toBe('fj-2021')
    expect(() => idFor({ year: 2020 }, library(grid.slice(0, 5)))).toThrow('unknown-factor')
    expect(() => idFor({ year: 2026 })).toThrow('unknown-factor')
  })

  test('falls back to the wider region, and says so in its path', () => {
    const { row, path } = chooseFactor({}, { ...wanted, region: 'CN-ZJ', year: 2024 }, library())
    expect(row.id).toBe('cn-2023')
    expect(path).toEqual([
      { step: 'table', asked: 'grid@1', took: 'grid@1' },
      { step: 'region', asked: 'CN-ZJ', took: 'CN' },
      { step: 'year', asked: '2024', took: '2023' },
    ])
  })

  test('prefers the nearer region over the later year', () => {
    const rows = [gridFactor('near', 'CN-FJ', 2022, '1'), gridFactor('far', 'CN', 2023, '1')]
    expect(idFor({}, library(rows))).toBe('near')
  })

  test('takes its region and year from the line where the line states them', () => {
    expect(chooseFactor({ region: 'CN', year: 2022 }, wanted, library()).row.id).toBe('cn-2022')
  })

  test('never takes the fossil part for the average', () => {
    expect(() => idFor({ region: 'CN' }, library(grid.slice(5, 6)))).toThrow('unknown-factor')
  })

  test('takes only factors whose unit the amount can be brought to', () => {
    const refusal = refusalOf(() => idFor({ dimensions: ['mass'] }))
    expect(refusal.code).toBe('unknown-factor')
    expect(refusal.facts).toMatchObject({
      families: ['electricity-generation'],
      regions: ['CN-FJ', 'CN', 'GLOBAL'],
      year: 2023,
    })
    expect(refusal.message).toContain('grid@1 (years 2021 to 2023)')
    expect((refusal.facts.candidates as object[]).length).toBeGreaterThan(0)
  })

  test('says of a year that is not there which is the nearest, why it is not taken, and its rows', () => {
    const early = refusalOf(() => idFor({ year: 2019 }))
    expect(early.message).toContain('The nearest is of 2020: a later year is never taken.')
    expect(early.facts.candidates).toEqual([
      { table: 'grid', version: '1', id: 'world-2020', region: 'GLOBAL', year: 2020, unit: 'kWh' },
    ])
    const late = refusalOf(() => idFor({ year: 2026 }))
    expect(late.message).toContain('The nearest is of 2023: further back than its table allows.')
    expect(late.facts.candidates).toMatchObject([{ id: 'fj-2023' }, { id: 'cn-2023' }])
    expect(refusalOf(() => idFor({ dimensions: ['mass'] })).message).not.toContain('The nearest')
  })

  test('looks through the tables in the order in which they are pinned', () => {
    const [a, b] = [
      table('a', [gridFactor('a', 'CN', 2023, '1')]),
      table('b', [gridFactor('b', 'CN-FJ', 2023, '1')]),
    ]
    expect(idFor({}, { tables: [a, b], own: [] })).toBe('a')
    expect(idFor({}, { tables: [b, a], own: [] })).toBe('b')
    expect(chooseFactor({ table: 'b' }, wanted, { tables: [a, b], own: [] }).row.id).toBe('b')
  })

  test('lists two that are left instead of choosing one', () => {
    const refusal = refusalOf(() =>
      idFor({}, library([...grid, gridFactor('fj-2023-other', 'CN-FJ', 2023, '0.5')])),
    )
    expect(refusal.code).toBe('ambiguous-factor')
    expect(refusal.facts.candidates).toEqual([
      { table: 'grid', version: '1', id: 'fj-2023', name: 'fj-2023' },
      { table: 'grid', version: '1', id: 'fj-2023-other', name: 'fj-2023-other' },
    ])
  })

  test('never takes a factor of the client’s own', () => {
    expect(() => chooseFactor({}, wanted, { tables: [], own: grid })).toThrow('unknown-factor')
  })

  test('finds the same whatever the order of the rows', () => {
    const shuffled = fc.shuffledSubarray(grid, { minLength: grid.length })
    const asked = fc.record({
      region: fc.constantFrom('CN-FJ', 'CN', 'FR'),
      year: fc.integer({ min: 2020, max: 2026 }),
    })
    fc.assert(
      fc.property(shuffled, asked, (rows, search) => {
        expect(outcome(rows, search)).toEqual(outcome(grid, search))
      }),
    )
  })
})

describe('an explicit choice', () => {
  test('is found by id in any pinned table, or in the one named', () => {
    const choice = chooseFactor({ id: 'cn-2022' }, wanted, library())
    expect(choice.path).toEqual([{ step: 'explicit', asked: 'cn-2022', took: 'grid@1#cn-2022' }])
    expect(chooseFactor({ table: 'grid', version: '1', id: 'cn-2022' }, wanted, library()).row.id).toBe(
      'cn-2022',
    )
  })

  test('names ids like one nobody knows', () => {
    const refusal = refusalOf(() => chooseFactor({ id: 'fj-2032' }, wanted, library()))
    expect(refusal.code).toBe('unknown-factor')
    expect(refusal.facts.candidates).toContain('fj-2023')
  })

  test('cannot reach a table or version that is not pinned', () => {
    expect(() => chooseFactor({ table: 'other', id: 'x' }, wanted, library())).toThrow('unknown-factor-table')
    expect(() => chooseFactor({ version: '2', id: 'fj-2023' }, wanted, library())).toThrow(
      'unknown-factor-table',
    )
    expect(() => chooseFactor({ table: 'other' }, wanted, library())).toThrow('unknown-factor-table')
  })

  test('is ambiguous where two tables, or a table and the client, have the id', () => {
    const both = { tables: [table('grid', grid)], own: [factor({ id: 'fj-2023' })] }
    expect(() => chooseFactor({ id: 'fj-2023' }, wanted, both)).toThrow('ambiguous-factor')
    expect(chooseFactor({ table: 'own', id: 'fj-2023' }, wanted, both).path[0]?.step).toBe('own')
    expect(chooseFactor({ table: 'grid', id: 'fj-2023' }, wanted, both).table).toBe('grid')
  })

  test('does not go with a selector', () => {
    expect(() => chooseFactor({ id: 'fj-2023', year: 2020 }, wanted, library())).toThrow('line-ambiguous')
  })
})

function outcome(rows: readonly EmissionFactor[], search: Partial<Wanted>): unknown {
  try {
    return idFor(search, library(rows))
  } catch (thrown) {
    return refusalOf(() => {
      throw thrown
    }).facts
  }
}
