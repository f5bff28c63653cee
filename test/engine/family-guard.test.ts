/** The families that must not be mixed, each refused by name where a line meets it; and transmission where it belongs. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, EmissionFactor, Family } from '../../src/engine/types.ts'
import { calculated, context, factor, product, refusalOf, table } from './fixtures.ts'

const electricity = (id: string, family: Family, given: Partial<EmissionFactor> = {}) =>
  factor({
    ...{ id, family, category: 'electricity', unit: 'kWh' },
    flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.5' }],
    ...given,
  })

const generation = electricity('generation', 'electricity-generation')
const lifeCycle = electricity('life-cycle', 'electricity-life-cycle')
const lifeCycleWithGrid = electricity('with-grid', 'electricity-life-cycle', { includesTransmission: true })
const market = electricity('market', 'electricity-carbon-market')
const marginal = electricity('marginal', 'electricity-marginal')
const grid = electricity('grid', 'transmission-and-distribution', { category: 'electricity-transmission' })
const rows = [generation, lifeCycle, lifeCycleWithGrid, market, marginal, grid]
const tables = [table('t', rows)]

const line = (id: string, category: string, factorId: string): ActivityLine => ({
  ...{ id, category, quantity: { amount: '100', unit: 'kWh' }, factor: { id: factorId } },
})

const organization = (...lines: ActivityLine[]) => calculated(lines, tables)
const inProduct = (...lines: ActivityLine[]) => {
  const system = product(
    [{ id: 'p', output: { amount: '1', unit: 'kg' } }],
    lines.map((given) => ({ ...given, process: 'p' })),
    { factorTables: [{ table: 't', version: '1' }] },
  )
  return calculate(system, context(tables))
}

describe('refused by name', () => {
  test.each([
    [
      'a generation factor in a product',
      () => inProduct(line('a', 'electricity', 'generation')),
      '电力碳足迹因子',
    ],
    [
      'a life-cycle factor in scope 2',
      () => organization(line('a', 'purchased-electricity', 'life-cycle')),
      '电力二氧化碳排放因子',
    ],
    [
      'the carbon-market series in an inventory',
      () => organization(line('a', 'purchased-electricity', 'market')),
      'carbon market',
    ],
    [
      'the carbon-market series in a product',
      () => inProduct(line('a', 'electricity', 'market')),
      'carbon market',
    ],
    [
      'a marginal factor in scope 2',
      () => organization(line('a', 'purchased-electricity', 'marginal')),
      'electricity-marginal',
    ],
    [
      'a marginal factor in a product',
      () => inProduct(line('a', 'electricity', 'marginal')),
      'electricity-marginal',
    ],
    [
      'transmission in scope 2',
      () => organization(line('a', 'purchased-electricity', 'grid')),
      'fuel-and-energy-related-activities',
    ],
  ])('%s', (_, act, names) => {
    const refusal = refusalOf(act)
    expect(refusal.code).toBe('wrong-family')
    expect(refusal.facts.pointer).toBe('/lines/0/factor')
    expect(refusal.message).toContain(names)
  })

  test('a selector that asks for such a family, before anything is looked for', () => {
    const asking: ActivityLine = {
      ...line('a', 'purchased-electricity', ''),
      factor: { family: 'electricity-life-cycle' },
    }
    expect(refusalOf(() => organization(asking)).code).toBe('wrong-family')
  })

  test('a selector never finds one by chance: with these pinned, scope 2 has the generation factor only', () => {
    const selected: ActivityLine = { ...line('a', 'purchased-electricity', ''), factor: {} }
    expect(organization(selected).lines[0]?.factor?.id).toBe('generation')
  })

  test('a companion of another family', () => {
    const beside = [{ id: 'life-cycle', gases: ['CO2'] }]
    const refusal = refusalOf(() =>
      organization({ ...line('a', 'purchased-electricity', 'generation'), beside }),
    )
    expect([refusal.code, refusal.facts.pointer]).toEqual(['wrong-family', '/lines/0/beside/0'])
  })
})

describe('transmission', () => {
  test('added to a factor that holds it is refused', () => {
    const refusal = refusalOf(() =>
      inProduct(line('e', 'electricity', 'with-grid'), line('t', 'transmission', 'grid')),
    )
    expect(refusal.code).toBe('transmission-counted-twice')
    expect(refusal.facts.factors).toEqual(['with-grid'])
  })

  test('added to one that lacks it is fine', () => {
    const result = inProduct(line('e', 'electricity', 'life-cycle'), line('t', 'transmission', 'grid'))
    expect(result.total).toBe(100)
  })

  test('is fine in scope 3 category 3, beside scope 2 electricity that lacks it', () => {
    const result = organization(
      line('e', 'purchased-electricity', 'generation'),
      line('t', 'fuel-and-energy-related-activities', 'grid'),
    )
    expect(result.byScope).toEqual([
      { key: '2', kgCo2e: 50 },
      { key: '3', kgCo2e: 50 },
    ])
  })
})
