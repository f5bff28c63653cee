/** What the output of a process is at a site: named there, and in a unit that can be brought to the good output's. */

import { readMeasure } from '../line-properties.ts'
import { Refusals } from '../refusals.ts'
import type { Process, UnitCode } from '../types.ts'
import type { Measure } from '../units.ts'
import { named } from './named.ts'
import { inUnit, type SiteOutput } from './outputs.ts'
import type { SiteYears } from './site-year.ts'

/**
 * Refuses processes that are made nowhere, or measured in something else.
 * @throws Problem `unknown-site-data`, `incompatible-dimension`, `property-missing`; the others in `others`.
 */
export function checkMadeAt(processes: readonly Process[], sites: SiteYears): void {
  const refusals = new Refusals()
  processes.forEach((process, index) => {
    refusals.attempt(() => checkProcess(process, sites, `/processes/${index}`))
  })
  refusals.throwIfAny()
}

function checkProcess(process: Process, sites: SiteYears, pointer: string): void {
  if (process.site === undefined) return
  const site = named(sites, 'site', process.site.site, `${pointer}/site/site`)
  const product = named(site.products, 'product', process.site.product, `${pointer}/site/product`)
  outputAt(process, product, pointer)
}

/** What was made of a process's output at its site, in a unit; null where it is made at none. The process has been checked. */
export function goodOutputOf({ site }: Process, unit: UnitCode, sites: SiteYears): Measure | null {
  const output = site && sites.get(site.site)?.products.get(site.product)
  if (output === undefined) return null
  const { good, massPerPiece, pointer } = output
  return { value: inUnit(unit, good, massPerPiece, `${pointer}/good/unit`, pointer), unit }
}

/** The output of one run, in the unit of the good output. @param pointer where the process stands. */
export function outputAt({ output }: Process, product: SiteOutput, pointer: string): number {
  const { good, massPerPiece } = product
  const made = readMeasure(output, `${pointer}/output`)
  return inUnit(good.unit, made, massPerPiece, `${pointer}/output/unit`, product.pointer)
}
