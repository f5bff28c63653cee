/**
 * Solves the processes of one component together, by the cheapest of its ways that gets there: elimination where they are few,
 * else going round, else combining rounds, else a direct factorization. The answers are approximate; who uses them checks.
 */

import { factorDense, solveDense } from './dense-factor.ts'
import type { LocalFault } from './faults.ts'
import { solveKrylov } from './krylov.ts'
import { denseOf, holdsCredit, positionsAtFault, selfishLoop } from './loops.ts'
import { factorSparse, solveSparse } from './sparse-factor.ts'
import { sweepUntil } from './sweeps.ts'
import { type System, spanOf } from './system.ts'

/** Up to so many processes elimination is the fastest. */
export const mostDense = 64

/** What a Krylov solve leaves of what was asked. */
const krylovTolerance = 1e-10

export const ways = { sweeps: 0, krylov: 1, direct: 2 } as const

/** What one solve writes while it goes on, by position or by component. */
export interface Working {
  /** What is asked of each process; a component's part is left as it was. */
  readonly load: Float64Array
  /** The answer to it; zero at the beginning. */
  readonly x: Float64Array
  /** The answer that x corrects. */
  readonly known: Float64Array
  readonly left: Float64Array
  /** How each component is being solved; a way that failed is not tried again. */
  readonly ways: Uint8Array
}

/** Room to solve for a load. */
export function workingFor({ layout }: System, load: Float64Array, known: Float64Array): Working {
  return {
    ...{ load, known },
    x: new Float64Array(layout.size),
    left: new Float64Array(layout.size),
    ways: new Uint8Array(layout.components.length - 1),
  }
}

/** Solves a component of several processes. `tolerance` is for the last change of a sweep. */
export function solveComponent(
  system: System,
  component: number,
  working: Working,
  tolerance: number,
): LocalFault | undefined {
  const [from, to] = spanOf(system, component)
  if (to - from <= mostDense) return solveFew(system, component, working)
  if (working.ways[component] === ways.sweeps) {
    if (sweep(system, component, working, tolerance)) return undefined
    const loop = holdsCredit(system, component) ? undefined : selfishLoop(system, component)
    if (loop !== undefined) return loop
    working.ways[component] = ways.krylov
  }
  if (working.ways[component] === ways.krylov) {
    if (combine(system, component, working, krylovTolerance)) return undefined
    working.ways[component] = ways.direct
  }
  return solveDirectly(system, component, working)
}

function solveFew(system: System, component: number, { load, x }: Working): LocalFault | undefined {
  const factor = denseFactor(system, component)
  if (typeof factor === 'string') return { fault: factor, positions: positionsAtFault(system, component) }
  solveDense(factor, load, x, spanOf(system, component)[0])
  return undefined
}

function denseFactor(system: System, component: number) {
  const made = system.dense.get(component)
  if (made !== undefined) return made
  const [from, to] = spanOf(system, component)
  const positions = Int32Array.from({ length: to - from }, (_, index) => from + index)
  const factor = factorDense(denseOf(system, positions), positions.length)
  system.dense.set(component, factor)
  return factor
}

function sweep(system: System, component: number, working: Working, tolerance: number): boolean {
  const { load, left, x, known } = working
  const span = spanOf(system, component)
  left.set(load.subarray(...span), span[0])
  return sweepUntil(system, span, left, x, known, tolerance)
}

/** Starts from what the sweeps left in x only to learn how large everything is. */
export function combine(system: System, component: number, working: Working, tolerance: number): boolean {
  const { load, left, x, known } = working
  const [from, to] = spanOf(system, component)
  const scale = scaleOf(known, from, to) ?? scaleOf(x, from, to)
  if (scale === undefined) return false
  x.fill(0, from, to)
  left.set(load.subarray(from, to), from)
  return solveKrylov(system, [from, to], left, x, scale, tolerance)
}

/** Sizes of some values, with the largest for those that are zero. */
function scaleOf(values: Float64Array, from: number, to: number): Float64Array | undefined {
  let largest = 0
  for (let position = from; position < to; position++)
    largest = Math.max(largest, Math.abs(values[position] as number))
  if (!(largest > 0 && largest < Number.POSITIVE_INFINITY)) return undefined
  return values.map((value) => Math.abs(value) || largest)
}

function solveDirectly(system: System, component: number, { load, x }: Working): LocalFault | undefined {
  const factor = system.sparse.get(component) ?? factorSparse(system, component)
  system.sparse.set(component, factor)
  if (typeof factor === 'string') return { fault: factor, positions: positionsAtFault(system, component) }
  solveSparse(factor, load, x, spanOf(system, component)[0])
  return undefined
}
