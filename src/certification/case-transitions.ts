/**
 * A case's life in one table: a state changes here or nowhere. `sides` names who may, `by` the role a person needs there, `when` the
 * guards in `case-guards.ts`. Heard and decided by persons who took no part in what the case is about.
 */

import type { Problem } from '../problem.ts'
import { type CaseGuardName, caseGuards } from './case-guards.ts'
import type { CaseCaller, CaseFacts, CaseSide, CaseSituation, CaseState } from './cases.ts'
import { type ProcessRole, processRoles } from './engagement.ts'
import {
  guardRefusal,
  memberRefusal,
  type Possible,
  possibility,
  roleRefusal,
  stateRefusal,
} from './machine.ts'

export interface CaseTransition {
  readonly from: readonly CaseState[]
  readonly to: CaseState | 'same'
  readonly sides: readonly CaseSide[]
  /** One of these roles, held as a member of that organization; a complainant has none. */
  readonly by: readonly ProcessRole[]
  readonly when: readonly CaseGuardName[]
}

const ofTheBody = processRoles.filter((role) => role !== 'preparer' && role !== 'responsible')

/** Every move there is. */
export const caseTransitions = {
  acknowledge: {
    from: ['received'],
    to: 'acknowledged',
    sides: ['body'],
    by: ['body-manager'],
    when: [],
  },
  assign: {
    from: ['acknowledged', 'in-examination'],
    to: 'in-examination',
    sides: ['body'],
    by: ['body-manager'],
    when: ['examiner-apart'],
  },
  extend: {
    from: ['acknowledged', 'in-examination'],
    to: 'same',
    sides: ['body'],
    by: ['body-manager'],
    when: ['deadline-later'],
  },
  addStatement: {
    from: ['received', 'acknowledged', 'in-examination'],
    to: 'same',
    sides: ['client', 'complainant'],
    by: ['preparer', 'responsible'],
    when: ['room-to-speak'],
  },
  report: {
    from: ['in-examination'],
    to: 'same',
    sides: ['body'],
    by: ofTheBody,
    when: ['named-examiner', 'apart-from-the-matter'],
  },
  dismiss: {
    from: ['received', 'acknowledged', 'in-examination'],
    to: 'dismissed',
    sides: ['body'],
    by: ['decision-maker'],
    when: ['apart-from-the-matter'],
  },
  decide: {
    from: ['in-examination'],
    to: 'decided',
    sides: ['body'],
    by: ['decision-maker'],
    when: ['apart-from-the-matter', 'examined', 'outcome-consistent'],
  },
  close: {
    from: ['decided'],
    to: 'closed',
    sides: ['body'],
    by: ['body-manager'],
    when: ['carried-out'],
  },
} as const satisfies Record<string, CaseTransition>

export type CaseMove = keyof typeof caseTransitions
export const caseMoves = Object.keys(caseTransitions) as readonly CaseMove[]

/** The state a move leads to. */
export function caseStateAfter(state: CaseState, move: CaseMove): CaseState {
  const { to } = caseTransitions[move]
  return to === 'same' ? state : to
}

/** @throws Problem `member-required`, `role-required`, `invalid-transition`, or the first guard's own refusal. */
export function checkCaseMove(move: CaseMove, situation: CaseSituation): void {
  const refusal = caseRefusal(move, situation)
  if (refusal) throw refusal
}

/** Why a move cannot be made now, in this order: person, role, state, guards; null when it can. */
export function caseRefusal(move: CaseMove, situation: CaseSituation): Problem | null {
  const { from, when }: CaseTransition = caseTransitions[move]
  const { facts, caller } = situation
  return (
    callerRefusal(move, caller) ??
    stateRefusal('case', move, from, facts.state) ??
    guardRefusal(when, (name) => caseGuards[name](situation))
  )
}

/** A complainant is no member, and needs no role. */
function callerRefusal(move: CaseMove, caller: CaseCaller): Problem | null {
  const { sides, by }: CaseTransition = caseTransitions[move]
  const whose = `the ${sides.join(' or ')}:`
  if (!sides.includes(caller.side)) return roleRefusal(move, by, whose)
  return caller.side === 'complainant' ? null : memberRefusal(move, caller, by, whose)
}

/** A move as this caller sees it. */
export type PossibleCaseMove = Possible<CaseMove, CaseState>

/** Every move of the caller's side from the present state, and for those not possible, why not. */
export function caseMovesFrom(facts: CaseFacts, caller: CaseCaller): readonly PossibleCaseMove[] {
  return caseMoves
    .filter((move) => isOf(move, caller.side) && isFrom(move, facts.state))
    .map((move) =>
      possibility(
        move,
        caseStateAfter(facts.state, move),
        caseRefusal(move, { facts, caller, content: null }),
      ),
    )
}

/** The role of the caller that lets a move pass; null of a complainant, who has none. */
export function caseRoleFor(move: CaseMove, { roles }: CaseCaller): ProcessRole | null {
  const { by }: CaseTransition = caseTransitions[move]
  return by.find((role) => roles.includes(role)) ?? null
}

function isOf(move: CaseMove, side: CaseSide): boolean {
  const { sides }: CaseTransition = caseTransitions[move]
  return sides.includes(side)
}

function isFrom(move: CaseMove, state: CaseState): boolean {
  const { from }: CaseTransition = caseTransitions[move]
  return from.includes(state)
}
