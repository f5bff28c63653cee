/**
 * What the solver is given: a matrix that is mostly nothing, in compressed columns. Entries stand in one order whatever order
 * they came in, and entries of one place are summed exactly, so that no bit of a result depends on the order of lines.
 */

import { Problem } from '../../problem.ts'
import { exactSum } from '../exact-sum.ts'

/** A square matrix; column j holds the entries from `starts[j]` up to `starts[j + 1]`, by ascending row. */
export interface SparseMatrix {
  readonly size: number
  readonly starts: Int32Array
  readonly rows: Int32Array
  /** One value an entry; an entry whose value is 0 counts as no entry. */
  readonly values: Float64Array
}

/** `values[k]` at row `rows[k]` and column `columns[k]`, in any order; places may repeat. */
export interface Triplets {
  readonly rows: ArrayLike<number>
  readonly columns: ArrayLike<number>
  readonly values: ArrayLike<number>
}

/**
 * A matrix from triplets.
 * @throws Problem `invalid-number` for a value that is not finite, or a sum out of range.
 * @throws RangeError for a place outside the matrix: a fault of the caller.
 */
export function sparseMatrix(size: number, triplets: Triplets): SparseMatrix {
  checkPlaces(size, triplets)
  const [rows, columns] = [Int32Array.from(triplets.rows), Int32Array.from(triplets.columns)]
  const values = Float64Array.from(triplets.values)
  checkFinite(values)
  const order = sortedBy(columns, size, sortedBy(rows, size, undefined))
  const starts = new Int32Array(size + 1)
  const entries = { rows: new Int32Array(order.length), values: new Float64Array(order.length) }
  let count = 0
  for (let from = 0; from < order.length; count++) {
    const triplet = order[from] as number
    const [row, column] = [rows[triplet] as number, columns[triplet] as number]
    let to = from + 1
    while (to < order.length && rows[order[to] as number] === row && columns[order[to] as number] === column)
      to++
    entries.rows[count] = row
    const places = to === from + 1 ? undefined : order.subarray(from, to)
    entries.values[count] = places ? sumAt(places, values) : (values[triplet] as number)
    starts[column + 1] = count + 1
    from = to
  }
  // A column without entries begins and ends where the one before it ended.
  for (let column = 0; column < size; column++)
    starts[column + 1] = Math.max(starts[column + 1] as number, starts[column] as number)
  return { size, starts, rows: entries.rows.slice(0, count), values: entries.values.slice(0, count) }
}

/** The same matrix with other values, entry by entry. */
export function withEntries(matrix: SparseMatrix, values: Float64Array): SparseMatrix {
  if (values.length !== matrix.rows.length) throw new RangeError('one value an entry')
  checkFinite(values)
  return { ...matrix, values }
}

/** The index of an entry among `values`; undefined where the matrix has none. */
export function entryAt({ starts, rows }: SparseMatrix, row: number, column: number): number | undefined {
  let [low, high] = [starts[column] as number, (starts[column + 1] as number) - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = rows[middle] as number
    if (found === row) return middle
    if (found < row) low = middle + 1
    else high = middle - 1
  }
  return undefined
}

/** @throws Problem `invalid-number` for a number that is none. */
export function checkFinite(values: ArrayLike<number>): void {
  for (let index = 0; index < values.length; index++)
    if (!Number.isFinite(values[index]))
      throw new Problem('invalid-number', 'A network met a number that is not usable.')
}

function checkPlaces(size: number, { rows, columns }: Triplets): void {
  for (let k = 0; k < rows.length; k++) {
    const [row, column] = [rows[k] as number, columns[k] as number]
    if (!(row >= 0 && row < size && column >= 0 && column < size)) throw new RangeError('no such place')
  }
}

/** Triplets by ascending key, those of one key in the order in which they were (a counting sort). */
function sortedBy(keys: Int32Array, size: number, order: Int32Array | undefined): Int32Array {
  const next = new Int32Array(size + 1)
  for (let k = 0; k < keys.length; k++)
    next[(keys[k] as number) + 1] = (next[(keys[k] as number) + 1] as number) + 1
  for (let key = 0; key < size; key++) next[key + 1] = (next[key + 1] as number) + (next[key] as number)
  const sorted = new Int32Array(keys.length)
  for (let k = 0; k < keys.length; k++) {
    const triplet = order === undefined ? k : (order[k] as number)
    const key = keys[triplet] as number
    const place = next[key] as number
    sorted[place] = triplet
    next[key] = place + 1
  }
  return sorted
}

function sumAt(places: Int32Array, values: Float64Array): number {
  return exactSum(Array.from(places, (place) => values[place] as number))
}
