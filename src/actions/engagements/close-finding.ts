/** Closes a finding for the team: resolved, withdrawn, or standing into the opinion. */

import type { Closure } from '../../certification/engagement.ts'
import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`; `not-found` for a number the engagement does not have. */
export function closeFinding(
  ports: Ports,
  request: MoveRequest & { readonly number: number; readonly closure: Closure; readonly note: string },
): Promise<Engagement> {
  const { number, closure, note } = request
  return makeMove(ports, { ...request, move: 'closeFinding' }, ({ signed }) => ({
    content: { move: 'closeFinding', findingNumber: number, closure },
    change: { close: { number, closure, closed: { note, ...signed } } },
  }))
}
