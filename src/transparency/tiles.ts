/**
 * Tiles and entry bundles (C2SP tlog-tiles): the tree's hashes in files of 256, the entries in bundles of 256. A tile of level
 * L holds roots of 256^L leaves each; the nodes between the levels come from hashing a tile's hashes.
 */

import { type Hash, merkleRoot } from './merkle.ts'
import type { PerfectNode } from './ranges.ts'

/** Hashes of a full tile, and entries of a full bundle. */
export const tileWidth = 256

/** One tile, or (with level `entries`) one bundle, of a tree of some size. */
export interface TileCoordinate {
  readonly level: number | 'entries'
  readonly index: number
  /** 256 where it is full. */
  readonly width: number
}

/** `tile/0/x001/x234/067`, `tile/entries/000.p/5`: under the log's prefix. */
export function tilePath({ level, index, width }: TileCoordinate): string {
  const groups: string[] = []
  let rest = index
  do {
    groups.unshift(String(rest % 1000).padStart(3, '0'))
    rest = Math.floor(rest / 1000)
  } while (rest > 0)
  const path = groups.map((group, at) => (at < groups.length - 1 ? `x${group}` : group)).join('/')
  return `tile/${level}/${path}${width === tileWidth ? '' : `.p/${width}`}`
}

const pathForm =
  /^tile\/(entries|[0-9]|[1-5][0-9]|6[0-3])\/((?:x[0-9]{3}\/)*)([0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** The tile that a path names; undefined for any other path, other spellings of the same tile included. */
export function parseTilePath(path: string): TileCoordinate | undefined {
  const [, level, groups = '', last = '', partial] = pathForm.exec(path) ?? []
  if (level === undefined) return undefined
  const index = Number(groups.replaceAll(/[x/]/g, '') + last)
  const width = partial === undefined ? tileWidth : Number(partial)
  if (!Number.isSafeInteger(index) || (partial !== undefined && width >= tileWidth)) return undefined
  const tile: TileCoordinate = { level: level === 'entries' ? level : Number(level), index, width }
  return tilePath(tile) === path ? tile : undefined
}

/** Hashes at a level of a tree: one for each 256^level leaves that are all there. */
export function hashesAtLevel(size: number, level: number): number {
  return Math.floor(size / tileWidth ** level)
}

/** How wide a tile is in a tree of that size; 0 where there is none. */
export function widthIn(size: number, level: number, index: number): number {
  return Math.max(0, Math.min(tileWidth, hashesAtLevel(size, level) - index * tileWidth))
}

/** How wide a tile, or a bundle, is in a tree of that size; a bundle is as wide as the tile of its leaves. */
export function widthOf({ level, index }: TileCoordinate, size: number): number {
  return widthIn(size, level === 'entries' ? 0 : level, index)
}

/** Every tile and bundle of a tree of that size, level by level. */
export function* tilesOf(size: number): Generator<TileCoordinate> {
  for (let level = 0; hashesAtLevel(size, level) > 0; level++) {
    const count = Math.ceil(hashesAtLevel(size, level) / tileWidth)
    for (let index = 0; index < count; index++) yield { level, index, width: widthIn(size, level, index) }
  }
  for (let index = 0; index < Math.ceil(size / tileWidth); index++) {
    yield { level: 'entries', index, width: widthIn(size, 0, index) }
  }
}

/** A tile's bytes: its hashes one after the other. */
export function encodeTile(hashes: readonly Hash[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(hashes.length * 32)
  hashes.forEach((hash, at) => {
    bytes.set(hash, at * 32)
  })
  return bytes
}

/** A tile's hashes; undefined where it has not that many. */
export function decodeTile(bytes: Uint8Array, width: number): readonly Hash[] | undefined {
  if (bytes.length !== width * 32) return undefined
  return Array.from({ length: width }, (_, at) => bytes.subarray(at * 32, at * 32 + 32))
}

/** The largest entry: its length is two bytes. */
export const entryBytesMax = 65_535

/** A bundle's bytes: each entry after its length, two bytes big-endian. @throws RangeError for an entry that is too long. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(entries.reduce((sum, entry) => sum + 2 + entry.length, 0))
  let at = 0
  for (const entry of entries) {
    if (entry.length > entryBytesMax) throw new RangeError(`an entry of ${entry.length} bytes fits no bundle`)
    bytes[at] = entry.length >> 8
    bytes[at + 1] = entry.length & 0xff
    bytes.set(entry, at + 2)
    at += 2 + entry.length
  }
  return bytes
}

/** A bundle's entries; undefined where it has not exactly that many. */
export function decodeBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] | undefined {
  const entries: Uint8Array[] = []
  let at = 0
  while (at < bytes.length) {
    const length = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)
    const end = at + 2 + length
    if (at + 2 > bytes.length || end > bytes.length) return undefined
    entries.push(bytes.subarray(at + 2, end))
    at = end
  }
  return entries.length === width ? entries : undefined
}

/** Where a node's hash comes from: some hashes of one tile. */
export interface TileSlice {
  readonly level: number
  /** First and last-but-one hash at the level, counted over the whole tree. */
  readonly from: number
  readonly to: number
}

/** The hashes of a tile level under a perfect node: from 1 to 128 of them, all in one tile. */
export function sliceOf({ height, index }: PerfectNode): TileSlice {
  const level = Math.floor(height / 8)
  const width = 2 ** (height % 8)
  return { level, from: index * width, to: (index + 1) * width }
}

/** A perfect node's hash, given how to read hashes of a tile level. */
export function hashOfNode(node: PerfectNode, read: (slice: TileSlice) => readonly Hash[]): Hash {
  return merkleRoot(read(sliceOf(node)))
}
