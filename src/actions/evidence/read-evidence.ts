/** Reads evidence: with its links and its clock, and where its bytes can be fetched. */

import { addressSeconds, type Retention } from '../../certification/evidence.ts'
import type { EvidenceMediaType } from '../../certification/evidence-content/media-types.ts'
import type { Evidence, EvidenceFilter, EvidenceOwner, EvidenceSeen } from '../../ports/evidence.ts'
import { type DownloadAddress, evidenceKey } from '../../ports/files.ts'
import type { Page } from '../../ports/parties.ts'
import type { Actor, Ports } from '../../ports.ts'
import { type EvidenceRequest, homeOf, invisibleEvidence, seenEvidence } from './home.ts'
import { retentionFor } from './retention.ts'

/** @throws Problem `not-found`. */
export async function listEvidence(
  ports: Ports,
  asked: {
    readonly actor: Actor
    readonly owner: EvidenceOwner
    readonly filter: EvidenceFilter
    readonly page: Page
  },
): Promise<{ readonly rows: readonly EvidenceSeen[]; readonly retention: Retention }> {
  const { actor, owner, filter, page } = asked
  const [, rows, retention] = await Promise.all([
    homeOf(ports, actor, owner),
    ports.evidence.list(actor, owner, filter, page),
    retentionFor(ports, actor, owner),
  ])
  return { rows, retention }
}

/** @throws Problem `not-found`. */
export async function readEvidence(
  ports: Ports,
  asked: Omit<EvidenceRequest, 'mark'>,
): Promise<EvidenceSeen & { readonly retention: Retention }> {
  const [{ evidence, links }, retention] = await Promise.all([
    seenEvidence(ports, asked),
    retentionFor(ports, asked.actor, asked.owner),
  ])
  return { evidence, links, retention }
}

export interface EvidenceContent extends DownloadAddress {
  readonly evidence: Evidence
}

/** Where the bytes can be fetched for a moment; that they were handed out is on record. @throws Problem `not-found`. */
export async function fetchContent(ports: Ports, request: EvidenceRequest): Promise<EvidenceContent> {
  const { evidence } = await seenEvidence(ports, request)
  if (evidence.state !== 'kept') throw invisibleEvidence()
  const { actor, mark } = request
  await ports.evidence.noteReading({ actor, mark, at: ports.world.now() }, evidence, ports.world.newId())
  const { organizationId, sha256, number, mediaType } = evidence
  const face = { name: `evidence-${number}.${endings[mediaType]}`, mediaType }
  const address = await ports.files.downloadAddress(
    evidenceKey(organizationId, sha256),
    face,
    addressSeconds.download,
  )
  return { ...address, evidence }
}

/** A file is saved under the ending of what it is, whatever it was called. */
const endings: Readonly<Record<EvidenceMediaType, string>> = {
  'application/pdf': 'pdf',
  'application/ofd': 'ofd',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/heic': 'heic',
  'image/webp': 'webp',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'text/csv': 'csv',
  'text/plain': 'txt',
  'application/xml': 'xml',
}
