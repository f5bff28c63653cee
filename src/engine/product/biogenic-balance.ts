/**
 * Carbon that biomass took from the air is let go again or held: uptake = biogenic CO2 + CH4 × 44 ÷ 16 + content × 44 ÷ 12, all as
 * CO2, up to the gate. Where it is not, some flow is missing, counted twice, or shared out among products as carbon is not.
 *
 * The carbon of soils (flows of land management) and of changes of land use is no biomass of the product and stays out.
 */

import { over, times } from '../arithmetic.ts'
import { exactSum } from '../exact-sum.ts'
import { isStated, substanceOf } from '../gwp.ts'
import type {
  BalanceState,
  BiogenicBalance,
  CarbonHeld,
  Gas,
  GasResult,
  LineResult,
  ProductInput,
} from '../types.ts'
import { beforeGate } from './gate.ts'

/** What the difference may be, as a part of the larger side: two digits of rounding. */
export const balanceTolerance = '0.01'

/** kg CO2 with the carbon of 1 kg, as a fraction. */
const co2Per: Readonly<Record<Gas, readonly [number, number]>> = { CO2: [1, 1], CH4: [44, 16] }

/** Biogenic carbon up to the gate, as kg CO2. */
export interface BiogenicFlows {
  /** Negative; null where no line states one. */
  readonly takenUp: number | null
  readonly released: number
  /** Whether something is stated as CO2e only. */
  readonly isSummed: boolean
  readonly lines: readonly LineResult[]
}

/** What lines before the gate take up and let go of biogenic carbon. */
export function biogenicFlowsOf(lines: readonly LineResult[]): BiogenicFlows {
  const own = beforeGate(lines).filter((line) => line.gases.some((gas) => isBiogenic(gas, line)))
  const gases = own.flatMap((line) => line.gases.filter((gas) => isBiogenic(gas, line)))
  const uptakes = gases.filter(({ kind }) => kind === 'biogenic-uptake')
  const releases = gases.filter(({ kind }) => kind === 'biogenic')
  return {
    takenUp: uptakes.length === 0 ? null : exactSum(uptakes.map(({ kg, kgCo2e }) => kg ?? kgCo2e ?? 0)),
    released: exactSum(releases.map(asCo2)),
    isSummed: releases.some(({ gas }) => isStated(gas)),
    lines: own,
  }
}

function isBiogenic({ kind }: GasResult, { flowOrigin }: LineResult): boolean {
  return kind === 'biogenic-uptake' || (kind === 'biogenic' && flowOrigin !== 'land-management')
}

/** The carbon of a gas as CO2; gases without carbon, and sums, have none that is known. */
function asCo2({ gas, kg }: GasResult): number {
  const [to, from] = co2Per[substanceOf(gas)] ?? [0, 1]
  return kg === null || to === 0 ? 0 : over(times(kg, to), from)
}

/** The balance of a product system; null where there is nothing to weigh up. */
export function biogenicBalanceOf(
  { boundary }: ProductInput,
  { takenUp, released, isSummed }: BiogenicFlows,
  content: CarbonHeld | null,
): BiogenicBalance | null {
  const held = content && heldAsCo2(content)
  const isNothing = takenUp === null && released === 0 && !isSummed && !held
  if (boundary === 'gate-to-gate' || isNothing) return null
  const difference = takenUp === null || held === null ? null : exactSum([takenUp, released, held])
  return {
    state: stateOf({ takenUp, released, isSummed, held, difference }),
    takenUpKgCo2: takenUp,
    releasedKgCo2: released,
    heldKgCo2: held,
    differenceKgCo2: difference,
    tolerance: balanceTolerance,
  }
}

function heldAsCo2({ biogenicKgC, packagingBiogenicKgC }: CarbonHeld): number {
  return over(times(exactSum([biogenicKgC, packagingBiogenicKgC ?? 0]), 44), 12)
}

interface Sides extends Omit<BiogenicFlows, 'lines'> {
  readonly held: number | null
  readonly difference: number | null
}

function stateOf({ takenUp, released, isSummed, held, difference }: Sides): BalanceState {
  if (takenUp === null) return 'uptake-not-stated'
  if (held === null || difference === null) return 'content-not-stated'
  if (isSummed) return 'not-by-mass'
  const larger = Math.max(Math.abs(takenUp), released + held)
  return Math.abs(difference) <= Number(balanceTolerance) * larger ? 'balanced' : 'not-balanced'
}
