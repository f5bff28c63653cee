/** Reads an engagement with everything on it: one request for the whole screen, and the moves that are now possible. */

import type { EngagementFacts } from '../../certification/engagement.ts'
import { movesFrom, type PossibleMove } from '../../certification/transitions.ts'
import type { EngagementFile } from '../../ports/engagements.ts'
import type { Actor, Ports } from '../../ports.ts'
import { invisibleEngagement, schemeOf } from './make-move.ts'
import { callerOf, factsOf } from './situation.ts'

export interface EngagementSeen {
  readonly file: EngagementFile
  readonly side: 'client' | 'body'
  readonly moves: readonly PossibleMove[]
  /** What the rules look at: also what misstatements come to. */
  readonly facts: EngagementFacts
}

/** @throws Problem `not-found`, the same for none and for another's. */
export async function readEngagement(
  ports: Ports,
  { actor, engagementId }: { actor: Actor; engagementId: string },
): Promise<EngagementSeen> {
  const file = await ports.engagements.load(actor, engagementId, { memberIds: [], auditId: null })
  if (!file) throw invisibleEngagement()
  const caller = callerOf(file, actor)
  const facts = factsOf(file, await schemeOf(ports, file), ports.world.now())
  return { file, side: caller.side, moves: movesFrom(facts, caller), facts }
}
