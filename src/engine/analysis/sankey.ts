/**
 * CO2e on its way into a product, for a Sankey diagram: from the categories of what is emitted through the processes to the declared
 * unit. Links go round where processes do.
 */

import { exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import type { Process } from '../types.ts'
import { carried, directsOf } from './contributions.ts'
import { absoluteTotal, type Flows } from './flows.ts'
import type { Sankey, SankeyLink, SankeyNode } from './types.ts'

/** A flow between two ends, before it is known whether both are shown. */
interface Flow {
  readonly from: string
  readonly to: string
  readonly kgCo2e: number
}

const product = 'product'
const processId = (key: string) => `process:${key}`
const categoryId = (category: string) => `category:${category}`

/**
 * The Sankey data of a system.
 * @param cutOff processes through which less than this part of Σ|line| goes are not shown, and named in the rest of their neighbours.
 * @param most processes shown at most, the largest first.
 */
export function sankeyOf(flows: Flows, cutOff: number, most: number): Sankey {
  const throughs = flows.nodes.map(
    (_, node) => (flows.intensities[node] as number) * (flows.runs[node] as number),
  )
  const shown = shownNodes(flows, throughs, cutOff, most)
  const ends = new Set([...shown].map((node) => processId(flows.nodes[node]?.key ?? '')))
  const all = flowsBetween(flows)
  const isShown = (end: string) => !end.startsWith('process:') || ends.has(end)
  const links = all.filter(({ from, to }) => isShown(from) && isShown(to))
  const hidden = all.filter(({ from, to }) => isShown(from) !== isShown(to))
  const directs = directsOf(flows)
  const cut = flows.nodes.keys().filter((node) => !shown.has(node))
  return {
    cutOff,
    nodes: nodesOf(flows, { shown, throughs, all, hidden }),
    links: links.toSorted((a, b) => inOrder(a.from, b.from) || inOrder(a.to, b.to)),
    others: {
      count: flows.nodes.length - shown.size,
      kgCo2e: exactSum(Array.from(cut, (node) => directs[node] as number)),
    },
  }
}

function shownNodes(
  flows: Flows,
  throughs: readonly number[],
  cutOff: number,
  most: number,
): ReadonlySet<number> {
  const least = cutOff * absoluteTotal(flows)
  const size = (node: number) => Math.abs(throughs[node] as number)
  const large = [...flows.nodes.keys()].filter((node) => size(node) > 0 && size(node) >= least)
  return new Set(large.sort((a, b) => size(b) - size(a) || a - b).slice(0, most))
}

/** All flows: from categories into processes, between processes, and into the declared unit; those of the same ends together. */
function flowsBetween(flows: Flows): readonly SankeyLink[] {
  const { lines, links, nodes, runs, demand, intensities } = flows
  const keyOf = (node: number) => processId(nodes[node]?.key ?? '')
  const found: Flow[] = [
    ...lines.flatMap(({ weighed, serves, perRun }) =>
      serves.map(({ node, share }) => ({
        ...{ from: categoryId(weighed.line.category), to: keyOf(node) },
        kgCo2e: share * (runs[node] as number) * perRun,
      })),
    ),
    ...links.map((link) => ({
      ...{ from: keyOf(link.maker), to: keyOf(link.taker) },
      kgCo2e: carried(flows, link),
    })),
    ...demand.map((asked, node) => {
      return { from: keyOf(node), to: product, kgCo2e: asked * (intensities[node] as number) }
    }),
  ]
  const groups = Map.groupBy(found, ({ from, to }) => `${from}\n${to}`)
  return [...groups.values()]
    .map((group) => ({ ...(group[0] as Flow), kgCo2e: exactSum(group.map(({ kgCo2e }) => kgCo2e)) }))
    .filter(({ kgCo2e }) => kgCo2e !== 0)
}

interface Drawn {
  readonly shown: ReadonlySet<number>
  readonly throughs: readonly number[]
  readonly all: readonly SankeyLink[]
  readonly hidden: readonly SankeyLink[]
}

function nodesOf(flows: Flows, { shown, throughs, all, hidden }: Drawn): readonly SankeyNode[] {
  const sum = (links: readonly SankeyLink[]) => exactSum(links.map(({ kgCo2e }) => kgCo2e))
  const hiddenInto = Map.groupBy(hidden, ({ to }) => to)
  const hiddenFrom = Map.groupBy(hidden, ({ from }) => from)
  const rests = (id: string) => ({
    restIn: sum(hiddenInto.get(id) ?? []),
    restOut: sum(hiddenFrom.get(id) ?? []),
  })
  const ofCategory = Map.groupBy(
    all.filter(({ from }) => from.startsWith('category:')),
    ({ from }) => from,
  )
  const categories = [...ofCategory]
    .sort(([a], [b]) => inOrder(a, b))
    .map(([id, links]): SankeyNode => {
      return { id, kind: 'category', name: null, stage: null, kgCo2e: sum(links), ...rests(id) }
    })
  const processes = [...shown]
    .sort((a, b) => a - b)
    .map((node): SankeyNode => {
      const { key, process } = flows.nodes[node] as Flows['nodes'][number]
      const { name, stage } = flows.processes.get(process) as Process
      const id = processId(key)
      return { id, kind: 'process', name, stage, kgCo2e: throughs[node] as number, ...rests(id) }
    })
  const end = { id: product, kind: product, name: null, stage: null } as const
  return [...categories, ...processes, { ...end, kgCo2e: flows.result.total, ...rests(product) }]
}
