/**
 * The nodes of a product system as its record has them, one for each product that a process makes: how often each runs, what part of
 * the lines of its process is its own, and what it takes of the others. Nothing is calculated again that the record holds.
 */

import { parseDecimal } from '../../engine/decimal.ts'
import { exactSum } from '../../engine/exact-sum.ts'
import { inOrder } from '../../engine/names.ts'
import { referenceFlowOf } from '../../engine/product/unit.ts'
import type { Quantity } from '../../engine/types.ts'
import { convert } from '../../engine/units.ts'
import type { ReportedLine } from '../types.ts'
import type { ProductSource } from './types.ts'

/** What is read of a record. */
export type Recorded = Pick<ProductSource, 'result' | 'system'>

/** What a node takes of another’s production: part of what the maker makes; negative where it makes that needless. */
export interface Share {
  readonly maker: number
  readonly taker: number
  readonly share: number
}

export interface RecordedNodes {
  /** The process of each. */
  readonly processes: readonly string[]
  /** What of the lines of its process is its own per declared unit, kg CO2e. */
  readonly direct: readonly number[]
  /** At most one for each two nodes. */
  readonly shares: readonly Share[]
  /** The part of its production that the declared unit asks for directly. */
  readonly delivered: readonly number[]
  readonly runs: readonly number[]
}

/** Null where the record cannot be followed: something is taken from a node that does not run, or a name is not there. */
export function nodesOf(given: Recorded): RecordedNodes | null {
  const reading = new Reading(given)
  const shares = reading.shares()
  if (shares === null) return null
  return {
    processes: reading.nodes.map(({ process }) => process),
    direct: reading.direct(),
    shares,
    delivered: reading.delivered(),
    runs: reading.nodes.map(({ runs }) => runs),
  }
}

interface Node {
  readonly process: string
  readonly product: string | null
  readonly runs: number
  /** Of the process’s common lines; null where no line is in common. */
  readonly share: number | null
  readonly output: Quantity | undefined
}

/** What one node takes of another per declared unit, in a unit that the maker’s output can be brought to. */
interface Taking {
  readonly maker: number | undefined
  readonly taker: number | undefined
  readonly amount: number
  readonly unit: string
}

class Reading {
  readonly nodes: readonly Node[]
  readonly #given: Recorded
  readonly #places: ReadonlyMap<string, number>
  readonly #ofProcess: ReadonlyMap<string, readonly number[]>

  constructor(given: Recorded) {
    this.#given = given
    this.nodes = given.result.scaling
      .map(({ process, product = null, runs }) => ({
        ...{ process, product, runs: Number(runs), share: shareOf(given, process, product) },
        output: outputOf(given, process, product),
      }))
      .sort((a, b) => inOrder(a.process, b.process) || inOrder(a.product ?? '', b.product ?? ''))
    this.#places = new Map(this.nodes.map(({ process, product }, place) => [keyOf(process, product), place]))
    this.#ofProcess = Map.groupBy(this.nodes.keys(), (place) => (this.nodes[place] as Node).process)
  }

