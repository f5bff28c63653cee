/** Results on the wire and in print. */

import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../src/engine/index.ts'
import { calculated, context, gridFactor, product, table } from './fixtures.ts'

describe('presentResult', () => {
  const grid = table('grid', [gridFactor('fj', 'CN-FJ', 2023, '0.4211')])
  const result = calculated(
    [
      { id: 'e', category: 'purchased-electricity', quantity: { amount: '250', unit: 'kWh' }, factor: {} },
      { id: 'r', category: 'fugitive-emissions', quantity: { amount: '1000', unit: 'kg' }, gas: 'R-417A' },
    ],
    [grid],
  )

  test('holds every number as its shortest exact text; years and scopes stay numbers', () => {
    const { result: presented } = presentResult(result)
    expect(presented.lines[0]).toMatchObject({
      scope: 2,
      activity: { amount: '250', unit: 'kWh' },
      scaling: '1',
      factor: { year: 2023 },
      gases: [{ kg: '105.27499999999999', kgCo2e: '105.27499999999999' }],
      kgCo2e: '105.27499999999999',
    })
    // 466 × 3740 + 500 × 1530 = 2507840.
    expect(presented.total).toBe('2507945.275')
    expect(presented.byGas.find(({ gas }) => gas === 'butane')).toMatchObject({ kg: '34', kgCo2e: null })
    expect(presented.flags[0]?.share).toBe(String(result.flags[0]?.share))
  })

  test('leaves no double anywhere', () => {
    const allowed = new Set(['scope', 'isoCategory', 'year'])
    JSON.stringify(presentResult(result).result, (name, value: unknown) => {
      if (typeof value === 'number') expect(allowed).toContain(name)
      return value
    })
  })

  test('prints kilograms and tonnes, rounded half-even', () => {
    const { printed } = presentResult(result)
    expect(printed.digits).toBe(2)
    expect(printed.lines[0]).toEqual({ id: 'e', kg: '105.28', t: '0.11' })
    expect(printed.total).toEqual({ kg: '2507945.28', t: '2507.95' })
    expect(printed.byScope.map(({ key }) => key)).toEqual(['1', '2'])
    expect(presentResult(result, 0).printed.total).toEqual({ kg: '2507945', t: '2508' })
  })

  test('presents a product system’s runs', () => {
    const input = product(
      [{ id: 'p', output: { amount: '4', unit: 'kg' } }],
      [
        {
          id: 'l',
          category: 'process-emissions',
          process: 'p',
          gas: 'CO2',
          quantity: { amount: '1', unit: 'kg' },
        },
      ],
    )
    const { result: presented, printed } = presentResult(calculate(input, context()))
    expect(presented).toMatchObject({ total: '0.25', scaling: [{ process: 'p', runs: '0.25' }] })
    expect(printed.byStage).toEqual([{ key: 'production', kg: '0.25', t: '0.00' }])
  })
})
