/** Where a result comes from: direct and upstream, path by path, and as a Sankey diagram. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { balanced } from '../../../src/engine/analysis/balance.ts'
import { contributionsOf } from '../../../src/engine/analysis/contributions.ts'
import { sankeyOf } from '../../../src/engine/analysis/sankey.ts'
import { sumBelow, treeOf } from '../../../src/engine/analysis/tree.ts'
import { exactSum } from '../../../src/engine/exact-sum.ts'
import { product } from '../fixtures.ts'
import { buys, emits, flowsIn, loop, made, ownFactors, systems, takes } from './systems.ts'

const all = { cutOff: 0.001, depthMax: 12, nodesMax: 500 }

describe('contributions', () => {
  test('of a loop, by hand', () => {
    const flows = flowsIn(loop)
    const { processes, lines, otherProcesses } = contributionsOf(flows, 10)
    // Runs: paint 1 ÷ (1 − 0.5 × 0.4) = 1.25, resin 0.625. Own: paint 0.2 × 2 = 0.4, resin 2 × 1.5 + 1 = 4 kg per run.
    // With everything before: paint = 0.4 + 0.5 resin, resin = 4 + 0.4 paint, so paint = 2.4 ÷ 0.8 = 3 and resin = 5.2.
    expect(flows.result.total).toBeCloseTo(3, 14)
    const [paint, resin] = processes
    expect(paint).toMatchObject({ key: 'paint', runs: 1.25, perOutput: { unit: 'kg' } })
    expect(paint?.direct).toBeCloseTo(0.5, 14)
    expect(paint?.upstream).toBeCloseTo(1.25 * 0.5 * 5.2, 14)
    expect(paint?.perOutput.kgCo2e).toBeCloseTo(3, 14)
    expect(resin?.direct).toBeCloseTo(2.5, 14)
    expect(resin?.directShare).toBeCloseTo(2.5 / 3, 14)
    expect(resin?.upstream).toBeCloseTo(0.625 * 0.4 * 3, 14)
    expect(otherProcesses).toEqual({ count: 0, kgCo2e: 0 })
    const taken = lines.find(({ line }) => line === 'paint<resin')
    expect(taken).toMatchObject({ from: 'resin', direct: 0, directShare: 0 })
    expect(taken?.upstream).toBeCloseTo(1.25 * 0.5 * 5.2, 14)
  })

  test('add up to the total to the last digit, named or not, whatever the system', () => {
    fc.assert(
      fc.property(systems, fc.integer({ min: 1, max: 20 }), (input, most) => {
        const flows = flowsIn(input)
        const { total } = flows.result
        const { processes, otherProcesses, lines, otherLines } = contributionsOf(flows, most)
        expect(exactSum([...processes.map(({ direct }) => direct), otherProcesses.kgCo2e])).toBe(total)
        expect(exactSum([...lines.map(({ direct }) => direct), otherLines.kgCo2e])).toBe(total)
        expect(processes.length + otherProcesses.count).toBe(input.processes.length)
        expect(lines.length + otherLines.count).toBe(input.lines.length)
      }),
    )
  })

  test('of a process: what it emits and what comes with its inputs is what all its runs cost', () => {
    fc.assert(
      fc.property(systems, (input) => {
        const flows = flowsIn(input)
        for (const { key, runs, direct, upstream } of contributionsOf(flows, 100).processes) {
          const node = flows.nodes.findIndex((one) => one.key === key)
          const cost = runs * (flows.intensities[node] as number)
          expect(Math.abs(direct + upstream - cost)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(cost)))
        }
      }),
    )
  })

  test('of the declared unit: demand × what one unit costs is the total', () => {
    fc.assert(
      fc.property(systems, (input) => {
        const { demand, intensities, result } = flowsIn(input)
        const total = exactSum(demand.map((runs, node) => runs * (intensities[node] as number)))
        expect(Math.abs(total - result.total)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(result.total)))
      }),
    )
  })
})

describe('the contribution tree', () => {
  const paths = ({ nodes }: ReturnType<typeof treeOf>) =>
    nodes.map(({ depth, line, kgCo2e }) => [depth, line, Math.round(kgCo2e * 1e9) / 1e9])

  test('of a chain, by hand', () => {
    const chain = product(
      made('chair', 'leg'),
      [takes('chair', 'leg', '4'), emits('chair', '1'), buys('leg', 'steel', '0.5'), emits('leg', '0.25')],
      { ownFactors },
    )
    // A leg costs 0.5 × 2 + 0.25 = 1.25, a chair 4 × 1.25 + 1 = 6.
    expect(paths(treeOf(flowsIn(chain), all))).toEqual([
      [0, null, 6],
      [1, null, 6],
      [2, 'chair<leg', 5],
      [3, 'leg steel', 4],
      [3, 'leg CO2', 1],
      [2, 'chair CO2', 1],
    ])
  })

  test('follows a loop round and round, each time 0.2 of the time before, down to the cut-off', () => {
    const tree = treeOf(flowsIn(loop), { ...all, cutOff: 0.09 })
    // 3 = 0.4 steel + 2.6 resin; 2.6 = 1.5 glass + 0.5 CO2 + 0.6 paint; 0.6 = 0.08 steel (cut: 0.08 < 0.27) + 0.52 resin.
    expect(paths(tree)).toEqual([
      [0, null, 3],
      [1, null, 3],
      [2, 'paint<resin', 2.6],
      [3, 'resin glass', 1.5],
      [3, 'resin<paint', 0.6],
      [4, 'paint<resin', 0.52],
      [5, 'resin glass', 0.3],
      [3, 'resin CO2', 0.5],
      [2, 'paint steel', 0.4],
    ])
    expect(tree.nodes[4]?.rest).toMatchObject({ count: 1 })
    expect(tree.nodes[4]?.rest.kgCo2e).toBeCloseTo(0.08, 14)
    expect(tree.nodes[3]?.rest).toEqual({ count: 0, kgCo2e: 0 })
  })

  test('comes to its whole at every step, to the last digit, however it is cut', () => {
    const cut = fc.record({
      cutOff: fc.constantFrom(0, 0.001, 0.02, 0.2, 1),
      depthMax: fc.integer({ min: 0, max: 12 }),
      nodesMax: fc.integer({ min: 1, max: 120 }),
    })
    fc.assert(
      fc.property(systems, cut, (input, bounds) => {
        const { nodes } = treeOf(flowsIn(input), bounds)
        expect(nodes.length).toBeLessThanOrEqual(bounds.nodesMax)
        nodes.forEach(({ rest, kgCo2e, depth, parent }, place) => {
          expect(depth).toBeLessThanOrEqual(bounds.depthMax)
          expect(parent === null || parent < place).toBe(true)
          const isLeaf = rest.count === 0 && !nodes.some((one) => one.parent === place)
          if (!isLeaf) expect(sumBelow(nodes, place)).toBe(kgCo2e)
        })
        expect(nodes[0]?.kgCo2e).toBe(flowsIn(input).result.total)
      }),
      { numRuns: 50 },
    )
  })

  test('holds the largest paths where their number is bounded', () => {
    const flows = flowsIn(loop)
    const few = treeOf(flows, { ...all, nodesMax: 4 }).nodes.map(({ line }) => line)
    expect(few).toEqual([null, null, 'paint<resin', 'paint steel'])
  })

  test('has a branch for a credit: what is avoided is taken off', () => {
    const credit = product(made('boiler', 'grid'), [
      takes('boiler', 'grid', '-0.5'),
      emits('boiler', '2'),
      emits('grid', '1'),
    ])
    expect(paths(treeOf(flowsIn(credit), all))).toEqual([
      [0, null, 1.5],
      [1, null, 1.5],
      [2, 'boiler CO2', 2],
      [2, 'boiler<grid', -0.5],
      [3, 'grid CO2', -0.5],
    ])
  })
})

describe('the Sankey data', () => {
  test('of a loop, by hand', () => {
    const { nodes, links } = sankeyOf(flowsIn(loop), 0, 100)
    const rounded = (value: number) => Math.round(value * 1e9) / 1e9
    expect(links.map(({ from, to, kgCo2e }) => [from, to, rounded(kgCo2e)])).toEqual([
      ['category:material', 'process:paint', 0.5],
      ['category:material', 'process:resin', 1.875],
      ['category:process-emissions', 'process:resin', 0.625],
      ['process:paint', 'process:resin', 0.75],
      ['process:paint', 'product', 3],
      ['process:resin', 'process:paint', 3.25],
    ])
    expect(nodes.map(({ id, kgCo2e }) => [id, rounded(kgCo2e)])).toEqual([
      ['category:material', 2.375],
      ['category:process-emissions', 0.625],
      ['process:paint', 3.75],
      ['process:resin', 3.25],
      ['product', 3],
    ])
  })

  test('is balanced at every node, what is cut off included', () => {
    fc.assert(
      fc.property(
        systems,
        fc.constantFrom(0, 0.05, 0.3),
        fc.integer({ min: 1, max: 6 }),
        (input, cutOff, most) => {
          const flows = flowsIn(input)
          const { nodes, links, others } = sankeyOf(flows, cutOff, most)
          const scale =
            exactSum(links.map(({ kgCo2e }) => Math.abs(kgCo2e))) + Math.abs(flows.result.total) + 1
          const sum = (end: 'from' | 'to', id: string) =>
            exactSum(links.filter((link) => link[end] === id).map(({ kgCo2e }) => kgCo2e))
          for (const { id, kind, kgCo2e, restIn, restOut } of nodes) {
            if (kind !== 'category')
              expect(Math.abs(sum('to', id) + restIn - kgCo2e)).toBeLessThan(1e-12 * scale)
            if (kind !== 'product')
              expect(Math.abs(sum('from', id) + restOut - kgCo2e)).toBeLessThan(1e-12 * scale)
          }
          const processes = nodes.filter(({ kind }) => kind === 'process')
          expect(processes.length).toBeLessThanOrEqual(most)
          expect(processes.length + others.count).toBe(input.processes.length)
        },
      ),
    )
  })
})

describe('parts that are balanced', () => {
  test('come to their whole, and move by no more than rounding', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 30 }), (parts) => {
        const rounded = parts.reduce((sum, part) => sum + part, 0)
        const found = balanced(parts, rounded)
        const largest = Math.max(...parts.map(Math.abs))
        found.forEach((part, place) => {
          expect(Math.abs(part - (parts[place] as number))).toBeLessThanOrEqual(30 * 2 ** -50 * largest)
        })
        if (largest <= Math.abs(rounded)) expect(exactSum(found)).toBe(rounded)
      }),
    )
  })
})
