/**
 * Which nodes a proof is made of (RFC 9162 §2.1.3, §2.1.4), told by ranges of leaves, and how the hash of a range comes from
 * the perfect subtrees in it. Whoever knows those can prove, without the leaves.
 */

import { type Hash, largestPowerBelow, nodeHash } from './merkle.ts'

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
  return descend(size, {
    isDone: ({ from, to }) => to - from <= 1,
    isLeft: (middle) => index < middle,
  }).siblings
}

/** The ranges whose hashes show that a tree of `size` begins with one of `oldSize`, 0 < oldSize ≤ size. */
export function consistencyRanges(oldSize: number, size: number): readonly Range[] {
  const { siblings, end } = descend(size, {
    isDone: ({ to }) => to === oldSize,
    isLeft: (middle) => oldSize <= middle,
  })
  // The old tree's own root is known to whoever checks, unless it is a part of the new one's right side.
  return end.from > 0 ? [end, ...siblings] : siblings
}

/** From the root down, turning left or right where a tree is split, until it is done: the sides that were left, lowest first. */
function descend(
  size: number,
  way: { isDone(at: Range): boolean; isLeft(middle: number): boolean },
): { readonly siblings: readonly Range[]; readonly end: Range } {
  const siblings: Range[] = []
  let at: Range = { from: 0, to: size }
  while (!way.isDone(at)) {
    const middle = at.from + largestPowerBelow(at.to - at.from)
    const [left, right] = [
      { from: at.from, to: middle },
      { from: middle, to: at.to },
    ]
    const isLeft = way.isLeft(middle)
    siblings.unshift(isLeft ? right : left)
    at = isLeft ? left : right
  }
  return { siblings, end: at }
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
