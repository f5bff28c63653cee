/** The adjoint against the plain way: change one number, calculate again, compare. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sensitivitiesOf } from '../../../src/engine/analysis/sensitivities.ts'
import type { Sensitivity } from '../../../src/engine/analysis/types.ts'
import type { ActivityLine, ProductInput } from '../../../src/engine/types.ts'
import { co2eFactor, factor, product } from '../fixtures.ts'
import { buys, emits, flowsIn, kg, loop, made, ownFactors, systems, takes, totalOf } from './systems.ts'

/** Central differences: of the order of the step squared beside the derivative. */
const step = 1e-4

/** The derivative by calculating twice. */
function slope(at: number, totalAt: (value: number) => number): number {
  const by = step * Math.max(Math.abs(at), 1)
  return (totalAt(at + by) - totalAt(at - by)) / (2 * by)
}

/** A system with another number where a sensitivity says. */
function withValue(input: ProductInput, { of }: Sensitivity, value: number): ProductInput {
  const text = String(value)
  if (of.kind === 'amount') {
    const lines = input.lines.map((line) => (line.id === of.line ? { ...line, quantity: kg(text) } : line))
    return { ...input, lines }
  }
  if (of.kind === 'output') {
    const processes = input.processes.map((one) =>
      one.id === of.process ? { ...one, output: kg(text) } : one,
    )
    return { ...input, processes }
  }
  if (of.kind === 'parameter') {
    const parameters = (input.parameters ?? []).map((one) =>
      one.id === of.id ? { ...one, value: text } : one,
    )
    return { ...input, parameters }
  }
  const factors = (input.ownFactors ?? []).map((one) =>
    one.id === of.id ? co2eFactor({ id: one.id, family: one.family, unit: one.unit }, text) : one,
  )
  return { ...input, ownFactors: factors }
}

function expectDerivatives(input: ProductInput): void {
  const { ranked, of } = sensitivitiesOf(flowsIn(input), 1000)
  expect(ranked).toHaveLength(of)
  const total = totalOf(input)
  for (const one of ranked) {
    const { value, perUnit, elasticity } = one
    const line = input.lines.find(({ id }) => one.of.kind === 'amount' && one.of.line === id)
    if (value === null || perUnit === null || line?.parameter !== undefined) continue
    // What is emitted is never less than nothing: around zero one side has to do, with a shorter step.
    const found =
      value === 0
        ? (totalOf(withValue(input, one, step ** 2)) - total) / step ** 2
        : slope(value, (changed) => totalOf(withValue(input, one, changed)))
    expect(Math.abs(perUnit - found), JSON.stringify([one, found])).toBeLessThanOrEqual(
      1e-5 * (1 + Math.abs(found)),
    )
    if (total !== 0) expect(elasticity).toBeCloseTo((perUnit * value) / total, 12)
  }
}

describe('sensitivities', () => {
  test('of a loop, by hand', () => {
    const { ranked } = sensitivitiesOf(flowsIn(loop), 100)
    const named = new Map(ranked.map((one) => [JSON.stringify(Object.values(one.of)), one]))
    // 1.25 runs of paint; a kilogram of resin costs 5.2 kg CO2e with everything before it, one of paint 3.
    expect(named.get('["amount","paint<resin","paint"]')?.perUnit).toBeCloseTo(1.25 * 5.2, 12)
    expect(named.get('["amount","resin<paint","resin"]')?.perUnit).toBeCloseTo(0.625 * 3, 12)
    // Steel: 1.25 × 0.2 kg of it; glass: 0.625 × 2.
    expect(named.get('["factor","own","own","steel",1]')).toMatchObject({ value: 2, unit: 'kg/kg' })
    expect(named.get('["factor","own","own","steel",1]')?.perUnit).toBeCloseTo(0.25, 14)
    expect(named.get('["factor","own","own","glass",1]')?.elasticity).toBeCloseTo((1.5 * 1.25) / 3, 14)
    // A hundredth more paint per run: 0.01 × 1.25 × 3 less.
    expect(named.get('["output","paint","paint"]')?.perUnit).toBeCloseTo(-1.25 * 3, 12)
  })

  test('equal finite differences, for every amount, factor and output of any system', () => {
    fc.assert(fc.property(systems, expectDerivatives), { numRuns: 30 })
  })

  test('also with credits, and where an amount is zero', () => {
    expectDerivatives(
      product(
        made('boiler', 'grid'),
        [
          takes('boiler', 'grid', '-0.5'),
          takes('grid', 'boiler', '0', { id: 'idle' }),
          emits('boiler', '2'),
          emits('grid', '0'),
          buys('grid', 'steel', '0'),
          buys('grid', 'glass', '3'),
        ],
        { ownFactors },
      ),
    )
  })

  test('of parameters, through formulas and lines alike', () => {
    const follows = (line: ActivityLine, id: string, times?: string): ActivityLine => ({
      ...{ ...line, quantity: undefined },
      parameter: times === undefined ? { id } : { id, times },
    })
    expectDerivatives(
      product(
        made('paint', 'resin'),
        [
          follows(takes('paint', 'resin', '0'), 'taken'),
          follows(buys('paint', 'steel', '0'), 'lid', '0.5'),
          follows(emits('resin', '0'), 'spare', '3'),
          buys('resin', 'glass', '2'),
          takes('resin', 'paint', '0.1'),
        ],
        {
          ownFactors,
          parameters: [
            { id: 'lost', value: '0.2' },
            { id: 'net', value: '0.4' },
            { id: 'taken', unit: 'kg', formula: 'net / (1 - lost) + spare * lost' },
            { id: 'lid', unit: 'kg', formula: '-2 * (lost - 1) * net' },
            { id: 'spare', value: '0', unit: 'kg' },
          ],
        },
      ),
    )
  })

  test('are told apart for a factor beside a line’s own', () => {
    const line = {
      ...buys('p', 'steel', '10'),
      beside: [{ id: 'more', gases: ['CH4'] }],
    }
    const co2 = factor({
      id: 'steel',
      family: 'cradle-to-gate',
      unit: 'kg',
      flows: [{ kind: 'fossil', gas: 'CO2', kg: '2' }],
    })
    const more = factor({
      ...{ id: 'more', family: 'cradle-to-gate', unit: 't' },
      flows: [{ kind: 'fossil', gas: 'CH4', kg: '5' }],
    })
    const { ranked } = sensitivitiesOf(flowsIn(product(made('p'), [line], { ownFactors: [co2, more] })), 100)
    const ofFactors = ranked.flatMap(({ of, value, unit, perUnit, elasticity }) =>
      of.kind === 'factor' ? [[of.id, value, unit, perUnit, elasticity]] : [],
    )
    // 10 kg × 2 = 20 kg CO2, and 0.01 t × 5 × 27 = 1.35 kg CO2e.
    expect(ofFactors).toEqual([
      ['steel', 2, 'kg/kg', 10, 20 / 21.35],
      ['more', expect.closeTo(135, 10), 'kg/t', 0.01, 1.35 / 21.35],
    ])
  })
})
