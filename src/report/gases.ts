/** What a gas of a result is for a report: biogenic CO2, a removal, or outside the seven groups. */

import { type GasGroup, gasGroups } from '../engine/gas-groups.ts'
import { kindCounts } from '../engine/gwp.ts'
import type { Decimal, GasResult } from '../engine/types.ts'

type Gas = GasResult<Decimal>

export function isBiogenicCo2({ kind, gas }: Gas): boolean {
  return kind === 'biogenic' && gas === 'CO2'
}

export function isRemoval({ kind }: Gas): boolean {
  return kind === 'removal' || kind === 'biogenic-uptake'
}

/** A greenhouse gas whose kind counts, but which is of none of the seven groups. */
export function isOutsideGroups(gas: Gas): boolean {
  return !gas.inTotal && kindCounts(gas)
}

/** The seven groups always; the sum that nobody can take apart only where there is one. */
export function shownGroups(present: ReadonlyMap<GasGroup, unknown>): readonly GasGroup[] {
  return gasGroups.filter((group) => group !== 'CO2e' || present.has(group))
}
