/** What the rule `plausibility` promises, for any category and any value in its band. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { convert } from '../../src/engine/units.ts'
import { plausibilityDoubts } from '../../src/tables/check-plausibility.ts'
import type { PublishedFactor } from '../../src/tables/format.ts'
import { type Band, bands, biogenicCo2Bands } from '../../src/tables/plausibility.ts'
import { factor } from '../engine/fixtures.ts'
import { gwpSets, table } from '../factors/bundled.ts'

const sets = gwpSets.map(({ set }) => set)

/** A row of one flow of kind fossil, CO2, unless said otherwise. */
function row(
  category: string,
  unit: string,
  kg: number,
  flow = { kind: 'fossil', gas: 'CO2' },
): PublishedFactor {
  const flows = [{ ...flow, kg: String(kg) }] as PublishedFactor['flows']
  const base = factor({ id: 'row', category, unit, flows, gwpBasis: 'gas-masses' })
  return { ...base, uncertainty: null, acknowledged: {} }
}

function messagesOf(rows: readonly PublishedFactor[]): readonly (string | undefined)[] {
  const doubts = plausibilityDoubts(rows, sets)
  return rows.map((each) => doubts.get(each)?.message)
}

interface Place {
  readonly category: string
  readonly unit: string
  readonly band: Band
}

function placesOf(of: Readonly<Record<string, Readonly<Record<string, Band>>>>): readonly Place[] {
  return Object.entries(of).flatMap(([category, units]) =>
    Object.entries(units).map(([unit, band]) => ({ category, unit, band })),
  )
}

const places = placesOf(bands)
const biogenic = { kind: 'biogenic', gas: 'CO2' }
const isNarrow = ({ band: [low, high] }: Place) => high / low < 1000
/** A value of a band, as far from its low end as the fraction says. */
const valueIn = ({ band: [low, high] }: Place, fraction: number) => low + (high - low) * fraction

