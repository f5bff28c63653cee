/** Notes point at what is odd, and at nothing that is not. */

import { describe, expect, test } from 'vitest'
import { calculate, plausibilityNotes } from '../../src/engine/index.ts'
import type { ActivityLine, MeterReadings } from '../../src/engine/types.ts'
import { context, gridFactor, inventory, table } from './fixtures.ts'

const first = (at: number) => (at > 12 ? '2024-01-01' : `2023-${String(at).padStart(2, '0')}-01`)
const month = (at: number, amount: string, given: Partial<ActivityLine> = {}): ActivityLine => ({
  ...{ id: `m${at}`, category: 'purchased-electricity', factor: { id: 'cn' }, facility: 'site' },
  ...{ quantity: { amount, unit: 'kWh' }, period: { start: first(at), end: first(at + 1) } },
  ...given,
})

/** A year with a warm and a cold season. */
const usual = ['910', '880', '700', '620', '560', '750', '990', '1010', '730', '600', '640', '870']
const year = (changes: Readonly<Record<number, ActivityLine>> = {}): ActivityLine[] =>
  usual.map((amount, index) => changes[index + 1] ?? month(index + 1, amount))

const notesOf = (lines: readonly ActivityLine[]) => plausibilityNotes(inventory(lines))
const codesOf = (lines: readonly ActivityLine[]) => notesOf(lines).map(({ code, lines: ids }) => [code, ids])

const metered = (at: number, steps: number, multiplier: string): MeterReadings => ({
  unit: 'kWh',
  meters: [
    {
      ...{ serial: 'A', multiplier },
      readings: [
        { date: first(at), value: '0' },
        { date: first(at + 1), value: String(steps) },
      ],
    },
  ],
})

describe('a year like any other', () => {
  test('has no notes, a quiet month and a zero included', () => {
    expect(codesOf(year())).toEqual([])
    expect(codesOf(year({ 5: month(5, '0') }))).toEqual([])
    expect(codesOf(year({ 5: month(5, '90') }))).toEqual([])
  })
})

describe('a month a thousand times its peers', () => {
  test('is noted with the median of the others, and no value is proposed', () => {
    // Without May (560 000) the eleven others have 750 in the middle.
    expect(notesOf(year({ 5: month(5, '560000') }))).toEqual([
      {
        code: 'thousand-times-its-peers',
        lines: ['m5'],
        count: 1,
        facts: { amount: '560000', unit: 'kWh', medianOfOthers: '750', unitOfMedian: 'kWh' },
      },
    ])
  })

  test('or a thousandth', () => {
    expect(codesOf(year({ 5: month(5, '0.56') }))).toEqual([['thousand-times-its-peers', ['m5']]])
  })

  test('is told by its unit where it is in another: 560 MWh among kWh', () => {
    const slip = month(5, '0', { quantity: { amount: '560', unit: 'MWh' } })
    expect(notesOf(year({ 5: slip }))).toMatchObject([
      { code: 'unit-slip', lines: ['m5'], facts: { unit: 'MWh', unitOfOthers: 'kWh' } },
    ])
    const right = month(5, '0', { quantity: { amount: '0.56', unit: 'MWh' } })
    expect(codesOf(year({ 5: right }))).toEqual([])
  })

  test('needs peers: of four months none is odd', () => {
    expect(codesOf([month(1, '1'), month(2, '1000'), month(3, '1'), month(4, '2')])).toEqual([])
  })

  test('is judged within its series only', () => {
    const other = usual.map((_, index) =>
      month(index + 1, String(900_000 + index), { id: `x${index}`, facility: 'works' }),
    )
    expect(codesOf([...year(), ...other])).toEqual([])
  })
})

