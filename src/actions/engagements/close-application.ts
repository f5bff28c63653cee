/** Ends an engagement without a decision: the body declines the application, or the client withdraws it. */

import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`. */
export function closeApplication(
  ports: Ports,
  request: MoveRequest & { readonly move: 'decline' | 'withdraw'; readonly reason: string },
): Promise<Engagement> {
  const { reason } = request
  return makeMove(ports, request, ({ signed }) => ({ change: { closing: { reason, ...signed } } }))
}
