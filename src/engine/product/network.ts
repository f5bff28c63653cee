/**
 * A product system as a network: a node for each product that can be had of each process, and the links along which nodes need
 * each other. What the solver reads, and what every analysis of a solved system follows.
 */

import { over, times } from '../arithmetic.ts'
import { readMeasure } from '../line-properties.ts'
import { inOrder } from '../names.ts'
import type { ActivityLine, ProductInput } from '../types.ts'
import { convert, type Measure } from '../units.ts'
import type { WeighedLine } from '../weigh-line.ts'
import type { AllocationResult } from './allocation-types.ts'
import type { Mean } from './means.ts'
import type { Offer, Offers } from './offers.ts'
import { referenceOffer } from './processes.ts'
import { referenceFlowOf } from './unit.ts'

/** A product of a process. */
export interface ProductNode {
  /** The process’s id; with the product’s behind a stroke where the process offers several. */
  readonly key: string
  readonly process: string
  readonly product: string
  /** What one run of the process makes of it. */
  readonly output: Measure
  /** Where it stands in the input. */
  readonly pointer: string
}

/** A line in the network. */
export interface NetworkLine {
  /** The nodes it is an input of, by their places, each with its share of the line; the shares come to 1. */
  readonly serves: readonly { readonly node: number; readonly share: number }[]
  /** The node that makes the input, by its place; null where no process of the system does. */
  readonly maker: number | null
}

/** What one node needs of another. */
export interface Link {
  readonly maker: number
  readonly taker: number
  /** In the unit of the maker’s output, per run of the taker; negative where production is avoided. */
  readonly amount: number
  /** The line it comes from, by its place; null for a credit that an allocation gives, and for a plant of a mean. */
  readonly line: number | null
}

/** Everything the runs depend on. */
export interface ProductNetwork {
  /** In the order of their keys. */
  readonly nodes: readonly ProductNode[]
  /** One for each weighed line, in their order. */
  readonly lines: readonly NetworkLine[]
  readonly links: readonly Link[]
  /** Runs of each node that the declared unit asks for directly. */
  readonly demand: readonly number[]
}

/** A product system whose lines are weighed and whose processes and allocations are checked. */
export interface System {
  readonly input: ProductInput
  readonly offers: Offers
  readonly allocations: readonly AllocationResult[]
  readonly means: readonly Mean[]
  readonly placed: readonly WeighedLine[]
}

/** The network of a product system. */
export function networkOf(system: System): ProductNetwork {
  const nodes = system.offers.all.map(nodeOf).sort((a, b) => inOrder(a.key, b.key))
  const places = new Map(nodes.map(({ key }, place) => [key, place]))
  const serves = serversOf(system, places)
  const lines = system.placed.map(({ line, maker }) => ({
    serves: serves(line),
    maker: maker === null ? null : (places.get(maker.key) as number),
  }))
  const links = [
    ...linksOfLines(lines, system.placed),
    ...creditLinks(system, places),
    ...meanLinks(system, places),
  ]
  const reference = referenceOffer(system.input, system.offers)
  const demand = nodes.map((node) => (node.key === reference.key ? demandInRuns(system.input, node) : 0))
  return { nodes, lines, links, demand }
}

function nodeOf({ key, process, product, output, pointer }: Offer): ProductNode {
  return { key, process: process.id, product, output: readMeasure(output, ''), pointer }
}

/** The nodes that a line is an input of: the one product of its process, the one it names, or all of them by their shares. */
function serversOf({ offers, allocations }: System, places: ReadonlyMap<string, number>) {
  const shares = new Map(
    allocations.map(({ process, products }) => [
      process,
      new Map(products.map(({ product, share }) => [product, share])),
    ]),
  )
  return ({ process = '', forProduct }: ActivityLine): NetworkLine['serves'] => {
    const offered = offers.of(process)
    const served =
      forProduct === undefined ? offered : offered.filter(({ product }) => product === forProduct)
    return served.map(({ key, product }) => ({
      node: places.get(key) as number,
      share: served.length === 1 ? 1 : (shares.get(process)?.get(product) as number),
    }))
  }
}

function linksOfLines(lines: readonly NetworkLine[], placed: readonly WeighedLine[]): readonly Link[] {
  return lines.flatMap(({ serves, maker }, line) => {
    if (maker === null) return []
    const { amount } = (placed[line] as WeighedLine).activity
    return serves.map(({ node, share }) => ({ maker, taker: node, amount: times(share, amount), line }))
  })
}

/** What co-products make needless, per run of the process whose main product bears the burden. */
function creditLinks({ offers, allocations }: System, places: ReadonlyMap<string, number>): readonly Link[] {
  return allocations.flatMap(({ process, products }) =>
    products.flatMap(({ avoids }) => {
      if (avoids === null) return []
      const taken = offers.find(avoids, { process: '', product: '' })
      const [taker] = offers.of(process)
      return [
        {
          maker: places.get(taken.key) as number,
          taker: places.get((taker as Offer).key) as number,
          amount: -avoids.amount,
          line: null,
        },
      ]
    }),
  )
}

/** What a mean takes of its plants in the period, which is its run. */
function meanLinks({ offers, means }: System, places: ReadonlyMap<string, number>): readonly Link[] {
  return means.flatMap(({ result, takes }) => {
    const [taker] = offers.of(result.process)
    return takes.map(({ key, amount }) => ({
      maker: places.get(key) as number,
      taker: places.get((taker as Offer).key) as number,
      ...{ amount, line: null },
    }))
  })
}

function demandInRuns(input: ProductInput, { output }: ProductNode): number {
  const { quantity, pointer } = referenceFlowOf(input)
  const declared = readMeasure(quantity, pointer)
  return over(convert(declared.value, declared.unit, output.unit), output.value)
}
