/**
 * Growing a tiled log: from the last tiles of what is published and the leaves that follow, the objects to write, the new root,
 * and proofs for what is in reach. A function of its arguments, so that whoever publishes again writes the same bytes.
 */

import { decodeHex, encodeHex, encodeUtf8 } from '../json/encoding.ts'
import { type Hash, leafHash, merkleRoot, TreeBuilder } from './merkle.ts'
import { consistencyRanges, hashOfRange, inclusionRanges, type PerfectNode, type Range } from './ranges.ts'
import {
  encodeBundle,
  encodeTile,
  hashesAtLevel,
  hashOfNode,
  type TileSlice,
  tilePath,
  tileWidth,
  widthIn,
} from './tiles.ts'

/** A root of 256^level leaves; `level` 1 or more, 64 hex digits. */
export interface LevelHash {
  readonly level: number
  readonly index: number
  readonly hash: string
}

/** What growing begins with. */
export interface Growing {
  readonly publishedSize: number
  /** Of each level from 1 on, the hashes of the last tile that is not full, from its beginning. */
  readonly edge: readonly LevelHash[]
  /** Leaves in order, from the beginning of the last tile that is not full to the new end. */
  readonly leaves: readonly { readonly leafIndex: number; readonly body: string }[]
}

/** An object of the log, under its prefix. */
export interface LogObject {
  readonly path: string
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** A log that has grown. */
export interface Grown {
  readonly size: number
  readonly root: Hash
  /** Tiles and bundles that are new or wider; none where nothing grew. */
  readonly objects: readonly LogObject[]
  /** Roots of tiles that became full. */
  readonly subtrees: readonly LevelHash[]
  /** The audit path of a leaf from the last published tile on. @throws RangeError for an earlier one. */
  proofOf(leafIndex: number): readonly Hash[]
  /** The proof that the log of `oldSize` grew into this one; null where that takes tiles which are not at hand. */
  consistencyFrom(oldSize: number): readonly Hash[] | null
}

/** Hashes of one tile level that are at hand: from `from` on. */
interface Level {
  readonly from: number
  readonly hashes: readonly Hash[]
}

/** @throws RangeError where leaves or edge do not begin and follow as they should. */
export function growTree({ publishedSize, edge, leaves }: Growing): Grown {
  const from = tileStart(publishedSize)
  const size = from + leaves.length
  const bodies = leaves.map(({ body }) => encodeUtf8(body))
  const isInOrder = leaves.every(({ leafIndex }, at) => leafIndex === from + at)
  if (!isInOrder || size < publishedSize) throw new RangeError('the leaves do not follow the published tiles')
  const levels = levelsAbove({ from, hashes: bodies.map(leafHash) }, { publishedSize, size, edge })
  const hashOf = (node: PerfectNode) => hashOfNode(node, (slice) => sliceAtHand(levels, slice))
  const hashes = (ranges: readonly Range[]) => ranges.map((range) => hashOfRange(range, hashOf))
  return {
    size,
    root: size === 0 ? new TreeBuilder().root() : hashOfRange({ from: 0, to: size }, hashOf),
    objects: objectsOf(publishedSize, size, levels, bodies),
    subtrees: newSubtrees(publishedSize, size, levels),
    proofOf: (leafIndex) => hashes(inclusionRanges(leafIndex, size)),
    consistencyFrom: (oldSize) => orNull(() => hashes(consistencyRanges(oldSize, size))),
  }
}

/** First leaf, or hash of a level, of the tile that follows the full ones. */
function tileStart(count: number): number {
  return Math.floor(count / tileWidth) * tileWidth
}

/** All levels of the tree, each from the beginning of its last tile that was not full. */
function levelsAbove(
  leaves: Level,
  { publishedSize, size, edge }: { publishedSize: number; size: number; edge: readonly LevelHash[] },
): readonly Level[] {
  const levels = [leaves]
  for (let level = 1; hashesAtLevel(size, level) > 0; level++) {
    const below = levels[level - 1] as Level
    const published = hashesAtLevel(publishedSize, level)
    const known = edgeOf(edge, level, published)
    const fresh = fullTiles(below, published).map(merkleRoot)
    levels.push({ from: tileStart(published), hashes: [...known, ...fresh] })
  }
  return levels
}

/** @throws RangeError where the edge lacks a hash of the level's last tile. */
function edgeOf(edge: readonly LevelHash[], level: number, published: number): readonly Hash[] {
  const from = tileStart(published)
  return Array.from({ length: published - from }, (_, at) => {
    const found = edge.find((one) => one.level === level && one.index === from + at)
    const hash = found && decodeHex(found.hash)
    if (hash?.length !== 32) throw new RangeError(`no hash ${from + at} of level ${level} is at hand`)
    return hash
  })
}

/** The full tiles of a level from a tile on. */
function fullTiles({ from, hashes }: Level, firstTile: number): readonly (readonly Hash[])[] {
  const tiles: (readonly Hash[])[] = []
  for (let at = firstTile * tileWidth - from; at + tileWidth <= hashes.length; at += tileWidth) {
    tiles.push(hashes.slice(at, at + tileWidth))
  }
  return tiles
}

function sliceAtHand(levels: readonly Level[], { level, from, to }: TileSlice): readonly Hash[] {
  const known = levels[level]
  if (known === undefined || from < known.from || to > known.from + known.hashes.length) {
    throw new RangeError(`hashes ${from} to ${to} of level ${level} are not at hand`)
  }
  return known.hashes.slice(from - known.from, to - known.from)
}

/** Bundles first, then tiles from the leaves up: what a checkpoint needs is there before it. */
function objectsOf(
  publishedSize: number,
  size: number,
  levels: readonly Level[],
  bodies: readonly Uint8Array[],
): readonly LogObject[] {
  if (size === publishedSize) return []
  const bundles = tilesFrom(publishedSize, size, 0).map(({ index, width }) => {
    const at = index * tileWidth - (levels[0]?.from ?? 0)
    return {
      path: tilePath({ level: 'entries', index, width }),
      bytes: encodeBundle(bodies.slice(at, at + width)),
    }
  })
  const tiles = levels.flatMap(({ from, hashes }, level) =>
    tilesFrom(publishedSize, size, level).map(({ index, width }) => {
      const at = index * tileWidth - from
      return { path: tilePath({ level, index, width }), bytes: encodeTile(hashes.slice(at, at + width)) }
    }),
  )
  return [...bundles, ...tiles]
}

/** Tiles of a level that are new or wider than before. */
function tilesFrom(publishedSize: number, size: number, level: number): { index: number; width: number }[] {
  const [before, now] = [hashesAtLevel(publishedSize, level), hashesAtLevel(size, level)]
  if (now === before) return []
  const first = Math.floor(before / tileWidth)
  const last = Math.ceil(now / tileWidth)
  return Array.from({ length: last - first }, (_, at) => ({
    index: first + at,
    width: widthIn(size, level, first + at),
  }))
}

function newSubtrees(publishedSize: number, size: number, levels: readonly Level[]): readonly LevelHash[] {
  return levels.flatMap(({ from, hashes }, level) => {
    if (level === 0) return []
    const before = hashesAtLevel(publishedSize, level)
    return hashes
      .map((hash, at) => ({ level, index: from + at, hash: encodeHex(hash) }))
      .filter(({ index }) => index >= before && index < hashesAtLevel(size, level))
  })
}

function orNull<Result>(make: () => Result): Result | null {
  try {
    return make()
  } catch (thrown) {
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}
