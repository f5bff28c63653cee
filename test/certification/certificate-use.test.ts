import { describe, expect, test } from 'vitest'
import { repeatedRanges } from '../../src/certification/certificate-use.ts'
import { rangesMeet } from '../../src/certification/green-certificate.ts'

const code = (serial: number, classes: string) =>
  `1A2B3C4D5E6F7G8H9202403${String(serial).padStart(7, '0')}${classes}`

describe('repeatedRanges', () => {
  const named = (from: number, to: number, classes = ['11', '11']) => ({
    range: { from: code(from, classes[0] as string), to: code(to, classes[1] as string) },
  })

  test('names the later of two that share a number, whichever begins first', () => {
    const [first, second, apart] = [named(5, 9), named(1, 5), named(10, 12)]
    expect(repeatedRanges([first, second, apart])).toEqual(new Map([[second, first]]))
    expect(repeatedRanges([second, first, apart])).toEqual(new Map([[first, second]]))
  })

  test('keeps classes apart, and takes a range over two for all', () => {
    const [one, other, all] = [named(1, 9), named(1, 9, ['22', '22']), named(9, 9, ['33', '34'])]
    expect(repeatedRanges([one, other])).toEqual(new Map())
    expect([...repeatedRanges([one, other, all]).keys()]).toEqual([all])
  })

  test('finds something exactly where looking at every pair does', () => {
    // A small congruential generator: the same ranges every time.
    let state = 7
    const next = (below: number) => {
      state = (state * 1103515245 + 12345) % 2147483648
      return Math.floor(state / 65536) % below
    }
    let met = 0
    for (let round = 0; round < 400; round += 1) {
      const ranges = Array.from({ length: 4 }, () => {
        const [from, length, classes] = [next(40), next(6), String(11 + next(3))]
        return named(from, from + length, [classes, next(5) === 0 && length > 0 ? '19' : classes])
      })
      const pairs = ranges.flatMap((a, at) =>
        ranges.slice(at + 1).filter((b) => rangesMeet(a.range, b.range)),
      )
      expect(repeatedRanges(ranges).size > 0).toBe(pairs.length > 0)
      if (pairs.length > 0) met += 1
    }
    expect(met).toBeGreaterThan(50)
    expect(met).toBeLessThan(350)
  })
})
