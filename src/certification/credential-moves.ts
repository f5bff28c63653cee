/** What may be done with an issued document, by whom, and why not: the table of `credential-status.ts` with its guards by name. */

import { Problem } from '../problem.ts'
import { type NamedCase, namingRefusal } from './cases.ts'
import {
  type CredentialMove,
  type CredentialStatus,
  type CredentialTransition,
  credentialMoves,
  credentialTransitions,
  type ReasonClass,
  type SuccessionPurpose,
  successionPurposes,
} from './credential-status.ts'
import { guardRefusal, memberRefusal, type Possible, possibility } from './machine.ts'
import type { DocumentKind } from './scheme.ts'

/** A document as the rules see it. */
export interface DocumentFacts {
  readonly state: 'pending' | 'public'
  readonly status: CredentialStatus
  readonly documentKind: DocumentKind
}

/** The document that is to take the place of another: of the same body and the same client. */
export interface Successor extends DocumentFacts {
  /** What its engagement was declared to be for the document it replaces; null where nobody declared anything. */
  readonly purpose: SuccessionPurpose | null
}

/** Who asks: a member of the issuing body. */
export interface DocumentCaller {
  readonly personId: string | null
  readonly roles: readonly string[]
}

/** What a move says. */
export interface DocumentMoveContent {
  readonly reason: ReasonClass
  /** The case it names; null: one that is not about this document. Undefined: none. */
  readonly named: NamedCase | null | undefined
  /** The document that takes its place; null: no such document of this body and client. Undefined: none. */
  readonly successor: Successor | null | undefined
}

export interface DocumentSituation {
  readonly facts: DocumentFacts
  readonly caller: DocumentCaller
  readonly content: DocumentMoveContent | null
}

type Guard = (move: CredentialMove, content: DocumentMoveContent, facts: DocumentFacts) => Problem | null

/** Asked of every move, in this order, once it says something. */
export const documentGuards = {
  'reason-fits': (move, { reason }) => {
    const { reasons } = credentialTransitions[move]
    if (reasons.includes(reason)) return null
    const detail = `A reason to ${move} is one of ${reasons.join(', ')}.`
    return new Problem('invalid-request', detail, { pointer: '/reason', reasons })
  },

  /** A move may name the case whose decision asks for it, and no other. */
  'case-asks': (move, { reason, named }) => {
    if (named === undefined) return null
    if (named !== null) return namingRefusal(named, { move, reason })
    return new Problem('not-found', 'No case about this document has this id.', { pointer: '/caseId' })
  },

  /** A supersession names a document in force that was made to take the place of this one; no other move names any. */
  'successor-stands': (move, { reason, successor }, { documentKind }) =>
    move === 'supersede'
      ? successorRefusal(successor, documentKind, reason)
      : successor === undefined
        ? null
        : wrongSuccessor('invalid-request', 'Only a supersession names a document that takes the place.'),
} as const satisfies Record<string, Guard>

export type DocumentGuardName = keyof typeof documentGuards

function successorRefusal(
  successor: Successor | null | undefined,
  documentKind: DocumentKind,
  reason: ReasonClass,
): Problem | null {
  if (successor === undefined) {
    return wrongSuccessor('invalid-request', 'Name the document that takes the place of this one.')
  }
  if (successor === null) {
    return wrongSuccessor('not-found', 'No other document of this body and client has this id.')
  }
  const { state, status, purpose } = successor
  if (state !== 'public' || status !== 'active' || successor.documentKind !== documentKind) {
    return wrongSuccessor(
      'invalid-transition',
      `The document that takes the place is a ${documentKind} in force.`,
    )
  }
  if (purpose === null) {
    return wrongSuccessor(
      'invalid-transition',
      'Say first what its engagement is to this document: POST /v1/credentials/{id}/successions.',
    )
  }
  const fitting = successionPurposes[purpose]
  if (reason === fitting) return null
  const detail = `Its engagement is declared as "${purpose}", so the reason is "${fitting}".`
  return new Problem('invalid-request', detail, { pointer: '/reason', reasons: [fitting] })
}

function wrongSuccessor(
  code: 'invalid-request' | 'not-found' | 'invalid-transition',
  detail: string,
): Problem {
  return new Problem(code, detail, { pointer: '/successorId' })
}

/** Why a move cannot be made now, in this order: person, role, state, guards; null when it can. */
export function documentRefusal(
  move: CredentialMove,
  { facts, caller, content }: DocumentSituation,
): Problem | null {
  return (
    memberRefusal(move, caller, credentialTransitions[move].by, 'the body’s') ??
    standingRefusal(move, facts) ??
    (content && guardRefusal(guardNames, (name) => documentGuards[name](move, content, facts)))
  )
}

const guardNames = Object.keys(documentGuards) as readonly DocumentGuardName[]

/** A move as a member of the body sees it. */
export type PossibleDocumentMove = Possible<CredentialMove, CredentialStatus>

/** Every move that the document's kind and status allow, and for those the caller cannot make, why not. */
export function documentMovesFrom(
  facts: DocumentFacts,
  caller: DocumentCaller,
): readonly PossibleDocumentMove[] {
  return possibleMoves(facts).map((move) =>
    possibility(
      move,
      credentialTransitions[move].to,
      documentRefusal(move, { facts, caller, content: null }),
    ),
  )
}

/** What may follow, as the document stands. */
export function possibleMoves({ state, status, documentKind }: DocumentFacts): readonly CredentialMove[] {
  if (state !== 'public') return []
  return credentialMoves.filter((move) => {
    const { from, documentKinds }: CredentialTransition = credentialTransitions[move]
    return from.includes(status) && documentKinds.includes(documentKind)
  })
}

function standingRefusal(move: CredentialMove, facts: DocumentFacts): Problem | null {
  const possible = possibleMoves(facts)
  if (possible.includes(move)) return null
  const { state, status, documentKind } = facts
  const words = state === 'public' ? status : 'not public yet'
  const detail = `A ${documentKind} that is ${words} cannot be moved by "${move}".`
  return new Problem('invalid-transition', detail, { status, move, possible })
}
