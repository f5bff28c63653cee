/** What may be asked of an analysis, within bounds. */

import { z } from '@hono/zod-openapi'
import { type AnalysisPart, analysisParts } from '../../../engine/analysis/types.ts'
import { parseDecimal } from '../../../engine/decimal.ts'
import { ProductOrBill } from '../../bill-of-materials.ts'
import { drawBounds, drawsOfQuery } from '../../draws.ts'
import { ParameterUncertainty } from '../../product-system.ts'
import { Decimal, FactorChoice, Quantity } from '../../quantities.ts'
import { line } from '../../schemas.ts'

/** Scenarios, parameter tables and values of each. */
export const scenariosMax = 50
const tablesMax = 10
const valuesMax = 50
const changesMax = 200

/** A share from 0 to 1 as text. */
const Share = (least: number) =>
  Decimal.refine((text) => {
    const value = Number(text)
    return value >= least && value <= 1
  }, `is a share from ${least} to 1`)

const bounds = {
  cutOff: Share(0)
    .default('0.01')
    .describe('Paths and processes of less than this part of Σ|line| are not shown by themselves'),
  carried: Share(0.01).default('0.95').describe('What the fewest inputs are to carry'),
}

/** @param int a whole number as JSON has it, or as a query does. */
const settings = (int: () => z.ZodNumber) => ({
  ...bounds,
  depthMax: int().min(1).max(50).default(20).describe('Steps of a path'),
  nodesMax: int().min(1).max(5000).default(500).describe('Nodes of the contribution tree'),
  most: int()
    .min(1)
    .max(1000)
    .default(100)
    .describe('Processes, lines, sensitivities and inputs that are named, each'),
  draws: drawBounds(int).draws.default(1000),
  seed: drawBounds(int).seed.default(1),
})

const Scenario = z
  .strictObject({
    name: line(200),
    parameters: z
      .array(
        z.strictObject({
          id: line(100),
          value: Decimal,
          uncertainty: ParameterUncertainty.optional(),
        }),
      )
      .max(changesMax)
      .readonly()
      .optional(),
    lines: z
      .array(
        z.strictObject({ id: line(100), quantity: Quantity.optional(), factor: FactorChoice.optional() }),
      )
      .max(changesMax)
      .readonly()
      .optional(),
    factors: z
      .array(
        z.strictObject({
          table: line(80).describe('`own` for a factor of the calculation’s own'),
          version: line(40).optional(),
          id: line(200),
          times: Decimal.describe('The factor weighs so many times what it states'),
        }),
      )
      .max(changesMax)
      .readonly()
      .optional(),
  })
  .openapi('Scenario')

export const AnalysisBody = z
  .strictObject({
    system: ProductOrBill.describe('A bill of materials is analyzed as the system that it is short for'),
    parts: z.array(z.enum(analysisParts)).readonly().default(analysisParts),
    ...settings(() => z.int()),
    scenarios: z.array(Scenario).max(scenariosMax).readonly().default([]),
    parameterTables: z
      .array(
        z.strictObject({
          parameter: line(100),
          values: z.array(Decimal).min(1).max(valuesMax).readonly(),
        }),
      )
      .max(tablesMax)
      .readonly()
      .default([]),
    comparison: z
      .union([z.strictObject({ scenario: line(200) }), z.strictObject({ system: ProductOrBill })])
      .optional()
      .describe('What the system (A) is compared with (B), on the same draws'),
  })
  .openapi('ProductAnalysisRequest')

/** The same settings as a query. */
export const AnalysisQuery = z.object({
  ...settings(() => z.coerce.number<number>().int()),
  seed: drawsOfQuery.seed.default(1),
  parts: z
    .string()
    .max(200)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(analysisParts)))
    .default([...analysisParts])
    .openapi({ type: 'string', description: `Apart by commas: ${analysisParts.join(', ')}` }),
  revision: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('A frozen revision; the footprint as it stands where absent'),
})

/** Settings as the engine takes them. */
export function settingsOf<
  Sent extends { readonly parts: readonly AnalysisPart[]; readonly cutOff: string; readonly carried: string },
>(sent: Sent) {
  return { ...sent, cutOff: parseDecimal(sent.cutOff), carried: parseDecimal(sent.carried) }
}
