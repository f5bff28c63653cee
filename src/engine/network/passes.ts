/**
 * Goes once through a network in the order in which it is triangular, and repeats that for what each check finds left, until
 * the answer is as good as doubles can hold (iterative refinement: Wilkinson, "Rounding Errors in Algebraic Processes", 1963).
 */

import { solveComponent, type Working, workingFor } from './component.ts'
import { type LocalFault, leftFault } from './faults.ts'
import { check, roomForChecks } from './residual.ts'
import type { System } from './system.ts'

/** What of the terms of any equation may be left: two roundings. No answer leaves with more. */
const mostLeft = 2 ** -52

/** How far the first pass goes, and those that correct it. */
const firstTolerance = 1e-9
const lastTolerance = 2 ** -55

const mostPasses = 12

/** Beyond these a pass gains too little to go on. */
const leastGain = 0.5

/** An answer by position, with what was asked of each process along the way. */
export interface Answer {
  readonly s: Float64Array
  readonly load: Float64Array
  readonly ways: Uint8Array
  /** Of the terms of each equation. */
  readonly sizes: Float64Array
  /** The largest rest of any equation in parts of its terms. */
  readonly residual: number
}

/** Solves s = B · s + demand, checked. */
export function solvePositions(system: System, demand: Float64Array): Answer | LocalFault {
  const { size } = system.layout
  const s = new Float64Array(size)
  const room = roomForChecks(size)
  const first = workingFor(system, demand.slice(), s)
  let working = first
  let before = Number.POSITIVE_INFINITY
  for (let pass = 0; pass < mostPasses; pass++) {
    const fault = passThrough(system, working, pass === 0 ? firstTolerance : lastTolerance)
    if (fault !== undefined) return fault
    for (let position = 0; position < size; position++)
      s[position] = (s[position] as number) + (working.x[position] as number)
    const residual = check(system, demand, s, room)
    if (residual <= mostLeft) return { s, load: first.load, ways: first.ways, sizes: room.sizes, residual }
    if (!(residual <= leastGain * before)) break
    before = residual
    working = { ...first, load: room.rest.slice(), x: new Float64Array(size) }
  }
  return { fault: 'unsolved', positions: unsettled(room.rest, room.sizes) }
}

/** Positions whose equation does not hold. */
function unsettled(rest: Float64Array, sizes: Float64Array): readonly number[] {
  const positions = Array.from(rest.keys())
  return positions.filter((p) => !(Math.abs(rest[p] as number) <= mostLeft * (sizes[p] as number)))
}

/** x for a load, component after component; those that nothing is asked of are passed over. */
function passThrough(system: System, working: Working, tolerance: number): LocalFault | undefined {
  const { components } = system.layout
  const { load } = working
  for (let component = 0; component + 1 < components.length; component++) {
    const [from, to] = [components[component] as number, components[component + 1] as number]
    if (!anyAsked(load, from, to)) continue
    const fault =
      ownFault(system, from, to) ??
      (to === from + 1
        ? solveOne(system, from, working)
        : solveComponent(system, component, working, tolerance))
    if (fault !== undefined) return fault
    askSuppliers(system, from, to, working)
  }
  return undefined
}

function anyAsked(load: Float64Array, from: number, to: number): boolean {
  for (let position = from; position < to; position++) if (load[position] !== 0) return true
  return false
}

/** What is wrong with processes that take of their own product. */
function ownFault({ own }: System, from: number, to: number): LocalFault | undefined {
  for (let position = from; position < to; position++) {
    const used = own[position] as number
    const fault = used === 0 ? undefined : leftFault(1 - used, 1 + Math.abs(used))
    if (fault !== undefined) return { fault, positions: [position] }
  }
  return undefined
}

function solveOne({ own }: System, position: number, { load, x }: Working): undefined {
  x[position] = (load[position] as number) / (1 - (own[position] as number))
}

/** What a component takes from later ones is asked of them. */
function askSuppliers({ layout, weights }: System, from: number, to: number, { load, x }: Working): void {
  const { starts, splits, targets } = layout
  for (let position = from; position < to; position++) {
    const runs = x[position] as number
    if (runs === 0) continue
    const end = starts[position + 1] as number
    for (let entry = splits[position] as number; entry < end; entry++) {
      const target = targets[entry] as number
      load[target] = (load[target] as number) + (weights[entry] as number) * runs
    }
  }
}
