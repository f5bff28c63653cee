/**
 * Published shipments as product systems: what is delivered takes its legs of carriers, mass × distance each, and the carriers take
 * their diesel. Empty returns on top, worked out by hand. Skipped by name where there are no cases.
 */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, CalculationResult, Process, Quantity } from '../../src/engine/types.ts'
import { co2eFactor, context, product } from '../engine/fixtures.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'

const published = describe.skipIf(!casesPresent)

const amount = (value: number, unit: string): Quantity => ({ amount: String(value), unit })
const makes = (id: string, output: Quantity, stage: Process['stage'] = 'production') => ({
  id,
  output,
  stage,
})

/** Goods carried on one leg, per run of the process that has them carried. */
const leg = (
  id: string,
  kilograms: number,
  kilometres: number,
  given: Partial<ActivityLine>,
): ActivityLine => ({
  ...{ id, category: 'transport', process: 'delivered', quantity: amount(kilograms, 'kg') },
  distance: amount(kilometres, 'km'),
  ...given,
})

/** The shipments have one kilogram CO2e beside their legs, so that something else is in the total. */
const goods: ActivityLine = {
  ...{
    id: 'goods',
    category: 'process-emissions',
    process: 'delivered',
    gas: 'CO2',
    quantity: amount(1, 'kg'),
  },
}

function delivered(
  kilograms: number,
  lines: readonly ActivityLine[],
  {
    carriers = [] as ReturnType<typeof makes>[],
    perKm = [] as readonly (readonly [string, string, number])[],
  },
  declared = kilograms,
): CalculationResult {
  const ownFactors = perKm.map(([id, unit, kg]) => co2eFactor({ id, family: 'transport', unit }, String(kg)))
  const processes = [makes('delivered', amount(kilograms, 'kg')), ...carriers]
  const given = { ownFactors, declaredUnit: amount(declared, 'kg') }
  return calculate(product(processes, [goods, ...lines], given), context())
}

const lineOf = ({ lines }: CalculationResult, id: string) => lines.find((line) => line.id === id)

published(`ileap-shipment-one-leg${caseNote}`, () => {
  const { inputs, expected } = publishedJson('transport/ileap-shipment-one-leg.json', {
    inputs: { mass_kg: 0, distance_km: 0 },
    expected: { transport_activity_tkm: 0, co2e_WTW_kg: 0, intensity_kg_per_tkm: 0, co2e_TTW_kg: 0 },
  })
  const { mass_kg: mass, distance_km: km } = inputs
  const {
    transport_activity_tkm: tonneKilometres,
    co2e_WTW_kg: whole,
    intensity_kg_per_tkm: perTkm,
  } = expected

  test('by a factor per t·km: 36.801 t·km, 3.6801 kg CO2e', () => {
    const result = delivered(mass, [leg('road', mass, km, { factor: { table: 'own', id: 'road' } })], {
      perKm: [['road', 't.km', perTkm]],
    })
    expect(lineOf(result, 'road')?.activity.amount).toBeCloseTo(tonneKilometres, 9)
    expect(result.total - 1).toBeCloseTo(whole, 9)
  })

  test('by a carrier that is a process of the system and makes t·km', () => {
    const carrier = makes('carrier', amount(1, 't.km'))
    const emitted = { ...goods, id: 'exhaust', process: 'carrier', quantity: amount(perTkm, 'kg') }
    const result = delivered(mass, [leg('road', mass, km, { from: 'carrier' }), emitted], {
      carriers: [carrier],
    })
    expect(result.scaling.find(({ process }) => process === 'carrier')?.runs).toBeCloseTo(tonneKilometres, 9)
    expect(lineOf(result, 'exhaust')?.kgCo2e).toBeCloseTo(whole, 9)
    // The stages and inputs know where it comes from: nothing stands on the leg itself.
    expect(lineOf(result, 'road')?.kgCo2e).toBe(0)
  })

  test('by vehicle-kilometres with what a t·km factor holds: load and empty running', () => {
    // 18 t half full, a quarter of the way empty: 0.1 kg per t·km × 9 t ÷ 1.25 = 0.72 kg per vehicle-km.
    const transport = { payload: amount(18, 't'), loadFactor: '0.5', emptyReturn: '0.25' }
    const by = (emptyReturn: string) => {
      const truck = { factor: { table: 'own', id: 'truck' }, transport: { ...transport, emptyReturn } }
      const result = delivered(mass, [leg('road', mass, km, truck)], {
        perKm: [['truck', 'vehicle.km', (perTkm * 9) / 1.25]],
      })
      return result.total - 1
    }
    expect(by('0.25')).toBeCloseTo(whole, 9)
    // Back empty all the way is 2 ÷ 1.25 of it, and never back is 1 ÷ 1.25.
    expect(by('1')).toBeCloseTo(whole * 1.6, 9)
    expect(by('0')).toBeCloseTo(whole * 0.8, 9)
  })
})

