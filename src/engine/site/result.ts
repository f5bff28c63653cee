/** How the year of each site was divided, as a result shows it: every total to its last part, every product to its last piece. */

import type { Process, SiteProductResult, SiteResult, SiteTotalResult } from '../types.ts'
import type { Measure } from '../units.ts'
import { massOf, type SiteOutput } from './outputs.ts'
import type { SiteYear, SiteYears } from './site-year.ts'
import type { DividedTotal } from './splits.ts'

/** In the order in which sites, products and totals were stated. */
export function siteResults(sites: SiteYears, processes: readonly Process[]): readonly SiteResult[] {
  return [...sites.values()].map((site) => siteResult(site, processes))
}

function siteResult({ data, products, totals }: SiteYear, processes: readonly Process[]): SiteResult {
  const makers = Map.groupBy(
    processes.filter((process) => process.site?.site === data.id),
    (process) => process.site?.product,
  )
  const inOrder = data.totals.map(({ id }) => totals.get(id) as DividedTotal)
  return {
    site: data.id,
    products: [...products.values()].map((output) =>
      productResult(
        output,
        (makers.get(output.id) ?? []).map(({ id }) => id),
      ),
    ),
    totals: inOrder.map(totalResult),
  }
}

function productResult(output: SiteOutput, processes: readonly string[]): SiteProductResult {
  return {
    product: output.id,
    processes,
    good: amount(output.good),
    started: amountOrNull(output.started),
    scrap: amountOrNull(output.scrap),
    regrind: amountOrNull(output.regrind),
    scrapLeft: amountOrNull(output.scrapLeft),
    yield: output.yield,
    unexplained: amountOrNull(output.unexplained),
    massKg: massOf(output),
  }
}

function totalResult({ total, key, keySum, parts, residual }: DividedTotal): SiteTotalResult {
  const { id, unit, measured, estimated, estimate, apportioned, subMeters, rest } = total
  return {
    ...{ total: id, unit, measured, estimated, estimate, apportioned, subMeters, rest },
    ...{ key: key?.id ?? null, keyUnit: key?.unit ?? null, keySum, parts, residual },
  }
}

function amount({ value, unit }: Measure) {
  return { amount: value, unit }
}

function amountOrNull(measure: Measure | null) {
  return measure === null ? null : amount(measure)
}
