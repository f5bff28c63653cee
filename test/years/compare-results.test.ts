/** Two years compared: each cause by a hand sum, and what holds whatever the numbers. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { PresentedResult } from '../../src/engine/present.ts'
import type {
  ActivityLine,
  CircularTerm,
  ConsolidationResult,
  Decimal,
  EndOfLife,
  FactorTable,
  FunctionalUnit,
  GwpSet,
} from '../../src/engine/types.ts'
import { compareResults } from '../../src/years/compare-results.ts'
import { presentComparison } from '../../src/years/present-comparison.ts'
import { type Change, type Comparison, changeCauses } from '../../src/years/types.ts'
import {
  bottle,
  byCutOff,
  byFormula,
  glassFactors,
  termLine,
  termTable,
} from '../engine/end-of-life/glass.ts'
import {
  ar4,
  ar6,
  co2eFactor,
  context,
  factor,
  gridFactor,
  inventory,
  product,
  refusalOf,
  table,
} from '../engine/fixtures.ts'

const factors = (grid: string, version = '1'): FactorTable[] => [
  {
    ...table('t', [
      gridFactor('grid', 'CN', 2023, grid),
      co2eFactor({ id: 'goods', family: 'cradle-to-gate', unit: 'kg' }, '2'),
      factor({
        id: 'leak',
        family: 'fugitive',
        unit: 'kg',
        flows: [{ kind: 'fossil', gas: 'N2O', kg: '1' }],
      }),
      factor({ id: 'coal', unit: 't' }),
    ]),
    version,
  },
  table('u', [co2eFactor({ id: 'goods', family: 'cradle-to-gate', unit: 'kg' }, '3')]),
]

const result = (lines: readonly ActivityLine[], grid = '0.5', set: GwpSet = ar6): PresentedResult => {
  const tables = factors(grid)
  const gwpSet = { id: set.id, version: set.version }
  return presentResult(calculate(inventory(lines, tables, { gwpSet }), context(tables, set))).result
}

const power = (id: string, kWh: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id, category: 'purchased-electricity', quantity: { amount: kWh, unit: 'kWh' } },
  ...{ factor: { table: 't', id: 'grid' } },
  ...given,
})

const goods = (id: string, kg: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id, category: 'purchased-goods-and-services', quantity: { amount: kg, unit: 'kg' } },
  ...{ factor: { table: 't', id: 'goods' } },
  ...given,
})

/** The result as an entity's that counts by these shares: `scaling` and figures as the consolidation leaves them. */
function held(given: PresentedResult, shares: Readonly<Record<string, string>>): PresentedResult {
  const consolidation: ConsolidationResult<Decimal> = {
    ...{ approach: 'equity-share', changeOption: 'from-date' },
    shares: Object.entries(shares).map(([facility, share]) => ({
      ...{ facility, entity: 'one', from: '2023-01-01', to: '2024-01-01', share },
    })),
  }
  const lines = given.lines.map((line) => {
    const scaling = shares[line.facility ?? ''] ?? '1'
    const by = (value: string | null) => (value === null ? null : String(Number(value) * Number(scaling)))
    const gases = line.gases.map((gas) => ({ ...gas, kg: by(gas.kg), kgCo2e: by(gas.kgCo2e) }))
    return { ...line, scaling, gases, kgCo2e: by(line.kgCo2e) as string }
  })
  const total = String(lines.reduce((sum, { kgCo2e }) => sum + Number(kgCo2e), 0))
  const inventory = given.inventory && { ...given.inventory, consolidation }
  return { ...given, lines, total, inventory }
}

const nonZero = ({ parts }: Change) =>
  Object.fromEntries(changeCauses.filter((cause) => parts[cause] !== 0).map((cause) => [cause, parts[cause]]))

