/** GET /v1/factor-tables/{table}/versions/{a}/diff/{b}: what moved from one version to another, as JSON or CSV. */

import { z } from '@hono/zod-openapi'
import { compareVersions } from '../../../actions/registry/compare-versions.ts'
import { families } from '../../../engine/types.ts'
import { comparedValues } from '../../../tables/comparable-value.ts'
import { type DiffEntry, diffKinds, type TableDiff } from '../../../tables/diff.ts'
import { csvText, wantsCsv } from '../../csv.ts'
import { actorOf } from '../../middleware/access.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { line, list, Names } from '../../schemas.ts'
import { TableName, VersionName } from './schema.ts'

const Change = z.object({
  field: z
    .string()
    .describe('The member of the row, e.g. statedCo2eKg, flows.fossil.CO2, name.zh, source.id'),
  from: z.unknown().describe('As the older version states it; null where it states none'),
  to: z.unknown(),
})

const Side = z.string().nullable().describe('The id in that version; null where the row is not in it')

const ComparedValue = z.object({
  from: z.string().nullable().describe('kg per one unit; null where nothing can be compared, never zero'),
  to: z.string().nullable(),
  of: z.enum(comparedValues),
  basis: z
    .string()
    .nullable()
    .describe('GWP basis of a stated CO2e, GWP set of a weighed one, kind and gas of a mass'),
  unit: z.string().describe('The newer version’s unit, to which the older value was converted'),
})

const DiffEntryView = z.object({
  kind: z.enum(diffKinds),
  from: Side,
  to: Side,
  name: Names,
  category: z.string(),
  family: z.enum(families),
  region: z.string(),
  year: z.int(),
  unit: z.string(),
  changes: list(Change),
  value: ComparedValue,
  relativeChange: z
    .number()
    .nullable()
    .describe('(to − from) ÷ |from|; null where there is nothing to compare, and from zero'),
})

const VersionView = z.object({ version: z.string(), digest: z.string() })

const TableDiffView = z
  .object({
    table: z.string(),
    from: VersionView,
    to: VersionView,
    gwpSet: z.object({ id: z.string(), version: z.string() }),
    counts: z.object({ added: z.int(), removed: z.int(), changed: z.int(), unchanged: z.int() }),
    entries: list(DiffEntryView).describe('Largest relative change first, then without one, added, removed'),
    fuels: list(
      z.object({ kind: z.enum(diffKinds), from: Side, to: Side, name: Names, changes: list(Change) }),
    ),
  })
  .openapi('FactorTableDiff')

const diffRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/factor-tables/{table}/versions/{a}/diff/{b}',
    operationId: 'diffFactorTable',
    tags: ['Emission factors'],
    summary: 'Compare two published versions of a table',
    description:
      'Anyone may call where the licences let us pass both on; others need a token, as their documents do. What was added, removed and changed from version a to version b, the largest movers first. As CSV with "Accept: text/csv" or format=csv: rows without fuels, numbers as they are, texts that a spreadsheet would take for a formula with an apostrophe before them.',
    request: {
      params: z.object({ table: TableName, a: VersionName, b: VersionName }),
      query: z.object({
        gwpSet: line(80).default('ipcc-ar6').describe('Weighs gases where rows state no CO2e on one basis'),
        gwpSetVersion: line(40).default('2021'),
        format: z.enum(['json', 'csv']).optional().describe('Before the Accept header'),
      }),
    },
    responses: {
      200: {
        description: 'The difference',
        content: { 'application/json': { schema: TableDiffView }, 'text/csv': { schema: z.string() } },
      },
      ...refusals('not-found', 'unknown-gwp-set'),
    },
  },
)

const columns = [
  ...['kind', 'from_id', 'to_id', 'name_en', 'name_zh', 'category', 'family', 'region', 'year', 'unit'],
  ...['value_from', 'value_to', 'value_of', 'value_basis', 'relative_change', 'changes'],
]

/** One line an entry; the changes as JSON in the last cell. */
function csvOf({ entries }: TableDiff): string {
  return csvText(columns, entries.map(csvRow))
}

function csvRow({ kind, from, to, name, value, relativeChange, changes, ...row }: DiffEntry) {
  const what = [name.en, name.zh, row.category, row.family, row.region, row.year, row.unit]
  const moved = [value.from, value.to, value.of, value.basis, relativeChange]
  return [kind, from, to, ...what, ...moved, changes.length === 0 ? null : JSON.stringify(changes)]
}

export const factorTableDiff = router().openapi(diffRoute, async (c) => {
  const { table, a, b } = c.req.valid('param')
  const { gwpSet: id, gwpSetVersion, format } = c.req.valid('query')
  const gwpSet = { id, version: gwpSetVersion }
  const reader = await actorOf(c)
  const { diff, isPublic } = await compareVersions(c.var.ports, { reader, table, from: a, to: b, gwpSet })
  c.header('cache-control', `${isPublic ? 'public' : 'private'}, max-age=3600`)
  c.header('vary', 'accept, authorization')
  if (!wantsCsv(c, format)) return c.json(diff, 200)
  c.header('content-disposition', `inline; filename="${table}-${a}-${b}.csv"`)
  return c.body(csvOf(diff), 200, { 'content-type': 'text/csv; charset=utf-8; header=present' })
})
