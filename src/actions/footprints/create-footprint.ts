/** Begins a footprint: a draft under a scheme, without activity data yet. */

import type { Footprint, FootprintDefinition } from '../../ports/footprints.ts'
import type { Created } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { idFor } from '../identity.ts'
import { checkedDefinition } from './check-definition.ts'
import { requireEnterprise } from './definition.ts'

/** @throws Problem `role-required`, `idempotency-key-reused`, whatever {@link checkedDefinition} refuses. */
export async function createFootprint(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; definition: FootprintDefinition },
): Promise<Created<Footprint>> {
  const { actor, mark } = request
  requireEnterprise(actor)
  const definition = await checkedDefinition(ports, request.definition)
  const at = ports.world.now()
  return ports.footprints.create(
    { actor, mark, at },
    {
      id: idFor(ports.world, actor, mark, 'footprint'),
      organizationId: actor.organizationId,
      kind: definition.calculation.kind,
      state: 'draft',
      version: 1,
      definition,
      activityData: null,
      latestRevision: 0,
      createdAt: at,
      updatedAt: at,
    },
  )
}
