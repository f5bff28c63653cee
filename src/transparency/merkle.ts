/**
 * Merkle trees as RFC 9162 (and RFC 6962) hash them: a root stands for a list, a short proof shows that one leaf is in
 * it, another that a longer list begins with a shorter one. Leaves and nodes are hashed apart, so neither passes for the
 * other.
 */

import { sha256 } from '../json/digest.ts'

/** A SHA-256 hash, 32 bytes. */
export type Hash = Uint8Array

const hashLength = 32

/** Hash of a leaf's bytes: SHA-256(0x00 ‖ bytes), RFC 9162 §2.1.1. */
export function leafHash(bytes: Uint8Array): Hash {
  const input = new Uint8Array(bytes.length + 1)
  input.set(bytes, 1)
  return sha256(input)
}

/** What an inner node hashes, filled anew each time: hashing is the whole cost of a proof. */
const nodeInput = new Uint8Array(1 + 2 * hashLength).fill(1, 0, 1)

/** Hash of an inner node: SHA-256(0x01 ‖ left ‖ right), RFC 9162 §2.1.1. */
export function nodeHash(left: Hash, right: Hash): Hash {
  if (left.length !== hashLength || right.length !== hashLength) throw new RangeError('a hash is 32 bytes')
  nodeInput.set(left, 1)
  nodeInput.set(right, 1 + hashLength)
  return sha256(nodeInput)
}

/** A perfect subtree's root, and how many leaves it holds. */
interface Peak {
  readonly hash: Hash
  readonly size: number
}

/** Grows a tree leaf by leaf and keeps only the roots of its perfect subtrees, so a million leaves need no memory. */
export class TreeBuilder {
  private readonly peaks: Peak[] = []
  private count = 0

  /** Leaves so far. */
  get size(): number {
    return this.count
  }

  /** Adds the next leaf, given by its hash. */
  append(hash: Hash): void {
    let peak: Peak = { hash, size: 1 }
    for (let left = this.peaks.at(-1); left?.size === peak.size; left = this.peaks.at(-1)) {
      this.peaks.pop()
      peak = { hash: nodeHash(left.hash, peak.hash), size: left.size * 2 }
    }
    this.peaks.push(peak)
    this.count += 1
  }

  /** The root of the leaves so far; of none, the hash of nothing (RFC 9162 §2.1.1). */
  root(): Hash {
    const last = this.peaks.at(-1)
    if (last === undefined) return sha256(new Uint8Array(0))
    return this.peaks.slice(0, -1).reduceRight((right, left) => nodeHash(left.hash, right), last.hash)
  }
}

/** The root over leaf hashes in their order. */
export function merkleRoot(leaves: readonly Hash[]): Hash {
  const builder = new TreeBuilder()
  for (const leaf of leaves) builder.append(leaf)
  return builder.root()
}

/**
 * The audit path of a leaf, from the leaf's sibling upwards (RFC 9162 §2.1.3.1).
 *
 * @throws RangeError where the list has no such leaf.
 */
export function inclusionProof(leaves: readonly Hash[], index: number): readonly Hash[] {
  if (!Number.isSafeInteger(index) || index < 0 || index >= leaves.length) {
    throw new RangeError(`no leaf ${index} in a tree of ${leaves.length}`)
  }
  if (leaves.length === 1) return []
  const split = largestPowerBelow(leaves.length)
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  return index < split
    ? [...inclusionProof(left, index), merkleRoot(right)]
    : [...inclusionProof(right, index - split), merkleRoot(left)]
}

/** What an inclusion proof is checked against. */
export interface InclusionClaim {
  readonly index: number
  readonly size: number
  readonly leaf: Hash
  readonly root: Hash
}

