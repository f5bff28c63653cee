/** Networks without an answer, or without one that means anything: refused, with the processes that are why. */

import { describe, expect, test } from 'vitest'
import { isFault } from '../../../src/engine/network/network.ts'
import { giantLoop, type Need, network, unit, valuesOf } from './networks.ts'

/** 0 asks 1, and 1 → 2 → 3 → 1 is a loop whose round makes `gain` of what it began with. */
const loopOfThree = (gain: number): Need[] => [
  [1, 0, 1],
  [2, 1, 1],
  [3, 2, 1],
  [1, 3, gain],
]

describe('a process that takes of its own product', () => {
  test.each([
    ['all', 1, 'singular'],
    ['all but a rest of rounding', 1 - 2 ** -40, 'cancelling'],
    ['a rest of rounding more than all', 1 + 2 ** -40, 'cancelling'],
    ['more than all', 1.25, 'unproductive'],
  ])('%s', (_, own, fault) => {
    const alone = network(3, [
      [1, 0, 1],
      [1, 1, own],
      [2, 1, 1],
    ])
    expect(alone.solve(unit(3, 0))).toEqual({ fault, nodes: [1] })
    expect(alone.solveAdjoint(unit(3, 2))).toEqual({ fault, nodes: [1] })
    // In a loop with others, too.
    const together = network(3, [
      [1, 0, 1],
      [1, 1, own],
      [2, 1, 1],
      [1, 2, 1e-3],
    ])
    expect(together.solve(unit(3, 0))).toEqual({ fault, nodes: [1] })
  })
})

describe('a loop', () => {
  test.each([
    ['that takes all it makes', 1, 'singular'],
    ['that leaves a rest of rounding', 1 - 2 ** -40, 'cancelling'],
    ['that takes more than it makes', 1.01, 'unproductive'],
    ['that takes a thousand times what it makes', 1000, 'unproductive'],
  ])('%s', (_, gain, fault) => {
    const fed = network(4, loopOfThree(gain))
    expect(fed.solve(unit(4, 0))).toEqual({ fault, nodes: [1, 2, 3] })
    expect(fed.solveAdjoint(unit(4, 2))).toEqual({ fault, nodes: [1, 2, 3] })
  })

  test('that leaves a millionth is answered: 1 ÷ (1 − 0.999999) rounds', () => {
    const runs = valuesOf(network(4, loopOfThree(1 - 2 ** -20)).solve(unit(4, 0)))
    expect([...runs]).toEqual([1, 2 ** 20, 2 ** 20, 2 ** 20])
  })

  test('is named without the processes around it, in a group of forty and in one of twenty thousand', () => {
    for (const size of [40, 20_000]) {
      const bad: Need[] = [
        [17, 31, 4],
        [31, 17, 0.3],
      ]
      const planted = network(size, [...giantLoop(size, 0.5), ...bad])
      expect(planted.solve(unit(size, 3))).toEqual({ fault: 'unproductive', nodes: [17, 31] })
      expect(planted.solveAdjoint(unit(size, 3))).toEqual({ fault: 'unproductive', nodes: [17, 31] })
    }
  })

  test('is found where others hold credits', () => {
    for (const size of [40, 2_000]) {
      const needs: Need[] = [...giantLoop(size, 0.5), [17, 31, 4], [31, 17, 0.3], [5, 9, -0.4]]
      expect(network(size, needs).solve(unit(size, 3))).toEqual({ fault: 'unproductive', nodes: [17, 31] })
    }
  })

  test('that only a credit keeps from taking too much has an answer', () => {
    // s0 = 1 + 2 s1, s1 = s0 − s2, s2 = s0: s = 1, 0, 1.
    const needs: Need[] = [
      [0, 1, 2],
      [1, 0, 1],
      [1, 2, -1],
      [2, 0, 1],
    ]
    expect([...valuesOf(network(3, needs).solve(unit(3, 0)))]).toEqual([1, 0, 1])
  })

  test('that stands still only because a credit outweighs all that is asked of it is refused like any other', () => {
    // s0 = s1 = 1, s2 = s0 − s1 = 0, which alone asks 3 ⇄ 4, where 2 runs of 4 for one of 3 take 2 of 3.
    const needs: Need[] = [
      [1, 0, 1],
      [2, 0, 1],
      [2, 1, -1],
      [3, 2, 1],
      [4, 3, 2],
      [3, 4, 1],
      [0, 3, 0.1],
    ]
    expect(network(5, needs).solve(unit(5, 0))).toEqual({ fault: 'unproductive', nodes: [3, 4] })
  })

  test('asked for less than nothing is judged all the same', () => {
    const credited = (gain: number) => network(5, [...loopOfThree(gain), [1, 4, -1]])
    expect([...valuesOf(credited(0.5).solve(unit(5, 4)))]).toEqual([0, -2, -2, -2, 1])
    expect(credited(2).solve(unit(5, 4))).toEqual({ fault: 'unproductive', nodes: [1, 2, 3] })
    // Both at once: nothing is left to ask of the loop but in one place.
    const mixed = network(6, [...loopOfThree(2), [1, 4, -1], [2, 4, 1]])
    expect(mixed.solve(unit(6, 4))).toEqual({ fault: 'unproductive', nodes: [1, 2, 3] })
  })

  test('as long as the network is named in part', () => {
    const size = 3_000
    const ring = Array.from({ length: size }, (_, k): Need => [(k + 1) % size, k, k === 7 ? 1.5 : 1])
    const outcome = network(size, ring).solve(unit(size, 0))
    expect(outcome).toMatchObject({ fault: 'unproductive' })
    expect(isFault(outcome) && outcome.nodes).toHaveLength(20)
  })
})

describe('equations', () => {
  test('that say the same twice, with credits', () => {
    // s0 = s1 − s2 + f, s1 = s0 …: rows of A that are multiples of each other.
    const twice = network(3, [
      [1, 0, 2],
      [0, 1, 0.5],
      [2, 0, -1],
      [0, 2, -1e-30],
    ])
    expect(twice.solve(unit(3, 0))).toMatchObject({ fault: 'cancelling', nodes: [0, 1] })
  })

  test('that a large group leaves almost undetermined', () => {
    const size = 400
    const nearly = [...giantLoop(size, 0.5), [17, 31, 1], [31, 17, 1 - 2 ** -41]] as Need[]
    const outcome = network(size, nearly).solve(unit(size, 3))
    expect(outcome).toMatchObject({ nodes: [17, 31] })
  })
})

test('numbers that leave the range of doubles are refused, not answered', () => {
  const grows = network(
    400,
    Array.from({ length: 399 }, (_, k): Need => [k + 1, k, 1e3]),
  )
  const outcome = grows.solve(unit(400, 0))
  expect(outcome).toMatchObject({ fault: 'unsolved' })
  expect(() => grows.solve(unit(400, 0).fill(Number.NaN))).toThrow('invalid-number')
  expect(() => grows.solveAdjoint(unit(400, 0).fill(Number.POSITIVE_INFINITY))).toThrow('invalid-number')
  expect(() => grows.solve(unit(399, 0))).toThrow(RangeError)
})
