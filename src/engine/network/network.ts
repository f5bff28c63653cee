/**
 * Solves a network of processes that need each other: s = B · s + f, in other words A · s = f with A = I − B (docs/calculation.md,
 * decisions/0060). s_i is how often process i runs, B_ij how many runs of i one run of j needs, f what is asked for.
 *
 * Only + − × ÷ √ and comparisons, in an order that the matrix alone decides: the same matrix and demand give the same bits,
 * whatever was solved before.
 */

import { type LocalFault, mostNamed, type NetworkFault } from './faults.ts'
import { type Layout, layoutOf, transposed } from './layout.ts'
import { solvePositions } from './passes.ts'
import { meaningless } from './productive.ts'
import { checkFinite, type SparseMatrix, sparseMatrix, withEntries } from './sparse-matrix.ts'
import { type System, systemOf } from './system.ts'

/** An answer that withstood its check. */
export interface Solution {
  /** By node. */
  readonly values: Float64Array
  /** What the answer leaves of any equation, in parts of the equation's terms: at most 2^-52. */
  readonly residual: number
}

export type Outcome = Solution | NetworkFault

/** A network whose structure has been worked out; the numbers are factored when they are first needed. */
export interface PreparedNetwork {
  readonly needs: SparseMatrix
  /**
   * How often each process runs for a demand: A · s = f. Processes that the demand does not reach run zero times, and whatever
   * may be wrong with them is not looked at.
   * @throws Problem `invalid-number` for a demand that is not finite.
   */
  solve(demand: Float64Array): Outcome
  /**
   * What one run of each process costs with everything before it: Aᵀ · λ = c, λ_j = c_j + Σ_i B_ij · λ_i.
   * @throws Problem `invalid-number` for a cost that is not finite.
   */
  solveAdjoint(costs: Float64Array): Outcome
  /**
   * The same network with other numbers, one an entry of `needs`. Equal to preparing anew, to the bit.
   * @throws Problem `invalid-number` for a number that is not finite.
   */
  withValues(values: Float64Array): PreparedNetwork
}

/** Whether there is no answer. */
export function isFault(outcome: Outcome): outcome is NetworkFault {
  return 'fault' in outcome
}

/** Prepares a network for its needs B. */
export function prepareNetwork(needs: SparseMatrix): PreparedNetwork {
  checkFinite(needs.values)
  return new Prepared(needs, { forward: layoutOf(needs), backward: undefined })
}

/** What depends on the structure alone, and is shared by networks that differ in their numbers. */
interface Structure {
  readonly forward: Layout
  backward: Layout | undefined
}

class Prepared implements PreparedNetwork {
  readonly needs: SparseMatrix
  readonly structure: Structure
  forward: System | undefined
  backward: System | undefined

  constructor(needs: SparseMatrix, structure: Structure) {
    this.needs = needs
    this.structure = structure
  }

  solve(demand: Float64Array): Outcome {
    this.forward ??= systemOf(this.structure.forward, this.needs.values)
    return solveNodes(this.forward, demand)
  }

  solveAdjoint(costs: Float64Array): Outcome {
    this.structure.backward ??= transposed(this.structure.forward)
    this.backward ??= systemOf(this.structure.backward, this.needs.values)
    return solveNodes(this.backward, costs)
  }

  withValues(values: Float64Array): PreparedNetwork {
    const needs = withEntries(this.needs, values)
    // An entry that is zero is none, and changes who depends on whom.
    const same = values.every((value, entry) => (value === 0) === (this.needs.values[entry] === 0))
    return same ? new Prepared(needs, this.structure) : prepareNetwork(needs)
  }
}

function solveNodes(system: System, demand: Float64Array): Outcome {
  const { nodes, size } = system.layout
  if (demand.length !== size) throw new RangeError('one number a node')
  checkFinite(demand)
  const asked = Float64Array.from(nodes, (node) => demand[node] as number)
  const answer = solvePositions(system, asked)
  const fault = 'fault' in answer ? answer : meaningless(system, answer, askAlone)
  if (fault !== undefined) return namedFault(system, fault)
  const { s, residual } = answer as Exclude<typeof answer, LocalFault>
  const values = new Float64Array(size)
  for (let position = 0; position < size; position++)
    values[nodes[position] as number] = (s[position] as number) + 0
  return { values, residual }
}

function namedFault({ layout }: System, { fault, positions }: LocalFault): NetworkFault {
  const nodes = positions.slice(0, mostNamed).map((position) => layout.nodes[position] as number)
  return { fault, nodes: nodes.sort((a, b) => a - b) }
}

/** What some processes take of each other, as a network of its own, asked for one run of each. */
function askAlone({ layout, weights, own }: System, positions: Int32Array): LocalFault | undefined {
  const indices = new Map(Array.from(positions, (position, index) => [position, index]))
  const [rows, columns, values] = [[] as number[], [] as number[], [] as number[]]
  const add = (row: number | undefined, column: number, value: number) => {
    if (row === undefined) return
    rows.push(row)
    columns.push(column)
    values.push(value)
  }
  positions.forEach((position, column) => {
    add(column, column, own[position] as number)
    for (let entry = layout.starts[position] as number; entry < (layout.splits[position] as number); entry++)
      add(indices.get(layout.targets[entry] as number), column, weights[entry] as number)
  })
  const alone = prepareNetwork(sparseMatrix(positions.length, { rows, columns, values }))
  const outcome = alone.solve(new Float64Array(positions.length).fill(1))
  if (!isFault(outcome)) return undefined
  return { fault: outcome.fault, positions: outcome.nodes.map((node) => positions[node] as number) }
}
