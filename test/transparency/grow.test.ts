/** Growing a tiled log step by step comes to what hashing the whole list comes to, at every size and at the tiles' borders. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import { type Growing, type Grown, growTree, type LevelHash } from '../../src/transparency/grow.ts'
import {
  consistencyProof,
  inclusionProof,
  leafHash,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
} from '../../src/transparency/merkle.ts'
import { decodeBundle, decodeTile, parseTilePath, tilePath, tilesOf } from '../../src/transparency/tiles.ts'

const bodyOf = (leafIndex: number) => `{"leaf":${leafIndex}}`
const hashesTo = (size: number) => Array.from({ length: size }, (_, at) => leafHash(encodeUtf8(bodyOf(at))))

/** A log that keeps what Postgres and the bucket keep. */
class Kept {
  readonly objects = new Map<string, Uint8Array>()
  readonly subtrees: LevelHash[] = []
  size = 0

  growTo(size: number): Grown {
    const from = Math.floor(this.size / 256) * 256
    const leaves = Array.from({ length: size - from }, (_, at) => ({
      leafIndex: from + at,
      body: bodyOf(from + at),
    }))
    const growing: Growing = { publishedSize: this.size, edge: this.subtrees, leaves }
    const grown = growTree(growing)
    for (const { path, bytes } of grown.objects) this.objects.set(path, bytes)
    this.subtrees.push(...grown.subtrees)
    this.size = grown.size
    return grown
  }
}

describe('a log that grows', () => {
  test.each([[[1, 2, 3]], [[255, 256, 257, 511, 512, 513]], [[300, 65_535]], [[65_536, 65_537, 66_100]]])(
    'has the root and the tiles of the whole list at %j',
    (sizes) => {
      const kept = new Kept()
      for (const size of sizes) {
        const grown = kept.growTo(size)
        const hashes = hashesTo(size)
        expect(Buffer.from(grown.root)).toEqual(Buffer.from(merkleRoot(hashes)))
        for (const tile of tilesOf(size)) {
          const bytes = kept.objects.get(tilePath(tile))
          if (bytes === undefined) throw new Error(`${tilePath(tile)} was not written at ${size}`)
          if (tile.level === 'entries') expect(decodeBundle(bytes, tile.width)).toHaveLength(tile.width)
          else expect(decodeTile(bytes, tile.width)).toHaveLength(tile.width)
        }
      }
    },
    60_000,
  )

  test('proves its new leaves, and that it grew, as the plain tree does', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 4 }), (steps) => {
        const kept = new Kept()
        for (const step of steps) {
          const old = kept.size
          const grown = kept.growTo(old + step)
          const hashes = hashesTo(kept.size)
          for (const index of new Set([old, kept.size - 1])) {
            const proof = grown.proofOf(index)
            expect(proof.map(hex)).toEqual(inclusionProof(hashes, index).map(hex))
            const leaf = hashes[index] as Uint8Array
            expect(verifyInclusion({ index, size: kept.size, leaf, root: grown.root }, proof)).toBe(true)
          }
          if (old === 0) continue
          const proof = grown.consistencyFrom(old)
          expect(proof?.map(hex)).toEqual(consistencyProof(hashes, old).map(hex))
          const claim = {
            oldSize: old,
            newSize: kept.size,
            oldRoot: merkleRoot(hashes.slice(0, old)),
            newRoot: grown.root,
          }
          expect(verifyConsistency(claim, proof ?? [])).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })

  test('writes the same bytes when the same batch is published again', () => {
    const [once, again] = [new Kept(), new Kept()]
    for (const kept of [once, again]) kept.growTo(700)
    expect([...again.objects]).toEqual([...once.objects])
    expect(growTree({ publishedSize: 0, edge: [], leaves: [] }).objects).toEqual([])
  })

  test('refuses leaves that do not follow, and an edge with a gap', () => {
    const leaves = [{ leafIndex: 1, body: '{}' }]
    expect(() => growTree({ publishedSize: 0, edge: [], leaves })).toThrow(RangeError)
    const full = Array.from({ length: 10 }, (_, at) => ({ leafIndex: 256 + at, body: '{}' }))
    expect(() => growTree({ publishedSize: 260, edge: [], leaves: full })).toThrow('level 1')
  })
})

describe('paths of tiles', () => {
  test('are read back, and no other spelling is', () => {
    const tiles = [
      { level: 0, index: 0, width: 256 },
      { level: 1, index: 1_234_067, width: 5 },
      { level: 'entries', index: 999, width: 255 },
    ] as const
    expect(tiles.map(tilePath)).toEqual(['tile/0/000', 'tile/1/x001/x234/067.p/5', 'tile/entries/999.p/255'])
    for (const tile of tiles) expect(parseTilePath(tilePath(tile))).toEqual(tile)
    const others = [
      'tile/0/0',
      'tile/00/000',
      'tile/0/x000/001',
      'tile/0/000.p/0',
      'tile/0/000.p/256',
      'tile/64/000',
      'tile/0/000/',
    ]
    expect(others.map(parseTilePath)).toEqual(others.map(() => undefined))
  })
})

function hex(hash: Uint8Array): string {
  return Buffer.from(hash).toString('hex')
}
