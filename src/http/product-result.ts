/** What only a product's result has, on the wire. */

import { z } from '@hono/zod-openapi'
import { findingCodes } from '../engine/types.ts'
import { CircularResult } from './end-of-life.ts'
import { CarbonResult, ProductSums } from './product-carbon.ts'
import { list } from './schemas.ts'

const Decimal = z.string().describe('Shortest exact decimal of the double')

const Finding = z
  .object({
    code: z.enum(findingCodes),
    lines: list(z.string()),
    processes: list(z.string()),
    share: Decimal.nullable().describe('The lines’ part of Σ|line|, 0 to 1'),
  })
  .openapi('CalculationFinding')

export const ProductResult = z
  .object({
    carbon: CarbonResult,
    sums: ProductSums,
    findings: list(Finding).describe('What a verifier must see, and what is no reason to refuse'),
    circular: CircularResult.nullable().describe(
      'End of life and recycled content, where the calculation says anything of them',
    ),
  })
  .openapi('ProductResult')
