/**
 * Confirms an upload: its bytes are read again, and count only if they are what was announced. Whoever holds the upload's address may put
 * other bytes there at any moment, so a copy is read that nobody can reach, and that very copy is kept.
 */

import { type Inspection, Inspector } from '../../certification/evidence-content/inspect.ts'
import type { Evidence, EvidenceRefusal, EvidenceSeen } from '../../ports/evidence.ts'
import { evidenceKey, uploadCopyKey, uploadKey } from '../../ports/files.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'
import { isStale } from './announce-evidence.ts'
import { type EvidenceRequest, ownEvidence } from './home.ts'

/**
 * Answers the evidence as it stands then, `kept` or `refused` with its reason; the same for every further request.
 *
 * @throws Problem `not-found`, `role-required`, `member-required`, `invalid-transition` where nothing was uploaded, `unavailable`.
 */
export async function confirmEvidence(ports: Ports, request: EvidenceRequest): Promise<EvidenceSeen> {
  const seen = await ownEvidence(ports, request)
  if (seen.evidence.state !== 'announced') return seen
  if (isStale(seen.evidence, ports.world.now())) throw uploadGone()
  const copyKey = uploadCopyKey(ports.world.newId())
  const inspection = await inspectUpload(ports, seen.evidence, copyKey)
  if (inspection === null) return settledMeanwhile(ports, request, notUploaded())
  if (inspection.outcome === 'kept') await keepBytes(ports, seen.evidence, copyKey)
  const settled = await settle(ports, request, seen.evidence, inspection)
  // What is left of an upload expires with everything under its prefix.
  await Promise.allSettled([copyKey, uploadKey(seen.evidence.id)].map((key) => ports.files.remove(key)))
  return settled ? { evidence: settled, links: [] } : settledMeanwhile(ports, request, beingErased())
}

/** Null where nothing was uploaded. A file of another length is not read. */
async function inspectUpload(
  { files }: Ports,
  evidence: Evidence,
  copyKey: string,
): Promise<Inspection | null> {
  const size = await files.size(uploadKey(evidence.id))
  if (size === null) return null
  if (size !== evidence.size) return { outcome: 'refused', reason: 'size-differs', found: [] }
  if (!(await files.copy(uploadKey(evidence.id), copyKey))) return null
  const pieces = await files.read(copyKey)
  if (pieces === null) return null
  const inspector = new Inspector()
  for await (const piece of pieces) {
    inspector.push(piece)
    if (inspector.size > evidence.size) break
  }
  return inspector.against(evidence)
}

/** Never written over: what is there under this digest are these bytes. */
async function keepBytes({ files }: Ports, evidence: Evidence, copyKey: string): Promise<void> {
  const key = evidenceKey(evidence.organizationId, evidence.sha256)
  if ((await files.size(key)) !== null || (await files.copy(copyKey, key))) return
  throw new Problem('unavailable', 'The file cannot be kept now; confirm it again.', {})
}

function settle(
  ports: Ports,
  { actor, mark }: EvidenceRequest,
  evidence: Evidence,
  inspection: Inspection,
): Promise<Evidence | null> {
  const refusal: EvidenceRefusal | null =
    inspection.outcome === 'kept' ? null : { reason: inspection.reason, found: inspection.found }
  const by = { actor, mark, at: ports.world.now() }
  return ports.evidence.settle(by, evidence, refusal, idFor(ports.world, actor, mark, 'evidence-act'))
}

/** Another request may have come first, and taken the upload away. */
async function settledMeanwhile(
  ports: Ports,
  request: EvidenceRequest,
  otherwise: Problem,
): Promise<EvidenceSeen> {
  const seen = await ownEvidence(ports, request)
  if (seen.evidence.state === 'announced') throw otherwise
  return seen
}

function notUploaded(): Problem {
  const detail = 'Nothing was uploaded yet: PUT the file to the address that announcing it answered.'
  return new Problem('invalid-transition', detail, { state: 'announced' })
}

function uploadGone(): Problem {
  return new Problem('invalid-transition', 'The upload is too old; announce the file anew.', {
    state: 'announced',
  })
}

function beingErased(): Problem {
  return new Problem('unavailable', 'The same bytes are being erased just now; confirm again.', {})
}
