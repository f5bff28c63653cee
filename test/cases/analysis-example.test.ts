/** The request that docs/analysis.md prints is one that is answered, and its numbers are those that the page derives. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { analyzeProduct, presentAnalysis } from '../../src/engine/index.ts'
import type { ProductInput } from '../../src/engine/types.ts'
import { AnalysisBody, settingsOf } from '../../src/http/routes/product-analyses/asked.ts'
import { AnalysisView } from '../../src/http/routes/product-analyses/view.ts'
import { contextOf } from './published-tables.ts'

const page = readFileSync(new URL('../../docs/analysis.md', import.meta.url), 'utf8')

test('the example of the page', () => {
  const printed = JSON.parse(page.split('```json\n')[1]?.split('```')[0] ?? '')
  const { system, comparison, ...asked } = AnalysisBody.parse(printed)
  const input = system as ProductInput
  const request = { ...settingsOf(asked), comparison: comparison as { scenario: string } }
  const result = analyzeProduct(input, contextOf(input), request)
  AnalysisView.shape.analysis.parse(presentAnalysis(result))
  // 2 + 9 ÷ 0.9 = 12 kWh, and 11 where nothing is spoilt.
  const perKWh = result.total / 12
  expect(result.scenarios[0]?.total).toBeCloseTo(11 * perKWh, 12)
  expect(result.parameterTables[0]?.rows.map(({ total }) => (total ?? 0) / perKWh)).toEqual(
    [11, 2 + 9 / 0.95, 12, 13.25].map((kWh) => expect.closeTo(kWh, 10)),
  )
  expect(result.comparison?.belowShare).toBe(0)
  expect(result.uncertainty?.statistics?.mean).toBeGreaterThan(0)
})
