/** What a correction changed: two revisions of an engagement side by side, activity by activity, and what each moved. */

import { type JsonDifference, jsonDifferences } from '../../json/difference.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { compareFootprints, type FootprintComparison } from '../footprints/compare-footprints.ts'
import { readRevision } from '../footprints/read-revision.ts'
import { invisibleEngagement } from './make-move.ts'

/** Members of the definition told one by one. */
export const definitionDifferencesMax = 200

export interface RevisionDifference extends FootprintComparison {
  /** What the definition says otherwise: boundary, pins, exclusions, parties, processes; at most {@link definitionDifferencesMax}. */
  readonly definition: readonly JsonDifference[]
}

/**
 * @param request without numbers, the revision under verification against the one before it.
 * @throws Problem `not-found`; `invalid-request` where there is no revision before; `not-comparable`.
 */
export async function readDifference(
  ports: Ports,
  request: {
    readonly actor: Actor
    readonly engagementId: string
    readonly from?: number | undefined
    readonly to?: number | undefined
  },
): Promise<RevisionDifference> {
  const { actor, engagementId } = request
  const file = await ports.engagements.load(actor, engagementId, { memberIds: [], auditId: null })
  if (!file) throw invisibleEngagement()
  const { footprintId, revisionNumber } = file.engagement
  const to = request.to ?? revisionNumber
  const from = request.from ?? to - 1
  if (from < 1) {
    const detail = 'There is one revision so far, and nothing to hold beside it.'
    throw new Problem('invalid-request', detail, { in: 'query', parameter: 'from' })
  }
  const numbered = (number: number) => readRevision(ports, { actor, footprintId, number })
  const [before, after] = await Promise.all([numbered(from), numbered(to)])
  const compared = await compareFootprints(ports, {
    actor,
    before: { footprintId, revision: from },
    after: { footprintId, revision: to },
  })
  return {
    ...compared,
    definition: jsonDifferences(before.definition, after.definition, definitionDifferencesMax),
  }
}
