/** /v1/factor-tables: what stands about published emission-factor tables and GWP sets. */

import { z } from '@hono/zod-openapi'
import { invisibleVersion } from '../../../actions/registry/permission.ts'
import { versionStates } from '../../../ports/registry.ts'
import { actorOf } from '../../middleware/access.ts'
import { etagOfDigest } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Instant, instant, Names } from '../../schemas.ts'
import { FactorTableView, listCache, TableName, VersionName, viewTable } from './schema.ts'

const GwpSetView = z
  .object({ id: z.string(), version: z.string(), digest: z.string(), title: Names, publishedAt: Instant })
  .openapi('GwpSetVersion')

const listTablesRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/factor-tables',
    operationId: 'listFactorTables',
    tags: ['Emission factors'],
    summary: 'List factor-table versions and GWP sets',
    description:
      'Anyone may call. The published versions of the public registry; with a token also the private tables you may see, and your own drafts.',
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
    description:
      'Anyone may call. A private table is there for its owner and for a body before which a revision was put that pins it, a draft for its owner.',
    request: { params: z.object({ table: TableName, version: VersionName }) },
    responses: {
      200: { description: 'The version', content: { 'application/json': { schema: FactorTableView } } },
      ...refusals('not-found'),
    },
  },
)

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
    if (!found) throw invisibleVersion(table, version)
    return c.json(viewTable(found), 200, { ...listCache(reader), etag: etagOfDigest(found.digest) })
  })
