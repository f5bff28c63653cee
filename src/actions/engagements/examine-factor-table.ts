/** Accepts a private factor table after its data were examined, or rejects it: the same act with two outcomes. */

import type { ExaminationOutcome, TableVersionRef } from '../../certification/engagement.ts'
import type { Engagement } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** What the team says of the version that it examined: which one, by its digest, and what was looked at. */
export interface TableExamination extends TableVersionRef {
  readonly outcome: ExaminationOutcome
  readonly note: string
}

/**
 * It can be examined again as long as the engagement is in verification; the last outcome counts.
 *
 * @throws Problem as `makeMove`; `not-found` for a version that the revision under verification does not pin.
 */
export function examineFactorTable(
  ports: Ports,
  request: MoveRequest & { readonly examination: TableExamination },
): Promise<Engagement> {
  const { outcome, note, ...examined } = request.examination
  const move = outcome === 'accepted' ? 'acceptFactorTable' : 'rejectFactorTable'
  return makeMove(ports, { ...request, move }, ({ signed }) => ({
    content: { move, examined },
    change: { examine: { examined, examination: { outcome, note, ...signed } } },
  }))
}
