/** What a verifier reads of the revision before them: its lines, and what a correction changed. */

import { z } from '@hono/zod-openapi'
import { definitionDifferencesMax, readDifference } from '../../../actions/engagements/read-difference.ts'
import { readLinesForReview } from '../../../actions/engagements/review-lines.ts'
import { findingKinds } from '../../../certification/engagement.ts'
import { plausibilityCodes } from '../../../engine/plausibility.ts'
import type { ReviewedLine } from '../../../report/line-review.ts'
import { FactorUsed } from '../../factor-used.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, list, words } from '../../schemas.ts'
import { comparison } from '../footprints/years.ts'

const tags = ['Engagements']
const params = z.object({ engagementId: Id })
const yesOrNo = z
  .enum(['true', 'false'])
  .transform((written) => written === 'true')
  .optional()

const Odd = z.object({
  code: z.enum(plausibilityCodes),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
})

const LineUnderReview = z
  .object({
    place: z.int().describe('Its place in the activity data, from 1'),
    id: z.string(),
    category: z.string(),
    scope: z.union([z.literal(1), z.literal(2), z.literal(3)]).nullable(),
    process: z.string().nullable(),
    stage: z.string().nullable(),
    facility: z.string().nullable(),
    description: z.string().nullable(),
    activity: z.object({ amount: z.string(), unit: z.string() }).describe('In the factor’s unit'),
    factor: FactorUsed.nullable(),
    kgCo2e: z.string(),
    share: z.string().nullable().describe('Of the total; null where that is zero'),
    cumulativeShare: z.string().nullable().describe('Of this and all lines that weigh more'),
    flags: list(z.string()),
    hints: list(Odd).describe('What is odd, in facts; never what to do about it'),
    findings: list(
      z.object({
        number: z.int(),
        kind: z.enum(findingKinds),
        state: z.enum(['open', 'answered', 'closed']),
      }),
    ),
    evidenceCount: z
      .int()
      .describe('Files behind it; GET /v1/footprints/{id}/… evidence coverage names them'),
  })
  .openapi('LineUnderReview')

function viewLine({ result, ...line }: ReviewedLine) {
  const { id, category, scope, process, stage, facility, activity, factor, kgCo2e } = result
  return {
    ...{ ...line, id, category, scope, process, stage, activity, factor, kgCo2e },
    facility: facility ?? null,
  } as z.infer<typeof LineUnderReview>
}

const linesRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/engagements/{engagementId}/lines',
    operationId: 'reviewLines',
    tags,
    summary: 'Go through the lines of the revision under verification, those that weigh most first',
    description:
      'Each with what it says, its share, the factor it rests on, what is odd about it and what was found of it. `after` skips lines: the first page says how many there are.',
    request: {
      params,
      query: z.object({
        category: words(80).optional(),
        scope: z.coerce
          .number()
          .pipe(z.union([z.literal(1), z.literal(2), z.literal(3)]))
          .optional(),
        process: words(100).optional(),
        facility: words(200).optional(),
        hinted: yesOrNo.describe('Only lines about which something is odd, or only the others'),
        found: yesOrNo.describe('Only lines of which something was found, or only the others'),
        backed: yesOrNo.describe('Only lines that evidence stands behind, or only the others'),
        after: z.coerce.number().int().min(0).max(10_000_000).default(0),
        limit: z.coerce.number().int().min(1).max(200).default(50),
      }),
    },
    responses: {
      200: {
        description: 'One page of lines',
        content: {
          'application/json': {
            schema: z.object({
              revision: z.int(),
              lineCount: z.int().describe('Of the revision'),
              matching: z.int().describe('That fit what was asked'),
              lines: list(LineUnderReview),
              notes: list(Odd.extend({ lines: list(z.string()), count: z.int() })).describe(
                'Everything odd, with the lines it is about',
              ),
            }),
          },
        },
      },
      ...refusals('invalid-request', 'not-found'),
    },
  },
)

const number = z.coerce.number().int().min(1).max(1_000_000).optional()

const differenceRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/engagements/{engagementId}/difference',
    operationId: 'readDifference',
    tags,
    summary: 'See what a correction changed: activity by activity, by which cause, and what each moved',
    request: {
      params,
      query: z.object({
        from: number.describe('A revision put before the body; the one before `to` where absent'),
        to: number.describe('The revision under verification where absent'),
      }),
    },
    responses: {
      200: {
        description: 'Sums of all lines, the lines that changed most, and what the definition says otherwise',
        content: {
          'application/json': {
            schema: z
              .object({
                ...comparison,
                definition: list(
                  z.object({
                    pointer: z.string(),
                    before: z.unknown().optional(),
                    after: z.unknown().optional(),
                  }),
                ).describe(
                  `Members that differ, at most ${definitionDifferencesMax}; a side without the member has none here`,
                ),
              })
              .openapi('RevisionDifference'),
          },
        },
      },
      ...refusals('invalid-request', 'not-found', 'not-comparable'),
    },
  },
)

export const engagementReview = router()
  .openapi(linesRoute, async (c) => {
    const request = { actor: c.var.actor, ...c.req.valid('param'), wanted: c.req.valid('query') }
    const { file, lines, notes, lineCount, matching } = await readLinesForReview(c.var.ports, request)
    const revision = file.engagement.revisionNumber
    return c.json({ revision, lineCount, matching, lines: lines.map(viewLine), notes }, 200)
  })
  .openapi(differenceRoute, async (c) => {
    const request = { actor: c.var.actor, ...c.req.valid('param'), ...c.req.valid('query') }
    return c.json((await readDifference(c.var.ports, request)) as never, 200)
  })