published(`parcels-truck-energy${caseNote}`, () => {
  const { inputs, expected, derived } = publishedJson('transport/parcels-truck-energy.json', {
    inputs: {
      mass_kg_per_parcel: 1,
      parcels: 1,
      legs: [] as { truck: string; km: number; MJ_per_tkm: number }[],
      diesel_gCO2e_per_MJ: 1,
    },
    expected: { heavy_MJ: 0, light_MJ: 0, total_MJ: 0 },
    derived: { kgCO2e: 0 },
  })
  const mass = inputs.mass_kg_per_parcel * inputs.parcels
  const trucks = inputs.legs.map(({ truck }) => makes(truck, amount(1, 't.km')))
  const diesel = makes('diesel', amount(1, 'MJ'), 'raw-material-acquisition')
  const lines: ActivityLine[] = [
    ...inputs.legs.map(({ truck, km }) => leg(`by ${truck}`, mass, km, { from: truck })),
    ...inputs.legs.map(({ truck, MJ_per_tkm }) => ({
      ...{ id: `diesel of ${truck}`, category: 'material', process: truck, from: 'diesel' },
      quantity: amount(MJ_per_tkm, 'MJ'),
    })),
    {
      ...{ ...goods, id: 'burnt', process: 'diesel' },
      quantity: amount(inputs.diesel_gCO2e_per_MJ / 1000, 'kg'),
    },
  ]
  const result = (declared?: number) => delivered(mass, lines, { carriers: [...trucks, diesel] }, declared)

  test('two trucks and their diesel, three steps deep: 34, 22 and 56 MJ, 4.9662 kg CO2e', () => {
    const runs = new Map(result().scaling.map(({ process, runs }) => [process, runs]))
    // 0.03 t × 600 km × 1.9 = 34.2; 0.03 × 200 × 3.6 = 21.6; 55.8 × 0.089 = 4.9662.
    const energies = inputs.legs.map(({ truck, MJ_per_tkm }) => (runs.get(truck) as number) * MJ_per_tkm)
    expect(energies).toEqual([expect.closeTo(34.2, 12), expect.closeTo(21.6, 12)])
    for (const [index, energy] of [expected.heavy_MJ, expected.light_MJ].entries())
      expect(Math.abs((energies[index] as number) - energy)).toBeLessThanOrEqual(0.5)
    expect(Math.abs((runs.get('diesel') as number) - expected.total_MJ)).toBeLessThanOrEqual(0.5)
    expect(lineOf(result(), 'burnt')?.kgCo2e).toBeCloseTo(derived.kgCO2e, 12)
  })

  test('one parcel of the twelve is a twelfth', () => {
    expect(result(inputs.mass_kg_per_parcel).total).toBeCloseTo((derived.kgCO2e + 1) / inputs.parcels, 12)
  })
})

describe('empty returns in a product system', () => {
  test('36 t over 400 km, great-circle × 1.05, in trucks of 18 t half full that go back empty: 3360 vehicle-km', () => {
    const transport = {
      ...{ payload: amount(18, 't'), loadFactor: '0.5', emptyReturn: '1' },
      ...{ distanceBasis: 'great-circle' as const, distanceAdjustment: '1.05' },
    }
    const truck = { factor: { table: 'own', id: 'truck' }, transport }
    const result = delivered(36_000, [leg('road', 36_000, 400, truck)], {
      perKm: [['truck', 'vehicle.km', 0.5]],
    })
    // 36 ÷ (18 × 0.5) = 4 trucks × 420 km × 2 = 3360 vehicle-km × 0.5 kg.
    expect(lineOf(result, 'road')?.activity).toEqual({ amount: 3360, unit: 'vehicle.km' })
    expect(result.total).toBe(1681)
  })

  test('run over processes too: a carrier that makes vehicle-km drives the way back', () => {
    const carrier = makes('carrier', amount(1, 'vehicle.km'))
    const emitted = { ...goods, id: 'exhaust', process: 'carrier', quantity: amount(0.5, 'kg') }
    const transport = { payload: amount(10, 't'), loadFactor: '1', emptyReturn: '0.5' }
    const road = leg('road', 5_000, 100, { from: 'carrier', transport })
    const result = delivered(5_000, [road, emitted], { carriers: [carrier] })
    // Half a truck × 100 km × 1.5 = 75 vehicle-km × 0.5 kg.
    expect(lineOf(result, 'exhaust')?.kgCo2e).toBeCloseTo(37.5, 12)
  })
})
