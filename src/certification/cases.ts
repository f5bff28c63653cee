/**
 * The nouns of what comes after a document is issued, or a decision is made: complaints 投诉, appeals 申诉, misuse of mark or document,
 * facts discovered later.
 */

import { dayMilliseconds } from '../json/instant.ts'
import { Problem } from '../problem.ts'
import type { CredentialMove, CredentialStatus, ReasonClass } from './credential-status.ts'
import type { DocumentKind } from './scheme.ts'

/** `appeal`: by the client, against a decision. `facts-discovered`: after the opinion, whoever learns of them. */
export const caseKinds = ['complaint', 'appeal', 'misuse', 'facts-discovered'] as const
export type CaseKind = (typeof caseKinds)[number]

/** What somebody without an account may open: an appeal is the client's own. */
export const publicCaseKinds = [
  'complaint',
  'misuse',
  'facts-discovered',
] as const satisfies readonly CaseKind[]

/** Who may open which. */
export const caseOpeners: Readonly<Record<CaseKind, readonly CaseSide[]>> = {
  complaint: ['client', 'complainant'],
  appeal: ['client'],
  misuse: ['body', 'client', 'complainant'],
  'facts-discovered': ['body', 'client', 'complainant'],
}

export const caseStates = [
  'received',
  'acknowledged',
  'in-examination',
  'decided',
  'closed',
  'dismissed',
] as const
export type CaseState = (typeof caseStates)[number]

/** Who speaks in a case: the body, the client whose document or engagement it is about, whoever complained without an account. */
export const caseSides = ['body', 'client', 'complainant'] as const
export type CaseSide = (typeof caseSides)[number]

export const caseOutcomes = ['upheld', 'partly-upheld', 'not-upheld'] as const
export type CaseOutcome = (typeof caseOutcomes)[number]

/** Why a case is not heard. */
export const dismissals = ['not-about-this-body', 'no-substance', 'repeated', 'retracted', 'abusive'] as const
export type Dismissal = (typeof dismissals)[number]

/**
 * What an outcome leads to. `revise`: a revised document from a new engagement takes its place. `reconsider`: the decision is made
 * anew, by others, in a new engagement. The others are moves of the document.
 */
export const consequences = ['none', 'suspend', 'reinstate', 'withdraw', 'revise', 'reconsider'] as const
export type Consequence = (typeof consequences)[number]

/** Of which documents each may be said; null: of a case without a document. */
const consequencesOf: Readonly<Record<Consequence, readonly (DocumentKind | null)[]>> = {
  none: ['verification-statement', 'certificate', null],
  suspend: ['certificate'],
  reinstate: ['certificate'],
  withdraw: ['verification-statement', 'certificate'],
  revise: ['verification-statement', 'certificate'],
  reconsider: ['verification-statement', 'certificate', null],
}

/** The consequences that a case about such a document may have. A statement is never suspended. */
export function consequencesFor(documentKind: DocumentKind | null): readonly Consequence[] {
  return consequences.filter((consequence) => consequencesOf[consequence].includes(documentKind))
}

/** The move of the document that each consequence asks for; null where it asks for none. */
export const moveOfConsequence: Readonly<Record<Consequence, CredentialMove | null>> = {
  none: null,
  suspend: 'suspend',
  reinstate: 'reinstate',
  withdraw: 'withdraw',
  revise: 'supersede',
  reconsider: null,
}

const replaced: readonly ReasonClass[] = ['revised', 'new-version', 'scope-reduced']

/** The reason classes that a move may carry which names a case of this kind. */
export const reasonsOfCase: Readonly<Record<CaseKind, readonly ReasonClass[]>> = {
  complaint: [
    'nonconformity',
    'information-wrong',
    'misuse-of-document',
    'issued-in-error',
    'resolved',
    ...replaced,
  ],
  appeal: ['nonconformity', 'information-wrong', 'issued-in-error', 'resolved', ...replaced],
  misuse: ['misuse-of-document', 'resolved', ...replaced],
  'facts-discovered': [
    'facts-discovered-later',
    'information-wrong',
    'issued-in-error',
    'resolved',
    ...replaced,
  ],
}

/** A case as far as a move of its document looks at it. */
export interface NamedCase {
  readonly kind: CaseKind
  readonly state: CaseState
  readonly consequence: Consequence | null
}

