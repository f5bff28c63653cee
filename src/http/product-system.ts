/** A product system on the wire: what a product's calculation has beside what every calculation does. */

import { z } from '@hono/zod-openapi'
import { distributions } from '../engine/inventory/types.ts'
import { formulaLengthMax } from '../engine/product/formula.ts'
import { mostParameters } from '../engine/product/parameters.ts'
import { mostProcesses } from '../engine/product/processes.ts'
import { lifeCycleStages } from '../engine/types.ts'
import { allocated } from './allocation.ts'
import { meanOf } from './means.ts'
import { method } from './product-method.ts'
import { Decimal, Period, Quantity } from './quantities.ts'
import { line, Names } from './schemas.ts'
import { MadeAt, SitesData } from './site-data.ts'

const Process = z
  .strictObject({
    id: line(100),
    name: Names,
    stage: z.enum(lifeCycleStages),
    output: Quantity,
    site: MadeAt.optional().describe('What its output is at a site, where lines take from that site’s year'),
    ...allocated,
    region: line(20).optional().describe('Where it takes place; the calculation’s where absent'),
    period: Period.optional().describe(
      'What the amounts of its lines are of; the calculation’s where absent',
    ),
    meanOf,
  })
  .openapi('Process')

/** How far a parameter may be off. */
export const ParameterUncertainty = z
  .strictObject({
    distribution: z.enum(distributions),
    percent: Decimal.optional().describe('Normal and lognormal: half of the 95 % interval, in percent'),
    low: Decimal.optional().describe('Triangular and uniform: the lower end, in the unit of the value'),
    high: Decimal.optional(),
  })
  .openapi('ParameterUncertainty')

const Parameter = z
  .strictObject({
    id: line(100).describe('Letters, digits and _, a letter first: what formulas call it'),
    name: Names.optional(),
    value: Decimal.optional().describe('Either a value or a formula'),
    unit: line(40).optional().describe('Needed where a line takes it as its amount'),
    formula: line(formulaLengthMax)
      .optional()
      .describe('+ - * / and parentheses over numbers and other parameters, e.g. 1 / (1 - scrap)'),
    uncertainty: ParameterUncertainty.optional(),
  })
  .openapi('Parameter')

/** How a line's amount follows from a parameter. */
export const ParameterUse = z
  .strictObject({
    id: line(100),
    times: Decimal.optional().describe('The amount is parameter × times; 1 where absent'),
  })
  .openapi('ParameterUse')

const CarbonContent = z
  .strictObject({
    fossil: Quantity.describe('kgC per declared unit, or kgC/kg of the product'),
    biogenic: Quantity,
    recycled: Quantity.optional().describe('The part of both that comes from recycled material'),
    packagingBiogenic: Quantity.optional().describe('kgC per declared unit'),
    productMass: Quantity.optional().describe('Without packaging, where the declared unit is no mass'),
  })
  .openapi('CarbonContent')

/** The members of a product system. */
export const productSystem = {
  ...method,
  referenceProcess: line(100),
  referenceProduct: line(100).optional().describe('Which of its products, where it makes several'),
  processes: z.array(Process).min(1).max(mostProcesses),
  parameters: z
    .array(Parameter)
    .max(mostParameters)
    .readonly()
    .optional()
    .describe('Numbers that lines and formulas share'),
  carbonContent: CarbonContent.optional(),
  siteData: SitesData.optional().describe('The year of each site that lines take from'),
}
