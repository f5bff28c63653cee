/** How good the data are: scores, their weighted means, and how they are written in a cell. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readPedigree } from '../../../src/engine/inventory/data-quality.ts'
import { indicativeSpread, spreadOfLogVariance } from '../../../src/engine/inventory/indicative-spread.ts'
import type { ActivityLine, DataQuality } from '../../../src/engine/types.ts'
import { isProblem } from '../../../src/problem.ts'
import { calculated, co2eFactor, refusalOf, table } from '../fixtures.ts'

const tables = [table('t', [co2eFactor({ id: 'goods', family: 'cradle-to-gate', unit: 'kg' }, '2')])]

const quality = (...scores: [number, number, number, number, number]): DataQuality => {
  const [reliability, completeness, temporal, geographical, technological] = scores
  return { reliability, completeness, temporal, geographical, technological }
}

/** `kg` of goods: twice as much CO2e. */
const goods = (id: string, kg: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id, category: 'purchased-goods-and-services', quantity: { amount: kg, unit: 'kg' } },
  ...{ factor: { id: 'goods' } },
  ...given,
})

const qualityOf = (lines: readonly ActivityLine[]) => calculated(lines, tables).inventory?.dataQuality

describe('data quality', () => {
  test('is the mean of the scores, weighted by what the rated lines weigh, with the part that is rated', () => {
    const lines = [
      goods('a', '30', { dataQuality: quality(1, 2, 3, 4, 5) }),
      goods('b', '10', { dataQuality: quality(5, 2, 1, 4, 1) }),
      goods('c', '60'),
    ]
    // Weights 60 and 20 of 80 rated, 200 in all. Reliability (60 × 1 + 20 × 5) ÷ 80 = 2; temporal (180 + 20) ÷ 80 = 2.5;
    // technological (300 + 20) ÷ 80 = 4.
    expect(qualityOf(lines)).toEqual({
      ratedShare: 0.4,
      ratings: { reliability: 2, completeness: 2, temporal: 2.5, geographical: 4, technological: 4 },
    })
  })

  test('says nothing of what nobody rated, and nothing of what weighs nothing', () => {
    expect(qualityOf([goods('a', '1')])).toEqual({ ratedShare: 0, ratings: null })
    const zero = goods('a', '0', { dataQuality: quality(1, 1, 1, 1, 1) })
    expect(qualityOf([zero])).toEqual({ ratedShare: null, ratings: null })
    expect(qualityOf([zero, goods('b', '1')])).toEqual({ ratedShare: 0, ratings: null })
  })

  test.each([0, 6, 2.5, Number.NaN])('refuses a score of %s, and names every wrong one', (score) => {
    const lines = [goods('a', '1'), goods('b', '1', { dataQuality: quality(1, score, 1, 1, score) })]
    const problem = refusalOf(() => calculated(lines, tables))
    expect([problem.code, problem.facts.pointer, problem.facts.lineId]).toEqual([
      'property-out-of-range',
      '/lines/1/dataQuality/completeness',
      'b',
    ])
    expect(problem.facts.others).toMatchObject([{ pointer: '/lines/1/dataQuality/technological' }])
  })
})

const casesFolder = join(process.env.EGRET_CASES ?? '../shared/cases', 'uncertainty')
const hasCases = existsSync(casesFolder)
const skipped = hasCases ? '' : ' (skipped: no published cases)'
const readCase = (name: string) => JSON.parse(readFileSync(join(casesFolder, `${name}.json`), 'utf8'))

describe('a pedigree in a cell', () => {
  test('is read with any spaces, and no other way', () => {
    expect(readPedigree('(1,2,3,4,5)')).toEqual(quality(1, 2, 3, 4, 5))
    expect(readPedigree(' ( 1 , 2, 3 ,4 , 5 ) ')).toEqual(quality(1, 2, 3, 4, 5))
    for (const text of [
      '',
      '1,2,3,4,5',
      '(1,2,3,4)',
      '(1,2,3,4,6)',
      '(1,2,3,4,05)',
      '((1,2,3,4,5))',
      '(1.0,2,3,4,5)',
    ]) {
      expect(refusalOf(() => readPedigree(text)).code).toBe('invalid-request')
    }
  })

  test('names the score that it lacks', () => {
    expect(refusalOf(() => readPedigree('(1,2,-,4,5)')).message).toContain('"temporal"')
    expect(refusalOf(() => readPedigree('(1,2,3,4,na)')).message).toContain('"technological"')
    expect(refusalOf(() => readPedigree('(,2,3,4,5)')).message).toContain('"reliability"')
  })

  /** What the published reader takes and we refuse: gaps as the best score, sizes of samples, words behind. */
  const refusedOnPurpose = [
    '(1,2,3,4,5,5)',
    '(1,2,3,4,5,5); lorem ipsum foo bar',
    '(1,-,-,3,4,5)',
    '(,,,,)',
    '(1,2,3,na,na,4)',
    '( 1 , 2, 3 ,4 , 5 , 5 )',
  ]

  test.skipIf(!hasCases)(`differs from a published reader only on purpose${skipped}`, () => {
    const { cases } = readCase('pedigree-strings') as { cases: { in: string; out: number[] | null }[] }
    const differs = cases.filter(({ in: text, out }) => {
      try {
        return JSON.stringify(Object.values(readPedigree(text))) !== JSON.stringify(out?.slice(0, 5))
      } catch (thrown) {
        if (!isProblem(thrown)) throw thrown
        return out !== null
      }
    })
    expect(differs.map(({ in: text }) => text)).toEqual(refusedOnPurpose)
  })
})

describe('the spread that scores suggest', () => {
  test('is the basic one where all scores are best, and grows with each', () => {
    expect(indicativeSpread(quality(1, 1, 1, 1, 1), 1.05)).toBeCloseTo(1.05, 12)
    // Alone, a factor comes through as it is: exp(√(ln 2.8)²) = 2.8.
    expect(indicativeSpread(quality(1, 1, 1, 1, 5), 1)).toBeCloseTo(2.8, 12)
    expect(refusalOf(() => indicativeSpread(quality(1, 1, 1, 1, 1), 0.9)).code).toBe('property-out-of-range')
    expect(refusalOf(() => indicativeSpread(quality(1, 1, 1, 1, 0), 1.1)).code).toBe('property-out-of-range')
  })

  test('is no uncertainty of the result: a line with scores alone states none', () => {
    const result = calculated([goods('a', '1', { dataQuality: quality(5, 5, 5, 5, 5) })], tables)
    expect(result.inventory?.uncertainty).toMatchObject({
      statedShare: 0,
      halfWidthKgCo2e: null,
      percent: null,
    })
  })

  test.skipIf(!hasCases)(`fits two published cases${skipped}`, () => {
    const derived = readCase('pedigree-gsd2-derived')
    const [basic, expected] = [derived.basic_uncertainty as number, derived.expected.GSD2 as number]
    expect(indicativeSpread(quality(2, 3, 4, 3, 2), basic) / expected).toBeCloseTo(1, 9)
    const added = readCase('pedigree-variance')
    const terms = Object.values(added.added_variance_by_score as Record<string, number>)
    const variance = terms.reduce((sum, term) => sum + term, 0)
    expect(variance).toBeCloseTo(added.expected.variance, 9)
    expect(spreadOfLogVariance(variance)).toBeCloseTo(Math.exp(2 * Math.sqrt(0.1227)), 12)
  })
})
