/** …/trail: every act on an engagement, a footprint or in one's own organization, to be verified by whoever holds the page. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import {
  readEngagementTrail,
  readFootprintTrail,
  readOrganizationTrail,
  type ShownTrail,
} from '../../../actions/trail/read-trail.ts'
import { trailKinds } from '../../../transparency/trail.ts'
import type { App } from '../../context.ts'
import { answerPage, pageOf } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, Instant, list, PageQuery } from '../../schemas.ts'

const tags = ['Trail']
const Hash = z.string().describe('64 lower-case hex digits')

const TrailView = z
  .object({
    chain: z.string().describe('What it is about, and its id, e.g. `engagement:…`'),
    length: z.int().describe('Entries of the whole chain, now'),
    hash: Hash.describe('The last entry’s, now'),
    previous: Hash.describe('Of the entry before this page; zeros before the first'),
    links: list(
      z.object({
        sequence: z.int().describe('From 1, without holes'),
        kind: z
          .enum(trailKinds)
          .describe(
            '`override`: management set a rule aside; `reading`: an assessor read; `system`: the schedule',
          ),
        entry: z
          .string()
          .nullable()
          .describe('The exact text, RFC 8785; null where it is not for you, and its digest stands for it'),
        entryDigest: Hash.describe('SHA-256 of the text'),
        hash: Hash.describe('SHA-256 of the previous hash and the digest, as 32 bytes each'),
      }),
    ),
    seal: z
      .object({
        at: Instant,
        leafIndex: z.int().describe('The entry of the public log that tells the digest'),
        digest: z.string(),
        length: z.int().describe('Entries that the chain had when it was sealed'),
        hash: Hash.describe('How it ended then'),
        salt: z.string(),
        place: z.int(),
        size: z.int(),
        proof: list(Hash).describe('RFC 9162 inclusion proof of the head under the digest'),
      })
      .nullable()
      .describe('The newest seal of the chain; null before the first, within a day'),
  })
  .openapi('Trail')

const responses = {
  200: { description: 'One page, oldest first', content: { 'application/json': { schema: TrailView } } },
  ...refusals('invalid-request', 'not-found'),
}
const description =
  'Pseudonyms, states and digests; no name, no free text, no network address. `egret trail verify` checks pages offline.'

const engagementRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/engagements/{engagementId}/trail',
    operationId: 'readEngagementTrail',
    tags,
    summary:
      'Every act on an engagement, hash-chained; the body’s inner work is shown to the client by digest',
    description,
    request: { params: z.object({ engagementId: Id }), query: PageQuery },
    responses,
  },
)

const footprintRoute = route(
  { access: 'footprints:read' },
  {
    method: 'get',
    path: '/v1/footprints/{footprintId}/trail',
    operationId: 'readFootprintTrail',
    tags,
    summary: 'Every act on your footprint, hash-chained',
    description,
    request: { params: z.object({ footprintId: Id }), query: PageQuery },
    responses,
  },
)

const organizationRoute = route(
  { access: 'parties:read' },
  {
    method: 'get',
    path: '/v1/organizations/{organizationId}/trail',
    operationId: 'readOrganizationTrail',
    tags,
    summary:
      'Every act in and on your organization that is on no engagement, footprint or document, hash-chained',
    description,
    request: { params: z.object({ organizationId: Id }), query: PageQuery },
    responses,
  },
)

/** The page without its surplus row, and the link to the next. */
function answered(c: Context<App>, trail: ShownTrail, limit: number): z.infer<typeof TrailView> {
  return { ...trail, links: answerPage(c, trail.links, limit, ({ sequence }) => String(sequence)) }
}

export const trail = router()
  .openapi(engagementRoute, async (c) => {
    const [query, id] = [c.req.valid('query'), c.req.valid('param').engagementId]
    const wanted = { actor: c.var.actor, id, page: pageOf(query) }
    return c.json(answered(c, await readEngagementTrail(c.var.ports, wanted), query.limit), 200)
  })
  .openapi(footprintRoute, async (c) => {
    const [query, id] = [c.req.valid('query'), c.req.valid('param').footprintId]
    const wanted = { actor: c.var.actor, id, page: pageOf(query) }
    return c.json(answered(c, await readFootprintTrail(c.var.ports, wanted), query.limit), 200)
  })
  .openapi(organizationRoute, async (c) => {
    const [query, id] = [c.req.valid('query'), c.req.valid('param').organizationId]
    const wanted = { actor: c.var.actor, id, page: pageOf(query) }
    return c.json(answered(c, await readOrganizationTrail(c.var.ports, wanted), query.limit), 200)
  })
