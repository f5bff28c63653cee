/** Gives the numbers of a retirement free again: a claim that was a mistake. What was claimed, and why it ended, stays on record. */

import type { Retirement } from '../../ports/green-certificates.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { readRetirement } from './read-retirement.ts'

/** @throws Problem `not-found`, `invalid-transition` for one that was released, `certificate-in-use`, `idempotency-key-reused`. */
export async function releaseCertificates(
  ports: Pick<Ports, 'greenCertificates' | 'world'>,
  request: { actor: Actor; mark: RequestMark; id: string; reason: string },
): Promise<Retirement> {
  const { actor, mark, id, reason } = request
  const by = { actor, mark, at: ports.world.now() }
  const auditId = idFor(ports.world, actor, mark, 'release-certificates')
  const released = await ports.greenCertificates.release(by, { id, reason, auditId })
  if (released) return released
  await readRetirement(ports, actor, id)
  throw new Problem('invalid-transition', 'The retirement was released before.', { state: 'released' })
}
