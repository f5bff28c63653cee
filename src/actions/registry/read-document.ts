/** Reads a version's document, for those who may see its rows. */

import { type Digest, digestOfBytes } from '../../json/digest.ts'
import { factorTableArea, factorTableKey, type StorageArea } from '../../ports/objects.ts'
import type { FactorTableVersion, Reader } from '../../ports/registry.ts'
import type { Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { invisibleVersion } from './permission.ts'

/** A document's bytes, and where they lie: what lies in private no shared cache may keep. */
export interface TableDocument {
  readonly version: FactorTableVersion
  readonly bytes: Uint8Array
  readonly area: StorageArea
}

/** @throws Problem `not-found`, `stored-object-corrupt`, `unavailable`. */
export async function readTableDocument(
  { objects, registry }: Pick<Ports, 'objects' | 'registry'>,
  reader: Reader,
  table: string,
  version: string,
): Promise<TableDocument> {
  const found = await registry.findTable(reader, table, version)
  if (found === null || (reader === null && !found.redistributable)) throw invisibleVersion(table, version)
  const area = found.state === 'draft' ? 'private' : factorTableArea(found.redistributable)
  const digest = found.digest as Digest
  const key = factorTableKey(digest)
  const bytes = await objects.get(area, key)
  if (bytes === null)
    throw new Problem('unavailable', 'The document cannot be read now; try again.', { object: key })
  const foundDigest = digestOfBytes(bytes)
  if (foundDigest === digest) return { version: found, bytes, area }
  throw new Problem('stored-object-corrupt', 'The stored document is not the one that its digest names.', {
    object: key,
    area,
    digest,
    found: foundDigest,
  })
}
