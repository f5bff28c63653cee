/**
 * Seals of the trail: how chains ended at a moment, as one digest in the public log. A chain whose end was cut afterwards holds together
 * and contradicts its seal. The digest is the root of a Merkle tree (RFC 9162) whose leaves are salted, so that it tells nobody of what, or
 * of whom, there are chains.
 */

import { canonicalize } from '../json/canonical.ts'
import { type Digest, digestHex } from '../json/digest.ts'
import { decodeHex, encodeHex, encodeUtf8 } from '../json/encoding.ts'
import { type Hash, inclusionProof, leafHash, merkleRoot, verifyInclusion } from './merkle.ts'

/** How a chain ended. */
export interface ChainHead {
  readonly chain: string
  readonly length: number
  readonly hash: string
}

/** A head as a seal has it; the salt is random, 32 hex digits. */
export interface SealedHead extends ChainHead {
  readonly salt: string
}

/** What shows that a head is under a seal. */
export interface TrailSeal extends Omit<SealedHead, 'chain'> {
  /** When it was sealed, RFC 3339. */
  readonly at: string
  /** The entry of the log that tells the digest. */
  readonly leafIndex: number
  readonly digest: Digest
  /** Where the head stands among the seal's, from 0, and how many there are. */
  readonly place: number
  readonly size: number
  /** From the leaf's sibling upwards, hex. */
  readonly proof: readonly string[]
}

/** A head's leaf, hex. */
export function sealLeaf({ chain, length, hash, salt }: SealedHead): string {
  return encodeHex(leafHash(encodeUtf8(canonicalize({ chain, hash, length, salt }))))
}

/** The digest over leaves in their order. */
export function sealDigest(leaves: readonly string[]): Digest {
  return `sha256:${encodeHex(merkleRoot(leaves.map(bytesOf)))}`
}

/** The proof of a leaf. @throws RangeError where there is none at this place. */
export function sealProof(leaves: readonly string[], place: number): readonly string[] {
  return inclusionProof(leaves.map(bytesOf), place).map(encodeHex)
}

/** Whether the chain ended so under that digest. That the log tells the digest is the log's own proof. */
export function verifySeal(
  chain: string,
  { digest, length, hash, salt, place, size, proof }: TrailSeal,
): boolean {
  const leaf = bytesOf(sealLeaf({ chain, length, hash, salt }))
  return verifyInclusion({ index: place, size, leaf, root: bytesOf(digestHex(digest)) }, proof.map(bytesOf))
}

function bytesOf(hex: string): Hash {
  return decodeHex(hex) ?? new Uint8Array()
}
