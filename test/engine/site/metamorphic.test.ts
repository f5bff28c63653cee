/**
 * No member of a site's year is stored and never used: for each there is a change, and the change shows in the result or is refused
 * by a name. Held to the type, as the parameters of a line are.
 */

import { describe, expect, test } from 'vitest'
import { presentResult } from '../../../src/engine/index.ts'
import type { ActivityLine, Process, ProductInput, SiteData, SiteTotal } from '../../../src/engine/types.ts'
import { isProblem, type ProblemCode } from '../../../src/problem.ts'
import { canonicalInput } from '../../../src/record/canonical-input.ts'
import { changed, type Places, valueAt } from '../places.ts'
import { changedIn, housing, run, shop as shopOf, year } from './factory.ts'

type Parameter =
  | Places<SiteData, '/siteData/0'>
  | Places<NonNullable<Process['site']>, '/processes/0/site'>
  | Places<NonNullable<ActivityLine['fromSite']>, '/lines/0/fromSite'>

/** A system with the parameter, the value it is changed to (undefined leaves it out), and the refusal where that is what comes. */
type Change = readonly [system: ProductInput, to: unknown, refused?: ProblemCode]

const shop = housing()
const q = (amount: string, unit: string) => ({ amount, unit })
const first = (given: Partial<SiteData['totals'][number]>) =>
  housing(changedIn('totals', 0, { quantity: undefined, ...given }))
const estimate = { method: 'other', basis: 'rating', approvedBy: 'manager' } as const
const read = first({
  meter: {
    unit: 'MWh',
    meters: [
      {
        ...{ serial: 'B', multiplier: '2', digits: 5 },
        readings: [
          { date: '2023-01-01', value: '99998' },
          { date: '2024-01-01', value: '3' },
        ],
      },
    ],
  },
})
const stored = first({ stock: { unit: 'MWh', opening: '4', received: '9', passedOn: '1', closing: '2' } })
const estimated = first({ quantity: q('10', 'MWh'), estimate })
const bill = first({
  ...{ quantity: q('20', 'MWh'), apportion: 'by-days' },
  period: { start: '2023-01-01', end: '2024-12-31' },
})
const mains = { id: 'mains', name: { en: 'Mains', zh: null }, quantity: q('20', 'MWh') }
const behind = housing(
  shopOf({
    totals: [{ ...(year.totals[0] as SiteTotal), partOf: 'mains' }, ...year.totals.slice(1), mains],
    splits: [...year.splits, { totals: ['mains'], products: [], outside: [{ what: 'tenant' }] }],
  }),
)
const outside = housing(changedIn('splits', 0, { outside: [{ what: 'offices', amount: '100' }] }))
const scrap = { ...shop, lines: shop.lines.toReversed() }

