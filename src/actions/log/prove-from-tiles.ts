/** Proofs that reach further back than the last tile: out of the tiles in the public bucket. */

import { logKey } from '../../ports/objects.ts'
import type { Ports } from '../../ports.ts'
import type { Hash } from '../../transparency/merkle.ts'
import { consistencyRanges, hashOfRange, perfectNodes } from '../../transparency/ranges.ts'
import {
  decodeTile,
  hashOfNode,
  sliceOf,
  type TileSlice,
  tilePath,
  tileWidth,
  widthIn,
} from '../../transparency/tiles.ts'
import { inGroups } from './in-groups.ts'

/** The proof that the log of `oldSize` grew into that of `size`, whose tiles are written; null where one cannot be read. */
export async function consistencyFromTiles(
  { objects }: Pick<Ports, 'objects'>,
  oldSize: number,
  size: number,
): Promise<readonly Hash[] | null> {
  const ranges = consistencyRanges(oldSize, size)
  const paths = new Set(
    ranges.flatMap((range) => perfectNodes(range).map(sliceOf)).map((slice) => pathIn(slice, size)),
  )
  const tiles = new Map<string, readonly Hash[]>()
  await inGroups([...paths], async (path) => {
    const bytes = await objects.get('public', logKey(path))
    const hashes = bytes === null ? undefined : decodeTile(bytes, bytes.length / 32)
    if (hashes !== undefined) tiles.set(path, hashes)
  })
  if (tiles.size < paths.size) return null
  const read = (slice: TileSlice) => {
    const first = Math.floor(slice.from / tileWidth) * tileWidth
    return tiles.get(pathIn(slice, size))?.slice(slice.from - first, slice.to - first) ?? []
  }
  return ranges.map((range) => hashOfRange(range, (node) => hashOfNode(node, read)))
}

function pathIn({ level, from }: TileSlice, size: number): string {
  const index = Math.floor(from / tileWidth)
  return tilePath({ level, index, width: widthIn(size, level, index) })
}
