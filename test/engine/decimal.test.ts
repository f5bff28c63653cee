/** Decimal text in, decimal text out, and the print that a pocket calculator agrees with. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { formatDecimal, parseDecimal, printRounded } from '../../src/engine/decimal.ts'

const double = fc.double({ noNaN: true, noDefaultInfinity: true })

describe('parseDecimal', () => {
  test.each([
    ['118400', 118400],
    ['-0.25', -0.25],
    ['+3', 3],
    ['1.2e-7', 1.2e-7],
    ['1E3', 1000],
    ['0', 0],
    ['-0', 0],
    ['0.000', 0],
    ['0e999', 0],
  ])('reads %s as %d', (text, value) => {
    expect(Object.is(parseDecimal(text), value)).toBe(true)
  })

  test.each([
    ['', 'nothing'],
    [' 1', 'a space'],
    ['1 ', 'a space'],
    ['1,000', 'grouping'],
    ['1_000', 'an underscore'],
    ['0x10', 'hexadecimal'],
    ['.5', 'no digit before the point'],
    ['5.', 'no digit after the point'],
    ['007', 'leading zeros'],
    ['--1', 'two signs'],
    ['1e', 'half an exponent'],
    ['NaN', 'no number'],
    ['Infinity', 'no number'],
    ['１２', 'full-width digits'],
    ['٣', 'Arabic digits'],
    ['1e999', 'beyond the range'],
    ['-1e999', 'beyond the range'],
    ['1e-999', 'would become zero'],
    ['-0.1e-400', 'would become zero'],
    ['1'.repeat(65), 'too long'],
  ])('refuses %j (%s)', (text) => {
    expect(() => parseDecimal(text)).toThrow('invalid-number')
  })

  test('reads back what formatDecimal writes, to the same bits', () => {
    fc.assert(
      fc.property(double, (value) => {
        expect(parseDecimal(formatDecimal(value))).toBe(value + 0)
      }),
    )
  })
})

describe('formatDecimal', () => {
  test('writes the shortest text, and no negative zero', () => {
    expect(formatDecimal(0.1 + 0.2)).toBe('0.30000000000000004')
    expect(formatDecimal(1e21)).toBe('1e+21')
    expect(formatDecimal(-0)).toBe('0')
  })

  test('refuses what is no number', () => {
    expect(() => formatDecimal(Number.NaN)).toThrow('invalid-number')
  })
})

describe('printRounded', () => {
  test('prints what a pocket calculator prints: 250 × 0.4211 = 105.275 → 105.28', () => {
    // As a double the product is 105.27499999999999…; its fifteen digits are 105.275000000000, a tie, and 7 is odd.
    expect(printRounded(250 * 0.4211, 2)).toBe('105.28')
  })

  test.each([
    [0.5, 0, '0'],
    [1.5, 0, '2'],
    [2.5, 0, '2'],
    [2.675, 2, '2.68'],
    [2.665, 2, '2.66'],
    [-2.5, 0, '-2'],
    [-0.4, 0, '0'],
    [-0, 2, '0.00'],
    [0, 0, '0'],
    [9.995, 2, '10.00'],
    [1e21, 1, '1000000000000000000000.0'],
    [1.5e-9, 2, '0.00'],
    [1e-9, 9, '0.000000001'],
    [123456, -2, '123500'],
    [150, -2, '200'],
    [250, -2, '200'],
  ])('rounds %d to %i places half-even: %s', (value, digits, text) => {
    expect(printRounded(value, digits)).toBe(text)
  })

  test('prints kilograms as tonnes by moving the point, not by dividing', () => {
    expect(printRounded(105275, 2, -3)).toBe('105.28')
    expect(printRounded(105265, 2, -3)).toBe('105.26')
  })

  test('refuses what is no number, and digits that are none', () => {
    expect(() => printRounded(Infinity, 2)).toThrow('invalid-number')
    expect(() => printRounded(1, 1.5)).toThrow('invalid-number')
    expect(() => printRounded(1, 16)).toThrow('invalid-number')
  })

  test('never lies further from the value than half a unit of its last place and of the fifteenth digit', () => {
    const amount = fc.double({ noNaN: true, min: -1e9, max: 1e9 })
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 5 }), (value, digits) => {
        const slack = 0.5 * 10 ** -digits + Math.abs(value) * 1e-14
        expect(Math.abs(Number(printRounded(value, digits)) - value)).toBeLessThanOrEqual(slack * (1 + 1e-12))
      }),
    )
  })
})
