/** What a verifier must see of a product, and what is no reason to refuse it. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine } from '../../../src/engine/types.ts'
import { context, product } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
})
const avoids = (amount: string): ActivityLine => ({
  ...{ id: 'avoided', category: 'material', process: 'boiler', from: 'grid', quantity: kg(amount) },
})
const system = (avoided: string) =>
  product(
    [
      { id: 'boiler', output: kg('1') },
      { id: 'grid', output: kg('1') },
    ],
    [avoids(avoided), co2('boiler', '2'), co2('grid', '4')],
  )

/** Of a line that weighs nothing itself, what it avoids stands on the lines of the process. */
const credit = { code: 'avoided-production', lines: ['avoided'], processes: ['boiler'], share: null }

describe('a negative total', () => {
  test('is a result and a finding, with the lines it comes from and their part: 2 − 1 × 4 = −2, and 4 of 6', () => {
    const { total, product: result } = calculate(system('-1'), context())
    expect(total).toBe(-2)
    const share = 4 / 6
    expect(result?.findings).toEqual([
      { code: 'negative-total', lines: ['grid CO2'], processes: ['grid'], share },
      credit,
    ])
  })

  test('is none where credits leave something: 2 − 0.25 × 4 = 1', () => {
    const { total, product: result } = calculate(system('-0.25'), context())
    expect(total).toBe(1)
    expect(result?.findings).toEqual([credit])
  })
})

test('production that is not avoided but taken is no finding', () => {
  expect(calculate(system('0.25'), context()).product?.findings).toEqual([])
})
