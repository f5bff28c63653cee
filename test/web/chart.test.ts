import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type ChartSize, layOut, type Slot } from '../../src/web/factors/chart.ts'

/** A drawing area of 100 × 100 with its corner at (10, 10). */
const size: ChartSize = { width: 120, height: 120, left: 10, right: 10, top: 10, bottom: 10 }
const slots = (...amounts: (string | null)[]): Slot[] =>
  amounts.map((amount, at) => ({ label: String(2020 + at), amount }))

describe('the chart of a history', () => {
  test('begins at zero, ends at a round number, and puts amounts between in proportion', () => {
    // 0.13 to 0.2: steps of 0.05, so the axis runs from 0 to 0.2 over 100 units of height.
    const { ticks, points, zero } = layOut(slots('0.2', '0.13'), size, 10)
    expect(ticks.map(({ label }) => label)).toEqual(['0', '0.05', '0.1', '0.15', '0.2'])
    expect(zero).toBeCloseTo(110, 9)
    expect(points.map(({ y }) => y)).toEqual([expect.closeTo(10, 9), expect.closeTo(45, 9)])
    // Two columns of 50: their middles.
    expect(points.map(({ x }) => x)).toEqual([35, 85])
  })

  test('keeps a true zero on the axis and a gap off it', () => {
    const { points, gaps, zero } = layOut(slots('1', '0', null, '2'), size, 10)
    expect(points.map(({ at }) => at)).toEqual([0, 1, 3])
    expect(points[1]?.y).toBe(zero)
    // Four columns of 25: the third from 60 to 85, its middle at 72.5, fenced off 0.35 columns to each side.
    expect(gaps).toEqual([
      { first: 2, last: 2, left: expect.closeTo(63.75, 9), right: expect.closeTo(81.25, 9) },
    ])
  })

  test('breaks the line at a gap', () => {
    const { runs } = layOut(slots('1', '2', null, '3', null, '4', '5'), size, 10)
    expect(runs.map((run) => run.map(({ at }) => at))).toEqual([[0, 1], [3], [5, 6]])
  })

  test('makes neighbouring gaps one', () => {
    const { gaps } = layOut(slots(null, '1', null, null, null, '2', null), size, 10)
    expect(gaps.map(({ first, last }) => [first, last])).toEqual([
      [0, 0],
      [2, 4],
      [6, 6],
    ])
  })

  test('shows removals below zero', () => {
    const { ticks, points, zero } = layOut(slots('-2', '2'), size, 10)
    expect(ticks.map(({ label }) => label)).toEqual(['-2', '-1', '0', '1', '2'])
    expect(points[0]?.y).toBeGreaterThan(zero)
  })

  test('stands for nothing but gaps, and for zeros alone', () => {
    expect(layOut(slots(null, null), size, 10).points).toEqual([])
    expect(layOut(slots('0', '0'), size, 10).points.every(({ y }) => y === 110)).toBe(true)
  })

  test('labels as many slots as fit, the last one always', () => {
    const { slots: columns } = layOut(slots(...Array.from({ length: 25 }, () => '1')), size, 8)
    const labelled = columns.filter(({ isLabelled }) => isLabelled)
    expect(labelled.length).toBeLessThanOrEqual(8)
    expect(labelled.at(-1)?.label).toBe('2044')
  })

  test('keeps every point inside the drawing, in order, the larger amount higher', () => {
    const amount = fc.oneof(
      fc.constant(null),
      fc.integer().map((millionths) => String(millionths / 1e6)),
    )
    fc.assert(
      fc.property(fc.array(amount, { minLength: 1, maxLength: 40 }), (amounts) => {
        const { points, gaps, ticks } = layOut(slots(...amounts), size, 10)
        const absent = gaps.reduce((sum, { first, last }) => sum + last - first + 1, 0)
        expect(points.length + absent).toBe(amounts.length)
        expect(ticks.length).toBeLessThanOrEqual(8)
        for (const { x, y } of points) {
          expect(x).toBeGreaterThan(10)
          expect(x).toBeLessThan(110)
          expect(y).toBeGreaterThanOrEqual(10 - 1e-6)
          expect(y).toBeLessThanOrEqual(110 + 1e-6)
        }
        for (const [a, b] of points.slice(1).map((point, at) => [points[at], point] as const)) {
          const [left, right] = [Number(amounts[a?.at ?? 0]), Number(amounts[b.at])]
          if (left > right) expect(a?.y).toBeLessThanOrEqual(b.y)
        }
      }),
    )
  })
})
