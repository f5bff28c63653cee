/** Proposes the team's opinion to the review. */

import type { Proposal } from '../../certification/engagement.ts'
import type { Scheme } from '../../certification/scheme.ts'
import type { Engagement, EngagementFile } from '../../ports/engagements.ts'
import type { Actor, Ports } from '../../ports.ts'
import { evidenceCoverage } from '../evidence/evidence-coverage.ts'
import { type MoveRequest, makeMove } from './make-move.ts'

/** @throws Problem as `makeMove`; `finding-open`, `opinion-inconsistent`, `paper-missing`, `evidence-missing`. */
export function proposeOpinion(
  ports: Ports,
  request: MoveRequest & { readonly proposal: Proposal },
): Promise<Engagement> {
  const { proposal } = request
  return makeMove(ports, { ...request, move: 'propose' }, async ({ file, scheme, signed }) => ({
    content: {
      move: 'propose',
      proposal,
      missingEvidence: await missingEvidenceOf(ports, request.actor, file, scheme),
    },
    change: { proposal: { ...proposal, ...signed } },
  }))
}

/** Asked only where the scheme asks for evidence: the record's lines are read for it. */
async function missingEvidenceOf(ports: Ports, actor: Actor, { engagement }: EngagementFile, scheme: Scheme) {
  if (!scheme.evidence?.required?.length) return null
  const { footprintId, revisionNumber } = engagement
  const asked = { revision: revisionNumber, onlyBare: true, from: 0, limit: 0 }
  return (await evidenceCoverage(ports, { actor, footprintId, ...asked })).missing
}
