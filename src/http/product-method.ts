/** What a product's calculation says of its method on the wire, and what its result says of it. */

import { z } from '@hono/zod-openapi'
import { boundaries } from '../certification/scheme.ts'
import { lifeCycleStages } from '../engine/types.ts'
import { CircularResult, EndOfLife } from './end-of-life.ts'
import { Quantity } from './quantities.ts'
import { line, list } from './schemas.ts'

const FunctionalUnit = z
  .strictObject({
    description: z
      .strictObject({ en: line(500), zh: line(500) })
      .describe('What the product does, how well and for how long'),
    quantity: Quantity.describe('How much of it'),
    serviceLife: Quantity.describe('How long the product lasts, e.g. 5 a'),
    referenceFlow: Quantity.describe('How much of the reference process’s product delivers it'),
  })
  .openapi('FunctionalUnit')

const EmptyStage = z
  .strictObject({ stage: z.enum(lifeCycleStages), reason: line(1000) })
  .openapi('EmptyStage')

const Figure = z.string().describe('Shortest exact decimal of the double')

const FunctionalUnitResult = FunctionalUnit.extend({
  kgCo2ePerUnit: Figure.describe('Total ÷ quantity'),
  kgCo2ePerYear: Figure.describe('Total ÷ service life, per 365.25 days'),
}).openapi('FunctionalUnitResult')

export const method = {
  boundary: z.enum(boundaries.product),
  declaredUnit: Quantity.optional().describe('What the result is per, up to the gate'),
  functionalUnit: FunctionalUnit.optional().describe('What the result is per, from cradle to grave'),
  emptyStages: z
    .array(EmptyStage)
    .min(1)
    .max(lifeCycleStages.length)
    .readonly()
    .optional()
    .describe('Stages within the boundary in which nothing happens, and why'),
  endOfLife: EndOfLife.optional(),
}

export const methodResult = {
  boundary: z.enum(boundaries.product),
  functionalUnit: FunctionalUnitResult.nullable().describe('Null up to the gate'),
  emptyStages: list(EmptyStage),
  circular: CircularResult.nullable().describe(
    'End of life and recycled content, where the calculation says anything of them',
  ),
}
