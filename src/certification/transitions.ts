/**
 * The engagement's life in one table (ISO/IEC 17029, ISO 14064-3 and 14065, second hand): a state changes here or
 * nowhere. `by` names the role a person needs, `side` its organization, `when` the guards in `guards.ts`.
 */

import type { Problem } from '../problem.ts'
import type { Caller, EngagementFacts, EngagementState, ProcessRole, Side, Situation } from './engagement.ts'
import { type GuardName, guards } from './guards.ts'
import {
  guardRefusal,
  memberRefusal,
  type Possible,
  possibility,
  roleRefusal,
  stateRefusal,
} from './machine.ts'

export interface Transition {
  readonly from: readonly EngagementState[]
  readonly to: EngagementState | 'same'
  readonly side: Side
  /** One of these roles, held as a member of that organization. */
  readonly by: readonly ProcessRole[]
  readonly when: readonly GuardName[]
}

/** What the team records while the footprint is before it or with the client. */
const papersOfTheTeam = {
  from: ['in-verification', 'in-correction'],
  to: 'same',
  side: 'body',
  by: ['lead-verifier', 'verifier'],
  when: ['of-the-team', 'apart-from-client', 'impartiality-declared', 'paper-in-order', 'paper-well-formed'],
} as const satisfies Transition

export const transitions = {
  accept: {
    from: ['applied'],
    to: 'in-verification',
    side: 'body',
    by: ['body-manager'],
    when: [
      'apart-from-client',
      'impartiality-declared',
      'contract-reviewed',
      'body-entitled',
      'effort-sufficient',
      'assurance-agreed',
      'team-complete',
      'team-impartial',
      'team-competent',
      'papers-complete',
    ],
  },
  /** Each person of the body for themselves, before they work on it; a tie that is declared bars, and is on the file. */
  declareImpartiality: {
    from: ['applied', 'in-verification', 'in-correction', 'in-review', 'decided'],
    to: 'same',
    side: 'body',
    by: ['body-manager', 'lead-verifier', 'verifier', 'technical-expert', 'reviewer', 'decision-maker'],
    when: ['paper-well-formed'],
  },
  /** A manager sets one of the guards aside that may be; it stands on the file and in the report. */
  override: {
    from: ['applied', 'in-verification', 'in-correction', 'in-review'],
    to: 'same',
    side: 'body',
    by: ['body-manager'],
    when: ['apart-from-client', 'impartiality-declared'],
  },
  decline: {
    from: ['applied'],
    to: 'declined',
    side: 'body',
    by: ['body-manager'],
    when: ['apart-from-client'],
  },
  withdraw: {
    from: ['applied', 'in-verification', 'in-correction', 'in-review'],
    to: 'withdrawn',
    side: 'client',
    by: ['responsible'],
    when: ['apart-from-body'],
  },
  /** The holder's word on what is public of its result; whatever stands at the decision stays. */
  chooseDisclosure: {
    from: ['applied', 'in-verification', 'in-correction', 'in-review'],
    to: 'same',
    side: 'client',
    by: ['preparer', 'responsible'],
    when: ['apart-from-body', 'disclosure-offered'],
  },
  /** Whoever leaves the team stays on its side; a new lead is named with the rest. */
  changeTeam: {
    from: ['in-verification', 'in-correction'],
    to: 'same',
    side: 'body',
    by: ['body-manager'],
    when: ['apart-from-client', 'impartiality-declared', 'team-complete', 'team-impartial', 'team-competent'],
  },
  /** What body and client agree on, by its digest. */
  recordAgreement: {
    from: ['in-verification'],
    to: 'same',
    side: 'body',
    by: ['body-manager'],
    when: ['apart-from-client', 'impartiality-declared', 'paper-in-order', 'paper-well-formed'],
  },
  /** The client answers for having agreed to that very text. */
  signAgreement: {
    from: ['in-verification'],
    to: 'same',
    side: 'client',
    by: ['responsible'],
    when: ['apart-from-body', 'agreement-recorded'],
  },
  /** How the holder means to reduce: the client's own word, before the team judges and as long as it may still be asked for more. */
  recordReductionPlan: {
    from: ['applied', 'in-verification', 'in-correction'],
    to: 'same',
    side: 'client',
    by: ['responsible'],
    when: ['apart-from-body', 'paper-well-formed'],
  },
  recordStrategicAnalysis: papersOfTheTeam,
  recordRiskAssessment: papersOfTheTeam,
  recordVerificationPlan: papersOfTheTeam,
  recordEvidencePlan: papersOfTheTeam,
  recordDocumentReview: papersOfTheTeam,
  recordSiteVisit: papersOfTheTeam,
  raiseFinding: {
    from: ['in-verification'],
    to: 'same',
    side: 'body',
    by: ['lead-verifier', 'verifier'],
    when: ['of-the-team', 'apart-from-client', 'impartiality-declared', 'finding-well-formed'],
  },
  answerFinding: {
    from: ['in-verification', 'in-correction'],
    to: 'same',
    side: 'client',
    by: ['preparer', 'responsible'],
    when: ['apart-from-body', 'finding-answerable'],
  },
  closeFinding: {
    from: ['in-verification'],
    to: 'same',
    side: 'body',
    by: ['lead-verifier', 'verifier'],
    when: [
      'of-the-team',
      'apart-from-client',
      'impartiality-declared',
      'finding-closable',
      'closable-by-caller',
    ],
  },
  /** A private table's data were examined, and hold: without this no credential that supports the claim rests on it. */
  acceptFactorTable: {
    from: ['in-verification'],
    to: 'same',
    side: 'body',
    by: ['lead-verifier', 'verifier'],
    when: ['of-the-team', 'apart-from-client', 'impartiality-declared', 'private-table-pinned'],
  },
  rejectFactorTable: {
    from: ['in-verification'],
    to: 'same',
    side: 'body',
    by: ['lead-verifier', 'verifier'],
    when: ['of-the-team', 'apart-from-client', 'impartiality-declared', 'private-table-pinned'],
  },
  sendBack: {
    from: ['in-verification'],
    to: 'in-correction',
    side: 'body',
    by: ['lead-verifier', 'verifier'],
    when: ['of-the-team', 'apart-from-client', 'impartiality-declared', 'finding-open'],
  },
  resubmit: {
    from: ['in-correction'],
    to: 'in-verification',
    side: 'client',
    by: ['preparer', 'responsible'],
    when: ['apart-from-body', 'revision-submitted', 'scheme-kept'],
  },
  propose: {
    from: ['in-verification'],
    to: 'in-review',
    side: 'body',
    by: ['lead-verifier'],
    when: [
      'lead-of-the-team',
      'apart-from-client',
      'impartiality-declared',
      'papers-complete',
      'findings-settled',
      'majors-closed-in-time',
      'private-tables-accepted',
      'evidence-complete',
      'parts-covered',
      'opinion-consistent',
    ],
  },
  /** What the reviewer looked at, point by point, before concurring or returning. */
  recordReviewNotes: {
    from: ['in-review'],
    to: 'same',
    side: 'body',
    by: ['reviewer'],
    when: [
      'apart-from-client',
      'outside-team',
      'impartiality-declared',
      'review-pending',
      'paper-well-formed',
    ],
  },
  concur: {
    from: ['in-review'],
    to: 'same',
    side: 'body',
    by: ['reviewer'],
    when: [
      'apart-from-client',
      'outside-team',
      'impartiality-declared',
      'competent-in-sector',
      'review-pending',
      'papers-complete',
    ],
  },
  returnToTeam: {
    from: ['in-review'],
    to: 'in-verification',
    side: 'body',
    by: ['reviewer'],
    when: ['apart-from-client', 'outside-team', 'impartiality-declared', 'review-pending'],
  },
  grant: {
    from: ['in-review'],
    to: 'decided',
    side: 'body',
    by: ['decision-maker'],
    when: [
      'apart-from-client',
      'body-apart-from-client',
      'outside-team',
      'impartiality-declared',
      'competent-in-sector',
      'review-complete',
      'decider-not-reviewer',
      'papers-complete',
      'private-tables-accepted',
      'majors-closed-in-time',
      'opinion-supports-document',
      'body-entitled',
    ],
  },
  refuse: {
    from: ['in-review'],
    to: 'decided',
    side: 'body',
    by: ['decision-maker'],
    when: [
      'apart-from-client',
      'outside-team',
      'impartiality-declared',
      'competent-in-sector',
      'review-complete',
      'decider-not-reviewer',
    ],
  },
  /** What was done and found, for client and file, before the document goes out. */
  recordVerificationReport: {
    from: ['decided'],
    to: 'same',
    side: 'body',
    by: ['lead-verifier'],
    when: ['lead-of-the-team', 'apart-from-client', 'impartiality-declared', 'paper-well-formed'],
  },
  issue: {
    from: ['decided'],
    to: 'issued',
    side: 'body',
    by: ['decision-maker', 'body-manager'],
    when: [
      'apart-from-client',
      'body-apart-from-client',
      'granted',
      'papers-complete',
      'private-tables-accepted',
      'scheme-issuable',
      'body-entitled',
    ],
  },
} as const satisfies Record<string, Transition>

