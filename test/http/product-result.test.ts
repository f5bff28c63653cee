/** The wire says everything that a product's result holds: a member that the schema lacks would be stored, digested and never documented. */

import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../src/engine/index.ts'
import type { ActivityLine } from '../../src/engine/types.ts'
import { ResultView } from '../../src/http/calculation-result.ts'
import { co2eFactor, context, product } from '../engine/fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const gas = (id: string, amount: string, given: Partial<ActivityLine>): ActivityLine => ({
  ...{ id, category: 'process-emissions', process: 'oil', gas: 'CO2', quantity: kg(amount) },
  ...given,
})

describe('a product’s result on the wire', () => {
  test('is described member by member', () => {
    const uncertainty = { activityPercent: '5', factorPercent: '0' }
    const lines: ActivityLine[] = [
      gas('cleared', '300', {
        ...{ flowKind: 'land-use-change', uncertainty },
        landUseChange: { kind: 'indirect', convertedIn: 2010, years: 20 },
      }),
      gas('soil', '1', { flowKind: 'biogenic', flowOrigin: 'land-management' }),
      gas('husks', '2', { flowKind: 'biogenic', dataSource: { activity: 'primary' } }),
      gas('growth', '-9', { flowKind: 'biogenic-uptake' }),
      gas('stored', '-3', { flowKind: 'removal', flowOrigin: 'fossil-capture' }),
      gas('chiller', '1', { gas: 'HCFC-22' }),
      gas('assumed', '1', { quantity: undefined, parameter: { id: 'assumed' }, uncertainty }),
      { ...gas('bottle', '2', { category: 'packaging', gas: undefined, from: 'bottles' }), uncertainty },
      gas('glass', '1', {
        ...{ category: 'material', process: 'bottles', gas: undefined, factor: { id: 'glass' } },
        ...{ dataSource: { activity: 'primary', factor: 'primary' } },
        dataQuality: { reliability: 1, completeness: 2, temporal: 3, geographical: 4, technological: 5 },
      }),
    ]
    const input = product(
      [
        { id: 'oil', output: kg('1') },
        { id: 'bottles', output: kg('1') },
      ],
      lines,
      {
        ownFactors: [co2eFactor({ id: 'glass', family: 'cradle-to-gate', unit: 'kg' }, '1')],
        parameters: [{ id: 'assumed', value: '1', unit: 'kg' }],
        carbonContent: {
          ...{ fossil: { amount: '0.1', unit: 'kgC' }, biogenic: { amount: '0.2', unit: 'kgC/kg' } },
          recycled: { amount: '0', unit: 'kgC' },
          packagingBiogenic: { amount: '0', unit: 'kgC' },
        },
      },
    )
    const { result } = presentResult(calculate(input, context()))
    expect(ResultView.parse(result)).toEqual(JSON.parse(JSON.stringify(result)))
    expect(result.product?.findings.length).toBeGreaterThan(2)
  })
})
