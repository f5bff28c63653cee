/** What holds for scope 2 by market, whatever its numbers; and that no setting is stored and never used. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, presentResult } from '../../../src/engine/index.ts'
import type {
  ActivityLine,
  ContractualInstrument,
  InventoryInput,
  MarketBased,
  Quantity,
} from '../../../src/engine/types.ts'
import { canonicalInput } from '../../../src/record/canonical-input.ts'
import { context, gridFactor, inventory, table } from '../fixtures.ts'
import {
  bought,
  certificates,
  china,
  contract,
  fujian,
  green,
  numbered,
  roof,
  scope2,
  withoutTraded,
  year2023,
} from './scope-2-fixtures.ts'

const clean = { ...green, id: 'clean', flows: [{ kind: 'fossil', gas: 'CO2e', kg: '0.0336' }] } as const
const tables = [table('grid', [fujian, china, withoutTraded, gridFactor('gd', 'CN-GD', 2023, '0.4419')])]
const ownFactors = [green, clean]

/** Lines of three facilities in two zones, and instruments that fit into them. */
const given = fc
  .tuple(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 2 ** 30 }), fc.integer({ min: 0, max: 2 })), {
      minLength: 1,
      maxLength: 8,
    }),
    fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom('green', 'clean')), { maxLength: 5 }),
  )
  .map(([drawn, parts]) => {
    const lines = drawn.map(([amount, facility], index): ActivityLine => {
      const placed = { id: `line ${index}`, facility: `facility ${facility}` }
      if (facility === 2) return { ...roof(amount / 1000, 'sold'), ...placed }
      return bought(amount / 1000, facility === 1 ? { ...placed, zone: 'CN-GD' } : placed)
    })
    const whole = drawn.reduce((sum, [amount]) => sum + amount / 1000, 0)
    const instruments = parts.map(([part, id], index) =>
      contract((whole * part) / 5000, { id: `instrument ${index}`, factor: { id } }),
    )
    return { lines, instruments }
  })

const resultOf = (lines: readonly ActivityLine[], instruments: readonly ContractualInstrument[]) =>
  scope2(lines, instruments, { ownFactors }, tables)

const times = ({ amount, unit }: Quantity, by: number): Quantity => ({
  amount: String(Number(amount) * by),
  unit,
})
const scaled = <Item extends { quantity?: Quantity | undefined }>(item: Item, by: number): Item => ({
  ...item,
  quantity: times(item.quantity as Quantity, by),
})

describe('scope 2 by market', () => {
  test('is the same, to the bit, in any order of lines and instruments', () => {
    const shuffled = given.chain(({ lines, instruments }) =>
      fc.record({
        lines: fc.constant(lines),
        instruments: fc.constant(instruments),
        otherLines: fc.shuffledSubarray(lines, { minLength: lines.length }),
        otherInstruments: fc.shuffledSubarray(instruments, { minLength: instruments.length }),
      }),
    )
    fc.assert(
      fc.property(shuffled, ({ lines, instruments, otherLines, otherInstruments }) => {
        const sorted = (result: ReturnType<typeof resultOf>) => ({
          ...result,
          lines: [...result.lines].sort((a, b) => (a.id < b.id ? -1 : 1)),
        })
        expect(sorted(resultOf(otherLines, otherInstruments))).toEqual(sorted(resultOf(lines, instruments)))
      }),
    )
  })

  test('doubles, to the bit, when every amount doubles', () => {
    fc.assert(
      fc.property(given, ({ lines, instruments }) => {
        const [one, two] = [
          resultOf(lines, instruments),
          resultOf(
            lines.map((line) => scaled(line, 2)),
            instruments.map((instrument) => scaled(instrument, 2)),
          ),
        ]
        for (const key of [
          'locationBasedKgCo2e',
          'marketBasedKgCo2e',
          'electricityKWh',
          'coveredKWh',
        ] as const)
          expect(two[key]).toBe(one[key] * 2)
      }),
    )
  })

  test('is the same, to the bit, when every line is split into two halves', () => {
    fc.assert(
      fc.property(given, ({ lines, instruments }) => {
        const halves = lines.flatMap((line) => [
          scaled(line, 0.5),
          { ...scaled(line, 0.5), id: `${line.id} again` },
        ])
        const [one, two] = [resultOf(lines, instruments), resultOf(halves, instruments)]
        expect(two.marketBasedKgCo2e).toBe(one.marketBasedKgCo2e)
        expect(two.rest).toEqual(one.rest)
      }),
    )
  })

  test('is its instruments and its rest, and its lines; and all electricity is covered or left', () => {
    fc.assert(
      fc.property(given, ({ lines, instruments }) => {
        const result = resultOf(lines, instruments)
        const near = (values: readonly number[], whole: number) =>
          expect(Math.abs(values.reduce((sum, value) => sum + value, 0) - whole)).toBeLessThanOrEqual(
            whole * 1e-12,
          )
        const parts = [...result.instruments, ...result.rest]
        near(
          parts.map(({ kgCo2e }) => kgCo2e),
          result.marketBasedKgCo2e,
        )
        near(
          parts.map(({ kWh }) => kWh),
          result.electricityKWh,
        )
        near(
          result.lines.map(({ kgCo2e }) => kgCo2e),
          result.marketBasedKgCo2e,
        )
        near(
          result.lines.map(({ coveredKWh }) => coveredKWh ?? 0),
          result.coveredKWh,
        )
        for (const { kWh, coveredKWh } of result.lines)
          expect((coveredKWh ?? 0) >= 0 && (coveredKWh ?? 0) <= (kWh ?? 0) * (1 + 1e-12)).toBe(true)
      }),
    )
  })

  test('never lets covering electricity with power that emits nothing raise a figure', () => {
    fc.assert(
      fc.property(given, ({ lines }) => {
        const whole = resultOf(lines, []).electricityKWh
        const covered = [0.25, 0.5, 0.75].map(
          (part) => resultOf(lines, [contract(whole * part)]).marketBasedKgCo2e,
        )
        expect([...covered].sort((a, b) => b - a)).toEqual(covered)
      }),
    )
  })
})

