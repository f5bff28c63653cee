/** Reads what was frozen: for the owner, and for a body the revision was put before. */

import type { Digest } from '../../json/digest.ts'
import type { Revision } from '../../ports/footprints.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { readRecordManifest } from '../../record/calculation-record.ts'
import { declarationKey } from '../../record/declaration.ts'
import { chunkKey, recordKey, revisionKey } from '../../record/manifest.ts'
import { readRevisionManifest } from '../../record/revision.ts'
import { storedObject } from '../stored-object.ts'

interface Wanted {
  readonly actor: Actor
  readonly footprintId: string
  readonly number: number
}

/** @throws Problem `not-found`, the same for none and for another's. */
export async function readRevision(ports: Ports, { actor, footprintId, number }: Wanted): Promise<Revision> {
  const revision = await ports.footprints.findRevision(actor, footprintId, number)
  if (!revision) throw new Problem('not-found', 'No such revision is visible to you.')
  return revision
}

export const revisionDocuments = ['manifest', 'record', 'declaration'] as const
export type RevisionDocument = (typeof revisionDocuments)[number]

/** The stored bytes of one of a revision's documents. @throws Problem `not-found`, `unavailable`. */
export async function readRevisionDocument(
  ports: Ports,
  wanted: Wanted & { readonly document: RevisionDocument },
): Promise<Uint8Array> {
  const revision = await readRevision(ports, wanted)
  const keys = {
    manifest: revisionKey(revision.digest as Digest),
    record: recordKey(revision.recordDigest as Digest),
    declaration: declarationKey(revision.declarationDigest as Digest),
  }
  return storedObject(ports, keys[wanted.document])
}

/** The bytes of a chunk of lines that the revision or its record names. @throws Problem `not-found`, `unavailable`. */
export async function readChunk(
  ports: Ports,
  wanted: Wanted & { readonly digest: Digest },
): Promise<Uint8Array> {
  const revision = await readRevision(ports, wanted)
  const [digest, recordDigest] = [revision.digest as Digest, revision.recordDigest as Digest]
  const [revisionBytes, recordBytes] = await Promise.all([
    storedObject(ports, revisionKey(digest)),
    storedObject(ports, recordKey(recordDigest)),
  ])
  const { lines } = readRevisionManifest(revisionBytes, digest)
  const results = readRecordManifest(recordBytes, recordDigest).lines
  const isNamed = [...lines.chunks, ...results.chunks].some((chunk) => chunk.digest === wanted.digest)
  if (!isNamed) throw new Problem('not-found', 'The revision has no chunk of this digest.')
  return storedObject(ports, chunkKey(wanted.digest))
}
