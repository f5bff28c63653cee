/** A product's report on the wire: its OpenAPI shape, and its lines as CSV. */

import { z } from '@hono/zod-openapi'
import { flowKinds, lifeCycleStages } from '../../../engine/types.ts'
import type { ProductReport, ProductTrailLine } from '../../../report/product/types.ts'
import { type CsvCell, csvText } from '../../csv.ts'
import { comparedDraws, DrawSettingView, drawnTotals } from '../../draws.ts'
import { CoveredElectricity } from '../../instruments.ts'
import { BrokenRule } from '../../product-method.ts'
import { ProductResult } from '../../product-result.ts'
import { Figure } from '../../quantities.ts'
import { list, Names } from '../../schemas.ts'
import { SiteResult } from '../../site-result.ts'
import { besideText, estimateCells, gasText, joined, workingText } from './report-cells.ts'

const Share = z.string().nullable().describe('Of the total, 0 to 1')
const Stage = z.enum(lifeCycleStages)
const names = Names.nullable()
const unnamed = z.string().nullable().describe('Of a line without a description: its name is its factor’s')

const Amount = z
  .object({
    kgCo2e: Figure.describe('Per declared unit'),
    printed: z.string().describe('In the unit of head.print, rounded half-even as the scheme prints'),
  })
  .openapi('ProductReportAmount')
const MaybeAmount = Amount.nullable().describe('Null where nothing was reported; never an amount of zero')

const quantity = z.object({ amount: z.string(), unit: z.string() })

const Branch = z
  .looseObject({
    of: z.enum(['process', 'line', 'rest']),
    key: z.string(),
    product: z.string().nullable().describe('Of a process that makes several'),
    name: names,
    category: unnamed,
    stage: Stage.nullable(),
    amount: Amount,
    share: Share,
    again: z.boolean().describe('A loop, entered once more'),
    count: z.int().describe('How many lines or processes a rest holds'),
    branches: z.array(z.looseObject({})).readonly().describe('Branches of the same shape'),
  })
  .openapi('ContributionBranch')

const Flows = z
  .object({
    nodes: list(
      z.object({
        of: z.enum(['product', 'process', 'line', 'rest']),
        key: z.string(),
        product: z.string().nullable(),
        name: names,
        category: unnamed,
        stage: Stage.nullable(),
        amount: Amount.describe('What it hands on'),
        count: z.int(),
      }),
    ),
    links: list(
      z.object({
        from: z.int().describe('The place of a node'),
        to: z.int(),
        amount: Amount.describe('Negative for what is avoided'),
        share: Share,
      }),
    ),
  })
  .openapi('ContributionFlows')

const draws = <Totals extends z.ZodType>(totals: Totals) =>
  z
    .object({
      drawn: DrawSettingView,
      totals: totals.nullable(),
      refusal: z
        .object({ code: z.string(), detail: z.string() })
        .nullable()
        .describe('Why nothing was drawn, e.g. recomputation-differs'),
    })
    .nullable()
    .describe('Null where nothing is stated to be uncertain')

const pair = {
  a: MaybeAmount.describe('Of this product; null where nothing was reported'),
  b: MaybeAmount.describe('Of the other one'),
  difference: Amount.nullable().describe('B − A; null where either is'),
  ratio: z
    .string()
    .nullable()
    .describe('B ÷ A; null where either is, where A is zero, and where one adds and the other takes off'),
}

const state = z.enum(['reported', 'elsewhere', 'without-lines', 'declared-empty', 'outside-boundary'])

const Comparison = z
  .object({
    with: z.looseObject({
      footprintId: z.string(),
      revision: z.int().nullable().describe('Null where it is taken as it stands'),
      title: z.string(),
      declaredUnit: quantity,
      period: z.object({ start: z.string(), end: z.string() }),
    }),
    total: z.object(pair),
    kinds: list(z.object({ kind: z.enum(flowKinds), inTotal: z.boolean(), ...pair })),
    gases: list(
      z.object({
        kind: z.enum(flowKinds),
        gas: z.string(),
        inTotal: z.boolean(),
        kg: z.object({ a: z.string().nullable(), b: z.string().nullable() }),
        ...pair,
      }),
    ),
    stages: list(z.object({ stage: Stage, states: z.object({ a: state, b: state }), ...pair })),
    processes: list(
      z.object({ process: z.string(), name: names, stage: Stage.nullable(), ...pair }),
    ).describe('What the lines of a process weigh themselves; the largest difference first'),
    categories: list(z.object({ category: z.string(), ...pair })).describe('The largest difference first'),
    lines: list(z.object({ line: z.string(), name: names, category: z.string(), ...pair })).describe(
      'Lines of one id in both, as far as they differ; the largest difference first',
    ),
    draws: draws(z.object(comparedDraws)),
  })
  .openapi('ProductComparison')

const head = z.looseObject({
  footprintId: z.string(),
  title: z.string(),
  declaredUnit: quantity.describe('Of a functional unit its reference flow'),
  functionalUnit: z.looseObject({ referenceFlow: quantity }).nullable(),
  boundary: z.string(),
  period: z.object({ start: z.string(), end: z.string() }),
  print: z.object({ unit: z.enum(['kgCO2e', 'tCO2e']), decimals: z.int() }),
  standing: z
    .looseObject({ state: z.enum(['draft', 'frozen']) })
    .describe('A draft with its version; a revision with its number, digests, and who declared it when'),
})

