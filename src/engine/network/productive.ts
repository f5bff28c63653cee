/**
 * Whether an answer means anything. Equations can be solved for a loop that takes more than it makes; the answer then has
 * processes running backwards. Where no credit takes part that cannot be, and is refused.
 *
 * For B ≥ 0 within a component and a demand ≥ 0 that is not all zero, s ≥ 0 holds exactly where the component makes more than it
 * takes (Perron & Frobenius; Hawkins & Simon, 1949). Where credits blur that, the processes that no credit touches are asked
 * alone, each for one run.
 */

import { combine, mostDense, type Working, ways, workingFor } from './component.ts'
import { cancelled, type FaultKind, type LocalFault } from './faults.ts'
import { holdsCredit, mostInvolved, selfishLoop } from './loops.ts'
import type { Answer } from './passes.ts'
import { type System, spanOf } from './system.ts'

/** Solves a system of its own for what some positions of a component take of each other; a fault names those positions. */
export type AskAlone = (system: System, positions: Int32Array) => LocalFault | undefined

/** Prices settle about as fast as sweeps do. */
const roundsOfPricing = 30

/** Only the size of it is wanted. */
const roughly = 1e-3

/** The first component whose answer cannot be meant. */
export function meaningless(system: System, answer: Answer, askAlone: AskAlone): LocalFault | undefined {
  const { components } = system.layout
  for (let component = 0; component + 1 < components.length; component++) {
    if (!isAsked(system, component, answer)) continue
    const fault = amplified(system, component, answer) ?? judgedOnce(system, component, answer, askAlone)
    if (fault !== undefined) return fault
  }
  return undefined
}

/** Of several processes, and asked for anything. */
function isAsked(system: System, component: number, { load }: Answer): boolean {
  const [from, to] = spanOf(system, component)
  return to > from + 1 && load.subarray(from, to).some((value) => value !== 0)
}

/** What is found does not depend on the demand, so that it need not be found again. */
function judgedOnce(
  system: System,
  component: number,
  answer: Answer,
  askAlone: AskAlone,
): LocalFault | undefined {
  if (system.proven[component] === 1) return undefined
  const fault = judged(system, component, answer, askAlone)
  if (fault === undefined) system.proven[component] = 1
  return fault
}

function judged(
  system: System,
  component: number,
  { s, load }: Answer,
  askAlone: AskAlone,
): LocalFault | undefined {
  const [from, to] = spanOf(system, component)
  const asked = noneNegative(load, from, to)
  if (asked && !holdsCredit(system, component)) {
    if (noneNegative(s, from, to)) return undefined
    return selfishLoop(system, component) ?? involvedIn('unproductive', system, component)
  }
  // With credits a process may stand still, and so be no witness for the loop it is in.
  if (asked && s.subarray(from, to).every((runs) => runs > 0)) return undefined
  if (clearlyProductive(system, from, to)) return undefined
  return askAlone(system, untouchedByCredits(system, from, to))
}

/**
 * Whether prices can be found at which every process of a component sells for more than it pays, credits counted as payments.
 * Where they can, its processes make more than they take (Collatz & Wielandt), whichever of them one looks at; where they are not
 * found in a few rounds, that says nothing.
 */
function clearlyProductive(system: System, from: number, to: number): boolean {
  const prices = new Float64Array(to - from).fill(1)
  for (let round = 0; round < roundsOfPricing; round++) {
    if (everyoneEarns(system, from, to, prices)) return true
    // Suppliers stand behind their takers, so that a round from the end passes their prices on at once.
    for (let position = to - 1; position >= from; position--)
      prices[position - from] = 1 + paidBy(system, position, from, prices)
  }
  return false
}

function everyoneEarns(system: System, from: number, to: number, prices: Float64Array): boolean {
  for (let position = from; position < to; position++) {
    const price = prices[position - from] as number
    if (!(paidBy(system, position, from, prices) < (1 - cancelled) * price)) return false
  }
  return true
}

function paidBy(
  { layout, weights, own }: System,
  position: number,
  from: number,
  prices: Float64Array,
): number {
  const { starts, splits, targets } = layout
  let paid = Math.abs(own[position] as number) * (prices[position - from] as number)
  const end = splits[position] as number
  for (let entry = starts[position] as number; entry < end; entry++)
    paid += Math.abs(weights[entry] as number) * (prices[(targets[entry] as number) - from] as number)
  return paid
}

function involvedIn(fault: FaultKind, system: System, component: number): LocalFault {
  return { fault, positions: [...mostInvolved(system, component)] }
}

function noneNegative(values: Float64Array, from: number, to: number): boolean {
  for (let position = from; position < to; position++) if ((values[position] as number) < 0) return false
  return true
}

function untouchedByCredits({ layout, weights, own }: System, from: number, to: number): Int32Array {
  const touched = new Uint8Array(to - from)
  for (let position = from; position < to; position++) {
    if ((own[position] as number) < 0) touched[position - from] = 1
    for (
      let entry = layout.starts[position] as number;
      entry < (layout.splits[position] as number);
      entry++
    ) {
      if ((weights[entry] as number) >= 0) continue
      touched[position - from] = 1
      touched[(layout.targets[entry] as number) - from] = 1
    }
  }
  return Int32Array.from({ length: to - from }, (_, index) => from + index).filter(
    (position) => touched[position - from] === 0,
  )
}

/**
 * A factorization sees a pivot that is the rest of a cancellation; combined sweeps have no pivots. There the terms of all equations
 * are asked for as if they were demand (Skeel, "Scaling for Numerical Stability in Gaussian Elimination", 1979): what comes back
 * shows by how much the component magnifies a rounding.
 */
function amplified(
  system: System,
  component: number,
  { s, sizes, ways: used }: Answer,
): LocalFault | undefined {
  const [from, to] = spanOf(system, component)
  if (to - from <= mostDense || used[component] !== ways.krylov) return undefined
  const working: Working = { ...workingFor(system, sizes, s), ways: used }
  if (!combine(system, component, working, roughly)) return undefined
  for (let position = from; position < to; position++) {
    if (Math.abs(working.x[position] as number) * cancelled <= (sizes[position] as number)) continue
    const loop = holdsCredit(system, component) ? undefined : selfishLoop(system, component)
    return loop ?? involvedIn('cancelling', system, component)
  }
  return undefined
}
