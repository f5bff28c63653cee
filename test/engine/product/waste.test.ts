/** Waste that one process puts out and another treats. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, Process, ProductInput } from '../../../src/engine/types.ts'
import { context, product, refusalOf } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const co2 = (process: string, amount: string): ActivityLine => ({
  ...{ id: `${process} CO2`, category: 'process-emissions', process, gas: 'CO2', quantity: kg(amount) },
})
const waste = (process: string, amount: string, to: Partial<ActivityLine>): ActivityLine => ({
  ...{ id: `${process} waste`, category: 'waste-treatment', process, quantity: kg(amount), ...to },
})
const run = (input: ProductInput) => calculate(input, context())

/** 1 kg of castings puts out 0.5 kg of sand; the kiln takes in 10 kg of it a run and lets go 4 kg CO2. */
const foundry = (
  sand: Partial<ActivityLine> = { to: 'kiln' },
  kiln: Partial<Process> = { treats: true },
  amount = '0.5',
) =>
  product(
    [{ id: 'castings', output: kg('1') }, { id: 'kiln', output: kg('10'), ...kiln } as Process],
    [co2('castings', '2'), co2('kiln', '4'), waste('castings', amount, sand)],
  )

describe('waste', () => {
  test('asks for its treatment: 2 + 0.5 × 0.4 = 2.2', () => {
    const { total, lines, scaling } = run(foundry())
    expect(total).toBe(2.2)
    expect(lines[2]).toMatchObject({ from: null, to: 'kiln', gases: [], kgCo2e: 0 })
    expect(lines[2]).not.toHaveProperty('toProduct')
    expect(scaling).toEqual([
      { process: 'castings', product: null, runs: 1 },
      { process: 'kiln', product: null, runs: 0.05 },
    ])
  })

  test('names the waste alone where one process treats it', () => {
    expect(run(foundry({ toProduct: 'sand' }, { treats: true, product: 'sand' })).total).toBe(2.2)
  })

  test('whose treatment is avoided is negative, a credit, and flagged: 2 − 0.5 × 0.4 = 1.8', () => {
    const { total, flags } = run(foundry(undefined, undefined, '-0.5'))
    expect(total).toBe(1.8)
    expect(flags).toEqual([{ code: 'avoided-production', lines: ['castings waste'], share: null }])
  })

  test('may be what the footprint is of: 1 kg of sand treated', () => {
    const { lines, ...input } = foundry()
    const alone = { ...input, processes: input.processes.slice(1), referenceProcess: 'kiln' }
    expect(run({ ...alone, lines: lines.slice(1, 2) }).total).toBe(0.4)
  })

  test('of which something is recovered shares the burden with that: 10 kg taken in, 2 kg of metal made', () => {
    const recovering: Partial<Process> = {
      ...{ treats: true, product: 'sand', allocation: { by: 'mass' } },
      coProducts: [{ id: 'metal', output: kg('2') }],
    }
    const input = foundry({ toProduct: 'sand' }, recovering)
    // 4 × 10/12 a run for 10 kg of sand, of which 0.5: 1/6. 1 kg metal bears 4 × 2/12 ÷ 2 = 1/3.
    expect(run(input).total).toBeCloseTo(2 + 1 / 6, 14)
    expect(run(input).lines[2]).toMatchObject({ to: 'kiln', toProduct: 'sand' })
    const metal = { ...input, lines: input.lines.slice(1, 2), processes: input.processes.slice(1) }
    const of = { referenceProcess: 'kiln', referenceProduct: 'metal' }
    expect(run({ ...metal, ...of }).total).toBeCloseTo(1 / 3, 14)
    // The casting takes back half of the metal that its own sand gives: it comes `from` the kiln.
    const back: ActivityLine = {
      ...{ id: 'back', category: 'material', process: 'castings', from: 'kiln', quantity: kg('0.05') },
    }
    expect(run({ ...input, lines: [...input.lines, back] }).total).toBeCloseTo(2 + 1 / 6 + 0.05 / 3, 14)
  })

  test('with recovered metal credited: the kiln bears 4 − 2 × 3 a run for 10 kg', () => {
    const crediting: Partial<Process> = {
      ...{ treats: true, product: 'sand', allocation: { by: 'substitution' } },
      coProducts: [{ id: 'metal', output: kg('2'), avoids: { from: 'smelter' } }],
    }
    const { processes, lines, ...input } = foundry({ toProduct: 'sand' }, crediting)
    const smelter = { ...(processes[0] as Process), id: 'smelter' }
    const system = { ...input, processes: [...processes, smelter], lines: [...lines, co2('smelter', '3')] }
    expect(run(system).total).toBeCloseTo(2 + (0.5 / 10) * (4 - 6), 14)
  })

  test('that one process takes in may spare another its treatment', () => {
    // The cement kiln burns 5 kg of tyres a run, which the incinerator (2 kg CO2 a kg) would treat: 9 − 5 × 2 = −1 for 1 kg.
    const cement = product(
      [
        {
          ...{ id: 'cement', product: 'clinker', output: kg('1'), allocation: { by: 'substitution' } },
          coProducts: [{ id: 'tyres', output: kg('5'), treats: true, avoids: { from: 'incinerator' } }],
        },
        { id: 'incinerator', output: kg('1'), treats: true },
      ] as Process[],
      [co2('cement', '9'), co2('incinerator', '2')],
    )
    expect(run(cement).total).toBe(-1)
  })
})

describe('refused', () => {
  test.each<[string, Partial<ActivityLine>, Partial<Process>, string, string]>([
    ['waste to a process that makes something', { to: 'kiln' }, {}, 'product-not-offered', '/lines/2/to'],
    [
      'an input from one that treats waste',
      { from: 'kiln' },
      { treats: true },
      'product-not-offered',
      '/lines/2/from',
    ],
    ['waste to nobody', { to: 'pit' }, { treats: true }, 'unknown-process', '/lines/2/to'],
    [
      'waste that nobody treats',
      { toProduct: 'slag' },
      { treats: true },
      'unknown-product',
      '/lines/2/toProduct',
    ],
    [
      'waste that is an input as well',
      { to: 'kiln', from: 'castings' },
      { treats: true },
      'line-ambiguous',
      '/lines/2',
    ],
    [
      'waste in a unit that is not treated',
      { to: 'kiln', quantity: { amount: '1', unit: 'kWh' } },
      { treats: true },
      'incompatible-dimension',
      '/lines/2/quantity/unit',
    ],
  ])('%s', (_, sand, kiln, code, pointer) => {
    const refusal = refusalOf(() => run(foundry(sand, kiln)))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })
})
