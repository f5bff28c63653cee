/** What is past its term: told to the operator, and erased where the operator says so. The row stays: its digest, and when it was erased. */

import { isPastRetention, type Retention } from '../../certification/evidence.ts'
import type { Evidence, EvidenceOwner } from '../../ports/evidence.ts'
import { evidenceKey } from '../../ports/files.ts'
import type { Authorship } from '../../ports/parties.ts'
import type { Ports } from '../../ports.ts'
import { uploadHours } from './announce-evidence.ts'
import { retentionFor } from './retention.ts'

const ownersAtOnce = 100
const bytesAtOnce = 100

export interface Expired {
  readonly evidence: Evidence
  readonly retention: Retention
}

/** Everything kept whose term is over, owner by owner. */
export async function* expiredEvidence(ports: Ports): AsyncGenerator<Expired> {
  const now = ports.world.now()
  for await (const owner of ownersOfKept(ports)) {
    const retention = await retentionFor(ports, null, owner)
    if (!isPastRetention(retention, now)) continue
    for (const evidence of await ports.evidence.keptOf(owner)) yield { evidence, retention }
  }
}

async function* ownersOfKept({ evidence }: Ports): AsyncGenerator<EvidenceOwner> {
  let after: string | null = null
  for (;;) {
    const owners: readonly EvidenceOwner[] = await evidence.ownersOfKept(after, ownersAtOnce)
    yield* owners
    after = owners.at(-1)?.id ?? null
    if (owners.length < ownersAtOnce) return
  }
}

/** Erases one that is past its term; false where that was done meanwhile. Its bytes go with {@link removeErasedBytes}. */
export function eraseExpired(
  ports: Ports,
  by: Omit<Authorship, 'at'>,
  { evidence }: Expired,
): Promise<boolean> {
  return ports.evidence.erase({ ...by, at: ports.world.now() }, evidence, ports.world.newId())
}

/**
 * Removes the bytes of what was erased, unless something else that is kept, or whose upload is awaited, has the same. Ends what a crash
 * left: bytes count as gone only after the store was told.
 *
 * @returns how many rows have no bytes any more.
 */
export async function removeErasedBytes(ports: Ports): Promise<number> {
  const awaitedSince = new Date(ports.world.now().getTime() - 2 * uploadHours * 3_600_000)
  let removed = 0
  for (;;) {
    const rows = await ports.evidence.bytesToRemove(awaitedSince, bytesAtOnce)
    for (const evidence of rows) {
      await ports.files.remove(evidenceKey(evidence.organizationId, evidence.sha256))
      await ports.evidence.noteRemoved(evidence, ports.world.now())
    }
    removed += rows.length
    if (rows.length < bytesAtOnce) return removed
  }
}
