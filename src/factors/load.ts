/**
 * Published tables and GWP sets out of object storage, by digest. A document is immutable, so once verified it is kept in
 * the isolate, within a bound on what it really holds; a corrupted object is refused and reported, never used or kept.
 */

import type { GwpSet } from '../engine/types.ts'
import type { Digest } from '../json/digest.ts'
import { factorTableKey, gwpSetKey, type ObjectStore, type StorageArea } from '../ports/objects.ts'
import { isProblem, Problem } from '../problem.ts'
import { readCanonicalGwpSet, readCanonicalTable } from '../tables/canonical.ts'
import type { PublishedGwpSet, PublishedTable } from '../tables/format.ts'
import { KeptDocuments } from './kept-documents.ts'

/** Loads documents by digest and keeps them. */
export interface DocumentLoader {
  /** @throws Problem `stored-object-corrupt`; `unavailable` when the object is not there. */
  table(digest: Digest, area: StorageArea): Promise<PublishedTable>
  /** @throws Problem `stored-object-corrupt`; `unavailable` when the object is not there. */
  gwpSet(digest: Digest): Promise<GwpSet>
  /** With all that is published of it. @throws Problem as {@link DocumentLoader.gwpSet}. */
  publishedGwpSet(digest: Digest): Promise<PublishedGwpSet>
}

/** How a loader keeps and waits. */
export interface LoaderOptions {
  /** Bytes of heap that kept documents may take; the least recently used go first. */
  readonly heldBytesMax?: number
  /** Lets a moment pass, on the timer of the request that waits. */
  readonly pause?: () => Promise<void>
}

/** Room for some forty thousand rows: three times what is bundled, in an isolate of 128 MB. */
const heldBytesDefault = 40 * 1024 * 1024

/** Waits for another's load: up to half a second in steps of five milliseconds, then one loads for itself. */
const pauseMs = 5
const pausesMax = 100

/** One document in storage, and how it is read. */
interface Wanted<Document> {
  readonly digest: Digest
  readonly area: StorageArea
  readonly key: string
  read(bytes: Uint8Array, digest: Digest): Document
  rows(document: Document): number
}

/**
 * A loader over an object store.
 *
 * Two requests of an isolate may want one document at once, and a Worker forbids one to wait on the other's promise: so the
 * second looks again on its own timer until the first has kept it, or was gone too long, and then loads for itself.
 */
export function documentLoader(objects: ObjectStore, options: LoaderOptions = {}): DocumentLoader {
  const { heldBytesMax = heldBytesDefault, pause = () => sleep(pauseMs) } = options
  const kept = new KeptDocuments(heldBytesMax)
  /** Whose turn it is to load a document; a request that is cut off leaves its mark, which the next one takes over. */
  const loading = new Map<Digest, symbol>()

  async function load<Document>(wanted: Wanted<Document>): Promise<Document> {
    const { digest } = wanted
    for (let pauses = 0; pauses < pausesMax; pauses += 1) {
      const known = kept.get<Document>(digest)
      if (known) return known
      if (!loading.has(digest)) break
      await pause()
    }
    const turn = Symbol(digest)
    loading.set(digest, turn)
    try {
      return await fetchAndKeep(wanted)
    } finally {
      if (loading.get(digest) === turn) loading.delete(digest)
    }
  }

  async function fetchAndKeep<Document>(wanted: Wanted<Document>): Promise<Document> {
    const bytes = await fetchDocument(objects, wanted)
    // Another request may have kept it while this one waited for the bytes: then it is verified and read already.
    const known = kept.get<Document>(wanted.digest)
    if (known) return known
    const document = readVerified(wanted, bytes)
    return kept.put(wanted.digest, document, bytes.length, wanted.rows(document))
  }

  const loadGwpSet = (digest: Digest) =>
    load<PublishedGwpSet>({
      digest,
      area: 'public',
      key: gwpSetKey(digest),
      read: readCanonicalGwpSet,
      rows: ({ gases }) => gases.length,
    })
  return {
    table: (digest, area) =>
      load<PublishedTable>({
        digest,
        area,
        key: factorTableKey(digest),
        read: readCanonicalTable,
        rows: ({ table }) => table.factors.length,
      }),
    gwpSet: async (digest) => (await loadGwpSet(digest)).set,
    publishedGwpSet: loadGwpSet,
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}

async function fetchDocument(
  objects: ObjectStore,
  { area, key }: Pick<Wanted<unknown>, 'area' | 'key'>,
): Promise<Uint8Array> {
  const bytes = await objects.get(area, key)
  if (bytes !== null) return bytes
  throw new Problem('unavailable', `The published document ${key} is not in storage; publish it again.`, {
    object: key,
    area,
  })
}

/** @throws Problem `stored-object-corrupt` naming the object, for the log. */
function readVerified<Document>({ read, digest, key, area }: Wanted<Document>, bytes: Uint8Array): Document {
  try {
    return read(bytes, digest)
  } catch (thrown) {
    throw isProblem(thrown) ? thrown.with({ object: key, area }) : thrown
  }
}
