/** Selectors without a line: the same rules, the same guards, the same answer whatever the order of rows. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { organizationCategories } from '../../src/engine/categories.ts'
import { chooseFactor, regionChain } from '../../src/engine/resolve.ts'
import { resolveSelector, type Selector } from '../../src/engine/selector.ts'
import type { EmissionFactor, Family } from '../../src/engine/types.ts'
import { isProblem } from '../../src/problem.ts'
import { factor, gridFactor, refusalOf, table } from './fixtures.ts'

const supply = factor({
  ...{ id: 'supply', family: 'upstream', category: 'electricity-upstream', unit: 'kWh', region: 'GLOBAL' },
  flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.06' }],
})
const losses = {
  ...supply,
  ...{ id: 'losses', family: 'transmission-and-distribution' as const, category: 'electricity-transmission' },
}
const air = factor({
  ...{ id: 'air', unit: 'kWh', family: 'electricity-generation', category: 'electricity', region: 'CN' },
  flows: [{ kind: 'pollutant', gas: 'NOx', kg: '0.0002' }],
})
const grid = [
  gridFactor('fj-2022', 'CN-FJ', 2022, '0.4092'),
  gridFactor('fj-2024', 'CN-FJ', 2024, '0.41'),
  gridFactor('cn-2023', 'CN', 2023, '0.5306'),
]
const library = { tables: [table('grid', [...grid, air]), table('other', [supply, losses])], own: [] }
const frame = { kind: 'organization', region: 'CN-FJ', library } as const

const asked: Selector = { category: 'purchased-electricity', year: 2023, unit: 'MWh' }
const found = (changes: Partial<Selector>, more: object = {}) =>
  resolveSelector({ ...asked, ...changes }, { ...frame, ...more })
const refused = (changes: Partial<Selector>, more: object = {}) => {
  const { code, facts } = refusalOf(() => found(changes, more))
  return [code, facts.pointer]
}

describe('a selector', () => {
  test('takes category, region, year and any unit of the dimension, and says which way it went', () => {
    const { row, table, path } = found({})
    expect([table, row.id]).toEqual(['grid', 'fj-2022'])
    expect(path).toEqual([
      { step: 'table', asked: 'grid@1, other@1', took: 'grid@1' },
      { step: 'region', asked: 'CN-FJ', took: 'CN-FJ' },
      { step: 'year', asked: '2023', took: '2022' },
    ])
    expect(found({ region: 'CN-ZJ' }).row.id).toBe('cn-2023')
  })

  test('tells families of one category apart, and factor categories of one family', () => {
    const energy = { category: 'fuel-and-energy-related-activities' }
    expect(refused(energy)).toEqual(['ambiguous-factor', undefined])
    expect(found({ ...energy, family: 'upstream' }).row.id).toBe('supply')
    expect(found({ ...energy, factorCategory: 'electricity-transmission' }).row.id).toBe('losses')
    expect(refused({ ...energy, family: 'upstream', factorCategory: 'electricity' })).toEqual([
      ...['unknown-factor', undefined],
    ])
  })

  test('beside another factor asks for rows that state every gas named', () => {
    expect(found({ gases: ['NOx'] }).row.id).toBe('air')
    expect(found({ gases: ['CO2'] }).row.id).toBe('fj-2022')
    expect(refused({ gases: ['NOx', 'SF6'] })).toEqual(['unknown-factor', undefined])
  })

  test.each<[string, Partial<Selector>, object, string, string | undefined]>([
    ['a category nobody knows', { category: 'constructor' }, {}, 'unknown-category', '/category'],
    ['a category of the other kind', { category: 'electricity' }, {}, 'unknown-category', '/category'],
    ['a unit nobody knows', { unit: '__proto__' }, {}, 'unknown-unit', '/unit'],
    ['a unit of something else', { unit: 't' }, {}, 'unknown-factor', undefined],
    ['a family of elsewhere', { family: 'electricity-life-cycle' }, {}, 'wrong-family', undefined],
    ['a family nobody knows', { family: '__proto__' }, {}, 'wrong-family', undefined],
    ['no region at all', {}, { region: undefined }, 'property-missing', '/region'],
    ['a later year only', { year: 2021 }, {}, 'unknown-factor', undefined],
    ['a table that is not pinned', { table: 'own' }, {}, 'unknown-factor-table', undefined],
  ])('is refused for %s', (_, changes, more, code, pointer) => {
    expect(refused(changes, more)).toEqual([code, pointer])
  })
})

describe('an id', () => {
  test('needs no region, and takes any year: it is named', () => {
    const { row, path } = found({ id: 'fj-2024' }, { region: undefined })
    expect(row.id).toBe('fj-2024')
    expect(path).toEqual([{ step: 'explicit', asked: 'fj-2024', took: 'grid@1#fj-2024' }])
  })

  test.each<[string, Partial<Selector>, string, string | undefined]>([
    ['a family the category refuses', { id: 'supply' }, 'wrong-family', undefined],
    ['another family than the one asked for', { id: 'fj-2022', family: 'heat' }, 'wrong-family', '/family'],
    ['another dimension', { id: 'fj-2022', unit: 't' }, 'incompatible-dimension', '/unit'],
    ['pollutants alone', { id: 'air' }, 'no-greenhouse-gas', undefined],
    ['a gas it does not state', { id: 'air', gases: ['CO2'] }, 'gas-not-stated', '/gases'],
    ['a factor category beside it', { id: 'fj-2022', factorCategory: 'x' }, 'line-ambiguous', undefined],
    ['an id nobody knows', { id: 'constructor' }, 'unknown-factor', undefined],
  ])('is refused for %s', (_, changes, code, pointer) => {
    expect(refused(changes)).toEqual([code, pointer])
  })

  test('nobody knows is met with those like it, also in a table of a hundred thousand', () => {
    const rows = Array.from({ length: 100_000 }, (_, at) => factor({ id: `row-${at}` }))
    const many = { library: { tables: [table('many', rows)], own: [] } }
    const refusal = refusalOf(() => found({ id: 'row-x4321' }, many))
    expect(refusal.facts.candidates).toHaveLength(5)
  })
})

/** Rows drawn from few values, so that ties, gaps and fallbacks come about often. */
const row: fc.Arbitrary<EmissionFactor> = fc
  .record({
    family: fc.constantFrom<Family>('electricity-generation', 'upstream', 'transmission-and-distribution'),
    category: fc.constantFrom('electricity', 'electricity-fossil', 'electricity-upstream'),
    region: fc.constantFrom('CN-FJ', 'CN', 'GLOBAL', 'FR'),
    year: fc.integer({ min: 2018, max: 2026 }),
    unit: fc.constantFrom('kWh', 'GJ', 't'),
    gas: fc.constantFrom('CO2', 'CH4'),
  })
  .map(({ gas, ...given }) => ({
    ...factor({ id: '', flows: [{ kind: 'fossil', gas, kg: '1' }] }),
    ...given,
  }))
