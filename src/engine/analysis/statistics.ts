/** What many draws say: mean, spread, quantiles and a histogram. */

import { exactSum } from '../exact-sum.ts'
import type { Histogram, Statistics } from './types.ts'

/** Bars of a histogram. */
const bars = 40

/** Statistics of some numbers; null where there are fewer than two. */
export function statisticsOf(values: ArrayLike<number>): Statistics | null {
  const sorted = Float64Array.from(values)
    .filter((value) => !Number.isNaN(value))
    .sort()
  const count = sorted.length
  if (count < 2) return null
  const mean = exactSum(sorted) / count
  const squares = exactSum(Array.from(sorted, (value) => (value - mean) * (value - mean)))
  return {
    ...{ mean, standardDeviation: Math.sqrt(squares / (count - 1)), median: quantile(sorted, 0.5) },
    ...{ low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) },
    histogram: histogramOf(sorted),
  }
}

/** The quantile of sorted numbers, linear between neighbours (type 7 of Hyndman & Fan, 1996). */
export function quantile(sorted: Float64Array, part: number): number {
  const place = (sorted.length - 1) * part
  const below = Math.floor(place)
  const [a, b] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number]
  return a + (place - below) * (b - a)
}

/** Bars of equal width from the least to the largest; one bar where all are the same. */
function histogramOf(sorted: Float64Array): Histogram {
  const [from, to] = [sorted[0] as number, sorted.at(-1) as number]
  const counts = new Array<number>(from === to ? 1 : bars).fill(0)
  for (const value of sorted) {
    const bar = from === to ? 0 : Math.min(Math.floor(((value - from) / (to - from)) * bars), bars - 1)
    counts[bar] = (counts[bar] as number) + 1
  }
  return { from, to, counts }
}
