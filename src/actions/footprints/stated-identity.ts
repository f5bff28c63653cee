/** What a file says of a product and its parties, beside its calculation: put into the footprint's definition, where it states something. */

import type { PartyFace, ProductFace } from '../../certification/faces.ts'
import { readProductCodes } from '../../certification/product-codes.ts'
import type { FootprintDefinition } from '../../ports/footprints.ts'

/** What is stated; the rest stays the footprint's. */
export interface StatedIdentity {
  readonly product?: { readonly [Member in keyof ProductFace]?: ProductFace[Member] | undefined } | undefined
  readonly responsibleParty?: PartyFace | undefined
  readonly manufacturer?: PartyFace | undefined
  readonly factory?: PartyFace | undefined
}

/** The members of a definition that it may state, and those of it as pointers begin. */
export const identityMembers = ['product', 'responsibleParty', 'manufacturer', 'factory'] as const

/** @throws Problem `identifier-invalid`, `duplicate-id` for codes that are none. */
export function canonicalIdentity(stated: StatedIdentity): StatedIdentity {
  const { product } = stated
  if (product?.codes === undefined) return stated
  return {
    ...stated,
    product: { ...product, codes: readProductCodes(product.codes, '/identity/product/codes') },
  }
}

/** The definition with what is stated in its place. */
export function withIdentity(
  definition: FootprintDefinition,
  { product, ...parties }: StatedIdentity,
): FootprintDefinition {
  const stated = Object.fromEntries(Object.entries(parties).filter(([, party]) => party !== undefined))
  const named = product && { product: { ...definition.product, ...product } as ProductFace }
  return { ...definition, ...stated, ...named }
}

/** What a definition says, as a file states it. */
export function identityOf(definition: FootprintDefinition): StatedIdentity {
  const { product, responsibleParty, manufacturer, factory } = definition
  return {
    responsibleParty,
    ...(product && { product }),
    ...(manufacturer && { manufacturer }),
    ...(factory && { factory }),
  }
}
