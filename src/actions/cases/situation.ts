/** A case's file as the rules see it: the bridge from what is stored to the transition table. */

import {
  type CaseCaller,
  type CaseContent,
  type CaseFacts,
  type CaseSide,
  type CaseSituation,
  caseSides,
} from '../../certification/cases.ts'
import type { CaseFile } from '../../ports/cases.ts'
import type { Actor } from '../../ports.ts'

/** Whoever complained without an account. */
export const complainant: CaseCaller = { side: 'complainant', personId: null, roles: [] }

/** One move about to be made. */
export function caseSituationOf(
  file: CaseFile,
  caller: CaseCaller,
  content: CaseContent | null,
): CaseSituation {
  return { facts: caseFactsOf(file), caller, content }
}

/** The caller's side and the roles it holds there as a member. */
export function caseCallerOf(file: CaseFile, actor: Actor): CaseCaller {
  const side = actor.organizationId === file.case.bodyOrganizationId ? 'body' : 'client'
  return { side, personId: actor.personId, roles: file.callerRoles }
}

/** What the guards look at. */
export function caseFactsOf({ case: row, document, statements, moves, barredPersons }: CaseFile): CaseFacts {
  const bySide = caseSides.map((side) => [side, statements.filter((said) => said.side === side).length])
  const { kind, state, acknowledgeBy, dueAt, examinerPersonId, report, decision } = row
  return {
    ...{ kind, state, acknowledgeBy, dueAt, examinerPersonId, decision, barredPersons },
    receivedAt: row.createdAt,
    documentKind: document?.documentKind ?? null,
    documentStatus: document?.status ?? null,
    reported: report !== null,
    moves: moves.map(({ move }) => move),
    statements: Object.fromEntries(bySide) as Record<CaseSide, number>,
  }
}
