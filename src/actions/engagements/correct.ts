/** The way of a correction: the team sends the footprint back, the client comes back with its next revision. */

import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** The footprint becomes a draft again. @throws Problem as `makeMove`. */
export function sendBack(ports: Ports, request: MoveRequest): Promise<Engagement> {
  return makeMove(ports, { ...request, move: 'sendBack' }, () => ({ change: { reopensFootprint: true } }))
}

/** The newest submitted revision is what is verified from now on. @throws Problem as `makeMove`. */
export function resubmit(ports: Ports, request: MoveRequest): Promise<Engagement> {
  return makeMove(ports, { ...request, move: 'resubmit' }, ({ file }) => ({
    change: { revisionNumber: file.latestRevision, preparersJoin: true },
  }))
}
