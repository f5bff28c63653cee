/** Proposes the team's opinion to the review. */

import type { Proposal } from '../../certification/engagement.ts'
import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`; `finding-open`, `opinion-inconsistent`. */
export function proposeOpinion(
  ports: Ports,
  request: MoveRequest & { readonly proposal: Proposal },
): Promise<Engagement> {
  const { proposal } = request
  return makeMove(ports, { ...request, move: 'propose' }, ({ signed }) => ({
    content: { move: 'propose', proposal },
    change: { proposal: { ...proposal, ...signed } },
  }))
}
