/**
 * Evidence, under the footprint whose client brings it and under the engagement whose body brings its own: the same verbs at both places. And
 * from figures to evidence, under the footprint.
 */

import { z } from '@hono/zod-openapi'
import { addressUpload, announceEvidence } from '../../../actions/evidence/announce-evidence.ts'
import { confirmEvidence } from '../../../actions/evidence/confirm-evidence.ts'
import { evidenceCoverage } from '../../../actions/evidence/evidence-coverage.ts'
import { linkEvidence, unlinkEvidence } from '../../../actions/evidence/link-evidence.ts'
import { fetchContent, listEvidence, readEvidence } from '../../../actions/evidence/read-evidence.ts'
import { evidenceKinds, evidenceStates } from '../../../certification/evidence.ts'
import { digestOfBytes } from '../../../json/digest.ts'
import { encodeUtf8 } from '../../../json/encoding.ts'
import type { EvidenceFilter, EvidenceOwner } from '../../../ports/evidence.ts'
import type { Scope } from '../../../ports/parties.ts'
import { Problem } from '../../../problem.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { jsonAnswer, jsonBody, route, router } from '../../route.ts'
import { Id, IdempotencyHeader, line, PageQuery } from '../../schemas.ts'
import {
  AnnouncedView,
  AnnouncementBody,
  ContentView,
  CoverageView,
  EvidenceView,
  EvidenceWithClock,
  LinksBody,
  RetentionView,
  UnlinkBody,
  UploadView,
  viewContent,
  viewCoverage,
  viewEvidence,
  viewRetention,
  viewUpload,
} from './schema.ts'

const tags = ['Evidence']

/** What is different at the two places. */
interface Place {
  readonly of: EvidenceOwner['of']
  readonly path: string
  readonly read: Scope
  readonly write: Scope
  /** Follows the verb in operation ids. */
  readonly suffix: string
  readonly whose: string
  readonly act: string
}

const ofFootprint: Place = {
  of: 'footprint',
  path: '/v1/footprints/{footprintId}/evidence',
  read: 'footprints:read',
  write: 'footprints:write',
  suffix: 'Evidence',
  whose: 'of a footprint, by its client',
  act: 'Seen by the client’s organization and, once it counts, by a body that its revision was put before.',
}

const ofEngagement: Place = {
  of: 'engagement',
  path: '/v1/engagements/{engagementId}/evidence',
  read: 'engagements:read',
  write: 'engagements:write',
  suffix: 'OwnEvidence',
  whose: 'of a body’s own, by its team',
  act: 'A personal act of someone of the team, while the team works. Seen by the body alone.',
}

/** Whose ids stand in the path: one of the two. */
const OwnerParams = z.object({ footprintId: Id.optional(), engagementId: Id.optional() })
type OwnerParams = z.infer<typeof OwnerParams>

/** The path's own parameters, so that each place documents its own; read as either. */
function paramsOf<More extends z.ZodRawShape>({ of }: Place, more: More) {
  const owner = of === 'footprint' ? { footprintId: Id } : { engagementId: Id }
  return z.object({ ...owner, ...more }) as unknown as z.ZodObject<(typeof OwnerParams)['shape'] & More>
}

function ownerOf({ footprintId, engagementId }: OwnerParams): EvidenceOwner {
  return footprintId === undefined
    ? { of: 'engagement', id: engagementId ?? '' }
    : { of: 'footprint', id: footprintId }
}

const FilterQuery = PageQuery.extend({
  limit: z.coerce.number().int().min(1).max(50).default(20),
  kind: z.enum(evidenceKinds).optional(),
  state: z.enum(evidenceStates).optional(),
  line: line(200).optional().describe('Linked to this line'),
  meter: line(200).optional().describe('Linked to this meter'),
  finding: line(100).optional().describe('Linked to this finding: <engagement>/<number>'),
})

/** @throws Problem `invalid-request` for more than one target. */
function filterOf(query: z.infer<typeof FilterQuery>): EvidenceFilter {
  const named = (['line', 'meter', 'finding'] as const).flatMap((kind) => {
    const target = query[kind]
    return target === undefined ? [] : [{ kind, target }]
  })
  if (named.length > 1) {
    throw new Problem('invalid-request', 'Ask for one line, one meter or one finding.', {
      in: 'query',
      pointer: `/${named[1]?.kind}`,
    })
  }
  return { kind: query.kind, state: query.state, target: named[0] }
}

/** Reading leaves a mark as well; a GET has no body to make one of. */
function markOfReading(path: string) {
  return { idempotencyKey: null, digest: digestOfBytes(encodeUtf8(`GET ${path}\n`)) }
}

