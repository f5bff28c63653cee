/** Where a line stands in a product system: the process and product it is an input of, and the product of the system it takes. */

import { Problem } from '../../problem.ts'
import { checkMaterialLine } from '../end-of-life/material-line.ts'
import type { ActivityLine, Process } from '../types.ts'
import type { Frame } from '../weigh-line.ts'
import { unknownProcess } from './offer-refusals.ts'
import type { Offer, Offers } from './offers.ts'

/** What only a line of a product system says. */
const members = [
  'process',
  'forProduct',
  'from',
  'fromProduct',
  'to',
  'toProduct',
  'fromSite',
  'circular',
  'recycledContent',
  'flowKind',
  'flowOrigin',
  'landUseChange',
  'dataSource',
  'instrument',
] as const satisfies readonly (keyof ActivityLine)[]

/**
 * What the line takes of another process; null where it takes nothing.
 * @throws Problem `property-missing`, `unknown-process`, `product-not-offered`, `property-unused`.
 */
export function placedMaker(line: ActivityLine, { processes, offers, endOfLife }: Frame): Offer | null {
  const { process: name, forProduct } = line
  if (name === undefined) {
    throw new Problem('property-missing', 'A line of a product system names the process it is an input of.', {
      pointer: '/process',
    })
  }
  const process = processes.get(name)
  if (process === undefined) throw unknownProcess(name, '/process')
  const made = names(line, 'from') ? offerOf(line, 'from', offers) : null
  const treated = names(line, 'to') ? offerOf(line, 'to', offers) : null
  if (forProduct !== undefined) checkProduct(process, forProduct, offers)
  checkMaterialLine(line, process.stage, endOfLife)
  return made ?? treated
}

function checkProduct({ id, allocation }: Process, product: string, offers: Offers): void {
  if (allocation?.by !== 'subdivision') throw notSubdivided(id)
  offers.find({ process: id, product }, { process: '/process', product: '/forProduct' })
}

/** Whether a line names another process, by the process or by the product alone: one that makes its input, or treats its waste. */
export function names(line: ActivityLine, way: 'from' | 'to'): boolean {
  return line[way] !== undefined || line[`${way}Product`] !== undefined
}

/** What a line takes of another process: an input made there, or the treatment of a waste that goes there. */
function offerOf(line: ActivityLine, way: 'from' | 'to', offers: Offers): Offer {
  const wanted = { process: line[way], product: line[`${way}Product`], treats: way === 'to' }
  return offers.find(wanted, { process: `/${way}`, product: `/${way}Product` })
}

/** @throws Problem `line-ambiguous` for a line of an inventory that names a place in a product system. */
export function refusePlace(line: ActivityLine): void {
  const given = members.find((member) => line[member] !== undefined)
  if (given === undefined) return
  const why =
    given === 'instrument'
      ? 'Instruments of an inventory cover all electricity that they fit, under marketBased'
      : 'An inventory has no processes'
  throw new Problem('line-ambiguous', `${why}: leave out ${given}.`, { pointer: `/${given}` })
}

function notSubdivided(process: string): Problem {
  const detail = `Process "${process.slice(0, 128)}" is not subdivided, so that its lines are for all of its products: leave out forProduct, or allocate by subdivision.`
  return new Problem('property-unused', detail, { pointer: '/forProduct' })
}
