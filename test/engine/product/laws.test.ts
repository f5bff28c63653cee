/**
 * Laws of every product system: linear in what is asked for, blind to the order in which it is written, the same whether two processes
 * stand in a row or are one, and with nothing of a process lost among its products. Systems are drawn, loops and co-products included.
 */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, exactSum } from '../../../src/engine/index.ts'
import type { ActivityLine, Allocation, CoProduct, Process, ProductInput } from '../../../src/engine/types.ts'
import { context, product } from '../fixtures.ts'

const kg = (amount: number) => ({ amount: String(amount), unit: 'kg' })
const run = (input: ProductInput) => calculate(input, context())
const size = fc.integer({ min: 1, max: 1000 }).map((units) => units / 10)
/** So little that no loop takes what it makes. */
const little = fc.integer({ min: 1, max: 100 }).map((units) => units / 10_000)

interface Drawn {
  readonly outputs: readonly number[]
  readonly emitted: readonly number[]
  readonly taken: readonly { readonly taker: number; readonly maker: number; readonly amount: number }[]
  readonly beside: readonly number[]
  readonly byMass: readonly boolean[]
}

const count = 6
const place = fc.integer({ min: 0, max: count - 1 })
const each = <Value>(value: fc.Arbitrary<Value>) => fc.array(value, { minLength: count, maxLength: count })
const drawn: fc.Arbitrary<Drawn> = fc.record({
  outputs: each(size),
  emitted: each(size),
  beside: each(size),
  byMass: each(fc.boolean()),
  taken: fc.array(fc.record({ taker: place, maker: place, amount: little }), { maxLength: 14 }),
})

const names = Array.from({ length: count }, (_, index) => `p${index}`)
const share = (main: number): Allocation => ({
  ...{ by: 'shares', justification: 'drawn' },
  shares: [
    { product: 'main', share: String(main) },
    { product: 'side', share: String((100 - main * 100) / 100) },
  ],
})

/** Every second process makes something beside; the first takes of all others, so that each is needed. */
function systemOf({ outputs, emitted, taken, beside, byMass }: Drawn): ProductInput {
  const isJoint = (index: number) => index % 2 === 1
  const side = (index: number): CoProduct => ({ id: 'side', output: kg(beside[index] as number) })
  const processes = names.map((id, index) => ({
    ...{ id, output: kg(outputs[index] as number), product: isJoint(index) ? 'main' : id },
    ...(isJoint(index)
      ? { coProducts: [side(index)], allocation: byMass[index] ? ({ by: 'mass' } as const) : share(0.75) }
      : {}),
  }))
  const takes = (
    taker: number,
    maker: number,
    amount: number,
    way: 'main' | 'side',
    id: string,
  ): ActivityLine => ({
    ...{ id, category: 'material', process: names[taker] as string, from: names[maker] as string },
    ...{ quantity: kg(amount), ...(isJoint(maker) ? { fromProduct: way } : {}) },
  })
  const lines = [
    ...names.map(
      (process, index): ActivityLine => ({
        ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2' },
        quantity: kg(emitted[index] as number),
      }),
    ),
    ...names
      .slice(1)
      .map((_, index) => takes(0, index + 1, 0.01, index % 3 === 0 ? 'side' : 'main', `first ${index}`)),
    ...taken.map(({ taker, maker, amount }, index) =>
      takes(taker, maker, amount, index % 2 === 0 ? 'main' : 'side', `more ${index}`),
    ),
  ]
  return product(processes, lines, { declaredUnit: kg(1) })
}

describe('every system', () => {
  test('is linear in what is asked for', () => {
    fc.assert(
      fc.property(drawn, size, (given, times) => {
        const input = systemOf(given)
        const [one, many] = [run(input).total, run({ ...input, declaredUnit: kg(times) }).total]
        expect(Math.abs(many - one * times)).toBeLessThanOrEqual(many * 1e-13)
      }),
    )
  })

  test('gives the same bits in whatever order it is written', () => {
    fc.assert(
      fc.property(drawn, fc.infiniteStream(fc.nat()), (given, keys) => {
        const input = systemOf(given)
        const shuffled = <Item>(items: readonly Item[]) =>
          items
            .map((item) => [keys.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item)
        const other = { ...input, processes: shuffled(input.processes), lines: shuffled(input.lines) }
        const [before, after] = [run(input), run(other)]
        expect(after.total).toBe(before.total)
        expect(after.scaling).toEqual(before.scaling)
        expect(after.byProcess).toEqual(before.byProcess)
        expect(after.product?.allocations).toEqual(before.product?.allocations)
      }),
    )
  })

  test('is the same whether a step stands by itself or in the process that takes it', () => {
    fc.assert(
      fc.property(drawn, size, size, little, (given, made, emitted, amount) => {
        const input = systemOf(given)
        const step: Process = {
          ...(input.processes[0] as Process),
          id: 'step',
          product: 'step',
          output: kg(made),
        }
        const own = (process: string, mass: number, id: string): ActivityLine => ({
          ...{ id, category: 'process-emissions', process, gas: 'CO2', quantity: kg(mass) },
        })
        const feeds: ActivityLine = {
          ...{ id: 'step in', category: 'material', process: 'p0', from: 'step', quantity: kg(amount) },
        }
        const apart = run({
          ...input,
          processes: [...input.processes, step],
          lines: [...input.lines, feeds, own('step', emitted, 'step CO2')],
        })
        const merged = run({
          ...input,
          lines: [...input.lines, own('p0', (emitted * amount) / made, 'merged')],
        })
        expect(Math.abs(apart.total - merged.total)).toBeLessThanOrEqual(merged.total * 1e-12)
      }),
    )
  })

  test('leaves nothing of a process among its products: what both bear is what the process bears', () => {
    fc.assert(
      fc.property(drawn, (given) => {
        const input = systemOf({ ...given, taken: given.taken.filter(({ maker }) => maker % 2 === 0) })
        const joint = input.processes[1] as Process
        const of = (referenceProduct: string, declaredUnit: Process['output']) =>
          run({
            ...input,
            lines: [...input.lines.filter(({ id }) => id !== 'first 0'), anchor],
            ...{ referenceProcess: 'p1', referenceProduct, declaredUnit },
          }).total
        // Everything else stays needed, by the joint process itself.
        const anchor: ActivityLine = {
          ...{ id: 'anchor', category: 'material', process: 'p1', from: 'p0', quantity: kg(0.001) },
        }
        const main = of('main', joint.output)
        const side = of('side', (joint.coProducts as readonly CoProduct[])[0]?.output as Process['output'])
        const plain = run({
          ...input,
          processes: input.processes.map((process) =>
            process.id === 'p1' ? { ...process, coProducts: undefined, allocation: undefined } : process,
          ),
          lines: [...input.lines.filter(({ id }) => id !== 'first 0'), anchor],
          ...{ referenceProcess: 'p1', declaredUnit: joint.output },
        }).total
        expect(Math.abs(exactSum([main, side, -plain]))).toBeLessThanOrEqual(plain * 1e-13)
      }),
    )
  })
})
