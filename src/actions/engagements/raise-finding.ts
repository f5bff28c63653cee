/** Raises a finding: what the team found, never how to mend it. */

import type { NewFinding } from '../../certification/engagement.ts'
import { parseDecimal } from '../../engine/index.ts'
import type { Engagement, FindingRow } from '../../ports/engagements.ts'
import type { Ports } from '../../ports.ts'
import { isProblem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

export type FindingRaised = NewFinding & Pick<FindingRow, 'text' | 'lines'>

/** @throws Problem as `makeMove`; `invalid-number` for a quantity that is none. The finding's number is the engagement's `findingCount` afterwards. */
export function raiseFinding(
  ports: Ports,
  request: MoveRequest & { readonly finding: FindingRaised },
): Promise<Engagement> {
  const { finding, actor, mark } = request
  if (finding.quantityKgCo2e !== null) checkQuantity(finding.quantityKgCo2e)
  const id = idFor(ports.world, actor, mark, 'finding')
  return makeMove(ports, { ...request, move: 'raiseFinding' }, ({ signed }) => ({
    content: { move: 'raiseFinding', finding },
    change: { raise: { ...finding, id, raised: signed } },
  }))
}

function checkQuantity(amount: string): void {
  try {
    parseDecimal(amount)
  } catch (thrown) {
    throw isProblem(thrown) ? thrown.with({ pointer: '/quantity/amount' }) : thrown
  }
}
