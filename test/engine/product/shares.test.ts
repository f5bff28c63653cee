/** Shares of one whole: what is given must come to 1 as it was written, what is worked out comes to 1 as it is used. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactDecimal, sumOfDecimals } from '../../../src/engine/decimal-sum.ts'
import { exactSum } from '../../../src/engine/index.ts'
import { areWhole, areWholeButRounded, sharesOf } from '../../../src/engine/product/shares.ts'

describe('decimals', () => {
  test.each([
    ['0.10', 1n, 1],
    ['-12.5', -125n, 1],
    ['+3e2', 300n, 0],
    ['1.5e-7', 15n, 8],
    ['0e99999', 0n, 0],
    ['1200', 1200n, 0],
  ])('%s is %s without its last %s places', (text, coefficient, places) => {
    expect(exactDecimal(text)).toEqual({ coefficient, places })
  })

  test('are added as decimals: 0.1 + 0.2 is 0.3, which doubles do not know', () => {
    expect(sumOfDecimals(['0.1', '0.2'])).toEqual({ coefficient: 3n, places: 1 })
  })
})

describe('given shares', () => {
  test('come to 1 as they were written', () => {
    expect(areWhole(['0.1', '0.2', '0.7'])).toBe(true)
    expect(areWhole(['0.1', '0.2', '0.70000000000000001'])).toBe(false)
    expect(areWhole(Array.from({ length: 10 }, () => '0.1'))).toBe(true)
  })

  test('may miss 1 by what six places leave of thirds, and by no more', () => {
    expect(areWholeButRounded(['0.333333', '0.333333', '0.333333'])).toBe(true)
    expect(areWholeButRounded(['0.666667', '0.166667', '0.166667'])).toBe(true)
    // Three shares of six places may be off by 3 × 0.0000005 = 0.0000015.
    expect(areWholeButRounded(['0.333333', '0.333333', '0.333332'])).toBe(false)
    expect(areWholeButRounded(['0.33', '0.33', '0.33'])).toBe(false)
    expect(areWholeButRounded(['0.3333333333333333', '0.6666666666666666'])).toBe(true)
  })
})

describe('shares worked out', () => {
  const bases = fc.array(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), { minLength: 2, maxLength: 12 })

  test('come to exactly 1 when rounded once', () => {
    fc.assert(fc.property(bases, (drawn) => exactSum(sharesOf(drawn)) === 1))
  })

  test('are each the basis over the sum, to the last digit or two', () => {
    fc.assert(
      fc.property(bases, (drawn) => {
        const whole = exactSum(drawn)
        for (const [index, share] of sharesOf(drawn).entries())
          expect(Math.abs(share - (drawn[index] as number) / whole)).toBeLessThan(3e-16)
      }),
    )
  })

  test('are the plain quotients where these come to 1, as thirds do', () => {
    expect(sharesOf([1, 1, 1])).toEqual([1 / 3, 1 / 3, 1 / 3])
  })

  test('else the largest is what the others leave', () => {
    // 1/22, 6/22 and 15/22 as doubles come to a last digit less than 1: what the smaller two leave is the double after 15/22.
    expect(exactSum([1 / 22, 6 / 22, 15 / 22])).toBeLessThan(1)
    const [one, six, fifteen] = sharesOf([1, 6, 15])
    expect([one, six]).toEqual([1 / 22, 6 / 22])
    expect(fifteen).toBeGreaterThan(15 / 22)
    expect(exactSum([1 / 22, 6 / 22, fifteen as number])).toBe(1)
  })

  test('a basis of zero has a share of zero', () => {
    expect(sharesOf([0, 4])).toEqual([0, 1])
  })
})
