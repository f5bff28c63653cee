/**
 * Groups of gases as inventories name them (GB/T 32150, the Kyoto basket). A document shows groups and never gases: the mass of a
 * single refrigerant is an activity amount. `CO2e` is what a source summed up already and nobody can take apart.
 */

import { statedCo2e, substanceOf } from './gwp.ts'
import type { Gas } from './types.ts'

/** In the order in which they are shown. */
export const gasGroups = ['CO2', 'CH4', 'N2O', 'HFCs', 'PFCs', 'SF6', 'NF3', 'CO2e'] as const
export type GasGroup = (typeof gasGroups)[number]

const own: ReadonlyMap<Gas, GasGroup> = new Map(
  (['CO2', 'CH4', 'N2O', 'SF6', 'NF3', statedCo2e] as const).map((gas) => [gas, gas]),
)
/** CF4, C2F6, c-C4F8: carbon and fluorine alone. */
const perfluorocarbon = /^(?:c-)?C[0-9]*F[0-9]+$/

/**
 * The group of a gas that counts in a total.
 * @throws RangeError for a gas of none of the seven groups: it cannot count.
 */
export function gasGroupOf(gas: Gas): GasGroup {
  const group = own.get(substanceOf(gas))
  if (group !== undefined) return group
  if (gas.startsWith('HFC-')) return 'HFCs'
  if (perfluorocarbon.test(gas)) return 'PFCs'
  throw new RangeError(`"${gas}" is of none of the seven groups of greenhouse gases`)
}
