/** The Circular Footprint Formula through the engine, the cut-off beside it, and what either refuses. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  CircularMaterial,
  CircularTerm,
  MaterialResult,
  ProductInput,
} from '../../../src/engine/types.ts'
import { context, refusalOf } from '../fixtures.ts'
import {
  bottle,
  byCutOff,
  byFormula,
  everyTerm,
  glassFactors,
  glassMaterial,
  termLine,
  termTable,
} from './glass.ts'

const tables = [termTable(glassFactors)]
const lines = everyTerm.map((term) => termLine(term))
const calculated = (input: ProductInput) => calculate(input, context(tables))
const materialOf = (input: ProductInput) =>
  calculated(input).product?.circular?.materials[0] as MaterialResult
const termsOf = ({ terms }: MaterialResult) => Object.fromEntries(terms.map((one) => [one.term, one]))
const refused = (input: ProductInput) => {
  const { code, facts } = refusalOf(() => calculated(input))
  return { code, pointer: facts.pointer, term: facts.term }
}

describe('by the formula', () => {
  test('each term weighs the mass by its own share, and the parts add up to the total', () => {
    const input = bottle(byFormula({ LHV: { amount: '10', unit: 'MJ/kg' }, B: '0.5' }), lines)
    const material = materialOf(input)
    const { Ev, Erecycled, ErecyclingEoL, EvStar, EER, ESEheat, ESEelec, ED } = termsOf(material)
    // (1 − 0.4) + 0.4 × 0.8 × 0.9 = 0.888; × 1.3 = 1.1544
    expect(Ev?.weight).toBeCloseTo(0.888, 12)
    expect(Ev?.kgCo2e).toBeCloseTo(1.1544, 12)
    // 0.4 × 0.2 = 0.08; × 1.07 = 0.0856
    expect(Erecycled?.kgCo2e).toBeCloseTo(0.0856, 12)
    // 0.8 × 0.5 = 0.4; × 1.07 = 0.428; and × 0.8 × 1.3 = 0.416 less
    expect(ErecyclingEoL?.kgCo2e).toBeCloseTo(0.428, 12)
    expect(EvStar?.kgCo2e).toBeCloseTo(-0.416, 12)
    // 0.5 × 0.1 × 2.03 = 0.1015
    expect(EER?.kgCo2e).toBeCloseTo(0.1015, 12)
    // 0.05 × 10 MJ × 0.31 = 0.155 MJ of heat = 0.155/3.6 kWh; × 0.0055
    expect(ESEheat?.unit).toBe('MJ/kg')
    expect(ESEheat?.kgCo2e).toBeCloseTo((-0.155 / 3.6) * 0.0055, 12)
    // 0.05 × 10 MJ × 0.101 = 0.0505 MJ; × 0.29
    expect(ESEelec?.kgCo2e).toBeCloseTo((-0.0505 / 3.6) * 0.29, 12)
    // 1 − 0.5 − 0.1 = 0.4; × 0.08 = 0.032
    expect(ED?.kgCo2e).toBeCloseTo(0.032, 12)
    expect(material).toMatchObject({ kgIn: 1, kgOut: 1 })
    expect(material.material).toBeCloseTo(1.252, 12)
    const { material: first, energy, disposal } = material
    expect(calculated(input).total).toBeCloseTo(first + energy + disposal, 12)
  })

  test('says in a line’s working what its mass was multiplied by', () => {
    const line = calculated(bottle(byFormula(), lines)).lines.find(({ id }) => id === 'EvStar')
    expect(line?.activity).toEqual({ amount: expect.closeTo(-0.32, 12), unit: 'kg' })
    expect(line?.working).toEqual([
      { name: 'material', value: 1, unit: 'kg', of: 'glass' },
      { name: 'A', value: 0.2, unit: '1' },
      { name: 'R2', value: 0.5, unit: '1' },
      { name: 'QsoutQp', value: 0.8, unit: '1' },
      { name: 'termWeight', value: expect.closeTo(-0.32, 12), unit: '1', of: 'EvStar' },
    ])
  })

  test('stages tell what goes in from the end of life', () => {
    const { byStage } = calculated(bottle(byFormula(), lines))
    // 1.1544 + 0.0856; 0.428 − 0.416 + 0.203 + 0.032
    expect(byStage.map(({ key, kgCo2e }) => [key, Number(kgCo2e.toFixed(12))])).toEqual([
      ['production', 1.24],
      ['end-of-life', 0.247],
    ])
  })

  test('0.9 recycled and 0.1 burnt leave nothing, not what rounding left of it', () => {
    const material = materialOf(bottle(byFormula({ R2: '0.9' }), lines))
    expect(termsOf(material).ED).toMatchObject({ weight: 0, kgCo2e: 0 })
  })

  test('a term that weighs nothing needs no line', () => {
    const some = lines.filter(({ id }) => ['Ev', 'ED'].includes(id))
    const none = { R1: '0', R2: '0', R3: '0' }
    expect(calculated(bottle(byFormula(none), some)).total).toBeCloseTo(1.38, 12)
  })

  test('two suppliers of one material are parts of its mass', () => {
    const half = { amount: '0.5', unit: 'kg' }
    const split = [
      ...lines.filter(({ id }) => id !== 'Ev'),
      termLine('Ev', { id: 'Ev here', quantity: half }),
      termLine('Ev', { id: 'Ev there', quantity: half }),
    ]
    const whole = calculated(bottle(byFormula(), lines)).total
    expect(calculated(bottle(byFormula(), split)).total).toBeCloseTo(whole, 12)
  })

  test('a term that a process of the system makes counts with all that leads to it', () => {
    const kg = { amount: '1', unit: 'kg' }
    const input = bottle(byFormula(), [
      ...lines.filter(({ id }) => id !== 'EvStar'),
      { ...termLine('EvStar'), factor: undefined, from: 'melting' },
      { id: 'sand', category: 'material', process: 'melting', quantity: kg, factor: { id: 'Ev' } },
    ])
    const melting = { id: 'melting', name: { en: 'Melting', zh: null }, output: kg }
    const system: ProductInput = {
      ...input,
      processes: [...input.processes, { ...melting, stage: 'raw-material-acquisition' }],
    }
    const { total, product } = calculated(system)
    expect(total).toBeCloseTo(calculated(bottle(byFormula(), lines)).total, 12)
    const material = product?.circular?.materials[0] as MaterialResult
    // −0.32 × 1.3, on the line of the sand.
    expect(termsOf(material).EvStar).toMatchObject({ lines: ['EvStar'], kgCo2e: expect.closeTo(-0.416, 12) })
    expect(material.material).toBeCloseTo(1.252, 12)
  })

  test('up to the gate it shares what goes in, and there is no end of life', () => {
    const material: CircularMaterial = {
      ...{ id: 'glass', name: glassMaterial.name },
      ...{ A: '0.2', R1: '0.4', QsinQp: '0.9' },
    }
    const input = gateOf({ method: 'circular-footprint-formula', materials: [material] })
    // 0.888 × 1.3 + 0.08 × 1.07
    expect(calculated(input).total).toBeCloseTo(1.24, 12)
    const withR2 = { method: 'circular-footprint-formula', materials: [{ ...material, R2: '0.5' }] } as const
    expect(refused(gateOf(withR2))).toMatchObject({
      ...{ code: 'line-ambiguous', pointer: '/endOfLife/materials/0/R2' },
    })
  })
})

function gateOf(
  endOfLife: ProductInput['endOfLife'],
  of: readonly CircularTerm[] = ['Ev', 'Erecycled'],
): ProductInput {
  const {
    processes,
    lines: all,
    ...input
  } = bottle(
    endOfLife,
    of.map((term) => termLine(term)),
  )
  return {
    ...input,
    boundary: 'cradle-to-gate',
    declaredUnit: { amount: '1', unit: 'kg' },
    functionalUnit: undefined,
    emptyStages: undefined,
    processes: processes.filter(({ id }) => id === 'bottle'),
    lines: all.filter(({ id }) => id !== 'treated'),
  }
}

describe('by cut-off', () => {
  const own = lines.filter(({ id }) => ['Ev', 'Erecycled', 'EER', 'ED'].includes(id))

  test('recycled material comes free, and what is recycled leaves without a credit', () => {
    // 0.6 × 1.3 + 0.4 × 1.07 + 0.1 × 2.03 + 0.4 × 0.08
    expect(calculated(bottle(byCutOff, own)).total).toBeCloseTo(0.78 + 0.428 + 0.203 + 0.032, 12)
  })

  test('is the formula with A = 1 and B = 0 where no energy replaces any other', () => {
    const share = fc.integer({ min: 0, max: 50 }).map((percent) => String(percent / 100))
    fc.assert(
      fc.property(share, share, share, (R1, R2, R3) => {
        const { id, name } = glassMaterial
        const cutOff = bottle({ method: 'cut-off', materials: [{ id, name, R1, R2, R3 }] }, own)
        const formula = bottle(byFormula({ A: '1', R1, R2, R3 }), lines)
        expect(calculated(cutOff).total).toBeCloseTo(calculated(formula).total, 12)
      }),
    )
  })

  test.each(['ErecyclingEoL', 'EvStar', 'ESEheat', 'ESEelec'] as const)(
    'refuses %s: what is recycled belongs to its next user',
    (term) => {
      expect(refused(bottle(byCutOff, [...own, termLine(term)]))).toEqual({
        ...{ code: 'end-of-life-credit', pointer: '/lines/4/circular/term', term },
      })
    },
  )

  test('refuses production avoided at the end of life, and both benefits at once by that word', () => {
    const avoided: ActivityLine = {
      ...{ id: 'avoided', category: 'material', process: 'treatment', from: 'bottle' },
      quantity: { amount: '-0.3', unit: 'kg' },
    }
    const cutOff = { method: 'cut-off' } as const
    const cullet = termLine('Erecycled', { circular: undefined, recycledContent: '1' })
    const refusal = refusalOf(() => calculated(bottle(cutOff, [cullet, avoided])))
    expect(refusal.code).toBe('end-of-life-credit')
    expect(refusal.facts.pointer).toBe('/lines/1/from')
    expect(refusal.message).toContain('takes recycled material without the burden of its former life already')
    expect(refused(bottle(cutOff, [avoided]))).toMatchObject({ code: 'end-of-life-credit' })
  })

  test('refuses a factor that credits more than it emits, under either method', () => {
    const credited = [termTable({ ...glassFactors, ED: '-0.5' })]
    const line = termLine('ED', { circular: undefined })
    for (const endOfLife of [{ method: 'cut-off' }, { method: 'circular-footprint-formula' }] as const) {
      const refusal = refusalOf(() => calculate(bottle(endOfLife, [line]), context(credited)))
      expect(refusal.code).toBe('end-of-life-credit')
      expect(refusal.facts.pointer).toBe('/lines/0/factor')
    }
  })

  test('refuses what only the formula shares', () => {
    const withA = { method: 'cut-off', materials: [{ ...byCutOff.materials?.[0], A: '0.5' }] }
    expect(refused(bottle(withA as ProductInput['endOfLife'], own))).toMatchObject({
      ...{ code: 'line-ambiguous', pointer: '/endOfLife/materials/0/A' },
    })
  })
})

describe('refused by name', () => {
  const material = (changes: Partial<CircularMaterial>) => refused(bottle(byFormula(changes), lines))
  const at = (name: string) => ({ pointer: `/endOfLife/materials/0/${name}` })

  test.each(['A', 'B', 'R2', 'R3', 'QsinQp', 'QsoutQp', 'LHV', 'XERheat', 'XERelec'] as const)(
    'the formula without its %s',
    (name) => {
      expect(material({ [name]: undefined })).toMatchObject({ code: 'property-missing', ...at(name) })
    },
  )

  test('R2 and R3 that come to more than 1', () => {
    expect(material({ R2: '0.95' })).toMatchObject({ code: 'recovery-over-whole', ...at('R3') })
  })

  test('shares that are none, and efficiencies that come to more than all', () => {
    expect(material({ A: '1.2' })).toMatchObject({ code: 'property-out-of-range', ...at('A') })
    expect(material({ R1: '-0.1' })).toMatchObject({ code: 'property-out-of-range', ...at('R1') })
    expect(material({ XERheat: '0.9' })).toMatchObject({ code: 'property-out-of-range', ...at('XERelec') })
    expect(material({ LHV: { amount: '-1', unit: 'MJ/kg' } })).toMatchObject({
      ...{ code: 'property-out-of-range', ...at('LHV/amount') },
    })
    expect(material({ LHV: { amount: '1', unit: 'MJ' } })).toMatchObject({
      ...{ code: 'incompatible-dimension', ...at('LHV/unit') },
    })
  })

  test.each(everyTerm.filter((term) => term !== 'ESEheat' && term !== 'ESEelec'))(
    'a term that weighs something and has no line: %s',
    (term) => {
      const others = lines.filter(({ id }) => id !== term)
      expect(refused(bottle(byFormula(), others))).toEqual({
        ...{ code: 'property-missing', pointer: '/endOfLife/materials/0', term },
      })
    },
  )

  test('lines of one material that speak of different masses', () => {
    const other = termLine('ED', { quantity: { amount: '900', unit: 'g' } })
    const some = [...lines.filter(({ id }) => id !== 'ED'), other]
    expect(refused(bottle(byFormula(), some))).toMatchObject({
      ...{ code: 'material-mass-differs', pointer: '/endOfLife/materials/0' },
    })
  })

  test('a material that is not there, a term of another stage, an amount that is no mass', () => {
    const one = (more: Partial<ActivityLine>, term: CircularTerm = 'Ev') =>
      refused(bottle(byFormula(), [termLine(term, more)]))
    expect(one({ circular: { material: 'steel', term: 'Ev' } })).toMatchObject({
      ...{ code: 'unknown-material', pointer: '/lines/0/circular/material' },
    })
    expect(one({ process: 'treatment' })).toMatchObject({
      ...{ code: 'property-out-of-range', pointer: '/lines/0/circular/term' },
    })
    expect(one({ process: 'bottle' }, 'ED')).toMatchObject({
      ...{ code: 'property-out-of-range', pointer: '/lines/0/circular/term' },
    })
    expect(one({ quantity: { amount: '1', unit: 'L' } })).toMatchObject({
      ...{ code: 'incompatible-dimension', pointer: '/lines/0/quantity/unit' },
    })
    expect(refused(gateOf(undefined))).toMatchObject({ code: 'unknown-material' })
  })
})

describe('recycled content', () => {
  const steel = (id: string, amount: string, recycledContent?: string) =>
    termLine('Ev', { id, circular: undefined, quantity: { amount, unit: 'kg' }, recycledContent })

  test('is told of the mass whose content is stated: 0.6 × 2 + 0 × 1 of 3 kg, whatever the third line weighs', () => {
    const dumped = termLine('ED', { circular: undefined })
    const bought = [steel('a', '2', '0.6'), steel('b', '1', '0'), steel('c', '5')]
    const input = bottle({ method: 'cut-off' }, [...bought, dumped])
    expect(calculated(input).product?.circular).toEqual({
      method: 'cut-off',
      recycledContent: { kg: 3, kgRecycled: 1.2, share: expect.closeTo(0.4, 12), lines: ['a', 'b'] },
      materials: [],
    })
  })

  test('of a material by the formula is its R1', () => {
    const { product } = calculated(bottle(byFormula(), lines))
    expect(product?.circular?.recycledContent).toEqual({
      ...{ kg: 1, kgRecycled: 0.4, share: 0.4, lines: ['Ev', 'Erecycled'] },
    })
  })

  test('is refused where it would lead nowhere', () => {
    const one = (line: ActivityLine, endOfLife = byFormula()) => refused(bottle(endOfLife, [line]))
    const nowhere = { code: 'line-ambiguous', pointer: '/lines/0/recycledContent' }
    expect(one(termLine('Ev', { recycledContent: '0.5' }))).toMatchObject(nowhere)
    expect(one(steel('a', '1', '0.5'))).toMatchObject(nowhere)
    const cutOff = { method: 'cut-off' } as const
    const burnt = { ...steel('a', '1', '0.5'), category: 'waste-treatment', factor: { id: 'ED' } }
    expect(one(burnt, cutOff)).toMatchObject(nowhere)
    expect(one(steel('a', '1', '1.5'), cutOff)).toMatchObject({ code: 'property-out-of-range' })
  })

  test('nothing is said of a product that says nothing', () => {
    const input = gateOf(undefined)
    expect(calculated({ ...input, lines: [steel('a', '1')] }).product?.circular).toBeNull()
  })
})
