/** Nothing that an analysis is asked, or told of uncertainty, is stored and never used: each changes the answer or is refused. */

import { describe, expect, test } from 'vitest'
import { analyzeProduct } from '../../../src/engine/analysis/analyze-product.ts'
import { presentAnalysis } from '../../../src/engine/analysis/present-analysis.ts'
import type { AnalysisRequest, ParameterRange, Scenario } from '../../../src/engine/analysis/types.ts'
import type { LineUncertainty, ParameterUncertainty, ProductInput } from '../../../src/engine/types.ts'
import { isProblem, type ProblemCode } from '../../../src/problem.ts'
import { co2eFactor, context, product, table } from '../fixtures.ts'
import { changed, type Places, valueAt } from '../places.ts'
import { analysisRequest } from './requests.ts'
import { buys, emits, made, ownFactors, takes } from './systems.ts'

type Bounded = Omit<AnalysisRequest, 'parts' | 'scenarios' | 'parameterTables' | 'comparison'>
type Asked =
  | Places<Bounded, '/request'>
  | Places<Scenario, '/request/scenarios/0'>
  | Places<ParameterRange, '/request/parameterTables/0'>
type Told =
  | Places<LineUncertainty, '/system/lines/0/uncertainty'>
  | Places<ParameterUncertainty, '/system/parameters/0/uncertainty'>
type Asking = { readonly system: ProductInput; readonly request: AnalysisRequest }

const tables = [table('bought', [co2eFactor({ id: 'iron', family: 'cradle-to-gate', unit: 'kg' }, '5')])]
const system = product(
  made('paint', 'resin', 'oil'),
  [
    {
      ...buys('paint', 'steel', '3'),
      uncertainty: {
        ...{ activityPercent: '5', factorPercent: '10' },
        ...{ activityDistribution: 'lognormal', factorDistribution: 'triangular' },
      },
    },
    { ...takes('paint', 'resin', '0'), quantity: undefined, parameter: { id: 'taken' } },
    takes('resin', 'oil', '0.5'),
    takes('oil', 'paint', '0.2'),
    buys('resin', 'glass', '1'),
    emits('oil', '2'),
  ],
  {
    ...{ ownFactors, factorTables: [{ table: 'bought', version: '1' }] },
    parameters: [
      {
        id: 'taken',
        value: '0.5',
        unit: 'kg',
        uncertainty: { distribution: 'triangular', low: '0.4', high: '0.7' },
      },
    ],
  },
)
const request: AnalysisRequest = {
  ...analysisRequest,
  scenarios: [
    {
      name: 'better',
      parameters: [
        {
          ...{ id: 'taken', value: '0.4' },
          uncertainty: { distribution: 'triangular', low: '0.3', high: '0.6' },
        },
      ],
      lines: [
        { id: 'resin glass', quantity: { amount: '0.8', unit: 'kg' }, factor: { id: 'steel', table: 'own' } },
      ],
      factors: [{ table: 'own', version: 'own', id: 'steel', times: '0.9' }],
    },
  ],
  parameterTables: [{ parameter: 'taken', values: ['0.1', '0.9'] }],
}
const asked: Asking = { system, request }
const bySelector = (member: string, value: unknown) =>
  changed(asked, ['request', 'scenarios', '0', 'lines', '0', 'factor'], { [member]: value }) as Asking
const compared = changed(asked, ['request', 'comparison'], { scenario: 'better' }) as Asking
const comparedPercent = changed(compared, ['request', 'scenarios', '0', 'parameters', '0', 'uncertainty'], {
  distribution: 'normal',
  percent: '20',
}) as Asking
const percent = changed(asked, ['system', 'parameters', '0', 'uncertainty'], {
  ...{ distribution: 'normal', percent: '20' },
}) as Asking

