/** Replaces a draft's definition; with a bill of materials, its activity data too. */

import type { Footprint } from '../../ports/footprints.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { requireUsablePins } from '../registry/pinned-versions.ts'
import { baseYearOf } from './base-year.ts'
import { changedMeanwhile, invisibleFootprint, requireDraft, requireVersion } from './definition.ts'
import { checkedSent, type SentDefinition } from './sent-definition.ts'

/**
 * @throws Problem `not-found`, `revision-frozen`, `precondition-failed`, `invalid-request` (another kind of footprint),
 *   whatever {@link checkedSent} and {@link requireUsablePins} refuse.
 */
export async function editFootprint(
  ports: Ports,
  request: {
    actor: Actor
    mark: RequestMark
    footprintId: string
    version: number
    definition: SentDefinition
  },
): Promise<Footprint> {
  const { actor, mark, footprintId, version } = request
  const { factorTables } = request.definition.calculation
  const found = await ports.footprints.findWithPins(actor, footprintId, factorTables)
  if (!found) throw invisibleFootprint()
  const { footprint: standing, standings } = found
  requireDraft(standing)
  requireVersion(standing, version)
  requireSameKind(standing, request.definition)
  const { definition, data } = await checkedSent(ports, request.definition)
  await requireUsablePins(ports, actor, factorTables, standings)
  await baseYearOf(ports, actor, definition)
  const by = { actor, mark, at: ports.world.now() }
  const note = { auditId: ports.world.newId(), action: 'edit-footprint' }
  await data?.store()
  const change = { definition, ...(data && { activityData: data.activityData }) }
  const changed = await ports.footprints.change(by, standing, change, note)
  if (!changed) throw changedMeanwhile()
  return changed
}

function requireSameKind(standing: Footprint, { calculation }: SentDefinition): void {
  if (standing.kind === (calculation.kind === 'organization' ? 'organization' : 'product')) return
  throw new Problem(
    'invalid-request',
    `This is a footprint of kind "${standing.kind}"; begin another one instead.`,
    {
      pointer: '/calculation/kind',
    },
  )
}
