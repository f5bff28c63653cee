/** Published and derived answers of the Circular Footprint Formula, each through the engine as a product system. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { CircularMaterial, MaterialResult } from '../../src/engine/types.ts'
import { bottle, everyTerm, type TermFactors, termLine, termTable } from '../engine/end-of-life/glass.ts'
import { context } from '../engine/fixtures.ts'
import { caseNote, casesPresent, publishedJson, publishedText } from '../json/published.ts'

interface Case {
  readonly inputs: Readonly<Record<string, number>>
  readonly expected: Readonly<Record<string, number | readonly number[]>>
}

const nothing: Case = { inputs: {}, expected: {} }
const caseOf = (name: string) => publishedJson(`cff/${name}.json`, nothing)
const published = describe.skipIf(!casesPresent)
const names = ['glass-1kg', 'glass-all-terms-derived', 'wiper-recycling-credit']

test.skipIf(!casesPresent)(`every published case is tested${caseNote}`, () => {
  const files = publishedText('index.json').match(/cff\/[a-z0-9-]+\.json/g) ?? []
  expect([...new Set(files)].sort()).toEqual(names.map((name) => `cff/${name}.json`).sort())
})

/** Total and material of one kilogram; a parameter that a case leaves out is a true zero in it. */
function calculated(parameters: Omit<CircularMaterial, 'id' | 'name'>, factors: TermFactors) {
  const material = { id: 'glass', name: { en: 'Material', zh: null }, ...parameters }
  const endOfLife = { method: 'circular-footprint-formula', materials: [material] } as const
  const input = bottle(
    endOfLife,
    everyTerm.map((term) => termLine(term)),
  )
  const { total, product } = calculate(input, context([termTable(factors)]))
  return { total, material: product?.circular?.materials[0] as MaterialResult }
}

/** The glass of the two cases: factors of energy are per Wh there. */
function glass({ inputs }: Case, read: Readonly<Record<string, string>>) {
  const text = (name: string) => String(inputs[read[name] ?? name])
  const perKWh = (name: string) => String((inputs[`${name}_per_Wh`] as number) * 1000)
  return calculated(
    {
      ...{ A: text('A'), B: text('B'), R1: text('R1'), R2: text('R2'), R3: text('R3') },
      ...{ QsinQp: text('QsinQp'), QsoutQp: text('QsoutQp') },
      ...{ LHV: { amount: text('LHV'), unit: 'kWh/kg' }, XERheat: text('XERheat'), XERelec: text('XERelec') },
    },
    {
      ...{ Ev: text('Ev'), Erecycled: text('Erecycled'), ErecyclingEoL: text('ErecyclingEoL') },
      ...{ EvStar: text('EvStar'), EER: text('EER'), ED: text('ED') },
      ...{ ESEheat: perKWh('ESEheat'), ESEelec: perKWh('ESEelec') },
    },
  )
}

published(`glass, no recycling${caseNote}`, () => {
  test('lies within what was published', () => {
    const given = caseOf('glass-1kg')
    const read = { QsinQp: 'Q_in', QsoutQp: 'Q_out', XERheat: 'Xer_heat', XERelec: 'Xer_elec' }
    const [least, most] = given.expected.total_kgCO2e_between as [number, number]
    const { total } = glass(given, read)
    expect(total).toBeGreaterThanOrEqual(least)
    expect(total).toBeLessThanOrEqual(most)
    expect(total).toBeCloseTo(1.3 + 0.08, 12)
  })
})

published(`glass, every term${caseNote}`, () => {
  test('material, energy, disposal and total are as derived', () => {
    const given = caseOf('glass-all-terms-derived')
    const read = { QsinQp: 'Qsin_over_Qp', QsoutQp: 'Qsout_over_Qp', LHV: 'LHV_Wh_per_kg' }
    const { total, material } = glass(given, read)
    for (const part of ['material', 'energy', 'disposal'] as const)
      expect(material[part]).toBeCloseTo(given.expected[part] as number, 12)
    expect(total).toBeCloseTo(given.expected.total_kgCO2e as number, 12)
  })
})

published(`cotton, the credit of recycling alone${caseNote}`, () => {
  test('the two terms of recycling are as published, per unit of any score', () => {
    const { inputs, expected } = caseOf('wiper-recycling-credit')
    const text = (name: string) => String(inputs[name])
    const { material } = calculated(
      {
        ...{ A: text('A'), R1: '0', R2: text('R2'), R3: '0', QsoutQp: text('Qsout_over_Qp') },
      },
      {
        ...{ Ev: '0', Erecycled: '0', ErecyclingEoL: text('ErecyclingEoL_mPt'), EvStar: text('EvStar_mPt') },
        ...{ EER: '0', ESEheat: '0', ESEelec: '0', ED: '0' },
      },
    )
    // 0.2 × 0.05 × (0.44 − 1.82 × 0.3) = −0.00106, printed −0.001; Ev and ED are 0 here, so these are the whole.
    expect(material.material).toBeCloseTo(-0.00106, 12)
    expect(material.material).toBeCloseTo(expected.M3_mPt as number, 3)
    expect((material.material as number) / 1.82).toBeCloseTo(expected['share_of_1.82'] as number, 3)
  })
})
