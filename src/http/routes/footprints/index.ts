/** /v1/footprints: drafts, their activity data and calculations, and the revisions they are submitted as. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { calculateFootprint } from '../../../actions/footprints/calculate-footprint.ts'
import { createFootprint } from '../../../actions/footprints/create-footprint.ts'
import { invisibleFootprint, linesOf } from '../../../actions/footprints/definition.ts'
import { editFootprint } from '../../../actions/footprints/edit-footprint.ts'
import { putActivityData } from '../../../actions/footprints/put-activity-data.ts'
import {
  readChunk,
  readRevision,
  readRevisionDocument,
  revisionDocuments,
} from '../../../actions/footprints/read-revision.ts'
import { reopenFootprint } from '../../../actions/footprints/reopen-footprint.ts'
import type { SentDefinition } from '../../../actions/footprints/sent-definition.ts'
import { submitRevision } from '../../../actions/footprints/submit-revision.ts'
import { below } from '../../../engine/refusals.ts'
import { type Digest, digestOfBytes, isDigest } from '../../../json/digest.ts'
import { definitionBytesMax } from '../../../ports/footprints.ts'
import { frozenCache } from '../../../ports/objects.ts'
import {
  type ActivityData,
  declaredActivityData,
  jsonActivityData,
  withPlaces,
  workbookType,
} from '../../activity-data.ts'
import { refuseTooManyInBill } from '../../bill-of-materials.ts'
import { ActivityLineBody, ActivityLines, activityDataBytesMax } from '../../calculation.ts'
import { calculationAnswer, withoutManyLines } from '../../calculation-result.ts'
import type { App } from '../../context.ts'
import { activityJsonLimits } from '../../middleware/body.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { etagOf, IfMatchHeader, versionIfMatched, versionToMatch } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, list, PageQuery, ViolationView } from '../../schemas.ts'
import {
  definitionOf,
  FootprintBody,
  FootprintView,
  PutDataView,
  RevisionView,
  SubmitBody,
  TakenRangeView,
  viewFootprint,
  viewPutData,
  viewRevision,
  viewTakenRange,
} from './schema.ts'

const tags = ['Footprints']
const params = z.object({ footprintId: Id })
const revisionParams = params.extend({ number: z.coerce.number().int().min(1).max(1_000_000) })
const footprintAnswer = (description: string) => ({
  description,
  headers: z.object({ etag: z.string().describe('The version, for If-Match') }),
  content: { 'application/json': { schema: FootprintView } },
})

const createRoute = route(
  { access: 'footprints:write', bodyBytesMax: definitionBytesMax },
  {
    method: 'post',
    path: '/v1/footprints',
    operationId: 'createFootprint',
    tags,
    summary: 'Begin a footprint under a scheme',
    request: {
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: FootprintBody } } },
    },
    responses: {
      201: footprintAnswer('A draft without activity data, unless a bill of materials states them'),
      ...refusals(
        'invalid-request',
        'role-required',
        'unknown-scheme',
        'unknown-factor-table',
        'factor-table-withdrawn',
        'scheme-violation',
        'invalid-number',
        'period-invalid',
        'too-many-items',
        'body-too-large',
        'idempotency-key-reused',
        'duplicate-id',
        'property-missing',
        'property-out-of-range',
      ),
    },
  },
)

const listRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints',
    operationId: 'listFootprints',
    tags,
    summary: 'List your organization’s footprints, newest first',
    description: 'Without the processes and the site data of products: read the footprint for them.',
    request: { query: PageQuery },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ footprints: z.array(FootprintView) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}',
    operationId: 'readFootprint',
    tags,
    summary: 'Read a footprint of your organization',
    request: { params },
    responses: { 200: footprintAnswer('The footprint'), ...refusals('not-found') },
  },
)

const editRoute = route(
  { access: 'footprints:write', bodyBytesMax: definitionBytesMax },
  {
    method: 'put',
    path: '/v1/footprints/{footprintId}',
    operationId: 'editFootprint',
    tags,
    summary: 'Replace a draft’s definition',
    description:
      'Its activity data stay, unless the calculation is a bill of materials, which states them as well.',
    request: {
      params,
      headers: IfMatchHeader,
      body: { required: true, content: { 'application/json': { schema: FootprintBody } } },
    },
    responses: {
      200: footprintAnswer('The changed draft'),
      ...refusals(
        'invalid-request',
        'not-found',
        'revision-frozen',
        'precondition-required',
        'precondition-failed',
        'unknown-scheme',
        'unknown-factor-table',
        'factor-table-withdrawn',
        'scheme-violation',
        'invalid-number',
        'period-invalid',
        'too-many-items',
        'body-too-large',
        'duplicate-id',
        'property-missing',
        'property-out-of-range',
      ),
    },
  },
)

const ActivityDataBody = z.strictObject({ lines: ActivityLines }).openapi('ActivityData')

const putDataRoute = route(
  { access: 'footprints:write', bodyBytesMax: activityDataBytesMax, jsonLimits: activityJsonLimits },
  {
    method: 'put',
    path: '/v1/footprints/{footprintId}/activity-data',
    operationId: 'putActivityData',
    tags,
    summary: 'Set a draft’s activity data, all at once',
    description:
      'JSON with `lines`; or CSV or an Excel workbook with a column for each member, under its dotted name (`quantity.amount`) or its title of the template (`GET /v1/activity-data/template`). An empty cell is an absent member. A CSV is UTF-8, UTF-16 with a byte order mark, or what `charset=gb18030` declares. All faults of a file are named at once, and what was there before is replaced as a whole. The very bytes that were put before change nothing (`unchanged`); those that another footprint holds are taken, and `sameFileAs` names it.',
    request: {
      params,
      headers: IfMatchHeader,
      body: {
        content: {
          'application/json': { schema: ActivityDataBody },
          'text/csv': { schema: { type: 'string', format: 'binary' } },
          [workbookType]: { schema: { type: 'string', format: 'binary' } },
        },
      },
    },
    responses: {
      200: {
        description: 'The draft with its activity data',
        content: { 'application/json': { schema: PutDataView } },
      },
      ...refusals(
        'malformed-json',
        'malformed-csv',
        'malformed-workbook',
        'invalid-request',
        'too-many-items',
        'body-too-large',
        'not-found',
        'revision-frozen',
        'precondition-required',
        'precondition-failed',
        'invalid-number',
        'duplicate-id',
      ),
    },
  },
)

const readDataRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/activity-data',
    operationId: 'readActivityData',
    tags,
    summary: 'Read the activity data of a footprint of your organization',
    request: { params },
    responses: {
      200: {
        description: 'The lines in their one form',
        content: { 'application/json': { schema: z.object({ lines: list(ActivityLineBody) }) } },
      },
      ...refusals('not-found', 'footprint-incomplete'),
    },
  },
)

const calculateRoute = route(
  { access: 'footprints:read' },
  {
    method: 'post',
    path: '/v1/footprints/{footprintId}/calculations',
    operationId: 'calculateFootprint',
    tags,
    summary: 'Calculate a footprint as it stands, and hold it against its scheme; nothing is kept',
    description:
      'Green certificates that the instruments name are looked up in your organization’s ledger; what is missing there is part of the answer, and refused when the footprint is submitted.',
    request: { params },
    responses: {
      200: {
        description:
          'The complete result; a scheme that would not take it, and certificates that are missing, are part of the answer',
        content: {
          'application/json': {
            schema: z
              .object({
                ...calculationAnswer,
                scheme: z.object({
                  id: z.string(),
                  version: z.string(),
                  conforms: z.boolean(),
                  violations: list(ViolationView),
                }),
                certificates: list(TakenRangeView).describe(
                  'How each range of green certificates stands in your organization’s ledger',
                ),
              })
              .openapi('DraftCalculation'),
          },
        },
      },
      ...refusals(
        'not-found',
        'footprint-incomplete',
        'unknown-factor-table',
        'unknown-factor',
        'ambiguous-factor',
      ),
    },
  },
)

const reopenRoute = route(
  { access: 'footprints:write' },
  {
    method: 'post',
    path: '/v1/footprints/{footprintId}/reopen',
    operationId: 'reopenFootprint',
    tags,
    summary: 'Make a submitted footprint a draft again, for its next revision',
    description: 'What was submitted stays as it is. Not while a body is working on it.',
    request: { params, headers: IdempotencyHeader },
    responses: {
      200: footprintAnswer('A draft'),
      ...refusals('not-found', 'invalid-transition', 'precondition-failed', 'idempotency-key-reused'),
    },
  },
)

const submitRoute = route(
  { access: 'footprints:write' },
  {
    method: 'post',
    path: '/v1/footprints/{footprintId}/revisions',
    operationId: 'submitRevision',
    tags,
    summary: 'Submit the footprint with the responsible party’s declaration: its next revision, frozen',
    description:
      'A personal act: the client is bound to a member with the role `responsible`. The footprint is calculated, held against its scheme, and frozen with its calculation record. Each green certificate that its instruments name must be retired for your organization and allocated to this footprint; the allocations stay from then on.',
    request: {
      params,
      headers: z.object({ ...IdempotencyHeader.shape, ...IfMatchHeader.shape }),
      body: { required: true, content: { 'application/json': { schema: SubmitBody } } },
    },
    responses: {
      201: { description: 'A frozen revision', content: { 'application/json': { schema: RevisionView } } },
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'revision-frozen',
        'precondition-failed',
        'footprint-incomplete',
        'unknown-factor-table',
        'factor-table-withdrawn',
        'scheme-violation',
        'certificate-not-retired',
        'certificate-not-allocated',
        'certificate-dates-invalid',
        'identifier-invalid',
        'duplicate-id',
        'period-invalid',
        'idempotency-key-reused',
      ),
    },
  },
)

const listRevisionsRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/revisions',
    operationId: 'listRevisions',
    tags,
    summary: 'List the revisions you may see: your own, or those put before your body',
    description: 'Without the processes and the site data of products: read the revision for them.',
    request: {
      params,
      query: PageQuery.extend({
        after: z
          .string()
          .regex(/^\d{1,9}$/)
          .optional(),
      }),
    },
    responses: {
      200: {
        description: 'One page, oldest first; empty where you may see none',
        content: { 'application/json': { schema: z.object({ revisions: z.array(RevisionView) }) } },
      },
    },
  },
)

const readRevisionRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/revisions/{number}',
    operationId: 'readRevision',
    tags,
    summary: 'Read a revision: its owner, or a body it was put before',
    request: { params: revisionParams },
    responses: {
      200: { description: 'The revision', content: { 'application/json': { schema: RevisionView } } },
      ...refusals('not-found'),
    },
  },
)

const documentRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/revisions/{number}/{document}',
    operationId: 'readRevisionDocument',
    tags,
    summary: 'Download a frozen document: revision manifest, calculation record, management declaration',
    description: 'The very bytes whose SHA-256 the revision names; their format is in docs/storage.md.',
    request: { params: revisionParams.extend({ document: z.enum(revisionDocuments) }) },
    responses: {
      200: { description: 'Canonical JSON', content: { 'application/json': { schema: z.looseObject({}) } } },
      ...refusals('not-found'),
    },
  },
)

const chunkRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/revisions/{number}/chunks/{digest}',
    operationId: 'readChunk',
    tags,
    summary: 'Download a chunk of lines that the revision or its record names',
    request: {
      params: revisionParams.extend({ digest: z.string().refine(isDigest, 'is sha256: and 64 hex digits') }),
    },
    responses: {
      200: { description: 'Canonical JSON', content: { 'application/json': { schema: z.looseObject({}) } } },
      ...refusals('not-found'),
    },
  },
)

/** Frozen bytes, as they are. They are private: only the caller may keep them. */
function frozen(bytes: Uint8Array): Response {
  return new Response(bytes.slice(), {
    headers: { 'content-type': 'application/json', 'cache-control': frozenCache('private') },
  })
}

