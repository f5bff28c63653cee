/** Gives certificates of a retirement to a footprint of the same organization, up to what the retirement holds. */

import type { Allocation } from '../../ports/green-certificates.ts'
import type { Created } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { invisibleFootprint } from '../footprints/definition.ts'
import { idFor } from '../identity.ts'
import { readRetirement } from './read-retirement.ts'

/** @throws Problem `not-found`, `certificate-overallocated`, `invalid-transition`, `stale-state`, `idempotency-key-reused`. */
export async function allocateCertificates(
  ports: Pick<Ports, 'greenCertificates' | 'footprints' | 'world'>,
  request: {
    actor: Actor
    mark: RequestMark
    retirementId: string
    footprintId: string
    certificates: number
  },
): Promise<Created<Allocation>> {
  const { actor, mark, ...asked } = request
  const at = ports.world.now()
  const id = idFor(ports.world, actor, mark, 'green-certificate-allocation')
  const allocation = { ...asked, id, organizationId: actor.organizationId, createdAt: at }
  const made = await ports.greenCertificates.allocate({ actor, mark, at }, allocation)
  if (made) return made
  await readRetirement(ports, actor, asked.retirementId)
  if (!(await ports.footprints.find(actor, asked.footprintId))) {
    throw invisibleFootprint().with({ pointer: '/footprintId' })
  }
  throw new Problem('stale-state', 'Something else changed at the same moment; try again.')
}
