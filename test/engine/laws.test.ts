/** What holds for every calculation, whatever its numbers. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../src/engine/index.ts'
import {
  type ActivityLine,
  type CalculationInput,
  type Decimal,
  families,
  type Quantity,
} from '../../src/engine/types.ts'
import { isProblem } from '../../src/problem.ts'
import {
  ar4,
  ar6,
  co2eFactor,
  context,
  diesel,
  factor,
  gridFactor,
  inventory,
  naturalGas,
  product,
  table,
} from './fixtures.ts'

const tables = [
  table(
    't',
    [
      gridFactor('grid', 'CN-FJ', 2023, '0.4211'),
      factor({
        id: 'coal',
        flows: [
          { kind: 'fossil', gas: 'CO2', kg: '2071.5' },
          { kind: 'fossil', gas: 'CH4', kg: '0.1' },
          { kind: 'biogenic', gas: 'CO2', kg: '3' },
        ],
      }),
      co2eFactor({ id: 'goods', family: 'cradle-to-gate', unit: 'kg' }, '1.7'),
    ],
    [diesel, naturalGas],
  ),
]

const kinds: readonly Pick<ActivityLine, 'category' | 'factor' | 'fuel' | 'gas'>[] = [
  { category: 'purchased-electricity', factor: {} },
  { category: 'stationary-combustion', factor: { id: 'coal' } },
  { category: 'stationary-combustion', fuel: { id: 'diesel' } },
  { category: 'purchased-goods-and-services', factor: { id: 'goods' } },
  { category: 'fugitive-emissions', gas: 'R-410A' },
  { category: 'fugitive-emissions', gas: 'HCFC-22' },
]

/** Lines with amounts that a double halves exactly: thousandths, even. */
const lines: fc.Arbitrary<ActivityLine[]> = fc
  .array(fc.tuple(fc.constantFrom(...kinds), fc.integer({ min: 0, max: 2 ** 40 })), {
    minLength: 1,
    maxLength: 12,
  })
  .map((drawn) =>
    drawn.map(([kind, amount], index) => ({
      id: String(index),
      ...kind,
      quantity: { amount: String(amount / 1000), unit: unitOf(kind) },
    })),
  )

const unitOf = ({ category, gas, factor: choice }: (typeof kinds)[number]) =>
  category === 'purchased-electricity' ? 'kWh' : gas !== undefined || choice?.id === 'goods' ? 'kg' : 't'

const scaled = (line: ActivityLine, by: number): ActivityLine => {
  const { amount, unit } = line.quantity as Quantity
  return { ...line, quantity: { unit, amount: String(Number(amount) * by) } }
}

const totalOf = (given: readonly ActivityLine[]) => calculate(inventory(given, tables), context(tables)).total

describe('an inventory', () => {
  test('doubles, to the bit, when every amount doubles', () => {
    fc.assert(
      fc.property(lines, (given) => {
        expect(totalOf(given.map((line) => scaled(line, 2)))).toBe(totalOf(given) * 2)
      }),
    )
  })

  test('is the same, to the bit, in any order of its lines', () => {
    const shuffled = lines.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    )
    fc.assert(
      fc.property(shuffled, ([given, other]) => {
        const [a, b] = [given, other].map((some) => calculate(inventory(some, tables), context(tables)))
        const scope2Of = (result = a) =>
          result?.inventory?.scope2 && { ...result.inventory.scope2, lines: [] }
        const sums = (result = a) => ({
          ...{ ...result, lines: [], flags: [], gasesNotCovered: [] },
          inventory: { ...result?.inventory, scope2: scope2Of(result) },
        })
        expect(sums(b)).toEqual(sums(a))
      }),
    )
  })

  test('is the same, to the bit, when a line is split into two halves', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const halves = given.flatMap((line) => [
          scaled(line, 0.5),
          { ...scaled(line, 0.5), id: `${line.id} again` },
        ])
        expect(totalOf(halves)).toBe(totalOf(given))
      }),
    )
  })

  test('is the sum of its scopes, of its categories and of its lines, to a rounding of each', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const result = calculate(inventory(given, tables), context(tables))
        for (const parts of [result.byScope, result.byIsoCategory, result.byCategory, result.lines]) {
          const sum = parts.reduce((total, { kgCo2e }) => total + kgCo2e, 0)
          expect(Math.abs(sum - result.total)).toBeLessThanOrEqual(Math.abs(result.total) * 1e-14)
        }
        const counted = result.byKind
          .filter(({ inTotal }) => inTotal)
          .reduce((total, { kgCo2e }) => total + kgCo2e, 0)
        expect(Math.abs(counted - result.total)).toBeLessThanOrEqual(Math.abs(result.total) * 1e-14)
      }),
    )
  })

  test('leaves its input as it was, and answers the same twice', () => {
    fc.assert(
      fc.property(lines, (given) => {
        const input = inventory(given, tables)
        const before = JSON.stringify(input)
        const first = calculate(input, context(tables))
        expect(calculate(structuredClone(input), structuredClone(context(tables)))).toEqual(first)
        expect(JSON.stringify(input)).toBe(before)
      }),
    )
  })
})

