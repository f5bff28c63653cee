/**
 * The order in which a network is solved, from its structure alone. A system that is triangular is solved by going through it
 * once; only processes that lead back to themselves, the strongly connected components, have to be solved together. Here
 * takers come before those they take from, so that what a process has to make is known when its turn comes.
 */

import { componentsOf } from './components.ts'
import type { SparseMatrix } from './sparse-matrix.ts'

/** Nodes in the order of solving, by their position; entries without the diagonal. */
export interface Layout {
  readonly size: number
  /** The node that stands at a position. */
  readonly nodes: Int32Array
  /** Component c holds the positions from `components[c]` up to `components[c + 1]`. */
  readonly components: Int32Array
  /** Entries of a position's column: from `starts[p]` to `splits[p]` within its component, from there to `starts[p + 1]` in later ones. */
  readonly starts: Int32Array
  readonly splits: Int32Array
  /** The position of an entry's row. */
  readonly targets: Int32Array
  /** For each entry of the matrix its place among `targets`, beyond them the diagonal by position, or -1 where it is 0. */
  readonly slots: Int32Array
}

/** The layout of s = B · s + f: column j of B leads to whatever j takes from. */
export function layoutOf(matrix: SparseMatrix): Layout {
  const { size, starts, rows, values } = matrix
  const { nodes, components, componentOf } = componentsOf(matrix)
  const positions = inverse(nodes)
  const slots = new Int32Array(rows.length).fill(-1)
  const layout = emptyLayout(nodes, components, countOffDiagonal(matrix), slots)
  let count = 0
  for (let position = 0; position < size; position++) {
    const node = nodes[position] as number
    const [from, to] = [starts[node] as number, starts[node + 1] as number]
    layout.starts[position] = count
    place(true)
    layout.splits[position] = count
    place(false)

    function place(within: boolean): void {
      for (let entry = from; entry < to; entry++) {
        const row = rows[entry] as number
        if (values[entry] === 0 || row === node || (componentOf[row] === componentOf[node]) !== within)
          continue
        layout.targets[count] = positions[row] as number
        slots[entry] = count++
      }
    }
  }
  layout.starts[size] = count
  markDiagonal(matrix, positions, count, slots)
  return layout
}

/** The layout of the transposed system, λ = Bᵀ · λ + c, in exactly the opposite order. */
export function transposed(layout: Layout): Layout {
  const { size, components, starts, splits, targets, slots } = layout
  const turned = emptyLayout(layout.nodes.toReversed(), mirrored(components, size), targets.length, slots)
  const moved = new Int32Array(targets.length)
  const next = new Int32Array(size + 1)
  for (const target of targets) next[size - target] = (next[size - target] as number) + 1
  for (let position = 0; position < size; position++)
    next[position + 1] = (next[position + 1] as number) + (next[position] as number)
  turned.starts.set(next)
  for (const within of [true, false]) {
    for (let position = 0; position < size; position++) {
      const from = (within ? starts[position] : splits[position]) as number
      const to = (within ? splits[position] : starts[position + 1]) as number
      for (let entry = from; entry < to; entry++) {
        const column = size - 1 - (targets[entry] as number)
        const place = next[column] as number
        turned.targets[place] = size - 1 - position
        moved[entry] = place
        next[column] = place + 1
      }
    }
    if (within) turned.splits.set(next.subarray(0, size))
  }
  return { ...turned, slots: slots.map((slot) => turnedSlot(slot, moved, size)) }
}

function turnedSlot(slot: number, moved: Int32Array, size: number): number {
  if (slot < 0) return slot
  const { length } = moved
  return slot < length ? (moved[slot] as number) : length + (size - 1 - (slot - length))
}

function emptyLayout(nodes: Int32Array, components: Int32Array, count: number, slots: Int32Array): Layout {
  const size = nodes.length
  return {
    ...{ size, nodes, components, slots },
    starts: new Int32Array(size + 1),
    splits: new Int32Array(size),
    targets: new Int32Array(count),
  }
}

function countOffDiagonal({ size, starts, rows, values }: SparseMatrix): number {
  let count = 0
  for (let column = 0; column < size; column++) {
    for (let entry = starts[column] as number; entry < (starts[column + 1] as number); entry++)
      if (values[entry] !== 0 && rows[entry] !== column) count++
  }
  return count
}

function markDiagonal(matrix: SparseMatrix, positions: Int32Array, count: number, slots: Int32Array): void {
  const { size, starts, rows, values } = matrix
  for (let node = 0; node < size; node++) {
    for (let entry = starts[node] as number; entry < (starts[node + 1] as number); entry++)
      if (rows[entry] === node && values[entry] !== 0) slots[entry] = count + (positions[node] as number)
  }
}

function inverse(nodes: Int32Array): Int32Array {
  const positions = new Int32Array(nodes.length)
  for (let position = 0; position < nodes.length; position++) positions[nodes[position] as number] = position
  return positions
}

function mirrored(components: Int32Array, size: number): Int32Array {
  return components.toReversed().map((start) => size - start)
}
