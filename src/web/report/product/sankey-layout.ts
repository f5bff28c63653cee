/**
 * Where the nodes and ribbons of a flow diagram stand. Along the flow: sources first, the product last, each process before those
 * that take of it; what leads back (a loop) runs around the outside. Across it: sources in the order of the tree that ends in the
 * product, so that ribbons hardly cross, and each process in the middle of what it takes in.
 */

export interface FlowShape {
  /** The first is the product. `isSource`: nothing of the diagram flows into it. */
  readonly nodes: readonly { readonly size: number; readonly isSource: boolean }[]
  readonly links: readonly { readonly from: number; readonly to: number; readonly size: number }[]
}

/** How a diagram may spread across the flow. */
export interface Room {
  /** Pixels that one unit of flow takes. */
  readonly scale: number
  /** What each source takes at least, with its label. */
  readonly least: number
  readonly gap: number
}

export interface PlacedNode {
  /** Sources in column 0; the product in the last. */
  readonly column: number
  /** Across the flow, from the edge. */
  readonly start: number
  readonly size: number
}

export interface PlacedLink {
  readonly from: number
  readonly to: number
  /** Where it leaves, where it arrives, and how wide it is, across the flow. */
  readonly leaves: number
  readonly arrives: number
  readonly size: number
  readonly isBack: boolean
}

export interface Layout {
  readonly columns: number
  /** How far it reaches across the flow. */
  readonly extent: number
  readonly nodes: readonly PlacedNode[]
  readonly links: readonly PlacedLink[]
}

export function layoutOf(shape: FlowShape, room: Room): Layout {
  const back = linksBack(shape)
  const walked = walk(shape, back)
  const ranks = ranksOf(shape, walked, back)
  const columns = Math.max(...ranks) + 2
  const column = (node: number) => (shape.nodes[node]?.isSource ? 0 : columns - 1 - (ranks[node] as number))
  const centres = centresOf(shape, walked, room)
  const nodes = shape.nodes.map(({ size }, node): PlacedNode => {
    const wide = Math.max(size * room.scale, 1)
    return { column: column(node), size: wide, start: (centres.at[node] as number) - wide / 2 }
  })
  const settled = settle(nodes, room)
  const extent = Math.max(centres.extent, ...settled.map(({ start, size }) => start + size))
  return { columns, extent, nodes: settled, links: portsOf(shape, settled, back, room) }
}

/** Of every loop its thinnest link, until no loop is left: those lead back. */
function linksBack({ nodes, links }: FlowShape): ReadonlySet<number> {
  const back = new Set<number>()
  for (;;) {
    const loop = firstLoop(nodes.length, links, back)
    if (loop === undefined) return back
    const thinnest = loop.reduce((least, at) => (sizeAt(links, at) < sizeAt(links, least) ? at : least))
    back.add(thinnest)
  }
}

/** The links of a loop, found depth first. */
function firstLoop(
  size: number,
  links: FlowShape['links'],
  without: ReadonlySet<number>,
): readonly number[] | undefined {
  const out = Map.groupBy(
    [...links.keys()].filter((at) => !without.has(at)),
    (at) => links[at]?.from ?? 0,
  )
  const state = Array.from({ length: size }, () => 'new' as 'new' | 'open' | 'done')
  const path: number[] = []
  const visit = (node: number): readonly number[] | undefined => {
    state[node] = 'open'
    for (const at of out.get(node) ?? []) {
      const to = links[at]?.to ?? 0
      path.push(at)
      if (state[to] === 'open') return path.slice(path.findIndex((link) => links[link]?.from === to))
      const loop = state[to] === 'new' ? visit(to) : undefined
      if (loop) return loop
      path.pop()
    }
    state[node] = 'done'
    return undefined
  }
  for (let node = 0; node < size; node++) {
    const loop = state[node] === 'new' ? visit(node) : undefined
    if (loop) return loop
  }
  return undefined
}

interface Walk {
  /** Each node after all that take of it. */
  readonly order: readonly number[]
  /** The nodes below each, in the order in which they were found first. */
  readonly below: ReadonlyMap<number, readonly number[]>
}

/** From the product back to the sources, the widest link first. */
function walk({ nodes, links }: FlowShape, back: ReadonlySet<number>): Walk {
  const into = Map.groupBy(
    [...links.keys()].filter((at) => !back.has(at)),
    (at) => links[at]?.to ?? 0,
  )
  const seen = new Set<number>()
  const below = new Map<number, number[]>()
  const finished: number[] = []
  const visit = (node: number) => {
    seen.add(node)
    const found: number[] = []
    below.set(node, found)
    const widest = (into.get(node) ?? []).toSorted((a, b) => sizeAt(links, b) - sizeAt(links, a) || a - b)
    for (const at of widest) {
      const from = links[at]?.from ?? 0
      if (seen.has(from)) continue
      found.push(from)
      visit(from)
    }
    finished.push(node)
  }
  for (const node of nodes.keys()) if (!seen.has(node)) visit(node)
  return { order: finished.toReversed(), below }
}

