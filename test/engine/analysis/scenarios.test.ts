/** Scenarios, tables of parameters, and two alternatives on the same draws. */

import { describe, expect, test } from 'vitest'
import { analysisWorkMax, analyzeProduct } from '../../../src/engine/analysis/analyze-product.ts'
import { differencesOf } from '../../../src/engine/analysis/comparable.ts'
import type { AnalysisRequest, SystemComparison } from '../../../src/engine/analysis/types.ts'
import type { ActivityLine, ParameterUncertainty, ProductInput } from '../../../src/engine/types.ts'
import { co2eFactor, context, product, refusalOf, table } from '../fixtures.ts'
import { analysisRequest } from './requests.ts'
import { buys, emits, kg, made, off, ownFactors, takes, totalOf } from './systems.ts'

const analyze = (
  input: ProductInput,
  more: Partial<AnalysisRequest>,
  tables = [] as Parameters<typeof context>[0],
) => analyzeProduct(input, context(tables), { ...analysisRequest, parts: [], ...more })

/** 2 kg CO2e steel × (1 ÷ (1 − scrap)) + 3 kg of its own. */
const part = product(
  made('part'),
  [
    { ...buys('part', 'steel', '0'), quantity: undefined, parameter: { id: 'taken' } },
    emits('part', '3', { id: 'own' }),
  ],
  {
    ownFactors,
    parameters: [
      { id: 'scrap', value: '0.2' },
      { id: 'taken', unit: 'kg', formula: '1 / (1 - scrap)' },
    ],
  },
)

describe('scenarios', () => {
  test('change parameters, lines and factors, and leave all else', () => {
    const { scenarios, total } = analyze(part, {
      scenarios: [
        { name: 'no scrap', parameters: [{ id: 'scrap', value: '0' }] },
        { name: 'half of its own', lines: [{ id: 'own', quantity: kg('1.5') }] },
        { name: 'glass', lines: [{ id: 'part steel', factor: { id: 'glass' } }] },
        { name: 'green steel', factors: [{ table: 'own', id: 'steel', times: '0.25' }] },
        {
          name: 'all',
          parameters: [{ id: 'scrap', value: '0.5' }],
          lines: [{ id: 'own', quantity: kg('1') }],
          factors: [{ table: 'own', id: 'steel', times: '2' }],
        },
      ],
    })
    // 2 ÷ 0.8 + 3 = 5.5; 2 + 3; 2.5 + 1.5; 1.5 ÷ 0.8 + 3; 0.5 ÷ 0.8 + 3; 4 ÷ 0.5 + 1.
    expect(total).toBe(5.5)
    expect(scenarios.map(({ name, total }) => [name, total])).toEqual([
      ['no scrap', 5],
      ['half of its own', 4],
      ['glass', 4.875],
      ['green steel', 3.625],
      ['all', 9],
    ])
    expect(scenarios[0]).toMatchObject({
      difference: -0.5,
      byStage: [{ key: 'production', kgCo2e: 5 }],
      refusal: null,
    })
  })

  test('come to what the changed system comes to, to the bit', () => {
    const values = ['0.05', '0.123456', '0.7']
    const rows = analyze(part, { parameterTables: [{ parameter: 'scrap', values }] }).parameterTables[0]?.rows
    const changedTo = (value: string) => ({
      ...part,
      parameters: part.parameters?.map((one) => (one.id === 'scrap' ? { ...one, value } : one)),
    })
    expect(rows?.map(({ total }) => total)).toEqual(values.map((value) => totalOf(changedTo(value))))
  })

  test('change a row of a published table for all lines it weighs', () => {
    const tables = [table('t', [co2eFactor({ id: 'iron', family: 'cradle-to-gate', unit: 'kg' }, '4')])]
    const input = product(
      made('p'),
      [buys('p', 'iron', '1', { id: 'a' }), buys('p', 'iron', '2', { id: 'b' })],
      { factorTables: [{ table: 't', version: '1' }] },
    )
    const { scenarios } = analyze(
      input,
      { scenarios: [{ name: 'half', factors: [{ table: 't', id: 'iron', times: '0.5' }] }] },
      tables,
    )
    expect(scenarios[0]).toMatchObject({ total: 6, difference: -6 })
  })

  test('that have no answer say why, and the others stand', () => {
    const rows = analyze(part, { parameterTables: [{ parameter: 'scrap', values: ['0', '1', '2'] }] })
      .parameterTables[0]?.rows
    expect(rows?.map(({ value, total, refusal }) => [value, total, refusal?.code])).toEqual([
      [0, 5, undefined],
      [1, null, 'invalid-number'],
      [2, null, 'negative-amount'],
    ])
  })

  const scenario = (more: object): Partial<AnalysisRequest> => ({ scenarios: [{ name: 's', ...more }] })
  test.each<[string, Partial<AnalysisRequest>, string, string]>([
    [
      'of a parameter nobody states',
      scenario({ parameters: [{ id: 'gone', value: '1' }] }),
      'unknown-parameter',
      '/scenarios/0/parameters/0/id',
    ],
    [
      'of a parameter that follows',
      scenario({ parameters: [{ id: 'taken', value: '1' }] }),
      'parameter-invalid',
      '/scenarios/0/parameters/0/id',
    ],
    [
      'of a line that is not there',
      scenario({ lines: [{ id: 'gone', quantity: kg('1') }] }),
      'unknown-line',
      '/scenarios/0/lines/0/id',
    ],
    [
      'of a quantity that a line has not',
      scenario({ lines: [{ id: 'part steel', quantity: kg('1') }] }),
      'line-ambiguous',
      '/scenarios/0/lines/0/quantity',
    ],
    [
      'of a factor that a line has not',
      scenario({ lines: [{ id: 'own', factor: { id: 'steel' } }] }),
      'line-ambiguous',
      '/scenarios/0/lines/0/factor',
    ],
    [
      'of a line, without saying what',
      scenario({ lines: [{ id: 'own' }] }),
      'invalid-request',
      '/scenarios/0/lines/0',
    ],
    [
      'of a factor that weighs nothing',
      scenario({ factors: [{ table: 'own', id: 'glass', times: '2' }] }),
      'unknown-factor',
      '/scenarios/0/factors/0/id',
    ],
    [
      'of a factor by a number that is none',
      scenario({ factors: [{ table: 'own', id: 'steel', times: 'x' }] }),
      'invalid-number',
      '/scenarios/0/factors/0/times',
    ],
    ['of nothing', scenario({}), 'invalid-request', '/scenarios/0'],
    [
      'of one name twice',
      { scenarios: ['s', 's'].map((name) => ({ name, parameters: [{ id: 'scrap', value: '0' }] })) },
      'duplicate-id',
      '/scenarios/1/name',
    ],
    [
      'of a table over a parameter nobody states',
      { parameterTables: [{ parameter: 'gone', values: ['1'] }] },
      'unknown-parameter',
      '/parameterTables/0/parameter',
    ],
    [
      'of a table over what is no number',
      { parameterTables: [{ parameter: 'scrap', values: ['1', 'x'] }] },
      'invalid-number',
      '/parameterTables/0/values/1',
    ],
    [
      'that is compared and not there',
      { comparison: { scenario: 's' } },
      'invalid-request',
      '/comparison/scenario',
    ],
  ])('%s are refused', (_, request, code, pointer) => {
    const refusal = refusalOf(() => analyze(part, request))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })
})

