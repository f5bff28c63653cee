/**
 * Where a product's footprint comes from, followed back from the product: what each process takes of others, and theirs in turn,
 * down to a cut-off. A loop is entered again and again, each time with less, until it falls below; nothing is left out, the rest of
 * each process stands beside its branches.
 */

import { exactSum } from '../../engine/exact-sum.ts'
import { inOrder } from '../../engine/names.ts'
import type { ProductMeasure } from './measure.ts'
import type { Naming } from './naming.ts'
import type { Network, Node, Taken } from './network.ts'
import type { Branch } from './types.ts'

/** The part of the total below which a branch is told with the rest. */
export const treeCutOff = 0.01
/** Processes that are opened at most, those nearest to the product first. */
const openedMax = 200
/** Levels at most. */
const depthMax = 12

interface Setting {
  readonly network: Network
  readonly naming: Naming
  readonly measure: ProductMeasure
  readonly takenBy: ReadonlyMap<number, readonly Taken[]>
  /** kg CO2e below which a branch is told with the rest. */
  readonly least: number
}

/** A process in the tree, to be opened: how much of what it embodies belongs here, and what stands above it. */
interface Entry {
  readonly node: number
  readonly part: number
  readonly path: readonly number[]
  readonly branch: Growing
}

type Growing = Omit<Branch, 'branches'> & { branches: readonly Branch[] }

export function treeOf(network: Network, naming: Naming, measure: ProductMeasure): Branch | null {
  const root = network.nodes.findIndex(({ delivered }) => delivered !== 0)
  if (root === -1) return null
  const setting: Setting = {
    ...{ network, naming, measure },
    takenBy: Map.groupBy(network.taken, ({ taker }) => taker),
    least: treeCutOff * Math.max(Math.abs(measure.total), sizeOf(network)),
  }
  const { delivered } = network.nodes[root] as Node
  const first = entryOf({ node: root, part: delivered, path: [] }, setting)
  const queue = [first]
  for (const entry of queue) if (queue.length <= openedMax) queue.push(...grow(entry, setting))
  return first.branch
}

/** Where credits nearly cancel the total, branches are held against what is emitted, not against what is left of it. */
function sizeOf({ nodes }: Network): number {
  return exactSum(nodes.map(({ direct }) => Math.abs(direct)))
}

function entryOf(place: Omit<Entry, 'branch'>, { network, naming, measure }: Setting): Entry {
  const { node, part, path } = place
  const { process, product, embodied } = network.nodes[node] as Node
  const kgCo2e = embodied * part
  const branch: Growing = {
    of: 'process',
    key: process,
    product,
    category: null,
    ...naming.process(process),
    amount: measure.amount(kgCo2e),
    share: measure.share(kgCo2e),
    again: path.includes(node),
    count: 1,
    branches: [],
  }
  return { ...place, branch }
}

/** What stands below a process: a line of its own, or what it takes of another one. */
interface Candidate {
  readonly kgCo2e: number
  readonly key: string
  open(): { readonly entry: Entry | null; readonly branch: Branch }
}

/** Gives a process its branches, the largest first, with what is too small to be told as one rest; returns the processes below it. */
function grow(entry: Entry, setting: Setting): readonly Entry[] {
  if (entry.path.length >= depthMax) return []
  const candidates = [...linesBelow(entry, setting), ...processesBelow(entry, setting)]
  const told = candidates
    .filter(({ kgCo2e }) => Math.abs(kgCo2e) >= setting.least)
    .sort((a, b) => Math.abs(b.kgCo2e) - Math.abs(a.kgCo2e) || inOrder(a.key, b.key))
    .map((candidate) => candidate.open())
  const rest = candidates.filter(({ kgCo2e }) => kgCo2e !== 0 && Math.abs(kgCo2e) < setting.least)
  entry.branch.branches = [...told.map(({ branch }) => branch), ...restOf(rest, setting)]
  return told.flatMap((one) => one.entry ?? [])
}

function linesBelow({ node, part }: Entry, { network, naming, measure }: Setting): Candidate[] {
  const { own } = network.nodes[node] as Node
  return own.map(({ line, kgCo2e: whole }) => {
    const kgCo2e = whole * part
    const open = () => {
      const amounts = { amount: measure.amount(kgCo2e), share: measure.share(kgCo2e) }
      const none = { product: null, again: false, count: 1, branches: [] }
      const branch: Branch = { of: 'line', ...naming.line(line), ...none, ...amounts }
      return { entry: null, branch }
    }
    return { kgCo2e, key: line, open }
  })
}

function processesBelow({ node, part, path }: Entry, setting: Setting): Candidate[] {
  return (setting.takenBy.get(node) ?? []).map(({ maker, share, carried }) => {
    const open = () => {
      const entry = entryOf({ node: maker, part: share * part, path: [...path, node] }, setting)
      return { entry, branch: entry.branch }
    }
    return { kgCo2e: carried * part, key: (setting.network.nodes[maker] as Node).process, open }
  })
}

/** What is too small to be told; one alone goes by its own name. */
function restOf(rest: readonly Candidate[], { measure }: Setting): readonly Branch[] {
  if (rest.length < 2) return rest.map((one) => one.open().branch)
  const kgCo2e = exactSum(rest.map((one) => one.kgCo2e))
  const none = { key: '', product: null, name: null, category: null, stage: null, again: false, branches: [] }
  const amounts = { amount: measure.amount(kgCo2e), share: measure.share(kgCo2e) }
  return [{ of: 'rest', ...none, ...amounts, count: rest.length }]
}