/** What the answer holds; docs/reports.md tells of each member. */
export const ProductReportView = z
  .object({
    type: z.literal('egret/product-report'),
    schemaVersion: z.literal('1'),
    head,
    totals: z.object({
      total: Amount,
      totalIncludes: list(z.string()),
      kinds: list(z.object({ kind: z.enum(flowKinds), inTotal: z.boolean(), amount: Amount, share: Share })),
      gases: list(
        z.object({
          kind: z.enum(flowKinds),
          gas: z.string(),
          kg: z.string().nullable(),
          amount: Amount.nullable(),
          inTotal: z.boolean(),
        }),
      ),
    }),
    monteCarlo: draws(z.object(drawnTotals)),
    uncertainParameters: z
      .int()
      .describe(
        'Parameters that state an uncertainty: draws have it, error propagation (`uncertainty`) does not',
      ),
    perFunction: z
      .object({ kgCo2ePerUnit: Figure, kgCo2ePerYear: Figure })
      .nullable()
      .describe('Of a functional unit, per one of what it counts and per year of its service life'),
    comparison: Comparison.nullable().describe('Null where no other product is asked for'),
    stages: list(
      z.object({
        stage: Stage,
        state,
        amount: MaybeAmount,
        share: Share,
        kinds: list(z.object({ kind: z.enum(flowKinds), added: Amount, takenOff: Amount })),
        processes: z.int(),
        lines: z.int(),
      }),
    ),
    processes: list(
      z.object({
        process: z.string(),
        name: Names,
        stage: Stage,
        output: quantity.describe('Per run'),
        runs: list(z.object({ product: z.string().nullable(), runs: Figure })).describe('Per declared unit'),
        direct: Amount.describe('Its own lines'),
        share: Share,
        withUpstream: Amount.nullable().describe('And everything that was made for it'),
        lines: z.int(),
      }),
    ),
    tree: Branch.nullable(),
    flows: Flows.nullable(),
    method: z.object({
      capitalGoods: ProductResult.shape.capitalGoods,
      emptyStages: ProductResult.shape.emptyStages,
      productCategoryRules: ProductResult.shape.productCategoryRules.describe(
        'Null where the calculation names none, or the record is older than they are',
      ),
    }),
    findings: list(
      z.object({
        code: z.string(),
        lines: list(z.string()),
        processes: list(z.string()),
        rule: BrokenRule.optional(),
        share: Figure.nullable(),
      }),
    )
      .nullable()
      .describe('Null where the record is older than they are'),
    gaps: z.looseObject({
      exclusions: ProductResult.shape.exclusions.shape.items,
      stagesWithoutLines: list(Stage),
    }),
    contributors: list(
      z.object({
        key: z.string(),
        name: names,
        category: z.string().nullable(),
        stage: Stage.nullable(),
        amount: Amount,
        share: Share,
        cumulativeShare: Share,
      }),
    ),
    carbon: ProductResult.shape.carbon.nullable(),
    sums: ProductResult.shape.sums.nullable(),
    primaryDataShare: ProductResult.shape.primaryDataShare.nullable(),
    dataQuality: ProductResult.shape.dataQuality.nullable(),
    uncertainty: ProductResult.shape.uncertainty.nullable(),
    allocations: ProductResult.shape.allocations.nullable(),
    means: ProductResult.shape.means.nullable(),
    circular: ProductResult.shape.circular,
    contractualInstruments: CoveredElectricity.nullable().describe('Electricity under contract'),
    sites: list(z.looseObject({ name: Names, names: z.looseObject({}), year: SiteResult })).nullable(),
    lines: list(
      z.looseObject({ id: z.string(), amount: Amount, share: Share, flags: list(z.string()) }),
    ).describe('Each line’s trail: as in a calculation’s result, with its share and flags'),
  })
  .openapi('ProductReport')

const columns = [
  ...['line', 'description', 'stage', 'process', 'process_name_en', 'process_name_zh', 'category', 'from'],
  ...['activity_amount_per_run', 'activity_unit', 'runs'],
  ...['factor_table', 'factor_version', 'factor_id', 'factor_name_en', 'factor_name_zh', 'factors_beside'],
  ...['working', 'gases', 'kg_co2e', 'share'],
  ...['estimate_method', 'estimate_basis', 'estimate_approved_by', 'gases_not_covered', 'flags', 'findings'],
  'instrument',
]

/** One row a line, in the order of the activity data. */
export function productReportCsv({ lines, processes, findings }: ProductReport): string {
  const named = new Map(processes.map(({ process, name }) => [process, name]))
  const found = new Map<string, string[]>()
  for (const { code, lines: about } of findings ?? [])
    for (const id of about) found.set(id, [...(found.get(id) ?? []), code])
  return csvText(
    columns,
    lines.map((line) => csvRow(line, named.get(line.process ?? ''), found.get(line.id) ?? [])),
  )
}

function csvRow(
  line: ProductTrailLine,
  name: ProductReport['processes'][number]['name'] | undefined,
  findings: readonly string[],
): CsvCell[] {
  const used = line.fuel ?? line.factor
  const { activity } = line
  return [
    ...[line.id, line.description, line.stage, line.process, name?.en ?? null, name?.zh ?? null],
    ...[line.category, line.from, activity.amount, activity.unit, line.scaling],
    ...[used?.table ?? null, used?.version ?? null, used?.id ?? null],
    ...[used?.name.en ?? null, used?.name.zh ?? null, besideText(line)],
    ...[workingText(line), joined(line.gases.map(gasText)), line.amount.kgCo2e, line.share],
    ...[...estimateCells(line), joined(line.gasesNotCovered), joined(line.flags), joined(findings)],
    line.instrument ?? null,
  ]
}
