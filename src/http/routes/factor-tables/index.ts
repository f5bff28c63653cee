/** /v1/factor-tables: what stands about published emission-factor tables and GWP sets. */

import { z } from '@hono/zod-openapi'
import { type FactorTableVersion, versionStates } from '../../../ports/registry.ts'
import { Problem } from '../../../problem.ts'
import { actorOf } from '../../middleware/access.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Instant, instant, Names } from '../../schemas.ts'
import { listCache, TableName, VersionName } from './schema.ts'

const FactorTableView = z
  .object({
    table: z.string(),
    version: z.string(),
    digest: z.string().describe('SHA-256 of the canonical form, which is at /factor-tables/<hex>.json'),
    state: z.enum(versionStates),
    ownerOrganizationId: z.string().nullable().describe('Null for a table of the public registry'),
    title: Names,
    publisher: z.string(),
    edition: z.string(),
    licence: z.string(),
    redistributable: z.boolean(),
    attribution: z.string(),
    territory: z.string(),
    years: z.object({ from: z.int(), to: z.int() }),
    gwpBasis: z.string(),
    factorCount: z.int(),
    unverifiedCount: z.int().describe('Rows that nobody confirmed with a source'),
    supersedes: z.string().nullable(),
    supersededBy: z.string().nullable(),
    withdrawal: z.object({ at: Instant, reason: z.string() }).nullable(),
    publishedAt: Instant.nullable().describe('Null for a draft'),
  })
  .openapi('FactorTableVersion')

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
    summary: 'List published factor-table versions and GWP sets',
    responses: {
      200: {
        description: 'All published versions',
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

function viewTable(row: FactorTableVersion): z.infer<typeof FactorTableView> {
  const { withdrawal, publishedAt } = row
  return {
    ...row,
    withdrawal: withdrawal && { at: instant(withdrawal.at), reason: withdrawal.reason },
    publishedAt: publishedAt && instant(publishedAt),
  }
}

export const factorTables = router()
  .openapi(listTablesRoute, async (c) => {
    const reader = await actorOf(c)
    const [tables, sets] = await Promise.all([
      c.var.ports.registry.listTables(reader),
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
    return c.json(viewTable(found), 200, listCache(reader))
  })
