/**
 * Credits for production that a co-product makes needless (system expansion; ISO 14044, 4.3.4.2 a): the process that would have
 * made it runs so much less.
 */

import { Problem } from '../../problem.ts'
import { readMeasure, readPositive } from '../line-properties.ts'
import { at } from '../refusals.ts'
import { convert } from '../units.ts'
import type { ProductShare } from './allocation-types.ts'
import { isTreatment, type MadeProduct, type Offers } from './offers.ts'

/**
 * What a co-product makes needless per run of its process, in the unit of what is made needless.
 * @throws Problem `property-missing` where it does not say, and where names or units do not fit.
 */
export function creditOf(product: MadeProduct, offers: Offers): Pick<ProductShare, 'avoids' | 'working'> {
  const pointer = `${product.pointer}/avoids`
  if (product.avoids === undefined) throw replacesNothing(product, pointer)
  const { from, fromProduct, quantity } = product.avoids
  const members = { process: `${pointer}/from`, product: `${pointer}/fromProduct` }
  const offer = offers.find({ process: from, product: fromProduct, treats: isTreatment(product) }, members)
  const { unit } = readMeasure(offer.output, '')
  const output = readMeasure(product.output, '')
  if (quantity) readPositive(quantity.amount, `${pointer}/quantity/amount`, 'What is made needless')
  const given = quantity ? readMeasure(quantity, `${pointer}/quantity`) : output
  const place = quantity ? `${pointer}/quantity/unit` : `${pointer}/quantity`
  const amount = at(place, () => convert(given.value, given.unit, unit))
  return {
    avoids: { process: offer.process.id, product: offer.product, amount, unit },
    working: [{ name: 'output', ...output }],
  }
}

function replacesNothing({ product }: MadeProduct, pointer: string): Problem {
  const name = product.slice(0, 128)
  const detail = `Product "${name}" does not say what it replaces: name under avoids the process that would have made it, or share the burden by a key.`
  return new Problem('property-missing', detail, { pointer, product: name })
}
