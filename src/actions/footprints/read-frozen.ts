/** Opens what a revision froze, with all its lines; nothing is believed before its digest fits. */

import type { ActivityLine, CalculationInput } from '../../engine/types.ts'
import type { Digest } from '../../json/digest.ts'
import type { Ports } from '../../ports.ts'
import { type OpenedRecord, openRecord, readRecordManifest } from '../../record/calculation-record.ts'
import { chunkKey, recordKey, revisionKey } from '../../record/manifest.ts'
import { inputOf, openRevision, readRevisionManifest } from '../../record/revision.ts'
import type { Seal } from '../../record/sealed-lines.ts'
import { storedObject } from '../stored-object.ts'

/** The calculation record of a digest. @throws Problem `unavailable`, `stored-object-corrupt`. */
export async function recordAt(ports: Pick<Ports, 'objects'>, digest: Digest): Promise<OpenedRecord> {
  const bytes = await storedObject(ports, recordKey(digest))
  return openRecord(bytes, digest, await chunksOf(ports, readRecordManifest(bytes, digest).lines))
}

/** The calculation that a revision froze. @throws Problem `unavailable`, `stored-object-corrupt`. */
export async function inputAt(ports: Pick<Ports, 'objects'>, digest: Digest): Promise<CalculationInput> {
  const bytes = await storedObject(ports, revisionKey(digest))
  const chunks = await chunksOf(ports, readRevisionManifest(bytes, digest).lines)
  return inputOf(openRevision(bytes, digest, chunks))
}

/** Its activity data. @throws Problem `unavailable`, `stored-object-corrupt`. */
export async function linesAt(
  ports: Pick<Ports, 'objects'>,
  digest: Digest,
): Promise<readonly ActivityLine[]> {
  return (await inputAt(ports, digest)).lines
}

async function chunksOf(ports: Pick<Ports, 'objects'>, seal: Seal): Promise<ReadonlyMap<Digest, Uint8Array>> {
  const read = seal.chunks.map(
    async ({ digest }) => [digest, await storedObject(ports, chunkKey(digest))] as const,
  )
  return new Map(await Promise.all(read))
}
