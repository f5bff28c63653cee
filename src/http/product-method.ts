/** What a product's calculation says of its method on the wire, and what its result says of it. */

import { z } from '@hono/zod-openapi'
import { boundaries } from '../certification/scheme.ts'
import {
  allocationMethods,
  boundRules,
  capitalGoodsChoices,
  endOfLifeMethods,
  lifeCycleStages,
} from '../engine/types.ts'
import { CircularResult, EndOfLife } from './end-of-life.ts'
import { ContractualInstruments, CoveredElectricity } from './instruments.ts'
import { Figure, Period, Quantity } from './quantities.ts'
import { line, list, Names } from './schemas.ts'

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

const FunctionalUnitResult = FunctionalUnit.extend({
  kgCo2ePerUnit: Figure.describe('Total ÷ quantity'),
  kgCo2ePerYear: Figure.describe('Total ÷ service life, per 365.25 days'),
}).openapi('FunctionalUnitResult')

const CapitalGoods = z
  .strictObject({ choice: z.enum(capitalGoodsChoices), reason: line(1000) })
  .openapi('CapitalGoods')
  .describe('Whether machines and buildings count')

/** A share that people estimate: compared and added as a decimal, so it has no exponent. */
const EstimatedShare = line(20).describe('0 to 1, at most 12 decimal places, e.g. "0.02"')

const exclusionsMax = 100

const Excluded = z
  .strictObject({
    what: line(500),
    stage: z.enum(lifeCycleStages).optional(),
    reason: line(1000),
    estimatedShare: EstimatedShare,
  })
  .openapi('ProductExclusion')
  .describe('Left out on purpose: what, why, and its estimated share of the whole')

const rules = { id: line(100), edition: line(100), operator: line(200) }

const ProductCategoryRules = z
  .strictObject({
    ...rules,
    title: Names.optional(),
    validity: Period.describe('The days on which they hold'),
    binds: z
      .strictObject({
        unit: line(40).optional().describe('Of the declared unit, or of the reference flow'),
        boundary: z.enum(boundaries.product).optional(),
        allocation: z
          .array(z.enum(allocationMethods))
          .min(1)
          .max(allocationMethods.length)
          .readonly()
          .optional(),
        endOfLife: z.enum(endOfLifeMethods).optional(),
        capitalGoods: z.enum(capitalGoodsChoices).optional(),
        cutOffSingle: EstimatedShare.optional().describe('Largest share of one exclusion'),
        cutOffTotal: EstimatedShare.optional().describe('Largest share of all exclusions'),
      })
      .describe('What they ask; a departure is a finding'),
  })
  .openapi('BindingCategoryRules')

const rule = {
  rule: z.enum(boundRules),
  asked: z.string(),
  given: z.string(),
  pointer: z.string().describe('Where in the calculation'),
}

/** Of a finding about rules: which is broken, and where. */
export const BrokenRule = z.object(rule)

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
  capitalGoods: CapitalGoods.optional(),
  exclusions: z.array(Excluded).min(1).max(exclusionsMax).readonly().optional(),
  productCategoryRules: ProductCategoryRules.optional(),
  contractualInstruments: ContractualInstruments.optional(),
}

export const methodResult = {
  boundary: z.enum(boundaries.product),
  functionalUnit: FunctionalUnitResult.nullable().describe('Null up to the gate'),
  emptyStages: list(EmptyStage),
  circular: CircularResult.nullable().describe(
    'End of life and recycled content, where the calculation says anything of them',
  ),
  capitalGoods: CapitalGoods.nullable().describe('Null where nobody chose'),
  exclusions: z.object({ items: list(Excluded), totalShare: z.string() }),
  productCategoryRules: z
    .object({
      ...rules,
      title: Names.nullable(),
      validity: Period,
      inForce: z.boolean().describe('On the last day of the reporting period'),
      checks: list(z.object({ ...rule, holds: z.boolean() })),
    })
    .openapi('CategoryRulesResult')
    .nullable(),
  contractualInstruments: CoveredElectricity.optional().describe('Absent where none are stated'),
}
