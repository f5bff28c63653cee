/** How good data are, and how far a figure may be off, on the wire: the same for inventories and products. */

import { z } from '@hono/zod-openapi'
import { Figure } from './quantities.ts'
import { list } from './schemas.ts'

export const DataQualityResult = z.object({
  ratedShare: Figure.nullable(),
  ratings: z
    .object({
      reliability: Figure,
      completeness: Figure,
      temporal: Figure,
      geographical: Figure,
      technological: Figure,
    })
    .nullable(),
})

/** How far some lines' sum may be off, of those that say so. */
export const uncertain = {
  statedShare: Figure.nullable().describe('Part of Σ|line| whose lines state an uncertainty'),
  halfWidthKgCo2e: Figure.nullable().describe('Half of the 95 % interval; null where no line states one'),
  percent: Figure.nullable(),
}

export const UncertaintySource = z.union([
  z.object({ kind: z.enum(['activity', 'factor-of-line']), line: z.string() }),
  z.object({
    kind: z.enum(['factor', 'fuel']),
    table: z.string(),
    version: z.string(),
    id: z.string(),
    lines: Figure.describe('How many lines it weighs that state an uncertainty'),
  }),
])

const SharedAmount = z.union([
  z.object({ kind: z.enum(['parameter', 'material']), id: z.string(), lines: Figure }),
  z.object({ kind: z.literal('site-total'), site: z.string(), id: z.string(), lines: Figure }),
  z.object({
    kind: z.literal('site-flow'),
    site: z.string(),
    product: z.string(),
    id: z.string(),
    lines: Figure,
  }),
])

export const ProductUncertainty = z
  .object({
    method: z.literal('error-propagation'),
    confidence: z.literal('0.95'),
    ...uncertain,
    percent: Figure.nullable().describe('Of |total|'),
    contributions: list(
      z.object({
        source: z.union([UncertaintySource, SharedAmount]),
        varianceShare: Figure.describe('0 to 1'),
      }),
    ).describe('What the variance comes from, largest first, a hundred at most'),
  })
  .openapi('ProductUncertainty')
