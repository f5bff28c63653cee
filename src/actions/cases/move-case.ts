/** How every move of a case is made: one read of all that the rules look at, the transition table, one write with its audit row. */

import {
  type CaseMove,
  caseRoleFor,
  caseStateAfter,
  checkCaseMove,
} from '../../certification/case-transitions.ts'
import type { CaseContent, CaseOutcome, Consequence, Dismissal } from '../../certification/cases.ts'
import type { CaseChange, CaseFile, CaseRow, Summary } from '../../ports/cases.ts'
import { requireSameRequest } from '../../ports/request.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { actedMeanwhile } from './receipt.ts'
import { caseCallerOf, caseSituationOf } from './situation.ts'

/** A move with what it says. */
export type CaseAsked =
  | { readonly move: 'acknowledge' | 'close' }
  | { readonly move: 'assign'; readonly memberId: string }
  | { readonly move: 'extend'; readonly dueAt: Date; readonly reason: string }
  | { readonly move: 'addStatement' | 'report'; readonly text: string }
  | { readonly move: 'dismiss'; readonly reason: Dismissal; readonly summary: Summary }
  | {
      readonly move: 'decide'
      readonly outcome: CaseOutcome
      readonly consequence: Consequence
      readonly reasons: string
      readonly summary: Summary
    }

export interface CaseMoveRequest {
  readonly actor: Actor
  readonly mark: RequestMark
  readonly caseId: string
  readonly asked: CaseAsked
}

/** @throws Problem `not-found`, `idempotency-key-reused`, `stale-state`, `not-independent`, whatever the transition table refuses. */
export async function moveCase(
  ports: Pick<Ports, 'cases' | 'world'>,
  { actor, mark, caseId, asked }: CaseMoveRequest,
): Promise<CaseRow> {
  const auditId = idFor(ports.world, actor, mark, 'case-act')
  const memberId = asked.move === 'assign' ? asked.memberId : null
  const load = () => ports.cases.load(actor, caseId, { memberId, auditId })
  const file = await load()
  if (!file) throw invisibleCase()
  if (file.madeBefore !== null) return doneBefore(file, mark)
  const caller = caseCallerOf(file, actor)
  checkCaseMove(asked.move, caseSituationOf(file, caller, null))
  const at = ports.world.now()
  const { content, change } = compose(file, asked, { actor, at })
  checkCaseMove(asked.move, caseSituationOf(file, caller, content))
  const whole = { ...change, ...named(asked.move, file, auditId) }
  const by = { actor, mark, at, role: caseRoleFor(asked.move, caller) }
  const moved = await ports.cases.move(by, file.case, whole)
  if (moved) return moved
  const now = await load()
  if (now && now.madeBefore !== null) return doneBefore(now, mark)
  throw actedMeanwhile()
}

/** The same answer for a case that is not there and one that is not yours. */
export function invisibleCase(): Problem {
  return new Problem('not-found', 'No case with this id is visible to you.')
}

/** A case with everything on it. @throws Problem `not-found`. */
export async function readCase(
  { cases }: Pick<Ports, 'cases'>,
  actor: Actor,
  caseId: string,
): Promise<CaseFile> {
  const file = await cases.load(actor, caseId, { memberId: null, auditId: null })
  if (!file) throw invisibleCase()
  return file
}

function doneBefore(file: CaseFile, mark: RequestMark): CaseRow {
  requireSameRequest(file.madeBefore, mark)
  return file.case
}

function named(move: CaseMove, file: CaseFile, auditId: string) {
  return { move, auditId, state: caseStateAfter(file.case.state, move) }
}

type Brought = Omit<CaseChange, 'move' | 'auditId' | 'state'>

/** What a move brings: for the rules, and for the row. */
function compose(
  file: CaseFile,
  asked: CaseAsked,
  { actor, at }: { readonly actor: Actor; readonly at: Date },
): { readonly content: CaseContent | null; readonly change: Brought } {
  const personId = actor.personId ?? ''
  const decider = { personId, role: 'decider' as const }
  switch (asked.move) {
    case 'acknowledge':
    case 'close':
      return { content: null, change: {} }
    case 'assign': {
      const examinerPersonId = examinerOf(file)
      const hearing = { personId: examinerPersonId, role: 'examiner' as const }
      return { content: { move: 'assign', examinerPersonId }, change: { examinerPersonId, hearing } }
    }
    case 'extend': {
      const { dueAt, reason } = asked
      const extension = { personId, at, reason, before: file.case.dueAt.toISOString() }
      return { content: { move: 'extend', dueAt }, change: { dueAt, extension } }
    }
    case 'addStatement':
      return { content: null, change: { statement: { side: 'client', personId, text: asked.text } } }
    case 'report':
      return { content: null, change: { report: { personId, at, text: asked.text } } }
    case 'dismiss': {
      const { reason, summary } = asked
      return { content: null, change: { hearing: decider, dismissal: { personId, at, reason, summary } } }
    }
    case 'decide': {
      const { move: _, ...decision } = asked
      const { outcome, consequence } = asked
      return {
        content: { move: 'decide', outcome, consequence },
        change: { hearing: decider, decision: { personId, at, ...decision } },
      }
    }
  }
}

/** Whom the member named is; the same refusal for one that is not there and one of another organization. */
function examinerOf({ member }: CaseFile): string {
  if (member === null) {
    throw new Problem('not-found', 'No member of your organization has this id.', { pointer: '/memberId' })
  }
  return member.personId
}

/** Erases the contact data of whoever complained, at their wish or when they are needed no longer. @throws Problem `not-found`, `role-required`. */
export async function eraseContact(
  ports: Pick<Ports, 'cases' | 'world'>,
  { actor, mark, caseId }: Omit<CaseMoveRequest, 'asked'>,
): Promise<CaseFile> {
  const file = await readCase(ports, actor, caseId)
  const { side, personId, roles } = caseCallerOf(file, actor)
  if (side !== 'body' || !roles.includes('body-manager')) {
    throw new Problem('role-required', 'This is for a body-manager of the body.', { roles: ['body-manager'] })
  }
  if (personId === null) throw new Problem('member-required', 'Use a client bound to a member.')
  const at = ports.world.now()
  await ports.cases.eraseContact({ actor, mark, at }, file.case, idFor(ports.world, actor, mark, 'case-act'))
  return readCase(ports, actor, caseId)
}
