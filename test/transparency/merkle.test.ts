/** Merkle trees: the published probes, a second implementation by definition, and laws. */

import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  consistencyProof,
  type Hash,
  inclusionProof,
  leafHash,
  merkleRoot,
  TreeBuilder,
  verifyConsistency,
  verifyInclusion,
} from '../../src/transparency/merkle.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'

const leaves = (count: number): Hash[] =>
  Array.from({ length: count }, (_, index) => leafHash(Uint8Array.of(index)))

/** MTH as RFC 9162 §2.1.1 defines it, by recursion and with Node's SHA-256. */
function rootByDefinition(hashes: readonly Uint8Array[]): Uint8Array {
  if (hashes.length === 0) return createHash('sha256').digest()
  if (hashes.length === 1) return hashes[0]!
  const split = 2 ** Math.floor(Math.log2(hashes.length - 1))
  const [left, right] = [hashes.slice(0, split), hashes.slice(split)].map(rootByDefinition)
  return createHash('sha256').update(Uint8Array.of(1)).update(left!).update(right!).digest()
}

describe('merkleRoot', () => {
  test('is what the definition gives, for every size up to 70', () => {
    for (let size = 0; size <= 70; size += 1) {
      expect(
        Buffer.from(merkleRoot(leaves(size))).equals(rootByDefinition(leaves(size))),
        `size ${size}`,
      ).toBe(true)
    }
  })
  test('of one leaf is the leaf, prefixed so that no node passes for it', () => {
    const bytes = Uint8Array.of(1, 2, 3)
    const expected = createHash('sha256')
      .update(Uint8Array.of(0, 1, 2, 3))
      .digest()
    expect(Buffer.from(merkleRoot([leafHash(bytes)])).equals(expected)).toBe(true)
  })
  test('grows leaf by leaf', () => {
    const builder = new TreeBuilder()
    for (const [index, leaf] of leaves(20).entries()) {
      builder.append(leaf)
      expect(builder.size).toBe(index + 1)
      expect(builder.root()).toEqual(merkleRoot(leaves(index + 1)))
    }
  })
})

describe('proofs', () => {
  test('show every leaf of every tree up to 40, and no other leaf, index or size', () => {
    for (let size = 1; size <= 40; size += 1) {
      const tree = leaves(size)
      const root = merkleRoot(tree)
      for (let index = 0; index < size; index += 1) {
        const proof = inclusionProof(tree, index)
        expect(verifyInclusion({ index, size, leaf: tree[index]!, root }, proof)).toBe(true)
        expect(verifyInclusion({ index: index + 1, size, leaf: tree[index]!, root }, proof)).toBe(false)
        expect(verifyInclusion({ index, size, leaf: leafHash(Uint8Array.of(99)), root }, proof)).toBe(false)
        expect(verifyInclusion({ index, size, leaf: tree[index]!, root }, [...proof, root])).toBe(false)
      }
    }
  })

  test('show that every tree begins with each smaller one, and not with another', () => {
    for (let newSize = 1; newSize <= 33; newSize += 1) {
      const tree = leaves(newSize)
      for (let oldSize = 1; oldSize <= newSize; oldSize += 1) {
        const claim = {
          oldSize,
          newSize,
          oldRoot: merkleRoot(tree.slice(0, oldSize)),
          newRoot: merkleRoot(tree),
        }
        const proof = consistencyProof(tree, oldSize)
        expect(verifyConsistency(claim, proof), `${oldSize} of ${newSize}`).toBe(true)
        expect(verifyConsistency({ ...claim, oldRoot: leafHash(Uint8Array.of(99)) }, proof)).toBe(false)
        expect(verifyConsistency(claim, [...proof, claim.newRoot])).toBe(false)
      }
    }
  })

  test('break when any bit of a proof is flipped', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 64 }),
        fc.nat(),
        fc.nat(),
        fc.nat(255),
        (size, at, where, bit) => {
          const tree = leaves(size)
          const index = at % size
          const proof = inclusionProof(tree, index).map((hash) => Uint8Array.from(hash))
          const flipped = proof[where % proof.length]!
          flipped[bit >> 3]! ^= 1 << (bit & 7)
          expect(verifyInclusion({ index, size, leaf: tree[index]!, root: merkleRoot(tree) }, proof)).toBe(
            false,
          )
        },
      ),
    )
  })

  test('are refused for sizes and indices that no tree has', () => {
    expect(() => inclusionProof(leaves(3), 3)).toThrow(RangeError)
    expect(() => consistencyProof(leaves(3), 0)).toThrow(RangeError)
    const [leaf] = leaves(1)
    for (const index of [-1, 0.5, Number.NaN, 2 ** 64]) {
      expect(verifyInclusion({ index, size: 1, leaf: leaf!, root: leaf! }, [])).toBe(false)
    }
  })
})

interface InclusionProbe {
  leafIdx: number
  treeSize: number
  root: string | null
  leafHash: string | null
  proof: string[] | null
  wantErr: boolean
  _path: string
}
interface ConsistencyProbe {
  size1: number
  size2: number
  root1: string | null
  root2: string | null
  proof: string[] | null
  wantErr: boolean
  _path: string
}

const bytes = (base64: string | null): Uint8Array => Uint8Array.from(Buffer.from(base64 ?? '', 'base64'))
const probes = <Probe>(name: string): Probe[] =>
  publishedJson<{ cases: Probe[] }>(`crypto/merkle/${name}.json`, { cases: [] }).cases

describe.skipIf(!casesPresent)(`published probes${caseNote}`, () => {
  test('roots of the Certificate Transparency reference leaves', () => {
    const published = publishedJson('crypto/merkle/roots.json', {
      leaves_hex: [] as string[],
      roots_hex_by_size: {} as Record<string, string>,
    })
    const tree = published.leaves_hex.map((hex) => leafHash(Uint8Array.from(Buffer.from(hex, 'hex'))))
    for (const [size, root] of Object.entries(published.roots_hex_by_size)) {
      expect(Buffer.from(merkleRoot(tree.slice(0, Number(size)))).toString('hex')).toBe(root)
    }
  })

  test.each(probes<InclusionProbe>('inclusion'))('$_path', (probe) => {
    const claim = {
      index: probe.leafIdx,
      size: probe.treeSize,
      leaf: bytes(probe.leafHash),
      root: bytes(probe.root),
    }
    expect(verifyInclusion(claim, (probe.proof ?? []).map(bytes))).toBe(!probe.wantErr)
  })

  // Three probes start from an empty tree, which RFC 9162 leaves undefined; we refuse them, as their source does.
  test.each(probes<ConsistencyProbe>('consistency'))('$_path', (probe) => {
    const claim = {
      oldSize: probe.size1,
      newSize: probe.size2,
      oldRoot: bytes(probe.root1),
      newRoot: bytes(probe.root2),
    }
    expect(verifyConsistency(claim, (probe.proof ?? []).map(bytes))).toBe(!probe.wantErr)
  })
})
