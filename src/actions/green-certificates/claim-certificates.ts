/** Claims green certificates that were retired for the caller: all of them, or none. */

import {
  type CertificateRange,
  certificatesIn,
  checkRetirementDates,
  dateInChina,
  readCertificateRanges,
} from '../../certification/green-certificate.ts'
import type { NewRetirement, Retirement } from '../../ports/green-certificates.ts'
import type { Created } from '../../ports/parties.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { requireEnterprise } from '../footprints/definition.ts'
import { idFor } from '../identity.ts'

/** What a claimant states. */
export interface Claim
  extends Omit<NewRetirement, 'id' | 'organizationId' | 'ranges' | 'certificates' | 'createdAt'> {
  readonly ranges: readonly CertificateRange[]
}

/**
 * @throws Problem `role-required`, `identifier-invalid`, `duplicate-id`, `too-many-items`, `certificate-expired`,
 *   `certificate-dates-invalid`, `period-invalid`, `certificate-already-claimed`, `stale-state`, `idempotency-key-reused`.
 */
export function claimCertificates(
  { greenCertificates, world }: Pick<Ports, 'greenCertificates' | 'world'>,
  request: { actor: Actor; mark: RequestMark; claim: Claim },
): Promise<Created<Retirement>> {
  const { actor, mark, claim } = request
  requireEnterprise(actor)
  const ranges = readCertificateRanges(claim.ranges, '/ranges')
  const at = world.now()
  checkRetirementDates(claim, dateInChina(at))
  const retirement = {
    ...claim,
    id: idFor(world, actor, mark, 'green-certificates'),
    organizationId: actor.organizationId,
    ranges,
    certificates: certificatesIn(ranges),
    createdAt: at,
  }
  return greenCertificates.claim({ actor, mark, at }, retirement)
}