function sizeAt(links: FlowShape['links'], at: number): number {
  return links[at]?.size ?? 0
}

/** How many links lead from a node to the product at most, without those that lead back. */
function ranksOf({ nodes, links }: FlowShape, { order }: Walk, back: ReadonlySet<number>): readonly number[] {
  const ranks = nodes.map(() => 0)
  const into = Map.groupBy(
    [...links.entries()].filter(([at]) => !back.has(at)),
    ([, { to }]) => to,
  )
  for (const node of order) {
    for (const [, { from }] of into.get(node) ?? []) {
      if (!nodes[from]?.isSource) ranks[from] = Math.max(ranks[from] as number, (ranks[node] as number) + 1)
    }
  }
  return ranks
}

/** Sources and processes without any one after the other, each process in the middle of what it takes in. */
function centresOf(
  { nodes }: FlowShape,
  { below }: Walk,
  { scale, least, gap }: Room,
): { readonly at: readonly number[]; readonly extent: number } {
  const at = nodes.map(() => 0)
  let edge = 0
  const settleNode = (node: number) => {
    const inner = below.get(node) ?? []
    if (inner.length === 0) {
      const wide = Math.max((nodes[node]?.size ?? 0) * scale, least)
      at[node] = edge + wide / 2
      edge += wide + gap
      return
    }
    const first = edge
    for (const one of inner) settleNode(one)
    const wide = Math.max((nodes[node]?.size ?? 0) * scale, least)
    edge = Math.max(edge, first + wide + gap)
    at[node] = middleOf(inner, nodes, at)
  }
  const roots = new Set(nodes.keys())
  for (const inner of below.values()) for (const one of inner) roots.delete(one)
  for (const root of roots) settleNode(root)
  return { at, extent: edge - gap }
}

function middleOf(inner: readonly number[], nodes: FlowShape['nodes'], at: readonly number[]): number {
  let [weight, sum] = [0, 0]
  for (const node of inner) {
    const size = Math.max(nodes[node]?.size ?? 0, Number.MIN_VALUE)
    weight += size
    sum += size * (at[node] as number)
  }
  return sum / weight
}

/** Nodes of one column apart from each other, and none before the edge. */
function settle(nodes: readonly PlacedNode[], { gap }: Room): readonly PlacedNode[] {
  const settled = [...nodes]
  for (const group of Map.groupBy(nodes.keys(), (node) => nodes[node]?.column).values()) {
    let edge = 0
    for (const node of group.toSorted((a, b) => startOf(nodes, a) - startOf(nodes, b) || a - b)) {
      const placed = settled[node] as PlacedNode
      const start = Math.max(placed.start, edge)
      settled[node] = { ...placed, start }
      edge = start + placed.size + gap
    }
  }
  return settled
}

function startOf(nodes: readonly PlacedNode[], node: number): number {
  return nodes[node]?.start ?? 0
}

/** Links side by side along each node, in the order of where they come from or go to; those that lead back last. */
function portsOf(
  { links }: FlowShape,
  nodes: readonly PlacedNode[],
  back: ReadonlySet<number>,
  { scale }: Room,
): readonly PlacedLink[] {
  const middle = (node: number) => startOf(nodes, node) + (nodes[node]?.size ?? 0) / 2
  const stacked = (own: 'from' | 'to', other: 'from' | 'to') => {
    const places = new Map<number, number>()
    for (const [node, group] of Map.groupBy(links.keys(), (at) => links[at]?.[own] ?? 0)) {
      const ends = (at: number) => middle(links[at]?.[other] ?? 0)
      const ordered = group.toSorted(
        (a, b) => Number(back.has(a)) - Number(back.has(b)) || ends(a) - ends(b) || a - b,
      )
      const whole = ordered.reduce((sum, at) => sum + sizeAt(links, at) * scale, 0)
      let edge = middle(node) - whole / 2
      for (const at of ordered) {
        places.set(at, edge)
        edge += sizeAt(links, at) * scale
      }
    }
    return places
  }
  const [leaves, arrives] = [stacked('from', 'to'), stacked('to', 'from')]
  return links.map(({ from, to, size }, at) => ({
    ...{ from, to, size: size * scale, isBack: back.has(at) },
    ...{ leaves: leaves.get(at) ?? 0, arrives: arrives.get(at) ?? 0 },
  }))
}
