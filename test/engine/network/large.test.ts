/** Networks of thousands: every way of solving one, and that each is quick. */

import { describe, expect, test } from 'vitest'
import { ways } from '../../../src/engine/network/component.ts'
import { layoutOf } from '../../../src/engine/network/layout.ts'
import { solvePositions } from '../../../src/engine/network/passes.ts'
import { factorSparse, solveSparse } from '../../../src/engine/network/sparse-factor.ts'
import { sparseMatrix } from '../../../src/engine/network/sparse-matrix.ts'
import { type System, systemOf } from '../../../src/engine/network/system.ts'
import {
  difference,
  drawing,
  giantLoop,
  type Need,
  network,
  solvedDensely,
  tripletsOf,
  unit,
  valuesOf,
} from './networks.ts'

function systemFor(size: number, needs: readonly Need[]): System {
  const matrix = sparseMatrix(size, tripletsOf(needs))
  return systemOf(layoutOf(matrix), matrix.values)
}

/** By which way the only component of a network is solved. */
function wayOf(size: number, needs: readonly Need[]): number | undefined {
  const answer = solvePositions(systemFor(size, needs), new Float64Array(size).fill(1))
  if ('fault' in answer) throw new Error(answer.fault)
  return answer.ways[0]
}

/** Neighbours in a row take of each other: loops that give back little, and a factorization without a new entry. */
const neighbours = (size: number, taken: number): Need[] =>
  Array.from({ length: size - 1 }, (_, k): Need[] => [
    [k + 1, k, taken],
    [k, k + 1, taken],
  ]).flat()

describe('a chain of 20,000', () => {
  const size = 20_000
  test('is gone through once, from either end', () => {
    const chain = network(
      size,
      Array.from({ length: size - 1 }, (_, k): Need => [k + 1, k, k % 2 === 0 ? 2 : 0.5]),
    )
    const runs = valuesOf(chain.solve(unit(size, 0)))
    expect([runs[1], runs[2], runs[size - 2], runs[size - 1]]).toEqual([2, 1, 1, 2])
    // One kilogram at each: 1, and 2 + 1 for each further pair.
    const upstream = valuesOf(chain.solveAdjoint(new Float64Array(size).fill(1)))
    expect([upstream[size - 1], upstream[size - 2], upstream[0]]).toEqual([1, 3, 30_000])
  })

  test('closed to a loop in a scrambled order, that gives back half', () => {
    const place = (k: number) => ((k % size) * 7_919) % size
    const ring = Array.from({ length: size }, (_, k): Need => [place(k + 1), place(k), k === 0 ? 0.5 : 1])
    const runs = valuesOf(network(size, ring).solve(unit(size, place(1))))
    expect(runs.every((value) => value === 2 || value === 1)).toBe(true)
    expect(runs.filter((value) => value === 1)).toHaveLength(0)
  })
})

describe('a loop through all', () => {
  test('of 20,000 is gone round, and every equation holds', () => {
    const size = 20_000
    const needs = giantLoop(size, 0.6)
    expect(wayOf(size, needs)).toBe(ways.sweeps)
    const asked = unit(size, 12_345)
    const runs = valuesOf(network(size, needs).solve(asked))
    const made = Float64Array.from(asked)
    for (const [maker, taker, value] of needs) made[maker] = made[maker]! + value * runs[taker]!
    expect(difference(runs, made)).toBeLessThan(1e-13)
  })

  test('that gives back little is solved by combining rounds', () => {
    const needs = giantLoop(3_000, 0.999)
    expect(wayOf(3_000, needs)).toBe(ways.krylov)
  })

  test('in which combining does not converge is factored', () => {
    const needs = neighbours(5_000, 0.5)
    expect(wayOf(5_000, needs)).toBe(ways.direct)
    // s_k = k (n + 1 − k) ÷ 2 × 2 for one run asked of each, n processes, k from 1.
    const runs = valuesOf(network(5_000, needs).solve(new Float64Array(5_000).fill(1)))
    expect(difference([runs[0]!, runs[1]!, runs[4_999]!], [5_000, 2 * 4_999, 5_000])).toBeLessThan(1e-9)
  })

  test('does not mind that one process counts in grams and another in tonnes', () => {
    const draw = drawing(8)
    for (const taken of [0.8, 0.999]) {
      const needs = giantLoop(800, taken)
      const units = Float64Array.from({ length: 800 }, () => 2 ** Math.floor(60 * draw() - 30))
      const scaled = needs.map(([m, t, value]): Need => [m, t, (value * units[m]!) / units[t]!])
      const runs = valuesOf(network(800, scaled).solve(units))
      const plain = valuesOf(network(800, needs).solve(new Float64Array(800).fill(1)))
      expect(
        difference(
          runs,
          plain.map((value, k) => value * units[k]!),
        ),
      ).toBeLessThan(1e-12)
    }
  })
})

describe('the sparse factorization', () => {
  test.each([
    ['neighbours in a row', 300, neighbours(300, 0.4)],
    ['a loop with large suppliers', 150, giantLoop(150, 0.9)],
    [
      'credits that need rows exchanged',
      120,
      giantLoop(120, 8).map(([m, t, v], k): Need => [m, t, k % 2 ? v : -v]),
    ],
  ])('%s', (_, size, needs) => {
    const system = systemFor(size, needs)
    const factor = factorSparse(system, 0)
    if (typeof factor === 'string') throw new Error(factor)
    const solution = new Float64Array(size)
    const asked = Float64Array.from({ length: size }, (_, k) => 1 + (k % 5))
    solveSparse(factor, asked, solution, 0)
    const { nodes } = system.layout
    const byNode = new Float64Array(size)
    nodes.forEach((node, position) => {
      byNode[node] = asked[position]!
    })
    const expected = solvedDensely(size, needs, byNode)
    expect(
      difference(
        solution,
        [...nodes].map((node) => expected[node]!),
      ),
    ).toBeLessThan(1e-9)
  })

  test('gives up where it would take too much', () => {
    expect(factorSparse(systemFor(20_000, giantLoop(20_000, 0.6)), 0)).toBe('unsolved')
  })

  test('finds what has no single answer', () => {
    const ring = Array.from({ length: 100 }, (_, k): Need => [(k + 1) % 100, k, 1])
    expect(factorSparse(systemFor(100, ring), 0)).toBe('singular')
    expect(factorSparse(systemFor(100, [...ring.slice(1), [1, 0, 1 - 2 ** -40]]), 0)).toBe('cancelling')
  })
})