describe('a change', () => {
  test('is of activity where more was done', () => {
    // 100 → 140 kWh at 0.5: 20 kg.
    const compared = compareResults(result([power('p', '100')]), result([power('p', '140')]))
    expect([compared.before, compared.after, compared.difference]).toEqual([50, 70, 20])
    expect(nonZero(compared)).toEqual({ activity: 20 })
  })

  test('is of the factor where the same was done', () => {
    const compared = compareResults(result([power('p', '100')], '0.5'), result([power('p', '100')], '0.25'))
    expect(nonZero(compared)).toEqual({ factor: -25 })
  })

  test('is split evenly where both moved', () => {
    // 100 kWh × 0.5 = 50 → 200 × 0.25 = 50. Activity 100 × 0.375 = 37.5; factor −0.25 × 150 = −37.5; together 0.
    const compared = compareResults(result([power('p', '100')], '0.5'), result([power('p', '200')], '0.25'))
    expect(compared.difference).toBe(0)
    expect(nonZero(compared)).toEqual({ activity: 37.5, factor: -37.5 })
  })

  test.each([
    ['0', '100', 25],
    ['100', '0', -50],
  ])('from %s to %s is all of activity, at the factor of the year that had one', (from, to, activity) => {
    const compared = compareResults(result([power('p', from)], '0.5'), result([power('p', to)], '0.25'))
    expect(nonZero(compared)).toEqual({ activity })
  })

  test('between two zeros is none', () => {
    expect(nonZero(compareResults(result([power('p', '0')]), result([power('p', '0')], '0.9')))).toEqual({})
  })

  test('is no change of a unit of the same dimension: 1 MWh is 1,000 kWh', () => {
    const [before, after] = [result([power('p', '1000')]), result([power('p', '1000')])]
    const [line] = after.lines
    const inMWh = {
      ...after,
      lines: [{ ...(line as typeof line & object), activity: { amount: '1', unit: 'MWh' } }],
    }
    expect(nonZero(compareResults(before, inMWh as PresentedResult))).toEqual({})
  })

  test('is of method where the unit measures something else', () => {
    const before = result([power('p', '100')])
    const [line] = before.lines
    const byMoney = { ...(line as object), activity: { amount: '9', unit: 'CNY' }, kgCo2e: '80' }
    const compared = compareResults(before, {
      ...before,
      total: '80',
      lines: [byMoney],
    } as unknown as PresentedResult)
    expect(nonZero(compared)).toEqual({ method: 30 })
  })

  test('is of method where another table weighs it', () => {
    // 10 kg × 2 → 20 kg × 3 of table u: activity 10 × 2.5 = 25; the rest, 1 × 15 = 15, is the other source.
    const other = goods('g', '20', { factor: { table: 'u', id: 'goods' } })
    expect(nonZero(compareResults(result([goods('g', '10')]), result([other])))).toEqual({
      activity: 25,
      method: 15,
    })
  })

  test('is of method where the GWP is another, as far as the gases have one', () => {
    const leak: ActivityLine = {
      ...{ id: 'l', category: 'fugitive-emissions', factor: { table: 't', id: 'leak' } },
      quantity: { amount: '10', unit: 'kg' },
    }
    const more = { ...leak, quantity: { amount: '20', unit: 'kg' } }
    // N2O 298 → 273. 10 kg × 298 = 2,980 → 20 × 273 = 5,460: activity 10 × 285.5 = 2,855; method −25 × 15 = −375.
    const compared = compareResults(
      result([leak, power('p', '100')], '0.5', ar4),
      result([more, power('p', '100')]),
    )
    expect(nonZero(compared)).toEqual({ activity: 2855, method: -375 })
  })

  test('is of structure where the share moved', () => {
    const [before, after] = [
      held(result([power('p', '100', { facility: 'A' })]), { A: '0.5' }),
      held(result([power('p', '100', { facility: 'A' })]), { A: '1' }),
    ]
    // 50 kg in full; half of it, then all.
    expect(nonZero(compareResults(before, after))).toEqual({ structural: 25 })
  })

  test('of share, activity and factor at once adds up', () => {
    const before = held(result([power('p', '100', { facility: 'A' })], '0.5'), { A: '0.5' })
    const after = held(result([power('p', '200', { facility: 'A' })], '0.25'), { A: '1' })
    // 25 → 50. In full 50 → 50: structural 0.5 × 50 = 25; activity 0.75 × 100 × 0.375 = 28.125; factor 0.75 × −37.5 = −28.125.
    expect(nonZero(compareResults(before, after))).toEqual({
      structural: 25,
      activity: 28.125,
      factor: -28.125,
    })
  })

  test('is of structure where a facility came into the boundary, or counts for nothing', () => {
    const a = power('p', '100', { facility: 'A' })
    const b = power('q', '40', { facility: 'B' })
    const [alone, both] = [held(result([a]), { A: '1' }), held(result([a, b]), { A: '1', B: '1' })]
    expect(nonZero(compareResults(alone, both))).toEqual({ structural: 20 })
    expect(nonZero(compareResults(both, alone))).toEqual({ structural: -20 })
    const notHeld = held(result([a, b]), { A: '1', B: '0' })
    expect(nonZero(compareResults(notHeld, both))).toEqual({ structural: 20 })
    // Without a stated boundary on both sides nobody can tell.
    expect(nonZero(compareResults(result([a]), both))).toEqual({ added: 20 })
  })

  test('adds and ceases what the other year has not', () => {
    const compared = compareResults(
      result([power('p', '100'), goods('g', '5')]),
      result([power('p', '100'), { ...goods('h', '1'), facility: 'new' }]),
    )
    expect(nonZero(compared)).toEqual({ ceased: -10, added: 2 })
    expect(compared.lines.map(({ difference, matched }) => [difference, matched])).toEqual([
      [-10, null],
      [2, null],
      [0, 'id'],
    ])
  })
})

