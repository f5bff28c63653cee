/**
 * Factors a large group of processes directly, where no going round them converges: column by column (Gilbert & Peierls, "Sparse
 * Partial Pivoting in Time Proportional to Arithmetic Operations", 1988), in an order that makes few new entries. Where they
 * become too many for the memory and time of one request it gives up.
 */

import { cancelled, type FaultKind } from './faults.ts'
import { minimumDegree } from './minimum-degree.ts'
import { type System, spanOf } from './system.ts'

/** A pivot may be this much smaller than the largest of its column if it is the diagonal, whose order makes few entries. */
const threshold = 0.1

/** At most so many entries (48 MB) and multiplications (seconds). */
const mostEntries = 4_000_000
const mostMultiplications = 1_000_000_000

/** L · U, columns in the order of elimination; L has 1 on its diagonal, which is not kept. */
export interface SparseFactor {
  readonly columns: Int32Array
  readonly pivotRows: Int32Array
  readonly pivots: Float64Array
  /** By rows of the matrix. */
  readonly lower: Columns
  /** By steps of the elimination. */
  readonly upper: Columns
}

/** Columns that are written one after the other. */
class Columns {
  readonly starts: Int32Array
  rows = new Int32Array(1024)
  values = new Float64Array(1024)
  count = 0

  constructor(size: number) {
    this.starts = new Int32Array(size + 1)
  }

  add(row: number, value: number): void {
    if (this.count === this.rows.length) this.#grow()
    this.rows[this.count] = row
    this.values[this.count++] = value
  }

  end(column: number): void {
    this.starts[column + 1] = this.count
  }

  #grow(): void {
    const [rows, values] = [new Int32Array(this.count * 2), new Float64Array(this.count * 2)]
    rows.set(this.rows)
    values.set(this.values)
    this.rows = rows
    this.values = values
  }
}

/** Factors I − B of a component. `unsolved` where it would take too much. */
export function factorSparse(system: System, component: number): SparseFactor | FaultKind {
  const [from, to] = spanOf(system, component)
  return new Elimination(system, from, to).run()
}

class Elimination {
  readonly system: System
  readonly from: number
  readonly size: number
  readonly lower: Columns
  readonly upper: Columns
  readonly pivotRows: Int32Array
  readonly pivots: Float64Array
  /** The step in which a row became a pivot; -1 before. */
  readonly stepOf: Int32Array
  /** The column at work by rows, and the size of the terms it was made from. */
  readonly values: Float64Array
  readonly sizes: Float64Array
  /** The column's rows: those that lead on come after those they were reached from. */
  readonly reached: Int32Array
  readonly path: Int32Array
  readonly next: Int32Array
  readonly mark: Int32Array
  multiplications = 0

  constructor(system: System, from: number, to: number) {
    const size = to - from
    this.system = system
    this.from = from
    this.size = size
    this.lower = new Columns(size)
    this.upper = new Columns(size)
    this.pivotRows = new Int32Array(size)
    this.pivots = new Float64Array(size)
    this.stepOf = new Int32Array(size).fill(-1)
    this.values = new Float64Array(size)
    this.sizes = new Float64Array(size)
    this.reached = new Int32Array(size)
    this.path = new Int32Array(size)
    this.next = new Int32Array(size)
    this.mark = new Int32Array(size).fill(-1)
  }

  run(): SparseFactor | FaultKind {
    const neighbours = neighboursIn(this.system, this.from, this.from + this.size)
    const columns = minimumDegree(neighbours, mostEntries)
    if (columns === undefined) return 'unsolved'
    for (let step = 0; step < this.size; step++) {
      const fault = this.#eliminate(columns[step] as number, step)
      if (fault !== undefined) return fault
    }
    const { pivotRows, pivots, lower, upper } = this
    return { columns, pivotRows, pivots, lower, upper }
  }

