/** Published cases that are about how much: shares of buildings, a leak rate, freight. Skipped by name where there are none. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, EmissionFactor, Family } from '../../src/engine/types.ts'
import { ar4, calculated, co2eFactor, context, factor, inventory } from '../engine/fixtures.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'

const published = describe.skipIf(!casesPresent)

published(`university-college-2019-buildings${caseNote}`, () => {
  type Utility = 'steam' | 'electricity' | 'chilled_water' | 'water' | 'sewer' | 'natural_gas'
  interface Building {
    building: number
    share: number
    metered: Readonly<Record<Utility, number>>
    expected_tCO2e: Readonly<Record<Utility, number>>
    expected_total_tCO2e: number
  }
  const given = publishedJson<{
    factors: Record<Utility, { tCO2e_per_unit: number }>
    electricity_factor: {
      lb_per_MWh: Record<'CO2' | 'CH4' | 'N2O', number>
      lb_per_tonne: number
      expected_tCO2e_per_kWh: number
    }
    chilled_water: { kWh_per_ton_hour: number; expected_tCO2e_per_ton_hour: number }
    buildings: readonly Building[]
    expected_total_tCO2e: number
  }>('org/university-college-2019-buildings.json', {
    factors: {} as never,
    electricity_factor: {
      lb_per_MWh: { CO2: 0, CH4: 0, N2O: 0 },
      lb_per_tonne: 1,
      expected_tCO2e_per_kWh: 0,
    },
    chilled_water: { kWh_per_ton_hour: 1, expected_tCO2e_per_ton_hour: 0 },
    buildings: [],
    expected_total_tCO2e: 0,
  })

  /** How each utility is bought: category, family, unit of the meter, and how many of them one of the source's is. */
  const utilities: Readonly<Record<Utility, readonly [string, Family, string, number]>> = {
    steam: ['purchased-heat', 'heat', 'lb', 1000],
    electricity: ['purchased-electricity', 'electricity-generation', 'kWh', 1],
    chilled_water: ['purchased-cooling', 'electricity-generation', 'ton_hour', 1],
    water: ['purchased-goods-and-services', 'water', 'gal_us', 1000],
    sewer: ['waste-generated-in-operations', 'water', 'gal_us', 1000],
    natural_gas: ['stationary-combustion', 'combustion', 'mmBtu', 1],
  }
  const names = Object.keys(utilities) as Utility[]
  const bought = names.filter((name) => name !== 'chilled_water')

  /** A ton-hour is 12.66067023144 MJ of cooling, and takes 0.5 kWh: that much cooling per electricity. */
  const coefficientOfPerformance = String(12.66067023144 / 3.6 / given.chilled_water.kWh_per_ton_hour)

  const factors = (): EmissionFactor[] =>
    bought.map((name) => {
      const [, family, unit, many] = utilities[name]
      const kg = (given.factors[name].tCO2e_per_unit * 1000) / many
      return co2eFactor({ id: name, family, unit, gwpBasis: 'AR4' }, String(kg))
    })

  const lineOf = (name: Utility, { building, share, metered }: Building): ActivityLine => {
    const [category, , unit, many] = utilities[name]
    const isCooling = name === 'chilled_water'
    return {
      ...{ id: `${building} ${name}`, category, facility: String(building), attribution: String(share) },
      quantity: { amount: String(metered[name] * many), unit },
      factor: { id: isCooling ? 'electricity' : name },
      ...(isCooling ? { coefficientOfPerformance } : {}),
    }
  }

  test('eleven buildings by the college’s share of their floors, six utilities each', () => {
    const { buildings } = given
    const lines = buildings.flatMap((building) => names.map((name) => lineOf(name, building)))
    const pin = { gwpSet: { id: ar4.id, version: ar4.version }, region: 'US', ownFactors: factors() }
    const result = calculate(inventory(lines, [], pin), context([], ar4))
    for (const [index, building] of buildings.entries()) {
      for (const [offset, name] of names.entries()) {
        const tonnes = (result.lines[index * names.length + offset]?.kgCo2e ?? Number.NaN) / 1000
        expectRelative(tonnes, building.expected_tCO2e[name], `${building.building} ${name}`)
      }
      const whole = result.byFacility.find(({ key }) => key === String(building.building))
      expectRelative((whole?.kgCo2e ?? 0) / 1000, building.expected_total_tCO2e, String(building.building))
    }
    expect(buildings).toHaveLength(11)
    expectRelative(result.total / 1000, given.expected_total_tCO2e, 'all')
  })

  test('its electricity factor, gas by gas: (1067.7 + 0.099 × 25 + 0.014 × 298) ÷ 2204.62 t per MWh', () => {
    const { lb_per_MWh, lb_per_tonne, expected_tCO2e_per_kWh } = given.electricity_factor
    const flows = Object.entries(lb_per_MWh).map(([gas, pounds]) => ({
      kind: 'fossil' as const,
      gas,
      kg: String((pounds / lb_per_tonne) * 1000),
    }))
    const own = factor({ id: 'grid', family: 'electricity-generation', unit: 'MWh', flows })
    const line: ActivityLine = {
      ...{ id: 'power', category: 'purchased-electricity', factor: { id: 'grid' } },
      quantity: { amount: '1', unit: 'kWh' },
    }
    const pin = { gwpSet: { id: ar4.id, version: ar4.version }, ownFactors: [own] }
    const result = calculate(inventory([line], [], pin), context([], ar4))
    expectRelative(result.total / 1000, expected_tCO2e_per_kWh, 'per kWh')
  })
})

