/**
 * A solved product system as flows of CO2e: what each line emits for one run of its process, what each node needs of each other,
 * and, by one adjoint solve, what one run of a node costs with everything before it. Every analysis reads this and nothing else of
 * a system.
 */

import { over } from '../arithmetic.ts'
import type { PreparedNetwork } from '../network/network.ts'
import { entryAt } from '../network/sparse-matrix.ts'
import { resultOf } from '../product/calculate-product.ts'
import { countedPerRun, intensitiesOf } from '../product/intensities.ts'
import type { ProductNode } from '../product/network.ts'
import type { SolvedProduct } from '../product/solve-product.ts'
import { absoluteSum } from '../totals.ts'
import type { CalculationResult, LineResult, Process } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import { parameterSlopes, type Slopes } from './parameter-slopes.ts'
import { type Sources, sourcesOf } from './sources.ts'

/** What one node needs of another, per run of the taker. */
export interface FlowLink {
  readonly maker: number
  readonly taker: number
  /** Runs of the maker. */
  readonly runs: number
  /** The taker's share of the line. */
  readonly share: number
  /** The line it comes from, by its place; null for a credit that an allocation gives. */
  readonly line: number | null
  /** Its entry among the needs of the network. */
  readonly entry: number
}

/** A line of the system. */
export interface FlowLine {
  readonly weighed: WeighedLine
  readonly result: LineResult
  /** kg CO2e that count in the total, for one run of its process; nothing where another process makes the input. */
  readonly perRun: number
  /** The nodes it serves with its share. */
  readonly serves: readonly { readonly node: number; readonly share: number }[]
  readonly links: readonly FlowLink[]
  /** Σ share × runs over the nodes it serves. */
  readonly scaling: number
}

/** A solved system, ready to be taken apart, before what it states of its uncertainty is read. */
export interface BareFlows {
  readonly solved: SolvedProduct
  readonly result: CalculationResult
  readonly nodes: readonly ProductNode[]
  readonly processes: ReadonlyMap<string, Process>
  readonly lines: readonly FlowLine[]
  readonly links: readonly FlowLink[]
  /** Whether the declared unit needs a node at all. */
  readonly needed: readonly boolean[]
  readonly runs: readonly number[]
  readonly demand: readonly number[]
  /** kg CO2e per run of a node, with everything before it. */
  readonly intensities: readonly number[]
  readonly network: PreparedNetwork
  /** How its parameters answer to those they follow from. */
  readonly slopes: Slopes
}

/** A solved system with everything that may be off in it. */
export interface Flows extends BareFlows {
  readonly sources: Sources
}

/**
 * The flows of a solved system.
 * @throws Problem `singular-system`; `invalid-number`, `property-out-of-range`, pointing to what is stated of an uncertainty.
 */
export function flowsOf(solved: SolvedProduct): Flows {
  const { network, placed, runs, scaling, processes } = solved
  const result = resultOf(solved)
  const { needed, links: found } = neededLinks(solved)
  const links = found.map((link) => ({
    ...link,
    entry: entryAt(solved.prepared.needs, link.maker, link.taker) as number,
  }))
  const linksOf = Map.groupBy(links, ({ line }) => line)
  const perRun = countedPerRun(placed)
  const lines = placed.map(
    (weighed, place): FlowLine => ({
      ...{ weighed, result: result.lines[place] as LineResult, perRun: perRun[place] as number },
      ...{ serves: network.lines[place]?.serves ?? [], links: linksOf.get(place) ?? [] },
      scaling: scaling[place] as number,
    }),
  )
  const intensities = intensitiesOf(solved, perRun)
  const { nodes, demand } = network
  const bare: BareFlows = {
    ...{ solved, result, nodes, processes, lines, links, needed },
    ...{ runs, demand, intensities, network: solved.prepared },
    slopes: parameterSlopes(solved.frame.parameters),
  }
  return { ...bare, sources: sourcesOf(bare) }
}

/** The share of a part in a whole; null where the whole is nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : over(part, whole)
}

/** What shares of a system are of: the absolute sum of its lines. */
export function absoluteTotal({ result }: BareFlows): number {
  return absoluteSum(result.lines)
}

/** The nodes that lead to the declared unit, and what they need; the rest of a system has no part in its result. */
function neededLinks(solved: SolvedProduct) {
  const links = bareLinks(solved)
  const taking = Map.groupBy(
    links.filter(({ runs }) => runs !== 0),
    ({ taker }) => taker,
  )
  const { nodes, demand } = solved.network
  const reached = new Set(nodes.keys().filter((node) => demand[node] !== 0))
  for (const node of reached) for (const { maker } of taking.get(node) ?? []) reached.add(maker)
  return {
    needed: nodes.map((_, node) => reached.has(node)),
    links: links.filter(({ taker }) => reached.has(taker)),
  }
}

function bareLinks({ network: { nodes, lines, links } }: SolvedProduct) {
  return links.map(({ maker, taker, amount, line }) => {
    const made = (nodes[maker] as ProductNode).output.value
    const served = line === null ? undefined : lines[line]?.serves.find(({ node }) => node === taker)
    return { maker, taker, line, share: served?.share ?? 1, runs: over(amount, made) }
  })
}
