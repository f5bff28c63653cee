/**
 * The flows between sources, processes and the product, for a diagram: what each hands on, embodied in what it makes. The largest
 * sources and processes stand by themselves; what is smaller is one source beside, so that every node hands on what it takes in.
 */

import { exactSum } from '../../engine/exact-sum.ts'
import { inOrder } from '../../engine/names.ts'
import type { ProductMeasure } from './measure.ts'
import type { Naming } from './naming.ts'
import type { Network, Node } from './network.ts'
import type { FlowLink, FlowNode, Flows } from './types.ts'

/** Sources and processes that stand by themselves at most. */
const linesMax = 14
const processesMax = 14
/** The part of all that is emitted below which nothing stands by itself. */
const least = 0.01

interface Built {
  readonly nodes: Omit<FlowNode, 'amount'>[]
  readonly links: { readonly from: number; readonly to: number; readonly kgCo2e: number }[]
}

export function flowsOf(network: Network, naming: Naming, measure: ProductMeasure): Flows {
  const size = exactSum(naming.lines.map(({ kgCo2e }) => Math.abs(kgCo2e)))
  const processes = shownProcesses(network, size * least)
  const lines = shownLines(network, processes, size * least)
  const built: Built = { nodes: [], links: [] }
  const places = placeNodes(network, naming, processes, built)
  addLines(lines, naming, places, network, built)
  addTaken(network, places, built)
  addRest(network, naming, { processes: places, lines }, built)
  return measured(built, measure)
}

/** From the product outwards, always the one next that hands on most to those that are shown already. */
function shownProcesses({ nodes, taken }: Network, atLeast: number): ReadonlySet<number> {
  const shown = new Set([nodes.findIndex(({ delivered }) => delivered !== 0)])
  while (shown.size < processesMax) {
    const handed = new Map<number, number>()
    for (const { maker, taker, carried } of taken) {
      if (shown.has(maker) || !shown.has(taker)) continue
      handed.set(maker, (handed.get(maker) ?? 0) + Math.abs(carried))
    }
    const [next] = [...handed]
      .filter(([, size]) => size >= atLeast)
      .sort(([a, size], [b, other]) => other - size || a - b)
    if (next === undefined) break
    shown.add(next[0])
  }
  return shown
}

/** Of the processes shown, the lines that weigh most. */
function shownLines(
  { nodes }: Network,
  processes: ReadonlySet<number>,
  atLeast: number,
): ReadonlySet<string> {
  const sizes = new Map<string, number>()
  for (const place of processes)
    for (const { line, kgCo2e } of nodes[place]?.own ?? [])
      sizes.set(line, (sizes.get(line) ?? 0) + Math.abs(kgCo2e))
  const ranked = [...sizes]
    .filter(([, size]) => size >= atLeast)
    .sort(([a, size], [b, other]) => other - size || inOrder(a, b))
  return new Set(ranked.slice(0, linesMax).map(([line]) => line))
}

type Places = ReadonlyMap<number, number>

/** The product first, then the processes; where each stands in the diagram, by its place in the network. */
function placeNodes({ nodes }: Network, naming: Naming, shown: ReadonlySet<number>, built: Built): Places {
  built.nodes.push({
    of: 'product',
    key: '',
    product: null,
    name: null,
    category: null,
    stage: null,
    count: 1,
  })
  const places = new Map<number, number>()
  for (const place of shown) {
    const { process, product, embodied, delivered } = nodes[place] as Node
    places.set(place, built.nodes.length)
    if (delivered !== 0) built.links.push({ from: built.nodes.length, to: 0, kgCo2e: embodied * delivered })
    built.nodes.push({
      of: 'process',
      key: process,
      product,
      category: null,
      ...naming.process(process),
      count: 1,
    })
  }
  return places
}

/** A line may serve several products of its process. */
function addLines(
  lines: ReadonlySet<string>,
  naming: Naming,
  places: Places,
  { nodes }: Network,
  built: Built,
): void {
  for (const line of lines) {
    const from = built.nodes.length
    built.nodes.push({ of: 'line', product: null, ...naming.line(line), count: 1 })
    for (const [place, to] of places)
      for (const part of nodes[place]?.own ?? [])
        if (part.line === line) built.links.push({ from, to, kgCo2e: part.kgCo2e })
  }
}

function addTaken({ taken }: Network, places: Places, built: Built): void {
  for (const { maker, taker, carried } of taken) {
    const [from, to] = [places.get(maker), places.get(taker)]
    if (from !== undefined && to !== undefined && carried !== 0)
      built.links.push({ from, to, kgCo2e: carried })
  }
}

/** Everything that is not shown as one node: what it hands on to the others, and what it takes of them. */
function addRest(
  network: Network,
  naming: Naming,
  shown: { readonly processes: Places; readonly lines: ReadonlySet<string> },
  built: Built,
): void {
  const rest = built.nodes.length
  const { processes } = shown
  const hidden = new Set<string>()
  const handed = new Map<number, number[]>()
  const received = new Map<number, number[]>()
  const add = (sums: Map<number, number[]>, at: number | undefined, kgCo2e: number) => {
    if (at === undefined) return
    const terms = sums.get(at)
    if (terms === undefined) sums.set(at, [kgCo2e])
    else terms.push(kgCo2e)
  }
  for (const [place, { own }] of network.nodes.entries()) {
    for (const { line, kgCo2e } of own) {
      if (shown.lines.has(line)) continue
      hidden.add(line)
      add(handed, processes.get(place), kgCo2e)
    }
  }
  for (const { maker, taker, carried } of network.taken) {
    const [from, to] = [processes.get(maker), processes.get(taker)]
    if (from === undefined) add(handed, to, carried)
    else if (to === undefined) add(received, from, carried)
  }
  if (handed.size + received.size === 0) return
  built.nodes.push(restNode(hidden, hidden.size + network.nodes.length - processes.size, naming))
  for (const [to, terms] of handed) built.links.push({ from: rest, to, kgCo2e: exactSum(terms) })
  for (const [from, terms] of received) built.links.push({ from, to: rest, kgCo2e: exactSum(terms) })
}

/** One line alone goes by its own name. */
function restNode(hidden: ReadonlySet<string>, count: number, naming: Naming): Built['nodes'][number] {
  const [only] = hidden
  return count === 1 && only !== undefined
    ? { of: 'line', product: null, ...naming.line(only), count }
    : { of: 'rest', key: '', product: null, name: null, category: null, stage: null, count }
}

/** A node's amount is what it hands on; of the product what it receives. */
function measured({ nodes, links }: Built, measure: ProductMeasure): Flows {
  const through = nodes.map((_, at) =>
    exactSum(links.filter(({ from, to }) => (at === 0 ? to : from) === at).map(({ kgCo2e }) => kgCo2e)),
  )
  return {
    nodes: nodes.map((node, at) => ({ ...node, amount: measure.amount(through[at] as number) })),
    links: links.map(({ from, to, kgCo2e }): FlowLink => {
      return { from, to, amount: measure.amount(kgCo2e), share: measure.share(kgCo2e) }
    }),
  }
}
