/** A calculation's result on the wire: every number a decimal string, and beside it the figures as people print them. */

import { z } from '@hono/zod-openapi'
import { confirmations, families, flowKinds, gwpBases, lifeCycleStages } from '../engine/types.ts'
import { list, Names } from './schemas.ts'

const Decimal = z.string().describe('Shortest exact decimal of the double')
const quantity = z.object({ amount: z.string(), unit: z.string() })

export const ResolutionStep = z
  .object({
    step: z.enum(['explicit', 'table', 'region', 'year', 'own']),
    asked: z.string(),
    took: z.string(),
  })
  .openapi('ResolutionStep')

const chosen = {
  table: z.string(),
  version: z.string(),
  id: z.string(),
  name: Names,
  confirmation: z.enum(confirmations),
  path: list(ResolutionStep).describe('How it was found, step by step'),
}

const factorUsed = {
  ...chosen,
  family: z.enum(families),
  region: z.string(),
  year: z.int(),
  unit: z.string(),
  gwpBasis: z.enum(gwpBases),
}

const FactorUsed = z.object(factorUsed).openapi('FactorUsed')

/** An amount in a factor's unit, and the steps that led there. */
const way = {
  activity: quantity.describe('The amount in the factor’s unit'),
  working: list(z.object({ name: z.string(), value: Decimal, unit: z.string() })),
}

const CompanionUsed = z
  .object({ ...factorUsed, gases: list(z.string()).describe('What was taken of it'), ...way })
  .openapi('CompanionUsed')

const FuelUsed = z
  .object({ ...chosen, measured: list(z.enum(['netCalorificValue', 'carbonContent', 'oxidation'])) })
  .openapi('FuelUsed')

const GasResult = z
  .object({
    kind: z.enum(flowKinds),
    gas: z.string(),
    kg: Decimal.nullable(),
    kgCo2e: Decimal.nullable(),
    inTotal: z.boolean(),
  })
  .openapi('GasResult')

const LineResult = z
  .object({
    id: z.string(),
    category: z.string(),
    scope: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    isoCategory: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)])
      .nullable(),
    process: z.string().nullable(),
    stage: z.enum(lifeCycleStages).nullable(),
    from: z.string().nullable(),
    ...way,
    scaling: Decimal,
    factor: FactorUsed.nullable(),
    fuel: FuelUsed.nullable(),
    beside: list(CompanionUsed).optional().describe('Factors beside it; absent where there are none'),
    gases: list(GasResult),
    kgCo2e: Decimal,
    gasesNotCovered: list(z.string()),
  })
  .openapi('LineResult')

const subtotals = list(z.object({ key: z.string(), kgCo2e: Decimal }))

export const ResultView = z
  .object({
    kind: z.enum(['organization', 'product']),
    declaredUnit: quantity.nullable(),
    gwpSet: z.object({ id: z.string(), version: z.string(), digest: z.string() }),
    factorTables: list(z.object({ table: z.string(), version: z.string(), digest: z.string() })),
    total: Decimal.describe('kg CO2e, for the period (organization) or per declared unit (product)'),
    totalIncludes: list(z.enum(['fossil', 'biogenic-without-co2', 'land-use-change', 'aircraft'])),
    byKind: list(z.object({ kind: z.enum(flowKinds), inTotal: z.boolean(), kgCo2e: Decimal })),
    byGas: list(GasResult),
    byScope: subtotals,
    byIsoCategory: subtotals,
    byCategory: subtotals,
    byStage: subtotals,
    byProcess: subtotals,
    scaling: list(z.object({ process: z.string(), runs: Decimal })),
    lines: list(LineResult),
    gasesNotCovered: list(z.object({ gas: z.string(), lines: list(z.string()) })),
    flags: list(
      z.object({
        code: z.enum([
          'gwp-basis-not-stated',
          'unverified-factor',
          'own-factor',
          'gases-not-covered',
          'outside-total',
          'avoided-production',
        ]),
        lines: list(z.string()),
        share: Decimal.nullable(),
        gases: list(z.string()).optional(),
      }),
    ),
  })
  .openapi('CalculationResult')

const printedAmount = { kg: z.string(), t: z.string() }
const printedSubtotals = list(z.object({ key: z.string(), ...printedAmount }))

const PrintedView = z
  .object({
    digits: z.int().describe('Decimal places, rounded half-even (GB/T 8170)'),
    total: z.object(printedAmount),
    byKind: list(z.object({ kind: z.enum(flowKinds), inTotal: z.boolean(), ...printedAmount })),
    byScope: printedSubtotals,
    byIsoCategory: printedSubtotals,
    byCategory: printedSubtotals,
    byStage: printedSubtotals,
    byProcess: printedSubtotals,
    lines: list(z.object({ id: z.string(), ...printedAmount })),
  })
  .openapi('PrintedResult')

export const OutdatedTable = z.object({
  table: z.string(),
  version: z.string(),
  state: z.enum(['superseded', 'withdrawn']),
  reason: z.string().nullable().describe('Why it was withdrawn'),
  use: z.string().nullable().describe('The newest version that takes its place'),
})

export const calculationAnswer = {
  engine: z.object({ version: z.string(), digest: z.string() }).describe('The module that calculated'),
  result: ResultView,
  printed: PrintedView,
  outdatedTables: list(OutdatedTable).describe(
    'Pinned versions that are no longer the newest; no footprint is submitted on a withdrawn one',
  ),
}

export const CalculationView = z.object(calculationAnswer).openapi('CalculationAnswer')