/** Whether a proof shows that the leaf stands at that index of the tree of that size and root (RFC 9162 §2.1.3.2). */
export function verifyInclusion(claim: InclusionClaim, proof: readonly Hash[]): boolean {
  const { index, size, leaf, root } = claim
  if (!isCount(size) || !isCount(index) || index >= size || !areHashes([leaf, root, ...proof])) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    const isRight = node % 2 === 1 || node === last
    hash = isRight ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
    // A node at the right edge without a sibling of its own is carried up until it has one.
    while (isRight && node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && sameHash(hash, root)
}

/**
 * The proof that the first `oldSize` leaves were the whole tree once (RFC 9162 §2.1.4.1); empty for the tree itself.
 *
 * @throws RangeError for size 0 (there is nothing to prove) and beyond the list.
 */
export function consistencyProof(leaves: readonly Hash[], oldSize: number): readonly Hash[] {
  if (!Number.isSafeInteger(oldSize) || oldSize < 1 || oldSize > leaves.length) {
    throw new RangeError(`no tree of ${oldSize} in a tree of ${leaves.length}`)
  }
  return subproof(leaves, oldSize, true)
}

/** SUBPROOF of RFC 9162 §2.1.4.1: `whole` tells that the old tree's root is known to the verifier. */
function subproof(leaves: readonly Hash[], oldSize: number, whole: boolean): readonly Hash[] {
  if (oldSize === leaves.length) return whole ? [] : [merkleRoot(leaves)]
  const split = largestPowerBelow(leaves.length)
  const left = leaves.slice(0, split)
  const right = leaves.slice(split)
  return oldSize <= split
    ? [...subproof(left, oldSize, whole), merkleRoot(right)]
    : [...subproof(right, oldSize - split, false), merkleRoot(left)]
}

/** What a consistency proof is checked against. */
export interface ConsistencyClaim {
  readonly oldSize: number
  readonly newSize: number
  readonly oldRoot: Hash
  readonly newRoot: Hash
}

/**
 * Whether a proof shows that the new tree begins with the old one (RFC 9162 §2.1.4.2). From an empty tree nothing can be
 * shown, so every such proof is refused: every tree begins with nothing, and who asks has forgotten what was there.
 */
export function verifyConsistency(claim: ConsistencyClaim, proof: readonly Hash[]): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim
  if (!isCount(oldSize) || !isCount(newSize) || oldSize === 0 || oldSize > newSize) return false
  if (oldSize === newSize) return proof.length === 0 && sameHash(oldRoot, newRoot)
  if (!areHashes([oldRoot, newRoot, ...proof])) return false
  const path = isPowerOfTwo(oldSize) ? [oldRoot, ...proof] : proof
  const roots = rebuildRoots(path, oldSize - 1, newSize - 1)
  return roots !== undefined && sameHash(roots.old, oldRoot) && sameHash(roots.new, newRoot)
}

/** Both roots that a consistency path leads to; undefined where its length does not fit (RFC 9162 §2.1.4.2, steps 3 to 7). */
function rebuildRoots(
  path: readonly Hash[],
  oldLast: number,
  newLast: number,
): { old: Hash; new: Hash } | undefined {
  let [node, last] = [oldLast, newLast]
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  const [first, ...rest] = path
  if (first === undefined) return undefined
  let roots = { old: first, new: first }
  for (const sibling of rest) {
    if (last === 0) return undefined
    if (node % 2 === 1 || node === last) {
      roots = { old: nodeHash(sibling, roots.old), new: nodeHash(sibling, roots.new) }
      while (node % 2 === 0 && node !== 0) [node, last] = [half(node), half(last)]
    } else {
      roots = { old: roots.old, new: nodeHash(roots.new, sibling) }
    }
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 ? roots : undefined
}

/** The largest power of two below `size` (at least 2): where a tree is split. */
export function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}

function half(value: number): number {
  return Math.floor(value / 2)
}

function isPowerOfTwo(value: number): boolean {
  let rest = value
  while (rest % 2 === 0) rest /= 2
  return rest === 1
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0
}

function areHashes(hashes: readonly Uint8Array[]): boolean {
  return hashes.every((hash) => hash.length === hashLength)
}

/** Hashes compared here are public, so the comparison need not take constant time. */
function sameHash(a: Hash, b: Hash): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index])
}
