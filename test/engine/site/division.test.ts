/** From a site's year to one piece: what each taker takes, and that everything is taken. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plausibilityNotes, presentResult } from '../../../src/engine/index.ts'
import type { Meter, SiteData, SiteTotalResult } from '../../../src/engine/types.ts'
import { changedIn, housing, lines, moulding, run, shop, takes, year } from './factory.ts'

const result = run(housing())
const line = (id: string) => result.lines.find((each) => each.id === id)
const total = (id: string, of = result): SiteTotalResult =>
  of.product?.sites[0]?.totals.find((each) => each.total === id) as SiteTotalResult

describe('one housing', () => {
  test('takes its part of the year ÷ 1000 good pieces', () => {
    // Power: (10 000 − 50 × 40) kWh × 300 h ÷ 400 h = 6000 kWh, 6 a piece; the oven's 2000 kWh are its own, 2 a piece.
    expect(line('electricity power')?.activity).toEqual({ amount: 6, unit: 'kWh' })
    expect(line('electricity oven')?.activity).toEqual({ amount: 2, unit: 'kWh' })
    // Gas: 1500 m3 × 400 m2 ÷ (400 + 100 + 500) m2 = 600 m3.
    expect(line('fuel-combustion gas')?.activity.amount).toBeCloseTo(0.6, 15)
    // Resin: 20 + 140 − 37 = 123 kg, by mass 100 kg to 23 kg of good output: 100 kg.
    expect(line('material resin')?.activity.amount).toBeCloseTo(0.1, 15)
    // Scrap: 50 pieces × 100 g = 5 kg, of which 3 kg were reground: 2 kg left.
    expect(line('waste-treatment scrap')?.activity).toEqual({ amount: 0.002, unit: 'kg' })
    // 8 × 0.5 + 0.6 × 2.3 + 0.1 × 3 + 0.002 × 0.1.
    expect(result.total).toBeCloseTo(5.6802, 13)
  })

  test('shows the whole way on its line', () => {
    expect(line('electricity power')?.working).toEqual([
      { name: 'siteTotal', value: 10, unit: 'MWh', of: 'power' },
      { name: 'part', value: 2, unit: 'MWh', of: 'oven' },
      { name: 'keyAmount', value: 300, unit: 'h', of: 'housing' },
      { name: 'keySum', value: 400, unit: 'h', of: 'hours' },
      { name: 'siteShare', value: 0.75, unit: '1', of: 'housing' },
      { name: 'sitePart', value: 6, unit: 'MWh', of: 'housing' },
      { name: 'goodOutput', value: 1000, unit: 'piece', of: 'housing' },
      { name: 'outputOfRun', value: 1, unit: 'piece' },
    ])
    expect(line('electricity oven')?.working.slice(0, 2)).toEqual([
      { name: 'registerSteps', value: 50, unit: '1', of: 'A' },
      { name: 'multiplier', value: 40, unit: '1', of: 'A' },
    ])
  })

  test('is a thousandth of what a run of a thousand takes, and the same per kilogram', () => {
    const thousand = { ...moulding, output: { amount: '1000', unit: 'piece' } }
    expect(run(housing({ processes: [thousand] })).total).toBeCloseTo(result.total, 13)
    // 1 kg of housings is 10 pieces.
    const kilogram = { ...moulding, output: { amount: '1', unit: 'kg' } }
    const input = housing({ processes: [kilogram], declaredUnit: { amount: '1', unit: 'kg' } })
    expect(run(input).total).toBeCloseTo(result.total * 10, 12)
  })

  test('takes of what was begun as much as a good piece needs: 1050 ÷ 1000', () => {
    const bought = takes('material', 'resin', { flow: 'started' }, { factor: undefined, from: 'press' })
    const press = { ...moulding, id: 'press', site: undefined }
    const made = { ...takes('material', 'resin', {}), id: 'blank', process: 'press', fromSite: undefined }
    const input = housing({
      processes: [moulding, press],
      lines: [...lines, bought, { ...made, quantity: { amount: '1', unit: 'kg' } }],
    })
    expect(run(input).scaling).toEqual([
      { process: 'moulding', product: null, runs: 1 },
      { process: 'press', product: null, runs: 1.05 },
    ])
  })
})

describe('the result', () => {
  test('tells where each total went, to the last part', () => {
    expect(total('gas')).toEqual({
      ...{ total: 'gas', unit: 'm3', measured: 1500, subMeters: [], rest: 1500, residual: 0 },
      ...{ estimated: false, estimate: null, apportioned: false },
      ...{ key: 'floor', keyUnit: 'm2', keySum: 1000 },
      parts: [
        { product: 'housing', outside: null, keyAmount: 400, share: 0.4, amount: 600 },
        { product: 'grille', outside: null, keyAmount: 100, share: 0.1, amount: 150 },
        { product: null, outside: 'offices', keyAmount: 500, share: 0.5, amount: 750 },
      ],
    })
    expect(total('oven')).toMatchObject({ key: null, keySum: null, parts: [{ share: 1, amount: 2000 }] })
    expect(total('power')).toMatchObject({ measured: 10, subMeters: [{ total: 'oven', amount: 2 }], rest: 8 })
  })

  test('tells what was made of what was begun', () => {
    expect(result.product?.sites[0]?.products).toEqual([
      {
        ...{ product: 'housing', processes: ['moulding'], yield: 1000 / 1050, massKg: 100 },
        good: { amount: 1000, unit: 'piece' },
        started: { amount: 1050, unit: 'piece' },
        scrap: { amount: 50, unit: 'piece' },
        regrind: { amount: 3, unit: 'kg' },
        scrapLeft: { amount: 2, unit: 'kg' },
        unexplained: { amount: 0, unit: 'piece' },
      },
      {
        ...{ product: 'grille', processes: [], yield: null, massKg: 23, unexplained: null },
        ...{
          good: { amount: 500, unit: 'piece' },
          started: null,
          scrap: null,
          regrind: null,
          scrapLeft: null,
        },
      },
    ])
  })

  test('stands on the wire as decimals', () => {
    const { sites } = presentResult(result).result.product ?? { sites: [] }
    expect(sites[0]?.totals[2]?.parts[2]).toEqual({
      ...{ product: null, outside: 'offices', keyAmount: '500', share: '0.5', amount: '750' },
    })
  })

  test('is the same whatever the order in which totals, keys and splits are stated', () => {
    const turned = shop({
      totals: year.totals.toReversed(),
      keys: year.keys.toReversed(),
      splits: year.splits.toReversed(),
    })
    expect(run(housing(turned)).lines).toEqual(result.lines)
  })
})

describe('new material by mass', () => {
  test('has its regrind added: 100 kg of good output from 102 kg and 3 kg again, with 5 kg of scrap', () => {
    const given = { started: { amount: '102', unit: 'kg' } }
    const [made] = run(housing(changedIn('products', 0, given))).product?.sites[0]?.products ?? []
    // 100 ÷ (102 + 3); 105 − 100 − 5 leaves nothing.
    expect(made).toMatchObject({ yield: 100 / 105, unexplained: { amount: 0, unit: 'kg' } })
  })
})

describe('an estimate of a total', () => {
  const estimate = { method: 'engineering', basis: 'rating × hours', approvedBy: 'energy manager' } as const

  test('flags the lines that take of it, and of what it was taken off', () => {
    const { flags, product } = run(housing(changedIn('totals', 1, { estimate })))
    const flag = flags.find(({ code }) => code === 'estimated')
    expect(flag?.lines).toEqual(['electricity power', 'electricity oven'])
    expect(product?.sites[0]?.totals.map((each) => each.estimate)).toEqual([null, estimate, null, null])
  })
})

describe('a bill that straddles the year', () => {
  test('counts by its days inside: 731 m3 of two years are 365 in the one', () => {
    const given = {
      ...{ quantity: { amount: '731', unit: 'm3' }, apportion: 'by-days' as const },
      period: { start: '2023-01-01', end: '2025-01-01' },
    }
    const divided = run(housing(changedIn('totals', 2, given)))
    expect(total('gas', divided)).toMatchObject({ measured: 365, apportioned: true })
    expect(divided.flags.find(({ code }) => code === 'apportioned')?.lines).toHaveLength(2)
  })
})

describe('every split', () => {
  const amount = fc.integer({ min: 0, max: 1_000_000_000 }).map((value) => value / 1000)

  /** The power of the shop among three takers. */
  const divided = (whole: number, keys: readonly number[]): SiteTotalResult => {
    const [own = 0, other = 0, rest = 0] = keys
    const text = (value: number) => String(value)
    const input: SiteData = {
      ...year,
      totals: [
        { id: 'power', name: { en: 'Power', zh: null }, quantity: { amount: text(whole), unit: 'kWh' } },
      ],
      keys: [
        {
          ...{ id: 'k', name: { en: 'Key', zh: null }, kind: 'hours', unit: 'h' },
          amounts: [
            { product: 'housing', amount: text(own) },
            { product: 'grille', amount: text(other) },
          ],
        },
      ],
      splits: [
        {
          ...{ totals: ['power'], key: 'k', products: ['housing', 'grille'] },
          outside: [{ what: 'rest', amount: text(rest) }],
        },
      ],
    }
    return total('power', run(housing({ siteData: [input], lines: lines.slice(0, 1) })))
  }

  test('gives out what it took in: parts come to the whole, and shares to one', () => {
    fc.assert(
      fc.property(amount, fc.tuple(amount, amount, amount), (whole, keys) => {
        fc.pre(keys.some((key) => key > 0))
        const { parts, residual } = divided(whole, keys)
        expect(Math.abs(residual)).toBeLessThanOrEqual(4 * 2 ** -53 * whole)
        const [a = 0, b = 0, c = 0] = parts.map(({ share }) => share)
        expect(Math.abs(a + b + c - 1)).toBeLessThanOrEqual(4 * 2 ** -53)
      }),
    )
  })

  test('is by ratios alone: keys times a power of two move no bit', () => {
    fc.assert(
      fc.property(amount, fc.tuple(amount, amount, amount), (whole, keys) => {
        fc.pre(keys.some((key) => key > 0))
        const amounts = (of: SiteTotalResult) => of.parts.map((part) => part.amount)
        const doubled = divided(
          whole,
          keys.map((key) => key * 4),
        )
        expect(amounts(doubled)).toEqual(amounts(divided(whole, keys)))
      }),
    )
  })

  test('gives nothing to a stated zero, and says so', () => {
    const { parts } = divided(100, [0, 1, 1])
    expect(parts[0]).toEqual({ product: 'housing', outside: null, keyAmount: 0, share: 0, amount: 0 })
  })

  test('twice the year of everything but the output is twice the piece, to the bit', () => {
    const twice = run(housing(changedIn('totals', 2, { quantity: { amount: '3000', unit: 'm3' } })))
    const gas = (of: typeof result) => of.lines.find(({ id }) => id === 'fuel-combustion gas')?.kgCo2e ?? 0
    expect(gas(twice)).toBe(gas(result) * 2)
  })
})

describe('plausibility', () => {
  test('has nothing to say of lines that take from a site: nobody measured them there', () => {
    expect(plausibilityNotes(housing(), result)).toEqual([])
  })

  test('points at a meter without a multiplier beside one that has it, and at the lines that take of it', () => {
    const [oven] = year.totals.flatMap(({ meter }) => meter?.meters ?? [])
    const bare = { unit: 'kWh', meters: [{ ...(oven as Meter), serial: 'B', multiplier: '1' }] }
    const notes = plausibilityNotes(housing(changedIn('totals', 0, { quantity: undefined, meter: bare })))
    const facts = { site: 'shop', total: 'power', multiplierOfOthers: '40' }
    expect(notes).toEqual([{ code: 'multiplier-forgotten', lines: ['electricity power'], count: 1, facts }])
  })
})
