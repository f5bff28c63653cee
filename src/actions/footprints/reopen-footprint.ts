/** Makes a submitted footprint a draft again, for its next revision; what was submitted stays as it is. */

import type { Footprint } from '../../ports/footprints.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { changedMeanwhile, invisibleFootprint } from './definition.ts'

/**
 * A retry under the same idempotency key answers the footprint as it is by now.
 *
 * @throws Problem `not-found`, `invalid-transition` while a body works on it, `precondition-failed`, `idempotency-key-reused`.
 */
export async function reopenFootprint(
  ports: Ports,
  request: { actor: Actor; mark: RequestMark; footprintId: string },
): Promise<Footprint> {
  const { actor, mark, footprintId } = request
  const file = await ports.footprints.findForWrite(actor, footprintId, ports.world.newId())
  if (!file) throw invisibleFootprint()
  if (file.footprint.state === 'draft') return file.footprint
  if (file.isEngaged) {
    const detail = 'A body is working on this revision; wait for its findings, or withdraw the application.'
    throw new Problem('invalid-transition', detail, { state: file.footprint.state })
  }
  const by = { actor, mark, at: ports.world.now() }
  const note = { auditId: idFor(ports.world, actor, mark, 'reopen'), action: 'reopen-footprint' }
  const changed = await ports.footprints.change(by, file.footprint, { state: 'draft' }, note)
  if (!changed) throw changedMeanwhile()
  return changed
}
