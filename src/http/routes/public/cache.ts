/** A bounded memory of public objects in one isolate: immutable ones for as long as they fit, heads for seconds. */

import type { ObjectStore } from '../../../ports.ts'

interface Kept {
  readonly body: Uint8Array<ArrayBuffer>
  /** Milliseconds of the monotonic-enough clock at which a head goes stale; Infinity for immutable objects. */
  readonly until: number
}

interface Bounds {
  readonly bytesMax: number
  readonly headSeconds: number
}

/** Least recently used objects leave first; an absent object is never remembered. */
export class PublicObjects {
  readonly #bounds: Bounds
  readonly #kept = new Map<string, Kept>()
  #bytes = 0

  constructor(bounds: Bounds) {
    this.#bounds = bounds
  }

  /**
   * The object's bytes, from memory or from the public bucket; null when it does not exist.
   *
   * @param verify looks at bytes that come from the bucket, and throws where they are not what they should be: they are neither
   *   served nor kept.
   */
  async read(
    objects: ObjectStore,
    key: string,
    immutable: boolean,
    verify?: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
  ): Promise<Uint8Array<ArrayBuffer> | null> {
    const kept = this.#kept.get(key)
    if (kept && kept.until > Date.now()) {
      this.#kept.delete(key)
      this.#kept.set(key, kept)
      return kept.body
    }
    const body = await objects.get('public', key)
    if (body === null) return null
    await verify?.(body as Uint8Array<ArrayBuffer>)
    const until = immutable ? Number.POSITIVE_INFINITY : Date.now() + this.#bounds.headSeconds * 1000
    return this.#keep(key, { body: body as Uint8Array<ArrayBuffer>, until })
  }

  #keep(key: string, kept: Kept): Uint8Array<ArrayBuffer> {
    this.#forget(key)
    if (kept.body.length <= this.#bounds.bytesMax / 4) {
      this.#kept.set(key, kept)
      this.#bytes += kept.body.length
    }
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#bounds.bytesMax) break
      this.#forget(oldest)
    }
    return kept.body
  }

  #forget(key: string): void {
    this.#bytes -= this.#kept.get(key)?.body.length ?? 0
    this.#kept.delete(key)
  }
}

/** One cache an isolate: its objects are immutable, or short-lived by their age. */
export const publicCache = new PublicObjects({ bytesMax: 16 * 1024 * 1024, headSeconds: 15 })