const changes: Readonly<Record<Asked | Told, readonly [asking: Asking, to: unknown, refused?: ProblemCode]>> =
  {
    '/request/cutOff': [asked, 0.3],
    '/request/depthMax': [asked, 2],
    '/request/nodesMax': [asked, 4],
    '/request/most': [asked, 2],
    '/request/carried': [asked, 0.5],
    '/request/draws': [asked, 150],
    '/request/seed': [asked, 2],
    '/request/scenarios/0/name': [asked, 'other'],
    '/request/scenarios/0/parameters/0/id': [asked, 'gone', 'unknown-parameter'],
    '/request/scenarios/0/parameters/0/value': [asked, '0.3'],
    '/request/scenarios/0/parameters/0/uncertainty/distribution': [compared, 'uniform'],
    '/request/scenarios/0/parameters/0/uncertainty/percent': [comparedPercent, '25'],
    '/request/scenarios/0/parameters/0/uncertainty/low': [compared, '0.2'],
    '/request/scenarios/0/parameters/0/uncertainty/high': [compared, '0.7'],
    '/request/scenarios/0/lines/0/id': [asked, 'gone', 'unknown-line'],
    '/request/scenarios/0/lines/0/quantity/amount': [asked, '0.7'],
    '/request/scenarios/0/lines/0/quantity/unit': [asked, 'g'],
    '/request/scenarios/0/lines/0/factor/table': [asked, 'glass'],
    '/request/scenarios/0/lines/0/factor/version': [bySelector('version', '1'), '2'],
    '/request/scenarios/0/lines/0/factor/id': [asked, 'glass'],
    '/request/scenarios/0/lines/0/factor/family': [bySelector('family', 'cradle-to-gate'), 'heat'],
    '/request/scenarios/0/lines/0/factor/factorCategory': [bySelector('factorCategory', 'any'), 'none'],
    '/request/scenarios/0/lines/0/factor/region': [bySelector('region', 'CN'), 'FR'],
    '/request/scenarios/0/lines/0/factor/year': [bySelector('year', 2023), 2000],
    '/request/scenarios/0/factors/0/table': [asked, 'other', 'unknown-factor'],
    '/request/scenarios/0/factors/0/version': [asked, '2', 'unknown-factor'],
    '/request/scenarios/0/factors/0/id': [asked, 'glass'],
    '/request/scenarios/0/factors/0/times': [asked, '0.8'],
    '/request/parameterTables/0/parameter': [asked, 'gone', 'unknown-parameter'],
    '/request/parameterTables/0/values/0': [asked, '0.2'],
    '/system/lines/0/uncertainty/activityPercent': [asked, '6'],
    '/system/lines/0/uncertainty/factorPercent': [asked, '11'],
    '/system/lines/0/uncertainty/activityDistribution': [asked, 'normal'],
    '/system/lines/0/uncertainty/factorDistribution': [asked, 'uniform'],
    '/system/parameters/0/uncertainty/distribution': [asked, 'uniform'],
    '/system/parameters/0/uncertainty/percent': [percent, '25'],
    '/system/parameters/0/uncertainty/low': [asked, '0.3'],
    '/system/parameters/0/uncertainty/high': [asked, '0.8'],
  }

function outcomeOf({ system: input, request: what }: Asking) {
  try {
    return { result: JSON.stringify(presentAnalysis(analyzeProduct(input, context(tables), what))) }
  } catch (thrown) {
    if (isProblem(thrown)) return { refused: thrown.code }
    throw thrown
  }
}

describe('everything asked of an analysis', () => {
  test.each(Object.entries(changes))('%s', (place, [asking, to, refused]) => {
    const path = place.split('/').slice(1)
    expect(valueAt(asking, path)).toBeDefined()
    const [before, after] = [outcomeOf(asking), outcomeOf(changed(asking, path, to) as Asking)]
    expect(before).toHaveProperty('result')
    if (refused !== undefined) expect(after).toEqual({ refused })
    else {
      expect(after).toHaveProperty('result')
      expect(after).not.toEqual(before)
    }
  })

  test.each(analysisRequest.parts)('the part %s, and no other, where it is asked for', (part) => {
    const one = analyzeProduct(system, context(tables), { ...analysisRequest, parts: [part] })
    for (const name of analysisRequest.parts) {
      if (name === part) expect(one[name]).not.toBeNull()
      else expect(one[name]).toBeNull()
    }
  })
})