  #eliminate(column: number, step: number): FaultKind | undefined {
    const first = this.#reach(column, step)
    this.#fill(column, first)
    this.#substitute(first)
    const pivot = this.#choose(column, first)
    if (typeof pivot === 'string') return pivot
    this.#store(pivot, step, first)
    const tooMuch =
      this.lower.count + this.upper.count > mostEntries || this.multiplications > mostMultiplications
    return tooMuch ? 'unsolved' : undefined
  }

  /** The rows in which the column will have entries, at the end of `reached`; returns where they begin. */
  #reach(column: number, step: number): number {
    const { layout } = this.system
    const position = this.from + column
    let top = this.#visit(column, step, this.size)
    for (let entry = layout.starts[position] as number; entry < (layout.splits[position] as number); entry++)
      top = this.#visit((layout.targets[entry] as number) - this.from, step, top)
    return top
  }

  /** Depth first through the columns of L, without recursion. */
  #visit(start: number, step: number, end: number): number {
    if (this.mark[start] === step) return end
    let [top, depth] = [end, 0]
    this.#open(start, step, depth++)
    while (depth > 0) {
      const row = this.path[depth - 1] as number
      const child = this.#unvisited(row, step)
      if (child >= 0) this.#open(child, step, depth++)
      else {
        this.reached[--top] = row
        depth--
      }
    }
    return top
  }

  #open(row: number, step: number, depth: number): void {
    this.mark[row] = step
    this.path[depth] = row
    const pivoted = this.stepOf[row] as number
    this.next[row] = pivoted < 0 ? 0 : (this.lower.starts[pivoted] as number)
  }

  #unvisited(row: number, step: number): number {
    const pivoted = this.stepOf[row] as number
    if (pivoted < 0) return -1
    const { starts, rows } = this.lower
    const { mark } = this
    const end = starts[pivoted + 1] as number
    let at = this.next[row] as number
    while (at < end && mark[rows[at] as number] === step) at++
    this.next[row] = at + 1
    return at < end ? (rows[at] as number) : -1
  }

  #fill(column: number, first: number): void {
    const { layout, weights, own } = this.system
    for (let at = first; at < this.size; at++) {
      const row = this.reached[at] as number
      this.values[row] = 0
      this.sizes[row] = 0
    }
    const position = this.from + column
    for (
      let entry = layout.starts[position] as number;
      entry < (layout.splits[position] as number);
      entry++
    ) {
      const row = (layout.targets[entry] as number) - this.from
      this.values[row] = -(weights[entry] as number)
      this.sizes[row] = Math.abs(weights[entry] as number)
    }
    const used = own[position] as number
    this.values[column] = 1 - used
    this.sizes[column] = 1 + Math.abs(used)
  }

  #substitute(first: number): void {
    const { values, sizes } = this
    const { starts, rows, values: factors } = this.lower
    for (let at = first; at < this.size; at++) {
      const pivotRow = this.reached[at] as number
      const step = this.stepOf[pivotRow] as number
      const value = values[pivotRow] as number
      if (step < 0 || value === 0) continue
      const end = starts[step + 1] as number
      this.multiplications += end - (starts[step] as number)
      for (let entry = starts[step] as number; entry < end; entry++) {
        const row = rows[entry] as number
        const term = (factors[entry] as number) * value
        values[row] = (values[row] as number) - term
        sizes[row] = (sizes[row] as number) + Math.abs(term)
      }
    }
  }

  /** The diagonal where it is large enough, else the largest; never what rounding left of a zero. */
  #choose(diagonal: number, first: number): number | FaultKind {
    let [best, largest, any] = [-1, 0, false]
    for (let at = first; at < this.size; at++) {
      const row = this.reached[at] as number
      if ((this.stepOf[row] as number) >= 0) continue
      const value = Math.abs(this.values[row] as number)
      if (value !== 0) any = true
      if (!this.#holds(row) || value < largest || (value === largest && row > best)) continue
      best = row
      largest = value
    }
    if (best < 0) return any ? 'cancelling' : 'singular'
    const free = (this.stepOf[diagonal] as number) < 0
    const size = Math.abs(this.values[diagonal] as number)
    return free && this.#holds(diagonal) && size >= threshold * largest ? diagonal : best
  }

  #holds(row: number): boolean {
    return Math.abs(this.values[row] as number) > cancelled * (this.sizes[row] as number)
  }

  #store(pivot: number, step: number, first: number): void {
    const value = this.values[pivot] as number
    this.pivots[step] = value
    this.pivotRows[step] = pivot
    this.stepOf[pivot] = step
    for (let at = first; at < this.size; at++) {
      const row = this.reached[at] as number
      const entry = this.values[row] as number
      const earlier = this.stepOf[row] as number
      if (row === pivot || entry === 0) continue
      if (earlier >= 0) this.upper.add(earlier, entry)
      else this.lower.add(row, entry / value)
    }
    this.upper.end(step)
    this.lower.end(step)
  }
}

/** Solves for the right-hand side at `right[from…]`, into `solution` at the same place. */
export function solveSparse(
  { columns, pivotRows, pivots, lower, upper }: SparseFactor,
  right: Float64Array,
  solution: Float64Array,
  from: number,
): void {
  const size = columns.length
  const rest = right.slice(from, from + size)
  const steps = new Float64Array(size)
  for (let step = 0; step < size; step++) {
    const value = rest[pivotRows[step] as number] as number
    steps[step] = value
    if (value !== 0) subtract(lower, step, value, rest)
  }
  for (let step = size - 1; step >= 0; step--) {
    const value = (steps[step] as number) / (pivots[step] as number)
    solution[from + (columns[step] as number)] = value
    if (value !== 0) subtract(upper, step, value, steps)
  }
}

function subtract(
  { starts, rows, values }: Columns,
  column: number,
  factor: number,
  from: Float64Array,
): void {
  const end = starts[column + 1] as number
  for (let entry = starts[column] as number; entry < end; entry++) {
    const row = rows[entry] as number
    from[row] = (from[row] as number) - factor * (values[entry] as number)
  }
}

/** With whom each process of a component has an entry, either way. */
function neighboursIn({ layout }: System, from: number, to: number): number[][] {
  const { starts, splits, targets } = layout
  const sets = Array.from({ length: to - from }, () => new Set<number>())
  for (let position = from; position < to; position++) {
    for (let entry = starts[position] as number; entry < (splits[position] as number); entry++) {
      const [a, b] = [position - from, (targets[entry] as number) - from]
      sets[a]?.add(b)
      sets[b]?.add(a)
    }
  }
  return sets.map((set) => [...set])
}
