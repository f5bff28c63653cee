/**
 * Published organization inventories, recalculated. Each is read from the cases folder and skipped by name where there is
 * none; their factors go in as own factors, so that the engine's arithmetic stands against the published answers and nothing
 * of ours lies between.
 */

import { describe, expect, test } from 'vitest'
import { printRounded } from '../../src/engine/decimal.ts'
import type { CalculationResult, Family } from '../../src/engine/types.ts'
import { ar4, calculated, co2eFactor } from '../engine/fixtures.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'
import { ar5, type Gases, inventoryOf, type PublishedActivity } from './published-factors.ts'

/** One has its numbers in `examples/`; the others are about how much, and stand in `amounts.test.ts`. */
const elsewhere = [
  'food-processing-site-australia',
  'refrigerant-leak-rate',
  'university-college-2019-buildings',
]

const here = [
  'china-2018-industrial-process',
  'china-2018-sector-ghg',
  'china-diesel-factor',
  'city-stationary-energy',
  'city-transport-fuels',
  'nhs-2016-17-electricity',
  'nhs-2017-18-electricity',
  'nhs-2017-18-heat',
  'nhs-2017-18-waste',
  'nhs-2017-18-water',
  'nhs-2017-18-water-2',
  'nhs-rcu-2020-21-waste',
  'scope1-finland-examples',
  'scope2-dual-certificates',
  'university-college-2019-air-travel',
]

const read = <Shape>(name: string, absent: Shape): Shape => publishedJson(`org/${name}.json`, absent)
const rowsOf = <Row>(name: string): readonly Row[] => read<{ rows: readonly Row[] }>(name, { rows: [] }).rows
const tonnes = (result: CalculationResult, index: number) =>
  (result.lines[index]?.kgCo2e ?? Number.NaN) / 1000

/** Vitest wants at least one row of a table; without the cases it is one that is skipped. */
const published = describe.skipIf(!casesPresent)

test.skipIf(!casesPresent)(`every published organization case is tested${caseNote}`, () => {
  const index = publishedJson<{ cases: readonly { file: string }[] }>('index.json', { cases: [] })
  const files = JSON.stringify(index).match(/org\/[a-z0-9-]+\.json/g) ?? []
  const names = [...new Set(files)].map((file) => file.slice('org/'.length, -'.json'.length)).sort()
  expect(names).toEqual([...here, ...elsewhere].sort())
})

published(`China's industry${caseNote}`, () => {
  interface Product {
    product: string
    t: number
    t_per_t: Gases
    expected_t: Gases
  }

  test('process emissions of five products, gas by gas', () => {
    const rows = rowsOf<Product>('china-2018-industrial-process')
    const result = inventoryOf(
      rows.map((row) => ({
        ...{ id: row.product, category: 'process-emissions', family: 'process', unit: 't', amount: row.t },
        gases: kilograms(row.t_per_t),
      })),
      ar4,
    )
    for (const [index, row] of rows.entries()) {
      for (const { gas, kg } of result.lines[index]?.gases ?? [])
        expectRelative((kg ?? 0) / 1000, row.expected_t[gas] ?? Number.NaN, 1e-6)
      expect(result.lines[index]?.gases).toHaveLength(3)
    }
    expect(rows).toHaveLength(5)
  })

  interface Sector {
    sector: string
    fuel_t: Gases
    process_t: Gases
    expected_total_t: Gases
    expected_tCO2e: number
  }

  test('three gases of 26 sectors, fuel and process, on AR4', () => {
    const sectors = rowsOf<Sector>('china-2018-sector-ghg')
    for (const sector of sectors) {
      const result = inventoryOf(
        [
          ...gasesOf(sector.fuel_t, 'stationary-combustion', 'combustion'),
          ...gasesOf(sector.process_t, 'process-emissions', 'process'),
        ],
        ar4,
      )
      expectRelative(result.total / 1000, sector.expected_tCO2e, 1e-9)
      for (const { gas, kg } of result.byGas)
        expectRelative((kg ?? 0) / 1000, sector.expected_total_t[gas] ?? Number.NaN, 1e-9)
    }
    expect(sectors).toHaveLength(26)
  })

  /** Tonnes of each gas as activities: 1 t of a gas is 1000 kg of it. */
  function gasesOf(masses: Gases, category: string, family: Family): PublishedActivity[] {
    return Object.entries(masses).map(([gas, amount]) => ({
      ...{ id: `${category} ${gas}`, category, family, amount, unit: 't', gases: { [gas]: 1000 } },
    }))
  }
})