describe('a forgotten multiplier', () => {
  const meters = (changes: Readonly<Record<number, ActivityLine>>) =>
    usual.map(
      (amount, index) =>
        changes[index + 1] ??
        month(index + 1, '', {
          ...{ quantity: undefined, period: undefined },
          meter: metered(index + 1, Number(amount), '60'),
        }),
    )

  test('of a reading beside others that have one', () => {
    const bare = month(5, '', { ...{ quantity: undefined, period: undefined }, meter: metered(5, 560, '1') })
    expect(notesOf(meters({ 5: bare }))).toEqual([
      { code: 'multiplier-forgotten', lines: ['m5'], count: 1, facts: { multiplierOfOthers: '60' } },
    ])
    expect(codesOf(meters({}))).toEqual([])
  })

  test('of a month that is the others divided by it: 560 beside 750 × 60', () => {
    expect(notesOf(meters({ 5: month(5, '560') }))).toMatchObject([
      {
        code: 'multiplier-forgotten',
        lines: ['m5'],
        facts: { multiplierOfOthers: '60', amount: '560', medianOfOthers: '45000', unit: 'kWh' },
      },
    ])
    expect(codesOf(meters({ 5: month(5, '33600') }))).toEqual([])
  })
})

describe('a line that stands twice', () => {
  test('is noted whatever its id, description and unit of the dimension', () => {
    const again = month(3, '0', {
      ...{ id: 'again', description: 'the same bill' },
      quantity: { amount: '0.7', unit: 'MWh' },
    })
    expect(codesOf([...year(), again])).toEqual([['duplicate-line', ['m3', 'again']]])
  })

  test('is none with another facility, month, factor or amount, nor where both are zero', () => {
    const others = [
      month(3, '700', { id: 'a', facility: 'works' }),
      month(3, '701', { id: 'b' }),
      month(3, '700', { id: 'c', factor: { id: 'other' } }),
      month(4, '0', { id: 'd' }),
      month(4, '0', { id: 'e' }),
    ]
    expect(codesOf([...year(), ...others])).toEqual([])
  })
})

describe('equal months', () => {
  test('are noted from six on', () => {
    const equal = (count: number) =>
      usual.map((amount, index) => month(index + 1, index < count ? '700' : amount))
    expect(notesOf(equal(12))).toMatchObject([
      { code: 'equal-months', count: 12, facts: { months: 12, amount: '700', unit: 'kWh' } },
    ])
    expect(codesOf(equal(6)).map(([code]) => code)).toEqual(['equal-months'])
    expect(codesOf(equal(5))).toEqual([])
  })

  test('of nothing are a true zero', () => {
    expect(codesOf(usual.map((_, index) => month(index + 1, '0')))).toEqual([])
  })
})

test('a line that is nearly all of the total is noted with the result', () => {
  const tables = [table('grid', [gridFactor('cn', 'CN', 2023, '0.5')])]
  const heavy = month(1, '5000000', { id: 'heavy', facility: 'works', period: undefined })
  const input = inventory([...year(), heavy], tables)
  const notes = plausibilityNotes(input, calculate(input, context(tables)))
  expect(notes).toMatchObject([{ code: 'one-line-outweighs-all', lines: ['heavy'] }])
})

test('what a calculation would refuse is passed over', () => {
  const broken = [
    month(1, 'many'),
    month(2, '1', { quantity: undefined }),
    month(3, '1', { quantity: { amount: '1', unit: 'furlong' } }),
  ]
  expect(codesOf(broken)).toEqual([])
  expect(codesOf(year({ 5: month(5, '1e300') }))).toEqual([])
  expect(plausibilityNotes({ ...inventory(year()), period: { start: 'x', end: 'y' } })).toEqual([])
})

test('a hundred thousand lines of one series and of many are looked through in seconds', () => {
  const many = Array.from({ length: 100_000 }, (_, index) =>
    month((index % 12) + 1, String(700 + (index % 997)), {
      id: `l${index}`,
      facility: index % 2 === 0 ? 'one' : `f${index}`,
    }),
  )
  const began = performance.now()
  expect(notesOf(many).length).toBeLessThanOrEqual(500)
  expect(performance.now() - began).toBeLessThan(30_000)
}, 60_000)
