/** One family of fuel defaults in an inventory: the guideline's, or at least one only. */

import { describe, expect, test } from 'vitest'
import type { ActivityLine, FuelChoice, FuelProperties } from '../../../src/engine/types.ts'
import { calculated, diesel, factor, naturalGas, refusalOf, table } from '../fixtures.ts'

const of = (source: string, fuel: FuelProperties): FuelProperties => ({
  ...fuel,
  id: `${source}-${fuel.id}`,
  source: { id: source, locator: 'annex' },
})
const burning = (id: string, source: string) => factor({ id, source: { id: source, locator: 'annex' } })
const tables = [
  table(
    'fuels',
    [burning('made-of-a', 'A'), burning('made-of-b', 'B'), burning('elsewhere', 'DESNZ')],
    [of('A', diesel), of('B', diesel), of('B', naturalGas)],
  ),
]

const line = (id: string, given: Partial<ActivityLine>): ActivityLine => ({
  ...{ id, category: 'stationary-combustion', quantity: { amount: '1', unit: 't' } },
  ...given,
})
const fuel = (choice: FuelChoice): ActivityLine => line(JSON.stringify(choice), { fuel: choice })
const byFactor = (id: string) => line(id, { factor: { id } })
const measured: FuelChoice = {
  netCalorificValue: { amount: '42', unit: 'GJ/t' },
  carbonContent: { amount: '20', unit: 'tC/TJ' },
  oxidation: '0.98',
}
const total = (lines: readonly ActivityLine[], fuelDefaults?: string) =>
  calculated(
    lines,
    tables,
    fuelDefaults === undefined ? {} : { sectorGuideline: { id: 'GB/T 32151.10', fuelDefaults } },
  )

describe('with a sector’s guideline', () => {
  test('takes the defaults it asks for, and says which guideline', () => {
    const result = total([fuel({ id: 'A-diesel' }), byFactor('made-of-a')], 'A')
    // 42.652 GJ × 20.2 × 0.98 × 44 ÷ 12 = 3095.909… kg, and 3000 kg by factor.
    expect(result.total).toBeCloseTo(6095.9096, 4)
    expect(result.inventory?.sectorGuideline).toEqual({ id: 'GB/T 32151.10', fuelDefaults: 'A' })
  })

  test('refuses others by name: line, source, and what was asked', () => {
    const refusal = refusalOf(() => total([fuel({ id: 'A-diesel' }), fuel({ id: 'B-diesel' })], 'A'))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['wrong-fuel-defaults', '/lines/1/fuel'])
    expect(refusal.facts).toMatchObject({ source: 'B', asked: 'A', sources: ['A', 'B'] })
    expect(refusal.facts.detail).toContain('GB/T 32151.10')
  })

  test('refuses one default beside two measured properties', () => {
    const { oxidation: _, ...two } = measured
    expect(refusalOf(() => total([fuel({ id: 'B-diesel', ...two })], 'A')).code).toBe('wrong-fuel-defaults')
  })

  test('refuses a factor made of other defaults', () => {
    const refusal = refusalOf(() => total([byFactor('made-of-b')], 'A'))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['wrong-fuel-defaults', '/lines/0/factor'])
  })

  test('has nothing to say of measured properties, nor of factors that are made of no defaults', () => {
    const lines = [fuel(measured), fuel({ id: 'B-diesel', ...measured }), byFactor('elsewhere')]
    // 42 × 20 × 0.98 × 44 ÷ 12 = 3018.4, twice, and 3000.
    expect(total(lines, 'A').total).toBeCloseTo(9036.8, 9)
  })
})

describe('without one', () => {
  test('takes the defaults of one source', () => {
    const lines = [fuel({ id: 'B-diesel' }), byFactor('made-of-b'), byFactor('elsewhere'), fuel(measured)]
    expect(total(lines).inventory?.sectorGuideline).toBeNull()
  })

  test('refuses those of two, naming both, at the line that brings the second', () => {
    const lines = [fuel({ id: 'A-diesel' }), fuel(measured), fuel({ id: 'B-diesel' })]
    const refusal = refusalOf(() => total(lines))
    expect([refusal.code, refusal.facts.pointer, refusal.facts.sources]).toEqual([
      'fuel-defaults-mixed',
      '/lines/2/fuel',
      ['A', 'B'],
    ])
    expect(refusalOf(() => total([fuel({ id: 'A-diesel' }), byFactor('made-of-b')])).facts.pointer).toBe(
      '/lines/1/factor',
    )
  })

  test('counts a default only where it is taken: carbon by mass needs no calorific value', () => {
    const byMass: FuelChoice = {
      ...{ id: 'B-diesel', carbonContent: { amount: '0.86', unit: 'tC/t' }, oxidation: '0.98' },
    }
    expect(() => total([fuel({ id: 'A-diesel' }), fuel(byMass)])).not.toThrow()
  })

  test('and then takes it where a factor beside needs the energy', () => {
    const perEnergy = factor({
      ...{ id: 'ch4', unit: 'TJ{NCV}', source: { id: 'IPCC', locator: 'table' } },
      flows: [{ kind: 'fossil', gas: 'CH4', kg: '3' }],
    })
    const byMass = line('by mass', {
      fuel: { id: 'B-diesel', carbonContent: { amount: '0.86', unit: 'tC/t' }, oxidation: '0.98' },
      beside: [{ id: 'ch4', gases: ['CH4'] }],
    })
    const act = () => calculated([fuel({ id: 'A-diesel' }), byMass], [...tables, table('ipcc', [perEnergy])])
    expect(refusalOf(act).code).toBe('fuel-defaults-mixed')
  })
})