export type Move = keyof typeof transitions
export const moves = Object.keys(transitions) as readonly Move[]

/** The state a move leads to. */
export function stateAfter(state: EngagementState, move: Move): EngagementState {
  const { to } = transitions[move]
  return to === 'same' ? state : to
}

/** The role in which a member with these makes a move: the first that the table asks for; null for none. */
export function roleFor(move: Move, roles: readonly string[]): ProcessRole | null {
  return transitions[move].by.find((role) => roles.includes(role)) ?? null
}

/**
 * Lets a move pass, or says why not.
 *
 * @throws Problem `member-required`, `role-required`, `invalid-transition`, or the first guard's own refusal.
 */
export function checkMove(move: Move, situation: Situation): void {
  const refusal = refusalOf(move, situation)
  if (refusal) throw refusal
}

/** Why a move cannot be made now, in this order: person, role, state, guards; null when it can. */
export function refusalOf(move: Move, situation: Situation): Problem | null {
  const { side, by, from, when }: Transition = transitions[move]
  const { facts, caller } = situation
  const whose = side === 'body' ? 'the body’s' : 'the client’s'
  return (
    (caller.side === side ? memberRefusal(move, caller, by, whose) : roleRefusal(move, by, whose)) ??
    stateRefusal('engagement', move, from, facts.state) ??
    guardRefusal(when, (name) => guards[name](situation, move))
  )
}

/** A move as this caller sees it. */
export type PossibleMove = Possible<Move, EngagementState>

/** Every move of the caller's side from the present state, and for those not possible, why not. */
export function movesFrom(facts: EngagementFacts, caller: Caller): readonly PossibleMove[] {
  return moves
    .filter((move) => transitions[move].side === caller.side && fromStates(move).includes(facts.state))
    .map((move) =>
      possibility(move, stateAfter(facts.state, move), refusalOf(move, { facts, caller, content: null })),
    )
}

function fromStates(move: Move): readonly EngagementState[] {
  return transitions[move].from
}
