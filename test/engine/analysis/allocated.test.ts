/** Analyses of processes that make several products: shares and credits are followed as the result follows them. */

import { describe, expect, test } from 'vitest'
import { differencesOf } from '../../../src/engine/analysis/comparable.ts'
import { contributionsOf } from '../../../src/engine/analysis/contributions.ts'
import { drawTotals } from '../../../src/engine/analysis/monte-carlo.ts'
import { rankingOf } from '../../../src/engine/analysis/ranking.ts'
import { sankeyOf } from '../../../src/engine/analysis/sankey.ts'
import { sensitivitiesOf } from '../../../src/engine/analysis/sensitivities.ts'
import { statisticsOf } from '../../../src/engine/analysis/statistics.ts'
import { sumBelow, treeOf } from '../../../src/engine/analysis/tree.ts'
import { exactSum } from '../../../src/engine/exact-sum.ts'
import type { Allocation, CoProduct, Process, ProductInput } from '../../../src/engine/types.ts'
import { product } from '../fixtures.ts'
import { emits, flowsIn, kg, off, takes, totalOf } from './systems.ts'

/** 10 kg milk and 10 kg CO2 make 1 kg butter and 9 kg buttermilk; a cake takes both. */
const dairy = (allocation: Allocation, buttermilk: Partial<CoProduct> = {}): ProductInput =>
  product(
    [
      { id: 'cake', output: kg('1') },
      {
        ...{ id: 'dairy', product: 'butter', output: kg('1'), allocation },
        coProducts: [{ id: 'buttermilk', output: kg('9'), ...buttermilk }],
      },
      { id: 'farm', output: kg('1') },
    ] as Process[],
    [
      takes('cake', 'dairy', '0.2', { id: 'butter', fromProduct: 'butter' }),
      ...(allocation.by === 'substitution'
        ? []
        : [takes('cake', 'dairy', '0.3', { id: 'buttermilk', fromProduct: 'buttermilk' })]),
      takes('dairy', 'farm', '10'),
      emits('dairy', '10'),
      emits('farm', '1.2'),
    ],
  )
const byMass = dairy({ by: 'mass' })
const byCredit = dairy({ by: 'substitution' }, { avoids: { from: 'farm' } })

describe.each([
  ['by mass', byMass],
  ['by a credit', byCredit],
])('a dairy %s', (_, input) => {
  const flows = flowsIn(input)
  const { total } = flows.result

  test('contributions and tree come to the total', () => {
    const { processes, lines } = contributionsOf(flows, 100)
    expect(exactSum(processes.map(({ direct }) => direct))).toBe(total)
    expect(exactSum(lines.map(({ direct }) => direct))).toBe(total)
    const { nodes } = treeOf(flows, { cutOff: 0, depthMax: 20, nodesMax: 1000 })
    nodes.forEach(({ kgCo2e, rest }, place) => {
      if (nodes.some(({ parent }) => parent === place) || rest.count > 0)
        expect(sumBelow(nodes, place)).toBe(kgCo2e)
    })
    const sankey = sankeyOf(flows, 0, 100)
    const into = sankey.links.filter(({ to }) => to === 'product').map(({ kgCo2e }) => kgCo2e)
    expect(exactSum(into)).toBeCloseTo(total, 12)
  })

  test('sensitivities of amounts equal finite differences', () => {
    for (const { of, value, perUnit } of sensitivitiesOf(flows, 100).ranked) {
      if (of.kind !== 'amount' || value === null || perUnit === null) continue
      const at = (amount: number) => {
        const lines = input.lines.map((line) =>
          line.id === of.line ? { ...line, quantity: kg(String(amount)) } : line,
        )
        return totalOf({ ...input, lines })
      }
      expect(perUnit).toBeCloseTo((at(value + 1e-4) - at(value - 1e-4)) / 2e-4, 6)
    }
  })

  test('draws have the deviation of first order', () => {
    const lines = input.lines.map((line) => ({ ...line, ...off('4') }))
    const uncertain = flowsIn({ ...input, lines })
    const { standardDeviation } = rankingOf(uncertain, 0.95, 10)
    const drawn = statisticsOf(drawTotals(uncertain, 4000, 1).totals)
    expect(Math.abs((drawn?.standardDeviation ?? 0) / (standardDeviation ?? 0) - 1)).toBeLessThan(0.06)
  })
})