describe('every pinned setting', () => {
  const coal = inventory(
    [
      {
        id: 'l',
        category: 'stationary-combustion',
        quantity: { amount: '10', unit: 't' },
        factor: { id: 'coal' },
      },
    ],
    tables,
  )

  test('the GWP set changes the result, and the result says which', () => {
    const [six, four] = [
      calculate(coal, context(tables, ar6)),
      calculate({ ...coal, gwpSet: { id: 'ipcc-ar4', version: '1' } }, context(tables, ar4)),
    ]
    expect(six.total).not.toBe(four.total)
    expect([six.gwpSet.digest, four.gwpSet.digest]).toEqual(['sha256:ar6', 'sha256:ar4'])
  })

  test('the factor table’s version changes the result, and the result says which', () => {
    const next = {
      ...table('t', [factor({ id: 'coal', flows: [{ kind: 'fossil', gas: 'CO2', kg: '2100' }] })]),
      version: '2',
      digest: 'sha256:t2',
    }
    const changed = calculate(
      { ...coal, factorTables: [{ table: 't', version: '2' }] },
      context([...tables, next]),
    )
    expect(changed.total).toBe(21000)
    expect(changed.factorTables).toEqual([{ table: 't', version: '2', digest: 'sha256:t2' }])
    expect(changed.lines[0]?.factor?.version).toBe('2')
  })
})

describe('a product system', () => {
  test('is the same, to the bit, in any order of its lines and processes', () => {
    const names = ['a', 'b', 'c', 'd', 'e']
    const processes = names.map((id) => ({ id, output: { amount: '3', unit: 'kg' } }))
    const links = names.flatMap((taker, i) =>
      names.slice(0, 4).map(
        (maker, j): ActivityLine => ({
          ...{
            id: `${taker}${maker}`,
            category: 'material',
            process: taker,
            from: maker,
            quantity: { amount: `0.${i + 1}${j + 3}`, unit: 'kg' },
          },
        }),
      ),
    )
    const direct = names.map(
      (process, i): ActivityLine => ({
        ...{
          id: process,
          category: 'process-emissions',
          process,
          gas: 'CO2',
          quantity: { amount: `1.${i}7`, unit: 'kg' },
        },
      }),
    )
    const last = {
      id: 'ae',
      category: 'material',
      process: 'a',
      from: 'e',
      quantity: { amount: '0.1', unit: 'kg' },
    }
    const all = [...links, ...direct, last]
    const given = product(processes, all)
    const expected = calculate(given, context())
    const order = fc.tuple(
      fc.shuffledSubarray(all, { minLength: all.length }),
      fc.shuffledSubarray([...given.processes], { minLength: 5 }),
    )
    fc.assert(
      fc.property(order, ([lines, processes]) => {
        const result = calculate({ ...given, lines, processes }, context())
        expect({ ...result, lines: [] }).toEqual({ ...expected, lines: [] })
      }),
    )
  })
})

describe('whatever the texts', () => {
  const text = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '__proto__',
      'constructor',
      'kWh',
      'CO2',
      '1',
      '-1',
      '1e308',
      '5e-324',
      't',
      'p',
      'own',
      'GLOBAL',
    ),
  )
  const decimal: fc.Arbitrary<Decimal> = fc.oneof(text, fc.double().map(String))
  const quantity = fc.record({ amount: decimal, unit: text })
  const maybe = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })
  const choice = {
    ...{ table: maybe(text), version: maybe(text), id: maybe(fc.oneof(text, fc.constant('coal'))) },
    family: maybe(fc.constantFrom(...families)),
    ...{ factorCategory: maybe(text), region: maybe(text), year: maybe(fc.double()) },
  }
  const line: fc.Arbitrary<ActivityLine> = fc.record({
    id: text,
    category: fc.oneof(
      text,
      fc.constantFrom('purchased-electricity', 'stationary-combustion', 'fugitive-emissions', 'material'),
    ),
    quantity,
    facility: maybe(text),
    period: maybe(fc.record({ start: text, end: text })),
    distance: maybe(quantity),
    density: maybe(quantity),
    enthalpy: maybe(quantity),
    netCalorificValue: maybe(quantity),
    sulphurPercent: maybe(decimal),
    factor: maybe(fc.record(choice)),
    beside: maybe(
      fc.array(fc.record({ ...choice, gases: fc.array(text, { maxLength: 3 }) }), { maxLength: 3 }),
    ),
    fuel: maybe(
      fc.record({
        id: maybe(text),
        netCalorificValue: maybe(quantity),
        carbonContent: maybe(quantity),
        oxidation: maybe(decimal),
      }),
    ),
    gas: maybe(text),
    process: maybe(text),
    from: maybe(text),
  })

  test('a calculation is a result that can be presented, or a Problem; never anything else', () => {
    const base = fc.constantFrom<CalculationInput>(inventory([], tables), {
      ...product([{ id: 'p', output: { amount: '1', unit: 'kg' } }], []),
      factorTables: [{ table: 't', version: '1' }],
    })
    fc.assert(
      fc.property(base, fc.array(line, { minLength: 1, maxLength: 4 }), text, (input, lines, region) => {
        const outcome = attempt(() => presentResult(calculate({ ...input, lines, region }, context(tables))))
        expect(outcome).toBe('fine')
      }),
      { numRuns: 500 },
    )
  })

  test('also where only one thing is wrong', () => {
    const good: ActivityLine = {
      id: 'e',
      category: 'purchased-electricity',
      quantity: { amount: '1', unit: 'kWh' },
      factor: {},
    }
    fc.assert(
      fc.property(
        line,
        fc.constantFrom(
          ...(Object.keys(good) as (keyof ActivityLine)[]),
          ...['fuel', 'gas', 'period', 'density', 'beside', 'netCalorificValue', 'sulphurPercent'],
        ),
        (bad, member) => {
          const given = { ...good, [member as string]: bad[member as keyof ActivityLine] } as ActivityLine
          expect(attempt(() => presentResult(calculate(inventory([given], tables), context(tables))))).toBe(
            'fine',
          )
        },
      ),
      { numRuns: 500 },
    )
  })
})

function attempt(act: () => unknown): unknown {
  try {
    act()
  } catch (thrown) {
    if (!isProblem(thrown)) return thrown
  }
  return 'fine'
}
