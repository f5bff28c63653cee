/**
 * A product system as a network: a node for each product of each process, and for each line the nodes it serves and the node
 * that makes it. What the solver reads, and what every analysis of a solved system follows.
 */

import { over } from '../arithmetic.ts'
import { readMeasure } from '../line-properties.ts'
import { inOrder } from '../names.ts'
import type { Process, ProductInput } from '../types.ts'
import { convert, type Measure } from '../units.ts'
import type { WeighedLine } from '../weigh-line.ts'

/** A product of a process. */
export interface ProductNode {
  /** The process’s id. */
  readonly key: string
  readonly process: string
  /** What one run of the process makes of it. */
  readonly output: Measure
}

/** A line in the network. */
export interface NetworkLine {
  /** The nodes it is an input of, by their places, each with its share of the line; the shares come to 1. */
  readonly serves: readonly { readonly node: number; readonly share: number }[]
  /** The node that makes the input, by its place; null where no process of the system does. */
  readonly maker: number | null
}

/** Everything the runs depend on. */
export interface ProductNetwork {
  /** In the order of their keys. */
  readonly nodes: readonly ProductNode[]
  /** One for each weighed line, in their order. */
  readonly lines: readonly NetworkLine[]
  /** Runs of each node that the declared unit asks for directly. */
  readonly demand: readonly number[]
}

/** The network of a product system whose lines are weighed and whose processes are checked. */
export function networkOf(input: ProductInput, placed: readonly WeighedLine[]): ProductNetwork {
  const nodes = [...input.processes].sort((a, b) => inOrder(a.id, b.id)).map(nodeOf)
  const places = new Map(nodes.map(({ process }, place) => [process, place]))
  const lines = placed.map(({ line }) => ({
    serves: [{ node: places.get(line.process as string) as number, share: 1 }],
    maker: line.from === undefined ? null : (places.get(line.from) as number),
  }))
  const demand = nodes.map((node) =>
    node.process === input.referenceProcess ? demandInRuns(input, node) : 0,
  )
  return { nodes, lines, demand }
}

function nodeOf({ id, output }: Process): ProductNode {
  return { key: id, process: id, output: readMeasure(output, '') }
}

function demandInRuns({ declaredUnit }: ProductInput, { output }: ProductNode): number {
  const declared = readMeasure(declaredUnit, '/declaredUnit')
  return over(convert(declared.value, declared.unit, output.unit), output.value)
}