function bringingRoutes(place: Place) {
  const { path, write, suffix, whose, act } = place
  const params = paramsOf(place, {})
  const fileParams = paramsOf(place, { evidenceId: Id })
  const announce = route(
    { access: write },
    {
      method: 'post',
      path,
      operationId: `announce${suffix}`,
      tags,
      summary: `Announce a file of evidence ${whose}`,
      description: `${act} The file is then put to the address in \`upload\`, which binds its length and its SHA-256, and confirmed.`,
      request: { params, headers: IdempotencyHeader, body: jsonBody(AnnouncementBody) },
      responses: {
        201: jsonAnswer('Announced; `upload` says where the file goes', AnnouncedView),
        ...refusals(
          'invalid-request',
          'not-found',
          'role-required',
          'member-required',
          'invalid-transition',
          'period-invalid',
          'too-many-items',
          'idempotency-key-reused',
        ),
      },
    },
  )
  const upload = route(
    { access: write },
    {
      method: 'post',
      path: `${path}/{evidenceId}/upload`,
      operationId: `address${suffix}`,
      tags,
      summary: 'Get the address of an upload once more, where the first one expired',
      request: { params: fileParams },
      responses: {
        200: jsonAnswer('Where the file goes', UploadView),
        ...refusals('not-found', 'role-required', 'member-required', 'invalid-transition'),
      },
    },
  )
  const confirm = route(
    { access: write },
    {
      method: 'post',
      path: `${path}/{evidenceId}/confirm`,
      operationId: `confirm${suffix}`,
      tags,
      summary: 'Confirm an upload: it is read again, and counts if it is what was announced',
      description:
        'Size, SHA-256, and the type by its content. A file that fails is `refused`, with the reason, and never counts. Answers the same however often it is asked.',
      request: { params: fileParams, headers: IdempotencyHeader },
      responses: {
        200: jsonAnswer('`kept`, or `refused` and why', EvidenceView),
        ...refusals(
          'not-found',
          'role-required',
          'member-required',
          'invalid-transition',
          'unavailable',
          'idempotency-key-reused',
        ),
      },
    },
  )
  return router()
    .openapi(announce, async (c) => {
      const { description = null, takenOn = null, validUntil = null, ...file } = c.req.valid('json')
      const { evidence, upload: address } = await announceEvidence(c.var.ports, {
        actor: c.var.actor,
        mark: c.var.mark,
        owner: ownerOf(c.req.valid('param')),
        file: { ...file, description, takenOn, validUntil },
      })
      const body = { ...viewEvidence({ evidence, links: [] }), upload: address && viewUpload(address) }
      return c.json(body, 201, { location: `${c.req.path}/${evidence.id}` })
    })
    .openapi(upload, async (c) => {
      const { evidenceId, ...owner } = c.req.valid('param')
      const asked = { actor: c.var.actor, mark: c.var.mark, owner: ownerOf(owner), evidenceId }
      return c.json(viewUpload(await addressUpload(c.var.ports, asked)), 200)
    })
    .openapi(confirm, async (c) => {
      const { evidenceId, ...owner } = c.req.valid('param')
      const asked = { actor: c.var.actor, mark: c.var.mark, owner: ownerOf(owner), evidenceId }
      return c.json(viewEvidence(await confirmEvidence(c.var.ports, asked)), 200)
    })
}

function linkRoutes(place: Place) {
  const { path, write, suffix, act } = place
  const fileParams = paramsOf(place, { evidenceId: Id })
  const linkParams = paramsOf(place, { evidenceId: Id, linkId: Id })
  const refused = [
    'invalid-request',
    'not-found',
    'role-required',
    'member-required',
    'invalid-transition',
    'idempotency-key-reused',
  ] as const
  const link = route(
    { access: write },
    {
      method: 'post',
      path: `${path}/{evidenceId}/links`,
      operationId: `link${suffix}`,
      tags,
      summary: 'Link evidence to lines, meters and findings',
      description: `${act} Links that stand already stay as they are.`,
      request: { params: fileParams, headers: IdempotencyHeader, body: jsonBody(LinksBody) },
      responses: {
        200: jsonAnswer('With its links', EvidenceView),
        ...refusals(
          ...refused,
          'footprint-incomplete',
          'unknown-line',
          'unknown-site-data',
          'too-many-items',
          'unavailable',
        ),
      },
    },
  )
  const unlink = route(
    { access: write },
    {
      method: 'post',
      path: `${path}/{evidenceId}/links/{linkId}/unlink`,
      operationId: `unlink${suffix}`,
      tags,
      summary: 'Take a link away, with the reason; it stays to be seen',
      description: 'A personal act where a submitted revision rests on the link.',
      request: { params: linkParams, headers: IdempotencyHeader, body: jsonBody(UnlinkBody) },
      responses: { 200: jsonAnswer('With its links', EvidenceView), ...refusals(...refused) },
    },
  )
  return router()
    .openapi(link, async (c) => {
      const { evidenceId, ...owner } = c.req.valid('param')
      const { lines = [], meters = [], findings = [] } = c.req.valid('json')
      const seen = await linkEvidence(c.var.ports, {
        actor: c.var.actor,
        mark: c.var.mark,
        owner: ownerOf(owner),
        evidenceId,
        asked: { lines, meters, findings },
      })
      return c.json(viewEvidence(seen), 200)
    })
    .openapi(unlink, async (c) => {
      const { evidenceId, linkId, ...owner } = c.req.valid('param')
      const seen = await unlinkEvidence(c.var.ports, {
        actor: c.var.actor,
        mark: c.var.mark,
        owner: ownerOf(owner),
        evidenceId,
        linkId,
        reason: c.req.valid('json').reason,
      })
      return c.json(viewEvidence(seen), 200)
    })
}

