/** How a process's burden was shared, on the wire. */

import { z } from '@hono/zod-openapi'
import { allocationKeys, allocationMethods } from '../engine/types.ts'
import { Figure } from './quantities.ts'
import { list } from './schemas.ts'

const measure = z.object({ amount: Figure, unit: z.string() })

export const AllocationResult = z
  .object({
    process: z.string(),
    by: z.enum(allocationMethods),
    key: z
      .enum(allocationKeys)
      .nullable()
      .describe('What the shares go by; null where nothing is shared by a key'),
    property: z.string().nullable(),
    justification: z.string().nullable(),
    products: list(
      z.object({
        product: z.string(),
        basis: measure.nullable(),
        share: Figure.nullable().describe('Its part of what the products have in common; together 1'),
        avoids: measure.extend({ process: z.string(), product: z.string() }).nullable(),
        working: list(z.object({ name: z.string(), value: Figure, unit: z.string() })),
      }),
    ).describe('The main product first, the others by id'),
  })
  .openapi('AllocationResult')
