/** GET /v1/factors: the rows of published factor tables, found by words in both languages and by what they are. */

import { z } from '@hono/zod-openapi'
import { confirmations, families } from '../../../engine/types.ts'
import { type FoundFactor, versionStates } from '../../../ports/registry.ts'
import { licenceTerms } from '../../../tables/format.ts'
import { actorOf } from '../../middleware/access.ts'
import { answerPage } from '../../paging.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, line, list, Names, PageQuery, words } from '../../schemas.ts'
import { listCache, TableName, VersionName } from '../factor-tables/schema.ts'
import { cursorOf, rankOf } from './cursor.ts'
import { factorMembers, Terms } from './schema.ts'

const FactorView = z
  .object({
    ...factorMembers,
    state: z.enum(versionStates).describe('Of the version: what is superseded or withdrawn stays readable'),
    supersededBy: z.string().nullable().describe('The version that replaces this one'),
    ownerOrganizationId: Id.nullable().describe('Null for a table of the public registry'),
    tableTitle: Names,
    licence: z.string(),
    licenceTerms: Terms,
    redistributable: z.boolean(),
  })
  .openapi('EmissionFactor')

const flag = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .openapi({ type: 'boolean' })

const cursorMax = 600

const searchRoute = route(
  { access: 'public' },
  {
    method: 'get',
    path: '/v1/factors',
    operationId: 'searchFactors',
    tags: ['Emission factors'],
    summary: 'Search factors by words in English or Chinese, and by what they are',
    description:
      'The best matches first, current editions before superseded and withdrawn ones; how is in docs/finding-factors.md. Anyone may call. Rows whose licence does not let us pass the table on are shown to callers with a token only, private tables to those they are for.',
    request: {
      query: PageQuery.extend({
        after: words(cursorMax).optional().describe('Cursor from the Link header'),
        q: words(100).optional().describe('Words that all occur in the row: its names and id first'),
        table: TableName.optional(),
        version: VersionName.optional(),
        category: words(80).optional(),
        family: z.enum(families).optional(),
        region: words(60).optional().describe('A region code such as CN-FJ, exactly'),
        year: z.coerce.number().int().min(1990).max(2100).optional(),
        unit: words(40).optional().describe('A unit code such as kWh, exactly'),
        gas: words(60).optional().describe('A gas or pollutant whose mass the row states, e.g. CH4'),
        confirmation: z.enum(confirmations).optional(),
        licence: line(80)
          .optional()
          .describe(`The licence’s terms (${licenceTerms.join(', ')}), else a part of its name`),
        redistributable: flag.optional().describe('Whether the licence lets the table be passed on'),
        state: z.enum(versionStates).optional(),
      }),
    },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ factors: list(FactorView) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

function viewFactor({ factor, rank: _, ...standing }: FoundFactor): z.infer<typeof FactorView> {
  return { ...standing, ...factor }
}

export const factors = router().openapi(searchRoute, async (c) => {
  const { q, limit, after, ...filter } = c.req.valid('query')
  const reader = await actorOf(c)
  // One row more than asked for, so that the last page carries no link.
  const page = { limit: limit + 1, after: after === undefined ? null : rankOf(after) }
  const rows = await c.var.ports.registry.findFactors(reader, { ...filter, text: q }, page)
  const shown = answerPage(c, rows, limit, ({ rank }) => cursorOf(rank))
  return c.json({ factors: shown.map(viewFactor) }, 200, listCache(reader))
})
