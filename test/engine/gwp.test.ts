/** Masses become CO2e by one named set; what the set does not know is refused. */

import { describe, expect, test } from 'vitest'
import { basisUnknown, characterize, releasedGas } from '../../src/engine/gwp.ts'
import { ar4, ar6, co2eFactor, factor, refusalOf } from './fixtures.ts'

describe('characterize', () => {
  test('weighs each gas by its GWP100', () => {
    // By hand: 2 kg CH4 × 27 = 54.
    expect(characterize({ kind: 'fossil', gas: 'CH4', kg: 2 }, ar6)).toEqual([
      { kind: 'fossil', gas: 'CH4', kg: 2, kgCo2e: 54, inTotal: true },
    ])
  })

  test('takes a blend apart: 4 kg R-410A are 2 kg HFC-32 and 2 kg HFC-125', () => {
    // 2 × 771 = 1542; 2 × 3740 = 7480.
    expect(characterize({ kind: 'fossil', gas: 'R-410A', kg: 4 }, ar6)).toEqual([
      { kind: 'fossil', gas: 'HFC-32', kg: 2, kgCo2e: 1542, inTotal: true },
      { kind: 'fossil', gas: 'HFC-125', kg: 2, kgCo2e: 7480, inTotal: true },
    ])
  })

  test('shows the butane of R-417A with its mass, without CO2e, outside the total', () => {
    const [, , butane] = characterize({ kind: 'fossil', gas: 'R-417A', kg: 1000 }, ar6)
    expect(butane).toEqual({ kind: 'fossil', gas: 'butane', kg: 34, kgCo2e: null, inTotal: false })
  })

  test('reads other names of a gas', () => {
    expect(characterize({ kind: 'fossil', gas: 'R-134a', kg: 1 }, ar6)).toMatchObject([
      { gas: 'HFC-134a', kgCo2e: 1530 },
    ])
  })

  test('weighs a gas outside the seven groups, outside the total', () => {
    expect(characterize({ kind: 'fossil', gas: 'R-22', kg: 1 }, ar6)).toEqual([
      { kind: 'fossil', gas: 'HCFC-22', kg: 1, kgCo2e: 1960, inTotal: false },
    ])
  })

  test.each(['foo', 'HFC-41', 'PFC-999', '__proto__', 'constructor', 'toString', ''])(
    'refuses %j instead of counting it as zero',
    (gas) => {
      expect(() => characterize({ kind: 'fossil', gas, kg: 1 }, ar6)).toThrow('gwp-missing')
    },
  )

  test('names gases like the one nobody knows', () => {
    const refusal = refusalOf(() => characterize({ kind: 'fossil', gas: 'HFC134a', kg: 1 }, ar6))
    expect(refusal.facts.candidates).toContain('HFC-134a')
  })

  test('counts fossil, aircraft, land-use change and biogenic CH4; shows biogenic CO2, uptake and removals apart', () => {
    const inTotal = (
      kind: 'fossil' | 'aircraft' | 'land-use-change' | 'biogenic' | 'biogenic-uptake' | 'removal',
      gas: string,
    ) => characterize({ kind, gas, kg: 1 }, ar6)[0]?.inTotal
    expect(inTotal('fossil', 'CO2')).toBe(true)
    expect(inTotal('aircraft', 'CO2')).toBe(true)
    expect(inTotal('land-use-change', 'CO2')).toBe(true)
    expect(inTotal('biogenic', 'CH4')).toBe(true)
    expect(inTotal('biogenic', 'N2O')).toBe(true)
    expect(inTotal('biogenic', 'CO2')).toBe(false)
    expect(inTotal('biogenic-uptake', 'CO2')).toBe(false)
    expect(inTotal('removal', 'CO2')).toBe(false)
  })

  test('passes a stated CO2e through; one of gases outside the seven groups stays outside', () => {
    expect(characterize({ kind: 'fossil', gas: 'CO2e', kg: 7 }, ar6)).toEqual([
      { kind: 'fossil', gas: 'CO2e', kg: null, kgCo2e: 7, inTotal: true },
    ])
    expect(characterize({ kind: 'fossil', gas: 'CO2e-outside-total', kg: 7 }, ar6)[0]?.inTotal).toBe(false)
  })
})

describe('methane', () => {
  test('must say its source where the set weighs the two kinds differently', () => {
    expect(() => releasedGas('CH4', ar6)).toThrow('line-ambiguous')
    expect(() => releasedGas('methane', ar6)).toThrow('line-ambiguous')
    expect(releasedGas('CH4-fossil-fugitive', ar6)).toBe('CH4-fossil-fugitive')
    expect(releasedGas('CH4-other', ar6)).toBe('CH4')
    expect(releasedGas('CH4', ar4)).toBe('CH4')
  })
})

describe('the basis of a stated CO2e', () => {
  test('goes with its own set, not with another', () => {
    const stated = co2eFactor({ id: 'stated', gwpBasis: 'AR4' }, '2')
    expect(basisUnknown(stated, ar4)).toBe(false)
    expect(() => basisUnknown(stated, ar6)).toThrow('gwp-basis-mismatch')
  })

  test('does not matter where gas masses are given', () => {
    expect(basisUnknown(factor({ id: 'masses', gwpBasis: 'AR4', statedCo2eKg: '3000' }), ar6)).toBe(false)
  })

  test('may be unknown, and then is flagged', () => {
    expect(basisUnknown(co2eFactor({ id: 'unsaid', gwpBasis: 'not-stated' }, '2'), ar6)).toBe(true)
  })

  // As a row of an input-output table: its HFCs are a sum on a basis nobody states, all else is masses.
  test('is unknown for the whole row where a CO2e of the rest stands beside gas masses', () => {
    const { flows } = co2eFactor({ id: 'rest', gwpBasis: 'not-stated' }, '0.011')
    const masses = factor({ id: 'rest', gwpBasis: 'not-stated' }).flows
    expect(
      basisUnknown(factor({ id: 'rest', gwpBasis: 'not-stated', flows: [...masses, ...flows] }), ar6),
    ).toBe(true)
  })

  test('cannot be none', () => {
    expect(() => basisUnknown(co2eFactor({ id: 'none', gwpBasis: 'gas-masses' }, '2'), ar6)).toThrow(
      'factor-table-invalid',
    )
  })
})