const total = '/siteData/0/totals/0'
const made = '/siteData/0/products/0'
const changes: Readonly<Record<Parameter, Change>> = {
  '/siteData/0/id': [shop, 'other', 'unknown-site-data'],
  '/siteData/0/name/en': [shop, 'Hall'],
  '/siteData/0/name/zh': [shop, '注塑车间'],
  '/siteData/0/period/start': [shop, '2022-12-31', 'period-outside'],
  '/siteData/0/period/end': [shop, '2024-01-02', 'period-outside'],
  [`${total}/id`]: [shop, 'mains', 'unknown-site-data'],
  [`${total}/name/en`]: [shop, 'Mains'],
  [`${total}/name/zh`]: [shop, '总表'],
  [`${total}/quantity/amount`]: [shop, '11'],
  [`${total}/quantity/unit`]: [shop, 'GWh'],
  [`${total}/meter/unit`]: [read, 'GWh'],
  [`${total}/meter/meters/0/serial`]: [read, 'C'],
  [`${total}/meter/meters/0/multiplier`]: [read, '3'],
  [`${total}/meter/meters/0/digits`]: [read, 6],
  [`${total}/meter/meters/0/readings/0/date`]: [read, '2023-01-02', 'month-missing'],
  [`${total}/meter/meters/0/readings/0/value`]: [read, '99997'],
  [`${total}/stock/unit`]: [stored, 'GWh'],
  [`${total}/stock/opening`]: [stored, '5'],
  [`${total}/stock/received`]: [stored, '10'],
  [`${total}/stock/passedOn`]: [stored, '0'],
  [`${total}/stock/closing`]: [stored, '1'],
  [`${total}/period/start`]: [bill, '2022-12-31'],
  [`${total}/period/end`]: [bill, '2025-01-01'],
  [`${total}/apportion`]: [bill, undefined, 'period-outside'],
  [`${total}/estimate/method`]: [estimated, 'engineering'],
  [`${total}/estimate/basis`]: [estimated, 'last year'],
  [`${total}/estimate/approvedBy`]: [estimated, 'somebody else'],
  [`${total}/partOf`]: [behind, undefined],
  [`${made}/id`]: [shop, 'other', 'unknown-site-data'],
  [`${made}/name/en`]: [shop, 'Case'],
  [`${made}/name/zh`]: [shop, '外壳'],
  [`${made}/good/amount`]: [shop, '999'],
  [`${made}/good/unit`]: [shop, '1e4piece', 'site-not-balanced'],
  [`${made}/started/amount`]: [shop, '1051'],
  [`${made}/started/unit`]: [shop, '1e4piece'],
  [`${made}/scrap/amount`]: [shop, '49'],
  [`${made}/scrap/unit`]: [shop, 't', 'site-not-balanced'],
  [`${made}/regrind/amount`]: [shop, '4'],
  [`${made}/regrind/unit`]: [shop, 'lb'],
  [`${made}/massPerPiece/amount`]: [shop, '101'],
  [`${made}/massPerPiece/unit`]: [shop, 'kg'],
  '/siteData/0/keys/0/id': [shop, 'other', 'unknown-site-data'],
  '/siteData/0/keys/0/name/en': [shop, 'Hours'],
  '/siteData/0/keys/0/name/zh': [shop, '机时'],
  '/siteData/0/keys/0/kind': [shop, 'area', 'incompatible-dimension'],
  '/siteData/0/keys/0/unit': [outside, 'd'],
  '/siteData/0/keys/0/amounts/0/product': [shop, 'lid', 'unknown-site-data'],
  '/siteData/0/keys/0/amounts/0/amount': [shop, '301'],
  '/siteData/0/splits/0/totals/0': [shop, 'oven', 'site-total-used-twice'],
  '/siteData/0/splits/0/key': [shop, 'floor', 'site-data-unused'],
  '/siteData/0/splits/0/products/0': [shop, 'lid', 'unknown-site-data'],
  '/siteData/0/splits/0/outside/0/what': [outside, 'canteen'],
  '/siteData/0/splits/0/outside/0/amount': [outside, '101'],
  '/processes/0/site/site': [shop, 'other', 'unknown-site-data'],
  '/processes/0/site/product': [shop, 'grille', 'site-total-of-another-product'],
  '/lines/0/fromSite/total': [shop, 'oven', 'site-total-used-twice'],
  '/lines/0/fromSite/flow': [scrap, 'started', 'incompatible-dimension'],
}

/** What shows in the record of the input only. */
const inRecordOnly: readonly string[] = [
  ...['/siteData/0/name/en', '/siteData/0/name/zh', `${total}/name/en`, `${total}/name/zh`],
  ...[`${made}/name/en`, `${made}/name/zh`, '/siteData/0/keys/0/name/en', '/siteData/0/keys/0/name/zh'],
]

/** What comes of a system: its presented result, or the code of its refusal. */
function outcomeOf(system: ProductInput): { readonly result: string } | { readonly refused: string } {
  try {
    return { result: JSON.stringify(presentResult(run(system)).result) }
  } catch (thrown) {
    if (isProblem(thrown)) return { refused: thrown.code }
    throw thrown
  }
}

describe('every parameter of a site', () => {
  test.each(Object.entries(changes))('%s', (parameter, [system, to, refused]) => {
    const place = parameter.split('/').slice(1)
    expect(valueAt(system, place)).not.toBe(to)
    const other = changed(system, place, to) as ProductInput
    const [before, after] = [outcomeOf(system), outcomeOf(other)]
    expect(before).toHaveProperty('result')
    if (inRecordOnly.includes(parameter)) {
      expect(after).toEqual(before)
      expect(canonicalInput(other)).not.toEqual(canonicalInput(system))
    } else if (refused === undefined) {
      expect(after).toHaveProperty('result')
      expect(after).not.toEqual(before)
    } else expect(after).toEqual({ refused })
  })
})
