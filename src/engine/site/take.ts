/**
 * What a line takes of a site's year for one run of its process: the part of a total that its product took, or a count of that
 * product, ÷ good output × the output of the run. Every number on the way stands in the line's working.
 */

import { Problem } from '../../problem.ts'
import type { LineAmount } from '../amounts/stated.ts'
import { over, times } from '../arithmetic.ts'
import { missing } from '../line-properties.ts'
import type { ActivityLine, FromSite, Process, SiteFlow, SitePart, Working } from '../types.ts'
import type { Measure } from '../units.ts'
import { outputAt } from './made-at.ts'
import { named } from './named.ts'
import type { SiteOutput } from './outputs.ts'
import type { SiteYear, SiteYears } from './site-year.ts'
import type { DividedTotal } from './splits.ts'

/** What taking from a site needs to know. */
export interface SiteSetting {
  readonly processes: ReadonlyMap<string, Process>
  readonly sites: SiteYears
}

/** What of a site is taken, before it is brought to one run. */
interface Taken {
  readonly quantity: Measure
  readonly working: readonly Working[]
  readonly estimated: boolean
  readonly apportioned: boolean
}

/**
 * The amount of a line that takes from a site.
 * @throws Problem `property-missing`, `unknown-site-data`, `site-total-of-another-product`, `line-ambiguous`.
 */
export function takenFromSite(line: ActivityLine, { processes, sites }: SiteSetting): LineAmount {
  refuseBeside(line)
  const process = processes.get(line.process ?? '')
  const made = process?.site
  if (process === undefined || made === undefined) throw madeNowhere(line.process)
  const site = sites.get(made.site) as SiteYear
  const product = site.products.get(made.product) as SiteOutput
  const { quantity, working, ...rest } = takenOf(line.fromSite as FromSite, site, product)
  const run = outputAt(process, product, '/process')
  const { value, unit } = quantity
  const amount = over(times(value, run), product.good.value)
  return {
    ...rest,
    quantity: { value: amount, unit },
    working: [
      ...working,
      { name: 'goodOutput', ...product.good, of: product.id },
      { name: 'outputOfRun', value: run, unit: product.good.unit },
    ],
    period: undefined,
  }
}

/** What would count the amount again, or hide a part of it. */
const idle = {
  period: 'The period is the site’s',
  apportion: 'Days are apportioned where the total is stated',
  estimate: 'An estimate is declared where the total is stated',
  attribution: 'A part that is taken off here would count nowhere; what else takes it stands in the split',
  partOf: 'Sub-meters stand among the totals of the site',
} as const satisfies Partial<Record<keyof ActivityLine, string>>

function refuseBeside(line: ActivityLine): void {
  for (const [member, why] of Object.entries(idle)) {
    if (line[member as keyof typeof idle] === undefined) continue
    const detail = `${why}; leave ${member} out of a line that takes from a site.`
    throw new Problem('line-ambiguous', detail, { pointer: `/${member}` })
  }
}

function madeNowhere(process = ''): Problem {
  const detail = `The process "${process.slice(0, 128)}" does not say what its output is at a site: state site and product under its member site.`
  return missing('/fromSite', detail)
}

function takenOf({ total, flow }: FromSite, site: SiteYear, product: SiteOutput): Taken {
  if (total !== undefined && flow === undefined) {
    const divided = named(site.totals, 'total', total, '/fromSite/total')
    return takenOfTotal(divided, product)
  }
  if (flow !== undefined && total === undefined) return takenOfFlow(flow, product)
  const detail = 'A line takes exactly one of total and flow of its site.'
  throw new Problem('line-ambiguous', detail, { pointer: '/fromSite' })
}

function takenOfTotal(divided: DividedTotal, product: SiteOutput): Taken {
  const { total } = divided
  const part = divided.byProduct.get(product.id)
  if (part === undefined) throw ofAnother(divided, product)
  const { unit, estimated, apportioned } = total
  return {
    quantity: { value: part.amount, unit },
    working: wayToPart(divided, part),
    estimated,
    apportioned,
  }
}

/** The total, what stands behind its meter, the key, and the part. */
function wayToPart({ total, key, keySum }: DividedTotal, part: SitePart): readonly Working[] {
  const { unit } = total
  const of = part.product as string
  const divisor =
    key === null || keySum === null || part.keyAmount === null
      ? []
      : [
          { name: 'keyAmount', value: part.keyAmount, unit: key.unit, of },
          { name: 'keySum', value: keySum, unit: key.unit, of: key.id },
        ]
  return [
    ...total.working,
    { name: 'siteTotal', value: total.measured, unit, of: total.id },
    ...total.subMeters.map(({ total: id, amount }) => ({ name: 'part', value: amount, unit, of: id })),
    ...divisor,
    { name: 'siteShare', value: part.share, unit: '1', of },
    { name: 'sitePart', value: part.amount, unit, of },
  ]
}

const flowNames: Readonly<Record<SiteFlow, string>> = { started: 'started', scrap: 'scrapLeft' }

function takenOfFlow(flow: SiteFlow, product: SiteOutput): Taken {
  const quantity = flow === 'started' ? product.started : product.scrapLeft
  if (quantity === null) {
    const detail = `The site does not say how much of "${product.id.slice(0, 128)}" was ${flow === 'scrap' ? 'scrap' : 'begun'}: state ${flow} there.`
    throw missing('/fromSite/flow', detail)
  }
  const working = [{ name: flowNames[flow], ...quantity, of: product.id }]
  return { quantity, working, estimated: false, apportioned: false }
}

function ofAnother({ total, parts }: DividedTotal, { id }: SiteOutput): Problem {
  const takers = parts.map(({ product, outside }) => product ?? outside).slice(0, 20)
  const detail = `Nothing of the total "${total.id.slice(0, 128)}" goes to "${id.slice(0, 128)}": its split names ${takers.map((taker) => `"${taker}"`).join(', ')}. Correct the split, or take the total on a line of the process that makes one of them.`
  return new Problem('site-total-of-another-product', detail, {
    pointer: '/fromSite/total',
    total: total.id.slice(0, 128),
    product: id.slice(0, 128),
    takers,
  })
}
