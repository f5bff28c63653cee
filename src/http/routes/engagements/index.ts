/** /v1/engagements: one verification of one footprint by one body, move by move. */

import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { acceptApplication } from '../../../actions/engagements/accept.ts'
import { answerFinding } from '../../../actions/engagements/answer-finding.ts'
import { applyForVerification } from '../../../actions/engagements/apply.ts'
import { changeTeam } from '../../../actions/engagements/change-team.ts'
import { chooseDisclosure } from '../../../actions/engagements/choose-disclosure.ts'
import { closeApplication } from '../../../actions/engagements/close-application.ts'
import { closeFinding } from '../../../actions/engagements/close-finding.ts'
import { resubmit, sendBack } from '../../../actions/engagements/correct.ts'
import { decide } from '../../../actions/engagements/decide.ts'
import { examineFactorTable } from '../../../actions/engagements/examine-factor-table.ts'
import { proposeOpinion } from '../../../actions/engagements/propose.ts'
import { raiseFinding } from '../../../actions/engagements/raise-finding.ts'
import { readEngagement } from '../../../actions/engagements/read-engagement.ts'
import { readPapers, recordPaper } from '../../../actions/engagements/record-paper.ts'
import { reviewProposal } from '../../../actions/engagements/review.ts'
import { engagementStates } from '../../../certification/engagement.ts'
import type { Engagement } from '../../../ports/engagements.ts'
import type { Actor } from '../../../ports.ts'
import type { ProblemCode } from '../../../problem.ts'
import type { App } from '../../context.ts'
import { answerPage, newestFirstCursor, pageOf } from '../../paging.ts'
import { etagOf, IfMatchHeader, versionIfMatched } from '../../preconditions.ts'
import { refusals } from '../../problems.ts'
import { route, router } from '../../route.ts'
import { Id, IdempotencyHeader, PageQuery } from '../../schemas.ts'
import { PaperBody, PaperView, viewPaper } from './papers.ts'
import {
  AcceptanceBody,
  AnswerBody,
  ApplicationBody,
  ClosureBody,
  DecisionBody,
  DisclosureBody,
  EngagementHead,
  EngagementListedView,
  EngagementView,
  ExaminationBody,
  FindingBody,
  ProposalBody,
  ReasonBody,
  ReviewBody,
  TeamChangeBody,
  viewEngagement,
  viewHead,
  viewListed,
} from './schema.ts'

const tags = ['Engagements']
const params = z.object({ engagementId: Id })
const findingParams = params.extend({ number: z.coerce.number().int().min(1).max(100_000) })

const applyRoute = route(
  { access: 'engagements:write' },
  {
    method: 'post',
    path: '/v1/engagements',
    operationId: 'apply',
    tags,
    summary: 'Apply to a certification body with a submitted footprint (preparer or responsible)',
    request: {
      headers: IdempotencyHeader,
      body: { required: true, content: { 'application/json': { schema: ApplicationBody } } },
    },
    responses: {
      201: { description: 'The application', content: { 'application/json': { schema: EngagementHead } } },
      ...refusals(
        'invalid-request',
        'not-found',
        'member-required',
        'role-required',
        'footprint-incomplete',
        'scheme-violation',
        'accreditation-missing',
        'already-exists',
        'stale-state',
        'idempotency-key-reused',
      ),
    },
  },
)

const listRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/engagements',
    operationId: 'listEngagements',
    tags,
    summary: 'List the engagements your organization takes part in, newest first',
    request: { query: PageQuery.extend({ state: z.enum(engagementStates).optional() }) },
    responses: {
      200: {
        description: 'One page',
        content: { 'application/json': { schema: z.object({ engagements: z.array(EngagementListedView) }) } },
      },
      ...refusals('invalid-request'),
    },
  },
)

const readRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/engagements/{engagementId}',
    operationId: 'readEngagement',
    tags,
    summary: 'Read an engagement with everything on it, and the moves you could make now',
    request: { params },
    responses: {
      200: { description: 'The engagement', content: { 'application/json': { schema: EngagementView } } },
      ...refusals('not-found'),
    },
  },
)

/** What every move can be refused for. */
const moveRefusals = [
  'not-found',
  'member-required',
  'role-required',
  'invalid-transition',
  'person-on-both-sides',
  'not-independent',
  'stale-state',
  'precondition-failed',
  'idempotency-key-reused',
] as const

interface MoveRoute<P extends string, Params extends z.ZodObject> {
  /** `put` for what stands in place of what stood before. */
  readonly method?: 'post' | 'put'
  readonly path: P
  readonly operationId: string
  readonly summary: string
  readonly params: Params
  readonly refused?: readonly ProblemCode[]
}

/** A move may name the version it was decided on: a page that was left open is refused then. */
const MoveHeaders = IdempotencyHeader.extend(IfMatchHeader.shape)

