/**
 * Bitstring Status Lists 1.0: one bit a credential, in a document that the issuer signs. Bit 0 is the left-most of the first
 * byte; the bits are compressed with GZIP and written as `u` and base64url (multibase).
 */

import { concatBytes } from '@noble/hashes/utils.js'
import { Gunzip, gzipSync } from 'fflate'
import { z } from 'zod'
import { decodeBase64url, encodeBase64url } from '../json/encoding.ts'
import { w3cContext } from './schema.ts'
import { type StatusPurpose, statusPurposes } from './status-purposes.ts'

/** The fewest places a list has, so that an index tells nothing of how many credentials there are. */
export const statusListLength = 131_072

/** The most bytes that a list is unpacked to: over a million places. */
const listBytesMax = 131_072
/** For how long a reader may keep a list without asking again, milliseconds. */
const ttlMilliseconds = 30_000

/** A list's bits with those set. @throws RangeError for an index outside the list. */
export function statusBits(length: number, set: readonly number[]): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(length / 8)
  for (const index of set) {
    if (!Number.isInteger(index) || index < 0 || index >= length) {
      throw new RangeError(`a list of ${length} has no place ${index}`)
    }
    bits[index >> 3] = (bits[index >> 3] ?? 0) | (0x80 >> (index & 7))
  }
  return bits
}

/** The bit at a place; undefined outside the list. */
export function bitAt(bits: Uint8Array, index: number): boolean | undefined {
  const byte = Number.isSafeInteger(index) && index >= 0 ? bits[Math.floor(index / 8)] : undefined
  return byte === undefined ? undefined : (byte & (0x80 >> (index & 7))) !== 0
}

/** Bits as `encodedList`: the same text each time. */
export function encodeStatusList(bits: Uint8Array): string {
  return `u${encodeBase64url(gzipSync(bits, { level: 9, mtime: 0 }))}`
}

/** The bits of an `encodedList`; undefined where it is none, or would unpack to more than 128 KiB. */
export function decodeStatusList(encoded: string): Uint8Array<ArrayBuffer> | undefined {
  const packed = encoded.startsWith('u') ? decodeBase64url(encoded.slice(1)) : undefined
  return packed === undefined || packed.length === 0 ? undefined : unpack(packed)
}

/** Fed by the kilobyte, so that a small text that stands for gigabytes is left after the first of them. */
const feedBytes = 1024

function unpack(packed: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  const chunks: Uint8Array[] = []
  let [length, isWhole] = [0, false]
  const gunzip = new Gunzip((chunk, isLast) => {
    chunks.push(chunk)
    length += chunk.length
    isWhole ||= isLast
  })
  try {
    for (let at = 0; at < packed.length && length <= listBytesMax; at += feedBytes) {
      gunzip.push(packed.subarray(at, at + feedBytes), at + feedBytes >= packed.length)
    }
  } catch {
    return undefined
  }
  return isWhole && length <= listBytesMax ? (concatBytes(...chunks) as Uint8Array<ArrayBuffer>) : undefined
}

/** What a list says of itself. */
export interface StatusListFacts {
  /** Where it is public; its id. */
  readonly url: string
  readonly issuer: string
  readonly purpose: StatusPurpose
  /** RFC 3339, UTC. */
  readonly validFrom: string
  readonly validUntil: string
}

/** The document of a list, to be signed by the issuer of the credentials in it. */
export function statusListDocument(
  facts: StatusListFacts,
  bits: Uint8Array,
): Readonly<Record<string, unknown>> {
  const { url, issuer, purpose, validFrom, validUntil } = facts
  return {
    '@context': [w3cContext],
    id: url,
    type: ['VerifiableCredential', 'BitstringStatusListCredential'],
    issuer,
    validFrom,
    validUntil,
    credentialSubject: {
      id: `${url}#list`,
      type: 'BitstringStatusList',
      statusPurpose: purpose,
      encodedList: encodeStatusList(bits),
      ttl: ttlMilliseconds,
    },
  }
}

const listSchema = z.object({
  '@context': z.array(z.unknown()).min(1),
  id: z.url().max(300),
  type: z.array(z.string()).refine((types) => types.includes('BitstringStatusListCredential')),
  issuer: z.string().max(300),
  validFrom: z.iso.datetime(),
  validUntil: z.iso.datetime(),
  credentialSubject: z.object({
    id: z.string(),
    type: z.literal('BitstringStatusList'),
    statusPurpose: z.enum(statusPurposes),
    encodedList: z.string().max(listBytesMax * 2),
  }),
})

/** A list as a verifier reads it. */
export interface ReadStatusList extends StatusListFacts {
  readonly bits: Uint8Array<ArrayBuffer>
}

/** Reads a list's payload; undefined where it is no list, is shorter than it must be, or does not unpack. */
export function readStatusList(payload: unknown): ReadStatusList | undefined {
  const read = listSchema.safeParse(payload)
  if (!read.success) return undefined
  const { id: url, issuer, validFrom, validUntil, credentialSubject } = read.data
  const bits = decodeStatusList(credentialSubject.encodedList)
  if (bits === undefined || bits.length * 8 < statusListLength) return undefined
  return { url, issuer, purpose: credentialSubject.statusPurpose, validFrom, validUntil, bits }
}
