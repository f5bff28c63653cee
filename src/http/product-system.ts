/** A product system on the wire: what a product's calculation has beside what every calculation does. */

import { z } from '@hono/zod-openapi'
import { boundaries } from '../certification/scheme.ts'
import { lifeCycleStages } from '../engine/types.ts'
import { Quantity } from './quantities.ts'
import { line, Names } from './schemas.ts'

const Process = z
  .strictObject({ id: line(100), name: Names, stage: z.enum(lifeCycleStages), output: Quantity })
  .openapi('Process')

/** The members of a product system. */
export const productSystem = {
  boundary: z.enum(boundaries.product),
  declaredUnit: Quantity,
  referenceProcess: line(100),
  processes: z.array(Process).min(1).max(1000),
}
