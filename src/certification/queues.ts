/**
 * What awaits whom: the queues of the client and of the body, each by where its engagements stand. A queue tells where to look; whether
 * a move can be made is the transition table's to say.
 */

import type { EngagementState, Side } from './engagement.ts'

export const queueNames = [
  'to-accept',
  'to-sign',
  'to-plan',
  'to-verify',
  'to-answer',
  'to-close',
  'to-correct',
  'to-review',
  'to-decide',
  'to-report',
  'to-issue',
] as const
export type QueueName = (typeof queueNames)[number]

/** An engagement as the queues see it. */
export interface QueuedFacts {
  readonly state: EngagementState
  readonly side: Side
  /** The caller's roles as a member of that side's organization. */
  readonly roles: readonly string[]
  /** The caller's roles in this engagement that have not ended. */
  readonly partRoles: readonly string[]
  /** Whether the caller was ever of its team. */
  readonly ofTeam: boolean
  /** Findings by how they stand. */
  readonly openFindings: number
  readonly answeredFindings: number
  readonly reviewed: boolean
  readonly granted: boolean | null
  /** An agreement that the client has not signed in its newest version. */
  readonly unsigned: boolean
  /** The scheme asks for a plan of reduction, and none is on file. */
  readonly planAwaited: boolean
  readonly reported: boolean
  readonly asksForReport: boolean
}

type Rule = (facts: QueuedFacts) => boolean

const holds = ({ roles }: QueuedFacts, ...asked: string[]) => asked.some((role) => roles.includes(role))
const isOfTeam = ({ partRoles }: QueuedFacts) =>
  partRoles.includes('lead-verifier') || partRoles.includes('verifier')
const leads = ({ partRoles }: QueuedFacts) => partRoles.includes('lead-verifier')

const rules: Readonly<Record<QueueName, Rule>> = {
  'to-accept': (at) => at.side === 'body' && at.state === 'applied' && holds(at, 'body-manager'),
  'to-sign': (at) =>
    at.side === 'client' && at.state === 'in-verification' && at.unsigned && holds(at, 'responsible'),
  'to-plan': (at) =>
    at.side === 'client' &&
    (at.state === 'applied' || at.state === 'in-verification' || at.state === 'in-correction') &&
    at.planAwaited &&
    holds(at, 'responsible'),
  'to-verify': (at) => at.side === 'body' && at.state === 'in-verification' && isOfTeam(at),
  'to-answer': (at) =>
    at.side === 'client' &&
    (at.state === 'in-verification' || at.state === 'in-correction') &&
    at.openFindings > 0 &&
    holds(at, 'preparer', 'responsible'),
  'to-close': (at) =>
    at.side === 'body' && at.state === 'in-verification' && at.answeredFindings > 0 && isOfTeam(at),
  'to-correct': (at) =>
    at.side === 'client' && at.state === 'in-correction' && holds(at, 'preparer', 'responsible'),
  'to-review': (at) =>
    at.side === 'body' && at.state === 'in-review' && !at.reviewed && !at.ofTeam && holds(at, 'reviewer'),
  'to-decide': (at) =>
    at.side === 'body' &&
    at.state === 'in-review' &&
    at.reviewed &&
    !at.ofTeam &&
    holds(at, 'decision-maker'),
  'to-report': (at) =>
    at.side === 'body' && at.state === 'decided' && at.asksForReport && !at.reported && leads(at),
  'to-issue': (at) =>
    at.side === 'body' &&
    at.state === 'decided' &&
    at.granted === true &&
    (at.reported || !at.asksForReport) &&
    holds(at, 'decision-maker', 'body-manager'),
}

/** The queues in which an engagement stands for the caller, in the order of the process; none where nothing awaits them. */
export function queuesOf(facts: QueuedFacts): readonly QueueName[] {
  return queueNames.filter((name) => rules[name](facts))
}