const afterMove = {
  description: 'After the move',
  content: { 'application/json': { schema: EngagementHead } },
}
const personalAct = 'A personal act: the client is bound to a member. Answers the engagement after the move.'

/** A move of an engagement as a route: they differ in path, body, words and further refusals. */
function moveRoute<P extends string, Params extends z.ZodObject, Body extends z.ZodType>({
  method = 'post',
  path,
  body,
  refused = [],
  ...move
}: MoveRoute<P, Params> & { readonly body: Body }) {
  return route(
    { access: 'engagements:write' },
    {
      method,
      path,
      operationId: move.operationId,
      tags,
      summary: move.summary,
      description: personalAct,
      request: {
        params: move.params,
        headers: MoveHeaders,
        body: { required: true, content: { 'application/json': { schema: body } } },
      },
      responses: { 200: afterMove, ...refusals('invalid-request', ...moveRefusals, ...refused) },
    },
  )
}

/** A move that brings nothing but itself. */
function bareMoveRoute<P extends string, Params extends z.ZodObject>({
  path,
  refused = [],
  ...move
}: MoveRoute<P, Params>) {
  return route(
    { access: 'engagements:write' },
    {
      method: 'post',
      path,
      operationId: move.operationId,
      tags,
      summary: move.summary,
      description: personalAct,
      request: { params: move.params, headers: MoveHeaders },
      responses: { 200: afterMove, ...refusals(...moveRefusals, ...refused) },
    },
  )
}

const acceptRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/accept',
  operationId: 'accept',
  summary: 'Accept the application: contract review and team (manager of the body)',
  params,
  body: AcceptanceBody,
  refused: [
    'scheme-violation',
    'accreditation-missing',
    'opinion-inconsistent',
    'paper-missing',
    'competence-missing',
  ],
})

const declineRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/decline',
  operationId: 'decline',
  summary: 'Decline the application (manager of the body)',
  params,
  body: ReasonBody,
})

const disclosureRoute = moveRoute({
  method: 'put',
  path: '/v1/engagements/{engagementId}/disclosure',
  operationId: 'chooseDisclosure',
  summary: 'Choose which breakdowns of the result are public (preparer or responsible of the client)',
  params,
  body: DisclosureBody,
  refused: ['scheme-violation'],
})

const withdrawRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/withdraw',
  operationId: 'withdraw',
  summary: 'Withdraw the application (responsible person of the client)',
  params,
  body: ReasonBody,
})

const raiseRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/findings',
  operationId: 'raiseFinding',
  summary: 'Raise a finding (team); its number is `findingCount` in the answer',
  params,
  body: FindingBody,
  refused: ['invalid-number', 'too-many-items'],
})

const answerRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/findings/{number}/answer',
  operationId: 'answerFinding',
  summary: 'Answer a finding (preparer or responsible person of the client)',
  params: findingParams,
  body: AnswerBody,
})

const closeRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/findings/{number}/close',
  operationId: 'closeFinding',
  summary: 'Close a finding: resolved, withdrawn, or standing into the opinion (team)',
  params: findingParams,
  body: ClosureBody,
  refused: ['finding-open'],
})

const recordRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/papers',
  operationId: 'recordPaper',
  summary: 'Record a working paper: a declaration, an agreement, a plan, a visit … (who may: see `moves`)',
  params,
  body: PaperBody,
  refused: ['paper-missing'],
})

const papersRoute = route(
  { access: 'engagements:read' },
  {
    method: 'get',
    path: '/v1/engagements/{engagementId}/papers',
    operationId: 'listPapers',
    tags,
    summary: 'Read every version of the working papers that your side sees, oldest first',
    request: { params },
    responses: {
      200: {
        description: 'The papers',
        content: { 'application/json': { schema: z.object({ papers: z.array(PaperView) }) } },
      },
      ...refusals('not-found'),
    },
  },
)

const teamRoute = moveRoute({
  method: 'put',
  path: '/v1/engagements/{engagementId}/team',
  operationId: 'changeTeam',
  summary: 'Name the team as it is from now on (manager of the body)',
  params,
  body: TeamChangeBody,
  refused: ['competence-missing'],
})

const examineRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/factor-table-acceptances',
  operationId: 'acceptFactorTable',
  summary:
    'Accept a private factor table that the revision pins after examining its data, or reject it (team)',
  params,
  body: ExaminationBody,
})

const sendBackRoute = bareMoveRoute({
  path: '/v1/engagements/{engagementId}/send-back',
  operationId: 'sendBack',
  summary: 'Send the footprint back for correction; it becomes a draft again (team)',
  params,
})

const resubmitRoute = bareMoveRoute({
  path: '/v1/engagements/{engagementId}/resubmit',
  operationId: 'resubmit',
  summary: 'Come back with the newest submitted revision (preparer or responsible person of the client)',
  params,
  refused: ['footprint-incomplete', 'scheme-violation'],
})

const proposeRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/propose',
  operationId: 'propose',
  summary: 'Propose the opinion to the review (lead verifier)',
  params,
  body: ProposalBody,
  refused: [
    'finding-open',
    'finding-overdue',
    'factor-table-not-accepted',
    'opinion-inconsistent',
    'paper-missing',
    'evidence-missing',
  ],
})

const reviewRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/review',
  operationId: 'review',
  summary: 'Concur with the proposed opinion, or return it to the team (reviewer outside the team)',
  params,
  body: ReviewBody,
  refused: ['paper-missing', 'competence-missing'],
})

const decideRoute = moveRoute({
  path: '/v1/engagements/{engagementId}/decide',
  operationId: 'decide',
  summary: 'Grant or refuse (decision maker outside the team)',
  params,
  body: DecisionBody,
  refused: [
    'factor-table-not-accepted',
    'finding-overdue',
    'scheme-violation',
    'accreditation-missing',
    'paper-missing',
    'competence-missing',
  ],
})

/** Who asks for a move, with which request, on which version. */
function moveOf(c: Context<App>) {
  const { actor, mark } = c.var
  return { actor, mark, version: versionIfMatched(c) }
}

function headFor(actor: Actor, row: Engagement) {
  return viewHead(row, row.clientOrganizationId === actor.organizationId ? 'client' : 'body')
}

export const engagements = router()
  .openapi(applyRoute, async (c) => {
    const { actor, mark, ports } = c.var
    const row = await applyForVerification(ports, { actor, mark, application: c.req.valid('json') })
    return c.json(viewHead(row, 'client'), 201, { location: `/v1/engagements/${row.id}` })
  })
  .openapi(listRoute, async (c) => {
    const { limit, after, state } = c.req.valid('query')
    const rows = await c.var.ports.engagements.list(c.var.actor, { state }, pageOf({ limit, after }))
    const cursor = ({ engagement }: (typeof rows)[number]) =>
      newestFirstCursor(engagement.createdAt, engagement.id)
    return c.json({ engagements: answerPage(c, rows, limit, cursor).map(viewListed) }, 200)
  })
  .openapi(readRoute, async (c) => {
    const seen = await readEngagement(c.var.ports, { actor: c.var.actor, ...c.req.valid('param') })
    return c.json(viewEngagement(seen), 200, { etag: etagOf(seen.file.engagement.version) })
  })
  .openapi(acceptRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await acceptApplication(ports, request)), 200)
  })
  .openapi(declineRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await closeApplication(ports, { ...request, move: 'decline' })), 200)
  })
  .openapi(disclosureRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await chooseDisclosure(ports, request)), 200)
  })
  .openapi(withdrawRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await closeApplication(ports, { ...request, move: 'withdraw' })), 200)
  })
  .openapi(recordRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), paper: c.req.valid('json') }
    return c.json(headFor(actor, await recordPaper(ports, request)), 200)
  })
  .openapi(papersRoute, async (c) => {
    const papers = await readPapers(c.var.ports, c.var.actor, c.req.valid('param').engagementId)
    return c.json({ papers: papers.map(viewPaper) }, 200)
  })
  .openapi(teamRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await changeTeam(ports, request)), 200)
  })
  .openapi(raiseRoute, async (c) => {
    const { actor, ports } = c.var
    const { quantity, ...raised } = c.req.valid('json')
    const finding = { ...raised, quantityKgCo2e: quantity?.amount ?? null }
    return c.json(
      headFor(actor, await raiseFinding(ports, { ...moveOf(c), ...c.req.valid('param'), finding })),
      200,
    )
  })
  .openapi(answerRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await answerFinding(ports, request)), 200)
  })
  .openapi(closeRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await closeFinding(ports, request)), 200)
  })
  .openapi(examineRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), examination: c.req.valid('json') }
    return c.json(headFor(actor, await examineFactorTable(ports, request)), 200)
  })
  .openapi(sendBackRoute, async (c) => {
    const { actor, ports } = c.var
    return c.json(headFor(actor, await sendBack(ports, { ...moveOf(c), ...c.req.valid('param') })), 200)
  })
  .openapi(resubmitRoute, async (c) => {
    const { actor, ports } = c.var
    return c.json(headFor(actor, await resubmit(ports, { ...moveOf(c), ...c.req.valid('param') })), 200)
  })
  .openapi(proposeRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), proposal: c.req.valid('json') }
    return c.json(headFor(actor, await proposeOpinion(ports, request)), 200)
  })
  .openapi(reviewRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await reviewProposal(ports, request)), 200)
  })
  .openapi(decideRoute, async (c) => {
    const { actor, ports } = c.var
    const request = { ...moveOf(c), ...c.req.valid('param'), ...c.req.valid('json') }
    return c.json(headFor(actor, await decide(ports, request)), 200)
  })
