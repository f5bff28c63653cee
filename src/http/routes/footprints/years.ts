/** What one year's footprint is to the next: copied forward, its lines as a form to fill in, and compared. */

import { z } from '@hono/zod-openapi'
import { comparedLinesMax, compareFootprints } from '../../../actions/footprints/compare-footprints.ts'
import { copyFootprint } from '../../../actions/footprints/copy-footprint.ts'
import { invisibleFootprint, linesOf } from '../../../actions/footprints/definition.ts'
import { readRevision } from '../../../actions/footprints/read-revision.ts'
import { dayNumber } from '../../../engine/calendar.ts'
import { at } from '../../../engine/refusals.ts'
import { nextLines } from '../../../years/next-lines.ts'
import { baseYearChangeKinds, recalculationCheck } from '../../../years/recalculation.ts'
import { changeCauses } from '../../../years/types.ts'
import { csvForPeople, csvText, wantsCsv } from '../../csv.ts'
import { etagOf } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { DateText, Period } from '../../quantities.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, line, list } from '../../schemas.ts'
import { formColumns, formRow } from './line-form.ts'
import { FootprintView, RecalculationPolicyBody, viewFootprint } from './schema.ts'

/** Changes of one base year that are judged at once. */
const changesMax = 500

const tags = ['Footprints']
const params = z.object({ footprintId: Id })

const copyRoute = route(
  { access: 'footprints:write' },
  {
    method: 'post',
    path: '/v1/footprints/{footprintId}/copies',
    operationId: 'copyFootprint',
    tags,
    summary: 'Begin the footprint of another period from this one’s definition',
    description:
      'Boundary, consolidation, scheme and pinned tables stay. Activity data, contractual instruments (of a product too) and intensity bases are of their year and stay behind; GET …/activity-data/form gives the lines as a form.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.strictObject({ period: Period, title: line(200).optional() }).openapi('FootprintCopy'),
          },
        },
      },
    },
    responses: {
      201: {
        description: 'A draft without activity data',
        headers: z.object({ etag: z.string() }),
        content: { 'application/json': { schema: FootprintView } },
      },
      ...refusals(
        'invalid-request',
        'role-required',
        'not-found',
        'unknown-scheme',
        'unknown-factor-table',
        'factor-table-withdrawn',
        'scheme-violation',
        'period-invalid',
        'idempotency-key-reused',
      ),
    },
  },
)

const formRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/activity-data/form',
    operationId: 'readActivityForm',
    tags,
    summary: 'Read a footprint’s lines as a form for another period: everything but how much',
    description:
      'What is of a year (amounts, readings, measured properties, rates) is an empty text, which PUT …/activity-data refuses line by line until it is filled in. Dates are moved with the period; estimates, ratings and uncertainties are left out.',
    request: {
      params,
      query: z.object({
        start: DateText.optional().describe('First day of the other period; where this one ends if absent'),
        format: z.enum(['json', 'csv']).optional(),
      }),
    },
    responses: {
      200: {
        description: 'Lines without their amounts',
        content: {
          'application/json': { schema: z.object({ lines: list(z.looseObject({ id: z.string() })) }) },
          'text/csv': { schema: z.string() },
        },
      },
      ...refusals('invalid-request', 'not-found', 'footprint-incomplete', 'period-invalid'),
    },
  },
)

const RecalculationBody = z
  .strictObject({
    policy: RecalculationPolicyBody,
    lastRecalculation: DateText.nullable().describe('Changes up to this day are in the base year already'),
    changes: z
      .array(
        z.strictObject({
          kind: z.enum(baseYearChangeKinds),
          date: DateText,
          kgCo2e: line(64).describe('By how much the base year’s total would change'),
          description: line(500),
        }),
      )
      .max(changesMax),
  })
  .openapi('RecalculationCheck')

const summed = z.object({ kgCo2e: z.string(), share: z.string() })
const RecalculationView = z
  .object({
    baseTotal: z.string().describe('kg CO2e of the revision'),
    required: z.boolean(),
    thresholdShare: z.string(),
    measuredShare: z.string().describe('What was held against the threshold'),
    net: summed,
    absolute: summed,
    counted: list(z.int()).describe('Places in `changes` of those that count'),
    reasons: list(z.object({ kind: z.enum(baseYearChangeKinds), kgCo2e: z.string() })),
  })
  .openapi('RecalculationAnswer')

const Amount = z.string().describe('kg CO2e')
const change = {
  before: Amount,
  after: Amount,
  difference: Amount.describe('after − before'),
  parts: z
    .object(
      Object.fromEntries(changeCauses.map((cause) => [cause, Amount])) as Record<
        (typeof changeCauses)[number],
        typeof Amount
      >,
    )
    .describe('The difference by cause; docs/comparing-years.md says what each is'),
}
const keyed = list(z.object({ key: z.string(), ...change }))
const side = z
  .object({
    lines: list(z.string()),
    activity: z.object({ amount: z.string(), unit: z.string() }),
    share: z.string(),
    kgCo2e: Amount,
  })
  .nullable()
