/** What of a site's year is refused: each by its name, with the place. */

import { describe, expect, test } from 'vitest'
import { calculate } from '../../../src/engine/index.ts'
import type { ActivityLine, ProductInput, SiteProduct, SiteTotal } from '../../../src/engine/types.ts'
import { isProblem } from '../../../src/problem.ts'
import { context, inventory, refusalOf } from '../fixtures.ts'
import { changedIn, housing, lines, moulding, run, shop, year } from './factory.ts'

type Case = readonly [what: string, given: Partial<ProductInput>, code: string, pointer: string]

function refuses(_: string, given: Partial<ProductInput>, code: string, pointer: string): void {
  const refusal = refusalOf(() => run(housing(given)))
  expect([refusal.code, refusal.facts.pointer]).toEqual([code, pointer])
}

const q = (amount: string, unit: string) => ({ amount, unit })
const total = (index: number, given: Partial<SiteTotal>) => changedIn('totals', index, given)
const made = (given: Partial<SiteProduct>) => changedIn('products', 0, given)

describe('a site', () => {
  test.each<Case>([
    [
      'of another period',
      shop({ period: { start: '2022-01-01', end: '2023-01-01' } }),
      'period-outside',
      '/siteData/0/period',
    ],
    ['that stands twice', { siteData: [year, year] }, 'duplicate-id', '/siteData/1/id'],
    [
      'at which nothing of the system is made',
      { siteData: [year, { ...year, id: 'other' }] },
      'site-data-unused',
      '/siteData/1',
    ],
    ['that nobody stated', { siteData: undefined }, 'unknown-site-data', '/processes/0/site/site'],
    [
      'without the product that a process makes',
      { processes: [{ ...moulding, site: { site: 'shop', product: 'grill' } }] },
      'unknown-site-data',
      '/processes/0/site/product',
    ],
    [
      'whose product is in another unit than the process makes',
      { processes: [{ ...moulding, output: q('1', 'kWh') }], declaredUnit: q('1', 'kWh') },
      'incompatible-dimension',
      '/processes/0/output/unit',
    ],
  ])('%s', refuses)

  test('names what is near, where a name is unknown', () => {
    const processes = [{ ...moulding, site: { site: 'shop', product: 'housings' } }]
    expect(refusalOf(() => run(housing({ processes }))).facts.candidates).toEqual(['housing'])
  })

  test('divided into more parts than anyone looks through', () => {
    const totals = Array.from({ length: 25_001 }, (_, at) => `meter-${at}`)
    const splits = [{ totals, key: 'hours', products: ['housing', 'grille'] }]
    refuses('', shop({ splits }), 'too-many-items', '/siteData/0/splits')
  })

  test('says all that is wrong at once', () => {
    const totals = year.totals.map((each) => (each.quantity ? { ...each, quantity: q('x', 'kWh') } : each))
    const { others } = refusalOf(() => run(housing(shop({ totals })))).facts
    expect(others).toMatchObject([
      { code: 'invalid-number', pointer: '/siteData/0/totals/2/quantity/amount' },
    ])
  })
})

