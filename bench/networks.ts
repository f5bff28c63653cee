/** Networks for `bench/network.ts`: drawn from a seed so that both sides are given the same numbers, and a published one. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Network {
  readonly size: number
  /** B: what a run of a column's process takes, in runs of a row's. */
  readonly triplets: {
    readonly rows: readonly number[]
    readonly columns: readonly number[]
    readonly values: readonly number[]
  }
  readonly demand: Float64Array
  readonly costs: Float64Array
}

/** Numbers from 0 up to 1 (mulberry32). */
function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Standard normal numbers (Marsaglia's polar method). */
export function normals(seed: number): () => number {
  const draw = uniform(seed)
  let spare = Number.NaN
  return () => {
    if (!Number.isNaN(spare)) {
      const kept = spare
      spare = Number.NaN
      return kept
    }
    for (;;) {
      const [x, y] = [2 * draw() - 1, 2 * draw() - 1]
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const factor = Math.sqrt((-2 * Math.log(square)) / square)
      spare = y * factor
      return x * factor
    }
  }
}

/**
 * Each process takes from the next, which closes one loop through all, and from eleven others, most of them among a few large suppliers
 * (density ∝ 1 ÷ ∛place²). What a process takes comes to 0.3 to 0.8 runs of others, lognormally parted. One unit of one process is asked
 * for.
 */
export function drawNetwork(size: number, seed: number): Network {
  const draw = uniform(seed)
  const normal = normals(seed + 1)
  const [rows, columns, values] = [[] as number[], [] as number[], [] as number[]]
  for (let taker = 0; taker < size; taker++) {
    const parts = Array.from({ length: 12 }, () => Math.exp(normal()))
    const scale = (0.3 + 0.5 * draw()) / parts.reduce((total, part) => total + part)
    parts.forEach((part, input) => {
      const maker = input === 0 ? (taker + 1) % size : Math.floor(size * draw() ** 3)
      if (maker === taker) return
      rows.push(maker)
      columns.push(taker)
      values.push(part * scale)
    })
  }
  const demand = new Float64Array(size)
  demand[size >> 1] = 1
  return {
    size,
    triplets: { rows, columns, values },
    demand,
    costs: Float64Array.from({ length: size }, () => Math.exp(normal())),
  }
}

/** The United States in 411 sectors, what they consume, and the greenhouse gases of a dollar. */
export function readUseeio(): Network | undefined {
  const folder = join(process.env.EGRET_CASES ?? '../shared/cases', 'matrix/useeio-411')
  if (!existsSync(folder)) return undefined
  const json = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const lines = readFileSync(join(folder, 'A.csv'), 'utf8').trim().split('\n').slice(1)
  const entries = lines.map((line) => line.split(',').map(Number))
  const column = (place: number) => entries.map((entry) => entry[place] as number)
  const costs = json('direct-and-total.json').D_direct_per_USD[json('case.json').greenhouse_gas_row]
  return {
    size: costs.length,
    triplets: { rows: column(0), columns: column(1), values: column(2) },
    demand: Float64Array.from(json('demand-2012_US_Consumption_Complete.json').amounts_USD),
    costs: Float64Array.from(costs),
  }
}
