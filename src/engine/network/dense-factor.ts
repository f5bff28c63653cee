/**
 * Gaussian elimination with partial pivoting, for the small groups of processes that need each other. It keeps beside every
 * coefficient the size of the terms it was made from, to tell a small pivot from what rounding left of a zero.
 */

import { cancelled, type FaultKind } from './faults.ts'

/** Rows in their new order: unit lower triangle and upper triangle in one. */
export interface DenseFactor {
  readonly size: number
  readonly values: Float64Array
  readonly order: Int32Array
}

/**
 * Factors a matrix.
 * @param values row after row; overwritten.
 */
export function factorDense(values: Float64Array, size: number): DenseFactor | FaultKind {
  const sizes = values.map(Math.abs)
  const order = Int32Array.from({ length: size }, (_, row) => row)
  for (let column = 0; column < size; column++) {
    const pivot = pivotRow(values, sizes, size, column)
    if (typeof pivot === 'string') return pivot
    if (pivot !== column) {
      swapRows(values, size, pivot, column)
      swapRows(sizes, size, pivot, column)
      const row = order[pivot] as number
      order[pivot] = order[column] as number
      order[column] = row
    }
    eliminateBelow(values, sizes, size, column)
  }
  return { size, values, order }
}

/** The row with the largest coefficient that is no rest of a cancellation; of equals the first. */
function pivotRow(
  values: Float64Array,
  sizes: Float64Array,
  size: number,
  column: number,
): number | FaultKind {
  let [best, largest, any] = [-1, 0, false]
  for (let row = column; row < size; row++) {
    const value = Math.abs(values[row * size + column] as number)
    if (value !== 0) any = true
    if (value > largest && value > cancelled * (sizes[row * size + column] as number)) {
      best = row
      largest = value
    }
  }
  if (best >= 0) return best
  return any ? 'cancelling' : 'singular'
}

function swapRows(values: Float64Array, size: number, a: number, b: number): void {
  const kept = values.slice(a * size, (a + 1) * size)
  values.copyWithin(a * size, b * size, (b + 1) * size)
  values.set(kept, b * size)
}

function eliminateBelow(values: Float64Array, sizes: Float64Array, size: number, column: number): void {
  const pivotAt = column * size
  const pivot = values[pivotAt + column] as number
  for (let row = column + 1; row < size; row++) {
    const at = row * size
    const value = values[at + column] as number
    if (value === 0) continue
    const factor = value / pivot
    const factorSize = Math.abs(factor)
    values[at + column] = factor
    for (let k = column + 1; k < size; k++) {
      values[at + k] = (values[at + k] as number) - factor * (values[pivotAt + k] as number)
      sizes[at + k] = (sizes[at + k] as number) + factorSize * Math.abs(values[pivotAt + k] as number)
    }
  }
}

/** Solves for the right-hand side at `right[from…]`, into `solution` at the same place. */
export function solveDense(
  { size, values, order }: DenseFactor,
  right: Float64Array,
  solution: Float64Array,
  from: number,
): void {
  const x = new Float64Array(size)
  for (let row = 0; row < size; row++) {
    let rest = right[from + (order[row] as number)] as number
    for (let k = 0; k < row; k++) rest -= (values[row * size + k] as number) * (x[k] as number)
    x[row] = rest
  }
  for (let row = size - 1; row >= 0; row--) {
    let rest = x[row] as number
    for (let k = row + 1; k < size; k++) rest -= (values[row * size + k] as number) * (x[k] as number)
    x[row] = rest / (values[row * size + row] as number)
  }
  solution.set(x, from)
}
