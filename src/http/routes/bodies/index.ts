/** GET /v1/bodies: certification bodies as anyone may know them: their scope and approvals, what they issue under, how to complain. */

import { z } from '@hono/zod-openapi'
import { type BodyProfile, readBodyProfile } from '../../../actions/lookup/body-profile.ts'
import { accreditationKinds } from '../../../certification/accreditation-kinds.ts'
import { acknowledgeDays, decideDays } from '../../../certification/cases.ts'
import { documentKinds, subjectKinds } from '../../../certification/scheme.ts'
import { headCache } from '../../../ports/objects.ts'
import { schemePath } from '../../../web/lookup/authorities.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Instant, instant, list, Names, Slug } from '../../schemas.ts'

const tags = ['Public']
const cache = { 'cache-control': headCache, 'access-control-allow-origin': '*' }

const Listed = z
  .object({ slug: Slug, name: Names, url: z.url().describe('Its page') })
  .openapi('PublicBodyListed')

const Authority = z
  .object({
    kind: z.enum(accreditationKinds).describe('accreditation 认可 or approval 批准'),
    authority: Names,
    number: z.string(),
    documentKinds: list(z.enum(documentKinds)),
    subjectKinds: list(z.enum(subjectKinds)),
    standards: list(z.string()),
    sectors: list(z.string()).describe('Sections and divisions of GB/T 4754'),
    validFrom: Instant,
    validUntil: Instant.nullable(),
    source: z.string().describe('Where the authority says so'),
    standing: z.enum(['in-force', 'not-yet', 'over', 'withdrawn']),
  })
  .openapi('PublicAccreditation')

const BodyView = Listed.extend({
  did: z.string(),
  accreditations: list(Authority).describe('Dated facts that the operator recorded, with their source'),
  schemes: list(z.object({ id: z.string(), version: z.string(), title: Names, url: z.url() })).describe(
    'Schemes under which it has issued documents that are public',
  ),
  credentialsUrl: z.url().describe('Every public document of it, with status, date and reason class'),
  surveillance: z.string().describe('Where the status of surveillance of a certificate is asked'),
  complaints: z.object({
    url: z.url().describe('POST: no account is needed'),
    page: z.url(),
    acknowledgedWithinDays: z.int(),
    decidedWithinDays: z.int().describe('An appeal is decided sooner'),
  }),
}).openapi('PublicBody')

const listRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/bodies',
    operationId: 'listBodies',
    tags,
    summary: 'Certification bodies, by slug',
    responses: {
      200: {
        description: 'All of them; there are few',
        content: { 'application/json': { schema: z.object({ bodies: list(Listed) }) } },
      },
    },
  },
)

const readRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/bodies/{slug}',
    operationId: 'readBody',
    tags,
    summary: 'A certification body: scope and approvals, schemes, certificate list, how to complain',
    request: { params: z.object({ slug: Slug }) },
    responses: {
      200: { description: 'The body', content: { 'application/json': { schema: BodyView } } },
      ...refusals('invalid-request', 'not-found'),
    },
  },
)

function viewBody({ body, authorities, schemes }: BodyProfile, publicUrl: string): z.infer<typeof BodyView> {
  const { slug, name, did } = body
  return {
    ...{ slug, name, did, url: `${publicUrl}/bodies/${slug}` },
    accreditations: authorities.map(({ fact, standing }) => {
      const { kind, authority, number, documentKinds, subjectKinds, standards, sectors, source } = fact
      return {
        ...{ kind, authority, number, documentKinds, subjectKinds, standards, sectors, source, standing },
        validFrom: instant(fact.validFrom),
        validUntil: fact.validUntil && instant(fact.validUntil),
      }
    }),
    schemes: schemes.map(({ id, version, title }) => {
      return { id, version, title, url: `${publicUrl}${schemePath(id, version)}` }
    }),
    credentialsUrl: `${publicUrl}/v1/public/credentials?body=${slug}`,
    surveillance: `${publicUrl}/v1/public/credentials/{id}/surveillance`,
    complaints: {
      url: `${publicUrl}/v1/bodies/${slug}/complaints`,
      page: `${publicUrl}/bodies/${slug}/complaints`,
      acknowledgedWithinDays: acknowledgeDays,
      decidedWithinDays: decideDays.complaint,
    },
  }
}

export const bodies = router()
  .openapi(listRoute, async (c) => {
    const { ports } = c.var
    const known = await ports.publicCredentials.bodies()
    const url = (slug: string) => `${ports.settings.publicUrl}/bodies/${slug}`
    return c.json({ bodies: known.map(({ slug, name }) => ({ slug, name, url: url(slug) })) }, 200, cache)
  })
  .openapi(readRoute, async (c) => {
    const { ports } = c.var
    const profile = await readBodyProfile(ports, c.req.valid('param').slug)
    return c.json(viewBody(profile, ports.settings.publicUrl), 200, cache)
  })
