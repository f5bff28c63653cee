/** What holds for every network, whatever its numbers. */

import { describe, expect, test } from 'vitest'
import { prepareNetwork } from '../../../src/engine/network/network.ts'
import { entryAt, sparseMatrix } from '../../../src/engine/network/sparse-matrix.ts'
import { difference, drawing, giantLoop, type Need, network, tripletsOf, unit, valuesOf } from './networks.ts'

/** Groups of every size behind each other, with a credit here and there. */
function mixedNetwork(size: number, seed: number): Need[] {
  const draw = drawing(seed)
  const needs: Need[] = []
  const sizes = [1, 2, 1, 7, 70, 1, 200, 3]
  for (let from = 0, k = 0; from < size; k++) {
    const group = Math.min(sizes[k % sizes.length]!, size - from)
    if (group > 1) {
      for (const [maker, taker, runs] of giantLoop(group, 0.6, seed + k))
        needs.push([from + maker, from + taker, draw() < 0.05 ? -runs : runs])
    }
    const next = from + group
    for (let link = 0; link < group && next < size; link++)
      needs.push([next + Math.floor((size - next) * draw() ** 4), from + link, draw()])
    from = next
  }
  return needs
}

const size = 600
const needs = mixedNetwork(size, 11)
const made = network(size, needs)
const draw = drawing(3)
const demand = Float64Array.from({ length: size }, () => (draw() < 0.1 ? draw() : 0))
const costs = Float64Array.from({ length: size }, () => draw() * 10)
const runs = valuesOf(made.solve(demand))
const intensities = valuesOf(made.solveAdjoint(costs))

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, k) => sum + value * b[k]!, 0)

describe('the same to the bit', () => {
  test('in whatever order the needs come', () => {
    const shuffled = needs.map((need) => [draw(), need] as const).sort(([a], [b]) => a - b)
    const again = network(
      size,
      shuffled.map(([, need]) => need),
    )
    expect(valuesOf(again.solve(demand))).toEqual(runs)
    expect(valuesOf(again.solveAdjoint(costs))).toEqual(intensities)
  })

  test('whatever was solved before', () => {
    made.solve(unit(size, 5))
    made.solveAdjoint(unit(size, 5))
    expect(valuesOf(made.solve(demand))).toEqual(runs)
    expect(valuesOf(made.solveAdjoint(costs))).toEqual(intensities)
  })

  test('with other numbers as when prepared for them', () => {
    const other = needs.map(([maker, taker, value]): Need => [maker, taker, value * (0.8 + 0.4 * draw())])
    const matrix = sparseMatrix(size, tripletsOf(other))
    const given = made.withValues(matrix.values)
    const fresh = prepareNetwork(matrix)
    expect(given.solve(demand)).toEqual(fresh.solve(demand))
    expect(given.solveAdjoint(costs)).toEqual(fresh.solveAdjoint(costs))
    // And back again.
    expect(valuesOf(given.withValues(made.needs.values).solve(demand))).toEqual(runs)
  })

  test('also where a number becomes zero, which opens a loop, or ceases to be', () => {
    const opened = made.needs.values.map((value, entry) => (entry % 3 === 0 ? 0 : value))
    const fresh = prepareNetwork({ ...made.needs, values: opened })
    const given = made.withValues(opened)
    expect(given.solve(demand)).toEqual(fresh.solve(demand))
    expect(valuesOf(given.withValues(made.needs.values).solve(demand))).toEqual(runs)
  })

  test('with needs of nothing beside', () => {
    const nothing = Array.from({ length: size }, (_, k): Need => [k, (k * 7) % size, 0])
    expect(valuesOf(network(size, [...nothing, ...needs]).solve(demand))).toEqual(runs)
  })

  test('per unit, when twice as much is asked', () => {
    expect(valuesOf(made.solve(demand.map((value) => value * 2)))).toEqual(runs.map((value) => value * 2))
  })
})

test('is linear in the demand', () => {
  const other = unit(size, 100)
  const both = valuesOf(made.solve(demand.map((value, k) => 3 * value + other[k]!)))
  const apart = valuesOf(made.solve(other))
  expect(
    difference(
      both,
      runs.map((value, k) => 3 * value + apart[k]!),
    ),
  ).toBeLessThan(1e-12)
})

test('names of processes do not matter: renumbered, the runs are the same but for rounding', () => {
  const places = Array.from({ length: size }, (_, k) => (k * 7 + 3) % size)
  const renamed = network(
    size,
    needs.map(([maker, taker, value]): Need => [places[maker]!, places[taker]!, value]),
  )
  const asked = new Float64Array(size)
  demand.forEach((value, k) => {
    asked[places[k]!] = value
  })
  const found = valuesOf(renamed.solve(asked))
  expect(
    difference(
      places.map((place) => found[place]!),
      runs,
    ),
  ).toBeLessThan(1e-13)
})

test('two processes in series may be merged', () => {
  // 7 takes 0.3 of a new process, which takes 0.5 of 300; or 7 takes 0.15 of 300.
  const series = network(size + 1, [...needs, [size, 7, 0.3], [300, size, 0.5]])
  const merged = network(size, [...needs, [300, 7, 0.15]])
  const longer = valuesOf(series.solve(Float64Array.from([...demand, 0]))).subarray(0, size)
  expect(difference(longer, valuesOf(merged.solve(demand)))).toBeLessThan(1e-12)
})

describe('backwards', () => {
  test('costs of all runs are intensities of all that is asked: c · s = λ · f', () => {
    const total = dot(costs, runs)
    expect(Math.abs(dot(intensities, demand) - total)).toBeLessThan(1e-12 * total)
  })

  test('the total moves with a need by λ of its maker × s of its taker', () => {
    let moved = 0
    for (let k = 0; k < needs.length; k += 97) {
      const [maker, taker] = needs[k]!
      const entry = entryAt(made.needs, maker, taker) as number
      const total = (change: number) => {
        const values = made.needs.values.slice()
        values[entry] = values[entry]! + change
        return dot(costs, valuesOf(made.withValues(values).solve(demand)))
      }
      const slope = (total(1e-6) - total(-1e-6)) / 2e-6
      const sensitivity = intensities[maker]! * runs[taker]!
      expect(Math.abs(slope - sensitivity)).toBeLessThan(1e-6 * Math.max(1, Math.abs(sensitivity)))
      if (sensitivity !== 0) moved++
    }
    expect(moved).toBeGreaterThan(5)
  })
})
