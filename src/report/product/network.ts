/**
 * The network of a product system as its record has it: how often each node runs, what its own lines come to, and what part of its
 * production each other node takes. Nothing is calculated again that the record holds; what it embodies follows from it by sums.
 */

import { exactSum } from '../../engine/exact-sum.ts'
import { isFault, prepareNetwork } from '../../engine/network/network.ts'
import { sparseMatrix } from '../../engine/network/sparse-matrix.ts'
import { demandedRuns, linksOf, type NodePlaces, placesOf } from './links.ts'
import { isOwn } from './naming.ts'
import type { ProductSource } from './types.ts'

/** A part of a line that belongs to a node. */
export interface OwnPart {
  /** The line’s id. */
  readonly line: string
  /** kg CO2e per declared unit. */
  readonly kgCo2e: number
}

/** A product of a process, in the network. */
export interface Node {
  readonly process: string
  /** Null where the process makes one. */
  readonly product: string | null
  /** Per declared unit. */
  readonly runs: number
  readonly own: readonly OwnPart[]
  /** What its own lines come to per declared unit, kg CO2e. */
  readonly direct: number
  /** With everything that was made for it. */
  readonly embodied: number
  /** The part of its production that the declared unit asks for directly. */
  readonly delivered: number
}

/** What a node takes of another’s production. */
export interface Taken {
  readonly maker: number
  readonly taker: number
  /** Part of what the maker makes; where both run, negative for production that is avoided of a maker that others need. */
  readonly share: number
  /** What it embodies, kg CO2e per declared unit. */
  readonly carried: number
}

export interface Network {
  readonly nodes: readonly Node[]
  /** At most one for each two nodes. */
  readonly taken: readonly Taken[]
}

export type Given = Pick<ProductSource, 'result' | 'system'>

/** Null where what the record says cannot be followed: something is taken of what never runs, or there is no single answer. */
export function networkOf(given: Given): Network | null {
  const places = placesOf(given)
  const own = ownParts(given, places)
  const shares = linksOf(given, places)
  if (shares === null) return null
  const direct = own.map((parts) => exactSum(parts.map(({ kgCo2e }) => kgCo2e)))
  const embodied = embodiedIn(direct, shares)
  if (embodied === null) return null
  const demanded = demandedRuns(given, places)
  return {
    nodes: places.nodes.map(({ process, product, runs }, at) => ({
      ...{ process, product, runs, own: own[at] as readonly OwnPart[] },
      direct: direct[at] as number,
      embodied: embodied[at] as number,
      delivered: runs === 0 ? 0 : (demanded[at] as number) / runs,
    })),
    taken: shares.map((share) => ({ ...share, carried: share.share * (embodied[share.maker] as number) })),
  }
}

/** Each line’s emissions, apportioned to the nodes it serves as their runs make up its own. */
function ownParts({ result }: Given, { nodes, serves }: NodePlaces): readonly (readonly OwnPart[])[] {
  const parts = nodes.map((): OwnPart[] => [])
  for (const line of result.lines) {
    const [whole, scaling] = [Number(line.kgCo2e), Number(line.scaling)]
    if (!isOwn(line) || whole === 0) continue
    const served = serves(line)
    for (const { node, share } of served) {
      const runs = nodes[node]?.runs ?? 0
      const kgCo2e = served.length === 1 ? whole : whole * ((share * runs) / scaling)
      if (kgCo2e !== 0) parts[node]?.push({ line: line.id, kgCo2e })
    }
  }
  return parts
}

/** E = direct + Σ share × E of the makers: what each node hands on is what it emits and what it took in. */
function embodiedIn(
  direct: readonly number[],
  shares: readonly Omit<Taken, 'carried'>[],
): readonly number[] | null {
  const handed = sparseMatrix(direct.length, {
    rows: shares.map(({ maker }) => maker),
    columns: shares.map(({ taker }) => taker),
    values: shares.map(({ share }) => share),
  })
  const outcome = prepareNetwork(handed).solveAdjoint(Float64Array.from(direct))
  return isFault(outcome) ? null : [...outcome.values]
}