function readingRoutes(place: Place) {
  const { path, read, suffix, whose } = place
  const params = paramsOf(place, {})
  const fileParams = paramsOf(place, { evidenceId: Id })
  const listing = route(
    { access: read },
    {
      method: 'get',
      path,
      operationId: `list${suffix}`,
      tags,
      summary: `List the evidence ${whose}, newest first, each with its links`,
      request: { params, query: FilterQuery },
      responses: {
        200: jsonAnswer('One page', z.object({ evidence: z.array(EvidenceView), retention: RetentionView })),
        ...refusals('invalid-request', 'not-found'),
      },
    },
  )
  const one = route(
    { access: read },
    {
      method: 'get',
      path: `${path}/{evidenceId}`,
      operationId: `read${suffix}`,
      tags,
      summary: 'Read what is said of evidence, its links, and how long it is kept',
      request: { params: fileParams },
      responses: { 200: jsonAnswer('The evidence', EvidenceWithClock), ...refusals('not-found') },
    },
  )
  const content = route(
    { access: read },
    {
      method: 'get',
      path: `${path}/{evidenceId}/content`,
      operationId: `fetch${suffix}`,
      tags,
      summary: 'Get the address of a kept file, for a few minutes; that you did is on record',
      request: { params: fileParams },
      responses: { 200: jsonAnswer('Where the file can be fetched', ContentView), ...refusals('not-found') },
    },
  )
  return router()
    .openapi(listing, async (c) => {
      const query = c.req.valid('query')
      const { rows, retention } = await listEvidence(c.var.ports, {
        actor: c.var.actor,
        owner: ownerOf(c.req.valid('param')),
        filter: filterOf(query),
        page: pageOf(query),
      })
      const shown = answerPage(c, rows, query.limit, ({ evidence }) =>
        newestFirstCursor(evidence.announcedAt, evidence.id),
      )
      const clock = viewRetention(retention, c.var.ports.world.now())
      return c.json({ evidence: shown.map(viewEvidence), retention: clock }, 200)
    })
    .openapi(one, async (c) => {
      const { evidenceId, ...owner } = c.req.valid('param')
      const asked = { actor: c.var.actor, owner: ownerOf(owner), evidenceId }
      const { retention, ...seen } = await readEvidence(c.var.ports, asked)
      const clock = viewRetention(retention, c.var.ports.world.now())
      return c.json({ ...viewEvidence(seen), retention: clock }, 200)
    })
    .openapi(content, async (c) => {
      const { evidenceId, ...owner } = c.req.valid('param')
      const mark = markOfReading(c.req.path)
      const asked = { actor: c.var.actor, mark, owner: ownerOf(owner), evidenceId }
      return c.json(viewContent(await fetchContent(c.var.ports, asked)), 200, { 'cache-control': 'no-store' })
    })
}

const coverageRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/evidence-coverage',
    operationId: 'readEvidenceCoverage',
    tags,
    summary:
      'From figures to evidence: each line of a result with the files behind it, and those that have none',
    description:
      'Of the draft for its owner while it is one, else of the newest revision that you may see. A body sees its own evidence among the client’s.',
    request: {
      params: z.object({ footprintId: Id }),
      query: z.object({
        revision: z.coerce.number().int().min(1).max(1_000_000).optional(),
        only: z.literal('bare').optional().describe('Only lines that nothing stands behind'),
        limit: z.coerce.number().int().min(1).max(500).default(100),
        after: z
          .string()
          .regex(/^\d{1,7}$/)
          .optional()
          .describe('Cursor from the Link header'),
      }),
    },
    responses: {
      200: jsonAnswer('One page of lines, in the order of the result', CoverageView),
      ...refusals('invalid-request', 'not-found', 'footprint-incomplete', 'unavailable'),
    },
  },
)

const coverage = router().openapi(coverageRoute, async (c) => {
  const { revision = null, only, limit, after } = c.req.valid('query')
  const seen = await evidenceCoverage(c.var.ports, {
    actor: c.var.actor,
    footprintId: c.req.valid('param').footprintId,
    revision,
    onlyBare: only === 'bare',
    from: after === undefined ? 0 : Number(after) + 1,
    limit: limit + 1,
  })
  const lines = answerPage(c, seen.lines, limit, ({ place }) => String(place))
  return c.json(viewCoverage({ ...seen, lines }), 200)
})

export const evidence = router()
for (const place of [ofFootprint, ofEngagement]) {
  for (const routes of [bringingRoutes, linkRoutes, readingRoutes]) evidence.route('/', routes(place))
}
evidence.route('/', coverage)
