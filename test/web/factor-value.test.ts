import { beforeAll, describe, expect, test } from 'vitest'
import type { GwpSet } from '../../src/engine/types.ts'
import { amountAlike, headlineOf, weighUnder } from '../../src/web/factors/value.ts'
import { madeUpFactor } from './made-up-table.ts'
import { testRegistry } from './registry.ts'

let sets: readonly GwpSet[]
const setOf = (basis: string) => sets.find((set) => set.basis === basis) as GwpSet

beforeAll(() => {
  sets = testRegistry().gwpSets
})

const gases = (co2: string, ch4: string, n2o: string) => [
  { kind: 'fossil', gas: 'CO2', kg: co2 } as const,
  { kind: 'fossil', gas: 'CH4', kg: ch4 } as const,
  { kind: 'fossil', gas: 'N2O', kg: n2o } as const,
]

describe('the figure of a factor', () => {
  test('is the CO2e its source prints, on the basis it names', () => {
    const factor = madeUpFactor('a', {
      flows: gases('0.17489', '0.0000321', '0.0000046'),
      statedCo2eKg: '0.177',
      gwpBasis: 'AR5',
    })
    expect(headlineOf(factor, sets)).toMatchObject({
      amount: '0.177',
      of: 'CO2e',
      how: 'stated',
      basis: 'AR5',
      apart: null,
    })
  })

  test('is the mass of the one gas it states', () => {
    expect(headlineOf(madeUpFactor('a'), sets)).toMatchObject({
      amount: '0.5',
      of: 'CO2',
      how: 'mass',
    })
  })

  test('is weighed here with AR6 where the source gives masses of several gases alone', () => {
    // IPCC 2006 anthracite per TJ: 98300 + 10 × 27.0 + 1.5 × 273 = 98300 + 270 + 409.5 = 98979.5.
    const factor = madeUpFactor('a', { flows: gases('98300', '10', '1.5') })
    expect(headlineOf(factor, sets)).toMatchObject({
      amount: '98979.5',
      of: 'CO2e',
      how: 'weighed',
      basis: 'AR6',
    })
  })

  test('says of biogenic CO2, of gases outside the seven groups and of pollutants that they stand apart', () => {
    const biogenic = madeUpFactor('a', { flows: [{ kind: 'biogenic', gas: 'CO2', kg: '1436.23' }] })
    expect(headlineOf(biogenic, sets)).toMatchObject({ amount: '1436.23', of: 'CO2', apart: 'biogenic-co2' })
    const outside = [{ kind: 'fossil', gas: 'CO2e-outside-total', kg: '1112' } as const]
    const blend = madeUpFactor('a', { flows: outside, statedCo2eKg: '1112', gwpBasis: 'AR5' })
    expect(headlineOf(blend, sets)).toMatchObject({ how: 'stated', apart: 'outside-groups' })
    const nox = madeUpFactor('a', {
      flows: [
        { kind: 'pollutant', gas: 'NOx', kg: '0.051' },
        { kind: 'pollutant', gas: 'CO', kg: '0.026' },
      ],
    })
    expect(headlineOf(nox, sets)).toMatchObject({ of: 'NOx', apart: 'pollutant' })
  })

  test('is a mass where several gases are stated and none of them counts: weighed they would look like a zero', () => {
    const flows = [
      { kind: 'fossil', gas: 'HCFC-22', kg: '0.6' },
      { kind: 'fossil', gas: 'CFC-12', kg: '0.4' },
    ] as const
    expect(headlineOf(madeUpFactor('a', { flows }), sets)).toMatchObject({
      amount: '0.6',
      of: 'HCFC-22',
      how: 'mass',
    })
  })

  test('is none where there are no flows', () => {
    expect(headlineOf(madeUpFactor('a', { flows: [] }), sets)).toBeNull()
  })
})

