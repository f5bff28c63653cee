/** The bundled tables side by side on one line: Chinese CO2, IPCC CH4 and N2O, American pollutants; and rows that are part CO2e. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import { resolveSelector } from '../../src/engine/selector.ts'
import type { ActivityLine, InventoryInput } from '../../src/engine/types.ts'
import { isProblem } from '../../src/problem.ts'
import { inspectTable, parseTable } from '../../src/tables/parse.ts'
import { gwpSet, gwpSets, table } from './bundled.ts'

function inventory(line: ActivityLine, names: readonly string[], gwp = 'ipcc-ar6') {
  const tables = names.map((name) => table(name).table)
  const { set } = gwpSet(gwp)
  const input: InventoryInput = {
    kind: 'organization',
    period: { start: '2024-01-01', end: '2025-01-01' },
    region: 'CN',
    gwpSet: { id: set.id, version: set.version },
    factorTables: tables.map(({ table, version }) => ({ table, version })),
    lines: [line],
  }
  return calculate(input, { tables, gwpSet: set })
}

function codeOf(act: () => unknown): string {
  try {
    act()
  } catch (problem) {
    if (isProblem(problem)) return problem.code
    throw problem
  }
  return 'none'
}

const fuelTables = ['cn-fuel', 'ipcc-2006-stationary', 'air-pollutants-boilers']

describe('1,000 L of diesel in a boiler, 0.84 kg/L, 0.05 % sulphur', () => {
  const line: ActivityLine = {
    ...{ id: 'boiler', category: 'stationary-combustion', quantity: { amount: '1000', unit: 'L' } },
    ...{ density: { amount: '0.84', unit: 'kg/L' }, sulphurPercent: '0.05' },
    fuel: { table: 'cn-fuel', id: 'set-b-diesel' },
    beside: [
      {
        ...{ table: 'ipcc-2006-stationary', id: 'ipcc2006-stationary-gas-diesel-oil-tj' },
        gases: ['CH4', 'N2O'],
      },
      {
        ...{ table: 'air-pollutants-boilers', id: 'pollutant-ap42-distillate-boiler' },
        gases: ['NOx', 'SO2-per-percent-sulphur'],
      },
    ],
  }
  const result = inventory(line, fuelTables)
  const kgOf = (name: string) => result.byGas.find(({ gas }) => gas === name)?.kg

  test('gives each gas of its own source, and pollutants beside', () => {
    // 0.84 t × 42.652 GJ/t = 35.82768 GJ; × 20.2 × 0.98 × 44 ÷ 12 = 2,600.5640953… kg CO2.
    expect(kgOf('CO2')).toBeCloseTo(2600.5640954, 6)
    // 0.03582768 TJ × 3 kg and × 0.6 kg (IPCC 2006 Vol. 2 Table 2.3).
    expect(kgOf('CH4')).toBeCloseTo(0.10748304, 12)
    expect(kgOf('N2O')).toBeCloseTo(0.021496608, 12)
    // AP-42 Table 1.3-1 per litre: 1,000 × 0.002396528546; SO2 1,000 × 0.017015352679 × 0.05.
    expect(kgOf('NOx')).toBeCloseTo(2.396528546, 12)
    expect(kgOf('SO2')).toBeCloseTo(0.85076763395, 12)
  })

  test('weighs CO2, CH4 and N2O, and says that nobody confirmed the pollutants', () => {
    // 2,600.5640954 + 0.10748304 × 27 + 0.021496608 × 273.
    expect(result.total).toBeCloseTo(2600.5640954 + 2.90204208 + 5.868573984, 6)
    expect(result.gasesNotCovered).toEqual([])
    expect(result.flags).toEqual([{ code: 'unverified-factor', lines: ['boiler'], share: 1 }])
  })

  test('without the sulphur content SO2 is refused, not left out', () => {
    expect(codeOf(() => inventory({ ...line, sulphurPercent: undefined }, fuelTables))).toBe(
      'property-missing',
    )
  })
})

describe('rows of gas masses with a CO2e for the rest', () => {
  const bought = (id: string, unit: string): ActivityLine => ({
    ...{ id: 'bought', category: 'purchased-goods-and-services', quantity: { amount: '1000', unit } },
    factor: { id },
  })

  test('US supply chain: the rest is on AR5, so AR5 weighs it all, and another set is refused', () => {
    const line = bought('useeio-sc-1.3-111110-wm', 'USD{2022}')
    // The source prints 0.532 kg per dollar, and each gas to three digits.
    expect(inventory(line, ['us-supply-chain'], 'ipcc-ar5').total).toBeCloseTo(532, 0)
    expect(codeOf(() => inventory(line, ['us-supply-chain'], 'ipcc-ar6'))).toBe('gwp-basis-mismatch')
  })

  test('imports from China: the rest is on a basis nobody states; the masses are weighed by the set, the line flagged', () => {
    const result = inventory(bought('useeio-import-cn-2019-1111a0', 'USD{2019}'), ['us-import-factors-cn'])
    // 407.3828384 + 4.316054301 × 27 + 1.379873648 × 273 + 0.00016959 × 24,300 + 11.133.
    expect(result.total).toBeCloseTo(915.875847431, 8)
    expect(result.flags.map(({ code, share }) => [code, share])).toEqual([
      ['gwp-basis-not-stated', 1],
      ['gases-not-covered', 1],
    ])
  })
})

describe('the examples that the documentation prints', () => {
  const jsonIn = (page: string) => {
    const text = readFileSync(new URL(`../../docs/${page}`, import.meta.url), 'utf8')
    return [...text.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json]) => JSON.parse(json ?? ''))
  }

  test('calculation.md: a boiler with factors beside its fuel', () => {
    const line = jsonIn('calculation.md').find(({ beside }) => beside !== undefined)
    const { lines } = inventory(line, ['cn-fuel', 'ipcc-2006-stationary', 'air-pollutants-emep'])
    const shown = lines[0]?.gases.map(({ gas, kg }) => [gas, Number(kg?.toFixed(6))])
    // 426.52 GJ × 0.051 and × 0.0019 (EMEP/EEA 1.A.4.b.i Tier 1, kg per GJ on the net calorific value).
    expect(shown).toEqual([
      ['CO2', 30959.096373],
      ['CH4', 1.27956],
      ['N2O', 0.255912],
      ['NOx', 21.75252],
      ['PM2.5', 0.810388],
    ])
  })

  test('factor-tables.md: two selectors, one found and one refused by its family', () => {
    const [question] = jsonIn('factor-tables.md').filter(({ selectors }) => selectors !== undefined)
    const { kind, region, factorTables, selectors } = question
    const tables = factorTables.map(({ table: name }: { table: string }) => table(name).table)
    const frame = { kind, region, library: { tables, own: [] } }
    expect(resolveSelector(selectors[0], frame).row.id).toBe('cn-grid-co2-2023-fj')
    expect(codeOf(() => resolveSelector(selectors[1], frame))).toBe('wrong-family')
  })

  test('registry.md: a private table that passes the rules', () => {
    const text = readFileSync(new URL('../../docs/registry.md', import.meta.url), 'utf8')
    const printed = (block: RegExp) => block.exec(text)?.[1] ?? ''
    const files = {
      'table.json': printed(/```json\n([\s\S]*?)```/),
      'factors.csv': printed(/```\n(id,[\s\S]*?)```/),
    }
    expect(inspectTable(files, gwpSets).faults).toEqual([])
    expect(parseTable(files, gwpSets).table.factors.map(({ id }) => id)).toEqual(['steam-3'])
  })
})
