/** What calculations on the wire share: numbers, dates, quantities, periods, and the choice of a factor. */

import { z } from '@hono/zod-openapi'
import { families } from '../engine/types.ts'
import { tableNameMax } from '../tables/names.ts'
import { line } from './schemas.ts'

export const Decimal = line(64).describe('Decimal number as text, e.g. "118400" or "-0.25"')

/** A number of a result, as it is answered. */
export const Figure = z.string().describe('Shortest exact decimal of the double')

export const DateText = line(32).describe('Local date, YYYY-MM-DD')

export const Year = z.int('is a year such as 2023').min(1900).max(2200)

export const Quantity = z
  .strictObject({ amount: Decimal, unit: line(40).describe('Unit code, e.g. kWh, t, t.km, m3') })
  .openapi('Quantity')

export const Period = z
  .strictObject({ start: DateText, end: DateText.describe('The first day after the period') })
  .openapi('Period')

export const choice = {
  table: line(tableNameMax).optional(),
  version: line(40).optional(),
  id: line(200)
    .optional()
    .describe('A row of that table; without it the factor is looked for by category, region and year'),
  family: z.enum(families).optional().describe('One of those that the category accepts'),
  factorCategory: line(80)
    .optional()
    .describe('The category under which the table holds it, e.g. electricity-upstream'),
  region: line(20).optional(),
  year: Year.optional(),
}

export const FactorChoice = z.strictObject(choice).openapi('FactorChoice')
