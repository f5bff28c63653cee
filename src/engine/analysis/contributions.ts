/**
 * Where a result comes from: what each process and each line emits itself, and what comes with what it takes. What is emitted
 * directly adds up to the total; what comes with inputs is counted again at every step of a chain, and adds up to nothing.
 */

import { times } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { inOrder } from '../names.ts'
import type { LifeCycleStage, Process } from '../types.ts'
import { balanced, restOf } from './balance.ts'
import { absoluteTotal, type FlowLine, type FlowLink, type Flows, shareOf } from './flows.ts'
import type { Contributions, LineContribution, Others, ProcessContribution } from './types.ts'

/**
 * The contributions of all nodes and lines, the largest first.
 * @param most processes, and lines, that are named at most; the rest is summed.
 */
export function contributionsOf(flows: Flows, most: number): Contributions {
  const processes = byWeight(processContributions(flows), ({ key }) => key)
  const lines = byWeight(lineContributions(flows), ({ line }) => line)
  const { total } = flows.result
  const [named, otherProcesses] = apart(processes, most, total)
  const [namedLines, otherLines] = apart(lines, most, total)
  return { processes: named, otherProcesses, lines: namedLines, otherLines }
}

/** kg CO2e that come along a link per declared unit: the maker's runs it asks for × what one of them costs. */
export function carried({ runs, intensities }: Flows, link: FlowLink): number {
  return times(times(link.runs, runs[link.taker] as number), intensities[link.maker] as number)
}

/** What each node's own lines emit per declared unit; together the total. */
export function directsOf(flows: Flows): readonly number[] {
  const terms: number[][] = flows.nodes.map(() => [])
  for (const line of flows.lines)
    for (const [node, part] of partsOf(line, flows.runs)) (terms[node] as number[]).push(part)
  return balanced(
    terms.map((each) => exactSum(each)),
    flows.result.total,
  )
}

/** What a line emits for each of the nodes it serves. */
function partsOf(line: FlowLine, runs: readonly number[]): readonly (readonly [number, number])[] {
  const { serves, perRun, result } = line
  const parts = serves.map(({ node, share }) => times(times(share, runs[node] as number), perRun))
  return balanced(parts, result.kgCo2e).map((part, at) => [(serves[at] as { node: number }).node, part])
}

function processContributions(flows: Flows): readonly ProcessContribution[] {
  const whole = absoluteTotal(flows)
  const upstream: number[][] = flows.nodes.map(() => [])
  for (const link of flows.links) (upstream[link.taker] as number[]).push(carried(flows, link))
  return directsOf(flows).flatMap((direct, node) => {
    if (!flows.needed[node]) return []
    const { key, process, output } = flows.nodes[node] as Flows['nodes'][number]
    const contribution = {
      ...{ key, process, stage: stageOf(flows, process), runs: flows.runs[node] as number },
      ...{ direct, directShare: shareOf(direct, whole), upstream: exactSum(upstream[node] as number[]) },
      perOutput: { kgCo2e: (flows.intensities[node] as number) / output.value, unit: output.unit },
    }
    return [contribution]
  })
}

function lineContributions(flows: Flows): readonly LineContribution[] {
  const whole = absoluteTotal(flows)
  const directs = balanced(
    flows.lines.map(({ result }) => result.kgCo2e),
    flows.result.total,
  )
  return flows.lines.map(({ weighed: { line }, result, links }, place) => {
    const process = line.process as string
    const direct = directs[place] as number
    return {
      ...{ line: line.id, category: line.category, process, stage: stageOf(flows, process) },
      ...{ from: result.from, to: result.to ?? null, direct, directShare: shareOf(direct, whole) },
      upstream: exactSum(links.map((link) => carried(flows, link))),
    }
  })
}

function stageOf({ processes }: Flows, process: string): LifeCycleStage {
  return (processes.get(process) as Process).stage
}

interface Weight {
  readonly direct: number
  readonly upstream: number
}

function byWeight<Item extends Weight>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Item[] {
  const weight = ({ direct, upstream }: Weight) => Math.abs(direct + upstream)
  return [...items].sort((a, b) => weight(b) - weight(a) || inOrder(keyOf(a), keyOf(b)))
}

/** The first of some items, and what the others come to: together the total. */
function apart<Item extends Weight>(
  items: readonly Item[],
  most: number,
  total: number,
): readonly [named: readonly Item[], others: Others] {
  const directs = items.slice(0, most).map(({ direct }) => direct)
  const count = items.length - directs.length
  const balance = balanced(count > 0 ? [...directs, restOf(total, directs)] : directs, total)
  const named = items.slice(0, most).map((item, place) => ({ ...item, direct: balance[place] as number }))
  return [named, { count, kgCo2e: count > 0 ? (balance.at(-1) as number) : 0 }]
}
