/** A calculation's result on the wire: every number a decimal string, and beside it the figures as people print them. */

import { z } from '@hono/zod-openapi'
import type { CalculationAnswer } from '../actions/calculate.ts'
import { estimateMethods } from '../engine/amounts/types.ts'
import {
  changeOptions,
  consolidationApproaches,
  distributions,
  instrumentKinds,
  residualBases,
} from '../engine/inventory/types.ts'
import { plausibilityCodes } from '../engine/plausibility.ts'
import { dataOrigins, flowOrigins, landUseChangeKinds } from '../engine/product/carbon-types.ts'
import { flowKinds, lifeCycleStages, meterIntervals } from '../engine/types.ts'
import { chosen, FactorUsed, factorUsed } from './factor-used.ts'
import { ProductResult } from './product-result.ts'
import { DataQualityResult, UncertaintySource, uncertain } from './quality-result.ts'
import { Figure } from './quantities.ts'
import { list, Names } from './schemas.ts'

const quantity = z.object({ amount: z.string(), unit: z.string() })

/** An amount in a factor's unit, and the steps that led there. */
const way = {
  activity: quantity.describe('The amount in the factor’s unit'),
  working: list(
    z.object({
      name: z.string(),
      value: Figure,
      unit: z.string(),
      origin: z.enum(['measured', 'default']).optional(),
      of: z.string().optional().describe('The meter, the part, or the source it is of'),
    }),
  ),
}

const CompanionUsed = z
  .object({ ...factorUsed, gases: list(z.string()).describe('What was taken of it'), ...way })
  .openapi('CompanionUsed')

const FuelUsed = z
  .object({
    ...chosen,
    source: z.string(),
    measured: list(z.enum(['netCalorificValue', 'carbonContent', 'oxidation'])),
  })
  .openapi('FuelUsed')

const GasResult = z
  .object({
    kind: z.enum(flowKinds),
    gas: z.string(),
    kg: Figure.nullable(),
    kgCo2e: Figure.nullable(),
    inTotal: z.boolean(),
  })
  .openapi('GasResult')

const scores = {
  reliability: z.int(),
  completeness: z.int(),
  temporal: z.int(),
  geographical: z.int(),
  technological: z.int(),
}

const LineResult = z
  .object({
    id: z.string(),
    category: z.string(),
    activityKind: z.string().nullable(),
    facility: z.string().optional(),
    entity: z.string().optional(),
    month: z.string().optional(),
    apart: z.string().optional().describe('Outside the total: exported or resold energy'),
    investee: z.string().optional(),
    zone: z.string().optional(),
    interval: z.enum(meterIntervals).optional(),
    marketBased: z
      .object({
        kWh: Figure.nullable().describe('Null where both methods count the line the same'),
        coveredKWh: Figure.nullable(),
        kgCo2e: Figure,
      })
      .optional()
      .describe('A line of scope 2 by market'),
    estimate: z
      .object({ method: z.enum(estimateMethods), basis: z.string(), approvedBy: z.string() })
      .optional(),
    flowOrigin: z.enum(flowOrigins).optional().describe('Where its flows belong beyond their kind'),
    landUseChange: z
      .object({
        kind: z.enum(landUseChangeKinds),
        convertedIn: z.int().optional(),
        years: z.int().optional(),
      })
      .optional(),
    dataQuality: z.object(scores).optional(),
    uncertainty: z
      .object({
        activityPercent: z.string(),
        factorPercent: z.string(),
        activityDistribution: z.enum(distributions).optional(),
        factorDistribution: z.enum(distributions).optional(),
      })
      .optional(),
    dataSource: z
      .object({ activity: z.enum(dataOrigins), factor: z.enum(dataOrigins).optional() })
      .optional(),
    scope: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    isoCategory: z
      .union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)])
      .nullable(),
    process: z.string().nullable(),
    forProduct: z.string().optional(),
    stage: z.enum(lifeCycleStages).nullable(),
    from: z.string().nullable(),
    fromProduct: z.string().optional(),
    to: z.string().optional().describe('The process that treats this waste'),
    toProduct: z.string().optional(),
    ...way,
    scaling: Figure,
    instrument: z.string().optional().describe('What covers its electricity under contract'),
    factor: FactorUsed.nullable(),
    fuel: FuelUsed.nullable(),
    beside: list(CompanionUsed).optional().describe('Factors beside it; absent where there are none'),
    gases: list(GasResult),
    kgCo2e: Figure,
    gasesNotCovered: list(z.string()),
  })
  .openapi('LineResult')

const subtotals = list(z.object({ key: z.string(), kgCo2e: Figure }))

