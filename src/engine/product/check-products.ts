/** The products of a process, checked one by one before anything is shared among them. */

import { Problem } from '../../problem.ts'
import { readMeasure, readPositive } from '../line-properties.ts'
import { checkNewId } from '../names.ts'
import type { Process } from '../types.ts'
import { type MadeProduct, productsOf } from './offers.ts'

/** @throws Problem about the first thing wrong with a product of the process. */
export function checkProducts(process: Process, index: number): void {
  const pointer = `/processes/${index}`
  const products = productsOf(process, index)
  if (products.length > 1 && process.product === undefined) throw unnamed(process, pointer)
  const seen = new Set<string>()
  for (const [place, product] of products.entries()) {
    checkNewId(product.product, seen, `${product.pointer}/${place === 0 ? 'product' : 'id'}`)
    readMeasure(product.output, `${product.pointer}/output`)
    readPositive(product.output.amount, `${product.pointer}/output/amount`, 'An output')
    checkFacts(product, products.length)
    if (product.avoids !== undefined && process.allocation?.by !== 'substitution') throw countedTwice(product)
  }
}

function checkFacts({ pointer, price, properties = [] }: MadeProduct, count: number): void {
  const seen = new Set<string>()
  for (const [place, { name }] of properties.entries())
    checkNewId(name, seen, `${pointer}/properties/${place}/name`)
  if (count > 1) return
  const idle = price === undefined ? (properties.length > 0 ? 'properties' : undefined) : 'price'
  if (idle === undefined) return
  const detail = `The process makes one product and shares nothing, so that ${idle} has no use: leave it out.`
  throw new Problem('property-unused', detail, { pointer: `${pointer}/${idle}` })
}

function unnamed({ id }: Process, pointer: string): Problem {
  const detail = `Process "${id}" makes several products: give its main one a name under product.`
  return new Problem('property-missing', detail, { pointer: `${pointer}/product` })
}

function countedTwice({ product, pointer }: MadeProduct): Problem {
  const detail = `"${product.slice(0, 128)}" bears a share of the burden, so that what it replaces is no credit: leave out avoids, or allocate by substitution.`
  return new Problem('property-unused', detail, { pointer: `${pointer}/avoids` })
}