describe('lines', () => {
  test('of one id are the same thing only in the same category and place', () => {
    const compared = compareResults(result([power('1', '100')]), result([goods('1', '25')]))
    expect(nonZero(compared)).toEqual({ ceased: -50, added: 50 })
  })

  test('of one id are not the same thing where another row weighs them: tonnes of two fuels are no one amount', () => {
    const compared = compareResults(
      result([goods('a', '10')]),
      result([goods('a', '50', { factor: { table: 'u', id: 'goods' } }), power('b', '1')]),
    )
    expect(compared.parts.added).toBeGreaterThan(0)
    const other = compareResults(
      result([{ ...goods('a', '10'), category: 'fugitive-emissions', factor: { table: 't', id: 'leak' } }]),
      result([{ ...goods('a', '10'), category: 'fugitive-emissions', factor: undefined, gas: 'SF6' }]),
    )
    expect([other.parts.activity, other.parts.factor]).toEqual([0, 0])
  })

  test('without ids in common are compared as series: three invoices against two', () => {
    const before = result([power('a', '100'), power('b', '100'), power('c', '100')])
    const after = result([power('d', '200'), power('e', '200')])
    const compared = compareResults(before, after)
    expect(nonZero(compared)).toEqual({ activity: 50 })
    expect(compared.lines).toMatchObject([
      { matched: 'series', sides: { before: { lines: ['a', 'b', 'c'], activity: { amount: 300 } } } },
    ])
  })

  test('are told by scope, category and facility', () => {
    const compared = compareResults(
      result([power('p', '100', { facility: 'A' }), goods('g', '1')]),
      result([power('p', '120', { facility: 'A' }), goods('g', '3')]),
    )
    const told = (changes: Comparison['byScope']) =>
      changes.map(({ key, before, after, difference }) => [key, before, after, difference])
    expect(told(compared.byScope)).toEqual([
      ['2', 50, 60, 10],
      ['3', 2, 6, 4],
    ])
    expect(told(compared.byCategory)).toEqual([
      ['purchased-electricity', 50, 60, 10],
      ['purchased-goods-and-services', 2, 6, 4],
    ])
    expect(told(compared.byFacility)).toEqual([['A', 50, 60, 10]])
  })
})

test('an organization is not compared with a product, nor products per different units', () => {
  const made = (unit: string) =>
    presentResult(
      calculate(
        product(
          [{ id: 'p', output: { amount: '1', unit: 'kg' } }],
          [
            {
              id: 'l',
              category: 'material',
              process: 'p',
              quantity: { amount: '2', unit: 'kg' },
              factor: { table: 't', id: 'goods' },
            },
          ],
          {
            declaredUnit: { amount: '1', unit },
            factorTables: factors('1').map(({ table: name, version }) => ({ table: name, version })),
          },
        ),
        context(factors('1')),
      ),
    ).result
  expect(refusalOf(() => compareResults(result([goods('g', '1')]), made('kg'))).code).toBe('not-comparable')
  expect(refusalOf(() => compareResults(made('kg'), made('t'))).code).toBe('not-comparable')
  expect(nonZero(compareResults(made('kg'), made('kg')))).toEqual({})
})

