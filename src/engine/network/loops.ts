/**
 * Which processes are at fault. A network of thousands that has no answer mostly owes it to one loop of a few, and only their
 * names help whoever has to mend it: so groups are narrowed down to the fewest that are at fault by themselves.
 */

import { factorDense } from './dense-factor.ts'
import { type FaultKind, type LocalFault, leftFault } from './faults.ts'
import { type System, spanOf } from './system.ts'

/** So many candidates are looked at together. */
const mostCandidates = 64

/** Enough to tell the loop that grows fastest from others. */
const roundsOfGrowth = 60

/** I − B of some processes of one component, row after row. */
export function denseOf({ layout, weights, own }: System, positions: Int32Array): Float64Array {
  const size = positions.length
  const values = new Float64Array(size * size)
  const indices = new Map<number, number>()
  positions.forEach((position, index) => {
    indices.set(position, index)
  })
  positions.forEach((position, column) => {
    for (
      let entry = layout.starts[position] as number;
      entry < (layout.splits[position] as number);
      entry++
    ) {
      const row = indices.get(layout.targets[entry] as number)
      if (row !== undefined) values[row * size + column] = -(weights[entry] as number)
    }
    values[column * size + column] = 1 - (own[position] as number)
  })
  return values
}

/** The fewest positions of a component whose equations alone have no single answer; where no few do, those most involved. */
export function positionsAtFault(system: System, component: number): readonly number[] {
  const undetermined = (positions: Int32Array) => {
    const factor = factorDense(denseOf(system, positions), positions.length)
    return factor === 'singular' || factor === 'cancelling'
  }
  const involved = mostInvolved(system, component)
  return undetermined(involved) ? fewest(involved, undetermined) : [...involved]
}

/** The fewest processes of a component without credits that leave nothing for anybody else; undefined where no few do. */
export function selfishLoop(system: System, component: number): LocalFault | undefined {
  const involved = mostInvolved(system, component)
  for (let count = 1; ; count = Math.min(2 * count, involved.length)) {
    const candidates = involved.slice(0, count)
    if (selfish(system, candidates) !== undefined) {
      const positions = fewest(candidates, (some) => selfish(system, some) !== undefined)
      return { fault: selfish(system, Int32Array.from(positions)) as FaultKind, positions }
    }
    if (count === involved.length) return undefined
  }
}

/** Positions of a component by how much they take part in what grows fastest, as supplier and as taker; at most 64. */
export function mostInvolved(system: System, component: number): Int32Array {
  const [from, to] = spanOf(system, component)
  const positions = Int32Array.from({ length: to - from }, (_, index) => from + index)
  if (to - from <= mostCandidates) return positions
  const supply = growth(system, from, to, grownSupply)
  const use = growth(system, from, to, grownUse)
  const weight = (position: number) => (supply[position - from] as number) * (use[position - from] as number)
  return positions.sort((a, b) => weight(b) - weight(a) || a - b).slice(0, mostCandidates)
}

/** Whether a component holds a negative entry. */
export function holdsCredit({ layout, weights, own }: System, component: number): boolean {
  const [from, to] = [layout.components[component] as number, layout.components[component + 1] as number]
  for (let position = from; position < to; position++) {
    if ((own[position] as number) < 0) return true
    for (let entry = layout.starts[position] as number; entry < (layout.splits[position] as number); entry++)
      if ((weights[entry] as number) < 0) return true
  }
  return false
}

/** Leaves out one after the other whoever is not needed for the fault. */
function fewest(positions: Int32Array, atFault: (some: Int32Array) => boolean): readonly number[] {
  let kept = positions
  for (let index = positions.length - 1; index >= 0; index--) {
    const without = kept.filter((_, at) => at !== index)
    if (without.length > 0 && atFault(without)) kept = without
  }
  return [...kept]
}

/**
 * What is wrong with processes without credits that take all they make, or more: elimination on the diagonal then comes to a pivot
 * that is not positive. (Otherwise I − B is an M-matrix: Berman & Plemmons, "Nonnegative Matrices in the Mathematical Sciences",
 * 1994, ch. 6.)
 */
function selfish(system: System, positions: Int32Array): FaultKind | undefined {
  const size = positions.length
  const values = denseOf(system, positions)
  const made = new Float64Array(size).fill(1)
  for (let step = 0; step < size; step++) {
    const fault = leftFault(values[step * size + step] as number, made[step] as number)
    if (fault !== undefined) return fault
    eliminateOnDiagonal(values, made, size, step)
  }
  return undefined
}

function eliminateOnDiagonal(values: Float64Array, made: Float64Array, size: number, step: number): void {
  const pivotAt = step * size
  for (let row = step + 1; row < size; row++) {
    const factor = (values[row * size + step] as number) / (values[pivotAt + step] as number)
    if (factor === 0) continue
    for (let column = step + 1; column < size; column++) {
      const term = factor * (values[pivotAt + column] as number)
      values[row * size + column] = (values[row * size + column] as number) - term
    }
    made[row] = (made[row] as number) + Math.abs(factor * (values[pivotAt + row] as number))
  }
}

type Growth = (system: System, from: number, before: Float64Array, after: Float64Array) => void

/** Where repeated multiplication leads (power iteration of I + |B|, whose shift keeps loops from swinging). */
function growth(system: System, from: number, to: number, grow: Growth): Float64Array {
  let before = new Float64Array(to - from).fill(1)
  for (let round = 0; round < roundsOfGrowth; round++) {
    const after = before.slice()
    grow(system, from, before, after)
    const largest = after.reduce((a, b) => Math.max(a, b))
    before = after.map((value) => value / largest)
  }
  return before
}

function grownSupply(
  { layout, weights, own }: System,
  from: number,
  before: Float64Array,
  after: Float64Array,
) {
  before.forEach((value, index) => {
    const position = from + index
    after[index] = (after[index] as number) + Math.abs(own[position] as number) * value
    for (
      let entry = layout.starts[position] as number;
      entry < (layout.splits[position] as number);
      entry++
    ) {
      const target = (layout.targets[entry] as number) - from
      after[target] = (after[target] as number) + Math.abs(weights[entry] as number) * value
    }
  })
}

function grownUse({ layout, weights, own }: System, from: number, before: Float64Array, after: Float64Array) {
  before.forEach((value, index) => {
    const position = from + index
    let sum = (after[index] as number) + Math.abs(own[position] as number) * value
    for (let entry = layout.starts[position] as number; entry < (layout.splits[position] as number); entry++)
      sum += Math.abs(weights[entry] as number) * (before[(layout.targets[entry] as number) - from] as number)
    after[index] = sum
  })
}