describe('the paths of a dairy', () => {
  test('by mass, each product with its tenths: 0.5 kg of 2.2 kg CO2e each', () => {
    // 10 kg of 22 kg: 10 × 1.2 + 10; a kilogram of either product has 2.2.
    const { nodes } = treeOf(flowsIn(byMass), { cutOff: 0, depthMax: 2, nodesMax: 100 })
    expect(nodes.map(({ key, line, kgCo2e }) => [key, line, Math.round(kgCo2e * 1e9) / 1e9])).toEqual([
      [null, null, 1.1],
      ['cake', null, 1.1],
      ['dairy/buttermilk', 'buttermilk', 0.66],
      ['dairy/butter', 'butter', 0.44],
    ])
  })

  test('by a credit, with a branch of no line that takes it off', () => {
    // 0.2 × (22 − 9 × 1.2) = 2.24.
    const { nodes } = treeOf(flowsIn(byCredit), { cutOff: 0, depthMax: 4, nodesMax: 100 })
    const credit = nodes.find(({ line, depth }) => line === null && depth === 3)
    expect(credit).toMatchObject({ process: 'farm', kgCo2e: expect.closeTo(-0.2 * 9 * 1.2, 12) })
    expect(nodes[0]?.kgCo2e).toBeCloseTo(2.24, 12)
  })
})

describe('two dairies', () => {
  test('that share in different ways are not compared', () => {
    expect(differencesOf(byMass, byCredit)).toEqual([
      { member: 'allocation of process dairy', a: 'mass', b: 'substitution' },
    ])
    const renamed = JSON.parse(JSON.stringify(byCredit).replaceAll('"dairy"', '"creamery"')) as ProductInput
    expect(differencesOf(byMass, renamed)).toEqual([
      { member: 'allocation', a: ['mass'], b: ['substitution'] },
    ])
    expect(differencesOf(byMass, product([{ id: 'cake', output: kg('1') }], []))).toEqual([])
  })
})

describe('waste and means', () => {
  /** Castings put out sand for a kiln; a foundry is the mean of two plants, 700 kg and 300 kg. */
  const foundry = product(
    [
      {
        ...{ id: 'foundry', output: kg('1000') },
        meanOf: [
          { from: 'north', output: kg('700') },
          { from: 'south', output: kg('300') },
        ],
      },
      { id: 'north', output: kg('1') },
      { id: 'south', output: kg('10') },
      { id: 'kiln', output: kg('10'), treats: true },
    ] as unknown as Process[],
    [
      emits('north', '1.5'),
      emits('south', '50'),
      {
        ...takes('south', 'kiln', '4', { id: 'sand', category: 'waste-treatment' }),
        from: undefined,
        to: 'kiln',
      },
      emits('kiln', '20'),
    ],
  )

  test('are followed as anything else is: 0.7 × 1.5 + 0.3 × (5 + 0.4 × 2) = 2.79', () => {
    const flows = flowsIn(foundry)
    expect(flows.result.total).toBeCloseTo(2.79, 12)
    const { lines, processes } = contributionsOf(flows, 100)
    expect(exactSum(processes.map(({ direct }) => direct))).toBe(flows.result.total)
    expect(lines.find(({ line }) => line === 'sand')).toMatchObject({
      ...{ from: null, to: 'kiln', direct: 0, upstream: expect.closeTo(0.3 * 0.4 * 2, 12) },
    })
    const { nodes } = treeOf(flows, { cutOff: 0, depthMax: 20, nodesMax: 100 })
    expect(nodes.filter(({ depth }) => depth === 2).map(({ key, line }) => [key, line])).toEqual([
      ['south', null],
      ['north', null],
    ])
  })

  test('have sensitivities that equal finite differences, but for what a mean makes', () => {
    const { ranked } = sensitivitiesOf(flowsIn(foundry), 100)
    expect(ranked.some(({ of }) => of.kind === 'output' && of.process === 'foundry')).toBe(false)
    for (const { of, value, perUnit } of ranked) {
      if (value === null || perUnit === null || of.kind === 'factor') continue
      const at = (amount: number): ProductInput => {
        const quantity = kg(String(amount))
        return of.kind === 'amount'
          ? {
              ...foundry,
              lines: foundry.lines.map((one) => (one.id === of.line ? { ...one, quantity } : one)),
            }
          : {
              ...foundry,
              processes: foundry.processes.map((one) =>
                of.kind === 'output' && one.id === of.process ? { ...one, output: quantity } : one,
              ),
            }
      }
      expect(perUnit).toBeCloseTo((totalOf(at(value + 1e-4)) - totalOf(at(value - 1e-4))) / 2e-4, 6)
    }
  })
})
