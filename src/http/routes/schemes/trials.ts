/** /v1/schemes/trials: what a scheme, published or being written, would say of a frozen revision. */

import { z } from '@hono/zod-openapi'
import { evidenceLinesMax, type SchemeTried, tryScheme } from '../../../actions/schemes/try-scheme.ts'
import { evidenceKinds } from '../../../certification/evidence.ts'
import { paperGates, paperKinds } from '../../../certification/paper-kinds.ts'
import { assuranceLevels, documentKinds, parts, schemeDocument } from '../../../certification/scheme.ts'
import { refusals } from '../../problems.ts'
import { invalidRequest, route, router } from '../../route.ts'
import { Id, list, ViolationView } from '../../schemas.ts'

const pin = { id: z.string().regex(/^[a-z0-9-]{1,80}$/), version: z.string().regex(/^[0-9a-z.-]{1,40}$/) }

/** The whole document is read by its own rules, so that what is wrong in it is named in its place. */
const SchemeSent = z
  .union([z.strictObject(pin), z.looseObject({ type: z.literal('egret/scheme') })])
  .describe('`id` and `version` of a published one; or a whole scheme document, which need not be published')

const TrialBody = z
  .strictObject({
    scheme: SchemeSent,
    footprintId: Id,
    revision: z.int().min(1).max(1_000_000).optional().describe('Absent: the newest that is visible to you'),
  })
  .openapi('SchemeTrialRequest')

const named = z.object({ id: z.string(), version: z.string() })

const TrialView = z
  .object({
    scheme: named.extend({
      digest: z.string().describe('SHA-256 of its canonical form'),
      published: z.boolean().describe('Whether this very document is published under its name'),
    }),
    footprint: z.object({
      footprintId: Id,
      revision: z.int(),
      digest: z.string(),
      recordDigest: z.string(),
      scheme: named.describe('Under which the revision was submitted'),
    }),
    conforms: z.boolean().describe('Whether the scheme would take the revision as it stands'),
    violations: list(ViolationView),
    parts: list(
      z.object({
        part: z.enum(parts),
        kgCo2e: z.string(),
        assurance: list(z.enum(assuranceLevels)).describe('Levels that could be agreed; none without a rule'),
        materialityMax: z.string().nullable().describe('Share of the part; null without a rule'),
      }),
    ),
    documents: list(z.enum(documentKinds)),
    issuable: z.boolean(),
    papers: list(z.object({ kind: z.enum(paperKinds), before: z.enum(paperGates) })).describe(
      'Working papers it would want, and before which move',
    ),
    missingEvidence: z
      .object({
        count: z.int(),
        lines: list(
          z.object({
            line: z.string(),
            category: z.string(),
            share: z.number().nullable(),
            kinds: list(z.enum(evidenceKinds)).describe('Any of these would do'),
          }),
        ),
      })
      .nullable()
      .describe(
        `Evidence it would want behind lines and that is not on file, up to ${evidenceLinesMax} lines; null where it asks for none`,
      ),
  })
  .openapi('SchemeTrial')

const tryRoute = route(
  { access: 'footprints:read' },
  {
    method: 'post',
    path: '/v1/schemes/trials',
    operationId: 'tryScheme',
    tags: ['Schemes'],
    summary: 'Try a scheme on a frozen revision: what it would refuse, and what it would ask for',
    description:
      'For the owner, and for a body the revision was put before. Nothing is calculated anew and nothing is kept.',
    request: { body: { required: true, content: { 'application/json': { schema: TrialBody } } } },
    responses: {
      200: {
        description: 'What the scheme would say; a scheme that would not take it is an answer',
        content: { 'application/json': { schema: TrialView } },
      },
      ...refusals('invalid-request', 'not-found', 'unknown-scheme', 'too-many-items', 'body-too-large'),
    },
  },
)

function schemeTried(sent: z.infer<typeof SchemeSent>, text: string): SchemeTried {
  if (!('type' in sent)) return sent
  const { error, data } = schemeDocument.safeParse(sent)
  if (error === undefined) return data
  const issues = error.issues.map((issue) => ({ ...issue, path: ['scheme', ...issue.path] }))
  throw invalidRequest(new z.ZodError(issues), 'json', text)
}

export const schemeTrials = router().openapi(tryRoute, async (c) => {
  const { actor, ports, body } = c.var
  const { scheme: sent, footprintId, revision = null } = c.req.valid('json')
  const scheme = schemeTried(sent, new TextDecoder().decode(body))
  return c.json(await tryScheme(ports, { actor, scheme, footprintId, revision }), 200)
})