describe('bands', () => {
  test('hold what a total holds: a removal hides no emission behind it', () => {
    const emitting = row('electricity', 'kWh', 5000)
    const removal = { kind: 'removal', gas: 'CO2', kg: '-5000' } as const
    const [message] = messagesOf([{ ...emitting, flows: [...emitting.flows, removal] }])
    expect(message).toMatch(/^5000 kg CO2e per kWh lies 2000 × above the band/)
  })

  test('run from a lower to a higher value above zero, or are of zero alone', () => {
    const all = [...places, ...placesOf(biogenicCo2Bands)]
    for (const { category, band } of all.filter(({ band: [, high] }) => high !== 0)) {
      expect(band[0], category).toBeGreaterThan(0)
      expect(band[1], category).toBeGreaterThan(band[0])
    }
  })

  test('narrower than 1000 let no slip between grams, kilograms and tonnes through, even in a table of one row', () => {
    const cases = fc.record({
      place: fc.constantFrom(...places.filter(isNarrow)),
      fraction: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    fc.assert(
      fc.property(cases, ({ place, fraction }) => {
        const { category, unit } = place
        const value = valueIn(place, fraction)
        expect(messagesOf([row(category, unit, value)])).toEqual([undefined])
        expect(messagesOf([row(category, unit, value * 1000)])).toEqual([
          expect.stringContaining('above the band'),
        ])
        expect(messagesOf([row(category, unit, value / 1000)])).toEqual([
          expect.stringContaining('below the band'),
        ])
      }),
    )
  })

  test('judge biogenic CO2 by a band of its own', () => {
    // Wood burns to some 1.5 t of biogenic CO2 a tonne; the band of its CH4 and N2O ends far below.
    const category = 'bioenergy-biomass'
    expect(messagesOf([row(category, 't', 1500, biogenic)])).toEqual([undefined])
    expect(messagesOf([row(category, 't', 1.5, biogenic)])).toEqual([
      expect.stringContaining('kg biogenic CO2 per t'),
    ])
    expect(messagesOf([row(category, 't', 1500)])).toEqual([expect.stringContaining('above the band')])
  })

  test('weigh gases before they judge: methane by its GWP on AR5', () => {
    // 100 kg CH4 × 28 = 2,800 kg CO2e per t, in the band of 100 to 5,000; 100 kg of CO2 stands at its low end, 99 below it.
    const methane = { kind: 'fossil', gas: 'CH4' }
    const category = 'fuel-combustion-solid'
    expect(messagesOf([row(category, 't', 100, methane)])).toEqual([undefined])
    expect(messagesOf([row(category, 't', 200, methane)])).toEqual([
      expect.stringMatching(/^5600 kg CO2e per t lies/),
    ])
    expect(messagesOf([row(category, 't', 99)])).toEqual([expect.stringContaining('1.01 × below the band')])
  })
})

describe('neighbours', () => {
  const wide = 'material-construction'

  test('stop what lies 1000 × off their median, and nothing nearer', () => {
    const others = [2, 3, 4].map((kg) => row(wide, 't', kg))
    // The median of 2, 3 and 4 is 3.
    expect(messagesOf([...others, row(wide, 't', 2999)])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect(messagesOf([...others, row(wide, 't', 3000)]).at(-1)).toBe(
      '3000 kg CO2e per t lies 1000 × above 3, the median of its 3 neighbour(s) in this table',
    )
  })

  test('are both stopped where two are all there are: nobody can tell which is wrong', () => {
    expect(messagesOf([row(wide, 't', 2), row(wide, 't', 2000)])).toEqual([
      expect.stringContaining('below 2000'),
      expect.stringContaining('above 2'),
    ])
  })

  test('are compared in one unit, and only with their own dimension', () => {
    const perKg = convert(1, 'kg', 't') * 3
    expect(messagesOf([row(wide, 't', 3), row(wide, 'kg', perKg)])).toEqual([undefined, undefined])
    const fuel = 'fuel-combustion-gas'
    expect(messagesOf([row(fuel, 't', 3000), row(fuel, 'm3', 2), row(fuel, 'kWh', 0.2)])).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('say nothing of a zero, nor a zero of them', () => {
    expect(messagesOf([row(wide, 't', 0), row(wide, 't', 3), row(wide, 't', 0)])).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('judge each pollutant by itself', () => {
    const rowOf = (gas: string, kg: number) =>
      row('stationary-combustion', 't', kg, { kind: 'pollutant', gas })
    expect(messagesOf([rowOf('NOx', 5), rowOf('NOx', 4), rowOf('PM2.5', 0.001), rowOf('NOx', 5000)])).toEqual(
      [undefined, undefined, undefined, expect.stringMatching(/^5000 kg NOx per t lies 1111 × above 4.5/)],
    )
  })

  test('say nothing where every row is another substance', () => {
    const gases = ['SF6', 'CO2'].map((gas) => row('refrigerant', 'kg', 1, { kind: 'fossil', gas }))
    expect(messagesOf(gases)).toEqual([undefined, undefined])
  })

  test('give the same answer in any order of the rows', () => {
    const { factors } = table('cn-fuel').table
    const slipped = factors.map((each, at) =>
      at % 7 === 0
        ? { ...each, flows: each.flows.map((flow) => ({ ...flow, kg: String(Number(flow.kg) * 1000) })) }
        : each,
    )
    const inOrder = messagesOf(slipped)
    const expected = new Map(slipped.map((each, at) => [each.id, inOrder[at]]))
    const orders = fc.shuffledSubarray(slipped, { minLength: slipped.length })
    fc.assert(
      fc.property(orders, (shuffled) => {
        const messages = messagesOf(shuffled)
        shuffled.forEach(({ id }, at) => {
          expect(messages[at]).toBe(expected.get(id))
        })
      }),
      { numRuns: 20 },
    )
    expect([...expected.values()].filter((message) => message !== undefined).length).toBeGreaterThan(3)
  })
})
