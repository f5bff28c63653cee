/** The refusals of names that tell no product, or not which of several. */

import { Problem } from '../../problem.ts'
import { nearest } from '../names.ts'
import type { Offer } from './offers.ts'

/** A refusal names at most this many. */
const mostNamed = 20

/** The refusal of a process that does not exist. */
export function unknownProcess(name: string, pointer: string): Problem {
  const process = name.slice(0, 128)
  const detail = `No process has the id "${process}"; add it to processes or correct the name.`
  return new Problem('unknown-process', detail, { pointer, process })
}

export function unknownProduct(name: string, known: Iterable<string>, pointer: string): Problem {
  const product = name.slice(0, 128)
  const candidates = nearest(product, known)
  const detail = `No process makes or treats "${product}"; add the process that does, or correct the name.`
  return new Problem('unknown-product', detail, { pointer, product, candidates })
}

export function notOffered(name: string, offered: readonly Offer[], pointer: string): Problem {
  const product = name.slice(0, 128)
  const { process } = offered[0] as Offer
  const credited = process.coProducts?.some(({ id }) => id === name) === true
  const why = credited
    ? 'it is credited where it replaces something else (substitution), so that nobody else can take it'
    : `it offers ${named(offered)}`
  const detail = `Process "${process.id}" does not offer "${product}": ${why}.`
  return new Problem('product-not-offered', detail, { pointer, product, candidates: productNames(offered) })
}

export function severalMake(product: string, meant: readonly Offer[], pointer: string): Problem {
  const processes = meant.slice(0, mostNamed).map(({ process }) => process.id)
  const detail = `"${product.slice(0, 128)}" is made by ${processes.join(', ')}: name the process as well.`
  return new Problem('process-ambiguous', detail, { pointer, product: product.slice(0, 128), processes })
}

export function whichProduct(offered: readonly Offer[], pointer: string): Problem {
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

/** The refusal of an input from a process that treats waste, and of waste that goes to one that makes something. */
export function wrongWay(named: readonly Offer[], pointer: string): Problem {
  const { process, product, treats } = named[0] as Offer
  const detail = treats
    ? `Process "${process.id}" makes no input: it treats "${product}", a waste that goes to it (to, toProduct).`
    : `Process "${process.id}" treats no waste: it makes "${product}", which comes from it (from, fromProduct).`
  return new Problem('product-not-offered', detail, { pointer, candidates: productNames(named) })
}
