/** What a product holds of carbon, and whether what its biomass took up comes out. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, CarbonContent, FunctionalUnit, ProductInput } from '../../../src/engine/types.ts'
import { co2eFactor, context, product, refusalOf, toGrave } from '../fixtures.ts'

const quantity = (amount: string, unit: string) => ({ amount, unit })
const content = (biogenic: string, given: Partial<CarbonContent> = {}): CarbonContent => ({
  ...{ fossil: quantity('0', 'kgC'), biogenic: quantity(biogenic, 'kgC') },
  ...given,
})

/** A gas of the process that makes 10 kg of board. */
const flow = (id: string, amount: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id, category: 'process-emissions', process: 'board', gas: 'CO2', quantity: quantity(amount, 'kg') },
  ...given,
})
const grown = (amount: string) => flow('grown', amount, { flowKind: 'biogenic-uptake' })
const burnt = (amount: string) => flow('burnt', amount, { flowKind: 'biogenic' })
const rotten = (amount: string) => flow('rotten', amount, { flowKind: 'biogenic', gas: 'CH4' })

const grownHere = [
  { stage: 'raw-material-acquisition', reason: 'The wood grows at the process itself' },
] as const
const board = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) =>
  calculate(
    product([{ id: 'board', output: quantity('10', 'kg') }], lines, {
      declaredUnit: quantity('10', 'kg'),
      ...(given.boundary === undefined ? { emptyStages: grownHere } : {}),
      ...given,
    }),
    context(),
  )
const balanceOf = (lines: readonly ActivityLine[], carbonContent?: CarbonContent) =>
  board(lines, { carbonContent }).product?.carbon.balance
const findingsOf = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) =>
  board(lines, given).product?.findings.map(({ code, lines: about }) => [code, about])

describe('the balance of biogenic carbon', () => {
  test('is uptake, CO2, CH4 × 44 ÷ 16 and content × 44 ÷ 12: −22 + 5.5 + 2 × 2.75 + 3 × 44 ÷ 12 = 0', () => {
    expect(balanceOf([grown('-22'), burnt('5.5'), rotten('2')], content('3'))).toEqual({
      ...{ state: 'balanced', takenUpKgCo2: -22, releasedKgCo2: 11, heldKgCo2: 11 },
      ...{ differenceKgCo2: 0, tolerance: '0.01' },
    })
    expect(findingsOf([grown('-22'), burnt('5.5'), rotten('2')], { carbonContent: content('3') })).toEqual([])
  })

  test('counts what the packaging holds', () => {
    const boxed = content('2', { packagingBiogenic: quantity('1', 'kgC') })
    expect(balanceOf([grown('-11')], boxed)).toMatchObject({ state: 'balanced', heldKgCo2: 11 })
  })

  test('is out from more than a hundredth of the larger side', () => {
    // 3 kg of carbon are 11 kg CO2; 11.11 less 11 is 0.99 % of 11.11, 11.12 less 11 is 1.08 %.
    expect(balanceOf([grown('-11.11')], content('3'))?.state).toBe('balanced')
    expect(balanceOf([grown('-11.12')], content('3'))?.state).toBe('not-balanced')
    expect(
      findingsOf([flow('fossil', '1'), grown('-12'), burnt('0')], { carbonContent: content('3') }),
    ).toEqual([['biogenic-carbon-not-balanced', ['grown', 'burnt']]])
  })

  test('keeps no uptake and a zero uptake apart', () => {
    expect(balanceOf([burnt('5')], content('0'))).toMatchObject({
      ...{ state: 'uptake-not-stated', takenUpKgCo2: null, differenceKgCo2: null },
    })
    expect(findingsOf([burnt('5')])).toEqual([['biogenic-uptake-not-stated', ['burnt']]])
    expect(findingsOf([flow('fossil', '1')], { carbonContent: content('1') })).toEqual([
      ['biogenic-uptake-not-stated', []],
    ])
    expect(balanceOf([burnt('5'), grown('0')], content('0'))).toMatchObject({
      ...{ state: 'not-balanced', takenUpKgCo2: 0, differenceKgCo2: 5 },
    })
  })

  test('needs the content and the masses', () => {
    expect(balanceOf([grown('-11')])?.state).toBe('content-not-stated')
    expect(findingsOf([grown('-11')])).toEqual([['carbon-content-not-stated', ['grown']]])
    const summed: ActivityLine = {
      ...{ id: 'straw', category: 'material', process: 'board', factor: { id: 'straw' } },
      quantity: quantity('1', 'kg'),
    }
    const ownFactors = [
      {
        ...co2eFactor({ id: 'straw', family: 'cradle-to-gate', unit: 'kg' }, '0.1'),
        flows: [{ kind: 'biogenic', gas: 'CO2e', kg: '0.1' } as const],
      },
    ]
    const given = { ownFactors, carbonContent: content('3') }
    expect(findingsOf([grown('-11'), summed], given)).toEqual([
      ['biogenic-carbon-not-by-mass', ['grown', 'straw']],
    ])
  })

  test('leaves out the carbon of soils, which is none of the product', () => {
    const soil = flow('soil', '4', { flowKind: 'biogenic', flowOrigin: 'land-management' })
    expect(balanceOf([grown('-11'), soil], content('3'))).toMatchObject({
      releasedKgCo2: 0,
      state: 'balanced',
    })
  })

  test('ends at the gate: what is burnt afterwards was held there', () => {
    const given: Partial<ProductInput> = {
      ...{ boundary: 'cradle-to-grave', declaredUnit: undefined, carbonContent: content('3') },
      functionalUnit: { ...(toGrave.functionalUnit as FunctionalUnit), referenceFlow: quantity('10', 'kg') },
      processes: [
        { id: 'board', name: { en: 'Board', zh: null }, stage: 'production', output: quantity('10', 'kg') },
        { id: 'stove', name: { en: 'Stove', zh: null }, stage: 'end-of-life', output: quantity('10', 'kg') },
      ],
      referenceProcess: 'stove',
    }
    const lines: ActivityLine[] = [
      grown('-11'),
      { ...burnt('11'), process: 'stove' },
      { id: 'in', category: 'material', process: 'stove', from: 'board', quantity: quantity('10', 'kg') },
    ]
    expect(board(lines, given).product?.carbon.balance).toMatchObject({ state: 'balanced', releasedKgCo2: 0 })
  })

  test('is none where nothing is biogenic, and gate to gate, where what grew lies outside', () => {
    expect(balanceOf([flow('fossil', '1')])).toBeNull()
    expect(balanceOf([flow('fossil', '1')], content('0'))).toBeNull()
    const { carbon, sums } = board([grown('-11')], { boundary: 'gate-to-gate' }).product ?? {}
    expect([carbon?.balance, sums?.pact]).toEqual([null, null])
  })

  test('scales with the declared unit, and a difference with it', () => {
    const lines = [grown('-12'), burnt('2')]
    const twice = { declaredUnit: quantity('20', 'kg'), carbonContent: content('6') }
    const [one, two] = [balanceOf(lines, content('3')), board(lines, twice).product?.carbon.balance]
    expect(two?.differenceKgCo2).toBe((one?.differenceKgCo2 ?? 0) * 2)
    expect(two?.takenUpKgCo2).toBe(-24)
  })
})

