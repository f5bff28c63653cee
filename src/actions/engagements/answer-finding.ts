/** Answers a finding for the client; it can be answered again until the team has closed it. */

import type { AnswerGiven, Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`; `not-found` for a number the engagement does not have. */
export function answerFinding(
  ports: Ports,
  request: MoveRequest & AnswerGiven & { readonly number: number },
): Promise<Engagement> {
  const { number, text, correctiveAction = null } = request
  return makeMove(ports, { ...request, move: 'answerFinding' }, ({ signed }) => ({
    content: { move: 'answerFinding', findingNumber: number },
    change: {
      answer: { number, answer: { text, correctiveAction, ...signed } },
      joining: [{ personId: signed.personId, role: 'preparer' }],
    },
  }))
}
