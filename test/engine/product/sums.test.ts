/** The sums of PACT and of ISO 14067: parts by hand, and the identities between them. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, exactSum } from '../../../src/engine/index.ts'
import type { ActivityLine, PactSums, ProductInput, ProductSums } from '../../../src/engine/types.ts'
import { co2eFactor, context, product } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const flow = (id: string, amount: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id, category: 'process-emissions', process: 'oil', gas: 'CO2', quantity: kg(amount) },
  ...given,
})

/** One of every kind and origin. */
const everything = (by = 1): ActivityLine[] => {
  const kind = (id: string, amount: number, given: Partial<ActivityLine>) =>
    flow(id, String(amount * by), given)
  return [
    kind('diesel', 1, {}),
    kind('tractor', 2, { flowOrigin: 'land-management' }),
    kind('flight', 4, { flowKind: 'aircraft' }),
    kind('pond', 1, { flowKind: 'biogenic', gas: 'CH4' }),
    kind('soil', 8, { flowKind: 'biogenic', flowOrigin: 'land-management' }),
    kind('husks', 16, { flowKind: 'biogenic' }),
    kind('growth', -64, { flowKind: 'biogenic-uptake' }),
    kind('forest', 32, { flowKind: 'land-use-change', landUseChange: { kind: 'direct' } }),
    kind('elsewhere', 128, { flowKind: 'land-use-change', landUseChange: { kind: 'indirect' } }),
    kind('hedges', -3, { flowKind: 'removal', flowOrigin: 'land-management' }),
    kind('stack', -5, { flowKind: 'removal', flowOrigin: 'technological-removal' }),
    kind('capture', -7, { flowKind: 'removal', flowOrigin: 'fossil-capture' }),
    kind('chiller', 1, { category: 'fugitive-emissions', gas: 'HCFC-22' }),
  ]
}

const result = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) =>
  calculate(product([{ id: 'oil', output: kg('1') }], lines, given), context())
const sumsOf = (lines: readonly ActivityLine[], given: Partial<ProductInput> = {}) =>
  result(lines, given).product?.sums as ProductSums

describe('PACT', () => {
  test('has each part by itself, and the two sums of them', () => {
    const { pact } = sumsOf(everything())
    // Fossil: 1 + 2 + 4 and 1 kg of HCFC-22 at 1960, which PACT counts.
    const fossil = 1967
    // 1967 + 32 + 8 − 3 − 5 − 7 + 27.
    const excluding = 2019
    // Taken up 64, let go again 16 and 1 kg CH4, whose carbon is 2.75 kg CO2.
    const uptake = -45.25
    expect(pact).toEqual({
      ...{ stages: ['raw-material-acquisition', 'production'] },
      ...{ pcfExcludingBiogenicUptake: excluding, pcfIncludingBiogenicUptake: excluding + uptake },
      ...{ fossilGhgEmissions: fossil, aircraftGhgEmissions: 4, landManagementFossilGhgEmissions: 2 },
      ...{ landUseChangeGhgEmissions: 32, landCarbonLeakage: 128, landManagementBiogenicCO2Emissions: 8 },
      ...{ landManagementBiogenicCO2Removals: -3, biogenicCO2Uptake: uptake, biogenicNonCO2Emissions: 27 },
      ...{ technologicalCO2Removals: -5, ccsTechnologicalCO2Capture: -7 },
      ...{ ccsTechnologicalCO2CaptureIncluded: true, packagingEmissionsIncluded: false },
      ...{ packagingGhgEmissions: null, packagingBiogenicCarbonContent: null, fossilCarbonContent: null },
      ...{ biogenicCarbonContent: null, recycledCarbonContent: null, productMassPerDeclaredUnit: null },
    })
  })

  test('has nothing where no line has such a flow, and a zero where one states it', () => {
    const { pact } = sumsOf([flow('a', '1')])
    expect(pact).toMatchObject({
      ...{ fossilGhgEmissions: 1, pcfExcludingBiogenicUptake: 1, pcfIncludingBiogenicUptake: 1 },
      ...{ biogenicCO2Uptake: null, landUseChangeGhgEmissions: null, aircraftGhgEmissions: null },
    })
    const zero = sumsOf([flow('a', '1'), flow('b', '0', { flowKind: 'biogenic-uptake' })])
    expect(zero.pact?.biogenicCO2Uptake).toBe(0)
    expect(sumsOf([flow('a', '0', { flowKind: 'biogenic' })]).pact?.fossilGhgEmissions).toBe(0)
  })

  test('has no uptake where more biogenic carbon is let go than was taken up', () => {
    const lines = (burnt: string) => [
      flow('growth', '-10', { flowKind: 'biogenic-uptake' }),
      flow('wood', burnt, { flowKind: 'biogenic' }),
    ]
    expect(sumsOf(lines('12')).pact).toMatchObject({ biogenicCO2Uptake: null, pcfIncludingBiogenicUptake: 0 })
    // Within the hundredth of the balance as much came out as went in, and nothing is held.
    expect(sumsOf(lines('10.05')).pact?.biogenicCO2Uptake).toBe(0)
  })

  test('ends at the gate', () => {
    const given: Partial<ProductInput> = {
      boundary: 'cradle-to-grave',
      emptyStages: [{ stage: 'end-of-life', reason: 'Burnt in use' }],
      processes: (['production', 'use'] as const).map((stage) => ({
        ...{ id: stage === 'use' ? 'use' : 'oil', name: { en: stage, zh: null }, stage, output: kg('1') },
      })),
      referenceProcess: 'use',
    }
    const lines = [
      flow('a', '1'),
      flow('b', '2', { process: 'use' }),
      { id: 'in', category: 'material', process: 'use', from: 'oil', quantity: kg('1') },
    ]
    const { pact, iso14067 } = sumsOf(lines, given)
    expect([pact?.pcfExcludingBiogenicUptake, iso14067.netKgCo2e]).toEqual([1, 3])
  })
})