/** The lines of a body that is JSON, checked by its schema, or a file. */
function sentData(c: Context<App>): ActivityData {
  const type = c.req.header('content-type') ?? ''
  if (!type.toLowerCase().startsWith('application/json')) return declaredActivityData(c.var.body, type)
  const { lines } = c.req.valid('json' as never) as z.infer<typeof ActivityDataBody>
  return jsonActivityData(lines, c.var.body)
}

/** What a definition says, within the bounds of activity data where a bill of materials states its lines. */
function sentDefinition(c: Context<App>): SentDefinition {
  const body = c.req.valid('json' as never) as z.infer<typeof FootprintBody>
  below('/calculation', () => refuseTooManyInBill(body.calculation))
  return definitionOf(body)
}

export const footprints = router()
  .openapi(createRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const definition = sentDefinition(c)
    const { row } = await createFootprint(ports, { actor, mark, definition })
    return c.json(viewFootprint(row), 201, {
      location: `/v1/footprints/${row.id}`,
      etag: etagOf(row.version),
    })
  })
  .openapi(listRoute, async (c) => {
    const query = c.req.valid('query')
    const rows = await c.var.ports.footprints.list(c.var.actor, pageOf(query))
    const shown = answerPage(c, rows, query.limit, (row) => newestFirstCursor(row.createdAt, row.id))
    return c.json({ footprints: shown.map(viewFootprint) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const found = await c.var.ports.footprints.find(c.var.actor, c.req.valid('param').footprintId)
    if (!found) throw invisibleFootprint()
    return c.json(viewFootprint(found), 200, { etag: etagOf(found.version) })
  })
  .openapi(editRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { footprintId } = c.req.valid('param')
    const definition = sentDefinition(c)
    const row = await editFootprint(ports, {
      actor,
      mark,
      footprintId,
      version: versionToMatch(c),
      definition,
    })
    return c.json(viewFootprint(row), 200, { etag: etagOf(row.version) })
  })
  .openapi(putDataRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { footprintId } = c.req.valid('param')
    const version = versionToMatch(c)
    const data = sentData(c)
    const { lines } = data
    const fileDigest = digestOfBytes(c.var.body)
    const put = await withPlaces(data, () =>
      putActivityData(ports, { actor, mark, footprintId, version, lines, fileDigest }),
    )
    return c.json(viewPutData(put), 200, { etag: etagOf(put.footprint.version) })
  })
  .openapi(readDataRoute, async (c) => {
    const found = await c.var.ports.footprints.find(c.var.actor, c.req.valid('param').footprintId)
    if (!found) throw invisibleFootprint()
    return c.json({ lines: await linesOf(c.var.ports, found) }, 200)
  })
  .openapi(calculateRoute, async (c) => {
    const { footprintId } = c.req.valid('param')
    const { actor, ports } = c.var
    const answer = await calculateFootprint(ports, { actor, footprintId })
    const certificates = answer.certificates.map((taken) => viewTakenRange(taken, ports.settings.publicUrl))
    return c.json({ ...withoutManyLines(answer), certificates }, 200)
  })
  .openapi(reopenRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const row = await reopenFootprint(ports, { actor, mark, ...c.req.valid('param') })
    return c.json(viewFootprint(row), 200, { etag: etagOf(row.version) })
  })
  .openapi(submitRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { footprintId } = c.req.valid('param')
    const row = await submitRevision(ports, { actor, mark, footprintId, version: versionIfMatched(c) })
    return c.json(viewRevision(row), 201, {
      location: `/v1/footprints/${footprintId}/revisions/${row.number}`,
    })
  })
  .openapi(listRevisionsRoute, async (c) => {
    const query = c.req.valid('query')
    const { footprintId } = c.req.valid('param')
    const rows = await c.var.ports.footprints.listRevisions(c.var.actor, footprintId, pageOf(query))
    return c.json(
      { revisions: answerPage(c, rows, query.limit, (row) => String(row.number)).map(viewRevision) },
      200,
    )
  })
  .openapi(readRevisionRoute, async (c) => {
    const row = await readRevision(c.var.ports, { actor: c.var.actor, ...c.req.valid('param') })
    return c.json(viewRevision(row), 200)
  })
  .openapi(documentRoute, async (c) => {
    return frozen(
      await readRevisionDocument(c.var.ports, { actor: c.var.actor, ...c.req.valid('param') }),
    ) as never
  })
  .openapi(chunkRoute, async (c) => {
    const { digest, ...param } = c.req.valid('param')
    const wanted = { actor: c.var.actor, ...param, digest: digest as Digest }
    return frozen(await readChunk(c.var.ports, wanted)) as never
  })