/** Why a move of a document cannot name a case: it is not decided, decided otherwise, or the reason class is of another kind. */
export function namingRefusal(
  { kind, state, consequence }: NamedCase,
  { move, reason }: { readonly move: CredentialMove; readonly reason: ReasonClass },
): Problem | null {
  if (state !== 'decided' || consequence === null) {
    return new Problem('invalid-transition', `The case is ${state}; a move names one that is decided.`, {
      pointer: '/caseId',
    })
  }
  if (moveOfConsequence[consequence] !== move) {
    const detail = `The decision of the case has the consequence "${consequence}", and does not ask to ${move}.`
    return new Problem('invalid-transition', detail, { pointer: '/caseId', consequence })
  }
  const reasons = reasonsOfCase[kind]
  if (reasons.includes(reason)) return null
  const detail = `A move that follows such a case has one of the reasons ${reasons.join(', ')}.`
  return new Problem('invalid-request', detail, { pointer: '/reason', reasons })
}

/** Days after receipt within which a case is acknowledged, and decided: Egret's own choice, since no rule known here states a number. */
export const acknowledgeDays = 5
export const decideDays: Readonly<Record<CaseKind, number>> = {
  complaint: 60,
  appeal: 30,
  misuse: 30,
  'facts-discovered': 60,
}
/** Days by which a deadline may be moved from receipt, all in all. */
export const extendDaysMax = 180

/** When a case that is received now is to be acknowledged and decided. */
export function deadlinesOf(
  kind: CaseKind,
  receivedAt: Date,
): { readonly acknowledgeBy: Date; readonly dueAt: Date } {
  const after = (days: number) => new Date(receivedAt.getTime() + days * dayMilliseconds)
  return { acknowledgeBy: after(acknowledgeDays), dueAt: after(decideDays[kind]) }
}

/** The last day to which a deadline may be moved. */
export function latestDeadline(receivedAt: Date): Date {
  return new Date(receivedAt.getTime() + extendDaysMax * dayMilliseconds)
}

/** States in which somebody still waits for a decision. */
export const openCaseStates = [
  'received',
  'acknowledged',
  'in-examination',
] as const satisfies readonly CaseState[]

/** Whether a deadline has passed that still binds: told loudly, acted on by a person. */
export function isOverdue(
  { state, acknowledgeBy, dueAt }: Pick<CaseFacts, 'state' | 'acknowledgeBy' | 'dueAt'>,
  now: Date,
): boolean {
  if (state === 'received') return now > acknowledgeBy || now > dueAt
  return (openCaseStates as readonly CaseState[]).includes(state) && now > dueAt
}

/** Everything the rules look at. */
export interface CaseFacts {
  readonly kind: CaseKind
  readonly state: CaseState
  /** Of the document that it is about; null: it is about the body, or an engagement without a document. */
  readonly documentKind: DocumentKind | null
  readonly documentStatus: CredentialStatus | null
  readonly receivedAt: Date
  readonly acknowledgeBy: Date
  readonly dueAt: Date
  /**
   * Of the persons concerned (the caller, and who is about to be named): those who took part in what the case is about, decided
   * something of the document, or belong to the client.
   */
  readonly barredPersons: readonly string[]
  readonly examinerPersonId: string | null
  /** Whether the examiner has reported. */
  readonly reported: boolean
  readonly decision: { readonly outcome: CaseOutcome; readonly consequence: Consequence } | null
  /** Moves of the document that name this case. */
  readonly moves: readonly CredentialMove[]
  /** Statements so far, by side. */
  readonly statements: Readonly<Record<CaseSide, number>>
}

/** Who asks for a move. */
export interface CaseCaller {
  readonly side: CaseSide
  /** Null for a client that is bound to no member, and for a complainant. */
  readonly personId: string | null
  readonly roles: readonly string[]
}

/** What a move brings with it, as far as the rules look at it. */
export type CaseContent =
  | { readonly move: 'assign'; readonly examinerPersonId: string }
  | { readonly move: 'extend'; readonly dueAt: Date }
  | { readonly move: 'decide'; readonly outcome: CaseOutcome; readonly consequence: Consequence }

/** One move about to be made. Without content, guards on content are not asked. */
export interface CaseSituation {
  readonly facts: CaseFacts
  readonly caller: CaseCaller
  readonly content: CaseContent | null
}