const InventoryResult = z
  .object({
    scope2: z
      .object({
        locationBasedKgCo2e: Figure,
        marketBasedKgCo2e: Figure,
        totalMarketBasedKgCo2e: Figure.describe('The total with scope 2 by market'),
        electricityKWh: Figure.describe('Purchased, and own whose attributes were sold'),
        coveredKWh: Figure,
        ownKWh: Figure.describe('Own renewable power whose attributes were kept'),
        instruments: list(
          z.object({
            id: z.string(),
            kind: z.enum(instrumentKinds),
            factor: FactorUsed,
            kWh: Figure,
            kgCo2e: Figure,
          }),
        ),
        rest: list(
          z.object({ factor: FactorUsed, basis: z.enum(residualBases), kWh: Figure, kgCo2e: Figure }),
        ).describe('What no instrument covers; `proxy` stands in where no residual mix exists'),
      })
      .nullable(),
    consolidation: z
      .object({
        approach: z.enum(consolidationApproaches),
        changeOption: z.enum(changeOptions),
        shares: list(
          z.object({
            facility: z.string(),
            entity: z.string(),
            from: z.string(),
            to: z.string(),
            share: Figure,
          }),
        ),
      })
      .nullable(),
    dataQuality: DataQualityResult,
    uncertainty: z.object({
      method: z.literal('error-propagation'),
      confidence: z.literal('0.95'),
      ...uncertain,
      byScope: list(z.object({ key: z.string(), ...uncertain })),
      contributions: list(
        z.object({ source: UncertaintySource, varianceShare: Figure.describe('0 to 1') }),
      ).describe('What the variance comes from, largest first, ten at most'),
    }),
    intensities: list(
      z.object({
        kind: z.enum(['revenue', 'output', 'headcount', 'area', 'other']),
        name: Names,
        quantity,
        kgCo2ePerUnit: Figure,
      }),
    ),
    sectorGuideline: z.object({ id: z.string(), fuelDefaults: z.string() }).nullable(),
  })
  .openapi('InventoryResult')

export const ResultView = z
  .object({
    kind: z.enum(['organization', 'product']),
    declaredUnit: quantity.nullable(),
    gwpSet: z.object({ id: z.string(), version: z.string(), digest: z.string() }),
    factorTables: list(z.object({ table: z.string(), version: z.string(), digest: z.string() })),
    total: Figure.describe('kg CO2e, for the period (organization) or per declared unit (product)'),
    totalIncludes: list(z.enum(['fossil', 'biogenic-without-co2', 'land-use-change', 'aircraft'])),
    byKind: list(z.object({ kind: z.enum(flowKinds), inTotal: z.boolean(), kgCo2e: Figure })),
    byGas: list(GasResult),
    byScope: subtotals,
    byIsoCategory: subtotals,
    byCategory: subtotals,
    byActivityKind: subtotals,
    byFacility: subtotals,
    byEntity: subtotals,
    byMonth: subtotals,
    apart: subtotals.describe('Energy exported or sold on, outside the total'),
    byStage: subtotals,
    byProcess: subtotals,
    scaling: list(
      z.object({
        process: z.string(),
        product: z.string().nullable().describe('Where the process makes several'),
        runs: Figure,
      }),
    ),
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
          'estimated',
          'apportioned',
          'outside-boundary',
          'scope-2-proxy',
        ]),
        lines: list(z.string()),
        share: Figure.nullable(),
        gases: list(z.string()).optional(),
      }),
    ),
    inventory: InventoryResult.nullable().describe('What only an organization’s inventory has'),
    product: ProductResult.nullable().describe('What only a product has'),
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
    byFacility: printedSubtotals,
    byEntity: printedSubtotals,
    byMonth: printedSubtotals,
    apart: printedSubtotals,
    scope2: z
      .object({
        locationBased: z.object(printedAmount),
        marketBased: z.object(printedAmount),
        totalMarketBased: z.object(printedAmount),
      })
      .nullable(),
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

/** Lines that an answer carries; a longer result names how many it leaves out, and its report holds them. */
export const answeredLinesMax = 10_000

/** An answer as it is sent: with all its lines, or with none and their number. */
export function withoutManyLines<Answer extends CalculationAnswer>(
  answer: Answer,
): Answer & { linesLeftOut: number } {
  const { result, printed } = answer
  const count = result.lines.length
  if (count <= answeredLinesMax) return { ...answer, linesLeftOut: 0 }
  return {
    ...answer,
    result: { ...result, lines: [] },
    printed: { ...printed, lines: [] },
    linesLeftOut: count,
  }
}

export const calculationAnswer = {
  engine: z.object({ version: z.string(), digest: z.string() }).describe('The module that calculated'),
  result: ResultView,
  printed: PrintedView,
  notes: list(
    z.object({
      code: z.enum(plausibilityCodes),
      lines: list(z.string()).describe('At most twenty of them'),
      count: z.int(),
      facts: z.record(z.string(), z.union([z.string(), z.number()])),
    }),
  ).describe('What looks odd about the activity data, as facts: never a proposal, and no part of the result'),
  linesLeftOut: z
    .int()
    .describe(
      `0, or the number of lines where there are more than ${answeredLinesMax}: then none stands here`,
    ),
  outdatedTables: list(OutdatedTable).describe(
    'Pinned versions that are no longer the newest; no footprint is submitted on a withdrawn one',
  ),
}

export const CalculationView = z.object(calculationAnswer).openapi('CalculationAnswer')
