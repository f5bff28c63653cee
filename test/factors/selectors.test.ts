/** The bundled tables as a calculation meets them: selectors find one factor, and a published example comes out. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, CalculationResult, InventoryInput } from '../../src/engine/types.ts'
import { isProblem } from '../../src/problem.ts'
import { gwpSet, table } from './bundled.ts'

interface Setting {
  readonly tables: readonly string[]
  readonly gwp?: string
  readonly region?: string
  readonly year?: number
}

function inventory(lines: readonly ActivityLine[], setting: Setting): CalculationResult {
  const { tables, gwp = 'ipcc-ar6', region = 'CN', year = 2024 } = setting
  const published = tables.map((name) => table(name).table)
  const set = gwpSet(gwp).set
  const input: InventoryInput = {
    kind: 'organization',
    period: { start: `${year}-01-01`, end: `${year + 1}-01-01` },
    region,
    gwpSet: { id: set.id, version: set.version },
    factorTables: published.map(({ table, version }) => ({ table, version })),
    lines,
  }
  return calculate(input, { tables: published, gwpSet: set })
}

function electricity(region: string, year: number) {
  const line: ActivityLine = {
    id: 'grid',
    category: 'purchased-electricity',
    quantity: { amount: '250', unit: 'kWh' },
    factor: {},
  }
  return inventory([line], { tables: ['cn-electricity-co2'], region, year })
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

describe('a selector in cn-electricity-co2', () => {
  test.each([
    ['CN-FJ', 2023, 'cn-grid-co2-2023-fj'],
    ['CN-FJ', 2022, 'cn-grid-co2-2022-fj'],
    // No factor of 2025 yet: the nearest earlier year.
    ['CN-FJ', 2025, 'cn-grid-co2-2023-fj'],
    // Tibet has none: the national one.
    ['CN-XZ', 2023, 'cn-grid-co2-2023-national'],
    ['CN', 2021, 'cn-grid-co2-2021-national'],
    ['CN-x-east', 2023, 'cn-grid-co2-2023-region-east'],
  ])('for %s in %i takes %s', (region, year, id) => {
    expect(electricity(region, year).lines[0]?.factor?.id).toBe(id)
  })

  test('weighs 250 kWh of Fujian at 105.275 kg', () => {
    expect(electricity('CN-FJ', 2023).total).toBeCloseTo(105.275, 10)
  })

  test('never takes a later year, nor one further back than three', () => {
    expect(codeOf(() => electricity('CN-FJ', 2020))).toBe('unknown-factor')
    expect(codeOf(() => electricity('CN-FJ', 2027))).toBe('unknown-factor')
  })
})

describe('guards that the tables bring about', () => {
  const tables = ['cn-electricity-co2', 'cn-electricity-life-cycle', 'cn-fuel']
  const line = (id: string): ActivityLine => ({
    id: 'grid',
    category: 'purchased-electricity',
    quantity: { amount: '1', unit: 'kWh' },
    factor: { id },
  })

  test('a life-cycle factor is refused in scope 2', () => {
    expect(codeOf(() => inventory([line('cn-elec-footprint-2024-national')], { tables }))).toBe(
      'wrong-family',
    )
  })

  test('the carbon-market factor is refused in an inventory', () => {
    expect(codeOf(() => inventory([line('cn-grid-co2-ets-2022')], { tables }))).toBe('wrong-family')
  })

  test('purchased heat is found by selector, and steam by its enthalpy', () => {
    const heat: ActivityLine = {
      id: 'heat',
      category: 'purchased-heat',
      quantity: { amount: '2', unit: 'GJ' },
      factor: {},
    }
    // 2 GJ × 110 kg CO2/GJ.
    expect(inventory([heat], { tables, region: 'CN-FJ' }).total).toBe(220)
  })

  test('coal burnt on Chinese defaults is what its factor says', () => {
    const burnt: ActivityLine = {
      id: 'coal',
      category: 'stationary-combustion',
      quantity: { amount: '1', unit: 't' },
      fuel: { table: 'cn-fuel', id: 'set-a-anthracite' },
    }
    // 24.515 GJ/t × 27.49 kg C/GJ × 0.94 × 44/12 = 2322.768466 kg CO2.
    expect(inventory([burnt], { tables }).total).toBeCloseTo(2322.768466, 5)
  })
})

describe('tables of other countries', () => {
  const grid = (choice: { readonly id?: string } = {}): ActivityLine => ({
    ...{ id: 'grid', category: 'purchased-electricity', quantity: { amount: '1000', unit: 'kWh' } },
    factor: choice,
  })
  const bought = (amount: string, unit: string, id: string): ActivityLine => ({
    ...{ id: 'bought', category: 'purchased-goods-and-services', quantity: { amount, unit }, factor: { id } },
  })
  const us = { tables: ['us-epa-hub', 'us-egrid'], region: 'US-x-CAMX' }

  test('eGRID revision 2 answers for US electricity, though the Hub stands first', () => {
    expect(inventory([grid()], { ...us, gwp: 'ipcc-ar5' }).lines[0]?.factor?.id).toBe('egrid-2023r2-camx')
    const california = inventory([grid()], { ...us, gwp: 'ipcc-ar5', region: 'US-CA' })
    expect(california.lines[0]?.factor?.id).toBe('egrid-2023r2-us')
  })

  test('the earlier release in the Hub is there for who names it, by gas', () => {
    const line = grid({ id: 'epa-hub-2025-t6-us-average-total' })
    // 1000 kWh × (0.3499569461 + 0.00002585476509 × 27 + 0.00000362873896 × 273) kg, AR6.
    expect(inventory([line], us).total).toBeCloseTo(351.6456704, 6)
  })

  test('a residual mix answers no selector', () => {
    const tables = ['au-nga']
    const year = 2025
    expect(codeOf(() => inventory([grid()], { tables, year, region: 'AU' }))).toBe('unknown-factor')
    const nsw = inventory([grid()], { tables, year, region: 'AU-NSW', gwp: 'ipcc-ar5' })
    expect(nsw.total).toBe(640)
  })

  test('power that burns nothing is conveyed by instruments, and no line and no selector takes it', () => {
    const tables = ['renewable-electricity', 'cn-electricity-co2']
    const wind = 'renewable-electricity-wind'
    const setting = { tables, region: 'CN-FJ', year: 2026 }
    // Pinned first, of the world and of the year itself: the grid's average answers all the same.
    expect(inventory([grid()], setting).lines[0]?.factor?.id).toBe('cn-grid-co2-2023-fj')
    const selecting = (factor: object): ActivityLine => ({ ...grid(), factor })
    const conveyed = 'factor-conveyed-only'
    expect(codeOf(() => inventory([selecting({ id: wind })], setting))).toBe(conveyed)
    expect(codeOf(() => inventory([selecting({ factorCategory: 'electricity-renewable' })], setting))).toBe(
      'ambiguous-factor',
    )
    const gases = { ...grid(), beside: [{ id: wind, gases: ['CH4', 'N2O'] }] }
    expect(codeOf(() => inventory([gases], setting))).toBe(conveyed)
    // A category that selects no factor category of its own finds no zero either.
    const commute: ActivityLine = { ...grid(), category: 'employee-commuting' }
    expect(codeOf(() => inventory([commute], { ...setting, tables: tables.slice(0, 1) }))).toBe(
      'unknown-factor',
    )
  })

  test('an instrument conveys it, nothing of it is a gap, and the rest never takes it', () => {
    const tables = ['renewable-electricity', 'cn-electricity-co2']
    const published = tables.map((name) => table(name).table)
    const period = { start: '2024-01-01', end: '2025-01-01' }
    const set = gwpSet('ipcc-ar6').set
    const factor = { id: 'renewable-electricity-wind' }
    const contract = {
      ...{
        id: 'wind',
        kind: 'supplier-specific' as const,
        market: 'CN',
        exclusive: true,
        generated: period,
        factor,
      },
      quantity: { amount: '600', unit: 'kWh' },
      consumption: { consumer: 'us', period, retiredOn: '2025-01-20' },
    } as const
    const calculated = (residual?: { readonly id: string }) => {
      const input: InventoryInput = {
        ...{ kind: 'organization', period, region: 'CN-FJ', lines: [grid()] },
        gwpSet: { id: set.id, version: set.version },
        factorTables: published.map(({ table, version }) => ({ table, version })),
        marketBased: { instruments: [contract], ageMonthsMax: 12, ...(residual && { residual }) },
      }
      return calculate(input, { tables: published, gwpSet: set })
    }
    // By location 1,000 × 0.4211; by market 600 × 0 + 400 × 0.6096 (the average without traded green power).
    const { total, inventory: found } = calculated()
    expect(total).toBeCloseTo(421.1, 10)
    expect(found?.scope2?.marketBasedKgCo2e).toBeCloseTo(243.84, 10)
    expect(found?.scope2?.instruments[0]).toMatchObject({ kgCo2e: 0, factor: { confirmation: 'primary' } })
    expect(codeOf(() => calculated(factor))).toBe('factor-conveyed-only')
  })

  test.each([
    ['world-electricity-ifi', 'ifi-grid-2021-germany-om'],
    ['world-electricity-ember', 'ember-deu-2024'],
    ['us-epa-hub', 'epa-hub-2025-t6-us-average-nonbaseload'],
    ['cn-cpcd-core', 'cpcd-17100h3092023c'],
  ])('scope 2 refuses %s %s', (name, id) => {
    expect(codeOf(() => inventory([grid({ id })], { tables: [name], region: 'DE' }))).toBe('wrong-family')
  })

  test('money weighs purchases, of its own year and on the basis of its table', () => {
    const tables = ['us-supply-chain']
    const beans = bought('1000', 'USD{2022}', 'useeio-sc-1.3-111110-wm')
    // Printed: 0.532 kg CO2e per dollar; its gases add up to within half a gram.
    expect(inventory([beans], { tables, gwp: 'ipcc-ar5' }).total / 1000).toBeCloseTo(0.532, 3)
    expect(codeOf(() => inventory([beans], { tables, gwp: 'ipcc-ar6' }))).toBe('gwp-basis-mismatch')
    const older = bought('1000', 'USD{2019}', 'useeio-sc-1.3-111110-wm')
    expect(codeOf(() => inventory([older], { tables, gwp: 'ipcc-ar5' }))).toBe('property-missing')
  })

  test('food at the plate is bought, and nothing that reaches further or less far', () => {
    const meal = bought('10', 'kg', 'agribalyse-3.1-11084')
    expect(inventory([meal], { tables: ['fr-agribalyse'], region: 'FR' }).total).toBeCloseTo(67.458055, 9)
    const tables = ['cn-cpcd-core']
    const bridge = bought('1', 'm2', 'cpcd-53221x0082023c')
    const stamping = bought('1', 'kg', 'cpcd-54699x0102025c')
    for (const line of [bridge, stamping]) {
      expect(codeOf(() => inventory([line], { tables }))).toBe('wrong-family')
    }
  })
})

const caseFile = join(
  process.env.EGRET_CASES ?? '../shared/cases',
  'org',
  'food-processing-site-australia.json',
)
const hasCase = existsSync(caseFile)

describe.skipIf(!hasCase)(
  `the published food processing site${hasCase ? '' : ' (skipped: no published cases)'}`,
  () => {
    const used = (
      id: string,
      category: string,
      amount: string,
      unit: string,
      factor: string,
    ): ActivityLine => ({
      ...{ id, category, quantity: { amount, unit } },
      factor: { id: `au-fp-${factor}` },
    })
    const fuels = [
      ['petrol', '12', 'kL'],
      ['diesel', '10', 'kL'],
      ['lpg', '5', 'kL'],
      ['natural-gas', '3', 'GJ'],
    ] as const
    const burnt = fuels.map(([fuel, amount, unit]) => {
      return used(`${fuel} burnt`, 'stationary-combustion', amount, unit, `${fuel}-${unit.toLowerCase()}`)
    })
    const supplied = fuels.map(([fuel, amount, unit]) => {
      const factor = `${fuel}-${unit.toLowerCase()}-scope-3`
      return used(`${fuel} supplied`, 'fuel-and-energy-related-activities', amount, unit, factor)
    })
    const leaks = [
      ['hfc-23', '5'],
      ['r-409a', '6'],
      ['hfc-152a', '7'],
      ['r-422d', '8'],
    ].map(([gas, kg]) => used(`${gas} leaked`, 'fugitive-emissions', kg!, 'kg', gas!))
    // A quarter of the 4,000 kWh is renewable.
    const others = [
      used('purchased CO2', 'process-emissions', '12.4', 'kg', 'purchased-co2'),
      used('waste water', 'fugitive-emissions', '10000', 'kL', 'wastewater-kl'),
      used('composting', 'process-emissions', '40', 't', 'composting'),
      used('grid', 'purchased-electricity', '3000', 'kWh', 'electricity-scope-2'),
      used('grid supply', 'fuel-and-energy-related-activities', '3000', 'kWh', 'electricity-scope-3'),
      used('solid waste', 'waste-generated-in-operations', '100', 't', 'solid-waste'),
    ]
    const expected = hasCase
      ? (JSON.parse(readFileSync(caseFile, 'utf8')) as { expected: Record<string, Record<string, number>> })
          .expected
      : {}
    const result = () =>
      inventory([...burnt, ...supplied, ...leaks, ...others], {
        tables: ['au-food-processing-example'],
        gwp: 'ipcc-ar5',
        region: 'AU-WA',
      })
    const tonnes = (lines: readonly { kgCo2e: number }[]) =>
      lines.reduce((sum, l) => sum + l.kgCo2e, 0) / 1000

    test('comes to its published scopes and gross total within 0.000001 t', () => {
      const scopes = Object.fromEntries(result().byScope.map(({ key, kgCo2e }) => [key, kgCo2e / 1000]))
      expect(scopes['1']).toBeCloseTo(expected.scope1!.total!, 6)
      expect(scopes['2']).toBeCloseTo(expected.scope2!.total!, 6)
      expect(scopes['3']).toBeCloseTo(expected.scope3!.total!, 6)
      expect(result().total / 1000).toBeCloseTo(350.17672328, 6)
    })

    test('comes to its published lines', () => {
      const lines = Map.groupBy(result().lines, ({ id }) => id.split(' ').at(-1) as string)
      expect(tonnes(lines.get('leaked')!)).toBeCloseTo(expected.scope1!.refrigerants!, 6)
      expect(tonnes(lines.get('water')!)).toBeCloseTo(expected.scope1!.wastewater!, 6)
      expect(tonnes(lines.get('supplied')!)).toBeCloseTo(expected.scope3!.fuel!, 6)
      const fossil = lines.get('burnt')!.flatMap(({ gases }) => gases)
      const ofGas = (gas: string) =>
        fossil.filter((g) => g.gas === gas).reduce((sum, g) => sum + (g.kgCo2e ?? 0), 0) / 1000
      expect(ofGas('CO2')).toBeCloseTo(expected.scope1!.fuelCO2!, 6)
      expect(ofGas('CH4')).toBeCloseTo(expected.scope1!.fuelCH4!, 6)
      expect(ofGas('N2O')).toBeCloseTo(expected.scope1!.fuelN2O!, 6)
    })
  },
)
