/** Parameters of a product system: numbers that lines and formulas share. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import { evaluate, namesIn, readFormula } from '../../../src/engine/product/formula.ts'
import type { ActivityLine, Parameter, ProductInput } from '../../../src/engine/types.ts'
import { context, product, refusalOf } from '../fixtures.ts'

const worth = (text: string, given: Readonly<Record<string, number>> = {}) =>
  evaluate(readFormula(text), (name) => given[name] ?? Number.NaN)

describe('a formula', () => {
  test.each<[string, number]>([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['8 / 4 / 2', 1],
    ['10 - 4 - 3', 3],
    ['-2 * -3', 6],
    ['2 - -1', 3],
    ['1.5e2 × 2 ÷ 3 − 50', 50],
    ['((((0.25))))', 0.25],
  ])('%s is %d', (text, value) => {
    expect(worth(text)).toBe(value)
  })

  test('takes parameters by name, in any script', () => {
    expect(worth('0.4 / (1 - lost)', { lost: 0.2 })).toBe(0.5)
    expect(worth('用量 * 件数_2', { 用量: 3, 件数_2: 4 })).toBe(12)
    expect([...namesIn(readFormula('a * (b + a) / 2'))]).toEqual(['a', 'b'])
  })

  test.each<[string, number]>([
    ['', 1],
    ['1 +', 4],
    ['2 3', 3],
    ['(1 + 2', 7],
    ['1 + 2)', 6],
    ['a ** 2', 4],
    ['2 ^ 3', 3],
    ['01', 1],
    ['1.', 1],
    ['1.2.3', 1],
    ['alert(1)', 6],
    ['a.b', 2],
    ['a;b', 2],
  ])('%s cannot be read on at column %d', (text, column) => {
    expect(refusalOf(() => readFormula(text))).toMatchObject({ code: 'parameter-invalid', facts: { column } })
  })

  test('is bounded in length and depth', () => {
    expect(refusalOf(() => readFormula(`${'1+'.repeat(250)}1`)).code).toBe('parameter-invalid')
    expect(refusalOf(() => readFormula(`${'('.repeat(60)}1${')'.repeat(60)}`)).code).toBe('parameter-invalid')
    expect(refusalOf(() => readFormula(`${'-'.repeat(60)}1`)).code).toBe('parameter-invalid')
  })

  test('divides by nothing but numbers', () => {
    expect(refusalOf(() => worth('1 / (a - a)', { a: 3 })).code).toBe('invalid-number')
    expect(refusalOf(() => worth('a * a', { a: 1e200 })).code).toBe('invalid-number')
  })
})

const kg = (amount: string) => ({ amount, unit: 'kg' })
const takes = (id: string, times?: string): ActivityLine => ({
  ...{ id: `line of ${id}`, category: 'process-emissions', process: 'p', gas: 'CO2' },
  parameter: times === undefined ? { id } : { id, times },
})
const system = (lines: readonly ActivityLine[], parameters: readonly Parameter[]): ProductInput =>
  product([{ id: 'p', output: kg('1') }], lines, { parameters })
const run = (lines: readonly ActivityLine[], parameters: readonly Parameter[]) =>
  calculate(system(lines, parameters), context())

describe('a line by a parameter', () => {
  test('weighs parameter × times, and says so: 0.2 kg × 3 = 0.6 kg', () => {
    const { total, lines } = run([takes('loss', '3')], [{ id: 'loss', value: '0.2', unit: 'kg' }])
    expect(total).toBeCloseTo(0.6, 15)
    expect(lines[0]?.working).toEqual([
      { name: 'parameter', value: 0.2, unit: 'kg', of: 'loss' },
      { name: 'times', value: 3, unit: '1' },
      { name: 'amount', value: 0.2 * 3, unit: 'kg' },
    ])
  })

  test('is converted like any other amount', () => {
    expect(run([takes('loss')], [{ id: 'loss', value: '250', unit: 'g' }]).total).toBe(0.25)
  })

  test('moves with what its parameter follows from, in whatever order they stand', () => {
    // 0.4 ÷ (1 − 0.2) = 0.5 kg, and twice that.
    const parameters: Parameter[] = [
      { id: 'double', unit: 'kg', formula: '2 * net' },
      { id: 'net', unit: 'kg', formula: '0.4 / (1 - lost)' },
      { id: 'lost', value: '0.2' },
    ]
    const lines = [takes('double'), takes('net')]
    expect(run(lines, parameters).total).toBe(1.5)
    expect(run(lines, [...parameters].reverse()).total).toBe(1.5)
  })
})

describe('a parameter is refused', () => {
  const loss: Parameter = { id: 'loss', value: '0.2', unit: 'kg' }
  test.each<[string, readonly ActivityLine[], readonly Parameter[], string, string]>([
    [
      'that a line names and nobody states',
      [takes('gone')],
      [],
      'unknown-parameter',
      '/lines/0/parameter/id',
    ],
    [
      'that a formula names and nobody states',
      [takes('loss')],
      [{ id: 'loss', unit: 'kg', formula: '2 * gone' }],
      'unknown-parameter',
      '/parameters/0/formula',
    ],
    ...['constructor', '__proto__', 'toString'].map(
      (name): [string, readonly ActivityLine[], readonly Parameter[], string, string] => [
        `that is called as something every object has: ${name}`,
        [takes('loss')],
        [{ id: 'loss', unit: 'kg', formula: name }],
        'unknown-parameter',
        '/parameters/0/formula',
      ],
    ),
    [
      'without a unit for its line',
      [takes('loss')],
      [{ id: 'loss', value: '1' }],
      'property-missing',
      '/lines/0/parameter/id',
    ],
    [
      'stated and used nowhere',
      [takes('loss')],
      [loss, { id: 'idle', value: '1' }],
      'parameter-unused',
      '/parameters/1',
    ],
    ['stated twice', [takes('loss')], [loss, loss], 'duplicate-id', '/parameters/1/id'],
    [
      'of a name no formula could use',
      [takes('a-b')],
      [{ ...loss, id: 'a-b' }],
      'parameter-invalid',
      '/parameters/0/id',
    ],
    [
      'with a value and a formula',
      [takes('loss')],
      [{ ...loss, formula: '1' }],
      'parameter-invalid',
      '/parameters/0',
    ],
    ['with neither', [takes('loss')], [{ id: 'loss', unit: 'kg' }], 'parameter-invalid', '/parameters/0'],
    [
      'of an unknown unit',
      [takes('loss')],
      [{ ...loss, unit: 'stone' }],
      'unknown-unit',
      '/parameters/0/unit',
    ],
    [
      'whose value is none',
      [takes('loss')],
      [{ ...loss, value: 'much' }],
      'invalid-number',
      '/parameters/0/value',
    ],
    [
      'that divides by zero',
      [takes('loss')],
      [
        { id: 'loss', unit: 'kg', formula: '1 / nil' },
        { id: 'nil', value: '0' },
      ],
      'invalid-number',
      '/parameters/0/formula',
    ],
    [
      'that rests on itself',
      [takes('loss')],
      [
        { id: 'loss', unit: 'kg', formula: '1 + gain' },
        { id: 'gain', formula: 'loss / 2' },
      ],
      'parameter-loop',
      '/parameters/0/formula',
    ],
    [
      'of less than nothing, where there is no less',
      [takes('loss')],
      [{ ...loss, value: '-1' }],
      'negative-amount',
      '/lines/0/parameter/amount',
    ],
    [
      'beside another way to the amount',
      [{ ...takes('loss'), quantity: kg('1') }],
      [loss],
      'line-ambiguous',
      '/lines/0/quantity',
    ],
  ])('%s', (_, lines, parameters, code, pointer) => {
    const refusal = refusalOf(() => run(lines, parameters))
    expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
  })

  test('behind or before a meter', () => {
    const measured: ActivityLine = { ...takes('loss'), id: 'm', parameter: undefined, quantity: kg('1') }
    const behind = { ...measured, partOf: 'line of loss' }
    const before = { ...takes('loss'), partOf: 'm' }
    expect(refusalOf(() => run([takes('loss'), behind], [loss])).facts.pointer).toBe('/lines/1/partOf')
    expect(refusalOf(() => run([measured, before], [loss])).facts.pointer).toBe('/lines/1/partOf')
  })

  test('in a circle it names: the way round', () => {
    const refusal = refusalOf(() =>
      run(
        [takes('a')],
        [
          { id: 'a', unit: 'kg', formula: 'b' },
          { id: 'b', formula: 'c' },
          { id: 'c', formula: 'b' },
        ],
      ),
    )
    expect(refusal.facts.parameters).toEqual(['b', 'c', 'b'])
  })
})
