/** The guards of a case's moves: each a question to the facts, answered by a refusal or by nothing. */

import { Problem } from '../problem.ts'
import { type CaseSituation, consequencesFor, latestDeadline, moveOfConsequence } from './cases.ts'
import { credentialTransitions } from './credential-status.ts'

type Guard = (situation: CaseSituation) => Problem | null

/** Statements that one side may make in a case. */
export const statementsMax = 20

export const caseGuards = {
  /** The acting person took no part in what the case is about, decided nothing of the document, and does not belong to the client. */
  'apart-from-the-matter': ({ facts, caller }) =>
    caller.personId !== null && facts.barredPersons.includes(caller.personId)
      ? notIndependent('This person took part in what the case is about, or belongs to the client.')
      : null,

  /** So did whoever is named to examine it. */
  'examiner-apart': ({ facts, content }) =>
    content?.move === 'assign' && facts.barredPersons.includes(content.examinerPersonId)
      ? notIndependent(
          'The person named took part in what the case is about, or belongs to the client; name another.',
        ).with({ pointer: '/memberId' })
      : null,

  'named-examiner': ({ facts, caller }) =>
    facts.examinerPersonId === caller.personId
      ? null
      : new Problem('role-required', 'Only the person named to examine this case reports on it.'),

  examined: ({ facts }) =>
    facts.reported
      ? null
      : new Problem('invalid-transition', 'The examiner must report before anything is decided.'),

  /** What is decided can follow: a case that is not upheld has no consequence, and a document moves as its kind and status allow. */
  'outcome-consistent': (situation) => outcomeRefusal(situation),

  /** The document was moved as decided, by a move that names this case, or stands so already. */
  'carried-out': ({ facts }) => {
    const move = facts.decision && moveOfConsequence[facts.decision.consequence]
    if (!move || facts.moves.includes(move)) return null
    if (facts.documentStatus === credentialTransitions[move].to) return null
    const detail = `The decision asks to ${move} the document; make that move, and name this case in it.`
    return new Problem('invalid-transition', detail, { consequence: facts.decision?.consequence })
  },

  'deadline-later': ({ facts, content }) => {
    if (content?.move !== 'extend') return null
    const latest = latestDeadline(facts.receivedAt)
    if (content.dueAt > facts.dueAt && content.dueAt <= latest) return null
    const detail = `A deadline moves later than ${facts.dueAt.toISOString()}, and not past ${latest.toISOString()}.`
    return new Problem('invalid-request', detail, { pointer: '/dueAt' })
  },

  'room-to-speak': ({ facts, caller }) =>
    facts.statements[caller.side] < statementsMax
      ? null
      : new Problem('too-many-items', `One side makes at most ${statementsMax} statements in a case.`, {
          pointer: '/text',
          statementsMax,
        }),
} as const satisfies Record<string, Guard>

export type CaseGuardName = keyof typeof caseGuards

function notIndependent(detail: string): Problem {
  return new Problem('not-independent', detail)
}

function outcomeRefusal({ facts, content }: CaseSituation): Problem | null {
  if (content?.move !== 'decide') return null
  const { outcome, consequence } = content
  if (outcome === 'not-upheld' && consequence !== 'none') {
    return inconsistent('A case that is not upheld has no consequence.', { accepted: ['none'] })
  }
  const accepted = consequencesFor(facts.documentKind)
  if (!accepted.includes(consequence)) {
    return inconsistent(`Such a case can lead to ${accepted.join(', ')}.`, { accepted })
  }
  const move = moveOfConsequence[consequence]
  if (move === null || facts.documentStatus === null) return null
  const { from, to } = credentialTransitions[move]
  return from.includes(facts.documentStatus) || facts.documentStatus === to
    ? null
    : inconsistent(`A document that is ${facts.documentStatus} cannot be moved by "${move}".`, { move })
}

function inconsistent(detail: string, facts: Readonly<Record<string, unknown>>): Problem {
  return new Problem('invalid-request', detail, { pointer: '/consequence', ...facts })
}
