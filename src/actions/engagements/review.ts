/** Reviews what the team proposes, before anything is stated: concurs, or returns it to the team. */

import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`; `not-independent`. */
export function reviewProposal(
  ports: Ports,
  request: MoveRequest & { readonly outcome: 'concur' | 'return'; readonly notes: string },
): Promise<Engagement> {
  const { outcome, notes } = request
  const move = outcome === 'concur' ? 'concur' : 'returnToTeam'
  return makeMove(ports, { ...request, move }, ({ signed }) => {
    const joining = [{ personId: signed.personId, role: 'reviewer' as const }]
    const act = { notes, ...signed }
    return outcome === 'concur'
      ? { change: { review: act, joining } }
      : { change: { returned: act, proposal: null, joining } }
  })
}