describe('a total', () => {
  const meter = (from: string, to: string) => ({
    unit: 'kWh',
    meters: [
      {
        ...{ serial: 'A', multiplier: '40' },
        readings: [
          { date: from, value: '100' },
          { date: to, value: '150' },
        ],
      },
    ],
  })

  test.each<Case>([
    ['of no amount', total(0, { quantity: undefined }), 'line-ambiguous', '/siteData/0/totals/0'],
    ['of two', total(1, { quantity: q('1', 'kWh') }), 'line-ambiguous', '/siteData/0/totals/1'],
    [
      'below nothing',
      total(0, { quantity: q('-1', 'kWh') }),
      'negative-amount',
      '/siteData/0/totals/0/quantity/amount',
    ],
    [
      'in no unit',
      total(0, { quantity: q('1', 'kwhh') }),
      'unknown-unit',
      '/siteData/0/totals/0/quantity/unit',
    ],
    [
      'whose stock holds less than nothing',
      total(3, { stock: { unit: 'kg', opening: '0', received: '1', passedOn: '0', closing: '2' } }),
      'balance-negative',
      '/siteData/0/totals/3/stock/closing',
    ],
    [
      'read before the year is over',
      total(1, { meter: meter('2023-01-01', '2023-12-01') }),
      'month-missing',
      '/siteData/0/totals/1',
    ],
    [
      'read beyond the year',
      total(1, { meter: meter('2023-01-01', '2024-02-01') }),
      'period-outside',
      '/siteData/0/totals/1/period',
    ],
    [
      'estimated by nobody',
      total(0, { estimate: { method: 'other', basis: 'x', approvedBy: ' ' } }),
      'property-missing',
      '/siteData/0/totals/0/estimate/approvedBy',
    ],
    [
      'behind a meter that is not there',
      total(1, { partOf: 'main' }),
      'unknown-site-data',
      '/siteData/0/totals/1/partOf',
    ],
    ['behind itself', total(1, { partOf: 'oven' }), 'part-of-itself', '/siteData/0/totals/1/partOf'],
    [
      'behind what it stands before',
      total(0, { partOf: 'oven' }),
      'part-of-itself',
      '/siteData/0/totals/0/partOf',
    ],
    [
      'behind a meter of something else',
      total(1, { partOf: 'gas' }),
      'incompatible-dimension',
      '/siteData/0/totals/1/partOf',
    ],
    [
      'of less than stands behind it',
      total(0, { quantity: q('1999', 'kWh') }),
      'parts-exceed-whole',
      '/siteData/0/totals/0',
    ],
    ['that goes nowhere', shop({ splits: year.splits.slice(1) }), 'site-data-unused', '/siteData/0/totals/0'],
    ['that no line takes', { lines: lines.slice(1) }, 'site-data-unused', '/siteData/0/totals/0'],
    [
      'that is divided twice',
      shop({ splits: [...year.splits, { totals: ['oven'], products: ['grille'] }] }),
      'site-total-used-twice',
      '/siteData/0/splits/4/totals/0',
    ],
  ])('%s', refuses)

  test('wholly behind sub-meters needs no split: nothing of it is left', () => {
    const given = {
      ...total(0, { quantity: q('2000', 'kWh') }),
      lines: lines.slice(1),
    }
    const [site] = given.siteData ?? []
    const splits = (site?.splits ?? []).slice(1)
    const keys = (site?.keys ?? []).slice(1)
    const siteData = site ? [{ ...site, splits, keys }] : []
    const [power] = run(housing({ ...given, siteData })).product?.sites[0]?.totals ?? []
    expect(power).toMatchObject({ measured: 2000, rest: 0, parts: [], residual: 0 })
  })
})

describe('what was made', () => {
  test.each<Case>([
    [
      'without output',
      made({ good: q('0', 'piece') }),
      'property-out-of-range',
      '/siteData/0/products/0/good/amount',
    ],
    [
      'of less than nothing',
      made({ good: q('-1', 'piece') }),
      'property-out-of-range',
      '/siteData/0/products/0/good/amount',
    ],
    [
      'of nothing begun',
      made({ started: q('0', 'piece') }),
      'property-out-of-range',
      '/siteData/0/products/0/started/amount',
    ],
    [
      'of fewer pieces than were good',
      made({ started: q('999', 'piece') }),
      'site-not-balanced',
      '/siteData/0/products/0/good',
    ],
    [
      'of fewer than good and scrap',
      made({ started: q('1049', 'piece') }),
      'site-not-balanced',
      '/siteData/0/products/0/good',
    ],
    [
      'of less new material than is in it, regrind included',
      made({ started: q('101.9', 'kg') }),
      'site-not-balanced',
      '/siteData/0/products/0/good',
    ],
    [
      'with more reground than scrap',
      made({ regrind: q('5.1', 'kg') }),
      'parts-exceed-whole',
      '/siteData/0/products/0/regrind/amount',
    ],
    [
      'with regrind of no scrap',
      made({ scrap: undefined }),
      'property-missing',
      '/siteData/0/products/0/scrap',
    ],
    [
      'with scrap below nothing',
      made({ scrap: q('-1', 'kg') }),
      'negative-amount',
      '/siteData/0/products/0/scrap/amount',
    ],
    [
      'with scrap in kWh',
      made({ scrap: q('1', 'kWh'), regrind: undefined }),
      'incompatible-dimension',
      '/siteData/0/products/0/scrap/unit',
    ],
    [
      'with a mass per piece in hours',
      made({ massPerPiece: q('1', 'h') }),
      'incompatible-dimension',
      '/siteData/0/products/0/massPerPiece/unit',
    ],
    [
      'with a mass per piece of kilograms',
      made({ good: q('100', 'kg') }),
      'line-ambiguous',
      '/siteData/0/products/0/massPerPiece',
    ],
    [
      'in pieces and kilograms without a mass per piece',
      made({ massPerPiece: undefined }),
      'property-missing',
      '/siteData/0/products/0/massPerPiece',
    ],
    [
      'that takes nothing and no process makes',
      shop({
        products: [...year.products, { id: 'lid', name: { en: 'Lid', zh: null }, good: q('1', 'piece') }],
      }),
      'site-data-unused',
      '/siteData/0/products/2',
    ],
  ])('%s', refuses)
})