describe('two alternatives', () => {
  const car = (steel: string, more: Partial<ActivityLine> = {}) =>
    product(
      made('car'),
      [
        buys('car', 'steel', steel, { ...off('0', '50') }),
        emits('car', '10', { id: 'paint', ...off('20'), ...more }),
      ],
      { ownFactors },
    )
  const compare = (a: ProductInput, b: ProductInput, draws = 4000) =>
    analyze(a, { draws, comparison: { system: b, context: context() } }).comparison as SystemComparison

  test('that share what is uncertain are told apart by what they do not share', () => {
    // B takes 1 kg of steel less and nothing else: whatever the factor and the paint, B is below A.
    const { a, b, shared, difference, statistics, belowShare } = compare(car('10'), car('9'))
    expect([a.point, b.point, difference, shared]).toEqual([30, 28, -2, 2])
    expect(belowShare).toBe(0)
    // The difference is −1 kg × a factor of 2 ± 50 %: its deviation is 2 × 0.5 ÷ 1.96 whatever the totals' are.
    expect(Math.abs((statistics?.standardDeviation ?? 0) / (1 / 1.95996) - 1)).toBeLessThan(0.06)
    expect(compare(car('9'), car('10')).belowShare).toBe(1)
  })

  test('that share nothing are told apart by both: P(A < B) of two independent normals', () => {
    const other = (id: string, amount: string) =>
      product(made('p'), [emits('p', amount, { id, ...off('20') })])
    const { shared, belowShare } = compare(other('x', '100'), other('y', '110'), 10_000)
    // (110 − 100) ÷ √((20 ÷ 1.96)² + (22 ÷ 1.96)²) = 0.6592 deviations: P = 0.7451.
    expect(shared).toBe(0)
    expect(Math.abs((belowShare ?? 0) - 0.7451)).toBeLessThan(0.02)
  })

  test('of one system are the same: nothing between them, and neither is below the other', () => {
    const { difference, statistics, belowShare } = compare(car('10'), car('10'))
    expect([difference, statistics?.standardDeviation, belowShare]).toEqual([0, 0, 0])
  })

  test('keep a spread in percent of what a scenario changes, and leave out one by its ends', () => {
    const uncertain = (uncertainty: ParameterUncertainty): ProductInput => ({
      ...part,
      parameters: part.parameters?.map((one) => (one.id === 'scrap' ? { ...one, uncertainty } : one)),
    })
    const comparedTo = (input: ProductInput, more: object = {}) =>
      analyze(input, {
        scenarios: [{ name: 'less', parameters: [{ id: 'scrap', value: '0.1', ...more }] }],
        comparison: { scenario: 'less' },
      }).comparison?.b.sources
    const ends = uncertain({ distribution: 'uniform', low: '0.15', high: '0.3' })
    expect(comparedTo(uncertain({ distribution: 'lognormal', percent: '10' }))).toBe(1)
    expect(comparedTo(ends)).toBe(0)
    expect(comparedTo(ends, { uncertainty: { distribution: 'uniform', low: '0', high: '0.2' } })).toBe(1)
  })

  test('may be a scenario', () => {
    const { comparison } = analyze(part, {
      scenarios: [{ name: 'no scrap', parameters: [{ id: 'scrap', value: '0' }] }],
      comparison: { scenario: 'no scrap' },
    })
    expect(comparison).toMatchObject({ a: { point: 5.5 }, b: { point: 5 }, difference: -0.5 })
  })

  test('leave draws out in which either has no answer, and say how many', () => {
    const loop = product(made('power'), [takes('power', 'power', '0.8', off('50')), emits('power', '1')])
    const { a, statistics } = compare(loop, loop, 500)
    expect(a.refused.draws).toBeGreaterThan(40)
    expect(statistics?.histogram.counts[0]).toBe(500 - a.refused.draws)
  })

  test.each<[string, Partial<ProductInput>, string, unknown, unknown]>([
    ['boundary', { boundary: 'gate-to-gate' }, 'boundary', 'cradle-to-gate', 'gate-to-gate'],
    ['declared unit', { declaredUnit: kg('2') }, 'declaredUnit', '1 kg', '2 kg'],
    ['GWP set', { gwpSet: { id: 'ipcc-ar5', version: '1' } }, 'gwpSet', 'ipcc-ar6@1', 'ipcc-ar5@1'],
    [
      'capital goods',
      { capitalGoods: { choice: 'excluded', reason: 'small' } },
      'capitalGoods.choice',
      null,
      'excluded',
    ],
    [
      'rules of the category',
      {
        productCategoryRules: {
          ...{ id: 'PCR 2024:1', edition: '2', operator: 'somebody', binds: {} },
          validity: { start: '2024-01-01', end: '2029-01-01' },
        },
      },
      'productCategoryRules',
      null,
      'PCR 2024:1 2',
    ],
    ['end of life', { endOfLife: { method: 'cut-off' } }, 'endOfLife.method', null, 'cut-off'],
  ])('that differ by %s are not offered', (_, more, member, a, b) => {
    const refusal = refusalOf(() => compare(car('10'), { ...car('9'), ...more }))
    expect(refusal.code).toBe('not-comparable')
    expect(refusal.facts).toMatchObject({ pointer: '/comparison/system', differences: [{ member, a, b }] })
  })

  test('per the same unit written in another way are offered', () => {
    expect(differencesOf(car('10'), { ...car('9'), declaredUnit: { amount: '1000', unit: 'g' } })).toEqual([])
  })

  test('of one function are offered, however much product it takes; of functions of different length are not', () => {
    const bottle = (litres: string, life: string): ProductInput => ({
      ...car('10'),
      ...{ boundary: 'cradle-to-grave', declaredUnit: undefined },
      functionalUnit: {
        description: { en: 'Hold two litres of water', zh: '盛装两升水' },
        ...{ quantity: { amount: '2', unit: 'L' }, serviceLife: { amount: life, unit: 'a' } },
        referenceFlow: kg(litres),
      },
    })
    expect(differencesOf(bottle('1', '5'), bottle('3', '5'))).toEqual([])
    expect(differencesOf(bottle('1', '5'), bottle('1', '4'))).toEqual([
      { member: 'functionalUnit', a: '2 L over 5 a', b: '2 L over 4 a' },
    ])
    const other = { en: 'Hold two litres of milk', zh: '盛装两升牛奶' }
    const { functionalUnit, ...bottled } = bottle('1', '5')
    const milk = { ...bottled, functionalUnit: functionalUnit && { ...functionalUnit, description: other } }
    expect(differencesOf(bottle('1', '5'), milk)).toMatchObject([
      { member: 'functionalUnit.description', b: other },
    ])
    expect(differencesOf(bottle('1', '5'), car('9')).map(({ member }) => member)).toContain('functionalUnit')
  })

  test('of which the other is refused point into it', () => {
    const broken = { ...car('9'), lines: [emits('car', 'much')] }
    expect(refusalOf(() => compare(car('10'), broken)).facts.pointer).toBe(
      '/comparison/system/lines/0/quantity/amount',
    )
  })
})

describe('the work of an analysis', () => {
  test('is bounded, and says by how much it is too large', () => {
    const many = Array.from({ length: 4000 }, (_, at) => emits('p', '1', { id: String(at), ...off('5') }))
    const refusal = refusalOf(() =>
      analyze(product(made('p'), many), { parts: ['uncertainty'], draws: 10_000 }),
    )
    // 4,000 sources, each one number and one line, and 4,000 terms summed, in each of 10,000 draws.
    expect(refusal).toMatchObject({
      code: 'analysis-too-large',
      facts: { work: 120_000_000, workMax: analysisWorkMax },
    })
  })
})
