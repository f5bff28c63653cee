/** The refusals of an allocation: each says what is missing or too much, and how to mend it. */

import { Problem } from '../../problem.ts'
import { listed } from '../names.ts'
import type { ActivityLine, Process } from '../types.ts'
import type { ByFacts } from './allocation-bases.ts'
import type { AllocationMethod } from './allocation-types.ts'
import type { MadeProduct } from './offers.ts'

export function allocationMissing(
  { id }: Process,
  products: readonly MadeProduct[],
  pointer: string,
): Problem {
  const names = products.slice(0, 20).map(({ product }) => product)
  const detail = `Process "${id}" makes ${listed(names.map((name) => `"${name}"`))} and does not say how they share its burden: add an allocation.`
  return new Problem('allocation-missing', detail, { pointer, process: id, products: names })
}

export function unjustified(by: AllocationMethod, pointer: string): Problem {
  const detail = `Allocation by ${by} is the last step of ISO 14044's hierarchy: say under justification why the process cannot be subdivided and no physical relationship does.`
  return new Problem('property-missing', detail, { pointer: `${pointer}/justification` })
}

export function nothingToShare(pointer: string): Problem {
  const detail = 'The process makes one product, so that there is nothing to share: leave out the allocation.'
  return new Problem('property-unused', detail, { pointer })
}

export function nothingToGoBy(by: ByFacts, pointer: string): Problem {
  const detail = `Every product has a basis of zero by ${by}, so that nothing tells their shares; allocate by something else.`
  return new Problem('property-out-of-range', detail, { pointer })
}

export function unknownShare(name: string, names: readonly string[], pointer: string): Problem {
  const product = name.slice(0, 128)
  const detail = `The process makes no "${product}"; a share belongs to each of its own products.`
  return new Problem('product-not-offered', detail, { pointer, product, candidates: names.slice(0, 20) })
}

export function shareMissing(product: string, pointer: string): Problem {
  const detail = `Product "${product.slice(0, 128)}" has no share: state one, also where it is 0.`
  return new Problem('property-missing', detail, { pointer, product: product.slice(0, 128) })
}

export function notWhole(shares: readonly string[], pointer: string): Problem {
  const detail = `The shares ${shares.slice(0, 20).join(' + ')} do not come to 1; correct them, or write what no decimal holds (1/3) to six places or more.`
  return new Problem('shares-not-whole', detail, { pointer, shares: shares.slice(0, 20) })
}

export function commonMissing(lines: readonly ActivityLine[], pointer: string): Problem {
  const common = lines.filter(({ forProduct }) => forProduct === undefined).map(({ id }) => id)
  const detail = `Line "${common[0]}" of the process names no product: name one under forProduct, or say under common how what the products have in common is shared.`
  return new Problem('property-missing', detail, { pointer, lines: common.slice(0, 20) })
}

export function nothingInCommon(pointer: string): Problem {
  const detail = 'Every line of the process names its product, so that nothing is in common: leave it out.'
  return new Problem('property-unused', detail, { pointer })
}

export function fromNothing(product: string, pointer: string): Problem {
  const detail = `No line of the process is for product "${product.slice(0, 128)}" and none is in common, so that it would come from nothing: add its lines.`
  return new Problem('property-missing', detail, { pointer, product: product.slice(0, 128) })
}
