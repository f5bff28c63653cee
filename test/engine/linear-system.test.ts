/** Small linear systems, solved in one fixed order of operations. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { solve } from '../../src/engine/linear-system.ts'

describe('solve', () => {
  test('2x + y = 5, x + 3y = 10 gives x = 1, y = 3', () => {
    expect(
      solve(
        [
          [2, 1],
          [1, 3],
        ],
        [5, 10],
      ),
    ).toEqual([1, 3])
  })

  test('swaps rows where the diagonal is zero', () => {
    expect(
      solve(
        [
          [0, 1],
          [1, 0],
        ],
        [2, 3],
      ),
    ).toEqual([3, 2])
  })

  test('finds no answer where there is none, or no single one', () => {
    expect(
      solve(
        [
          [1, 2],
          [2, 4],
        ],
        [1, 2],
      ),
    ).toBeUndefined()
    expect(solve([[0]], [1])).toBeUndefined()
    // 0.1 × 3 is not 0.3: what is left of the second pivot is rounding, not a number.
    expect(
      solve(
        [
          [0.1, 0.3],
          [0.1 * 3, 0.9],
        ],
        [1, 2],
      ),
    ).toBeUndefined()
  })

  test('does not take small for zero', () => {
    expect(
      solve(
        [
          [1e-12, 0],
          [0, 1e12],
        ],
        [1, 1],
      ),
    ).toEqual([1e12, 1e-12])
  })

  test('solves what it was made from, to eleven digits, for systems whose loops give something back', () => {
    const size = fc.integer({ min: 1, max: 12 })
    const system = size.chain((n) =>
      fc.tuple(
        fc.array(fc.array(fc.double({ noNaN: true, min: 0, max: 0.9 / n }), { minLength: n, maxLength: n }), {
          minLength: n,
          maxLength: n,
        }),
        fc.array(fc.double({ noNaN: true, min: 0, max: 1000 }), { minLength: n, maxLength: n }),
      ),
    )
    fc.assert(
      fc.property(system, ([needs, x]) => {
        const matrix = needs.map((row, i) => row.map((need, j) => (i === j ? 1 : 0) - need))
        const right = matrix.map((row) => row.reduce((sum, value, j) => sum + value * (x[j] as number), 0))
        const solved = solve(matrix, right) ?? []
        solved.forEach((value, index) => {
          expect(Math.abs(value - (x[index] as number))).toBeLessThan(1e-8)
        })
        expect(solved).toHaveLength(x.length)
      }),
    )
  })

  test('500 equations in well under five seconds', () => {
    const n = 500
    const matrix = Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => (i === j ? 1 : -((i * 31 + j * 17) % 97) / 97 / n / 2)),
    )
    const started = performance.now()
    expect(solve(matrix, Array(n).fill(1))).toHaveLength(n)
    expect(performance.now() - started).toBeLessThan(5000)
  })
})
