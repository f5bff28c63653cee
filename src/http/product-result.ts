/** What only a product's result has, on the wire. */

import { z } from '@hono/zod-openapi'
import { findingCodes } from '../engine/types.ts'
import { AllocationResult } from './allocation-result.ts'
import { MeanResult } from './means.ts'
import { CarbonResult, ProductSums } from './product-carbon.ts'
import { BrokenRule, methodResult } from './product-method.ts'
import { DataQualityResult, ProductUncertainty } from './quality-result.ts'
import { Figure } from './quantities.ts'
import { list } from './schemas.ts'
import { SiteResult } from './site-result.ts'

const Finding = z
  .object({
    code: z.enum(findingCodes),
    lines: list(z.string()),
    processes: list(z.string()),
    rule: BrokenRule.optional().describe('The broken rule of the product’s category'),
    share: Figure.nullable().describe('The lines’ part of Σ|line|, 0 to 1'),
  })
  .openapi('CalculationFinding')

export const ProductResult = z
  .object({
    ...methodResult,
    carbon: CarbonResult,
    sums: ProductSums,
    primaryDataShare: z
      .object({
        primary: Figure.nullable().describe('0 to 1, of Σ|line| without uptake before the gate'),
        stated: Figure.nullable().describe('Part whose lines say where their data come from'),
      })
      .describe('Amount, factor and the inputs that ask for them are primary'),
    dataQuality: DataQualityResult.describe('Weighted by what lines weigh for PACT without uptake'),
    uncertainty: ProductUncertainty.describe('Of the total, by error propagation through the network'),
    findings: list(Finding).describe('What a verifier must see, and what is no reason to refuse'),
    sites: list(SiteResult).describe('How the year of each site was divided'),
    allocations: list(AllocationResult).describe('Of the processes that make several products'),
    means: list(MeanResult).describe('Of the processes that are a mean of plants'),
  })
  .openapi('ProductResult')
