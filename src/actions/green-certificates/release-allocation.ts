/** Takes certificates back from a footprint, as long as no submitted revision of it rests on them. */

import type { Allocation } from '../../ports/green-certificates.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'

/** @throws Problem `not-found`, `invalid-transition` for one that was released, `certificate-in-use`, `idempotency-key-reused`. */
export async function releaseAllocation(
  ports: Pick<Ports, 'greenCertificates' | 'world'>,
  request: { actor: Actor; mark: RequestMark; retirementId: string; id: string },
): Promise<Allocation> {
  const { actor, mark, retirementId, id } = request
  const by = { actor, mark, at: ports.world.now() }
  const auditId = idFor(ports.world, actor, mark, 'release-allocation')
  const released = await ports.greenCertificates.releaseAllocation(by, { retirementId, id, auditId })
  if (released) return released
  const standing = await ports.greenCertificates.findAllocation(actor, retirementId, id)
  throw standing === null
    ? new Problem('not-found', 'No allocation with this id is visible to you.')
    : notReleasable(standing)
}

function notReleasable({ usedByRevisionId, certificates, footprintKind }: Allocation): Problem {
  if (usedByRevisionId === null) {
    return new Problem('invalid-transition', 'The allocation was released before.', { state: 'released' })
  }
  const detail = 'A submitted revision rests on these certificates; they stay with its footprint.'
  const isProduct = footprintKind === 'product'
  const allocated = { inventories: isProduct ? 0 : certificates, products: isProduct ? certificates : 0 }
  return new Problem('certificate-in-use', detail, { allocated, submitted: true })
}