const rows = fc
  .array(row, { maxLength: 12 })
  .map((drawn) => drawn.map((given, at) => ({ ...given, id: `r${at}` })))
const selector: fc.Arbitrary<Selector> = fc.record({
  category: fc.constantFrom('purchased-electricity', 'fuel-and-energy-related-activities'),
  region: fc.constantFrom('CN-FJ', 'CN-ZJ', 'CN', 'FR', 'GLOBAL'),
  year: fc.integer({ min: 2017, max: 2028 }),
  unit: fc.constantFrom('MWh', 'kWh', 't', 'km'),
  family: fc.constantFrom(undefined, 'upstream', 'electricity-generation'),
  factorCategory: fc.constantFrom(undefined, 'electricity-upstream'),
  gases: fc.constantFrom(undefined, ['CH4']),
  id: fc.constantFrom(undefined, undefined, undefined, 'r1', 'r99'),
})

/** An answer, or a refusal with all its facts. */
function answer(
  given: Selector,
  first: readonly EmissionFactor[],
  second: readonly EmissionFactor[],
): unknown {
  const tables = [table('a', first, [], 3), table('b', second, [], 1)]
  try {
    return resolveSelector(given, { ...frame, library: { tables, own: [] } })
  } catch (thrown) {
    if (isProblem(thrown)) return { code: thrown.code, facts: thrown.facts }
    throw thrown
  }
}

const shuffled = <Item>(items: readonly Item[]) =>
  fc.shuffledSubarray([...items], { minLength: items.length, maxLength: items.length })

describe('whatever the tables', () => {
  test('the order of their rows changes no answer and no refusal', () => {
    const drawn = fc
      .tuple(rows, rows)
      .chain(([a, b]) => fc.tuple(fc.constant([a, b] as const), shuffled(a), shuffled(b)))
    fc.assert(
      fc.property(drawn, selector, ([[a, b], otherA, otherB], given) => {
        expect(answer(given, otherA, otherB)).toEqual(answer(given, a, b))
      }),
      { numRuns: 500 },
    )
  })

  test('what a selector takes fits it: no later year, none too old, no other family, place or dimension', () => {
    fc.assert(
      fc.property(rows, rows, selector, (a, b, { id: _, ...given }) => {
        const taken = answer(given, a, b) as Partial<ReturnType<typeof resolveSelector>>
        if (taken.row === undefined) return
        const { row, table } = taken
        expect(row.year).toBeLessThanOrEqual(given.year)
        expect(row.year).toBeGreaterThanOrEqual(given.year - (table === 'a' ? 3 : 1))
        expect(organizationCategories[given.category]?.families).toContain(row.family)
        if (given.family !== undefined) expect(row.family).toBe(given.family)
        expect(regionChain(given.region as string)).toContain(row.region)
        expect(row.unit === 't').toBe(given.unit === 't')
      }),
      { numRuns: 500 },
    )
  })

  test('a line and a selector that ask the same are answered the same', () => {
    fc.assert(
      fc.property(rows, selector, (a, { id: _, ...given }) => {
        const tables = [table('a', a, [], 3)]
        const dimension = { MWh: 'energy', kWh: 'energy', t: 'mass', km: 'length' }[given.unit] as string
        const { category, region = '', year, gases, factorCategory } = given
        const wanted = {
          kind: 'organization',
          category,
          region,
          year,
          dimensions: [dimension],
          gases,
        } as const
        const outcome = (act: () => unknown) => {
          try {
            return act()
          } catch (thrown) {
            return isProblem(thrown) ? thrown.facts : thrown
          }
        }
        const family = given.family as Family | undefined
        expect(outcome(() => resolveSelector(given, { ...frame, library: { tables, own: [] } }))).toEqual(
          outcome(() => chooseFactor({ family, factorCategory }, wanted, { tables, own: [] })),
        )
      }),
    )
  })

  test('an own factor is never selected', () => {
    fc.assert(
      fc.property(rows, selector, (own, { id: _, ...given }) => {
        const library = { tables: [], own }
        expect(() => resolveSelector(given, { ...frame, library })).toThrow()
      }),
    )
  })
})
