/** Decides 评价与批准: grants what is then issued, or refuses it. */

import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`; `not-independent`, `scheme-violation` (the opinion supports no such document); `accreditation-missing` (schemes with a catalogue). */
export function decide(
  ports: Ports,
  request: MoveRequest & { readonly outcome: 'granted' | 'refused'; readonly reason: string },
): Promise<Engagement> {
  const { outcome, reason } = request
  const move = outcome === 'granted' ? 'grant' : 'refuse'
  return makeMove(ports, { ...request, move }, ({ signed }) => ({
    change: {
      decision: { outcome, reason, ...signed },
      joining: [{ personId: signed.personId, role: 'decision-maker' }],
    },
  }))
}
