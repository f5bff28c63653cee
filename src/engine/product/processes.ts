/** The processes of a product system, checked before any line: ids, products, stages within the boundary, and the reference. */

import { Problem } from '../../problem.ts'
import { checkNewId } from '../names.ts'
import { Refusals } from '../refusals.ts'
import type { Process, ProductInput } from '../types.ts'
import { checkProducts } from './check-products.ts'
import type { ProductNetwork } from './network.ts'
import { type Offer, Offers } from './offers.ts'
import { stagesWithin } from './stages.ts'
import { checkUnit, requireReference } from './unit.ts'

/** As many as the largest background databases have. */
export const mostProcesses = 20_000

/** Processes that are checked, by id, and what can be had of them. */
export interface CheckedProcesses {
  readonly processes: ReadonlyMap<string, Process>
  readonly offers: Offers
}

/** The processes, each checked, and all of them together. */
export function checkProcesses(input: ProductInput): CheckedProcesses {
  if (input.processes.length > mostProcesses) {
    const detail = `A product system has at most ${mostProcesses} processes; this one has ${input.processes.length}.`
    throw new Problem('too-many-items', detail, { pointer: '/processes', limit: mostProcesses })
  }
  const refusals = new Refusals()
  const seen = new Set<string>()
  input.processes.forEach((process, index) => {
    refusals.attempt(() => checkNewId(process.id, seen, `/processes/${index}/id`))
    refusals.attempt(() => checkProducts(process, index))
    refusals.attempt(() => checkStage(process, input, `/processes/${index}`))
  })
  refusals.throwIfAny()
  const offers = new Offers(input.processes)
  refusals.attempt(() => checkKeys(offers))
  refusals.attempt(() => checkReference(input, offers))
  refusals.throwIfAny()
  return { processes: new Map(input.processes.map((process) => [process.id, process])), offers }
}

function checkStage({ stage }: Process, { boundary }: ProductInput, pointer: string): void {
  const stages = stagesWithin[boundary]
  if (stages.includes(stage)) return
  const detail = `The stage ${stage} lies outside the boundary ${boundary}, which holds ${stages.join(', ')}; widen the boundary or leave the process out.`
  throw new Problem('property-out-of-range', detail, { pointer: `${pointer}/stage`, stage, boundary })
}

/** Nodes are told apart by their keys: a process called `a/b` must not pass for product `b` of process `a`. */
function checkKeys({ all }: Offers): void {
  const seen = new Set<string>()
  for (const { key, pointer } of all) checkNewId(key, seen, pointer)
}

function checkReference(input: ProductInput, offers: Offers): void {
  checkUnit(input)
  requireReference(input, referenceOffer(input, offers))
}

/**
 * The product that the declared unit is of.
 * @throws Problem `unknown-process`, `product-not-offered`, `property-missing`.
 */
export function referenceOffer({ referenceProcess, referenceProduct }: ProductInput, offers: Offers): Offer {
  const members = { process: '/referenceProcess', product: '/referenceProduct' }
  return offers.find({ process: referenceProcess, product: referenceProduct }, members)
}

/** Every process must state something: one of which no line says anything would count for nothing, which is a gap and no zero. */
export function checkStated({ processes, lines }: ProductInput): void {
  const stated = new Set(lines.map(({ process }) => process))
  const refusals = new Refusals()
  processes.forEach(({ id, meanOf }, index) => {
    if (meanOf === undefined && !stated.has(id)) refusals.attempt(() => refuseEmpty(id, index))
  })
  refusals.throwIfAny()
}

function refuseEmpty(id: string, index: number): never {
  const detail = `No line is of process "${id.slice(0, 128)}", so that it would count for nothing: add what goes into it and what it gives off, or, where that is known to be nothing, a line with an amount of 0 whose description says why.`
  throw new Problem('process-empty', detail, { pointer: `/processes/${index}`, process: id })
}

/** Every process must feed the declared unit, directly or through others: what does not would silently count for nothing. */
export function checkConnected({ processes, referenceProcess }: ProductInput, network: ProductNetwork): void {
  const { nodes, links } = network
  const takers = Map.groupBy(links, ({ taker }) => nodes[taker]?.process)
  const reached = new Set<string | undefined>([referenceProcess])
  for (const process of reached)
    for (const { maker } of takers.get(process) ?? []) reached.add(nodes[maker]?.process)
  const apart = processes.filter(({ id }) => !reached.has(id)).map(({ id }) => id)
  if (apart.length === 0) return
  const pointer = `/processes/${processes.findIndex(({ id }) => id === apart[0])}`
  const detail = `Nothing that leads to the declared unit takes from process "${apart[0]}", or gives it waste to treat; add the line that does, or leave the process out.`
  throw new Problem('unconnected-process', detail, { pointer, processes: apart.slice(0, 20) })
}