  direct(): readonly number[] {
    const terms = this.nodes.map((): number[] => [])
    for (const line of this.#given.result.lines)
      for (const { node, part } of this.#partsOf(line)) terms[node]?.push(Number(line.kgCo2e) * part)
    return terms.map(exactSum)
  }

  /** What each takes ÷ what the maker makes, takings between the same two together. */
  shares(): readonly Share[] | null {
    const terms = new Map<string, { maker: number; taker: number; terms: number[] }>()
    for (const { maker, taker, amount, unit } of this.#takings()) {
      const { output, runs } = this.nodes[maker ?? -1] ?? {}
      if (maker === undefined || taker === undefined || output === undefined || !runs) return null
      const made = convert(parseDecimal(output.amount), output.unit, unit) * runs
      const entry = terms.get(`${maker} ${taker}`) ?? { maker, taker, terms: [] }
      entry.terms.push(amount / made)
      terms.set(`${maker} ${taker}`, entry)
    }
    return [...terms.values()].map(({ terms: parts, ...ends }) => ({ ...ends, share: exactSum(parts) }))
  }

  delivered(): readonly number[] {
    const { referenceProcess, referenceProduct = null } = this.#given.system
    const { amount, unit } = referenceFlowOf(this.#given.system).quantity
    return this.nodes.map(({ process, product, runs, output }) => {
      const isReference = process === referenceProcess && (product ?? referenceProduct) === referenceProduct
      if (!isReference || runs === 0 || output === undefined) return 0
      const declared = convert(parseDecimal(amount), unit, output.unit)
      return declared / parseDecimal(output.amount) / runs
    })
  }

  #takings(): readonly Taking[] {
    return [...this.#byLines(), ...this.#byCredits(), ...this.#byMeans()].filter(({ amount }) => amount !== 0)
  }

  #byLines(): readonly Taking[] {
    return this.#given.result.lines.flatMap((line) => {
      const [process, product] = [line.from ?? line.to, line.fromProduct ?? line.toProduct ?? null]
      if (process === null || process === undefined) return []
      const { amount, unit } = line.activity
      const taken = Number(amount) * Number(line.scaling)
      const maker = this.#places.get(keyOf(process, product))
      return this.#partsOf(line).map(({ node, part }) => ({ maker, taker: node, amount: taken * part, unit }))
    })
  }

  /** What co-products make needless, for the process’s one node. */
  #byCredits(): readonly Taking[] {
    const allocations = this.#given.result.product?.allocations ?? []
    return allocations.flatMap(({ process, products }) =>
      products.flatMap(({ avoids }) => {
        if (avoids === null) return []
        const taker = this.#places.get(keyOf(process, null))
        const amount = -Number(avoids.amount) * (this.nodes[taker ?? -1]?.runs ?? 0)
        return [{ maker: this.#madeAt(avoids), taker, amount, unit: avoids.unit }]
      }),
    )
  }

  #byMeans(): readonly Taking[] {
    const means = this.#given.result.product?.means ?? []
    return means.flatMap(({ process, plants }) => {
      const taker = this.#places.get(keyOf(process, null))
      const runs = this.nodes[taker ?? -1]?.runs ?? 0
      return plants.map((plant) => {
        const { amount, unit } = plant.output
        return { maker: this.#madeAt(plant), taker, amount: Number(amount) * runs, unit }
      })
    })
  }

  #madeAt({ process, product }: { readonly process: string; readonly product: string }): number | undefined {
    return this.#places.get(keyOf(process, product)) ?? this.#places.get(keyOf(process, null))
  }

  /** The nodes that a line counts for, each with its part of it; none where it counts nowhere. */
  #partsOf({
    process,
    forProduct,
    scaling,
  }: ReportedLine): readonly { readonly node: number; readonly part: number }[] {
    const places = this.#ofProcess.get(process ?? '') ?? []
    if (places.length === 1) return [{ node: places[0] as number, part: 1 }]
    if (Number(scaling) === 0) return []
    return places.flatMap((node) => {
      const { product, runs, share } = this.nodes[node] as Node
      if (forProduct !== undefined) return product === forProduct ? [{ node, part: 1 }] : []
      const part = ((share ?? 0) * runs) / Number(scaling)
      return part === 0 ? [] : [{ node, part }]
    })
  }
}

function keyOf(process: string, product: string | null): string {
  return JSON.stringify([process, product])
}

function shareOf({ result }: Recorded, process: string, product: string | null): number | null {
  const allocation = result.product?.allocations.find((one) => one.process === process)
  const share = allocation?.products.find((one) => one.product === product)?.share
  return share === undefined || share === null ? null : Number(share)
}

function outputOf({ system }: Recorded, process: string, product: string | null): Quantity | undefined {
  const found = system.processes.find(({ id }) => id === process)
  if (found === undefined || product === null || product === (found.product ?? found.id)) return found?.output
  return found.coProducts?.find(({ id }) => id === product)?.output
}
