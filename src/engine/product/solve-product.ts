/**
 * A product system up to its solution: lines weighed, network built, runs known. The result is assembled from it, and so is
 * every analysis of where the result comes from.
 */

import { times } from '../arithmetic.ts'
import { type HeldMaterial, heldMaterials } from '../end-of-life/circular-result.ts'
import { checkCreditedProducts, checkCredits } from '../end-of-life/credits.ts'
import { readEndOfLife } from '../end-of-life/materials.ts'
import { exactSum } from '../exact-sum.ts'
import { checkTogether, frameOf, weighLines } from '../frame.ts'
import { inOrder } from '../names.ts'
import type { PreparedNetwork } from '../network/network.ts'
import { Refusals } from '../refusals.ts'
import { checkMadeAt } from '../site/made-at.ts'
import { siteYears } from '../site/site-year.ts'
import { checkSiteUse } from '../site/use.ts'
import type { CalculationContext, Process, ProductInput } from '../types.ts'
import type { Frame, WeighedLine } from '../weigh-line.ts'
import { allocationOf } from './allocate.ts'
import type { AllocationResult } from './allocation-types.ts'
import { checkMethod } from './check-method.ts'
import type { CoveredElectricity } from './contract-types.ts'
import { checkContracts, coveredElectricity } from './covered.ts'
import { checkGrid } from './grid.ts'
import { type Mean, meansOf } from './means.ts'
import { networkOf, type ProductNetwork } from './network.ts'
import type { Offers } from './offers.ts'
import { parametersOf } from './parameters.ts'
import { placeOf, placesOf } from './place-and-time.ts'
import { checkConnected, checkProcesses, checkStated } from './processes.ts'
import { preparedOf, runsOf } from './runs.ts'
import { suppliesOf } from './supplies.ts'

/** A product system with everything its result needs. */
export interface SolvedProduct {
  readonly input: ProductInput
  readonly frame: Frame
  readonly processes: ReadonlyMap<string, Process>
  /** The lines for one run of their process each, in their order. */
  readonly placed: readonly WeighedLine[]
  /** Of the processes that make several products, in the order of ids. */
  readonly allocations: readonly AllocationResult[]
  /** Of the processes that are means of plants, in the order of ids. */
  readonly means: readonly Mean[]
  readonly network: ProductNetwork
  /** The network’s equations: other demands, the other way, other numbers. */
  readonly prepared: PreparedNetwork
  /** How often each node runs per declared unit, in the order of the nodes. */
  readonly runs: readonly number[]
  /** How often each line counts per declared unit: Σ share × runs over the nodes it serves. */
  readonly scaling: readonly number[]
  /** The materials of the end of life with their lines. */
  readonly materials: readonly HeldMaterial[]
  /** What instruments cover; null where the calculation states none. */
  readonly covered: CoveredElectricity | null
  /** Lines of electricity whose way through the grid nothing adds, by id. */
  readonly lackTransmission: readonly string[]
}

/**
 * A product system, solved.
 * @throws Problem the first refusal, with the others in `others`.
 */
export function solveProduct(input: ProductInput, context: CalculationContext): SolvedProduct {
  const { processes, offers } = checkProcesses(input)
  const parameters = parametersOf(input.parameters ?? [], input.lines)
  const endOfLife = readEndOfLife(input)
  const sites = siteYears(input)
  checkMadeAt(input.processes, sites)
  const places = placesOf(input.processes)
  const own = { processes, offers, places, parameters, endOfLife, sites }
  const frame = withSupplies(frameOf(input, context, { ...own, supplies: new Map() }), input)
  const placed = weighLines(frame)
  const refusals = new Refusals()
  refusals.attempt(() => checkStated(input))
  checkTogether(placed, (line) => [placeOf(line, frame).reporting], refusals)
  checkContracts(input, frame, placed, refusals)
  const lackTransmission = checkGrid(input, placed, refusals)
  checkMethod(input, placed, refusals)
  checkCredits(endOfLife, placed, processes, refusals)
  checkSiteUse(sites, input.processes, placed, refusals)
  checkCreditedProducts(endOfLife, input, refusals)
  refusals.throwIfAny()
  const allocations = allocationsOf(input, offers)
  const means = meansOf(input.processes, { offers, sites })
  const network = networkOf({ input, offers, allocations, means, placed })
  checkConnected(input, network)
  const prepared = preparedOf(network)
  const runs = runsOf(prepared, network, input)
  const scaling = scalingOf(network, runs)
  const materials = heldMaterials(endOfLife, placed, scaling)
  const covered = coveredElectricity(input, frame, placed, scaling)
  const solution = { network, prepared, runs, scaling, materials, covered, lackTransmission }
  return { input, frame, processes, placed, allocations, means, ...solution }
}

function withSupplies(frame: Frame, input: ProductInput): Frame {
  return { ...frame, supplies: suppliesOf(input, frame) }
}

/** How each process that makes several products shares its burden, in the order of ids. */
function allocationsOf({ processes, lines }: ProductInput, offers: Offers): readonly AllocationResult[] {
  const linesOf = Map.groupBy(lines, ({ process }) => process)
  const refusals = new Refusals()
  const found = processes.map((process, index) =>
    refusals.attempt(() => allocationOf(process, index, { lines: linesOf.get(process.id) ?? [], offers })),
  )
  refusals.throwIfAny()
  return found.flatMap((allocation) => allocation ?? []).sort((a, b) => inOrder(a.process, b.process))
}

/** Σ share × runs over the nodes that each line serves. */
export function scalingOf({ lines }: ProductNetwork, runs: readonly number[]): readonly number[] {
  return lines.map(({ serves }) =>
    exactSum(serves.map(({ node, share }) => times(share, runs[node] as number))),
  )
}