describe('every setting is used: it changes the result, or it is refused', () => {
  const lines = [
    bought(100_000, { id: 'a', facility: 'a' }),
    bought(50_000, { id: 'b', facility: 'b', zone: 'CN-GD' }),
    roof(5000, 'sold'),
  ]
  const certified = certificates(60, { facilities: ['a'] })
  const base: MarketBased = { instruments: [certified, contract(10_000)], ageMonthsMax: 24 }

  /** The figures, or the refusal's code. */
  const outcome = (marketBased: MarketBased, given = lines) => {
    const input: InventoryInput = inventory(given, tables, { ownFactors, marketBased })
    try {
      const { result } = presentResult(calculate(input, context(tables)))
      return JSON.stringify(result)
    } catch (thrown) {
      return JSON.stringify((thrown as { code?: string }).code ?? 'no refusal')
    }
  }
  const changed = (change: Partial<ContractualInstrument>): MarketBased => ({
    ...base,
    instruments: [{ ...certified, ...change }, contract(10_000)],
  })
  const { consumption } = certified

  const changes: readonly (readonly [string, MarketBased])[] = [
    [
      'ageMonthsMax',
      {
        ...base,
        ageMonthsMax: 0,
        instruments: [{ ...certified, generated: { ...year2023, start: '2022-06-01' } }],
      },
    ],
    ['residual', { ...base, residual: { id: 'gd' } }],
    ['instruments', { ...base, instruments: [certified] }],
    ['id', changed({ id: 'another' })],
    ['kind', changed({ kind: 'power-purchase-agreement' })],
    ['kind, without numbers', changed({ kind: 'power-purchase-agreement', certificates: undefined })],
    ['quantity', changed({ quantity: { amount: '61000', unit: 'kWh' } })],
    ['factor', changed({ factor: { id: 'clean' } })],
    ['generated', changed({ generated: { start: '2020-01-01', end: '2020-02-01' } })],
    ['market', changed({ market: 'CN-GD' })],
    ['exclusive', changed({ exclusive: false })],
    ['consumer', changed({ consumption: { ...consumption, consumer: '' } })],
    [
      'consumption period',
      changed({ consumption: { ...consumption, period: { start: '2022-01-01', end: '2023-01-01' } } }),
    ],
    ['retiredOn', changed({ consumption: { ...consumption, retiredOn: '2026-02-01' } })],
    ['certificates', changed({ certificates: [{ from: numbered(1), to: numbered(61), certificates: 61 }] })],
    ['facilities', changed({ facilities: ['a', 'b'] })],
  ]

  test.each(changes)('of the market: %s', (_what, other) => {
    expect(outcome(other)).not.toBe(outcome(base))
    expect(outcome(other)).not.toBe('"no refusal"')
  })

  test('what changes no figure stands in the record', () => {
    const recordOf = (marketBased: MarketBased) =>
      JSON.stringify(canonicalInput(inventory(lines, tables, { ownFactors, marketBased })))
    const others = [
      { ...base, ageMonthsMax: 25 },
      changed({ consumption: { ...consumption, consumer: 'another' } }),
      changed({ consumption: { ...consumption, retiredOn: '2024-03-01' } }),
    ]
    for (const other of others) expect(recordOf(other)).not.toBe(recordOf(base))
  })

  test.each([
    ['zone', { zone: 'CN-GD' }],
    ['interval', { interval: 'PT1H' }],
    ['attributes', { attributes: 'kept' }],
  ] as const)('of a line: %s', (_what, change) => {
    const [first, ...others] = lines as [ActivityLine, ...ActivityLine[]]
    expect(outcome(base, [{ ...first, ...change }, ...others])).not.toBe(outcome(base))
  })

  test('of own power: attributes', () => {
    expect(outcome(base, [...lines.slice(0, 2), roof(5000, 'kept')])).not.toBe(outcome(base))
  })
})