published(`a diesel factor from its properties${caseNote}`, () => {
  const { inputs, expected } = read('china-diesel-factor', {
    inputs: { NCV_GJ_per_t: 0, carbon_tC_per_GJ: 0, oxidation: 0 },
    expected: { kgCO2_per_TJ: 0, kgCO2_per_kg: 0 },
  })
  const oxidation = String(inputs.oxidation)
  const carbonContent = { amount: String(inputs.carbon_tC_per_GJ), unit: 'tC/GJ' }
  const line = { id: 'diesel', category: 'mobile-combustion' }

  test('per terajoule, rounded to hundreds as published: 20.2 × 44/12 × 1000 = 74066.7 → 74100', () => {
    const fuel = { carbonContent, oxidation }
    const { total } = calculated([{ ...line, quantity: { amount: '1', unit: 'TJ{NCV}' }, fuel }])
    expect(Number(printRounded(total, -2))).toBe(expected.kgCO2_per_TJ)
  })

  test('per kilogram, from the rounded factor: 74.1 kg/GJ × 43 GJ/t = 3.1863 kg/kg', () => {
    // 74100 kg CO2 per TJ are 74100 × 12 ÷ 44 kg C.
    const roundedContent = { amount: String((expected.kgCO2_per_TJ * 12) / 44 / 1000), unit: 'tC/TJ' }
    const netCalorificValue = { amount: String(inputs.NCV_GJ_per_t), unit: 'GJ/t' }
    const fuel = { netCalorificValue, carbonContent: roundedContent, oxidation }
    const { total } = calculated([{ ...line, quantity: { amount: '1', unit: 'kg' }, fuel }])
    expectRelative(total, expected.kgCO2_per_kg, 1e-4)
  })
})

published(`a city's fuels, three gases on AR5${caseNote}`, () => {
  interface FuelRow {
    row: number
    fuel: string
    amount: number
    unit?: string
    factor_unit: string
    co2: number
    ch4: number
    n2o: number
    expected_t: number
    computed_t: number
    expected_kg?: { CO2: number; 'CH4 as CO2e': number; 'N2O as CO2e': number }
  }

  const activity = (row: FuelRow): PublishedActivity => ({
    ...{ id: `row ${row.row}`, category: 'stationary-combustion', family: 'combustion', amount: row.amount },
    unit: row.factor_unit.split('/')[1] as string,
    gases: { CO2: row.co2, CH4: row.ch4, N2O: row.n2o },
  })

  test.each([
    ['city-stationary-energy', 34],
    ['city-transport-fuels', 8],
  ])('%s: %i rows', (name, count) => {
    const rows = rowsOf<FuelRow>(name)
    const result = inventoryOf(rows.map(activity), ar5)
    for (const [index, row] of rows.entries()) {
      const line = result.lines[index]
      expect(Math.abs(tonnes(result, index) - row.expected_t), `row ${row.row}`).toBeLessThanOrEqual(0.005)
      expectRelative(tonnes(result, index), row.computed_t, 1e-12)
      const parts = row.expected_kg ? Object.values(row.expected_kg) : []
      for (const [part, kg] of parts.entries())
        expectRelative(line?.gases[part]?.kgCo2e ?? Number.NaN, kg, 1e-9)
    }
    expect(rows).toHaveLength(count)
  })
})

