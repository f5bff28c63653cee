/**
 * What the processes of a system make or treat, and which of it is meant: by a process, by a product, or by both where a process
 * makes several and several processes make one. Where the names do not tell, nothing is guessed.
 */

import { inOrder } from '../names.ts'
import type { Process, Quantity } from '../types.ts'
import type { AvoidedProduction, ProductFacts } from './allocation-types.ts'
import {
  notOffered,
  severalMake,
  unknownProcess,
  unknownProduct,
  whichProduct,
  wrongWay,
} from './offer-refusals.ts'

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
  /** Whether it is the treatment of a waste; either where absent. */
  readonly treats?: boolean | undefined
}

/** Everything a process makes, the main product first, the others by id. */
export function productsOf(process: Process, index: number): readonly MadeProduct[] {
  const { id, product = id, output, treats, price, properties, coProducts = [] } = process
  const pointer = `/processes/${index}`
  const others = coProducts.map(({ id, ...made }, place) => ({
    ...made,
    product: id,
    pointer: `${pointer}/coProducts/${place}`,
  }))
  others.sort((a, b) => inOrder(a.product, b.product))
  return [{ product, output, treats, price, properties, pointer }, ...others]
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
  find({ process, product, treats }: Wanted, members: { process: string; product: string }): Offer {
    if (process !== undefined && !this.#byProcess.has(process)) throw unknownProcess(process, members.process)
    const named = process === undefined ? (this.#byProduct.get(product ?? '') ?? []) : this.of(process)
    const [alone] = named
    if (alone && named.length === 1 && isMeant(alone, product, treats)) return alone
    const offered = treats === undefined ? named : named.filter((offer) => isTreatment(offer) === treats)
    if (named.length > 0 && offered.length === 0)
      throw wrongWay(named, process === undefined ? members.product : members.process)
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

/** What most lines come down to: a process that offers one product. */
function isMeant(offer: Offer, product: string | undefined, treats: boolean | undefined): boolean {
  return (
    (product === undefined || offer.product === product) &&
    (treats === undefined || isTreatment(offer) === treats)
  )
}

/** Whether what is offered is the treatment of a waste that others put out. */
export function isTreatment({ treats }: Pick<MadeProduct, 'treats'>): boolean {
  return treats === true
}