published(`refrigerant-leak-rate${caseNote}`, () => {
  test('1 kg added to 5 kg after 275 days: 26.545 % and 1.3273 kg a year, an estimate', () => {
    const { inputs, expected } = publishedJson('org/refrigerant-leak-rate.json', {
      inputs: { added_kg: 0, full_charge_kg: 0, days: 0 },
      expected: { rate_percent: 0, kg_per_year: 0 },
    })
    const leakage = {
      unit: 'kg',
      charge: String(inputs.full_charge_kg),
      toppedUp: String(inputs.added_kg),
      days: String(inputs.days),
    }
    const chiller = { id: 'chiller', category: 'fugitive-emissions', gas: 'HFC-134a', leakage }
    const { lines, flags } = calculated([chiller])
    const rate = lines[0]?.working.find(({ name }) => name === 'annualRate')?.value ?? Number.NaN
    const lost = lines[0]?.activity.amount ?? Number.NaN
    expect(Math.abs(rate * 100 - expected.rate_percent)).toBeLessThanOrEqual(0.05)
    expect(Math.abs(lost - expected.kg_per_year)).toBeLessThanOrEqual(0.005)
    // By hand: 1 ÷ 5 × 365 ÷ 275 = 0.26545454…, × 5 kg = 1.32727272….
    expect(rate).toBeCloseTo(0.265454545454545, 12)
    expect(lost).toBeCloseTo(1.32727272727273, 12)
    expect(flags.map(({ code }) => code)).toContain('estimated')
  })
})

const leg = (id: string, kilograms: number, kilometres: number): ActivityLine => ({
  ...{ id, category: 'upstream-transportation-and-distribution', factor: { id } },
  quantity: { amount: String(kilograms), unit: 'kg' },
  distance: { amount: String(kilometres), unit: 'km' },
})

published(`ileap-shipment-one-leg${caseNote}`, () => {
  test('87 kg over 423 km are 36.801 t·km, well to wheel and on the way', () => {
    const { inputs, expected } = publishedJson('transport/ileap-shipment-one-leg.json', {
      inputs: { mass_kg: 0, distance_km: 0 },
      expected: {
        transport_activity_tkm: 0,
        co2e_WTW_kg: 0,
        intensity_kg_per_tkm: 0,
        co2e_TTW_kg: 0,
      },
    })
    const { transport_activity_tkm: activity, co2e_WTW_kg: whole, co2e_TTW_kg: burnt } = expected
    const line = leg('road', inputs.mass_kg, inputs.distance_km)
    const by = (kg: number) => {
      const own = co2eFactor({ id: 'road', family: 'transport', unit: 't.km' }, String(kg))
      return calculated([line], [], { ownFactors: [own] })
    }
    const result = by(expected.intensity_kg_per_tkm)
    expect(result.lines[0]?.activity.amount).toBeCloseTo(activity, 9)
    expect(result.total).toBeCloseTo(whole, 9)
    // The source prints no intensity of the burning alone: 3.2801 ÷ 36.801.
    expect(by(burnt / activity).total).toBeCloseTo(burnt, 9)
  })
})

published(`parcels-truck-energy${caseNote}`, () => {
  test('twelve parcels on two trucks: 34, 22 and 56 MJ, 4.9662 kg CO2e', () => {
    const { inputs, expected, derived } = publishedJson('transport/parcels-truck-energy.json', {
      inputs: {
        mass_kg_per_parcel: 0,
        parcels: 0,
        legs: [] as { truck: string; km: number; MJ_per_tkm: number }[],
        diesel_gCO2e_per_MJ: 1,
      },
      expected: { heavy_MJ: 0, light_MJ: 0, total_MJ: 0 },
      derived: { kgCO2e: 0 },
    })
    const mass = inputs.mass_kg_per_parcel * inputs.parcels
    const kgPerMJ = inputs.diesel_gCO2e_per_MJ / 1000
    const ownFactors = inputs.legs.map(({ truck, MJ_per_tkm }) =>
      co2eFactor({ id: truck, family: 'transport', unit: 't.km' }, String(MJ_per_tkm * kgPerMJ)),
    )
    const lines = inputs.legs.map(({ truck, km }) => leg(truck, mass, km))
    const result = calculated(lines, [], { ownFactors })
    // 0.03 t × 600 km × 1.9 = 34.2; 0.03 × 200 × 3.6 = 21.6; 55.8 × 0.089 = 4.9662.
    const energies = result.lines.map(({ kgCo2e }) => kgCo2e / kgPerMJ)
    const published = [expected.heavy_MJ, expected.light_MJ]
    for (const [index, energy] of energies.entries())
      expect(Math.abs(energy - (published[index] ?? Number.NaN))).toBeLessThanOrEqual(0.5)
    expect(Math.abs(result.total / kgPerMJ - expected.total_MJ)).toBeLessThanOrEqual(0.5)
    expect(result.total).toBeCloseTo(derived.kgCO2e, 12)
    expect(lines).toHaveLength(2)
  })
})

function expectRelative(actual: number, expected: number, what: string): void {
  expect(Math.abs(actual - expected), what).toBeLessThanOrEqual(Math.abs(expected) * 1e-12)
}
