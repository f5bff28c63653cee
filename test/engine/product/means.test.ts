/** Several plants as one: a mean weighted by what each made in the period. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, exactSum } from '../../../src/engine/index.ts'
import type { ActivityLine, Plant, Process, ProductInput } from '../../../src/engine/types.ts'
import { context, product, refusalOf } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
})
const run = (input: ProductInput) => calculate(input, context())
const plant = (from: string, output: string, more: Partial<Plant> = {}): Plant => ({
  from,
  output: kg(output),
  ...more,
})

/** North lets go 3 kg CO2 a run of 2 kg, south 5 kg a run of 1 kg. */
const works = (meanOf: readonly Plant[], output = '1000', more: Partial<Process> = {}) =>
  product(
    [
      { id: 'paint', output: kg(output), meanOf, ...more } as Process,
      { id: 'north', output: kg('2') },
      { id: 'south', output: kg('1') },
    ],
    [co2('north', '3'), co2('south', '5')],
  )

describe('a mean of plants', () => {
  test('weighs each by what it made: 0.7 × 1.5 + 0.3 × 5 = 2.55', () => {
    const { total, product: result, scaling } = run(works([plant('south', '300'), plant('north', '700')]))
    expect(total).toBeCloseTo(2.55, 14)
    expect(result?.means).toEqual([
      {
        process: 'paint',
        plants: [
          { process: 'north', product: 'north', output: { amount: 700, unit: 'kg' }, share: 0.7 },
          { process: 'south', product: 'south', output: { amount: 300, unit: 'kg' }, share: 0.3 },
        ],
      },
    ])
    expect(scaling.map(({ process, runs }) => [process, runs])).toEqual([
      ['north', expect.closeTo(0.35, 15)],
      ['paint', 0.001],
      ['south', expect.closeTo(0.3, 15)],
    ])
  })

  test('reads outputs in the unit in which each was counted', () => {
    const tonnes = plant('north', '', { output: { amount: '0.7', unit: 't' } })
    expect(run(works([tonnes, plant('south', '300')])).total).toBeCloseTo(2.55, 14)
  })

  test('may have lines of its own, for the whole period: 50 kg of CO2 of a common store', () => {
    const input = works([plant('north', '700'), plant('south', '300')])
    expect(run({ ...input, lines: [...input.lines, co2('paint', '50')] }).total).toBeCloseTo(2.6, 14)
  })

  test('takes one product of a plant that makes several', () => {
    const { processes, ...input } = works([
      plant('north', '700', { fromProduct: 'white' }),
      plant('south', '300'),
    ])
    const [mean, north, south] = processes as [Process, Process, Process]
    const varnish = { id: 'varnish', output: kg('6') }
    const two: Process = { ...north, product: 'white', coProducts: [varnish], allocation: { by: 'mass' } }
    // North: 3 kg a run of 8 kg in all.
    expect(run({ ...input, processes: [mean, two, south] }).total).toBeCloseTo(0.7 * 0.375 + 1.5, 14)
  })

  test('is what the plants come to together, whatever they made', () => {
    const made = fc.tuple(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e6 }))
    fc.assert(
      fc.property(made, ([north, south]) => {
        const whole = north + south
        const input = works([plant('north', String(north)), plant('south', String(south))], String(whole))
        const { total } = run({ ...input, declaredUnit: kg(String(whole)) })
        expect(Math.abs(exactSum([total, -1.5 * north, -5 * south]))).toBeLessThan(total * 1e-14)
      }),
    )
  })

  test('does not depend on the order of its plants, to the bit', () => {
    const plants = [plant('north', '700.1'), plant('south', '299.9')]
    const [one, two] = [run(works(plants)), run(works(plants.toReversed()))]
    expect(two.total).toBe(one.total)
    expect(two.product?.means).toEqual(one.product?.means)
  })

  test('of treatments is a mean of treatments', () => {
    const { processes, ...input } = works([plant('north', '700'), plant('south', '300')])
    const treating = processes.map((process): Process => ({ ...process, treats: true }))
    expect(run({ ...input, processes: treating }).total).toBeCloseTo(2.55, 14)
  })
})

describe('refused', () => {
  const both = [plant('north', '700'), plant('south', '300')] as const
  const place = '/processes/0/meanOf'

  test.each<[string, readonly Plant[], string | undefined, Partial<Process>, string, string]>([
    ['plants that made less than the mean says', both, '1100', {}, 'shares-not-whole', place],
    [
      'a plant that made nothing',
      [both[0], plant('south', '0')],
      '700',
      {},
      'property-out-of-range',
      `${place}/1/output/amount`,
    ],
    [
      'a plant that made less than nothing',
      [both[0], plant('south', '-1')],
      '699',
      {},
      'property-out-of-range',
      `${place}/1/output/amount`,
    ],
    [
      'a plant that is not there',
      [both[0], plant('west', '300')],
      undefined,
      {},
      'unknown-process',
      `${place}/1/from`,
    ],
    ['a plant twice', [both[0], plant('north', '300')], undefined, {}, 'duplicate-id', place],
    ['itself', [both[0], plant('paint', '300')], undefined, {}, 'property-out-of-range', `${place}/1/from`],
    [
      'an output in another unit',
      [both[0], plant('south', '', { output: { amount: '1', unit: 'kWh' } })],
      undefined,
      {},
      'incompatible-dimension',
      `${place}/1/output/unit`,
    ],
    [
      'a product that a plant does not make',
      [both[0], plant('south', '300', { fromProduct: 'white' })],
      undefined,
      {},
      'product-not-offered',
      `${place}/1/fromProduct`,
    ],
    [
      'products beside',
      both,
      undefined,
      { product: 'x', coProducts: [{ id: 'y', output: kg('1') }], allocation: { by: 'mass' } },
      'property-unused',
      '/processes/0/coProducts',
    ],
    [
      'plants that make what the mean treats',
      both,
      undefined,
      { treats: true },
      'product-not-offered',
      `${place}/0/from`,
    ],
  ])('%s', (_, plants, output, more, code, pointer) => {
    const given = works(plants, output, more)
    const input = more.coProducts ? { ...given, referenceProduct: 'x' } : given
    const refusal = refusalOf(() => run(input))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })
})
