/** The arithmetic at the door: what the gases of a row weigh together. */

import { describe, expect, test } from 'vitest'
import type { Flow } from '../../src/engine/types.ts'
import { weighedSum } from '../../src/tables/arithmetic.ts'
import { factor, gwpSet } from '../factors/bundled.ts'

const ar5 = gwpSet('ipcc-ar5').set
const sumOf = (...flows: readonly Flow[]) =>
  weighedSum({ ...factor('cn-electricity-co2', 'cn-grid-co2-2023-fj'), flows }, ar5)

describe('the sum of a row’s gases', () => {
  test('takes every gas of a blend', () => {
    // R-410A is half HFC-32, half HFC-125: 2 × (0.5 × 677 + 0.5 × 3170) = 3847.
    expect(sumOf({ kind: 'fossil', gas: 'R-410A', kg: '2' })).toBeCloseTo(3847, 9)
  })

  test('is unknown where a blend holds a gas without a GWP', () => {
    // R-402A: 38 % HCFC-22, 60 % HFC-125, 2 % propane, which no report gives a GWP.
    expect(sumOf({ kind: 'fossil', gas: 'R-402A', kg: '1' })).toEqual({ missing: 'R-402A' })
  })

  test('leaves out what no stated CO2e holds', () => {
    const sum = sumOf(
      { kind: 'fossil', gas: 'CO2', kg: '1' },
      { kind: 'biogenic', gas: 'CO2', kg: '8' },
      { kind: 'biogenic', gas: 'CH4', kg: '0.1' },
      { kind: 'biogenic-uptake', gas: 'CO2', kg: '-8' },
      { kind: 'pollutant', gas: 'NOx', kg: '0.2' },
    )
    // 1 + 0.1 × 28
    expect(sum).toBeCloseTo(3.8, 12)
  })
})
