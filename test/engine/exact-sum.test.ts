/** A sum is a function of its terms: no order, no grouping moves a bit. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ExactSum, exactSum } from '../../src/engine/exact-sum.ts'

/** Beyond the bound of one term the engine refuses, so the laws are about what is within. */
const term = fc.double({ noNaN: true, noDefaultInfinity: true, min: -(2 ** 990), max: 2 ** 990 })

describe('exactSum', () => {
  test('adds ten tenths to one, where a loop gives 0.9999999999999999', () => {
    expect(exactSum(Array(10).fill(0.1))).toBe(1)
  })

  test('keeps what a larger term would swallow: 1e16 + 1 − 1e16 = 1', () => {
    expect(exactSum([1e16, 1, -1e16])).toBe(1)
  })

  test('rounds a tie by what lies beyond it', () => {
    // 1 + 2^-53 is a tie and goes to even, 1; a speck more lifts it to the next double, a speck less does not.
    expect(exactSum([1, 2 ** -53])).toBe(1)
    expect(exactSum([1, 2 ** -53, 2 ** -150])).toBe(1 + 2 ** -52)
    expect(exactSum([1, 2 ** -53, -(2 ** -150)])).toBe(1)
    expect(exactSum([1 + 2 ** -52, -(2 ** -53), -(2 ** -150)])).toBe(1)
  })

  test('is 0 for no terms, and never negative zero', () => {
    expect(Object.is(exactSum([]), 0)).toBe(true)
    expect(Object.is(exactSum([-0, -0]), 0)).toBe(true)
    expect(Object.is(exactSum([5, -5]), 0)).toBe(true)
  })

  test.each([Number.NaN, Infinity, -Infinity, 2 ** 991])('refuses the term %s', (bad) => {
    expect(() => exactSum([1, bad])).toThrow('invalid-number')
  })

  test('agrees with exact rational arithmetic, rounded once', () => {
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        expect(exactSum(terms)).toBe(rationalSum(terms))
      }),
    )
  })

  test('agrees with it where everything cancels but the last digits', () => {
    const near = fc.double({ noNaN: true, min: 0.99, max: 1.01 })
    const cancelling = fc
      .array(near, { minLength: 1 })
      .map((xs) => [...xs, ...xs.map((x) => -x * (1 + 2 ** -52)), 2 ** -60])
    fc.assert(
      fc.property(cancelling, (terms) => {
        expect(exactSum(terms)).toBe(rationalSum(terms))
      }),
    )
  })

  test.runIf('sumPrecise' in Math)('agrees with Math.sumPrecise, where the platform has it', () => {
    const sumPrecise = (Math as unknown as { sumPrecise(terms: number[]): number }).sumPrecise
    fc.assert(
      fc.property(fc.array(term), (terms) => {
        expect(exactSum(terms)).toBe(sumPrecise(terms) + 0)
      }),
    )
  })

  test('does not depend on the order of its terms', () => {
    const shuffled = fc
      .array(term)
      .chain((terms) => fc.tuple(fc.constant(terms), fc.shuffledSubarray(terms, { minLength: terms.length })))
    fc.assert(
      fc.property(shuffled, ([terms, others]) => {
        expect(exactSum(others)).toBe(exactSum(terms))
      }),
    )
  })

  test('does not depend on how the work was split', () => {
    fc.assert(
      fc.property(fc.array(fc.array(term)), (parts) => {
        const merged = new ExactSum()
        for (const part of parts) {
          const sum = new ExactSum()
          for (const number of part) sum.add(number)
          merged.merge(sum)
        }
        expect(merged.value).toBe(exactSum(parts.flat()))
      }),
    )
  })

  test('merges with itself', () => {
    const sum = new ExactSum().add(0.1).add(0.2)
    expect(sum.merge(sum).value).toBe(rationalSum([0.1, 0.2, 0.1, 0.2]))
  })
})

/** The oracle: every double is a whole number of 2^-1074, so integers add exactly; one rounding, half-even, at the end. */
function rationalSum(terms: readonly number[]): number {
  const units = terms.map(inSmallestUnits).reduce((a, b) => a + b, 0n)
  return units < 0n ? -roundedFromUnits(-units) : roundedFromUnits(units)
}

function inSmallestUnits(value: number): bigint {
  const bits = new DataView(new ArrayBuffer(8))
  bits.setFloat64(0, value)
  const high = bits.getBigUint64(0)
  const exponent = (high >> 52n) & 0x7ffn
  const fraction = high & 0xfffffffffffffn
  const size = exponent === 0n ? fraction : (fraction | 0x10000000000000n) << (exponent - 1n)
  return high >> 63n === 1n ? -size : size
}

function roundedFromUnits(units: bigint): number {
  const shift = BigInt(Math.max(0, units.toString(2).length - 53))
  const kept = units >> shift
  const twice = (units - (kept << shift)) << 1n
  const unit = 1n << shift
  const up = twice > unit || (twice === unit && kept % 2n === 1n)
  // In two steps, since 2^-1074 itself leaves no room for the digits.
  const exponent = Number(shift) - 1074
  const half = Math.trunc(exponent / 2)
  return Number(up ? kept + 1n : kept) * 2 ** half * 2 ** (exponent - half)
}
