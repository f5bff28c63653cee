/**
 * Published tables and GWP sets out of object storage, by digest. A document is immutable, so once verified it is kept in
 * the isolate, within a bound on bytes; a corrupted object is refused and reported, never used.
 */

import type { GwpSet } from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'
import { factorTableKey, gwpSetKey, type ObjectStore, type StorageArea } from '../ports/objects.ts'
import type { FactorTableVersion, GwpSetVersion } from '../ports/registry.ts'
import { Problem } from '../problem.ts'
import { readCanonicalGwpSet, readCanonicalTable } from '../tables/canonical.ts'
import type { PublishedGwpSet, PublishedTable } from '../tables/format.ts'

/** What the registry keeps about a version, taken from its files: as it stands when it is published. */
export function tableVersionOf({ table, facts }: PublishedTable, publishedAt: Date): FactorTableVersion {
  const { publisher, edition, licence, territory, years, gwpBasis, supersedes } = facts
  return {
    table: table.table,
    version: table.version,
    digest: table.digest,
    state: 'published',
    ownerOrganizationId: null,
    title: table.title,
    publisher,
    edition,
    licence: licence.name,
    redistributable: licence.redistributable,
    attribution: licence.attribution,
    territory,
    years,
    gwpBasis,
    factorCount: table.factors.length,
    unverifiedCount: table.factors.filter(({ confirmation }) => confirmation === 'unverified').length,
    supersedes,
    supersededBy: facts.supersededBy ?? null,
    withdrawal: null,
    publishedAt,
  }
}

/** What the registry keeps about a GWP set, taken from its files. */
export function gwpSetVersionOf({ set }: PublishedGwpSet, publishedAt: Date): GwpSetVersion {
  const { id, version, digest, title } = set
  return { id, version, digest, title, publishedAt }
}

/** Loads documents by digest and keeps them. */
export interface DocumentLoader {
  /** @throws Problem `stored-object-corrupt`; `unavailable` when the object is not there. */
  table(digest: Digest, area: StorageArea): Promise<PublishedTable>
  /** @throws Problem `stored-object-corrupt`; `unavailable` when the object is not there. */
  gwpSet(digest: Digest): Promise<GwpSet>
}

/** Bytes of documents an isolate keeps unless told otherwise; parsed, they take some four times as much. */
const keptBytesDefault = 12 * 1024 * 1024

/**
 * A loader over an object store. Only finished documents are kept: a pending read belongs to the request that began it.
 *
 * @param keptBytes how many bytes of documents to keep; the least recently used go first.
 */
export function documentLoader(objects: ObjectStore, keptBytes = keptBytesDefault): DocumentLoader {
  const kept = new KeptDocuments(keptBytes)
  return {
    async table(digest, area) {
      const known = kept.get<PublishedTable>(digest)
      if (known) return known
      const bytes = await fetchDocument(objects, area, factorTableKey(digest))
      return kept.put(digest, readCanonicalTable(bytes, digest), bytes.length)
    },
    async gwpSet(digest) {
      const known = kept.get<PublishedGwpSet>(digest)
      if (known) return known.set
      const bytes = await fetchDocument(objects, 'public', gwpSetKey(digest))
      return kept.put(digest, readCanonicalGwpSet(bytes, digest), bytes.length).set
    },
  }
}

async function fetchDocument(objects: ObjectStore, area: StorageArea, key: string): Promise<Uint8Array> {
  const bytes = await objects.get(area, key)
  if (bytes !== null) return bytes
  throw new Problem('unavailable', `The published document ${key} is not in storage; publish it again.`, {
    key,
  })
}

/** Documents by digest, least recently used first. */
class KeptDocuments {
  private readonly limit: number
  private readonly documents = new Map<Digest, { readonly document: unknown; readonly bytes: number }>()
  private bytes = 0

  constructor(limit: number) {
    this.limit = limit
  }

  /** A digest names one document of one kind, so what stands under it is what the caller asks for. */
  get<Document>(digest: Digest): Document | undefined {
    const entry = this.documents.get(digest)
    if (entry === undefined) return undefined
    this.documents.delete(digest)
    this.documents.set(digest, entry)
    return entry.document as Document
  }

  put<Document>(digest: Digest, document: Document, bytes: number): Document {
    if (bytes > this.limit || this.documents.has(digest)) return document
    this.documents.set(digest, { document, bytes })
    this.bytes += bytes
    for (const [oldest, entry] of this.documents) {
      if (this.bytes <= this.limit) break
      this.documents.delete(oldest)
      this.bytes -= entry.bytes
    }
    return document
  }
}
