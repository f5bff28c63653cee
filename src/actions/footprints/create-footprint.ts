/** Begins a footprint: a draft under a scheme, without activity data yet unless a bill of materials states them. */

import type { Footprint } from '../../ports/footprints.ts'
import type { Created } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { idFor } from '../identity.ts'
import { requireUsablePins } from '../registry/pinned-versions.ts'
import { baseYearOf } from './base-year.ts'
import { requireEnterprise } from './definition.ts'
import { checkedSent, type SentDefinition } from './sent-definition.ts'

/**
 * @throws Problem `role-required`, `idempotency-key-reused`, whatever {@link checkedSent} and
 *   {@link requireUsablePins} refuse.
 */
export async function createFootprint(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; definition: SentDefinition },
): Promise<Created<Footprint>> {
  const { actor, mark } = request
  requireEnterprise(actor)
  const id = idFor(ports.world, actor, mark, 'footprint')
  const { definition, data } = await checkedSent(ports, request.definition)
  await requirePins(ports, actor, definition, id)
  await baseYearOf(ports, actor, definition)
  await data?.store()
  const at = ports.world.now()
  return ports.footprints.create(
    { actor, mark, at },
    {
      id,
      organizationId: actor.organizationId,
      kind: definition.calculation.kind,
      state: 'draft',
      version: 1,
      definition,
      activityData: data?.activityData ?? null,
      latestRevision: 0,
      createdAt: at,
      updatedAt: at,
    },
  )
}

/** A retry of a request that made its footprint before a table was withdrawn is answered what it made. */
async function requirePins(
  ports: Ports,
  actor: Actor,
  { calculation }: Footprint['definition'],
  id: string,
): Promise<void> {
  const pins = calculation.factorTables
  const standings = await ports.registry.findStandings(actor, pins)
  try {
    await requireUsablePins(ports, actor, pins, standings)
  } catch (refusal) {
    if ((await ports.footprints.find(actor, id)) === null) throw refusal
  }
}
