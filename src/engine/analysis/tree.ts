/**
 * The paths on which a result comes together, from the declared unit down: what a process takes, what its maker takes for it, and
 * so on (structural path analysis). The largest paths are followed first, so that a bound on their number cuts the smallest.
 */

import { exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import { balanced, restOf } from './balance.ts'
import { absoluteTotal, type Flows, shareOf } from './flows.ts'
import { Heap } from './heap.ts'
import type { ContributionTree, TreeNode } from './types.ts'

/** How far a tree goes. */
export interface TreeBounds {
  readonly cutOff: number
  readonly depthMax: number
  readonly nodesMax: number
}

/** A step that is or may become a node. */
interface Step {
  /** The place of the line; null for the declared unit and for credits. */
  readonly line: number | null
  /** The node that makes it; null for a leaf. */
  readonly maker: number | null
  /** Runs of the maker for this path alone. */
  readonly runs: number
  readonly kgCo2e: number
}

interface Branch extends Step {
  readonly depth: number
  readonly children: Branch[]
  /** Steps below that are no branches, and what they come to. */
  cut: number
  rest: number
}

/** The contribution tree of a system. */
export function treeOf(flows: Flows, bounds: TreeBounds): ContributionTree {
  const { cutOff, depthMax, nodesMax } = bounds
  const whole = absoluteTotal(flows)
  const below = stepsFrom(flows)
  const root = branch({ line: null, maker: null, runs: 1, kgCo2e: flows.result.total }, 0)
  const open = new Heap<Branch>((a, b) => Math.abs(b.kgCo2e) - Math.abs(a.kgCo2e))
  open.push(root)
  let room = nodesMax - 1
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const steps = below(next, next === root)
    const large = steps.filter(({ kgCo2e }) => Math.abs(kgCo2e) >= cutOff * whole)
    grow(next, large.slice(0, next.depth < depthMax ? room : 0), steps.length)
    room -= next.children.length
    for (const child of next.children) if (child.maker !== null) open.push(child)
  }
  return { cutOff, depthMax, nodesMax, nodes: listed(root, flows, whole) }
}

function branch(step: Step, depth: number): Branch {
  return { ...step, depth, children: [], cut: 0, rest: 0 }
}

/** Gives a branch the children that are shown, of so many that there are, and the rest. */
function grow(above: Branch, shown: readonly Step[], count: number): void {
  const parts = shown.map(({ kgCo2e }) => kgCo2e)
  above.cut = count - shown.length
  const rest = above.cut > 0 ? [restOf(above.kgCo2e, parts)] : []
  const balance = balanced([...parts, ...rest], above.kgCo2e)
  above.rest = above.cut > 0 ? (balance.at(-1) as number) : 0
  for (const [place, step] of shown.entries())
    above.children.push(branch({ ...step, kgCo2e: balance[place] as number }, above.depth + 1))
}

/** What stands directly below a step, the largest first; together it comes to the step. */
function stepsFrom(flows: Flows): (above: Step, isRoot: boolean) => readonly Step[] {
  const { lines, links, intensities, nodes, demand } = flows
  const served: { line: number; share: number; perRun: number }[][] = nodes.map(() => [])
  const taken: Flows['links'][number][][] = nodes.map(() => [])
  for (const [line, { serves, perRun }] of lines.entries())
    for (const { node, share } of serves)
      if (perRun !== 0) (served[node] as (typeof served)[number]).push({ line, share, perRun })
  for (const link of links) (taken[link.taker] as (typeof taken)[number]).push(link)
  const asked = demand.flatMap((runs, maker) =>
    runs === 0 ? [] : [{ line: null, maker, runs, kgCo2e: runs * (intensities[maker] as number) }],
  )
  return (above, isRoot) => {
    const { maker: node, runs, kgCo2e } = above
    const below: readonly Step[] = isRoot
      ? asked
      : [
          ...(served[node as number] as (typeof served)[number]).map(({ line, share, perRun }) => {
            return { line, maker: null, runs: 0, kgCo2e: runs * share * perRun }
          }),
          ...(taken[node as number] as (typeof taken)[number]).map(({ line, maker, runs: each }) => {
            return { line, maker, runs: runs * each, kgCo2e: runs * each * (intensities[maker] as number) }
          }),
        ]
    return inOrderOfSize(
      flows,
      below.filter((step) => step.kgCo2e !== 0),
      kgCo2e,
    )
  }
}

function inOrderOfSize(flows: Flows, steps: readonly Step[], whole: number): readonly Step[] {
  const kg = balanced(
    steps.map(({ kgCo2e }) => kgCo2e),
    whole,
  )
  return steps
    .map((step, place) => ({ ...step, kgCo2e: kg[place] as number }))
    .sort((a, b) => Math.abs(b.kgCo2e) - Math.abs(a.kgCo2e) || inOrder(nameOf(a), nameOf(b)))

  function nameOf({ line, maker }: Step): string {
    return `${line === null ? '' : flows.lines[line]?.weighed.line.id} ${maker === null ? '' : flows.nodes[maker]?.key}`
  }
}

/** The branches depth first, each with the place of the one above it. */
function listed(root: Branch, flows: Flows, whole: number): readonly TreeNode[] {
  const found: TreeNode[] = []
  const open: { branch: Branch; parent: number | null }[] = [{ branch: root, parent: null }]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const place = found.length
    found.push(viewed(next.branch, next.parent, flows, whole))
    for (const child of [...next.branch.children].reverse()) open.push({ branch: child, parent: place })
  }
  return found
}

function viewed(branch: Branch, parent: number | null, { lines, nodes }: Flows, whole: number): TreeNode {
  const { line: place, maker, depth, kgCo2e, cut, rest } = branch
  const line = place === null ? null : (lines[place]?.weighed.line ?? null)
  const node = maker === null ? null : (nodes[maker] ?? null)
  return {
    ...{ parent, depth, line: line?.id ?? null, category: line?.category ?? null },
    ...{ process: node?.process ?? null, key: node?.key ?? null, kgCo2e, share: shareOf(kgCo2e, whole) },
    rest: { count: cut, kgCo2e: rest },
  }
}

/** What a node of a tree comes to by what stands below it: its children and its rest. */
export function sumBelow(nodes: readonly TreeNode[], place: number): number {
  const children = nodes.filter(({ parent }) => parent === place)
  return exactSum([...children.map(({ kgCo2e }) => kgCo2e), (nodes[place] as TreeNode).rest.kgCo2e])
}