describe('an uptake', () => {
  test('of more carbon than the product weighs is seen where nobody states the content', () => {
    // 10 kg of carbon are 36.67 kg CO2.
    expect(findingsOf([grown('-36.6')])).toEqual([['carbon-content-not-stated', ['grown']]])
    expect(findingsOf([grown('-36.7')])).toEqual([
      ['carbon-content-not-stated', ['grown']],
      ['implausible-uptake', ['grown']],
    ])
  })
})

describe('the carbon content', () => {
  const held = (carbonContent: CarbonContent, given: Partial<ProductInput> = {}) =>
    board([flow('fossil', '1')], { carbonContent, ...given }).product?.carbon.content

  test('is a mass of carbon, or a share of the product’s mass', () => {
    const shares = { fossil: quantity('0.02', 'kgC/kg'), biogenic: quantity('0.0003', 'tC') }
    expect(held(shares)).toEqual({
      ...{ productMassKg: 10, fossilKgC: 0.2, biogenicKgC: 0.3 },
      ...{ recycledKgC: null, packagingBiogenicKgC: null },
    })
  })

  test('needs the mass of a piece only for a share', () => {
    const piece: Partial<ProductInput> = {
      declaredUnit: quantity('1', 'piece'),
      processes: [
        { id: 'board', name: { en: 'Board', zh: null }, stage: 'production', output: quantity('1', 'piece') },
      ],
    }
    expect(held(content('3'), piece)).toMatchObject({ productMassKg: null, biogenicKgC: 3 })
    const share = { fossil: quantity('0', 'kgC'), biogenic: quantity('0.5', 'kgC/kg') }
    const { code, facts } = refusalOf(() => held(share, piece))
    expect([code, facts.pointer]).toEqual(['property-missing', '/carbonContent/productMass'])
    expect(held({ ...share, productMass: quantity('6000', 'g') }, piece)).toMatchObject({
      ...{ productMassKg: 6, biogenicKgC: 3 },
    })
  })

  test.each([
    ['more carbon than mass', content('10.1'), 'carbon-exceeds-mass', ''],
    ['less than none', content('-1'), 'negative-amount', '/biogenic/amount'],
    [
      'a mass of CO2',
      content('1', { fossil: quantity('1', 'kg') }),
      'incompatible-dimension',
      '/fossil/unit',
    ],
    [
      'more recycled than held',
      content('1', { recycled: quantity('2', 'kgC') }),
      'property-out-of-range',
      '/recycled/amount',
    ],
    [
      'a product of no mass',
      content('1', { productMass: quantity('0', 'kg') }),
      'property-out-of-range',
      '/productMass/amount',
    ],
    [
      'a mass that is a length',
      content('1', { productMass: quantity('1', 'km') }),
      'incompatible-dimension',
      '/productMass/unit',
    ],
    [
      'a share in packaging',
      content('1', { packagingBiogenic: quantity('1', 'kgC/kg') }),
      'incompatible-dimension',
      '/packagingBiogenic/unit',
    ],
  ] as const)('refuses %s', (_, carbonContent, code, inside) => {
    const refusal = refusalOf(() => held(carbonContent))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, `/carbonContent${inside}`])
  })
})
