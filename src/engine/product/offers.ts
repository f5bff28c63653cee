/**
 * What the processes of a system make, and which of it is meant: by a process, by a product, or by both where a process makes
 * several and several processes make one. Where the names do not tell, nothing is guessed.
 */

import { Problem } from '../../problem.ts'
import { inOrder, nearest } from '../names.ts'
import type { Process, Quantity } from '../types.ts'
import type { AvoidedProduction, ProductFacts } from './allocation-types.ts'

/** A refusal names at most this many. */
const mostNamed = 20

/** A product of a process. */
export interface MadeProduct extends ProductFacts {
  readonly product: string
  readonly output: Quantity
  readonly avoids?: AvoidedProduction | undefined
  /** Where it stands in the input. */
  readonly pointer: string
}

/** A product of a process that others can take: a node of the network. */
export interface Offer extends MadeProduct {
  /** The process’s id; with the product’s behind a stroke where the process offers several. */
  readonly key: string
  readonly process: Process
}

/** Names that tell which product is meant. */
export interface Wanted {
  readonly process?: string | undefined
  readonly product?: string | undefined
}

/** Everything a process makes, the main product first, the others by id. */
export function productsOf(process: Process, index: number): readonly MadeProduct[] {
  const { id, product = id, output, price, properties, coProducts = [] } = process
  const pointer = `/processes/${index}`
  const others = coProducts.map(({ id, ...made }, place) => ({
    ...made,
    product: id,
    pointer: `${pointer}/coProducts/${place}`,
  }))
  others.sort((a, b) => inOrder(a.product, b.product))
  return [{ product, output, price, properties, pointer }, ...others]
}

/** What can be taken of a process: a co-product that is credited where it replaces something is not there any more. */
export function offersOf(process: Process, index: number): readonly Offer[] {
  const made = productsOf(process, index)
  const offered = process.allocation?.by === 'substitution' ? made.slice(0, 1) : made
  return offered.map((product) => ({
    ...product,
    process,
    key: offered.length === 1 ? process.id : `${process.id}/${product.product}`,
  }))
}

/** The offers of all processes of a system. */
export class Offers {
  readonly all: readonly Offer[]
  readonly #byProcess: ReadonlyMap<string, readonly Offer[]>
  readonly #byProduct: ReadonlyMap<string, readonly Offer[]>

  constructor(processes: readonly Process[]) {
    this.all = processes.flatMap(offersOf)
    this.#byProcess = Map.groupBy(this.all, ({ process }) => process.id)
    this.#byProduct = Map.groupBy(this.all, ({ product }) => product)
  }

  /** What a process offers; nothing where there is no such process. */
  of(process: string): readonly Offer[] {
    return this.#byProcess.get(process) ?? []
  }

  /**
   * The offer that is meant.
   * @param members where the names stand, for the refusal.
   * @throws Problem `unknown-process`, `unknown-product`, `product-not-offered`, `process-ambiguous`, `property-missing`.
   */
  find({ process, product }: Wanted, members: { process: string; product: string }): Offer {
    if (process !== undefined && !this.#byProcess.has(process)) throw unknownProcess(process, members.process)
    const offered = process === undefined ? (this.#byProduct.get(product ?? '') ?? []) : this.of(process)
    const meant = product === undefined ? offered : offered.filter((offer) => offer.product === product)
    const [only, ...others] = meant
    if (only && others.length === 0) return only
    if (product === undefined) throw whichProduct(offered, members.product)
    if (only) throw severalMake(product, meant, members.process)
    throw process === undefined
      ? unknownProduct(product, this.#byProduct.keys(), members.product)
      : notOffered(product, offered, members.product)
  }
}

/** The refusal of a process that does not exist. */
export function unknownProcess(name: string, pointer: string): Problem {
  const process = name.slice(0, 128)
  const detail = `No process has the id "${process}"; add it to processes or correct the name.`
  return new Problem('unknown-process', detail, { pointer, process })
}

function unknownProduct(name: string, known: Iterable<string>, pointer: string): Problem {
  const product = name.slice(0, 128)
  const candidates = nearest(product, known)
  const detail = `No process makes "${product}"; add the process that does, or correct the name.`
  return new Problem('unknown-product', detail, { pointer, product, candidates })
}

function notOffered(name: string, offered: readonly Offer[], pointer: string): Problem {
  const product = name.slice(0, 128)
  const { process } = offered[0] as Offer
  const credited = process.coProducts?.some(({ id }) => id === name) === true
  const why = credited
    ? 'it is credited where it replaces something else (substitution), so that nobody else can take it'
    : `it makes ${named(offered)}`
  const detail = `Process "${process.id}" does not offer "${product}": ${why}.`
  return new Problem('product-not-offered', detail, { pointer, product, candidates: productNames(offered) })
}

function severalMake(product: string, meant: readonly Offer[], pointer: string): Problem {
  const processes = meant.slice(0, mostNamed).map(({ process }) => process.id)
  const detail = `"${product.slice(0, 128)}" is made by ${processes.join(', ')}: name the process as well.`
  return new Problem('process-ambiguous', detail, { pointer, product: product.slice(0, 128), processes })
}

function whichProduct(offered: readonly Offer[], pointer: string): Problem {
  const { process } = offered[0] as Offer
  const detail = `Process "${process.id}" makes ${named(offered)}: name the one that is meant.`
  return new Problem('property-missing', detail, { pointer, candidates: productNames(offered) })
}

function productNames(offered: readonly Offer[]): readonly string[] {
  return offered.slice(0, mostNamed).map(({ product }) => product)
}

function named(offered: readonly Offer[]): string {
  return productNames(offered)
    .map((product) => `"${product.slice(0, 128)}"`)
    .join(', ')
}
