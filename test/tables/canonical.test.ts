/** One document for one version: whatever order the rows stand in, and byte for byte on the way back. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digestOfBytes } from '../../src/json/digest.ts'
import {
  canonicalGwpSet,
  canonicalTable,
  publishedTable,
  readCanonicalGwpSet,
  readCanonicalTable,
} from '../../src/tables/canonical.ts'
import { gwpSets, table, tables } from '../factors/bundled.ts'

describe('a table document', () => {
  test('has the digest of its bytes, and reads back the same', () => {
    for (const published of tables) {
      const bytes = canonicalTable(published)
      expect(digestOfBytes(bytes)).toBe(published.table.digest)
      expect(readCanonicalTable(bytes, published.table.digest)).toEqual(published)
    }
  })

  test('does not depend on the order of the rows', () => {
    const { facts, table: version } = table('cn-fuel')
    const shuffled = fc.shuffledSubarray([...version.factors], { minLength: version.factors.length })
    fc.assert(
      fc.property(shuffled, (factors) => {
        expect(publishedTable(facts, { factors, fuels: version.fuels }).table.digest).toBe(version.digest)
      }),
      { numRuns: 20 },
    )
  })

  test('changes its digest with any cell', () => {
    const { facts, table: version } = table('cn-electricity-co2')
    const [first, ...others] = version.factors
    const changed = { ...first!, notes: `${first!.notes}.` }
    const edited = publishedTable(facts, { factors: [changed, ...others], fuels: [] })
    expect(edited.table.digest).not.toBe(version.digest)
  })

  test('is refused when one byte flipped', () => {
    const published = table('cn-fuel-ncsc')
    const bytes = canonicalTable(published)
    bytes[100]! ^= 1
    expect(() => readCanonicalTable(bytes, published.table.digest)).toThrow('stored-object-corrupt')
  })

  test('is refused where a GWP set is asked for', () => {
    const published = table('cn-fuel-ncsc')
    const bytes = canonicalTable(published)
    expect(() => readCanonicalGwpSet(bytes, published.table.digest)).toThrow('stored-object-corrupt')
  })
})

describe('a GWP set document', () => {
  test('has the digest of its bytes, and reads back the same', () => {
    for (const published of gwpSets) {
      const bytes = canonicalGwpSet(published)
      expect(digestOfBytes(bytes)).toBe(published.set.digest)
      expect(readCanonicalGwpSet(bytes, published.set.digest)).toEqual(published)
    }
  })
})
