/** Sets a draft's activity data: all of it at once, or nothing. Stored under its digest before the row names it. */

import type { ActivityLine } from '../../engine/types.ts'
import { canonicalBytes } from '../../json/canonical.ts'
import { digestOfBytes } from '../../json/digest.ts'
import type { Footprint } from '../../ports/footprints.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { canonicalLine } from '../../record/canonical-input.ts'
import {
  activityDataKey,
  changedMeanwhile,
  invisibleFootprint,
  requireDraft,
  requireVersion,
} from './definition.ts'

/** @throws Problem `not-found`, `revision-frozen`, `precondition-failed`, `invalid-number`, `duplicate-id`. */
export async function putActivityData(
  ports: Ports,
  request: {
    actor: Actor
    mark: RequestMark
    footprintId: string
    version: number
    lines: readonly ActivityLine[]
  },
): Promise<Footprint> {
  const { actor, mark, footprintId, version } = request
  const standing = await ports.footprints.find(actor, footprintId)
  if (!standing) throw invisibleFootprint()
  requireDraft(standing)
  requireVersion(standing, version)
  const lines = request.lines.map((line, at) => canonicalLine(line, ['lines', at]))
  refuseDuplicates(lines)
  const bytes = canonicalBytes({ type: 'egret/activity-data', schemaVersion: '1', lines })
  const activityData = { digest: digestOfBytes(bytes), count: lines.length }
  await ports.objects.put('private', activityDataKey(activityData), bytes, {
    contentType: 'application/json',
  })
  const by = { actor, mark, at: ports.world.now() }
  const note = { auditId: ports.world.newId(), action: 'put-activity-data' }
  const changed = await ports.footprints.change(by, standing, { activityData }, note)
  if (!changed) throw changedMeanwhile()
  return changed
}

function refuseDuplicates(lines: readonly ActivityLine[]): void {
  const seen = new Map<string, number>()
  for (const [at, { id }] of lines.entries()) {
    const first = seen.get(id)
    if (first !== undefined) {
      const detail = `The line id "${id}" stands twice; give each line an id of its own.`
      throw new Problem('duplicate-id', detail, { pointer: `/lines/${at}/id`, first: `/lines/${first}/id` })
    }
    seen.set(id, at)
  }
}
