/** An analysis as it is answered: every figure a decimal string, what is counted a number. */

import { z } from '@hono/zod-openapi'
import { lifeCycleStages } from '../../../engine/types.ts'
import { comparedDraws, DrawSettingView, drawnTotals, Kg, ShareView } from '../../draws.ts'
import { list, Names } from '../../schemas.ts'

const Others = z.object({ count: z.int(), kgCo2e: Kg })
const stage = z.enum(lifeCycleStages)

const Contributions = z
  .object({
    processes: list(
      z.object({
        key: z.string(),
        process: z.string(),
        stage,
        runs: z.string(),
        direct: Kg.describe('What its own lines emit'),
        directShare: ShareView,
        upstream: Kg.describe('What comes with all it takes of other processes'),
        perOutput: z.object({ kgCo2e: z.string(), unit: z.string() }),
      }),
    ),
    otherProcesses: Others,
    lines: list(
      z.object({
        line: z.string(),
        category: z.string(),
        process: z.string(),
        stage,
        from: z.string().nullable(),
        to: z.string().nullable().describe('The process that treats it, where it is waste'),
        direct: Kg,
        directShare: ShareView,
        upstream: Kg,
      }),
    ),
    otherLines: Others,
  })
  .openapi('AnalysisContributions')

const Tree = z
  .object({
    cutOff: z.string(),
    depthMax: z.int(),
    nodesMax: z.int(),
    nodes: list(
      z.object({
        parent: z.int().nullable().describe('Its place in the list; null for the declared unit'),
        depth: z.int(),
        line: z.string().nullable(),
        category: z.string().nullable(),
        process: z.string().nullable(),
        key: z.string().nullable(),
        kgCo2e: Kg,
        share: ShareView,
        rest: Others.describe('What stands below and is no node: children and rest come to the node'),
      }),
    ),
  })
  .openapi('AnalysisTree')

const Sankey = z
  .object({
    cutOff: z.string(),
    nodes: list(
      z.object({
        id: z.string(),
        kind: z.enum(['category', 'process', 'product']),
        name: Names.nullable(),
        stage: stage.nullable(),
        kgCo2e: Kg.describe('What goes through'),
        restIn: Kg.describe('What comes from processes that are cut off'),
        restOut: Kg.describe('What goes to processes that are cut off'),
      }),
    ),
    links: list(z.object({ from: z.string(), to: z.string(), kgCo2e: Kg })).describe('May go round in loops'),
    others: Others,
  })
  .openapi('AnalysisSankey')

const row = { table: z.string(), version: z.string(), id: z.string() }

const Sensitivities = z
  .object({
    of: z.int(),
    ranked: list(
      z.object({
        of: z.union([
          z.object({ kind: z.literal('amount'), line: z.string(), process: z.string() }),
          z.object({ kind: z.enum(['factor', 'fuel']), ...row, lines: z.int() }),
          z.object({ kind: z.literal('output'), key: z.string(), process: z.string() }),
          z.object({ kind: z.literal('parameter'), id: z.string() }),
        ]),
        value: z.string().nullable(),
        unit: z.string().nullable(),
        perUnit: z.string().nullable().describe('∂total ÷ ∂value'),
        elasticity: z.string().nullable().describe('Percent of the total per percent of it'),
      }),
    ),
  })
  .openapi('AnalysisSensitivities')

const Fewest = z.object({
  inputs: z.int(),
  of: z.int(),
  resultShare: ShareView,
  varianceShare: ShareView,
})
const Source = z.union([
  z.object({ kind: z.enum(['activity', 'factor-of-line']), line: z.string() }),
  z.object({ kind: z.enum(['factor', 'fuel']), ...row }),
  z.object({ kind: z.enum(['parameter', 'material']), id: z.string() }),
  z.object({ kind: z.literal('site-total'), site: z.string(), id: z.string() }),
  z.object({ kind: z.literal('site-flow'), site: z.string(), product: z.string(), id: z.string() }),
])

const Ranking = z
  .object({
    inputs: list(
      z.object({
        line: z.string(),
        category: z.string(),
        process: z.string(),
        kgCo2e: Kg,
        resultShare: ShareView,
        resultShareSoFar: ShareView,
        varianceShare: ShareView,
        varianceShareSoFar: ShareView,
      }),
    ),
    carryingResult: Fewest.describe('“These `inputs` of `of` inputs carry so much of the result”'),
    carryingVariance: Fewest.nullable(),
    sources: list(
      z.object({ source: Source, lines: z.int(), deviation: Kg, varianceShare: z.string() }),
    ).describe('What the variance comes from'),
    standardDeviation: Kg.nullable().describe('To first order; null where no uncertainty is stated'),
  })
  .openapi('AnalysisRanking')

const outcome = {
  total: Kg.nullable(),
  difference: Kg.nullable().describe('Total − the total as sent'),
  byStage: list(z.object({ key: z.string(), kgCo2e: Kg })),
  refusal: z
    .object({ code: z.string(), detail: z.string() })
    .nullable()
    .describe('Why there is no total, e.g. singular-system'),
}

export const AnalysisView = z
  .object({
    engine: z.object({ version: z.string(), digest: z.string() }),
    analysis: z.object({
      declaredUnit: z.object({ amount: z.string(), unit: z.string() }),
      total: Kg,
      contributions: Contributions.nullable(),
      tree: Tree.nullable(),
      sankey: Sankey.nullable(),
      sensitivities: Sensitivities.nullable(),
      ranking: Ranking.nullable(),
      uncertainty: z.object({ drawn: DrawSettingView, ...drawnTotals }).nullable(),
      scenarios: list(z.object({ name: z.string(), ...outcome })),
      parameterTables: list(
        z.object({
          parameter: z.string(),
          unit: z.string().nullable(),
          rows: list(z.object({ value: z.string(), ...outcome })),
        }),
      ),
      comparison: z.object({ drawn: DrawSettingView, ...comparedDraws }).nullable(),
    }),
  })
  .openapi('ProductAnalysis')
