/**
 * What becomes of a site's year: everything stated counts somewhere, and nothing counts twice. A meter that no line takes would look
 * to a verifier as if it were in the result.
 */

import { Problem } from '../../problem.ts'
import { atLine, type Refusals } from '../refusals.ts'
import type { ActivityLine, Process, SiteKey, SiteSplit } from '../types.ts'
import type { WeighedLine } from '../weigh-line.ts'
import type { SiteYear, SiteYears } from './site-year.ts'

/** What a line takes of which site, for which product. */
interface Taking {
  readonly weighed: Pick<WeighedLine, 'index' | 'line'>
  readonly key: string
}

/**
 * Refuses what is taken twice, and what nobody takes. The lines have been weighed.
 * @throws nothing: what is wrong goes to the refusals.
 */
export function checkSiteUse(
  sites: SiteYears,
  processes: readonly Process[],
  placed: readonly Pick<WeighedLine, 'index' | 'line'>[],
  refusals: Refusals,
): void {
  if (sites.size === 0) return
  const byId = new Map(processes.map((process) => [process.id, process]))
  const takings = placed.flatMap((weighed) => takingOf(weighed, byId.get(weighed.line.process as string)))
  checkTwice(takings, refusals)
  const taken = new Set(takings.map(({ key }) => key))
  const made = new Set(processes.flatMap(({ site }) => (site ? [keyOf(site.site, site.product)] : [])))
  for (const site of sites.values()) checkSite(site, { taken, made }, refusals)
}

function keyOf(...names: readonly string[]): string {
  return JSON.stringify(names)
}

function takingOf(weighed: Taking['weighed'], process: Process | undefined): readonly Taking[] {
  const { fromSite } = weighed.line
  if (fromSite === undefined || process?.site === undefined) return []
  const { site, product } = process.site
  return [{ weighed, key: keyOf(site, product, fromSite.total ?? `/${fromSite.flow}`) }]
}

/** One total may be burnt on one line and supplied on another; two lines of one category count it twice. */
function checkTwice(takings: readonly Taking[], refusals: Refusals): void {
  const seen = new Map<string, ActivityLine>()
  for (const { weighed, key } of takings) {
    const { index, line } = weighed
    const once = keyOf(key, line.category)
    const first = seen.get(once)
    if (first === undefined) seen.set(once, line)
    else refusals.attempt(() => atLine(index, line, () => refuseTwice(line, first)))
  }
}

function refuseTwice({ category, fromSite }: ActivityLine, first: ActivityLine): never {
  const what = (fromSite?.total ?? fromSite?.flow ?? '').slice(0, 128)
  const detail = `The line "${first.id.slice(0, 128)}" takes "${what}" for the same product as ${category} already; state what each line takes as a total of its own.`
  throw new Problem('site-total-used-twice', detail, { pointer: '/fromSite', first: first.id.slice(0, 128) })
}

interface Uses {
  readonly taken: ReadonlySet<string>
  /** Products that a process of the system makes. */
  readonly made: ReadonlySet<string>
}

function checkSite(site: SiteYear, { taken, made }: Uses, refusals: Refusals): void {
  const { data, pointer } = site
  const isMade = (product: string) => made.has(keyOf(data.id, product))
  if (!data.products.some(({ id }) => isMade(id))) {
    const detail = `No process is made at the site "${data.id.slice(0, 128)}": name it under a process’s site, or leave it out.`
    refusals.attempt(() => refuseUnused(pointer, detail))
    return
  }
  for (const { total, parts } of site.totals.values()) {
    for (const { product, amount } of parts) {
      if (product === null || amount === 0 || !isMade(product)) continue
      if (taken.has(keyOf(data.id, product, total.id))) continue
      const detail = `${amount} ${total.unit} of "${total.id.slice(0, 128)}" go to "${product.slice(0, 128)}", and no line takes them: add the line, or say under outside what else takes them.`
      refusals.attempt(() => refuseUnused(total.pointer, detail))
    }
  }
  checkLists(site, isMade, refusals)
}

/** Products and keys that no split looks at. */
function checkLists(
  { data, pointer }: SiteYear,
  isMade: (product: string) => boolean,
  refusals: Refusals,
): void {
  const shared = new Set(data.splits.flatMap(({ products }) => products))
  data.products.forEach(({ id }, index) => {
    if (shared.has(id) || isMade(id)) return
    const detail = `The product "${id.slice(0, 128)}" takes nothing of the site, and no process makes it; leave it out, or say what it takes.`
    refusals.attempt(() => refuseUnused(`${pointer}/products/${index}`, detail))
  })
  data.keys.forEach((key, index) => {
    checkKey(key, data.splits, `${pointer}/keys/${index}`, refusals)
  })
}

function checkKey(
  { id, amounts = [] }: SiteKey,
  splits: readonly SiteSplit[],
  pointer: string,
  refusals: Refusals,
): void {
  const byIt = splits.filter(({ key }) => key === id)
  if (byIt.length === 0) {
    const detail = `Nothing is divided by the key "${id.slice(0, 128)}"; leave it out.`
    refusals.attempt(() => refuseUnused(pointer, detail))
  }
  const takers = new Set(byIt.flatMap(({ products }) => products))
  amounts.forEach(({ product }, index) => {
    if (byIt.length === 0 || takers.has(product)) return
    const detail = `The key "${id.slice(0, 128)}" has an amount for "${product.slice(0, 128)}", and no split by it names that product: a part of the whole would be missing.`
    refusals.attempt(() => refuseUnused(`${pointer}/amounts/${index}`, detail))
  })
}

function refuseUnused(pointer: string, detail: string): never {
  throw new Problem('site-data-unused', detail, { pointer })
}