const state = z.object({
  footprintId: Id,
  revision: z.int().nullable().describe('Null for a footprint as it stands'),
  title: z.string(),
  period: z.object({ start: z.string(), end: z.string() }),
  record: z.string().nullable().describe('Digest of the calculation record'),
})
/** Two states of footprints held beside each other. */
export const comparison = {
  states: z.object({ before: state, after: state }),
  ...change,
  byScope: keyed,
  byCategory: keyed,
  byFacility: keyed,
  lines: list(
    z.object({
      category: z.string(),
      scope: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
      facility: z.string().nullable(),
      matched: z.enum(['id', 'series']).nullable(),
      ...change,
      sides: z.object({ before: side, after: side }),
    }),
  ),
  lineCount: z.int().describe('How many were compared'),
}

const revisionNumber = z.coerce.number().int().min(1).max(1_000_000).optional()

const compareRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/comparison',
    operationId: 'compareFootprints',
    tags,
    summary: 'Compare a footprint with another, or two of its revisions: what changed, and by which cause',
    description:
      'Both must be visible to you: your own, as they stand or at a revision, or revisions put before your body. `with` is before, the footprint of the path after.',
    request: {
      params,
      query: z.object({
        with: Id.describe('The footprint that it is compared with'),
        revision: revisionNumber.describe('Of the footprint of the path; as it stands where absent'),
        withRevision: revisionNumber.describe('Of the other; as it stands where absent'),
      }),
    },
    responses: {
      200: {
        description: `Sums of all lines, and the ${comparedLinesMax} lines that changed most`,
        content: {
          'application/json': {
            schema: z.object(comparison).openapi('FootprintComparison'),
          },
        },
      },
      ...refusals('invalid-request', 'not-found', 'footprint-incomplete', 'not-comparable'),
    },
  },
)

const checkRoute = route(
  { access: 'footprints:read' },
  {
    method: 'post',
    path: '/v1/footprints/{footprintId}/revisions/{number}/recalculation-check',
    operationId: 'checkRecalculation',
    tags,
    summary: 'Hold changes against a base year’s policy: must the base year be calculated anew?',
    description:
      'The revision is the base year. Nothing is kept, and no policy is supposed: its threshold is stated. Organic growth, and factors that tell a real change, never lead to a recalculation.',
    request: {
      params: params.extend({ number: z.coerce.number().int().min(1).max(1_000_000) }),
      body: { required: true, content: { 'application/json': { schema: RecalculationBody } } },
    },
    responses: {
      200: {
        description: 'Whether it must, and why',
        content: { 'application/json': { schema: RecalculationView } },
      },
      ...refusals(
        'invalid-request',
        'not-found',
        'invalid-number',
        'period-invalid',
        'property-out-of-range',
      ),
    },
  },
)

export const footprintYears = router()
  .openapi(copyRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { footprintId } = c.req.valid('param')
    const { period, title } = c.req.valid('json')
    const { row } = await copyFootprint(ports, { actor, mark, footprintId, period, title: title ?? null })
    return c.json(viewFootprint(row), 201, {
      location: `/v1/footprints/${row.id}`,
      etag: etagOf(row.version),
    })
  })
  .openapi(formRoute, async (c) => {
    const { start, format } = c.req.valid('query')
    const found = await c.var.ports.footprints.find(c.var.actor, c.req.valid('param').footprintId)
    if (!found) throw invisibleFootprint()
    const { period } = found.definition.calculation
    if (start !== undefined) at('/start', () => dayNumber(start))
    const lines = nextLines(await linesOf(c.var.ports, found), period.start, start ?? period.end)
    if (!wantsCsv(c, format)) return c.json({ lines: lines.map((one) => ({ ...one })) }, 200)
    const headers = { 'content-type': 'text/csv; charset=utf-8', vary: 'Accept' }
    return c.body(csvForPeople(csvText(formColumns, lines.map(formRow))), 200, headers) as never
  })
  .openapi(compareRoute, async (c) => {
    const { actor, ports } = c.var
    const { footprintId } = c.req.valid('param')
    const query = c.req.valid('query')
    const after = { footprintId, revision: query.revision ?? null }
    const before = { footprintId: query.with, revision: query.withRevision ?? null }
    return c.json(await compareFootprints(ports, { actor, before, after }), 200)
  })
  .openapi(checkRoute, async (c) => {
    const { actor, ports } = c.var
    const revision = await readRevision(ports, { actor, ...c.req.valid('param') })
    const baseTotal = revision.result.totalKgCo2e
    return c.json({ baseTotal, ...recalculationCheck({ baseTotal, ...c.req.valid('json') }) }, 200)
  })
