/** Another GWP set: what can be weighed anew gas by gas is, what cannot is refused by name, what nobody knows is flagged. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { ActivityLine, CalculationResult, EmissionFactor, GwpSet } from '../../src/engine/types.ts'
import { ar4, ar6, co2eFactor, context, factor, inventory, refusalOf, table } from './fixtures.ts'

/** AR5 WG1 Table 8.A.1, without feedback: methane 28 (fossil 30), N2O 265. */
const ar5: GwpSet = {
  ...ar6,
  ...{ id: 'ipcc-ar5', digest: 'sha256:ar5', basis: 'AR5' },
  values: { CO2: '1', CH4: '28', 'CH4-fossil-fugitive': '30', N2O: '265' },
}

const masses = [
  { kind: 'fossil', gas: 'CO2', kg: '2' },
  { kind: 'fossil', gas: 'CH4', kg: '0.1' },
  { kind: 'fossil', gas: 'N2O', kg: '0.01' },
] as const

/** kg per kg of goods, as USEEIO states a sector: masses, and the rest as a CO2e. */
const mixed = (gwpBasis: EmissionFactor['gwpBasis']) =>
  factor({
    ...{ id: 'mixed', family: 'cradle-to-gate', unit: 'kg', gwpBasis, statedCo2eKg: '8' },
    flows: [...masses, { kind: 'fossil', gas: 'CO2e', kg: '0.5' }],
  })

const goods: ActivityLine = {
  ...{ id: 'g', category: 'purchased-goods-and-services', quantity: { amount: '10', unit: 'kg' } },
  factor: { table: 't' },
}

function weighed(row: EmissionFactor, set: GwpSet, others: readonly ActivityLine[] = []): CalculationResult {
  const tables = [table('t', [row])]
  const input = inventory([goods, ...others], tables, { gwpSet: { id: set.id, version: '1' } })
  return calculate(input, context(tables, set))
}

describe('a known basis', () => {
  const known = factor({
    ...{ id: 'k', family: 'cradle-to-gate', unit: 'kg', gwpBasis: 'AR5', statedCo2eKg: '7.45' },
    flows: masses,
  })

  test('with gas masses is weighed anew under any set; what the source printed is not in the sum', () => {
    // 10 × (2 + 0.1 × 28 + 0.01 × 265) = 74.5; AR4: 2 + 2.5 + 2.98; AR6: 2 + 2.7 + 2.73.
    expect(weighed(known, ar5).total).toBeCloseTo(74.5, 12)
    expect(weighed(known, ar4).total).toBeCloseTo(74.8, 12)
    expect(weighed(known, ar6).total).toBeCloseTo(74.3, 12)
    expect(weighed(known, ar6).flags).toEqual([])
  })

  test('with a CO2e alone goes under its own set, and is refused under another', () => {
    const stated = co2eFactor({ id: 's', family: 'cradle-to-gate', unit: 'kg', gwpBasis: 'AR5' }, '7.45')
    expect(weighed(stated, ar5).total).toBe(74.5)
    const refusal = refusalOf(() => weighed(stated, ar6))
    expect(refusal.code).toBe('gwp-basis-mismatch')
    expect(refusal.facts).toMatchObject({ factor: 's', gwpBasis: 'AR5', gwpSet: 'ipcc-ar6' })
  })

  test('with masses and a CO2e part is weighed gas by gas only where the part’s basis fits', () => {
    // 10 × (2 + 2.8 + 2.65 + 0.5).
    expect(weighed(mixed('AR5'), ar5).total).toBeCloseTo(79.5, 12)
    const refusal = refusalOf(() => weighed(mixed('AR5'), ar6))
    expect(refusal.code).toBe('gwp-basis-mismatch')
    expect(refusal.message).toContain('part of itself as CO2e on AR5')
  })
})

describe('a basis that the source does not state', () => {
  test('is used as it is under every set, and flagged with its share of the result', () => {
    const unsaid = co2eFactor({ id: 'u', family: 'cradle-to-gate', unit: 'kg', gwpBasis: 'not-stated' }, '3')
    const leak: ActivityLine = {
      ...{ id: 'f', category: 'process-emissions', gas: 'CO2', quantity: { amount: '10', unit: 'kg' } },
    }
    for (const set of [ar4, ar5, ar6]) {
      const result = weighed(unsaid, set, [leak])
      // 10 kg × 3 of 40 kg.
      expect(result.total).toBe(40)
      expect(result.flags).toEqual([{ code: 'gwp-basis-not-stated', lines: ['g'], share: 0.75 }])
    }
  })

  test('of a part is flagged too, while the masses beside it are weighed by the set', () => {
    // 10 × (2 + 2.8 + 2.65 + 0.5) under AR5; 10 × (2 + 2.7 + 2.73 + 0.5) under AR6.
    expect(weighed(mixed('not-stated'), ar5).total).toBeCloseTo(79.5, 12)
    const result = weighed(mixed('not-stated'), ar6)
    expect(result.total).toBeCloseTo(79.3, 12)
    expect(result.flags).toEqual([{ code: 'gwp-basis-not-stated', lines: ['g'], share: 1 }])
  })

  test('does not touch a gas that is taken of such a factor by its mass alone', () => {
    const tables = [
      table('t', [factor({ id: 'co2', family: 'cradle-to-gate', unit: 'kg', gasesNotCovered: ['CH4'] })]),
      table('more', [mixed('not-stated')]),
    ]
    const line = { ...goods, beside: [{ table: 'more', id: 'mixed', gases: ['CH4'] }] }
    const { flags, lines } = calculate(inventory([line], tables), context(tables))
    expect(flags).toEqual([])
    expect(lines[0]?.gases[1]).toMatchObject({ gas: 'CH4', kg: 1 })
  })
})

describe('gas masses alone', () => {
  test('go under every set', () => {
    const row = factor({ id: 'm', family: 'cradle-to-gate', unit: 'kg', flows: masses })
    expect(weighed(row, ar5).total).toBeCloseTo(74.5, 12)
    expect(weighed(row, ar6).total).toBeCloseTo(74.3, 12)
  })

  test('with methane of the kind its source is: 0.1 kg fossil fugitive weighs 2.98 under AR6, 3 under AR5', () => {
    const leak = factor({
      ...{ id: 'm', family: 'cradle-to-gate', unit: 'kg', fossilFugitiveMethane: true },
      flows: [{ kind: 'fossil', gas: 'CH4', kg: '0.1' }],
    })
    expect(weighed(leak, ar6).total).toBeCloseTo(29.8, 12)
    expect(weighed(leak, ar5).total).toBeCloseTo(30, 12)
  })
})