published(`English hospitals${caseNote}`, () => {
  interface HospitalLine {
    activity: string
    amount: number
    unit: string
    factor: number
    expected_t: number
    places: number
  }
  interface Hospital {
    lines: readonly HospitalLine[]
    totals: Readonly<Record<string, { expected_t: number; of: readonly string[]; half: number }>>
  }
  const hospital = (name: string) => read<Hospital>(name, { lines: [], totals: {} })

  /** Category and family of each case's activities. */
  const places: Readonly<Record<string, (activity: string) => readonly [string, Family]>> = {
    // 0.5168 holds all life-cycle parts, which the source does not tell apart: Scope 2 and 3 together.
    'nhs-2016-17-electricity': () => ['purchased-electricity', 'electricity-generation'],
    'nhs-2017-18-waste': (activity) => [
      'waste-generated-in-operations',
      activity === 'recycling' ? 'waste-collection' : 'end-of-life',
    ],
    'nhs-rcu-2020-21-waste': () => ['waste-generated-in-operations', 'end-of-life'],
    'nhs-2017-18-water': water,
    'nhs-2017-18-water-2': water,
  }

  function water(activity: string): readonly [string, Family] {
    return [
      activity.includes('treatment') ? 'waste-generated-in-operations' : 'purchased-goods-and-services',
      'water',
    ]
  }

  test.each(Object.entries(places))('%s: lines and totals, as rounded', (name, placeOf) => {
    const { lines, totals } = hospital(name)
    const result = inventoryOf(
      lines.map((line) => {
        const [category, family] = placeOf(line.activity)
        return {
          id: line.activity,
          category,
          family,
          amount: line.amount,
          unit: line.unit,
          gases: { CO2e: line.factor },
        }
      }),
      ar5,
    )
    for (const [index, line] of lines.entries()) {
      expect(Math.abs(tonnes(result, index) - line.expected_t), line.activity).toBeLessThanOrEqual(
        0.5 * 10 ** -line.places + 1e-9,
      )
    }
    for (const { expected_t, of, half } of Object.values(totals)) {
      const sum =
        result.lines.filter(({ id }) => of.includes(id)).reduce((total, { kgCo2e }) => total + kgCo2e, 0) /
        1000
      expect(Math.abs(sum - expected_t)).toBeLessThanOrEqual(half)
    }
    expect(lines.length).toBeGreaterThan(0)
  })

  test('nhs-2017-18-electricity, its life-cycle factor in the four parts the source names, by scope', () => {
    const { lines } = hospital('nhs-2017-18-electricity')
    for (const { activity, amount, expected_t, factor } of lines) {
      if (factor !== 0.44572) continue
      const result = inventoryOf(electricityParts(amount), ar5)
      expect(Math.abs(result.total / 1000 - expected_t), activity).toBeLessThanOrEqual(0.5)
      expectRelative(result.byScope[0]?.kgCo2e ?? Number.NaN, amount * 0.35156, 1e-12)
      expectRelative(result.byScope[1]?.kgCo2e ?? Number.NaN, amount * (0.03287 + 0.05605 + 0.00524), 1e-12)
    }
    const upstream = lines.find(({ factor }) => factor === 0.05605)
    const part = inventoryOf(electricityParts(upstream?.amount ?? 0), ar5).lines[2]
    expect(Math.abs((part?.kgCo2e ?? 0) / 1000 - (upstream?.expected_t ?? Number.NaN))).toBeLessThanOrEqual(
      0.5,
    )
  })

  /** Generation, transmission losses, supply of the fuels of both: 0.44572 = 0.35156 + 0.03287 + 0.05605 + 0.00524. */
  function electricityParts(amount: number): PublishedActivity[] {
    const energyRelated = 'fuel-and-energy-related-activities'
    const parts: [string, string, Family, number][] = [
      ['generation', 'purchased-electricity', 'electricity-generation', 0.35156],
      ['transmission', energyRelated, 'transmission-and-distribution', 0.03287],
      ['supply', energyRelated, 'upstream', 0.05605],
      ['supply of losses', energyRelated, 'upstream', 0.00524],
    ]
    return parts.map(([id, category, family, kg]) => ({
      id,
      category,
      family,
      amount,
      unit: 'kWh',
      gases: { CO2e: kg },
    }))
  }

  test('nhs-2017-18-heat, burning and supply of each fuel apart', () => {
    const parts: Readonly<Record<string, readonly [number, number]>> = {
      'natural gas': [0.18416, 0.02785],
      'fuel oil': [0.26789, 0.05076],
      'coal, industrial': [0.32442, 0.05027],
    }
    const { lines } = hospital('nhs-2017-18-heat')
    for (const { activity, amount, expected_t } of lines) {
      const [burning, supply] = parts[activity] ?? [Number.NaN, Number.NaN]
      const result = inventoryOf(
        [
          {
            id: 'burning',
            category: 'stationary-combustion',
            family: 'combustion',
            amount,
            unit: 'kWh',
            gases: { CO2e: burning },
          },
          {
            id: 'supply',
            category: 'fuel-and-energy-related-activities',
            family: 'upstream',
            amount,
            unit: 'kWh',
            gases: { CO2e: supply },
          },
        ],
        ar5,
      )
      expect(Math.abs(result.total / 1000 - expected_t), activity).toBeLessThanOrEqual(0.5)
      expect(result.byScope.map(({ key }) => key)).toEqual(['1', '3'])
    }
    expect(lines).toHaveLength(3)
  })
})