describe('packaging', () => {
  const box: ActivityLine = {
    ...{ id: 'box', category: 'packaging', process: 'oil', factor: { id: 'box' }, quantity: kg('2') },
  }
  const ownFactors = [co2eFactor({ id: 'box', family: 'cradle-to-gate', unit: 'kg' }, '0.5')]

  test('is included where a line is of it, a zero too', () => {
    expect(sumsOf([flow('a', '1'), box], { ownFactors }).pact).toMatchObject({
      ...{ packagingEmissionsIncluded: true, packagingGhgEmissions: 1, pcfExcludingBiogenicUptake: 2 },
    })
    const none = sumsOf([flow('a', '1'), { ...box, quantity: kg('0') }], { ownFactors })
    expect(none.pact).toMatchObject({ packagingEmissionsIncluded: true, packagingGhgEmissions: 0 })
  })

  test('that a process makes brings all that leads to it: 3 crates × (1 + 0.5 × 4), through a loop', () => {
    const input = product(
      [
        { id: 'oil', output: kg('1') },
        { id: 'crates', output: kg('2') },
        { id: 'power', output: { amount: '1', unit: 'kWh' } },
      ],
      [
        { id: 'crate', category: 'packaging', process: 'oil', from: 'crates', quantity: kg('3') },
        flow('crates CO2', '2', { process: 'crates' }),
        {
          id: 'kWh',
          category: 'electricity',
          process: 'crates',
          from: 'power',
          quantity: { amount: '1', unit: 'kWh' },
        },
        flow('power CO2', '3', { process: 'power' }),
        {
          id: 'own',
          category: 'electricity',
          process: 'power',
          from: 'power',
          quantity: { amount: '0.25', unit: 'kWh' },
        },
      ],
    )
    // A kWh: 3 ÷ (1 − 0.25) = 4. A run of two crates: 2 + 4; a crate 3, three crates 9.
    expect(calculate(input, context()).product?.sums.pact?.packagingGhgEmissions).toBeCloseTo(9, 12)
  })
})

describe('ISO 14067', () => {
  test('has each part by itself, of the seven groups, and the net of them', () => {
    expect(sumsOf(everything()).iso14067).toEqual({
      ...{ fossilKgCo2e: 3, aircraftKgCo2e: 4, biogenicCo2KgCo2e: 24, biogenicOtherKgCo2e: 27 },
      ...{ biogenicUptakeKgCo2e: -64, landUseChangeKgCo2e: 32, removalsKgCo2e: -15 },
      // 3 + 4 + 24 + 27 − 64 + 32 − 15, and without 24 − 64.
      ...{ netKgCo2e: 11, netWithoutBiogenicCo2KgCo2e: 51 },
      ...{ indirectLandUseChangeKgCo2e: 128, outsideSevenGroupsKgCo2e: 1960 },
    })
  })
})

describe('what a verifier sees', () => {
  test('removals to trace, and gases that the total leaves out', () => {
    const findings = result(everything()).product?.findings ?? []
    const linesOf = (code: string) => findings.find((finding) => finding.code === code)?.lines
    expect(linesOf('removal-to-trace')).toEqual(['hedges', 'stack', 'capture'])
    expect(linesOf('gases-outside-seven-groups')).toEqual(['chiller'])
  })
})

describe('laws', () => {
  const amounts = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 13, maxLength: 13 })
  const drawn = (sizes: readonly number[]) =>
    everything().map((line, at) => ({
      ...line,
      quantity: kg(String(Math.sign(Number(line.quantity?.amount)) * (sizes[at] as number))),
    }))
  const counting = [
    'fossilGhgEmissions',
    'landUseChangeGhgEmissions',
    'landManagementBiogenicCO2Emissions',
    'landManagementBiogenicCO2Removals',
    'technologicalCO2Removals',
    'ccsTechnologicalCO2Capture',
    'biogenicNonCO2Emissions',
  ] as const

  test('the parts sum up to PACT’s totals, to the bit', () => {
    fc.assert(
      fc.property(amounts, (sizes) => {
        const pact = sumsOf(drawn(sizes)).pact as PactSums
        const parts = counting.map((part) => pact[part] ?? 0)
        expect(exactSum(parts)).toBe(pact.pcfExcludingBiogenicUptake)
        const including = [pact.pcfExcludingBiogenicUptake, pact.biogenicCO2Uptake ?? 0]
        expect(exactSum(including)).toBe(pact.pcfIncludingBiogenicUptake)
      }),
    )
  })

  test('twice as much is twice as much of every part, and the order of lines moves no bit', () => {
    const [one, two] = [sumsOf(everything()), sumsOf(everything(2))]
    for (const part of counting) expect(two.pact?.[part]).toBe((one.pact?.[part] ?? 0) * 2)
    expect(two.iso14067.netKgCo2e).toBe(one.iso14067.netKgCo2e * 2)
    expect(sumsOf(everything().reverse())).toEqual(one)
  })

  test('without anything outside the total, the total is what both call it', () => {
    const { total, product: own } = result([flow('a', '1'), flow('b', '2', { flowKind: 'aircraft' })])
    expect([own?.sums.pact?.pcfExcludingBiogenicUptake, own?.sums.iso14067.netKgCo2e]).toEqual([total, total])
  })
})
