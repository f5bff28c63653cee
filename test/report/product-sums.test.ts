/** A report states no sum in two ways: what it says of stages and processes are the result's own figures, to the last digit. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ActivityLine } from '../../src/engine/types.ts'
import { productReport } from '../../src/report/product/product-report.ts'
import { context, factor, product, table } from '../engine/fixtures.ts'
import { productSource } from './made-up-product.ts'

const burnt = factor({
  ...{ id: 'burnt', family: 'cradle-to-gate', unit: 'kg' },
  flows: [
    { kind: 'fossil', gas: 'CO2', kg: '0.1' },
    { kind: 'fossil', gas: 'CH4', kg: '0.0071' },
    { kind: 'fossil', gas: 'N2O', kg: '0.0003' },
  ],
})
const line = (id: string, amount: number): ActivityLine => ({
  ...{ id, category: 'material', process: 'press', factor: { table: 't', id: 'burnt' } },
  quantity: { amount: String(amount), unit: 'kg' },
})

test('stages and processes of lines of several gases are those of the result', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 2, maxLength: 8 })
  fc.assert(
    fc.property(amounts, (drawn) => {
      const input = product(
        [{ id: 'press', output: { amount: '1', unit: 'kg' } }],
        drawn.map((amount, at) => line(`line-${at}`, amount / 1000)),
        { factorTables: [{ table: 't', version: '1' }] },
      )
      const source = productSource(input, context([table('t', [burnt])]))
      const { byStage, byProcess } = source.result
      const report = productReport(source)
      const stages = report.stages.flatMap(({ stage, amount }) => (amount ? [[stage, amount.kgCo2e]] : []))
      expect(stages).toEqual(byStage.map(({ key, kgCo2e }) => [key, kgCo2e]))
      const processes = report.processes.map(({ process, direct }) => [process, direct.kgCo2e])
      expect(processes).toEqual(byProcess.map(({ key, kgCo2e }) => [key, kgCo2e]))
    }),
  )
})
