/** How good data are, and how far a figure may be off, on the wire: the same for inventories and products. */

import { z } from '@hono/zod-openapi'

const Decimal = z.string().describe('Shortest exact decimal of the double')

export const DataQualityResult = z.object({
  ratedShare: Decimal.nullable(),
  ratings: z
    .object({
      reliability: Decimal,
      completeness: Decimal,
      temporal: Decimal,
      geographical: Decimal,
      technological: Decimal,
    })
    .nullable(),
})