describe('the figure of another row', () => {
  const whole = { flows: gases('2', '0.1', '0.01'), gasesNotCovered: [] }
  const here = madeUpFactor('a', whole)
  const held = (other: ReturnType<typeof madeUpFactor>) => {
    const headline = headlineOf(here, sets)
    return headline && amountAlike(other, { factor: here, headline }, sets)
  }

  test('is told per the unit of this one', () => {
    // Per MWh a thousandth of what it is per kWh: 2 + 0.1 × 27.0 + 0.01 × 273 = 7.43.
    const perMegawatthour = madeUpFactor('a', { ...whole, flows: gases('2000', '100', '10'), unit: 'MWh' })
    expect([here.unit, held(perMegawatthour)]).toEqual(['kWh', '7.43'])
  })

  test('is none where it is told in another way', () => {
    expect(held(madeUpFactor('a', { flows: gases('2', '0', '0').slice(0, 1) }))).toBeNull()
  })

  test('is none where one covers a gas that the other does not', () => {
    const other = madeUpFactor('a', { flows: gases('2', '0.1', '0').slice(0, 2), gasesNotCovered: ['N2O'] })
    expect(held(other)).toBeNull()
  })
})

describe('what a factor weighs under a GWP set', () => {
  test('is Σ mass × GWP, part by part', () => {
    // AR4: 25 and 298; AR5: 28 and 265; AR6: 27.0 and 273.
    const factor = madeUpFactor('a', { flows: gases('100', '2', '1') })
    const totals = ['AR4', 'AR5', 'AR6'].map((basis) => weighUnder(factor, setOf(basis)))
    expect(totals).toMatchObject([
      { total: 100 + 50 + 298, parts: [{ kgCo2e: 100 }, { kgCo2e: 50 }, { kgCo2e: 298 }] },
      { total: 100 + 56 + 265 },
      { total: 100 + 54 + 273 },
    ])
  })

  test('tells fossil methane that escapes from other methane, in AR6', () => {
    const flows = [{ kind: 'fossil', gas: 'CH4', kg: '10' } as const]
    expect(weighUnder(madeUpFactor('a', { flows, fossilFugitiveMethane: true }), setOf('AR6'))).toMatchObject(
      { total: 298 },
    )
    expect(weighUnder(madeUpFactor('a', { flows }), setOf('AR6'))).toMatchObject({ total: 270 })
  })

  test('is refused for a sum on another basis, and for a gas without a GWP', () => {
    const sum = madeUpFactor('a', {
      flows: [{ kind: 'fossil', gas: 'CO2e', kg: '3' }],
      statedCo2eKg: '3',
      gwpBasis: 'AR5',
    })
    expect(weighUnder(sum, setOf('AR5'))).toMatchObject({ total: 3 })
    expect(weighUnder(sum, setOf('AR6'))).toEqual({ refused: 'other-basis', basis: 'AR5' })
    const unknown = madeUpFactor('a', { flows: [{ kind: 'fossil', gas: 'unobtainium', kg: '3' }] })
    expect(weighUnder(unknown, setOf('AR6'))).toEqual({ refused: 'no-gwp', gas: 'unobtainium' })
  })

  test('of a sum whose basis nobody told is that sum, under any set', () => {
    const sum = madeUpFactor('a', {
      flows: [{ kind: 'fossil', gas: 'CO2e', kg: '0.5777' }],
      statedCo2eKg: '0.5777',
      gwpBasis: 'not-stated',
    })
    for (const set of sets) expect(weighUnder(sum, set)).toMatchObject({ total: 0.5777 })
  })

  test('takes blends apart, and leaves biogenic CO2 and pollutants out of the total', () => {
    // R-410A is half HFC-32, half HFC-125: AR5 0.5 × 677 + 0.5 × 3170 = 1923.5.
    const blend = madeUpFactor('a', { flows: [{ kind: 'fossil', gas: 'R-410A', kg: '1' }] })
    expect(weighUnder(blend, setOf('AR5'))).toMatchObject({
      total: 1923.5,
      parts: [{ kgCo2e: 1923.5, inTotal: true }],
    })
    const mixed = madeUpFactor('a', {
      flows: [
        { kind: 'biogenic', gas: 'CO2', kg: '5' },
        { kind: 'pollutant', gas: 'SO2', kg: '1' },
        { kind: 'fossil', gas: 'CO2', kg: '2' },
      ],
    })
    expect(weighUnder(mixed, setOf('AR6'))).toMatchObject({
      total: 2,
      parts: [
        { kgCo2e: 5, inTotal: false },
        { kgCo2e: null, inTotal: false },
        { kgCo2e: 2, inTotal: true },
      ],
    })
  })
})
