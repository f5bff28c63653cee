/** Means of plants on the wire. */

import { z } from '@hono/zod-openapi'
import { Figure, Quantity } from './quantities.ts'
import { line, list } from './schemas.ts'

/** Plants of one mean. */
export const plantsMax = 200

const Plant = z
  .strictObject({
    from: line(100).describe('A process of the system'),
    fromProduct: line(100).optional(),
    output: Quantity.optional().describe('What it made in the period; none where its site’s data say so'),
  })
  .openapi('Plant')

/** The plants of a mean. */
export const meanOf = z
  .array(Plant)
  .min(1)
  .max(plantsMax)
  .readonly()
  .optional()
  .describe('The process is the mean of these, weighted by production; their outputs come to its own')

export const MeanResult = z
  .object({
    process: z.string(),
    plants: list(
      z.object({
        process: z.string(),
        product: z.string(),
        output: z.object({ amount: Figure, unit: z.string() }),
        share: Figure.describe('0 to 1, together 1'),
      }),
    ),
  })
  .openapi('MeanResult')