test('two products by different choices of method have no figure in common', () => {
  const result = (endOfLife: EndOfLife, life = '2') => {
    const input = bottle(
      endOfLife,
      ['Ev', 'Erecycled', 'EER', 'ED'].map((term) => termLine(term as CircularTerm)),
    )
    const serviceLife = { amount: life, unit: 'a' }
    const functionalUnit = { ...(input.functionalUnit as FunctionalUnit), serviceLife }
    return presentResult(calculate({ ...input, functionalUnit }, context([termTable(glassFactors)]))).result
  }
  const formula = byFormula({ A: '1', B: '1', R2: '0', R3: '0' })
  const choiceOf = (one: PresentedResult, other: PresentedResult) => {
    const { code, facts } = refusalOf(() => compareResults(one, other))
    return [code, facts.choice]
  }
  expect(compareResults(result(byCutOff), result(byCutOff)).difference).toBe(0)
  expect(choiceOf(result(byCutOff), result(formula))).toEqual(['not-comparable', 'endOfLife'])
  expect(choiceOf(result(byCutOff), result(byCutOff, '3'))).toEqual(['not-comparable', 'functionalUnit'])
})

describe('whatever the numbers', () => {
  const drawnLine = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    amount: fc.oneof(
      fc.constant('0'),
      fc.integer({ min: 1, max: 10 ** 9 }).map((n) => String(n / 1000)),
    ),
    kind: fc.constantFrom('power', 'goods', 'goods-u', 'gas'),
    facility: fc.constantFrom('A', 'B', 'C'),
  })
  const drawnResult = fc
    .tuple(
      fc.uniqueArray(drawnLine, { selector: ({ id }) => id, minLength: 1, maxLength: 5 }),
      fc.constantFrom('0.5', '0.4211', '0.25'),
      fc.constantFrom(ar4, ar6),
      fc.constantFrom('0', '0.3', '0.51', '1'),
    )
    .map(([drawn, grid, set, share]) => {
      const lines = drawn.map(({ id, amount, kind, facility }): ActivityLine => {
        if (kind === 'power') return power(id, amount, { facility })
        if (kind === 'gas')
          return {
            id,
            facility,
            category: 'fugitive-emissions',
            gas: 'HFC-134a',
            quantity: { amount, unit: 'kg' },
          }
        return goods(id, amount, { facility, factor: { table: kind === 'goods' ? 't' : 'u', id: 'goods' } })
      })
      return held(result(lines, grid, { ...set, basis: 'AR6' }), { A: '1', B: share })
    })

  test('a result compared with itself has not changed at all', () => {
    fc.assert(
      fc.property(drawnResult, (one) => {
        const compared = compareResults(one, one)
        expect([compared.difference, nonZero(compared)]).toEqual([0, {}])
        expect(compared.lines.every((lines) => Object.keys(nonZero(lines)).length === 0)).toBe(true)
      }),
    )
  })

  test('swapping the years negates every part, added becoming ceased', () => {
    fc.assert(
      fc.property(drawnResult, drawnResult, (one, other) => {
        const [there, back] = [compareResults(one, other), compareResults(other, one)]
        const { added, ceased, ...parts } = back.parts
        const negated = { ...parts, added: ceased, ceased: added }
        for (const cause of changeCauses) expect(negated[cause] + there.parts[cause]).toBe(0)
        expect(back.difference + there.difference).toBe(0)
      }),
    )
  })

  test('the parts add up, of each line, of each group, and of the whole', () => {
    fc.assert(
      fc.property(drawnResult, drawnResult, (one, other) => {
        const compared = compareResults(one, other)
        const all: readonly Change[] = [
          compared,
          ...compared.lines,
          ...compared.byScope,
          ...compared.byCategory,
          ...compared.byFacility,
        ]
        for (const { parts, difference, before, after } of all) {
          const sum = changeCauses.reduce((whole, cause) => whole + parts[cause], 0)
          expect(Math.abs(sum - difference)).toBeLessThanOrEqual((Math.abs(before) + Math.abs(after)) * 1e-12)
        }
        const ofLines = compared.lines.reduce((whole, { difference }) => whole + difference, 0)
        expect(Math.abs(ofLines - compared.difference)).toBeLessThanOrEqual(
          (compared.before + compared.after) * 1e-12,
        )
      }),
    )
  })

  test('the wire has a decimal for every number', () => {
    fc.assert(
      fc.property(drawnResult, drawnResult, (one, other) => {
        const text = JSON.stringify(presentComparison(compareResults(one, other)), (_, value) => {
          if (typeof value === 'number' && ![1, 2, 3].includes(value)) throw new Error(String(value))
          return value
        })
        expect(text).toContain('"parts"')
      }),
      { numRuns: 20 },
    )
  })
})
