/** Where and when a process takes place: factors are looked for from there, and amounts are of that time. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import { placesOf } from '../../../src/engine/product/place-and-time.ts'
import type { ActivityLine, Process, ProductInput } from '../../../src/engine/types.ts'
import { context, factor, product, refusalOf, table } from '../fixtures.ts'

const kg = (amount: string) => ({ amount, unit: 'kg' })
const grid = (region: string, year: number, kgCo2: string) =>
  factor({
    ...{ id: `${region} ${year}`, region, year, unit: 'kWh', category: 'electricity' },
    includesTransmission: true,
    ...{ family: 'electricity-life-cycle', flows: [{ kind: 'fossil', gas: 'CO2', kg: kgCo2 }] },
  })
const grids = table('grids', [
  ...[grid('CN-FJ', 2023, '0.4'), grid('CN-ZJ', 2023, '0.5'), grid('CN-ZJ', 2022, '0.6')],
  ...[grid('CN-SX', 2023, '0.8')],
])
const power = (process: string, more: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id: `${process} power`, category: 'electricity', process, factor: {} },
  ...{ quantity: { amount: '10', unit: 'kWh' }, ...more },
})
const from: ActivityLine = {
  ...{ id: 'cloth', category: 'material', process: 'shirt', from: 'mill', quantity: kg('1') },
}
const system = (mill: Partial<Process>, lines: readonly ActivityLine[] = [power('shirt'), power('mill')]) =>
  product(
    [{ id: 'shirt', output: kg('1') }, { id: 'mill', output: kg('1'), ...mill } as Process],
    [from, ...lines],
    {
      factorTables: [{ table: 'grids', version: '1' }],
    },
  )
const run = (input: ProductInput) => calculate(input, context([grids]))
const factorsOf = (input: ProductInput) => run(input).lines.flatMap(({ factor }) => factor?.id ?? [])

describe('a process', () => {
  test('takes place where and when the calculation does, unless it says otherwise', () => {
    expect(factorsOf(system({}))).toEqual(['CN-FJ 2023', 'CN-FJ 2023'])
  })

  test('of another province takes that province’s factors; so does none of the other', () => {
    expect(factorsOf(system({ region: 'CN-ZJ' }))).toEqual(['CN-FJ 2023', 'CN-ZJ 2023'])
    expect(run(system({ region: 'CN-ZJ' })).total).toBe(9)
  })

  test('of another year takes that year’s, and a verifier sees it', () => {
    const input = system({ region: 'CN-ZJ', period: { start: '2022-01-01', end: '2023-01-01' } })
    expect(factorsOf(input)).toEqual(['CN-FJ 2023', 'CN-ZJ 2022'])
    expect(run(input).product?.findings).toEqual([
      { code: 'process-of-another-time', lines: ['mill power'], processes: ['mill'], share: 0.6 },
    ])
  })

  test('of some months of the period is of no other time', () => {
    const input = system({ period: { start: '2023-03-01', end: '2023-09-01' } })
    expect(run(input).product?.findings).toEqual([])
  })

  test('a zone of a line is nearer than the place of its process', () => {
    const lines = [power('shirt'), power('mill', { zone: 'CN-SX' })]
    expect(factorsOf(system({ region: 'CN-ZJ' }, lines))).toEqual(['CN-FJ 2023', 'CN-SX 2023'])
  })

  test('reports the months of its own period', () => {
    const month = (start: string, end: string) => power('mill', { id: start, period: { start, end } })
    const lines = [power('shirt'), month('2022-01-01', '2022-02-01'), month('2022-02-01', '2022-03-01')]
    const quarter = (end: string) => system({ region: 'CN-ZJ', period: { start: '2022-01-01', end } }, lines)
    expect(run(quarter('2022-03-01')).total).toBeCloseTo(4 + 2 * 6, 13)
    const refusal = refusalOf(() => run(quarter('2022-04-01')))
    expect([refusal.code, refusal.facts.months]).toEqual(['month-missing', ['2022-03']])
  })
})

describe('refused', () => {
  const year2022 = { start: '2022-01-01', end: '2023-01-01' }

  test.each<[string, Partial<Process>, readonly ActivityLine[], string, string]>([
    [
      'a period that is none',
      { period: { start: '2022-01-01', end: '2022-01-01' } },
      [],
      'period-invalid',
      '/processes/1/period',
    ],
    [
      'a line of the reporting period in a process of another',
      { period: year2022 },
      [power('mill', { period: { start: '2023-01-01', end: '2024-01-01' } })],
      'period-outside',
      '/lines/2/period',
    ],
  ])('%s', (_, mill, lines, code, pointer) => {
    const refusal = refusalOf(() => run(system(mill, [power('shirt'), ...lines])))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })

  test('a period beside that of a site', () => {
    const [mill] = system({}).processes.slice(1) as [Process]
    const atSite: Process = { ...mill, period: year2022, site: { site: 'a', product: 'b' } }
    const refusal = refusalOf(() => placesOf([mill, atSite]))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['property-unused', '/processes/1/period'])
  })
})
