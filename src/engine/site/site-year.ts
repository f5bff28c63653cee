/**
 * The year of each site of a product system, checked and divided before any line is weighed: what every line takes is a part of a
 * whole whose other parts are known.
 */

import { Problem } from '../../problem.ts'
import type { Reported } from '../amounts/stated.ts'
import { daysOf } from '../calendar.ts'
import { checkNewId } from '../names.ts'
import { at, Refusals } from '../refusals.ts'
import type { ProductInput, SiteData } from '../types.ts'
import { readKey } from './keys.ts'
import { outputOf, type SiteOutput } from './outputs.ts'
import { type DividedTotal, divideTotals } from './splits.ts'
import { measureTotals } from './totals.ts'

/** A site's year, divided. */
export interface SiteYear {
  readonly data: SiteData
  readonly pointer: string
  readonly products: ReadonlyMap<string, SiteOutput>
  readonly totals: ReadonlyMap<string, DividedTotal>
}

/** By the site's id. */
export type SiteYears = ReadonlyMap<string, SiteYear>

/** Parts of all totals: a result shows each, and nobody looks through more. */
export const mostParts = 50_000

/**
 * The year of every site.
 * @throws Problem the first refusal, with the others in `others`.
 */
export function siteYears({ siteData = [], period }: Pick<ProductInput, 'siteData' | 'period'>): SiteYears {
  if (siteData.length === 0) return new Map()
  refuseTooMany(siteData)
  const reported = { reporting: at('/period', () => daysOf(period)), reportingPeriod: period }
  const refusals = new Refusals()
  const seen = new Set<string>()
  const years = siteData.flatMap((data, index) => {
    const pointer = `/siteData/${index}`
    refusals.attempt(() => checkNewId(data.id, seen, `${pointer}/id`))
    refusals.attempt(() => requireReportingPeriod(data, reported, pointer))
    return [[data.id, siteYear(data, pointer, reported, refusals)] as const]
  })
  refusals.throwIfAny()
  return new Map(years)
}

function siteYear(data: SiteData, pointer: string, reported: Reported, refusals: Refusals): SiteYear {
  checkIds(data, pointer, refusals)
  const products = each(data.products, refusals, (product, index) =>
    outputOf(product, `${pointer}/products/${index}`),
  )
  const keys = each(data.keys, refusals, (key, index) => readKey(key, products, `${pointer}/keys/${index}`))
  const totals = measureTotals(data.totals, `${pointer}/totals`, reported, refusals)
  refusals.throwIfAny()
  const setting = { totals, products, keys }
  return {
    data,
    pointer,
    products,
    totals: divideTotals(data.splits, setting, `${pointer}/splits`, refusals),
  }
}

function checkIds(data: SiteData, pointer: string, refusals: Refusals): void {
  for (const list of ['totals', 'products', 'keys'] as const) {
    const seen = new Set<string>()
    data[list].forEach(({ id }, index) => {
      refusals.attempt(() => checkNewId(id, seen, `${pointer}/${list}/${index}/id`))
    })
  }
}

function refuseTooMany(siteData: readonly SiteData[]): void {
  let parts = 0
  siteData.forEach(({ splits }, index) => {
    for (const { totals, products, outside = [] } of splits)
      parts += totals.length * (products.length + outside.length)
    if (parts <= mostParts) return
    const detail = `The totals of the sites are divided into at most ${mostParts} parts: put products that the system does not make together under outside, with the sum of their amounts of the key.`
    throw new Problem('too-many-items', detail, { pointer: `/siteData/${index}/splits`, limit: mostParts })
  })
}

/** Each of a list, by its id, as far as nothing is wrong with it. */
function each<Given extends { readonly id: string }, Made>(
  list: readonly Given[],
  refusals: Refusals,
  make: (given: Given, index: number) => Made,
): ReadonlyMap<string, Made> {
  return new Map(
    list.flatMap((given, index) => {
      const made = refusals.attempt(() => make(given, index))
      return made === undefined ? [] : [[given.id, made] as const]
    }),
  )
}

function requireReportingPeriod({ period }: SiteData, { reportingPeriod }: Reported, pointer: string): void {
  if (period.start === reportingPeriod.start && period.end === reportingPeriod.end) return
  const detail = `The site's data are of ${period.start} to ${period.end}, and the reporting period is ${reportingPeriod.start} to ${reportingPeriod.end}: state the site's totals of the reporting period.`
  throw new Problem('period-outside', detail, { pointer: `${pointer}/period`, period, reportingPeriod })
}
