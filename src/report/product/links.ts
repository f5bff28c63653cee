/** What the record of a product system says of who takes of whom: the nodes, the lines that serve them, and the parts they take. */

import { parseDecimal } from '../../engine/decimal.ts'
import { exactSum } from '../../engine/exact-sum.ts'
import { inOrder } from '../../engine/names.ts'
import { referenceFlowOf } from '../../engine/product/unit.ts'
import type { Process, Quantity } from '../../engine/types.ts'
import { convert } from '../../engine/units.ts'
import type { ReportedLine } from '../types.ts'
import { isOwn } from './naming.ts'
import type { Given, Taken } from './network.ts'

interface NodePlace {
  readonly process: string
  readonly product: string | null
  readonly runs: number
}

/** The nodes by their places, and which of them a line serves. */
export interface NodePlaces {
  readonly nodes: readonly NodePlace[]
  /** The first node of a process. */
  first(process: string): number | undefined
  /** What one run makes of a node's product; undefined where the system has no such process. */
  output(node: number | undefined): Quantity | undefined
  /** The node of a product; of a process's one product where none is named. */
  find(process: string, product: string | null): number | undefined
  /** The nodes that a line is an input of, each with its share of it. */
  serves(line: ReportedLine): readonly { readonly node: number; readonly share: number }[]
}

export function placesOf({ result, system }: Given): NodePlaces {
  const nodes = result.scaling
    .map(({ process, product, runs }) => ({ process, product: product ?? null, runs: Number(runs) }))
    .sort((a, b) => inOrder(a.process, b.process) || inOrder(a.product ?? '', b.product ?? ''))
  const offered = Map.groupBy(nodes.keys(), (at) => nodes[at]?.process ?? '')
  const find = (process: string, product: string | null) => {
    const found = offered.get(process) ?? []
    return found.length === 1 ? found[0] : found.find((at) => nodes[at]?.product === product)
  }
  const processes = new Map(system.processes.map((process) => [process.id, process]))
  const outputs = nodes.map(({ process, product }) => {
    const found = processes.get(process)
    return found && madeOf(found, product)
  })
  const shares = new Map(
    (result.product?.allocations ?? []).map(({ process, products }) => [
      process,
      new Map(products.map(({ product, share }) => [product, Number(share ?? 0)])),
    ]),
  )
  const serves: NodePlaces['serves'] = ({ process, forProduct }) => {
    const served = offered.get(process ?? '') ?? []
    if (served.length === 1) return [{ node: served[0] as number, share: 1 }]
    if (forProduct !== undefined) {
      const node = find(process ?? '', forProduct)
      return node === undefined ? [] : [{ node, share: 1 }]
    }
    const shared = shares.get(process ?? '')
    return served.map((node) => ({ node, share: shared?.get(nodes[node]?.product ?? '') ?? 0 }))
  }
  return {
    ...{ nodes, find, serves },
    first: (process) => offered.get(process)?.[0],
    output: (node) => (node === undefined ? undefined : outputs[node]),
  }
}

type Share = Omit<Taken, 'carried'>

/** An input of a node, per declared unit, in the unit of its maker's output. */
interface Input {
  readonly maker: number | undefined
  readonly taker: number
  readonly amount: number
  readonly unit: string
}

/** amount ÷ (output per run × runs of the maker), what one takes of the other together; null where a maker that is needed never runs. */
export function linksOf(given: Given, places: NodePlaces): readonly Share[] | null {
  const terms = new Map<string, { maker: number; taker: number; terms: number[] }>()
  for (const { maker, taker, amount, unit } of takingsOf(given, places)) {
    if (amount === 0) continue
    const { runs = 0 } = places.nodes[maker ?? -1] ?? {}
    const output = places.output(maker)
    if (maker === undefined || output === undefined || runs === 0) return null
    const entry = terms.get(`${maker} ${taker}`) ?? { maker, taker, terms: [] }
    entry.terms.push(amount / (convert(parseDecimal(output.amount), output.unit, unit) * runs))
    terms.set(`${maker} ${taker}`, entry)
  }
  return [...terms.values()].map(({ terms: parts, ...ends }) => ({ ...ends, share: exactSum(parts) }))
}

function takingsOf(given: Given, places: NodePlaces): readonly Input[] {
  return [...inputsOf(given, places), ...creditsOf(given, places), ...meansOf(given, places)]
}

function inputsOf({ result }: Given, places: NodePlaces): readonly Input[] {
  return result.lines.flatMap((line) => {
    const { activity } = line
    if (isOwn(line)) return []
    const maker = makerOf(line, places)
    return places.serves(line).map(({ node, share }) => ({
      ...{ maker, taker: node, unit: activity.unit },
      amount: Number(activity.amount) * share * (places.nodes[node]?.runs ?? 0),
    }))
  })
}

/** The node that makes what a line takes, or treats what it hands on; undefined where no process of the system does either. */
export function makerOf(line: ReportedLine, places: NodePlaces): number | undefined {
  const process = line.from ?? line.to
  return process === undefined ? undefined : places.find(process, line.fromProduct ?? line.toProduct ?? null)
}

/** What co-products make needless: a negative input of the process whose main product bears the burden. */
function creditsOf({ result }: Given, places: NodePlaces): readonly Input[] {
  return (result.product?.allocations ?? []).flatMap(({ process, products }) => {
    const taker = places.first(process)
    return products.flatMap(({ avoids }) =>
      avoids === null || taker === undefined
        ? []
        : [
            {
              ...{ maker: places.find(avoids.process, avoids.product), taker, unit: avoids.unit },
              amount: -Number(avoids.amount) * (places.nodes[taker]?.runs ?? 0),
            },
          ],
    )
  })
}

/** What a mean takes of its plants. */
function meansOf({ result }: Given, places: NodePlaces): readonly Input[] {
  return (result.product?.means ?? []).flatMap(({ process, plants }) => {
    const taker = places.first(process)
    if (taker === undefined) return []
    const runs = places.nodes[taker]?.runs ?? 0
    return plants.map((plant) => ({
      ...{ maker: places.find(plant.process, plant.product), taker, unit: plant.output.unit },
      amount: Number(plant.output.amount) * runs,
    }))
  })
}

/** What one run of a process makes of a product; of its main one where none is named. */
function madeOf({ output, coProducts = [] }: Process, product: string | null): Quantity {
  return coProducts.find(({ id }) => id === product)?.output ?? output
}

/** What the declared unit asks for directly: of which node, and how much, as it is stated. */
export interface Asked {
  readonly node: number
  readonly amount: number
  readonly unit: string
  /** What one run of the node makes. */
  readonly output: Quantity
}

/** Null where the record has no node of the reference product. */
export function askedOf({ system }: Pick<Given, 'system'>, places: NodePlaces): Asked | null {
  const { referenceProcess, referenceProduct, processes } = system
  const main = processes.find(({ id }) => id === referenceProcess)?.product ?? referenceProcess
  const node = places.find(referenceProcess, referenceProduct ?? main)
  const output = places.output(node)
  if (node === undefined || output === undefined) return null
  const { amount, unit } = referenceFlowOf(system).quantity
  return { node, amount: parseDecimal(amount), unit, output }
}

/** Runs of each node that the declared unit asks for directly. */
export function demandedRuns(given: Given, places: NodePlaces): readonly number[] {
  const asked = askedOf(given, places)
  const runs = places.nodes.map(() => 0)
  if (asked === null) return runs
  const { node, amount, unit, output } = asked
  return runs.with(node, convert(amount, unit, output.unit) / parseDecimal(output.amount))
}
