/** The laws of a product system, on systems that hold everything a network can hold at once. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { analyzeProduct, calculate, exactSum } from '../../../src/engine/index.ts'
import type { CalculationResult, ProductInput, Quantity, Subtotal } from '../../../src/engine/types.ts'
import { analysisRequest } from '../analysis/requests.ts'
import { co2eFactor, context } from '../fixtures.ts'
import { factorKg, wholeSystems, workedOut } from './drawn.ts'

const run = (input: ProductInput) => calculate(input, context())
const few = { numRuns: 40 }

/** How large everything is that a total is made of: what roundings are of. */
const sizeOf = ({ lines }: CalculationResult) => exactSum(lines.map(({ kgCo2e }) => Math.abs(kgCo2e)))

const most = { ...analysisRequest, parts: ['contributions', 'sensitivities'], most: 1000 } as const

describe('any system', () => {
  test('comes to what its equations come to, written down from the input and eliminated one by one', () => {
    fc.assert(
      fc.property(wholeSystems, (input) => {
        const expected = workedOut(input)
        const { total, scaling, ...result } = run(input)
        const size = sizeOf({ total, scaling, ...result })
        expect(Math.abs(total - expected.total)).toBeLessThanOrEqual(size * 1e-12)
        expect(scaling).toHaveLength(expected.runs.size)
        const most = Math.max(...scaling.map(({ runs }) => Math.abs(runs)))
        for (const { process, product, runs } of scaling) {
          const other = expected.runs.get(`${process}/${product ?? process}`) as number
          expect(Math.abs(runs - other), `${process} ${product}`).toBeLessThanOrEqual(most * 1e-12)
        }
      }),
    )
  })

  test('is linear in what is asked for', () => {
    fc.assert(
      fc.property(wholeSystems, fc.integer({ min: 2, max: 999 }), (input, times) => {
        const one = run(input)
        const many = run({ ...input, declaredUnit: { amount: String(times), unit: 'kg' } })
        expect(Math.abs(many.total - one.total * times)).toBeLessThanOrEqual(sizeOf(many) * 1e-13)
        // Twice as much is twice every line, to the bit.
        const twice = run({ ...input, declaredUnit: { amount: '2', unit: 'kg' } })
        expect(twice.lines.map(({ kgCo2e }) => kgCo2e)).toEqual(one.lines.map(({ kgCo2e }) => kgCo2e * 2))
      }),
      few,
    )
  })

  test('has one result to the bit, member by member, in whatever order it is written', () => {
    fc.assert(
      fc.property(wholeSystems, fc.infiniteStream(fc.nat()), (input, keys) => {
        const shuffled = <Item>(items: readonly Item[] = []) =>
          items
            .map((item) => [keys.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item)
        const processes = shuffled(input.processes).map((process) => ({
          ...process,
          ...(process.meanOf ? { meanOf: shuffled(process.meanOf) } : {}),
        }))
        const other: ProductInput = {
          ...{ ...input, processes, lines: shuffled(input.lines) },
          parameters: shuffled(input.parameters),
        }
        expect(ordered(run(other))).toEqual(ordered(run(input)))
      }),
      few,
    )
  })

  test('is the sum of its lines, processes, stages and categories, each rounded once', () => {
    fc.assert(
      fc.property(wholeSystems, (input) => {
        const result = run(input)
        const bound = sizeOf(result) * 2 ** -50
        const comesTo = (parts: readonly Pick<Subtotal, 'kgCo2e'>[]) =>
          expect(
            Math.abs(exactSum([...parts.map(({ kgCo2e }) => kgCo2e), -result.total])),
          ).toBeLessThanOrEqual(bound)
        comesTo(result.lines)
        comesTo(result.byProcess)
        comesTo(result.byStage)
        comesTo(result.byCategory)
        comesTo(result.byKind.filter(({ inTotal }) => inTotal))
      }),
      few,
    )
  })

  test('shares out the whole of each process', () => {
    fc.assert(
      fc.property(wholeSystems, (input) => {
        const allocated = run(input).product?.allocations ?? []
        expect(allocated.map(({ process }) => process)).toEqual(['p1', 'p3', 'p5', 'p7'])
        for (const { process, products } of allocated)
          expect(exactSum(products.map(({ share }) => share ?? Number.NaN)), process).toBe(1)
      }),
      few,
    )
  })

  test('is the same with a step taken out of a process as with it inside', () => {
    fc.assert(
      fc.property(wholeSystems, fc.integer({ min: 1, max: 99 }), (input, parts) => {
        const steel = { category: 'material', factor: { table: 'own', id: 'steel' } }
        const inside = run({
          ...input,
          lines: [
            ...input.lines,
            { ...steel, id: 'inside', process: 'p1', quantity: { amount: String(parts / 8), unit: 'kg' } },
          ],
        })
        // A run of the step makes 2 kg out of 3 kg of steel; the process takes as much as holds parts ÷ 8 kg.
        const [like] = input.processes as [ProductInput['processes'][number]]
        const step = { ...like, id: 'step', output: { amount: '2', unit: 'kg' } }
        const taken: Quantity = { amount: String(parts / 12), unit: 'kg' }
        const apart = run({
          ...input,
          processes: [...input.processes, step],
          lines: [
            ...input.lines,
            { id: 'taken', category: 'material', process: 'p1', from: 'step', quantity: taken },
            { ...steel, id: 'in step', process: 'step', quantity: { amount: '3', unit: 'kg' } },
          ],
        })
        expect(Math.abs(apart.total - inside.total)).toBeLessThanOrEqual(sizeOf(inside) * 1e-12)
      }),
      few,
    )
  })
})

describe('the analysis of any system', () => {
  const partsOf = (input: ProductInput) => analyzeProduct(input, context(), most)

  test('says of every process and line what it contributes, together the total to the last digit', () => {
    fc.assert(
      fc.property(wholeSystems, (input) => {
        const { contributions, total } = partsOf(input)
        const { processes = [], lines = [] } = contributions ?? {}
        expect(total).toBe(run(input).total)
        expect(exactSum(processes.map(({ direct }) => direct))).toBe(total)
        expect(exactSum(lines.map(({ direct }) => direct))).toBe(total)
      }),
      few,
    )
  })

  test('has sensitivities to amounts, the factor and the parameter that equal finite differences', () => {
    fc.assert(
      fc.property(wholeSystems, fc.nat(), (input, chosen) => {
        const { sensitivities } = partsOf(input)
        const size = sizeOf(run(input))
        const close = (moved: number | undefined, changed: (times: number) => ProductInput, what: string) => {
          const h = 2 ** -12
          const found = (run(changed(1 + h)).total - run(changed(1 - h)).total) / (2 * h)
          expect(Math.abs((moved ?? Number.NaN) - found), what).toBeLessThanOrEqual(size * 1e-5)
        }
        const ranked = sensitivities?.ranked ?? []
        const stated = input.lines.filter(({ quantity }) => quantity !== undefined)
        const line = stated[chosen % stated.length] as (typeof stated)[number]
        const ofLine = ranked.find(({ of }) => of.kind === 'amount' && of.line === line.id)
        close(
          (ofLine?.perUnit ?? Number.NaN) * (ofLine?.value ?? 0),
          (times) => ({
            ...input,
            lines: input.lines.map((one) =>
              one !== line ? one : { ...one, quantity: scaled(one.quantity as Quantity, times) },
            ),
          }),
          line.id,
        )
        const ofFactor = ranked.find(({ of }) => of.kind === 'factor')
        if (ofFactor !== undefined)
          close(
            (ofFactor.perUnit ?? Number.NaN) * factorKg,
            (times) => ({
              ...input,
              ownFactors: [
                co2eFactor({ id: 'steel', family: 'cradle-to-gate', unit: 'kg' }, String(factorKg * times)),
              ],
            }),
            'steel',
          )
        const ofBase = ranked.find(({ of }) => of.kind === 'parameter')
        close(
          (ofBase?.perUnit ?? Number.NaN) * (ofBase?.value ?? 0),
          (times) => ({
            ...input,
            parameters: input.parameters?.map((one) =>
              one.value === undefined ? one : { ...one, value: String(Number(one.value) * times) },
            ),
          }),
          'base',
        )
      }),
      few,
    )
  })
})

const scaled = ({ amount, unit }: Quantity, times: number): Quantity => ({
  amount: String(Number(amount) * times),
  unit,
})

/** A result with its lines, and what names lines, by id. */
function ordered(result: CalculationResult) {
  const byId = <Item extends { readonly id: string }>(items: readonly Item[]) =>
    items.toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const named = <Item extends { readonly lines: readonly string[] }>(items: readonly Item[]) =>
    items.map((item) => ({ ...item, lines: item.lines.toSorted() }))
  const { lines, flags, gasesNotCovered, product, ...rest } = result
  return {
    ...{ ...rest, lines: byId(lines), flags: named(flags), gasesNotCovered: named(gasesNotCovered) },
    product: product && {
      ...product,
      findings: named(product.findings).map((found) => ({ ...found, processes: found.processes.toSorted() })),
    },
  }
}
