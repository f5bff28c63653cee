/** The one form of co-products, allocations and means of plants. */

import type {
  Allocation,
  AllocationKey,
  AvoidedProduction,
  CoProduct,
  GivenShare,
  Plant,
  ProductFacts,
  ProductProperty,
} from '../engine/types.ts'
import { type Form, type FormsOf, quantity } from './forms.ts'

const property: Form = { members: { name: 'text', quantity } satisfies FormsOf<ProductProperty> }

export const facts = {
  treats: 'boolean',
  price: quantity,
  properties: { list: property },
} satisfies FormsOf<ProductFacts>

const avoids: Form = {
  members: { from: 'text', fromProduct: 'text', quantity } satisfies FormsOf<AvoidedProduction>,
}

export const coProduct: Form = {
  members: { id: 'text', output: quantity, ...facts, avoids } satisfies FormsOf<CoProduct>,
}

export const plant: Form = {
  members: { from: 'text', fromProduct: 'text', output: quantity } satisfies FormsOf<Plant>,
}

const given: Form = { members: { product: 'text', share: 'decimal' } satisfies FormsOf<GivenShare> }

const key = { by: 'text', property: 'text', shares: { list: given } } satisfies FormsOf<AllocationKey>

export const allocation: Form = {
  members: { ...key, common: { members: key }, justification: 'text' } satisfies FormsOf<Allocation>,
}
