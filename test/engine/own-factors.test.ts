/** A client's own factors: held to what a published row is held to, before any line is weighed. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../src/engine/index.ts'
import type { EmissionFactor, Flow, InventoryInput } from '../../src/engine/types.ts'
import { gwpSet } from '../factors/bundled.ts'

function ownFactor(flows: readonly Flow[], gasesNotCovered: readonly string[] = []): EmissionFactor {
  return {
    id: 'leak',
    name: { en: 'Leak', zh: null },
    category: 'refrigerant',
    family: 'fugitive',
    region: 'CN',
    year: 2024,
    unit: 't',
    flows,
    gwpBasis: 'gas-masses',
    statedCo2eKg: null,
    gasesNotCovered,
    includesTransmission: false,
    fossilFugitiveMethane: false,
    confirmation: 'primary',
    source: { id: 'meter', locator: 'p. 1' },
    notes: null,
  }
}

function calculated(factor: EmissionFactor) {
  const input: InventoryInput = {
    kind: 'organization',
    period: { start: '2024-01-01', end: '2025-01-01' },
    region: 'CN',
    gwpSet: { id: 'ipcc-ar6', version: '2021' },
    factorTables: [],
    ownFactors: [factor],
    lines: [
      {
        id: 'a',
        category: 'fugitive-emissions',
        quantity: { amount: '1', unit: 't' },
        factor: { id: 'leak' },
      },
    ],
  }
  return calculate(input, { tables: [], gwpSet: gwpSet('ipcc-ar6').set })
}

const fossil = (gas: string, kg = '1'): Flow => ({ kind: 'fossil', gas, kg })

describe('an own factor', () => {
  test('is weighed where each gas stands once', () => {
    // By hand: 1 t × 1 kg HFC-134a per t × 1530 (AR6 Table 7.SM.7) = 1530 kg CO2e.
    expect(calculated(ownFactor([fossil('HFC-134a')], ['CH4', 'PFC-116'])).total).toBe(1530)
  })

  test.each([
    ['a gas twice', ['CO2', 'CO2']],
    ['a gas under two names', ['C2F6', 'PFC-116']],
    ['a blend and one of its parts', ['R-410A', 'HFC-32']],
    ['methane of both kinds', ['CH4', 'CH4-fossil-fugitive']],
  ])('is refused where it states %s', (_, gases) => {
    expect(() => calculated(ownFactor(gases.map((gas) => fossil(gas))))).toThrow('gas-counted-twice')
  })

  test('may state one gas of two kinds: they are two masses', () => {
    const flows: readonly Flow[] = [fossil('CO2'), { kind: 'biogenic', gas: 'CO2', kg: '5' }]
    expect(calculated(ownFactor(flows)).total).toBe(1)
  })

  test('is refused where it calls not covered what no GWP set names', () => {
    expect(() => calculated(ownFactor([fossil('CO2')], ['CH4', 'Baowu Steel']))).toThrow('gwp-missing')
  })
})
