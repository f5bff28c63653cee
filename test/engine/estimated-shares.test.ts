/** Shares of a whole that people estimate, added and compared as they were written. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { writtenDecimal } from '../../src/engine/decimal-sum.ts'
import { exceeds, sumOfShares } from '../../src/engine/shares.ts'

describe('estimated shares', () => {
  test.each([
    [[], '0'],
    [['0.1', '0.2'], '0.3'],
    [['0.50', '0.5'], '1'],
    [['0.020', '0'], '0.02'],
    [['0.000000000001', '0.01'], '0.010000000001'],
  ])('%j come to %s', (shares, sum) => {
    expect(sumOfShares(shares)).toBe(sum)
  })

  test('exceed a limit by as little as one of the last place, and never by a rounding', () => {
    expect(exceeds(['0.1', '0.2'], '0.3')).toBe(false)
    expect(exceeds(['0.1', '0.2', '0.000000000001'], '0.3')).toBe(true)
    expect(exceeds(['0.05'], '0.050')).toBe(false)
    expect(exceeds([], '0')).toBe(false)
  })

  test('are the whole numbers of 10⁻¹² that they are written as', () => {
    const share = fc.bigInt({ min: 0n, max: 10n ** 12n })
    const written = (trillionths: bigint) => writtenDecimal({ coefficient: trillionths, places: 12 })
    fc.assert(
      fc.property(fc.array(share), share, (shares, limit) => {
        const sum = shares.reduce((before, one) => before + one, 0n)
        expect(sumOfShares(shares.map(written))).toBe(written(sum))
        expect(exceeds(shares.map(written), written(limit))).toBe(sum > limit)
      }),
    )
  })
})
