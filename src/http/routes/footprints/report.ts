/** GET …/report: a footprint as a report, of a draft as it stands or of a frozen revision; JSON, CSV or a page. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { FootprintState } from '../../../actions/footprints/compare-footprints.ts'
import {
  type FootprintReport,
  reportDraft,
  reportRevision,
} from '../../../actions/footprints/report-footprint.ts'
import { Problem } from '../../../problem.ts'
import { reportStructures } from '../../../report/types.ts'
import { languages } from '../../../web/language.ts'
import { renderProductReport } from '../../../web/report/product/product-page.ts'
import { renderReport } from '../../../web/report/report-page.ts'
import type { App } from '../../context.ts'
import { csvForPeople } from '../../csv.ts'
import { drawsOfQuery } from '../../draws.ts'
import { refusals } from '../../problems.ts'
import { reportFormat, reportLanguage, reportPage } from '../../report-format.ts'
import { route, router } from '../../route.ts'
import { Id } from '../../schemas.ts'
import { comparisonCsv } from './comparison-csv.ts'
import { ProductReportView, productReportCsv } from './product-report-view.ts'
import { InventoryReportView, reportCsv } from './report-view.ts'

const formats = ['json', 'csv', 'html'] as const

const ReportQuery = z.object({
  structure: z
    .enum(reportStructures)
    .optional()
    .describe('Of an inventory: one structure for JSON and the page; all three where absent'),
  format: z.enum(formats).optional().describe('Before the Accept header'),
  lang: z.enum(languages).optional().describe('The language the page opens in; it holds both'),
  with: Id.optional().describe(
    'A footprint to be held beside it: of an inventory another year, of a product one per the same unit and by the same method',
  ),
  withRevision: z.coerce
    .number()
    .int()
    .min(1)
    .max(1_000_000)
    .optional()
    .describe('Its revision; as it stands where absent'),
  draws: drawsOfQuery.draws
    .optional()
    .describe('Of a product: how often what is uncertain is drawn; 1000 where absent'),
  seed: drawsOfQuery.seed.optional(),
})

/** The other year that is asked for. @throws Problem `invalid-request` for a revision of nothing. */
function comparedWith({
  with: footprintId,
  withRevision,
}: z.infer<typeof ReportQuery>): FootprintState | undefined {
  if (footprintId !== undefined) return { footprintId, revision: withRevision ?? null }
  if (withRevision === undefined) return undefined
  throw new Problem('invalid-request', 'A revision is of a footprint: name it under with.', {
    in: 'query',
    parameter: 'with',
  })
}

function wantedBy(query: z.infer<typeof ReportQuery>) {
  const { structure, draws, seed } = query
  return {
    structures: structure && [structure],
    comparedWith: comparedWith(query),
    draws: { ...(draws === undefined ? {} : { draws }), ...(seed === undefined ? {} : { seed }) },
  }
}

const params = z.object({ footprintId: Id })

const answer = {
  description: 'The report',
  content: {
    'application/json': { schema: z.union([InventoryReportView, ProductReportView]) },
    'text/csv': {
      schema: z.string().describe('One row a line; of two products a row a kind, gas and stage'),
    },
    'text/html': { schema: z.string().describe('One document that needs nothing else, also when saved') },
  },
}

const draftRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/report',
    operationId: 'reportDraft',
    tags: ['Footprints'],
    summary: 'Report a footprint as it stands',
    description:
      'Calculated as it is asked for, and says that it is a draft. An inventory in the structures of the GHG Protocol, ISO 14064-1 and GB/T 32150: the same lines, each in its order. A product by stage, process and source, with its uncertainty drawn; beside another one where it is asked for.',
    request: { params, query: ReportQuery },
    responses: {
      200: answer,
      ...refusals(
        'invalid-request',
        'not-found',
        'footprint-incomplete',
        'not-comparable',
        'unknown-factor-table',
        'unknown-factor',
        'ambiguous-factor',
      ),
    },
  },
)

const revisionRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/revisions/{number}/report',
    operationId: 'reportRevision',
    tags: ['Footprints'],
    summary: 'Report a frozen footprint: its owner, or a body it was put before',
    description:
      'Out of the very record that was frozen: no figure of it is calculated again. Draws are made anew, where this engine comes to the figure that was frozen.',
    request: {
      params: params.extend({ number: z.coerce.number().int().min(1).max(1_000_000) }),
      query: ReportQuery,
    },
    responses: { 200: answer, ...refusals('invalid-request', 'not-found', 'not-comparable') },
  },
)

function answered(
  c: Context<App>,
  report: FootprintReport,
  { format: asked, lang }: z.infer<typeof ReportQuery>,
): Response | Promise<Response> {
  const format = reportFormat(c, formats, asked)
  if (format === 'json') return c.json(report, 200)
  const { standing, period } = report.head
  const isProduct = report.type === 'egret/product-report'
  const state = standing.state === 'draft' ? 'draft' : `revision-${standing.revision}`
  const name = `${isProduct ? 'product' : 'inventory'}-${period.start}-${state}${isProduct && report.comparison !== null ? '-compared' : ''}`
  if (format === 'csv') {
    c.header('content-disposition', `inline; filename="${name}.csv"`)
    return c.body(csvForPeople(csvOf(report)), 200, {
      'content-type': 'text/csv; charset=utf-8; header=present',
    })
  }
  const language = reportLanguage(c, lang)
  const page = isProduct ? renderProductReport(language, report) : renderReport(language, report)
  return reportPage(c, page, name)
}

/** One row a line; of two products what is compared. */
function csvOf(report: FootprintReport): string {
  if (report.type === 'egret/inventory-report') return reportCsv(report)
  return report.comparison === null ? productReportCsv(report) : comparisonCsv(report.comparison)
}

export const footprintReports = router()
  .openapi(draftRoute, async (c) => {
    const query = c.req.valid('query')
    const { footprintId } = c.req.valid('param')
    const report = await reportDraft(c.var.ports, { actor: c.var.actor, footprintId, ...wantedBy(query) })
    c.header('cache-control', 'private, no-store')
    return answered(c, report, query) as never
  })
  .openapi(revisionRoute, async (c) => {
    const query = c.req.valid('query')
    const revision = { actor: c.var.actor, ...c.req.valid('param') }
    const report = await reportRevision(c.var.ports, { ...revision, ...wantedBy(query) })
    c.header('cache-control', 'private, no-cache')
    return answered(c, report, query) as never
  })
