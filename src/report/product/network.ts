/**
 * The network of a product system as people read it: processes, what their own lines come to, and what part of its production each
 * takes of the others. Made of the record alone; what a process embodies follows from it by sums.
 */

import { exactSum } from '../../engine/exact-sum.ts'
import { isFault, prepareNetwork } from '../../engine/network/network.ts'
import { sparseMatrix } from '../../engine/network/sparse-matrix.ts'
import { nodesOf, type Recorded, type RecordedNodes, type Share } from './nodes.ts'

/** What one process makes, in the network. */
export interface Node {
  readonly process: string
  /** What its own lines come to per declared unit, kg CO2e. */
  readonly direct: number
  /** With everything that was made for it. */
  readonly embodied: number
  /** The part of what it embodies that goes into the declared unit directly. */
  readonly delivered: number
}

/** What a process takes of another’s production. */
export interface Taken {
  readonly maker: number
  readonly taker: number
  /** Part of what the maker embodies; negative where production is made needless. */
  readonly share: number
  /** What it embodies, kg CO2e per declared unit. */
  readonly carried: number
}

export interface Network {
  readonly nodes: readonly Node[]
  /** At most one for each two processes. */
  readonly taken: readonly Taken[]
}

/**
 * Null where what the record says cannot be followed: there is no single answer, or several products of a process are wanted that
 * are made of different things (subdivision), so that one process does not stand for them.
 */
export function networkOf(given: Recorded): Network | null {
  const found = nodesOf(given)
  if (found === null || isMixed(given, found)) return null
  const embodied = embodiedIn(found.direct, found.shares)
  return embodied === null ? null : byProcess(found, embodied)
}

/** Whether several products of a subdivided process are wanted. */
function isMixed({ result }: Recorded, { processes, runs }: RecordedNodes): boolean {
  const subdivided = (result.product?.allocations ?? []).filter(({ by }) => by === 'subdivision')
  return subdivided.some(
    ({ process }) => processes.filter((one, node) => one === process && runs[node] !== 0).length > 1,
  )
}

/** E = direct + Σ share × E of the makers: what each node hands on is what it emits and what it took in. */
function embodiedIn(direct: readonly number[], shares: readonly Share[]): readonly number[] | null {
  const handed = sparseMatrix(direct.length, {
    rows: shares.map(({ maker }) => maker),
    columns: shares.map(({ taker }) => taker),
    values: shares.map(({ share }) => share),
  })
  const outcome = prepareNetwork(handed).solveAdjoint(Float64Array.from(direct))
  return isFault(outcome) ? null : [...outcome.values]
}

/** The products of a process together: each is made of the same things, so that its part of the process is its part of everything. */
function byProcess(
  { processes, direct, shares, delivered }: RecordedNodes,
  embodied: readonly number[],
): Network {
  const names = [...new Set(processes)]
  const places = new Map(names.map((name, place) => [name, place]))
  const at = (node: number) => places.get(processes[node] as string) as number
  const sums = (terms: readonly number[]) => {
    const groups = Map.groupBy(terms.keys(), at)
    return names.map((_, place) => exactSum((groups.get(place) ?? []).map((node) => terms[node] as number)))
  }
  const [wholes, owns] = [sums(embodied), sums(direct)]
  const handed = sums(delivered.map((part, node) => part * (embodied[node] as number)))
  const isOne = (place: number) => processes.filter((name) => name === names[place]).length === 1
  const partOf = (carried: number, maker: number) => (carried === 0 ? 0 : carried / (wholes[maker] as number))
  const links = Map.groupBy(shares, ({ maker, taker }) => `${at(maker)} ${at(taker)}`)
  return {
    nodes: names.map((process, place) => ({
      ...{ process, direct: owns[place] as number, embodied: wholes[place] as number },
      delivered: isOne(place)
        ? (delivered[processes.indexOf(process)] as number)
        : partOf(handed[place] as number, place),
    })),
    taken: [...links.values()].map((together) => {
      const [{ maker, taker, share }] = together as [Share]
      const carried = exactSum(together.map((one) => one.share * (embodied[one.maker] as number)))
      const ends = { maker: at(maker), taker: at(taker), carried }
      return {
        ...ends,
        share: isOne(ends.maker) && together.length === 1 ? share : partOf(carried, ends.maker),
      }
    }),
  }
}
