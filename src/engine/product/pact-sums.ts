/** A product's footprint as PACT Technical Specifications 3 sum it up: cradle to gate, each part by itself, and two totals of them. */

import { exactSum } from '../exact-sum.ts'
import type { CarbonHeld, GasResult, LineResult, PactSums } from '../types.ts'
import { type BiogenicFlows, balanceTolerance } from './biogenic-balance.ts'
import { beforeGate, stagesBeforeGate } from './gate.ts'
import { broughtBy, intensitiesOf } from './intensities.ts'
import { countingPartOf, countingParts, countingTerms, isElsewhere } from './pact-parts.ts'
import type { SolvedProduct } from './solve-product.ts'

/** A gas with the line it belongs to. */
interface Flow {
  readonly gas: GasResult
  readonly line: LineResult
}

/**
 * The sums; null for a system that does not reach back to the cradle.
 * @param content what the product holds of carbon, where that is stated.
 */
export function pactSumsOf(
  solved: SolvedProduct,
  lines: readonly LineResult[],
  biogenic: BiogenicFlows,
  content: CarbonHeld | null,
): PactSums | null {
  const { boundary } = solved.input
  if (boundary === 'gate-to-gate') return null
  const flows = beforeGate(lines).flatMap((line) => line.gases.map((gas): Flow => ({ gas, line })))
  const parts = countedParts(flows)
  const excluding = exactSum(Object.values(parts).map((part) => part ?? 0))
  const uptake = uptakeOf(biogenic)
  return {
    stages: stagesBeforeGate,
    pcfExcludingBiogenicUptake: excluding,
    pcfIncludingBiogenicUptake: exactSum([excluding, uptake ?? 0]),
    ...parts,
    ...shownBeside(flows),
    biogenicCO2Uptake: uptake,
    ...packagingOf(solved, beforeGate(lines)),
    ...contentOf(content),
  }
}

type Parts = Pick<PactSums, (typeof countingParts)[number]>

function countedParts(flows: readonly Flow[]): Parts {
  const parts = countingParts.map((part) => [
    part,
    sumOf(flows, ({ gas, line }) => countingPartOf(gas, line) === part),
  ])
  const counted = Object.fromEntries(parts) as Record<keyof Parts, number | null>
  return { ...counted, fossilGhgEmissions: counted.fossilGhgEmissions ?? 0 }
}

/** Parts of parts, and what stands in no sum. */
function shownBeside(flows: readonly Flow[]) {
  const stores = flows.some(
    ({ line: { flowOrigin } }) => flowOrigin !== undefined && flowOrigin !== 'land-management',
  )
  return {
    landCarbonLeakage: sumOf(flows, ({ gas, line }) => gas.kind === 'land-use-change' && isElsewhere(line)),
    landManagementFossilGhgEmissions: sumOf(
      flows,
      ({ gas, line }) => gas.kind === 'fossil' && line.flowOrigin === 'land-management',
    ),
    aircraftGhgEmissions: sumOf(flows, ({ gas }) => gas.kind === 'aircraft'),
    ccsTechnologicalCO2CaptureIncluded: stores,
  }
}

/** Null where nothing is of this sort: a gap, and no zero. */
function sumOf(flows: readonly Flow[], isMeant: (flow: Flow) => boolean): number | null {
  const terms = flows.filter((flow) => isMeant(flow) && flow.gas.kgCo2e !== null)
  return terms.length === 0 ? null : exactSum(terms.map(({ gas }) => gas.kgCo2e as number))
}

/**
 * What stays in the product of what was taken up; nothing where as much was let go, to the tolerance of the balance. Where more was,
 * some uptake is not stated, and a finding says so.
 */
function uptakeOf({ takenUp, released }: BiogenicFlows): number | null {
  if (takenUp === null) return null
  const left = exactSum([takenUp, released])
  if (left <= 0) return left
  return left <= Number(balanceTolerance) * released ? 0 : null
}

/** Lines of packaging with everything that leads to them. */
function packagingOf(solved: SolvedProduct, lines: readonly LineResult[]) {
  const packaging = lines.filter(({ category }) => category === 'packaging')
  if (packaging.length === 0) return { packagingEmissionsIncluded: false, packagingGhgEmissions: null }
  const own = packaging.flatMap((line) => countingTerms(line.gases, line))
  const brought = broughtTo(solved, new Set(packaging.map(({ id }) => id)))
  return { packagingEmissionsIncluded: true, packagingGhgEmissions: exactSum([...own, ...brought]) }
}

/** What processes of the system bring to some lines. */
function broughtTo(solved: SolvedProduct, ids: ReadonlySet<string>): readonly number[] {
  const isMeant = solved.network.lines.map(
    ({ maker }, place) => maker !== null && ids.has(solved.placed[place]?.line.id ?? ''),
  )
  if (!isMeant.includes(true)) return []
  const own = solved.placed.map(({ gases, line }) => exactSum(countingTerms(gases, line)))
  return broughtBy(solved, intensitiesOf(solved, own)).filter((_, place) => isMeant[place])
}

function contentOf(content: CarbonHeld | null) {
  return {
    fossilCarbonContent: content?.fossilKgC ?? null,
    biogenicCarbonContent: content?.biogenicKgC ?? null,
    recycledCarbonContent: content?.recycledKgC ?? null,
    packagingBiogenicCarbonContent: content?.packagingBiogenicKgC ?? null,
    productMassPerDeclaredUnit: content?.productMassKg ?? null,
  }
}
