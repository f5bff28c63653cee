/** Announces a file of evidence: what it is, how long it is and its digest, before a byte of it is here. */

import { addressSeconds } from '../../certification/evidence.ts'
import { dayNumber } from '../../engine/calendar.ts'
import type { Evidence, EvidenceOwner, NewEvidence } from '../../ports/evidence.ts'
import { type UploadAddress, uploadKey } from '../../ports/files.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { type EvidenceRequest, homeOf, ownEvidence, requireBringing, revisionNow } from './home.ts'

/** What is said of a file. */
export type AnnouncedFile = Pick<
  NewEvidence,
  'kind' | 'name' | 'mediaType' | 'size' | 'sha256' | 'description' | 'takenOn' | 'validUntil'
>

export interface AnnouncedEvidence {
  readonly evidence: Evidence
  /** Where its bytes are put; null once they are here. */
  readonly upload: UploadAddress | null
}

/** Hours after which an upload that nobody confirmed is announced anew: its bytes may be gone. */
export const uploadHours = 24

/**
 * @throws Problem `not-found`, `role-required`, `member-required`, `invalid-transition`, `period-invalid`, `too-many-items`,
 *   `idempotency-key-reused`.
 */
export async function announceEvidence(
  ports: Ports,
  request: {
    readonly actor: Actor
    readonly mark: RequestMark
    readonly owner: EvidenceOwner
    readonly file: AnnouncedFile
  },
): Promise<AnnouncedEvidence> {
  const { actor, mark, owner, file } = request
  const home = await homeOf(ports, actor, owner)
  requireBringing(actor, home)
  for (const day of ['takenOn', 'validUntil'] as const) requireDay(file[day], `/${day}`)
  const at = ports.world.now()
  const { row } = await ports.evidence.announce(
    { actor, mark, at },
    {
      ...file,
      id: idFor(ports.world, actor, mark, 'evidence'),
      footprintId: home.footprintId,
      engagementId: home.of === 'engagement' ? home.engagementId : null,
      organizationId: home.organizationId,
      revision: revisionNow(home),
      announcedAt: at,
    },
  )
  return { evidence: row, upload: await uploadOf(ports, row) }
}

/** The address once more, for an upload that took too long. @throws Problem as {@link announceEvidence}. */
export async function addressUpload(ports: Ports, request: EvidenceRequest): Promise<UploadAddress> {
  const { evidence } = await ownEvidence(ports, request)
  const upload = await uploadOf(ports, evidence)
  if (upload !== null) return upload
  throw new Problem('invalid-transition', 'Its upload is settled, or too old; announce a file anew.', {
    state: evidence.state,
  })
}

async function uploadOf(ports: Ports, evidence: Evidence): Promise<UploadAddress | null> {
  if (evidence.state !== 'announced' || isStale(evidence, ports.world.now())) return null
  return ports.files.uploadAddress(uploadKey(evidence.id), evidence, addressSeconds.upload)
}

/** Whether its upload may be gone. */
export function isStale({ announcedAt }: Evidence, now: Date): boolean {
  return now.getTime() - announcedAt.getTime() > uploadHours * 3_600_000
}

function requireDay(day: string | null, pointer: string): void {
  if (day === null) return
  try {
    dayNumber(day)
  } catch (thrown) {
    throw thrown instanceof Problem ? thrown.with({ pointer }) : thrown
  }
}
