/**
 * Which nodes a proof is made of (RFC 9162 §2.1.3, §2.1.4), told by ranges of leaves, and how the hash of a range comes from
 * the perfect subtrees in it. Whoever knows those can prove, without the leaves.
 */

import { type Hash, nodeHash } from './merkle.ts'

/** Leaves from `from` up to, and without, `to`. */
export interface Range {
  readonly from: number
  readonly to: number
}

/** The root of 2^height leaves, the index-th such subtree from the left. */
export interface PerfectNode {
  readonly height: number
  readonly index: number
}

/** The ranges whose hashes are an audit path, from the leaf's sibling upwards. */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to - from > 1) {
    const middle = from + largestPowerBelow(to - from)
    const isLeft = index < middle
    ranges.push(isLeft ? { from: middle, to } : { from, to: middle })
    if (isLeft) to = middle
    else from = middle
  }
  return ranges.reverse()
}

/** The ranges whose hashes show that a tree of `size` begins with one of `oldSize`, 0 < oldSize ≤ size. */
export function consistencyRanges(oldSize: number, size: number): readonly Range[] {
  const ranges: Range[] = []
  let [from, to] = [0, size]
  while (to !== oldSize) {
    const middle = from + largestPowerBelow(to - from)
    const isLeft = oldSize <= middle
    ranges.push(isLeft ? { from: middle, to } : { from, to: middle })
    if (isLeft) to = middle
    else from = middle
  }
  // The old tree's own root is known to whoever checks, unless it is a part of the new one's right side.
  if (from > 0) ranges.push({ from, to })
  return ranges.reverse()
}

/** The perfect subtrees of a range that begins at a multiple of its largest one, from the left. */
export function perfectNodes({ from, to }: Range): readonly PerfectNode[] {
  const nodes: PerfectNode[] = []
  for (let at = from; at < to; ) {
    let [width, height] = [1, 0]
    while (at % (width * 2) === 0 && at + width * 2 <= to) [width, height] = [width * 2, height + 1]
    nodes.push({ height, index: at / width })
    at += width
  }
  return nodes
}

/** The hash of a range, from its perfect subtrees. */
export function hashOfRange(range: Range, hashOf: (node: PerfectNode) => Hash): Hash {
  const hashes = perfectNodes(range).map(hashOf)
  return hashes.reduceRight((right, left) => nodeHash(left, right))
}

/** The largest power of two below `size` (at least 2): where a tree is split. */
function largestPowerBelow(size: number): number {
  let power = 1
  while (power * 2 < size) power *= 2
  return power
}
