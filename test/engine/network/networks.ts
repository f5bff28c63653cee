/** Networks for tests: drawn from a seed, and solved by other means than the engine's. */

import { expect } from 'vitest'
import {
  isFault,
  type Outcome,
  type PreparedNetwork,
  prepareNetwork,
} from '../../../src/engine/network/network.ts'
import { sparseMatrix } from '../../../src/engine/network/sparse-matrix.ts'

/** What one run of `taker` needs of `maker`, in runs. */
export type Need = readonly [maker: number, taker: number, runs: number]

export function network(size: number, needs: readonly Need[]): PreparedNetwork {
  return prepareNetwork(sparseMatrix(size, tripletsOf(needs)))
}

export function tripletsOf(needs: readonly Need[]) {
  return {
    rows: needs.map(([maker]) => maker),
    columns: needs.map(([, taker]) => taker),
    values: needs.map(([, , runs]) => runs),
  }
}

/** One unit of one node. */
export function unit(size: number, node: number): Float64Array {
  return Float64Array.from({ length: size }, (_, index) => (index === node ? 1 : 0))
}

export function valuesOf(outcome: Outcome): Float64Array {
  if (isFault(outcome)) throw new Error(`${outcome.fault}: ${outcome.nodes.join(', ')}`)
  expect(outcome.residual).toBeLessThanOrEqual(2 ** -52)
  return outcome.values
}

/** Numbers from 0 up to 1, the same on every run (mulberry32). */
export function drawing(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/**
 * Each process takes from the next, which closes one loop through all, and from eleven others, mostly a few large suppliers:
 * `taken` runs altogether.
 */
export function giantLoop(size: number, taken: number, seed = 1): Need[] {
  const draw = drawing(seed)
  const needs: Need[] = []
  for (let taker = 0; taker < size; taker++) {
    const parts = Array.from({ length: 12 }, () => 0.1 + draw())
    const whole = parts.reduce((sum, part) => sum + part)
    parts.forEach((part, input) => {
      const maker = input === 0 ? (taker + 1) % size : Math.floor(size * draw() ** 3)
      if (maker !== taker) needs.push([maker, taker, (taken * part) / whole])
    })
  }
  return needs
}

/** s = B s + f by Gauss and Jordan, on whole rows. */
export function solvedDensely(size: number, needs: readonly Need[], demand: Float64Array): number[] {
  const rows = Array.from({ length: size }, (_, i) => Float64Array.of(...unit(size, i), demand[i]!))
  for (const [maker, taker, runs] of needs) rows[maker]![taker]! -= runs
  for (let column = 0; column < size; column++) {
    let largest = column
    for (let row = column; row < size; row++)
      if (Math.abs(rows[row]![column]!) > Math.abs(rows[largest]![column]!)) largest = row
    const pivot = rows[largest]!
    rows[largest] = rows[column]!
    rows[column] = pivot
    rows.forEach((row, index) => {
      const factor = index === column ? 0 : row[column]! / pivot[column]!
      if (factor !== 0) for (let k = column; k <= size; k++) row[k]! -= factor * pivot[k]!
    })
  }
  return rows.map((row, index) => row[size]! / row[index]!)
}

/** The same in fractions of whole numbers, for needs in whole 64ths. */
export function solvedExactly(size: number, needs: readonly Need[], demand: readonly number[]): number[] {
  const rows = Array.from({ length: size }, (_, i) =>
    [...unit(size, i), demand[i]!].map((value) => BigInt(value * 64)),
  )
  for (const [maker, taker, runs] of needs) rows[maker]![taker]! -= BigInt(runs * 64)
  const determinant = determinantOf(rows.map((row) => row.slice(0, size)))
  return rows.map((_, column) =>
    quotient(
      determinantOf(rows.map((row) => row.map((v, k) => (k === column ? row[size]! : v)).slice(0, size))),
      determinant,
    ),
  )
}

/** By minors along the first row. */
function determinantOf(rows: readonly (readonly bigint[])[]): bigint {
  const [first, ...rest] = rows
  if (first === undefined) return 1n
  return first.reduce((sum, value, column) => {
    if (value === 0n) return sum
    const minor = determinantOf(rest.map((row) => row.filter((_, k) => k !== column)))
    return sum + (column % 2 === 0 ? value : -value) * minor
  }, 0n)
}

/** a ÷ b to 60 bits and more. */
function quotient(a: bigint, b: bigint): number {
  if (b === 0n) return Number.NaN
  return Number((a * 2n ** 200n) / b) / 2 ** 200
}

/** The largest difference in parts of the expected. */
export function difference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  let worst = actual.length === expected.length ? 0 : Number.NaN
  for (let k = 0; k < expected.length; k++) {
    const part = Math.abs(actual[k]! - expected[k]!) / (Math.abs(expected[k]!) || 1)
    if (!(part <= worst)) worst = part
  }
  return worst
}