describe('a key', () => {
  const hours = (given: Partial<(typeof year.keys)[number]>) => changedIn('keys', 0, given)
  const amounts = (housing: string, grille?: string) => [
    { product: 'housing', amount: housing },
    ...(grille === undefined ? [] : [{ product: 'grille', amount: grille }]),
  ]

  test.each<Case>([
    [
      'without an amount for a taker',
      hours({ amounts: amounts('300') }),
      'property-missing',
      '/siteData/0/keys/0/amounts',
    ],
    [
      'with an amount below nothing',
      hours({ amounts: amounts('300', '-1') }),
      'negative-amount',
      '/siteData/0/keys/0/amounts/1/amount',
    ],
    [
      'with an amount that is none',
      hours({ amounts: amounts('300', '') }),
      'invalid-number',
      '/siteData/0/keys/0/amounts/1/amount',
    ],
    [
      'of an unknown product',
      hours({ amounts: [...amounts('1', '1'), { product: 'lid', amount: '1' }] }),
      'unknown-site-data',
      '/siteData/0/keys/0/amounts/2/product',
    ],
    [
      'with two amounts for one',
      hours({ amounts: [...amounts('1', '1'), ...amounts('1')] }),
      'duplicate-id',
      '/siteData/0/keys/0/amounts/2/product',
    ],
    ['of nothing', hours({ amounts: amounts('0', '0') }), 'site-not-balanced', '/siteData/0/splits/0/key'],
    ['of hours in square metres', hours({ unit: 'm2' }), 'incompatible-dimension', '/siteData/0/keys/0/unit'],
    ['of revenue in hours', hours({ kind: 'revenue' }), 'incompatible-dimension', '/siteData/0/keys/0/unit'],
    ['without a unit', hours({ unit: undefined }), 'property-missing', '/siteData/0/keys/0/unit'],
    ['of shares with a unit', hours({ kind: 'share' }), 'line-ambiguous', '/siteData/0/keys/0/unit'],
    [
      'of hours that nobody states',
      hours({ amounts: undefined }),
      'property-missing',
      '/siteData/0/keys/0/amounts',
    ],
    [
      'of shares short of one',
      hours({ kind: 'share', unit: undefined, amounts: amounts('0.6', '0.3') }),
      'site-not-balanced',
      '/siteData/0/splits/0/key',
    ],
    [
      'of mass where a piece has none',
      changedIn('products', 1, { massPerPiece: undefined }),
      'property-missing',
      '/siteData/0/products/1/massPerPiece',
    ],
    [
      'that divides nothing',
      shop({ keys: [...year.keys, { ...(year.keys[0] as (typeof year.keys)[number]), id: 'shifts' }] }),
      'site-data-unused',
      '/siteData/0/keys/3',
    ],
  ])('%s', refuses)

  test('whose amount no split takes is refused, because a part of the whole would be missing', () => {
    const split = { totals: ['power'], key: 'hours', products: ['housing'] }
    refuses(
      '',
      shop({ splits: [split, ...year.splits.slice(1)] }),
      'site-data-unused',
      '/siteData/0/keys/0/amounts/1',
    )
  })

  test('of shares that come to one divides by them: 0.1 + 0.2 + 0.7, which doubles do not quite add to 1', () => {
    const given = hours({ kind: 'share', unit: undefined, amounts: amounts('0.1', '0.2') })
    const [site] = given.siteData ?? []
    const [first, ...others] = site?.splits ?? []
    const outside = [{ what: 'offices', amount: '0.7' }]
    const splits = first ? [{ ...first, outside }, ...others] : []
    const { product } = run(housing({ siteData: site ? [{ ...site, splits }] : [] }))
    const shares = product?.sites[0]?.totals[0]?.parts.map(({ share }) => share)
    expect(shares?.map((share) => share.toFixed(12))).toEqual([
      '0.100000000000',
      '0.200000000000',
      '0.700000000000',
    ])
  })
})

