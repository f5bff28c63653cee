/** GET /v1/credentials/{id} with what may be done, its surveillance, and engagements that are to replace it. */

import { z } from '@hono/zod-openapi'
import { declareSuccession } from '../../../actions/surveillance/declare-succession.ts'
import { type DocumentFile, readDocument } from '../../../actions/surveillance/living-document.ts'
import { recordSurveillance } from '../../../actions/surveillance/record-surveillance.ts'
import {
  credentialMoves,
  credentialStatuses,
  type SuccessionPurpose,
  successionPurposes,
} from '../../../certification/credential-status.ts'
import { engagementStates } from '../../../certification/engagement.ts'
import { surveillanceOutcomes } from '../../../certification/surveillance.ts'
import type { SuccessionRow, SurveillanceRow } from '../../../ports/surveillance.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, Instant, instant, list, text } from '../../schemas.ts'
import { SurveillanceView, viewSurveillance } from '../lookup/schema.ts'
import { CredentialView, viewCredential } from './schema.ts'

const tags = ['Credentials']
const params = z.object({ credentialId: Id })
const purposes = Object.keys(successionPurposes) as [SuccessionPurpose, ...SuccessionPurpose[]]

const RecordedView = z
  .object({
    id: Id,
    number: z.int(),
    dueAt: Instant,
    outcome: z.enum(surveillanceOutcomes),
    basis: z.string().describe('For body and holder'),
    doneAt: Instant,
  })
  .openapi('RecordedSurveillance')

const SuccessionView = z
  .object({ id: Id, engagementId: Id, purpose: z.enum(purposes), createdAt: Instant })
  .openapi('Succession')

const DocumentView = CredentialView.extend({
  moves: list(
    z.object({
      move: z.enum(credentialMoves),
      to: z.enum(credentialStatuses),
      possible: z.boolean(),
      because: z.object({ code: z.string(), detail: z.string() }).nullable(),
    }),
  ).describe('What the caller may do with it now, and for what it may not, why; a holder moves nothing'),
  surveillance: SurveillanceView.extend({ recorded: list(RecordedView) })
    .nullable()
    .describe('Null: a statement, or a scheme that asks for none'),
  successions: list(
    SuccessionView.extend({
      engagementState: z.enum(engagementStates),
      successorId: Id.nullable().describe('The document that came of it'),
    }),
  ).describe('Engagements that are to replace it'),
  predecessorIds: list(Id).describe('Documents whose place it took'),
}).openapi('CredentialFile')

const readRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/credentials/{credentialId}',
    operationId: 'readCredential',
    tags,
    summary: 'Read a document with its life, and the moves you could make now (its body and its holder)',
    request: { params },
    responses: {
      200: { description: 'The document', content: { 'application/json': { schema: DocumentView } } },
      ...refusals('not-found'),
    },
  },
)

const surveillanceRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/credentials/{credentialId}/surveillances',
    operationId: 'recordSurveillance',
    tags,
    summary: 'Record what a surveillance came to (lead verifier or decision maker of the body)',
    description: 'Public at once, but for the basis. It moves nothing: suspending is a decision of its own.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z
              .strictObject({
                number: z.int().min(1).max(1000).describe('The next one, as the document tells it'),
                outcome: z.enum(surveillanceOutcomes),
                basis: text(5000).describe('What was looked at, and what was found'),
              })
              .openapi('NewSurveillance'),
          },
        },
      },
    },
    responses: {
      201: { description: 'Recorded', content: { 'application/json': { schema: RecordedView } } },
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'invalid-transition',
        'stale-state',
        'idempotency-key-reused',
      ),
    },
  },
)

const successionRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/credentials/{credentialId}/successions',
    operationId: 'declareSuccession',
    tags,
    summary: 'Say that an engagement is to renew, change, reduce or revise a document (either side)',
    description:
      'The old document ends by the move `supersede`, which names the new one once it is in force; its reason class follows from the purpose.',
    request: {
      params,
      headers: IdempotencyHeader,
      body: {
        required: true,
        content: {
          'application/json': {
            schema: z.strictObject({ engagementId: Id, purpose: z.enum(purposes) }).openapi('NewSuccession'),
          },
        },
      },
    },
    responses: {
      201: { description: 'Declared', content: { 'application/json': { schema: SuccessionView } } },
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'already-exists',
        'idempotency-key-reused',
      ),
    },
  },
)

function viewRecorded({ id, number, dueAt, outcome, basis, doneAt }: SurveillanceRow) {
  return { id, number, dueAt: instant(dueAt), outcome, basis, doneAt: instant(doneAt) }
}

function viewSuccession({ id, engagementId, purpose, createdAt }: SuccessionRow) {
  return { id, engagementId, purpose, createdAt: instant(createdAt) }
}

function viewDocument(file: DocumentFile, publicUrl: string): z.infer<typeof DocumentView> {
  const { credential, living, surveillance, moves } = file
  return {
    ...viewCredential(credential, publicUrl),
    moves: [...moves],
    surveillance: surveillance && {
      ...viewSurveillance(surveillance),
      recorded: living.surveillances.map(viewRecorded),
    },
    successions: living.successions.map(({ engagementState, successorId, ...named }) => {
      return { ...viewSuccession(named), engagementState, successorId }
    }),
    predecessorIds: living.predecessorIds,
  }
}

export const credentialLife = router()
  .openapi(readRoute, async (c) => {
    const { actor, ports } = c.var
    const file = await readDocument(ports, actor, c.req.valid('param').credentialId)
    return c.json(viewDocument(file, ports.settings.publicUrl), 200)
  })
  .openapi(surveillanceRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { credentialId } = c.req.valid('param')
    const row = await recordSurveillance(ports, { actor, mark, credentialId, ...c.req.valid('json') })
    return c.json(viewRecorded(row), 201)
  })
  .openapi(successionRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const { credentialId } = c.req.valid('param')
    const row = await declareSuccession(ports, { actor, mark, credentialId, ...c.req.valid('json') })
    return c.json(viewSuccession(row), 201)
  })
