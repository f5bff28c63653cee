/** /v1/jobs: long work of your organization, its progress, and what it came to. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { startImpact } from '../../../actions/impact/start-impact.ts'
import { cancelJob } from '../../../actions/jobs/cancel-job.ts'
import { readJob, succeededJob } from '../../../actions/jobs/read-result.ts'
import { outcomesOf } from '../../../actions/jobs/run-slice.ts'
import type { ImpactItem } from '../../../ports/impact.ts'
import type { Job } from '../../../ports/jobs.ts'
import type { App } from '../../context.ts'
import { csvText, wantsCsv } from '../../csv.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { etagOf } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, list, PageQuery } from '../../schemas.ts'
import { streamed, withOwnPorts } from '../../stream.ts'
import { TableName, VersionName } from '../factor-tables/schema.ts'
import { calmPace, jobEvents } from './events.ts'
import { ImpactItemView, impactCells, impactColumns, JobView, viewImpactItem, viewJob } from './schema.ts'

const tags = ['Jobs']
const access = 'footprints:read' as const
const params = z.object({ jobId: Id })
const jobAnswer = (description: string) => ({
  description,
  headers: z.object({ etag: z.string().describe('Moves with every change') }),
  content: { 'application/json': { schema: JobView } },
})

const impactRoute = route(
  { access },
  {
    method: 'post',
    path: '/v1/factor-tables/{table}/versions/{version}/impact',
    operationId: 'startImpact',
    tags: ['Emission factors'],
    summary: 'Compute what this version would change of all that rests on the one it supersedes',
    description:
      'Begins a job over your drafts, the revisions in your engagements, and the credentials you hold or issued. Each is calculated as it is and with this version in the place of the older one.',
    request: {
      params: z.object({ table: TableName, version: VersionName }),
      headers: IdempotencyHeader,
    },
    responses: {
      202: { ...jobAnswer('The job'), headers: z.object({ location: z.string(), etag: z.string() }) },
      ...refusals('not-found', 'impact-not-possible', 'too-many-jobs', 'idempotency-key-reused'),
    },
  },
)

const listRoute = route(
  { access },
  {
    method: 'get',
    path: '/v1/jobs',
    operationId: 'listJobs',
    tags,
    summary: 'List your organization’s jobs, newest first',
    request: { query: PageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ jobs: z.array(JobView) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access },
  {
    method: 'get',
    path: '/v1/jobs/{jobId}',
    operationId: 'readJob',
    tags,
    summary: 'Read a job of your organization',
    request: {
      params,
      headers: z.object({ 'if-none-match': z.string().max(100).optional().describe('An ETag you have') }),
    },
    responses: {
      200: jobAnswer('The job'),
      304: { description: 'It is as you have it' },
      ...refusals('not-found'),
    },
  },
)

const eventsRoute = route(
  { access },
  {
    method: 'get',
    path: '/v1/jobs/{jobId}/events',
    operationId: 'watchJob',
    tags,
    summary: 'Watch a job: server-sent events `progress` and `end`, each with the job as data',
    description:
      'The stream ends with the job, and after a minute at the latest: come again with `Last-Event-ID` and only what is new is told. 204 says that the end was told already.',
    request: {
      params,
      headers: z.object({
        'last-event-id': z.string().max(20).optional().describe('Id of the last event you have'),
      }),
    },
    responses: {
      200: { description: 'Events', content: { 'text/event-stream': { schema: z.string() } } },
      204: { description: 'The job has ended, and you were told' },
      ...refusals('not-found'),
    },
  },
)

const cancelRoute = route(
  { access },
  {
    method: 'post',
    path: '/v1/jobs/{jobId}/cancel',
    operationId: 'cancelJob',
    tags,
    summary: 'Cancel a job of your organization: one that waits at once, one that runs before its next step',
    request: { params, headers: IdempotencyHeader },
    responses: {
      200: jobAnswer('The job; asked again, as it is by then'),
      ...refusals('not-found', 'invalid-transition', 'idempotency-key-reused'),
    },
  },
)

const resultRoute = route(
  { access },
  {
    method: 'get',
    path: '/v1/jobs/{jobId}/result',
    operationId: 'readJobResult',
    tags,
    summary: 'Read what a job came to, largest change first; what could not be computed comes last',
    description:
      'Pages in JSON; the whole as CSV with `Accept: text/csv` or `?format=csv`. It can be read until the job’s `resultUntil`.',
    request: {
      params,
      query: PageQuery.extend({ format: z.enum(['json', 'csv']).optional() }),
    },
    responses: {
      200: {
        description: 'One page, or the whole as CSV',
        content: {
          'application/json': { schema: z.object({ job: JobView, items: list(ImpactItemView) }) },
          'text/csv': { schema: z.string() },
        },
      },
      ...refusals(
        'invalid-request',
        'not-found',
        'job-unfinished',
        'job-without-result',
        'job-result-removed',
      ),
    },
  },
)

function answerJob(c: Context<App>, job: Job) {
  return [viewJob(job, c.var.ports.settings.publicUrl), { etag: etagOf(job.version) }] as const
}

async function csvOf(c: Context<App>, job: Job): Promise<Response> {
  const rows: ReturnType<typeof impactCells>[] = []
  for await (const item of outcomesOf(c.var.ports, job)) rows.push(impactCells(item as ImpactItem))
  return new Response(csvText(impactColumns, rows), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="impact-${job.id}.csv"`,
      'cache-control': 'private, no-store',
      vary: 'accept',
    },
  })
}

export const jobs = router()
  .openapi(impactRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { row } = await startImpact(ports, { actor, mark, ...c.req.valid('param') })
    const [view, headers] = answerJob(c, row)
    return c.json(view, 202, { ...headers, location: view.links.self })
  })
  .openapi(listRoute, async (c) => {
    const { actor, ports } = c.var
    const query = c.req.valid('query')
    const rows = await ports.jobs.list(actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.createdAt, row.id))
    return c.json({ jobs: shown.map((row) => viewJob(row, ports.settings.publicUrl)) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const job = await readJob(c.var.ports, c.var.actor, c.req.valid('param').jobId)
    const [view, headers] = answerJob(c, job)
    if (c.req.header('if-none-match') === headers.etag) return c.body(null, 304, headers)
    return c.json(view, 200, headers)
  })
  .openapi(eventsRoute, async (c) => {
    const { actor } = c.var
    const { publicUrl } = c.var.ports.settings
    const { jobId } = c.req.valid('param')
    const last = c.req.header('last-event-id') ?? ''
    const seen = /^\d{1,9}$/.test(last) ? Number(last) : null
    const job = await readJob(c.var.ports, actor, jobId)
    if (job.endedAt !== null && job.version === seen) return c.body(null, 204)
    const view = (standing: Job) => viewJob(standing, publicUrl)
    const look = () => withOwnPorts(c, ({ jobs }) => jobs.find(actor, jobId))
    const events = streamed(c, (gone) => jobEvents(look, view, seen, calmPace, gone))
    return c.body(events, 200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' }) as never
  })
  .openapi(cancelRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const job = await cancelJob(ports, { actor, mark, ...c.req.valid('param') })
    const [view, headers] = answerJob(c, job)
    return c.json(view, 200, headers)
  })
  .openapi(resultRoute, async (c) => {
    const { actor, ports } = c.var
    const { limit, after, format } = c.req.valid('query')
    const { jobId } = c.req.valid('param')
    const job = await succeededJob(ports, actor, jobId)
    if (wantsCsv(c, format)) return (await csvOf(c, job)) as never
    const rows = await ports.jobs.readResults(actor, jobId, pageOf({ limit, after }))
    const { publicUrl } = ports.settings
    const shown = answerPage(c, rows, limit, ({ cursor }) => cursor)
    const items = shown.map(({ outcome }) => viewImpactItem(outcome as ImpactItem, publicUrl))
    return c.json({ job: viewJob(job, publicUrl), items }, 200, { vary: 'accept' })
  })
