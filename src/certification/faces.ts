/** How a party and a product are told to people: what a document and a report say of them beside figures. */

import type { Names } from '../engine/types.ts'
import type { ProductCode } from './product-codes.ts'

/** A party of a footprint as the document will name it. */
export interface PartyFace {
  readonly name: Names
  readonly address: Names | null
}

/** What is certified about a product beside its figures. */
export interface ProductFace {
  readonly name: Names
  readonly model: string | null
  readonly specification: string | null
  readonly trademark: string | null
  /** Models that one document covers; absent where there is one, or none. */
  readonly models?: readonly string[] | undefined
  /** GTIN, HS, CN, CPC and CN-PCF, digits only; absent where there are none. */
  readonly codes?: readonly ProductCode[] | undefined
}
