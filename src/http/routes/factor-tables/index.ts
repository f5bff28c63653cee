/** /v1/factor-tables: published emission-factor tables and GWP sets; anyone may read what the licence lets us pass on. */

import { z } from '@hono/zod-openapi'
import { confirmations, families } from '../../../engine/types.ts'
import { type FoundFactor, versionStates } from '../../../ports/registry.ts'
import { Problem } from '../../../problem.ts'
import { actorOf } from '../../middleware/access.ts'
import { answerPage, pageOf } from '../../paging.ts'
import { etagOfDigest } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Instant, instant, Names, PageQuery, words } from '../../schemas.ts'
import { FactorTableView, listCache, TableName, VersionName, viewTable } from './schema.ts'

const GwpSetView = z
  .object({ id: z.string(), version: z.string(), digest: z.string(), title: Names, publishedAt: Instant })
  .openapi('GwpSetVersion')

const FlowView = z.object({ kind: z.string(), gas: z.string(), kg: z.string() })

const FactorView = z
  .object({
    table: z.string(),
    version: z.string(),
    id: z.string(),
    name: Names,
    category: z.string(),
    family: z.enum(families),
    region: z.string(),
    year: z.int(),
    unit: z.string(),
    flows: z.array(FlowView).describe('kg of each gas per one unit'),
    gwpBasis: z.string(),
    statedCo2eKg: z.string().nullable(),
    gasesNotCovered: z.array(z.string()),
    includesTransmission: z.boolean(),
    fossilFugitiveMethane: z.boolean(),
    confirmation: z.enum(confirmations),
    source: z.object({ id: z.string(), locator: z.string() }),
    notes: z.string().nullable(),
  })
  .openapi('EmissionFactor')

const listTablesRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/factor-tables',
    operationId: 'listFactorTables',
    tags: ['Emission factors'],
    summary: 'List factor-table versions and GWP sets',
    description:
      'The published versions of the public registry; with a token also the private tables you may see, and your own drafts.',
    request: {
      query: z.object({ table: TableName.optional(), state: z.enum(versionStates).optional() }),
    },
    responses: {
      200: {
        description: 'All versions that you may see',
        content: {
          'application/json': {
            schema: z.object({ factorTables: z.array(FactorTableView), gwpSets: z.array(GwpSetView) }),
          },
        },
      },
    },
  },
)

const readTableRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/factor-tables/{table}/versions/{version}',
    operationId: 'readFactorTable',
    tags: ['Emission factors'],
    summary: 'Read what stands about one version',
    request: { params: z.object({ table: TableName, version: VersionName }) },
    responses: {
      200: { description: 'The version', content: { 'application/json': { schema: FactorTableView } } },
      ...refusals('not-found'),
    },
  },
)

const searchRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/factors',
    operationId: 'searchFactors',
    tags: ['Emission factors'],
    summary: 'Search factors by words in English or Chinese, and by table, family, region and year',
    description:
      'Anyone may call. Rows whose licence does not let us pass the table on are shown to callers with a token only.',
    request: {
      query: PageQuery.extend({
        q: words(100).optional().describe('Words that all occur in the id or a name'),
        table: TableName.optional(),
        version: VersionName.optional(),
        category: words(80).optional(),
        family: z.enum(families).optional(),
        region: words(20).optional(),
        year: z.coerce.number().int().min(1990).max(2100).optional(),
      }),
    },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ factors: z.array(FactorView) }) } },
      },
    },
  },
)

function viewFactor({ table, version, factor }: FoundFactor): z.infer<typeof FactorView> {
  return { table, version, ...factor, flows: [...factor.flows], gasesNotCovered: [...factor.gasesNotCovered] }
}

export const factorTables = router()
  .openapi(listTablesRoute, async (c) => {
    const reader = await actorOf(c)
    const filter = c.req.valid('query')
    const [tables, sets] = await Promise.all([
      c.var.ports.registry.listTables(reader, filter),
      c.var.ports.registry.listGwpSets(),
    ])
    const gwpSets = sets.map((set) => ({ ...set, publishedAt: instant(set.publishedAt) }))
    return c.json({ factorTables: tables.map(viewTable), gwpSets }, 200, listCache(reader))
  })
  .openapi(readTableRoute, async (c) => {
    const { table, version } = c.req.valid('param')
    const reader = await actorOf(c)
    const found = await c.var.ports.registry.findTable(reader, table, version)
    if (!found)
      throw new Problem('not-found', `No version ${version} of the factor table ${table} is published.`)
    return c.json(viewTable(found), 200, { ...listCache(reader), etag: etagOfDigest(found.digest) })
  })
  .openapi(searchRoute, async (c) => {
    const { q, limit, after, ...filter } = c.req.valid('query')
    const reader = await actorOf(c)
    const wanted = { ...filter, text: q }
    const rows = await c.var.ports.registry.findFactors(reader, wanted, pageOf({ limit, after }))
    const cursor = (row: FoundFactor) => `${row.table}/${row.version}/${row.factor.id}`
    const shown = answerPage(c, rows, limit, cursor)
    return c.json({ factors: shown.map(viewFactor) }, 200, listCache(reader))
  })
