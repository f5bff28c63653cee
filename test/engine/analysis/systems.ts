/** Systems to take apart: a small one worked out by hand, and random ones with loops, factors, credits and several makers. */

import fc from 'fast-check'
import { type Flows, flowsOf } from '../../../src/engine/analysis/flows.ts'
import { calculate } from '../../../src/engine/index.ts'
import { solveProduct } from '../../../src/engine/product/solve-product.ts'
import type { ActivityLine, LineUncertainty, ProductInput } from '../../../src/engine/types.ts'
import { co2eFactor, context, product } from '../fixtures.ts'

export const kg = (amount: string) => ({ amount, unit: 'kg' })

export const takes = (
  process: string,
  from: string,
  amount: string,
  more: Partial<ActivityLine> = {},
): ActivityLine => ({
  ...{ id: `${process}<${from}`, category: 'material', process, from, quantity: kg(amount) },
  ...more,
})
export const emits = (process: string, amount: string, more: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
  ...more,
})
export const buys = (
  process: string,
  factor: string,
  amount: string,
  more: Partial<ActivityLine> = {},
): ActivityLine => ({
  ...{
    id: `${process} ${factor}`,
    category: 'material',
    process,
    factor: { id: factor },
    quantity: kg(amount),
  },
  ...more,
})
export const off = (activityPercent: string, factorPercent = '0', more: Partial<LineUncertainty> = {}) => ({
  uncertainty: { activityPercent, factorPercent, ...more },
})
export const made = (...ids: readonly string[]) => ids.map((id) => ({ id, output: kg('1') }))
export const ownFactors = [
  co2eFactor({ id: 'steel', family: 'cradle-to-gate', unit: 'kg' }, '2'),
  co2eFactor({ id: 'glass', family: 'cradle-to-gate', unit: 'kg' }, '1.5'),
]

/** 1 kg of paint takes 0.5 kg resin and 0.2 kg steel; resin takes 0.4 kg paint back: runs 1 ÷ 0.8 and 0.5 ÷ 0.8. */
export const loop = product(
  made('paint', 'resin'),
  [
    takes('paint', 'resin', '0.5'),
    takes('resin', 'paint', '0.4'),
    buys('paint', 'steel', '0.2'),
    buys('resin', 'glass', '2'),
    emits('resin', '1'),
  ],
  { ownFactors },
)

export const flowsIn = (input: ProductInput): Flows => flowsOf(solveProduct(input, context()))
export const totalOf = (input: ProductInput): number => calculate(input, context()).total

const share = fc.integer({ min: 1, max: 30 }).map((n) => n / 100)
const amount = fc.integer({ min: -200, max: 1000 }).map((n) => n / 100)

/** Processes in a chain that all reach back at random, each with emissions and factors of its own; some amounts are credits. */
export const systems: fc.Arbitrary<ProductInput> = fc
  .record({
    size: fc.integer({ min: 2, max: 6 }),
    forward: fc.array(share, { minLength: 6, maxLength: 6 }),
    back: fc.array(fc.tuple(fc.nat(5), fc.nat(5), share), { maxLength: 8 }),
    outputs: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 6, maxLength: 6 }),
    own: fc.array(fc.tuple(amount, fc.integer({ min: 0, max: 500 })), { minLength: 6, maxLength: 6 }),
  })
  .map(({ size, forward, back, outputs, own }) => {
    const names = Array.from({ length: size }, (_, at) => `p${at}`)
    // Inputs stay small beside outputs, so that no loop takes more than it makes.
    const per = (at: number, part: number) => String((part * (outputs[at] as number)) / 6)
    const links = [
      ...names
        .slice(1)
        .map((name, at) => takes(`p${at}`, name, per(at + 1, forward[at] as number), { id: `f${at}` })),
      ...back
        .filter(([taker, maker]) => taker < size && maker < size)
        .map(([taker, maker, part], at) =>
          takes(`p${taker}`, `p${maker}`, per(maker, part), { id: `b${at}` }),
        ),
    ]
    const lines = names.flatMap((name, at) => {
      const [emitted, bought] = own[at] as [number, number]
      return [
        emits(name, String(Math.abs(emitted))),
        buys(name, at % 2 === 0 ? 'steel' : 'glass', String(bought / 100)),
      ]
    })
    const processes = names.map((id, at) => ({ id, output: kg(String(outputs[at])) }))
    return product(processes, [...links, ...lines], { ownFactors, declaredUnit: kg('3') })
  })