describe('a split', () => {
  const split = (index: number, given: Partial<(typeof year.splits)[number]>) =>
    changedIn('splits', index, given)

  test.each<Case>([
    [
      'of an unknown total',
      split(1, { totals: ['ofen'] }),
      'unknown-site-data',
      '/siteData/0/splits/1/totals/0',
    ],
    ['by an unknown key', split(0, { key: 'hour' }), 'unknown-site-data', '/siteData/0/splits/0/key'],
    [
      'among an unknown product',
      split(0, { products: ['housing', 'grill'] }),
      'unknown-site-data',
      '/siteData/0/splits/0/products/1',
    ],
    [
      'to one product twice',
      split(0, { products: ['housing', 'housing'] }),
      'duplicate-id',
      '/siteData/0/splits/0/products/1',
    ],
    ['to nobody', split(1, { products: [] }), 'property-missing', '/siteData/0/splits/1/products'],
    [
      'among two without a key',
      split(1, { products: ['housing', 'grille'] }),
      'property-missing',
      '/siteData/0/splits/1/key',
    ],
    [
      'to something without a name',
      split(2, { outside: [{ what: ' ', amount: '1' }] }),
      'property-missing',
      '/siteData/0/splits/2/outside/0/what',
    ],
    [
      'to something without its amount',
      split(2, { outside: [{ what: 'offices' }] }),
      'property-missing',
      '/siteData/0/splits/2/outside/0/amount',
    ],
    [
      'to something of less than nothing',
      split(2, { outside: [{ what: 'offices', amount: '-1' }] }),
      'negative-amount',
      '/siteData/0/splits/2/outside/0/amount',
    ],
    [
      'with an amount and nothing to divide by',
      split(1, { products: [], outside: [{ what: 'tenant', amount: '1' }] }),
      'line-ambiguous',
      '/siteData/0/splits/1/outside/0/amount',
    ],
  ])('%s', refuses)

  test('may give all of a total to something outside', () => {
    const given = {
      ...split(1, { products: [], outside: [{ what: 'tenant' }] }),
      lines: lines.toSpliced(1, 1),
    }
    expect(run(housing(given)).product?.sites[0]?.totals[1]?.parts).toEqual([
      { product: null, outside: 'tenant', keyAmount: null, share: 1, amount: 2000 },
    ])
  })
})

describe('a line', () => {
  const first = lines[0] as ActivityLine
  const with_ = (given: Partial<ActivityLine>): Partial<ProductInput> => ({
    lines: [{ ...first, ...given }, ...lines.slice(1)],
  })

  test.each<Case>([
    [
      'that takes an unknown total',
      with_({ fromSite: { total: 'powr' } }),
      'unknown-site-data',
      '/lines/0/fromSite/total',
    ],
    ['that takes nothing', with_({ fromSite: {} }), 'line-ambiguous', '/lines/0/fromSite'],
    [
      'that takes two things',
      with_({ fromSite: { total: 'power', flow: 'scrap' } }),
      'line-ambiguous',
      '/lines/0/fromSite',
    ],
    [
      'that states its amount as well',
      with_({ quantity: q('1', 'kWh') }),
      'line-ambiguous',
      '/lines/0/quantity',
    ],
    ['that is attributed in part', with_({ attribution: '0.5' }), 'line-ambiguous', '/lines/0/attribution'],
    ['with a period of its own', with_({ period: year.period }), 'line-ambiguous', '/lines/0/period'],
    [
      'that says it is an estimate',
      with_({ estimate: { method: 'other', basis: 'x', approvedBy: 'y' } }),
      'line-ambiguous',
      '/lines/0/estimate',
    ],
    [
      'that stands behind another',
      with_({ partOf: 'electricity oven' }),
      'line-ambiguous',
      '/lines/0/partOf',
    ],
    [
      'of a process that is made nowhere',
      { processes: [{ ...moulding, site: undefined }] },
      'property-missing',
      '/lines/0/fromSite',
    ],
    [
      'that takes a total of another product',
      changedIn('splits', 1, { products: ['grille'] }),
      'site-total-of-another-product',
      '/lines/1/fromSite/total',
    ],
    [
      'that takes a total a second time',
      { lines: [...lines, { ...first, id: 'again' }] },
      'site-total-used-twice',
      '/lines/6/fromSite',
    ],
    [
      'whose total is of another dimension than its factor',
      with_({ category: 'material', factor: { id: 'resin' } }),
      'incompatible-dimension',
      '/lines/0/fromSite',
    ],
    [
      'that takes scrap nobody stated',
      made({ scrap: undefined, regrind: undefined }),
      'property-missing',
      '/lines/5/fromSite/flow',
    ],
  ])('%s', refuses)

  test('of an inventory takes from no site', () => {
    const power: ActivityLine = {
      id: 'power',
      category: 'purchased-electricity',
      fromSite: { total: 'power' },
    }
    const refusal = refusalOf(() => calculate(inventory([{ ...power, factor: {} }]), context()))
    expect([refusal.code, refusal.facts.pointer]).toEqual(['line-ambiguous', '/lines/0/fromSite'])
  })
})

test('a declared unit of nothing is refused, whatever was made', () => {
  const refusal = refusalOf(() => run(housing({ declaredUnit: q('0', 'piece') })))
  expect(isProblem(refusal) && refusal.facts.pointer).toBe('/declaredUnit/amount')
})
