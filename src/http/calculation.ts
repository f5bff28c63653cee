/** A calculation on the wire: the engine's input with every text bounded and no unknown member let through. */

import { z } from '@hono/zod-openapi'
import { boundaries } from '../certification/scheme.ts'
import { mostCompanions } from '../engine/companions.ts'
import {
  type ActivityLine,
  confirmations,
  families,
  flowKinds,
  gwpBases,
  lifeCycleStages,
} from '../engine/types.ts'
import { Problem } from '../problem.ts'
import { tableNameMax } from '../tables/names.ts'
import { line, Names } from './schemas.ts'

/** Lines one calculation may have in this edition; a longer file is refused, never cut. */
export const linesMax = 10_000

/** Factor-table versions one calculation may pin. */
export const pinsMax = 50

/** Bytes of a body that carries activity data. */
export const activityDataBytesMax = 8 * 1024 * 1024

const Decimal = line(64).describe('Decimal number as text, e.g. "118400" or "-0.25"')
const DateText = line(32).describe('Local date, YYYY-MM-DD')

export const Year = z.int('is a year such as 2023').min(1900).max(2200)

export const Quantity = z
  .strictObject({ amount: Decimal, unit: line(40).describe('Unit code, e.g. kWh, t, t.km, m3') })
  .openapi('Quantity')

const Period = z
  .strictObject({ start: DateText, end: DateText.describe('The first day after the period') })
  .openapi('Period')

const choice = {
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

const FactorChoice = z.strictObject(choice).openapi('FactorChoice')

/** Gases taken of one factor beside another; no factor states more. */
export const gasesMax = 50

const Companion = z
  .strictObject({
    ...choice,
    gases: z
      .array(line(80))
      .min(1)
      .max(gasesMax)
      .readonly()
      .describe('What is taken of this factor, named as it names them: CH4, N2O, NOx'),
  })
  .openapi('Companion')

const FuelChoice = z
  .strictObject({
    table: line(tableNameMax).optional(),
    version: line(40).optional(),
    id: line(200).optional(),
    netCalorificValue: Quantity.optional(),
    carbonContent: Quantity.optional(),
    oxidation: Decimal.optional(),
  })
  .openapi('FuelChoice')

export const ActivityLineBody = z
  .strictObject({
    id: line(100).describe('Unique among the lines'),
    category: line(80).describe('What kind of activity, e.g. purchased-electricity'),
    description: line(500).optional(),
    facility: line(200).optional(),
    period: Period.optional(),
    quantity: Quantity,
    distance: Quantity.optional(),
    density: Quantity.optional(),
    enthalpy: Quantity.optional(),
    netCalorificValue: Quantity.optional().describe('For a factor per net calorific energy'),
    sulphurPercent: Decimal.optional().describe('Sulphur in the fuel, percent by mass'),
    factor: FactorChoice.optional(),
    fuel: FuelChoice.optional(),
    gas: line(80).optional().describe('A gas or refrigerant released as such'),
    beside: z
      .array(Companion)
      .min(1)
      .max(mostCompanions)
      .readonly()
      .optional()
      .describe('Factors beside the line’s own, for gases and pollutants that it does not cover'),
    process: line(100).optional(),
    from: line(100).optional().describe('The process that makes this input'),
  })
  .openapi('ActivityLine')

const OwnFactor = z
  .strictObject({
    id: line(200),
    name: Names,
    category: line(80),
    family: z.enum(families),
    region: line(20),
    year: Year,
    unit: line(40),
    flows: z.array(z.strictObject({ kind: z.enum(flowKinds), gas: line(80), kg: Decimal })).max(50),
    gwpBasis: z.enum(gwpBases),
    statedCo2eKg: Decimal.nullable(),
    gasesNotCovered: z.array(line(80)).max(50),
    includesTransmission: z.boolean(),
    fossilFugitiveMethane: z.boolean(),
    confirmation: z.enum(confirmations),
    source: z.strictObject({ id: line(200), locator: line(500) }),
    notes: line(2000).nullable(),
  })
  .openapi('OwnFactor')

const Process = z
  .strictObject({ id: line(100), name: Names, stage: z.enum(lifeCycleStages), output: Quantity })
  .openapi('Process')

const base = {
  period: Period,
  region: line(20).describe('Where a selector starts to look, ISO 3166, e.g. CN-FJ'),
  gwpSet: z.strictObject({ id: line(80), version: line(40) }),
  factorTables: z
    .array(z.strictObject({ table: line(tableNameMax), version: line(40) }))
    .max(pinsMax)
    .describe('Frozen versions, in the order in which selectors look'),
  ownFactors: z.array(OwnFactor).max(200).optional(),
}

const inventory = { kind: z.literal('organization'), ...base }
const product = {
  kind: z.literal('product'),
  ...base,
  boundary: z.enum(boundaries.product),
  declaredUnit: Quantity,
  referenceProcess: line(100),
  processes: z.array(Process).min(1).max(1000),
}

/** Wrong lines that one refusal names; nobody mends more at once, and ten thousand times thirty faults are a load to carry. */
const wrongLinesMax = 50

/** Lines as they are sent: counted first, then read one by one until too many are wrong. */
export const ActivityLines = z
  .array(z.unknown())
  .max(linesMax, `has more than ${linesMax} lines; merge lines, or leave detail to evidence`)
  .transform((sent, context) => {
    const read: ActivityLine[] = []
    let wrong = 0
    for (const [at, line] of sent.entries()) {
      const parsed = ActivityLineBody.safeParse(line)
      if (parsed.success) read.push(parsed.data)
      else wrong += 1
      for (const issue of parsed.error?.issues ?? [])
        context.addIssue({ code: 'custom', message: issue.message, path: [at, ...issue.path] })
      if (wrong === wrongLinesMax) break
    }
    return read
  })
  .openapi({ type: 'array', items: { $ref: '#/components/schemas/ActivityLine' }, maxItems: linesMax })

const lines = { lines: ActivityLines }

/** A whole calculation. */
export const CalculationBody = z
  .discriminatedUnion('kind', [
    z.strictObject({ ...inventory, ...lines }),
    z.strictObject({ ...product, ...lines }),
  ])
  .openapi('Calculation')

/** A calculation whose lines come apart from it. */
export const CalculationDefinitionBody = z
  .discriminatedUnion('kind', [z.strictObject(inventory), z.strictObject(product)])
  .openapi('CalculationDefinition')

/** @throws Problem `too-many-items`. */
export function refuseTooManyLines(count: number): void {
  if (count <= linesMax) return
  const detail = `At most ${linesMax} lines of activity data are read at once; merge lines, or leave detail to evidence.`
  throw new Problem('too-many-items', detail, { pointer: '/lines', linesMax })
}
