/**
 * Published cases of uncertainty, drawn. The others of the folder are held elsewhere: the IPCC's sum of squares in
 * `test/engine/inventory/uncertainty.test.ts`, pedigrees in `test/engine/inventory/data-quality.test.ts`.
 */

import { describe, expect, test } from 'vitest'
import { drawTotals } from '../../src/engine/analysis/monte-carlo.ts'
import { ln } from '../../src/engine/analysis/portable-functions.ts'
import { quantile } from '../../src/engine/analysis/statistics.ts'
import { emits, flowsIn, made, takes } from '../engine/analysis/systems.ts'
import { product } from '../engine/fixtures.ts'
import { caseNote, casesPresent, publishedJson, publishedText } from '../json/published.ts'

const published = describe.skipIf(!casesPresent)

test.skipIf(!casesPresent)(`every published case of uncertainty is held somewhere${caseNote}`, () => {
  const files = publishedText('index.json').match(/uncertainty\/[a-z0-9-]+\.json/g) ?? []
  const names = [...new Set(files)].map((file) => file.slice('uncertainty/'.length, -'.json'.length)).sort()
  expect(names).toEqual([
    'ipcc-ar6-total-2019',
    'lognormal-negative-amount',
    'lognormal-quantiles',
    'pedigree-gsd2-derived',
    'pedigree-strings',
    'pedigree-variance',
  ])
})

/** The spread of a logarithm as the percentage that Egret is told: 95 % lie between ÷ and × e^(1.96 σ). */
const percentOf = (sigma: number) => String((Math.exp(1.9599639845400536 * sigma) - 1) * 100)
const lognormal = (sigma: number) => ({
  uncertainty: {
    ...{ activityPercent: percentOf(sigma), factorPercent: '0' },
    activityDistribution: 'lognormal' as const,
  },
})

published(`lognormal-quantiles${caseNote}`, () => {
  const { examples } = publishedJson<{
    examples: readonly { mu: number; sigma: number; median: number; q975: number }[]
  }>('uncertainty/lognormal-quantiles.json', { examples: [] })

  test('median and 97.5 % quantile of 100,000 draws within 1 %', () => {
    for (const { mu, sigma, median, q975 } of examples) {
      const input = product(made('p'), [emits('p', String(Math.exp(mu)), lognormal(sigma))])
      const sorted = drawTotals(flowsIn(input), 100_000, 1).totals.sort()
      expect(Math.abs(quantile(sorted, 0.5) / median - 1)).toBeLessThan(0.01)
      expect(Math.abs((sorted[97_500] as number) / q975 - 1)).toBeLessThan(0.01)
    }
    expect(examples.length).toBeGreaterThan(1)
  })
})

published(`lognormal-negative-amount${caseNote}`, () => {
  const { amount, variance, expected } = publishedJson<{
    amount: number
    variance: number
    expected: { mean_abs: number; mu: number; negative: boolean }
  }>('uncertainty/lognormal-negative-amount.json', {
    ...{ amount: 0, variance: 0 },
    expected: { mean_abs: 0, mu: 0, negative: false },
  })

  test('a negative amount keeps its sign, and its logarithm the location of its size', () => {
    const credit = takes('p', 'q', String(amount), lognormal(Math.sqrt(variance)))
    const { totals } = drawTotals(flowsIn(product(made('p', 'q'), [credit, emits('q', '1')])), 10_000, 1)
    expect(totals.every((total) => total < 0)).toBe(expected.negative)
    expect(ln(expected.mean_abs)).toBeCloseTo(expected.mu, 14)
    const logs = totals.map((total) => ln(-total))
    const mean = logs.reduce((sum, one) => sum + one, 0) / logs.length
    const spread = logs.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (logs.length - 1)
    expect(Math.abs(mean - expected.mu)).toBeLessThan(5 * Math.sqrt(variance / logs.length))
    expect(Math.abs(spread / variance - 1)).toBeLessThan(5 * Math.sqrt(2 / logs.length))
  })
})
