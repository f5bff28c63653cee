/** POST /v1/factors/resolve: up to a thousand selectors, each answered with a factor and the way to it, or with a named reason. */

import { z } from '@hono/zod-openapi'
import { type ResolvedSelector, resolveFactors } from '../../../actions/registry/resolve-factors.ts'
import type { PublishedTable } from '../../../tables/format.ts'
import { termsOf } from '../../../tables/licences.ts'
import { tableNameMax } from '../../../tables/names.ts'
import { gasesMax, pinsMax } from '../../calculation.ts'
import { OutdatedTable } from '../../calculation-result.ts'
import { ResolutionStep } from '../../factor-used.ts'
import { actorOf } from '../../middleware/access.ts'
import { AnsweredProblem, refusals, viewProblem } from '../../problems.ts'
import { Year } from '../../quantities.ts'
import { route, router } from '../../route.ts'
import { line, list, Names } from '../../schemas.ts'
import { factorMembers, Terms } from './schema.ts'

/** Selectors one question may hold. */
export const selectorsMax = 1000

/** A thousand selectors with every member filled. */
const bodyBytesMax = 1024 * 1024

const SelectorBody = z
  .strictObject({
    category: line(80).describe('Category of the activity, e.g. purchased-electricity'),
    family: line(80).optional().describe('One of the families that the category accepts'),
    factorCategory: line(80)
      .optional()
      .describe('The category under which the table holds it, e.g. electricity-upstream'),
    region: line(20).optional().describe('Where to start; else the region of the question'),
    year: Year.describe('The year of the activity; a later factor is never taken'),
    unit: line(40).describe('Any unit of what the activity is measured in: kWh, t, t.km'),
    gases: z
      .array(line(80))
      .min(1)
      .max(gasesMax)
      .optional()
      .describe('For a factor beside another: only rows that state each of these gases or pollutants'),
    table: line(tableNameMax).optional(),
    version: line(40).optional(),
    id: line(200).optional().describe('A row by name; it is held against the rest of the selector'),
  })
  .openapi('FactorSelector')

const QuestionBody = z
  .strictObject({
    kind: z.enum(['organization', 'product']),
    region: line(20).optional().describe('Where selectors start that name no region, ISO 3166, e.g. CN-FJ'),
    factorTables: z
      .array(z.strictObject({ table: line(tableNameMax), version: line(40) }))
      .min(1)
      .max(pinsMax)
      .describe('Frozen versions, in the order in which selectors look'),
    selectors: z.array(SelectorBody).min(1).max(selectorsMax),
  })
  .openapi('FactorQuestion')

const ResolvedFactor = z.object(factorMembers).openapi('ResolvedFactor')

const SelectorAnswer = z
  .union([
    z.object({
      factor: ResolvedFactor,
      path: list(ResolutionStep).describe('Table, region and year, as asked and as taken'),
    }),
    z.object({ problem: AnsweredProblem.describe('The refusal a line would meet') }),
  ])
  .openapi('SelectorAnswer')

const AnswerView = z
  .object({
    factorTables: list(
      z.object({
        table: z.string(),
        version: z.string(),
        digest: z.string(),
        title: Names,
        licence: z.object({
          name: z.string(),
          terms: Terms,
          redistributable: z.boolean(),
          attribution: z.string(),
        }),
      }),
    ),
    answers: list(SelectorAnswer).describe('In the order of the selectors'),
    outdatedTables: list(OutdatedTable).describe(
      'Pinned versions that are no longer the newest; no footprint is submitted on a withdrawn one',
    ),
  })
  .openapi('FactorAnswers')

const resolveRoute = route(
  { access: 'public', bodyBytesMax },
  {
    method: 'post',
    path: '/v1/factors/resolve',
    operationId: 'resolveFactors',
    tags: ['Emission factors'],
    summary: 'Find the factor of each of up to 1,000 selectors, by the rules that calculations follow',
    description:
      'Anyone may call for tables whose licence lets us pass them on; others need a token, private ones the token of someone they are for. What is wrong with one selector is its own answer and fails no other. The same selector against the same versions always has the same answer.',
    request: { body: { content: { 'application/json': { schema: QuestionBody } }, required: true } },
    responses: {
      200: {
        description: 'An answer for each selector',
        content: { 'application/json': { schema: AnswerView } },
      },
      ...refusals(
        'malformed-json',
        'invalid-request',
        'too-many-items',
        'body-too-large',
        'unsupported-media-type',
        'unknown-factor-table',
        'duplicate-id',
      ),
    },
  },
)

/** What the answer says of a table: enough to cite it, and to know whether it may be passed on. */
function viewTable({ table: { table, version, digest, title }, facts }: PublishedTable) {
  const { name, redistributable, attribution } = facts.licence
  return {
    table,
    version,
    digest,
    title,
    licence: { name, terms: termsOf(facts.licence), redistributable, attribution },
  }
}

function viewAnswer(answer: ResolvedSelector, publicUrl: string): z.infer<typeof SelectorAnswer> {
  if ('refused' in answer) return { problem: viewProblem(answer.refused, publicUrl) }
  const { row, table, version, path } = answer.chosen
  const { id, name, category, family, region, year, unit, flows, gwpBasis, statedCo2eKg } = row
  const { gasesNotCovered, includesTransmission, fossilFugitiveMethane, confirmation, source, notes } = row
  return {
    factor: {
      ...{ table, version, id, name, category, family, region, year, unit, flows, gwpBasis, statedCo2eKg },
      ...{ gasesNotCovered, includesTransmission, fossilFugitiveMethane, confirmation, source, notes },
    },
    path,
  }
}

export const factorResolution = router().openapi(resolveRoute, async (c) => {
  const { ports } = c.var
  const resolved = await resolveFactors(ports, await actorOf(c), c.req.valid('json'))
  const { tables, answers, outdatedTables } = resolved
  const shown = answers.map((answer) => viewAnswer(answer, ports.settings.publicUrl))
  return c.json(
    { factorTables: tables.map(viewTable), answers: shown, outdatedTables: [...outdatedTables] },
    200,
  )
})
