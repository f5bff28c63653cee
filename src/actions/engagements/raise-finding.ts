/** Raises a finding: what the team found, never how to mend it. */

import type { NewFinding } from '../../certification/engagement.ts'
import type { Scheme } from '../../certification/scheme.ts'
import { parseDecimal } from '../../engine/index.ts'
import { daysAfter, localDate } from '../../json/instant.ts'
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
  return makeMove(ports, { ...request, move: 'raiseFinding' }, ({ scheme, signed }) => {
    const timed = { ...finding, answerBy: finding.answerBy ?? answerBy(finding, scheme, signed.at) }
    return {
      content: { move: 'raiseFinding', finding: timed },
      change: { raise: { ...timed, id, raised: signed } },
    }
  })
}

/** The scheme's days for an answer, from today, and no more than a major nonconformity has to be closed in; what is only disclosed needs none. */
function answerBy({ disclosed, severity }: FindingRaised, { process }: Scheme, at: Date): string | null {
  const limits = [process?.answerDays, severity === 'major' ? process?.closeMajorDays : undefined]
  const days = Math.min(...limits.filter((limit) => limit !== undefined))
  if (days === Number.POSITIVE_INFINITY || disclosed) return null
  return daysAfter(localDate(at), days)
}

function checkQuantity(amount: string): void {
  try {
    parseDecimal(amount)
  } catch (thrown) {
    throw isProblem(thrown) ? thrown.with({ pointer: '/quantity/amount' }) : thrown
  }
}
