/** Random numbers, and the functions they go through: published values, and the same bits everywhere. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { philox, Stream, seedMax } from '../../../src/engine/analysis/philox.ts'
import { exp, ln, normalQuantile } from '../../../src/engine/analysis/portable-functions.ts'

describe('Philox4x32-10', () => {
  // Known answers of Random123 (D. E. Shaw Research), tests/kat_vectors.
  test.each([
    [[0, 0, 0, 0], [0, 0], '6627e8d5 e169c58d bc57ac4c 9b00dbd8'],
    [
      [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
      [0xffffffff, 0xffffffff],
      '408f276d 41c83b0e a20bc7c6 6d5451fd',
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      'd16cfe09 94fdcceb 5001e420 24126ea1',
    ],
  ])('of counter %j and key %j', (counter, [key0 = 0, key1 = 0], expected) => {
    const block = Uint32Array.from(counter)
    philox(block, key0, key1)
    expect([...block].map((word) => word.toString(16).padStart(8, '0')).join(' ')).toBe(expected)
  })
})

describe('a stream', () => {
  const first = (seed: number, name: string, count = 8) => {
    const stream = new Stream(seed, name)
    return Array.from({ length: count }, (_, draw) => stream.at(draw))
  }

  test('is the same for the same seed and name, in whatever order it is asked', () => {
    const stream = new Stream(7, 'line power')
    const backwards = [7, 6, 5, 4, 3, 2, 1, 0].map((draw) => stream.at(draw)).reverse()
    expect(backwards).toEqual(first(7, 'line power'))
  })

  test('is another for another seed or name, also where only the upper word of the seed differs', () => {
    const streams = [
      first(7, 'a'),
      first(8, 'a'),
      first(7, 'b'),
      first(7 + 2 ** 32, 'a'),
      first(seedMax, 'a'),
    ]
    expect(new Set(streams.flat()).size).toBe(streams.length * 8)
  })

  test('lies strictly between 0 and 1, evenly: mean ½ and variance 1⁄12 within five standard errors', () => {
    const many = first(1, 'even', 100_000)
    expect(many.every((value) => value > 0 && value < 1)).toBe(true)
    const mean = many.reduce((sum, value) => sum + value, 0) / many.length
    const variance = many.reduce((sum, value) => sum + (value - mean) ** 2, 0) / many.length
    expect(Math.abs(mean - 0.5)).toBeLessThan(5 * Math.sqrt(1 / 12 / many.length))
    // The variance of (u − ½)² is 1⁄80 − 1⁄144 = 1⁄180.
    expect(Math.abs(variance - 1 / 12)).toBeLessThan(5 * Math.sqrt(1 / 180 / many.length))
  })

  test('gives the bits it has always given', () => {
    // Draws 4 to 7 of seed 42, by a reference implementation in Python (hashlib, integers of any size): SHA-256("power") begins with
    // 07d715ed b696fb5f, so the counter is (1, 0, 0x07d715ed, 0xb696fb5f) and the key (42, 0).
    expect(first(42, 'power').slice(4)).toEqual([
      0.8933050873456523, 0.3007046034326777, 0.12707391765434295, 0.735861022840254,
    ])
  })
})

describe('functions from basic operations', () => {
  test('e^x agrees with the engine’s to two units in the last place', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(exp(x) / Math.exp(x) - 1)).toBeLessThan(5e-16)
      }),
    )
    expect([exp(0), exp(-800), exp(800)]).toEqual([1, 0, Number.POSITIVE_INFINITY])
  })

  test('so does ln x', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), (x) => {
        expect(Math.abs(ln(x) - Math.log(x))).toBeLessThanOrEqual(4e-16 * Math.max(1, Math.abs(Math.log(x))))
      }),
    )
    expect([ln(1), ln(2), ln(0.5)]).toEqual([0, Math.LN2, -Math.LN2])
  })

  test.each([
    // Python 3.11, statistics.NormalDist().inv_cdf, an implementation of the same algorithm by others.
    [0.5, 0],
    [0.3, -0.5244005127080407],
    [0.975, 1.9599639845400536],
    [0.025, -1.9599639845400538],
    [1e-5, -4.2648907939228256],
    [2 ** -33, -6.337957754553789],
  ])('the normal quantile of %d is %d', (p, expected) => {
    expect(normalQuantile(p)).toBeCloseTo(expected, 14)
  })

  test('rises with p', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-12, max: 0.999, noNaN: true }), (p) => {
        expect(normalQuantile(p + 1e-4)).toBeGreaterThan(normalQuantile(p))
      }),
    )
  })
})
