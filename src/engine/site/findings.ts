/** What a verifier must see of how a site's year was divided. */

import { aboutLines, type Found, type Rule } from '../product/finding-rule.ts'
import type { ActivityLine, FindingCode, ProductInput, SiteProductResult, SiteResult } from '../types.ts'

export const siteRules = {
  'site-balance-open': (_, { sites }, input) => balancesOpen({ input, sites }),
  'site-scrap-untold': (_, { sites }, input) => scrapUntold({ input, sites }),
  'site-split-by-revenue': (_, { sites }, input) => splitsByRevenue({ input, sites }),
} satisfies Partial<Record<FindingCode, Rule>>

interface DividedProduct {
  readonly input: ProductInput
  readonly sites: readonly SiteResult[]
}

/** More was begun than good output and scrap account for. */
function balancesOpen(divided: DividedProduct): readonly Found[] {
  const isOpen = ({ unexplained }: SiteProductResult) => unexplained !== null && unexplained.amount > 0
  return aboutProducts('site-balance-open', divided, isOpen, () => true)
}

/** Scrap left, and no line of its process takes it. */
function scrapUntold(divided: DividedProduct): readonly Found[] {
  const told = new Set(
    divided.input.lines.filter(({ fromSite }) => fromSite?.flow === 'scrap').map(({ process }) => process),
  )
  const isUntold = ({ scrapLeft, processes }: SiteProductResult) =>
    scrapLeft !== null && scrapLeft.amount > 0 && !processes.some((process) => told.has(process))
  return aboutProducts('site-scrap-untold', divided, isUntold, () => false)
}

/** A total is divided by what products were sold for. */
function splitsByRevenue({ input, sites }: DividedProduct): readonly Found[] {
  const economic = new Map(
    (input.siteData ?? []).map(({ id, keys }) => [id, idsOf(keys.filter(({ kind }) => kind === 'revenue'))]),
  )
  const totals = new Map(
    sites.map(({ site, totals }) => [
      site,
      new Set(totals.filter(({ key }) => economic.get(site)?.has(key ?? '')).map(({ total }) => total)),
    ]),
  )
  const madeAt = new Map(input.processes.map(({ id, site }) => [id, site?.site]))
  const lines = input.lines.filter(({ process, fromSite }) =>
    totals.get(madeAt.get(process ?? '') ?? '')?.has(fromSite?.total ?? ''),
  )
  return aboutLines('site-split-by-revenue', lines)
}

function idsOf(nouns: readonly { readonly id: string }[]): ReadonlySet<string> {
  return new Set(nouns.map(({ id }) => id))
}

/** One finding about the processes whose product it concerns, with the lines they take of the site. */
function aboutProducts(
  code: FindingCode,
  { input, sites }: DividedProduct,
  concerns: (product: SiteProductResult) => boolean,
  isNamed: (line: ActivityLine) => boolean,
): readonly Found[] {
  const processes = new Set(
    sites.flatMap(({ products }) => products.filter(concerns).flatMap((product) => product.processes)),
  )
  if (processes.size === 0) return []
  const lines = input.lines.filter(
    (line) => line.fromSite !== undefined && processes.has(line.process ?? '') && isNamed(line),
  )
  return [{ code, lines: lines.map(({ id }) => id), processes: [...processes] }]
}
