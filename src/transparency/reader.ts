/**
 * Reads a tiled log through whatever holds its objects: tiles, bundles, and proofs out of them. What is read is material: a
 * proof shows itself against a checkpoint's root, and nothing here takes a tile's word.
 */

import { type Hash, leafHash, verifyInclusion } from './merkle.ts'
import { consistencyRanges, hashOfRange, inclusionRanges, perfectNodes, type Range } from './ranges.ts'
import {
  decodeBundle,
  decodeTile,
  hashOfNode,
  sliceOf,
  type TileCoordinate,
  type TileSlice,
  tilePath,
  tileWidth,
  widthIn,
} from './tiles.ts'

/** The bytes of a log's object by its path under the log's prefix; null where there is none. */
export type ReadObject = (path: string) => Promise<Uint8Array | null>

/** A reader that keeps what it read last: the upper tiles are asked for again and again. */
export function remembering(read: ReadObject, objectsMax = 64): ReadObject {
  const kept = new Map<string, Promise<Uint8Array | null>>()
  return (path) => {
    const known = kept.get(path) ?? read(path)
    kept.delete(path)
    kept.set(path, known)
    for (const oldest of kept.keys()) {
      if (kept.size <= objectsMax) break
      kept.delete(oldest)
    }
    return known
  }
}

/** A tile's hashes; null where it is not there or has not that many. A log may keep the full tile in place of a partial one. */
export async function readTile(read: ReadObject, tile: TileCoordinate): Promise<readonly Hash[] | null> {
  const bytes = await read(tilePath(tile))
  if (bytes !== null) return decodeTile(bytes, tile.width) ?? null
  if (tile.width === tileWidth) return null
  const full = await read(tilePath({ ...tile, width: tileWidth }))
  return (full && decodeTile(full, tileWidth)?.slice(0, tile.width)) ?? null
}

/** The entries of a bundle, by its index in a log of that size; null where it is not there or has not that many. */
export async function readBundle(
  read: ReadObject,
  index: number,
  size: number,
): Promise<readonly Uint8Array[] | null> {
  const width = widthIn(size, 0, index)
  const bytes = await read(tilePath({ level: 'entries', index, width }))
  if (bytes !== null) return decodeBundle(bytes, width) ?? null
  if (width === tileWidth) return null
  const full = await read(tilePath({ level: 'entries', index, width: tileWidth }))
  return (full && decodeBundle(full, tileWidth)?.slice(0, width)) ?? null
}

/** The proof that the log of `oldSize`, at least 1, grew into that of `size`; null where a tile cannot be read. */
export function consistencyFromTiles(
  read: ReadObject,
  oldSize: number,
  size: number,
): Promise<readonly Hash[] | null> {
  return hashesFromTiles(read, consistencyRanges(oldSize, size), size)
}

/** The audit path of a leaf in the log of `size`; null where a tile cannot be read. */
export function inclusionFromTiles(
  read: ReadObject,
  leafIndex: number,
  size: number,
): Promise<readonly Hash[] | null> {
  return hashesFromTiles(read, inclusionRanges(leafIndex, size), size)
}

async function hashesFromTiles(
  read: ReadObject,
  ranges: readonly Range[],
  size: number,
): Promise<readonly Hash[] | null> {
  const slices = ranges.flatMap((range) => perfectNodes(range).map(sliceOf))
  const wanted = new Map(slices.map((slice) => tileOf(slice, size)).map((tile) => [tilePath(tile), tile]))
  const tiles = new Map<string, readonly Hash[]>()
  await Promise.all(
    [...wanted].map(async ([path, tile]) => {
      const hashes = await readTile(read, tile)
      if (hashes !== null) tiles.set(path, hashes)
    }),
  )
  if (tiles.size < wanted.size) return null
  const sliceAt = (slice: TileSlice) => {
    const tile = tileOf(slice, size)
    const first = tile.index * tileWidth
    return tiles.get(tilePath(tile))?.slice(slice.from - first, slice.to - first) ?? []
  }
  return ranges.map((range) => hashOfRange(range, (node) => hashOfNode(node, sliceAt)))
}

function tileOf({ level, from }: TileSlice, size: number): TileCoordinate & { readonly level: number } {
  const index = Math.floor(from / tileWidth)
  return { level, index, width: widthIn(size, level, index) }
}

/** A log as a checkpoint has it. */
export interface Tree {
  readonly size: number
  readonly root: Hash
}

/** Why a bundle's entries are not those under a root. */
export type BundleFault = 'missing-or-malformed' | 'not-under-the-root'

/**
 * A bundle whose entries are those under the root. One audit path shows all of them: its lower part is hashed from the
 * entries themselves, its upper part is read from tiles.
 */
export async function provenBundle(
  read: ReadObject,
  index: number,
  { size, root }: Tree,
): Promise<readonly Uint8Array[] | BundleFault> {
  const entries = await readBundle(read, index, size)
  if (entries === null) return 'missing-or-malformed'
  const from = index * tileWidth
  const hashes = entries.map(leafHash)
  const [leaf] = hashes
  if (leaf === undefined) return 'missing-or-malformed'
  const ranges = inclusionRanges(from, size)
  // The path leaves the bundle once, upwards: siblings in it come first.
  const inside = ranges.filter((range) => range.from >= from && range.to <= from + hashes.length)
  const own = (slice: TileSlice) => hashes.slice(slice.from - from, slice.to - from)
  const lower = inside.map((range) => hashOfRange(range, (node) => hashOfNode(node, own)))
  const upper = await hashesFromTiles(read, ranges.slice(inside.length), size)
  if (upper === null) return 'missing-or-malformed'
  const isUnder = verifyInclusion({ index: from, size, leaf, root }, [...lower, ...upper])
  return isUnder ? entries : 'not-under-the-root'
}