published(`a Finnish office, Scope 1${caseNote}`, () => {
  interface OfficeRow {
    activity: string
    amount: number
    factor: number
    expected_kg: number
  }
  const units: Readonly<Record<string, string>> = {
    'natural gas m3': 'm3',
    'other petroleum gas l': 'L',
    'petrol medium car km': 'km',
    'natural gas kWh (net CV)': 'kWh{NCV}',
  }

  test('six lines to a hundredth of a kilogram', () => {
    const rows = rowsOf<OfficeRow>('scope1-finland-examples')
    const result = inventoryOf(
      rows.map(({ activity, amount, factor }, index) => ({
        ...{
          id: `${index} ${activity}`,
          category: activity.includes('car') ? 'mobile-combustion' : 'stationary-combustion',
        },
        ...{ family: 'combustion', amount, unit: units[activity] ?? activity, gases: { CO2e: factor } },
      })),
      ar5,
    )
    for (const [index, row] of rows.entries())
      expect(Math.abs((result.lines[index]?.kgCo2e ?? Number.NaN) - row.expected_kg)).toBeLessThanOrEqual(
        0.01,
      )
    expect(rows).toHaveLength(6)
  })
})

published(`scope 2 by both methods${caseNote}`, () => {
  test('certificates for part of the use, a residual mix for the rest: 200 t and 180 t', () => {
    const { inputs, expected } = read('scope2-dual-certificates', {
      inputs: {
        kWh: 0,
        grid_kg_per_kWh: 0,
        certificate_kWh: 0,
        certificate_factor: 0,
        residual_mix_kg_per_kWh: 0,
      },
      expected: { location_based_t: 0, market_based_t: 0, coverage_percent: 0, uncovered_kWh: 0 },
    })
    const perKWh = (id: string, category: string, kg: number) =>
      co2eFactor({ id, category, family: 'electricity-generation', unit: 'kWh' }, String(kg))
    const period = { start: '2023-01-01', end: '2024-01-01' }
    const result = calculated(
      [
        {
          ...{ id: 'use', category: 'purchased-electricity', factor: { id: 'grid' } },
          quantity: { amount: String(inputs.kWh), unit: 'kWh' },
        },
      ],
      [],
      {
        ownFactors: [
          perKWh('grid', 'electricity', inputs.grid_kg_per_kWh),
          perKWh('certified', 'electricity-wind', inputs.certificate_factor),
          perKWh('residual', 'electricity-residual-mix', inputs.residual_mix_kg_per_kWh),
        ],
        marketBased: {
          ageMonthsMax: 12,
          residual: { id: 'residual' },
          instruments: [
            {
              ...{ id: 'certificates', kind: 'other-certificate', market: 'CN', exclusive: true },
              quantity: { amount: String(inputs.certificate_kWh), unit: 'kWh' },
              ...{ factor: { id: 'certified' }, generated: period },
              consumption: { consumer: 'the organization', period, retiredOn: '2024-01-31' },
            },
          ],
        },
      },
    )
    const scope2 = result.inventory?.scope2
    expect(scope2?.locationBasedKgCo2e).toBe(expected.location_based_t * 1000)
    expect(scope2?.marketBasedKgCo2e).toBe(expected.market_based_t * 1000)
    expect(((scope2?.coveredKWh ?? 0) / (scope2?.electricityKWh ?? 0)) * 100).toBe(expected.coverage_percent)
    expect(scope2?.rest).toMatchObject([{ kWh: expected.uncovered_kWh, basis: 'residual-mix' }])
  })
})

published(`a university college's flights on AR4${caseNote}`, () => {
  test('three haul lengths and their sum, to a gram', () => {
    const given = read<{
      factors_t_per_passenger_mile: Record<string, Gases>
      miles: Gases
      expected_tCO2e: Gases
    }>('university-college-2019-air-travel', {
      factors_t_per_passenger_mile: {},
      miles: {},
      expected_tCO2e: {},
    })
    const hauls = Object.entries(given.factors_t_per_passenger_mile)
    const result = inventoryOf(
      hauls.map(([haul, gases]) => ({
        ...{
          id: haul,
          category: 'business-travel',
          family: 'travel',
          unit: 'passenger.mi',
          amount: given.miles[haul] ?? Number.NaN,
        },
        gases: kilograms(gases),
      })),
      ar4,
    )
    for (const [index, [haul]] of hauls.entries())
      expect(tonnes(result, index)).toBeCloseTo(given.expected_tCO2e[haul] ?? Number.NaN, 6)
    expect(result.total / 1000).toBeCloseTo(given.expected_tCO2e.total ?? Number.NaN, 6)
  })
})

/** Tonnes as kilograms, in decimal. */
function kilograms(masses: Gases): Gases {
  return Object.fromEntries(
    Object.entries(masses).map(([gas, t]) => [gas, Number((t * 1000).toPrecision(15))]),
  )
}

function expectRelative(actual: number, expected: number, tolerance: number): void {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(Math.abs(expected) * tolerance)
}
