/**
 * Reads a file once, piece by piece, in bounded memory, and says whether it is what was announced: its size, its SHA-256, and its type by
 * its content. What it says it is called, and what the store says of it, are not looked at.
 */

import { Sha256 } from '../../json/digest.ts'
import { encodeHex } from '../../json/encoding.ts'
import { contentOfFormat, contentUnknown } from './binary-content.ts'
import type { Content, EvidenceMediaType, RefusalReason } from './media-types.ts'
import { TextScan } from './text-scan.ts'

/** First and last bytes that are kept: a photograph's notes before its image, and the directory of some thousand entries. */
const endBytes = 256 * 1024

/** What was announced of a file. */
export interface Announced {
  readonly size: number
  /** 64 lower-case hex digits. */
  readonly sha256: string
  readonly mediaType: EvidenceMediaType
}

/** Whether a file is what was announced. */
export type Inspection =
  | { readonly outcome: 'kept' }
  | {
      readonly outcome: 'refused'
      readonly reason: RefusalReason
      /** What it is instead; empty where that is no type of evidence. */
      readonly found: readonly EvidenceMediaType[]
    }

/** An inspection under way. */
export class Inspector {
  readonly #hash = new Sha256()
  readonly #text = new TextScan()
  #head = new Uint8Array()
  #tail = new Uint8Array()
  #size = 0

  /** Bytes read so far. */
  get size(): number {
    return this.#size
  }

  /** Bytes that are kept of them. */
  get kept(): number {
    return this.#head.length + this.#tail.length
  }

  push(bytes: Uint8Array): void {
    this.#hash.update(bytes)
    this.#text.push(bytes)
    this.#size += bytes.length
    if (this.#head.length < endBytes) this.#head = joined(this.#head, bytes).slice(0, endBytes)
    this.#tail =
      bytes.length >= endBytes ? bytes.slice(-endBytes) : joined(this.#tail, bytes).slice(-endBytes)
  }

  /** Ends the inspection. */
  against(announced: Announced): Inspection {
    if (this.#size !== announced.size) return refused('size-differs')
    if (encodeHex(this.#hash.digest()) !== announced.sha256) return refused('digest-differs')
    this.#text.push(null)
    const ends = { head: this.#head, tail: this.#tail, size: this.#size }
    const content = contentOfFormat(ends) ?? this.#text.content() ?? contentUnknown(ends)
    return agreeing(content, announced.mediaType)
  }
}

function agreeing(content: Content, stated: EvidenceMediaType): Inspection {
  if ('refused' in content) return refused(content.refused)
  return content.types.includes(stated) ? { outcome: 'kept' } : refused('type-differs', content.types)
}

function refused(reason: RefusalReason, found: readonly EvidenceMediaType[] = []): Inspection {
  return { outcome: 'refused', reason, found }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length)
  both.set(one)
  both.set(other, one.length)
  return both
}
