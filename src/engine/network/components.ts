/**
 * Which processes lead back to themselves, and in what order the groups of them follow each other. Tarjan, "Depth-First Search
 * and Linear Graph Algorithms" (1972), with a stack of its own: a chain of 20,000 processes is as deep as it is long.
 */

import type { SparseMatrix } from './sparse-matrix.ts'

/** Nodes grouped by strongly connected component; no entry leads from a component to one before it. */
export interface Components {
  readonly nodes: Int32Array
  /** Component c holds `nodes` from `components[c]` up to `components[c + 1]`. */
  readonly components: Int32Array
  readonly componentOf: Int32Array
}

/** The strongly connected components of the graph in which column j leads to the rows of its entries. */
export function componentsOf(matrix: SparseMatrix): Components {
  const { componentOf, finished, count } = search(matrix)
  const { size } = matrix
  // Found last to first: a component is complete only after all that it leads to.
  for (let node = 0; node < size; node++) componentOf[node] = count - 1 - (componentOf[node] as number)
  const components = new Int32Array(count + 1)
  for (const component of componentOf) components[component + 1] = (components[component + 1] as number) + 1
  for (let c = 0; c < count; c++)
    components[c + 1] = (components[c + 1] as number) + (components[c] as number)
  const next = components.slice()
  const nodes = new Int32Array(size)
  // Last finished first: most entries within a component lead forward too, which is what makes sweeps converge fast.
  for (let at = size - 1; at >= 0; at--) {
    const node = finished[at] as number
    const component = componentOf[node] as number
    const place = next[component] as number
    nodes[place] = node
    next[component] = place + 1
  }
  return { nodes, components, componentOf }
}

interface Found {
  /** Numbered as found. */
  readonly componentOf: Int32Array
  /** Nodes in the order in which the search left them for good. */
  readonly finished: Int32Array
  readonly count: number
}

function search({ size, starts, rows, values }: SparseMatrix): Found {
  const componentOf = new Int32Array(size).fill(-1)
  const finished = new Int32Array(size)
  const entered = new Int32Array(size)
  const lowest = new Int32Array(size)
  const next = starts.slice(0, size)
  const path = new Int32Array(size)
  const open = new Int32Array(size)
  let [depth, opened, clock, done, count] = [0, 0, 0, 0, 0]
  for (let root = 0; root < size; root++) {
    if (entered[root] !== 0) continue
    enter(root)
    while (depth > 0) {
      const node = path[depth - 1] as number
      const step = next[node] as number
      if (step < (starts[node + 1] as number)) {
        next[node] = step + 1
        if (values[step] !== 0) look(node, rows[step] as number)
      } else leave(node)
    }
  }
  return { componentOf, finished, count }

  function enter(node: number): void {
    entered[node] = lowest[node] = ++clock
    path[depth++] = node
    open[opened++] = node
  }

  function look(node: number, other: number): void {
    if (entered[other] === 0) enter(other)
    else if (componentOf[other] === -1) lower(node, entered[other] as number)
  }

  function leave(node: number): void {
    finished[done++] = node
    depth--
    if (lowest[node] === entered[node]) close(node)
    if (depth > 0) lower(path[depth - 1] as number, lowest[node] as number)
  }

  function close(root: number): void {
    let node: number
    do {
      node = open[--opened] as number
      componentOf[node] = count
    } while (node !== root)
    count++
  }

  function lower(node: number, value: number): void {
    if (value < (lowest[node] as number)) lowest[node] = value
  }
}
