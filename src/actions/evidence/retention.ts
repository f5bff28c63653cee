/** How long evidence is kept: what its verifications' schemes say, and what started their clocks. */

import {
  evidenceRulesOf,
  type RestingVerification,
  type Retention,
  retentionOf,
} from '../../certification/evidence.ts'
import type { EvidenceOwner, VerificationRow } from '../../ports/evidence.ts'
import type { Actor, Ports } from '../../ports.ts'

/**
 * The retention of what an owner holds. @param actor sees the clocks of the verifications that it takes part in; null is the installation
 * itself, which sees all.
 */
export async function retentionFor(
  ports: Pick<Ports, 'evidence' | 'registry'>,
  actor: Actor | null,
  owner: EvidenceOwner,
): Promise<Retention> {
  const rows = await ports.evidence.verifications(actor, owner)
  const nameOf = ({ scheme }: VerificationRow) => `${scheme.id} ${scheme.version}`
  const schemes = [...new Map(rows.map((row) => [nameOf(row), row.scheme]))]
  const years = new Map(
    await Promise.all(schemes.map(async ([name, scheme]) => [name, await yearsOf(ports, scheme)] as const)),
  )
  return retentionOf(
    rows.map((row) => ({ retentionYears: years.get(nameOf(row)) ?? null, ended: endOf(row) })),
  )
}

async function yearsOf(
  { registry }: Pick<Ports, 'registry'>,
  { id, version }: VerificationRow['scheme'],
): Promise<number | null> {
  // What is published was read as a scheme when it was published.
  const { body } = await registry.loadScheme(id, version)
  return evidenceRulesOf(body as object).retentionYears ?? null
}

/** A certificate rests on its evidence to the end of its term, a statement from its issue; what led to no document, to its close. */
function endOf({ document, closedAt, refusedAt }: VerificationRow): RestingVerification['ended'] {
  if (document !== null) {
    const { issuedAt, validUntil } = document
    return validUntil === null ? { by: 'issue', at: issuedAt } : { by: 'end-of-validity', at: validUntil }
  }
  const at = closedAt ?? refusedAt
  return at && { by: 'close-of-engagement', at }
}
