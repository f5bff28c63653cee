/** An inventory's report on the wire: its OpenAPI shape, and its lines as CSV. */

import { z } from '@hono/zod-openapi'
import { flowKinds } from '../../../engine/types.ts'
import { type InventoryReport, reportStructures, type TrailLine } from '../../../report/types.ts'
import { type CsvCell, csvText } from '../../csv.ts'
import { Figure } from '../../quantities.ts'
import { list, Names } from '../../schemas.ts'
import { besideText, estimateCells, gasText, joined, workingText } from './report-cells.ts'

const Share = z.string().nullable().describe('Of the total with scope 2 by location, 0 to 1')

const Amount = z
  .object({ kgCo2e: Figure, tCo2e: z.string().describe('Tonnes, rounded half-even as the scheme prints') })
  .openapi('ReportAmount')

const MaybeAmount = Amount.nullable().describe('Null where nothing was reported; never an amount of zero')
const ByScope = z.object({ 1: MaybeAmount, 2: MaybeAmount, 3: MaybeAmount })

const Row = z.looseObject({ amount: MaybeAmount })

const Breakdown = z.object({
  rows: list(
    z.object({
      key: z.string(),
      name: Names.nullable(),
      amount: MaybeAmount.describe('Null for a month of the period without lines'),
      share: Share,
    }),
  ),
  remainder: z
    .object({ amount: Amount, share: Share, lines: z.int() })
    .nullable()
    .describe('What of the total is under no key; null where every line has one'),
})

const Contributor = z.object({
  key: z.string(),
  name: Names.nullable(),
  category: z.string(),
  amount: Amount,
  share: Share,
  cumulativeShare: Share,
})

const Standing = z
  .looseObject({ state: z.enum(['draft', 'frozen']) })
  .describe('A draft with its version; a revision with its number, digests, and who declared it when')

const Totals = z.object({
  total: Amount.describe('With scope 2 by location'),
  totalMarketBased: Amount.nullable().describe('With scope 2 by market; null where the result has none'),
  totalIncludes: list(z.string()),
  scopes: z.object({
    1: MaybeAmount,
    2: z.object({ locationBased: MaybeAmount, marketBased: MaybeAmount }),
    3: MaybeAmount,
  }),
  gasGroups: list(z.object({ gasGroup: z.string(), scopes: ByScope, total: MaybeAmount })),
  gases: list(
    z.object({
      kind: z.enum(flowKinds),
      gas: z.string(),
      kg: z.string().nullable(),
      amount: Amount.nullable(),
      inTotal: z.boolean(),
    }),
  ),
  apart: z.object({
    biogenicCo2: MaybeAmount,
    biogenicCo2ByScope: ByScope,
    removals: MaybeAmount,
    otherGases: z.object({ amount: MaybeAmount, gases: list(z.string()) }),
    energy: list(z.object({ category: z.string(), as: z.enum(['exported', 'resold']), amount: Amount })),
    pollutants: list(z.object({ gas: z.string(), kg: z.string().nullable() })),
  }),
})

/** What the answer holds; the members of each structure are told in docs/reports.md. */
export const InventoryReportView = z
  .object({
    type: z.literal('egret/inventory-report'),
    schemaVersion: z.literal('1'),
    head: z.looseObject({
      footprintId: z.string(),
      title: z.string(),
      period: z.object({ start: z.string(), end: z.string() }),
      standing: Standing,
    }),
    totals: Totals,
    scope2: z.looseObject({}).nullable().describe('Scope 2 by both methods, with instruments and the rest'),
    consolidation: z.looseObject({}).nullable().describe('Whose activities count, and how far'),
    structures: list(z.looseObject({ structure: z.enum(reportStructures) })).describe(
      'The same lines in the order of each structure asked for',
    ),
    gaps: z.looseObject({
      exclusions: list(z.object({ what: z.string(), reason: z.string(), estimatedShare: z.string() })),
      estimates: list(Row),
      categoriesWithoutLines: list(z.string()),
      monthsWithoutLines: list(z.string()),
    }),
    dataQuality: z.looseObject({}).nullable(),
    uncertainty: z.looseObject({}).nullable(),
    intensities: list(z.looseObject({ kgCo2ePerUnit: z.string() })),
    contributors: z.object({ lines: list(Contributor), categories: list(Contributor) }),
    breakdowns: z.object({ facility: Breakdown, entity: Breakdown, month: Breakdown }),
    comparison: z
      .looseObject({ total: Figure, previousTotal: Figure })
      .nullable()
      .describe('What moved the total since another year; null where nothing is compared'),
    lines: list(
      z.looseObject({ id: z.string(), amount: Amount, share: Share, flags: list(z.string()) }),
    ).describe('Each line’s trail: as in a calculation’s result, with its share and flags'),
  })
  .openapi('InventoryReport')

const columns = [
  ...[
    'line',
    'description',
    'scope',
    'iso_category',
    'category',
    'activity_kind',
    'facility',
    'entity',
    'month',
  ],
  ...['apart', 'activity_amount', 'activity_unit', 'consolidated_share', 'factor_table', 'factor_version'],
  ...[
    'factor_id',
    'factor_name_en',
    'factor_name_zh',
    'factors_beside',
    'working',
    'gases',
    'kg_co2e',
    't_co2e',
  ],
  ...['share', 'estimate_method', 'estimate_basis', 'estimate_approved_by', 'gases_not_covered', 'flags'],
]

/** One row a line, in the order of the activity data. */
export function reportCsv({ lines }: InventoryReport): string {
  return csvText(columns, lines.map(csvRow))
}

function csvRow(line: TrailLine): CsvCell[] {
  const used = line.fuel ?? line.factor
  const { activity } = line
  return [
    ...[line.id, line.description, line.scope, line.isoCategory, line.category, line.activityKind],
    ...[line.facility ?? null, line.entity ?? null, line.month ?? null, line.apart ?? null],
    ...[activity.amount, activity.unit, line.scaling],
    ...[used?.table ?? null, used?.version ?? null, used?.id ?? null],
    ...[used?.name.en ?? null, used?.name.zh ?? null],
    ...[besideText(line), workingText(line)],
    joined(line.gases.map(gasText)),
    ...(line.apart === undefined ? [line.amount.kgCo2e, line.amount.tCo2e, line.share] : [null, null, null]),
    ...[...estimateCells(line), joined(line.gasesNotCovered), joined(line.flags)],
  ]
}
