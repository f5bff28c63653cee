/** A retirement of the caller's, and the one answer for what is not. */

import type { Retirement } from '../../ports/green-certificates.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'

/** The same answer for a retirement that is not there and one that is not yours. */
export function invisibleRetirement(): Problem {
  return new Problem('not-found', 'No retirement with this id is visible to you.')
}

/** @throws Problem `not-found`. */
export async function readRetirement(
  { greenCertificates }: Pick<Ports, 'greenCertificates'>,
  actor: Actor,
  id: string,
): Promise<Retirement> {
  const found = await greenCertificates.find(actor, id)
  if (!found) throw invisibleRetirement()
  return found
}
