/** Matrices from triplets. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { entryAt, sparseMatrix, withEntries } from '../../../src/engine/network/sparse-matrix.ts'

const entries = [
  [2, 0, 0.5],
  [0, 1, 0.1],
  [1, 3, -2],
  [0, 1, 0.2],
  [0, 3, 7],
  [0, 1, 0.3],
] as const

function built(triplets: readonly (readonly [number, number, number])[]) {
  return sparseMatrix(4, {
    rows: triplets.map(([row]) => row),
    columns: triplets.map(([, column]) => column),
    values: triplets.map(([, , value]) => value),
  })
}

describe('a sparse matrix', () => {
  test('holds its entries column by column, rows ascending, each place once', () => {
    const { starts, rows, values } = built(entries)
    expect([...starts]).toEqual([0, 1, 2, 2, 4])
    expect([...rows]).toEqual([2, 0, 0, 1])
    // 0.1 + 0.2 + 0.3 is 0.6 when it is rounded once; from the left it is 0.6000000000000001.
    expect([...values]).toEqual([0.5, 0.6, 7, -2])
  })

  test('is the same to the bit whatever order its entries come in', () => {
    const expected = built(entries)
    fc.assert(
      fc.property(fc.shuffledSubarray([...entries], { minLength: entries.length }), (shuffled) => {
        expect(built(shuffled)).toEqual(expected)
      }),
      { numRuns: 50 },
    )
  })

  test('finds an entry, and says where there is none', () => {
    const matrix = built(entries)
    expect([entryAt(matrix, 1, 3), entryAt(matrix, 0, 1), entryAt(matrix, 2, 0)]).toEqual([3, 1, 0])
    expect([entryAt(matrix, 3, 3), entryAt(matrix, 0, 2), entryAt(matrix, 1, 0)]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })

  test('may be empty', () => {
    expect([...sparseMatrix(0, { rows: [], columns: [], values: [] }).starts]).toEqual([0])
  })

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('refuses %s', (value) => {
    expect(() => built([[0, 0, value]])).toThrow('invalid-number')
    expect(() => built([...entries, [0, 1, value]])).toThrow('invalid-number')
    expect(() => withEntries(built(entries), Float64Array.of(1, 2, value, 4))).toThrow('invalid-number')
  })

  test('takes no place that it does not have, and one value an entry', () => {
    for (const place of [[4, 0] as const, [0, 4] as const, [-1, 0] as const, [0, Number.NaN] as const])
      expect(() => built([[...place, 1]])).toThrow(RangeError)
    expect(() => withEntries(built(entries), Float64Array.of(1))).toThrow(RangeError)
  })
})
