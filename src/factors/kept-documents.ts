/** Documents that an isolate keeps, within a bound on the heap they take. */

import type { Digest } from '../json/digest.ts'

/**
 * Heap that a kept document takes, bytes. Measured in V8 for the bundled tables (`bench/registry.ts`): parsed with one copy
 * of each text, a document takes 1.0 to 1.3 times its bytes, and the index that calculations make of it some 100 a row.
 */
const heapPerByte = 1.3
const heapPerRow = 128

/** Heap that a document of so many bytes and rows takes. */
export function heldBytes(bytes: number, rows: number): number {
  return Math.ceil(bytes * heapPerByte) + rows * heapPerRow
}

/** Documents by digest, least recently used first. */
export class KeptDocuments {
  readonly #heldMax: number
  readonly #documents = new Map<Digest, { readonly document: unknown; readonly held: number }>()
  #held = 0

  constructor(heldMax: number) {
    this.#heldMax = heldMax
  }

  /** A digest names one document of one kind, so what stands under it is what the caller asks for. */
  get<Document>(digest: Digest): Document | undefined {
    const entry = this.#documents.get(digest)
    if (entry === undefined) return undefined
    this.#documents.delete(digest)
    this.#documents.set(digest, entry)
    return entry.document as Document
  }

  /** Keeps a document, unless it is larger than all there is room for. */
  put<Document>(digest: Digest, document: Document, bytes: number, rows: number): Document {
    const held = heldBytes(bytes, rows)
    if (held > this.#heldMax || this.#documents.has(digest)) return document
    this.#documents.set(digest, { document, held })
    this.#held += held
    for (const [oldest, entry] of this.#documents) {
      if (this.#held <= this.#heldMax) break
      this.#documents.delete(oldest)
      this.#held -= entry.held
    }
    return document
  }
}
