/** Co-products and allocation on the wire. */

import { z } from '@hono/zod-openapi'
import { allocationKeys, allocationMethods } from '../engine/types.ts'
import { Decimal, Quantity } from './quantities.ts'
import { line } from './schemas.ts'

/** Products of one process beside its main one, and properties of each. */
export const coProductsMax = 50
export const propertiesMax = 50

const facts = {
  treats: z.boolean().optional().describe('The output is waste of others that the process takes in'),
  price: Quantity.optional().describe('Money per one unit of the output; zero is a price'),
  properties: z
    .array(z.strictObject({ name: line(80), quantity: Quantity }).openapi('ProductProperty'))
    .min(1)
    .max(propertiesMax)
    .readonly()
    .optional()
    .describe('What one unit of the output has: mass, energy, or any other by name'),
}

const CoProduct = z
  .strictObject({
    id: line(100),
    output: Quantity,
    ...facts,
    avoids: z
      .strictObject({
        from: line(100),
        fromProduct: line(100).optional(),
        quantity: Quantity.optional().describe('Per run; all of the co-product, one for one, where absent'),
      })
      .openapi('AvoidedProduction')
      .optional()
      .describe('Under substitution: what would have been made elsewhere'),
  })
  .openapi('CoProduct')

const key = {
  property: line(80).optional().describe('With physical-property: which one'),
  shares: z
    .array(z.strictObject({ product: line(100), share: Decimal }))
    .min(1)
    .max(coProductsMax + 1)
    .readonly()
    .optional()
    .describe('With shares: one for each product, together 1'),
}

const Allocation = z
  .strictObject({
    by: z.enum(allocationMethods),
    ...key,
    common: z
      .strictObject({ by: z.enum(allocationKeys), ...key })
      .openapi('AllocationKey')
      .optional()
      .describe('With subdivision: how lines without forProduct are shared'),
    justification: line(2000)
      .optional()
      .describe('Needed for economic-value and shares, the last step of ISO 14044’s hierarchy'),
  })
  .openapi('Allocation')

/** The members of a process that several products need. */
export const allocated = {
  ...facts,
  product: line(100).optional().describe('What the output is called; the id of the process where absent'),
  coProducts: z.array(CoProduct).min(1).max(coProductsMax).readonly().optional(),
  allocation: Allocation.optional().describe(
    'How the products share the burden; needed where there are several',
  ),
}
