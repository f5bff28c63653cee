/** What a product's result is per, and how far a system reaches that is said to go to the grave. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, LifeCycleStage, ProductInput } from '../../../src/engine/types.ts'
import { context, product, refusalOf } from '../fixtures.ts'

const piece = { amount: '1', unit: 'piece' }
const stages: readonly LifeCycleStage[] = ['production', 'use', 'end-of-life']
const co2 = (process: string, kg: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2' },
  quantity: { amount: kg, unit: 'kg' },
})
const from = (process: string): ActivityLine => ({
  ...{ id: process, category: 'material', process: 'production', from: process, quantity: piece },
})

/** A lamp: 3 kg to make, 40 to use, 1 to dispose of; two of them light a desk for 10 000 hours. */
const functionalUnit: NonNullable<ProductInput['functionalUnit']> = {
  description: { en: 'Light a desk with 500 lx', zh: '为书桌提供 500 勒克斯照明' },
  quantity: { amount: '10000', unit: 'h' },
  serviceLife: { amount: '5', unit: 'a' },
  referenceFlow: { amount: '2', unit: 'piece' },
}
const lamp = product(
  stages.map((id) => ({ id, stage: id, output: piece })),
  [co2('production', '3'), from('use'), co2('use', '40'), from('end-of-life'), co2('end-of-life', '1')],
  { boundary: 'cradle-to-grave', functionalUnit, emptyStages: undefined },
)
const refused = (changes: Partial<ProductInput>) => {
  const { code, facts } = refusalOf(() => calculate({ ...lamp, ...changes }, context()))
  return { code, pointer: facts.pointer }
}
const without = (...gone: readonly string[]): Partial<ProductInput> => ({
  processes: lamp.processes.filter(({ id }) => !gone.includes(id)),
  lines: lamp.lines.filter(
    ({ process, from: maker }) => ![process, maker].some((id) => gone.includes(id ?? '')),
  ),
})

describe('a functional unit', () => {
  test('is delivered by its reference flow: 2 lamps are 88 kg, per hour and per year of life told beside', () => {
    const { total, declaredUnit, product: result } = calculate(lamp, context())
    expect(total).toBe(88)
    expect(declaredUnit).toEqual({ amount: '2', unit: 'piece' })
    expect(result?.boundary).toBe('cradle-to-grave')
    expect(result?.functionalUnit).toEqual({ ...functionalUnit, kgCo2ePerUnit: 0.0088, kgCo2ePerYear: 17.6 })
  })

  test('up to the gate is none: a declared unit stands there, and the other is refused', () => {
    const gate: Partial<ProductInput> = {
      ...without('use', 'end-of-life'),
      ...{ boundary: 'cradle-to-gate', endOfLife: undefined },
    }
    expect(refused(gate)).toEqual({ code: 'unit-not-for-boundary', pointer: '/functionalUnit' })
    expect(refused({ ...gate, functionalUnit: undefined })).toEqual({
      ...{ code: 'property-missing', pointer: '/declaredUnit' },
    })
    const declared = { ...lamp, ...gate, functionalUnit: undefined, declaredUnit: piece }
    expect(calculate(declared, context()).product?.functionalUnit).toBeNull()
  })

  test('is needed from cradle to grave, alone', () => {
    expect(refused({ functionalUnit: undefined, declaredUnit: piece })).toEqual({
      ...{ code: 'property-missing', pointer: '/functionalUnit' },
    })
    expect(refused({ declaredUnit: piece })).toEqual({
      ...{ code: 'unit-not-for-boundary', pointer: '/declaredUnit' },
    })
  })

  test.each([
    ['referenceFlow/amount', { referenceFlow: { amount: '0', unit: 'piece' } }, 'property-out-of-range'],
    ['referenceFlow/unit', { referenceFlow: { amount: '1', unit: 'kg' } }, 'incompatible-dimension'],
    ['quantity/amount', { quantity: { amount: '-1', unit: 'h' } }, 'property-out-of-range'],
    ['serviceLife/amount', { serviceLife: { amount: '0', unit: 'a' } }, 'property-out-of-range'],
    ['serviceLife/unit', { serviceLife: { amount: '1', unit: 'km' } }, 'incompatible-dimension'],
    ['description/zh', { description: { en: 'Light', zh: ' ' } }, 'property-missing'],
  ] as const)('refuses what is none by its place: %s', (place, changes, code) => {
    const pointer = `/functionalUnit/${place}`
    expect(refused({ functionalUnit: { ...functionalUnit, ...changes } })).toEqual({ code, pointer })
  })
})

describe('to the grave', () => {
  test.each(['use', 'end-of-life'])('there is a stage %s, or a reason why there is none', (stage) => {
    const gone = without(stage)
    expect(refused(gone)).toEqual({ code: 'stage-missing', pointer: '/emptyStages' })
    const emptyStages = [{ stage: stage as LifeCycleStage, reason: 'Nothing happens there' }]
    const result = calculate({ ...lamp, ...gone, emptyStages }, context())
    expect(result.product?.emptyStages).toEqual(emptyStages)
  })

  test('an end of life says how it is counted', () => {
    expect(refused({ endOfLife: undefined })).toEqual({ code: 'property-missing', pointer: '/endOfLife' })
  })

  test('a stage is not empty where lines stand in it, outside the boundary, twice, or without a reason', () => {
    const at = (emptyStages: ProductInput['emptyStages'], more: Partial<ProductInput> = {}) =>
      refused({ emptyStages, ...more })
    const reason = 'Nothing happens there'
    const nowhere = { code: 'line-ambiguous', pointer: '/emptyStages/0/stage' }
    expect(at([{ stage: 'use', reason }])).toEqual(nowhere)
    const distribution = { stage: 'distribution', reason } as const
    expect(at([distribution, distribution])).toEqual({ ...nowhere, pointer: '/emptyStages/1/stage' })
    expect(at([{ stage: 'distribution', reason: ' ' }])).toEqual({
      ...{ code: 'property-missing', pointer: '/emptyStages/0/reason' },
    })
    const gate: Partial<ProductInput> = {
      ...without('use', 'end-of-life'),
      ...{ boundary: 'cradle-to-gate', endOfLife: undefined, functionalUnit: undefined, declaredUnit: piece },
    }
    expect(at([{ stage: 'use', reason }], gate)).toEqual(nowhere)
  })
})
