/**
 * A case's life in one table: a state changes here or nowhere. `sides` names who may, `by` the role a person needs there, `when` the
 * guards in `case-guards.ts`. Heard and decided by persons who took no part in what the case is about.
 */

import { Problem } from '../problem.ts'
import { type CaseGuardName, caseGuards } from './case-guards.ts'
import type { CaseCaller, CaseFacts, CaseSide, CaseSituation, CaseState } from './cases.ts'
import { type ProcessRole, processRoles } from './engagement.ts'

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
  const rule: CaseTransition = caseTransitions[move]
  const { facts, caller } = situation
  return callerRefusal(move, rule, caller) ?? stateRefusal(move, rule, facts) ?? guardRefusal(rule, situation)
}

/** A move as this caller sees it. */
export interface PossibleCaseMove {
  readonly move: CaseMove
  readonly to: CaseState
  readonly possible: boolean
  /** Why not: the problem's code and its sentence. */
  readonly because: { readonly code: Problem['code']; readonly detail: string } | null
}

/** Every move of the caller's side from the present state, and for those not possible, why not. */
export function caseMovesFrom(facts: CaseFacts, caller: CaseCaller): readonly PossibleCaseMove[] {
  return caseMoves
    .filter((move) => isOf(move, caller.side) && isFrom(move, facts.state))
    .map((move) => {
      const refusal = caseRefusal(move, { facts, caller, content: null })
      const because = refusal && { code: refusal.code, detail: String(refusal.facts.detail) }
      return { move, to: caseStateAfter(facts.state, move), possible: refusal === null, because }
    })
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

function callerRefusal(move: CaseMove, rule: CaseTransition, caller: CaseCaller): Problem | null {
  if (!rule.sides.includes(caller.side)) return roleRefusal(move, rule)
  if (caller.side === 'complainant') return null
  if (caller.personId === null) {
    return new Problem('member-required', `A person answers for "${move}": use a client bound to a member.`, {
      move,
    })
  }
  return rule.by.some((role) => caller.roles.includes(role)) ? null : roleRefusal(move, rule)
}

function roleRefusal(move: CaseMove, { sides, by }: CaseTransition): Problem {
  const detail = `"${move}" is for ${sides.join(' or ')}: ${by.join(' or ')}.`
  return new Problem('role-required', detail, { move, sides, roles: by })
}

function stateRefusal(move: CaseMove, rule: CaseTransition, { state }: CaseFacts): Problem | null {
  if (rule.from.includes(state)) return null
  const detail = `"${move}" is possible when the case is ${rule.from.join(' or ')}; it is ${state}.`
  return new Problem('invalid-transition', detail, { move, state, from: rule.from })
}

function guardRefusal(rule: CaseTransition, situation: CaseSituation): Problem | null {
  for (const name of rule.when) {
    const refusal = caseGuards[name](situation)
    if (refusal) return refusal.with({ guard: name })
  }
  return null
}
