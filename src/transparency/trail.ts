/**
 * The audit trail as its readers know it. Every act is an entry of one chain; each entry's hash covers the hash before it and the
 * exact bytes of the entry: `hash = SHA-256(previous ‖ SHA-256(entry))`, 32 zero bytes before the first. Because the entry goes in
 * by its digest, one that a reader may not see is shown as its digest alone, and the chain is verified through it all the same.
 * The database writes the same bytes (`migrations/*_trail_permanence.sql`); docs/audit-trail.md says what each member means.
 */

import { canonicalize } from '../json/canonical.ts'
import { sha256 } from '../json/digest.ts'
import { decodeHex, encodeHex, encodeUtf8 } from '../json/encoding.ts'

/** Of what kind an act is: `override` is management's own hand, `reading` leaves a trace and changes nothing, `system` is the schedule. */
export const trailKinds = ['ordinary', 'override', 'reading', 'system'] as const
export type TrailKind = (typeof trailKinds)[number]

/** What a chain is about; its name is the subject and its id. */
export const trailSubjects = ['engagement', 'footprint', 'credential', 'organization'] as const
export type TrailSubject = (typeof trailSubjects)[number]
export type ChainName = `${TrailSubject}:${string}`

/** The chain of a subject. */
export function chainOf(subject: TrailSubject, id: string): ChainName {
  return `${subject}:${id.toLowerCase()}`
}

/** An act as the chain keeps it: pseudonyms, digests and states; no name, no free text, no address. */
export interface TrailEntry {
  readonly action: string
  /** RFC 3339, UTC, milliseconds. */
  readonly at: string
  readonly chain: string
  readonly clientId: string
  /** SHA-256 of salt and request digest, hex: ties the entry to the request as it was sent, until its salt is erased. */
  readonly digest: string
  /** What changed, e.g. `from` and `to` of a move; null where the action says it all. */
  readonly facts: unknown
  readonly id: string
  readonly kind: TrailKind
  readonly memberId: string | null
  readonly organizationId: string
  readonly personId: string | null
  readonly resource: string
  readonly resourceId: string
  readonly role: string | null
  readonly sequence: number
}

/** The exact text whose bytes the chain covers. */
export function entryText(entry: TrailEntry): string {
  return canonicalize(entry)
}

/** The digest that ties an entry to its request: SHA-256 of the salt's text and the request digest's. */
export function saltedDigest(salt: string, requestDigest: string): string {
  return encodeHex(sha256(encodeUtf8(salt + requestDigest)))
}

/** SHA-256 of an entry's exact bytes, hex: all that is shown of one that a reader may not see. */
export function digestOfEntry(text: string): string {
  return encodeHex(sha256(encodeUtf8(text)))
}

/** The hash before a chain's first entry. */
export const zeroHash = '0'.repeat(64)

/** The hash of an entry: SHA-256 of the previous hash's bytes and the entry digest's. Both are 64 hex digits. */
export function hashAfter(previous: string, entryDigest: string): string {
  return encodeHex(sha256(decodeHex(previous + entryDigest) ?? new Uint8Array()))
}

/** One link as it is shown: its exact text, or its digest alone. */
export interface TrailLink {
  readonly sequence: number
  /** The exact text; null where the reader may not see it. */
  readonly entry: string | null
  readonly entryDigest: string
  readonly hash: string
}

/** A run of links, and what they follow. */
export interface TrailRun {
  readonly chain: string
  /** The hash of the link before the first of the run. */
  readonly previous: string
  readonly links: readonly TrailLink[]
}

export type TrailFault = 'sequence' | 'entry-digest' | 'hash' | 'entry' | 'start' | 'head' | 'seal' | 'kept'

/** Whether a run holds together; where not, the first broken place and what is wrong there. */
export type TrailVerdict =
  | { readonly intact: true; readonly length: number; readonly hash: string }
  | { readonly intact: false; readonly sequence: number; readonly fault: TrailFault }

/**
 * Verifies links one after the other: places without holes, the digest of each text, each hash from the one before, and that each
 * entry says itself to be of this chain and at this place.
 *
 * @param from the place of the first link: 1 for a whole chain, which then begins at zeros.
 */
export function verifyTrail({ chain, previous, links }: TrailRun, from = 1): TrailVerdict {
  if (!isHash(previous) || (from === 1 && previous !== zeroHash))
    return { intact: false, sequence: from, fault: 'start' }
  let hash = previous
  for (const [index, link] of links.entries()) {
    const fault = faultOf(link, { chain, sequence: from + index, previous: hash })
    if (fault !== null) return { intact: false, sequence: from + index, fault }
    hash = link.hash
  }
  return { intact: true, length: from - 1 + links.length, hash }
}

function faultOf(
  link: TrailLink,
  place: { readonly chain: string; readonly sequence: number; readonly previous: string },
): TrailFault | null {
  if (link.sequence !== place.sequence) return 'sequence'
  if (link.entry !== null && digestOfEntry(link.entry) !== link.entryDigest) return 'entry-digest'
  if (!isHash(link.entryDigest) || hashAfter(place.previous, link.entryDigest) !== link.hash) return 'hash'
  return link.entry === null || isAtItsPlace(link.entry, place) ? null : 'entry'
}

const isHash = (text: string) => /^[0-9a-f]{64}$/.test(text)

function isAtItsPlace(text: string, { chain, sequence }: { chain: string; sequence: number }): boolean {
  try {
    const entry: unknown = JSON.parse(text)
    const { chain: named, sequence: place } = (entry ?? {}) as Partial<TrailEntry>
    return named === chain && place === sequence && canonicalize(entry) === text
  } catch {
    return false
  }
}
