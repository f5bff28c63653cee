/**
 * Where the flows of a weighed line belong beyond their kind, whatever weighed it: a removal always says how it came about, a
 * change of land use elsewhere stays outside every total, and what is said of flows that the line does not have is refused.
 */

import { Problem } from '../../problem.ts'
import { missing, outOfRange } from '../line-properties.ts'
import { listed } from '../names.ts'
import type { ActivityLine, GasResult } from '../types.ts'
import { flowOrigins, landUseChangeKinds } from './carbon-types.ts'

/**
 * The gases of a line of a product system, with an indirect change of land use shown apart.
 * @throws Problem `property-missing` for a removal without an origin, `line-ambiguous` for an origin, or a change of land use, that
 * none of the gases has.
 */
export function placedGases(line: ActivityLine, gases: readonly GasResult[]): readonly GasResult[] {
  checkOrigin(line, gases)
  const { landUseChange } = line
  if (landUseChange === undefined) return gases
  if (!landUseChangeKinds.includes(landUseChange.kind))
    throw outOfRange('/landUseChange/kind', `A change of land use is ${listed(landUseChangeKinds)}.`)
  if (!gases.some(({ kind }) => kind === 'land-use-change')) {
    const detail = 'Nothing of this line comes from a change of land use: leave landUseChange out.'
    throw new Problem('line-ambiguous', detail, { pointer: '/landUseChange' })
  }
  if (landUseChange.kind === 'direct') return gases
  return gases.map((gas) => (gas.kind === 'land-use-change' ? { ...gas, inTotal: false } : gas))
}

function checkOrigin({ flowOrigin }: ActivityLine, gases: readonly GasResult[]): void {
  if (flowOrigin !== undefined && !flowOrigins.includes(flowOrigin))
    throw outOfRange('/flowOrigin', `An origin of a flow is one of ${listed(flowOrigins)}.`)
  const removes = gases.some(({ kind }) => kind === 'removal')
  if (removes && flowOrigin === undefined) {
    const detail = `A removal says under flowOrigin how it came about: ${listed(flowOrigins)}.`
    throw missing('/flowOrigin', detail)
  }
  if (flowOrigin === undefined || removes) return
  if (flowOrigin === 'land-management' && gases.some(isOfLand)) return
  const what =
    flowOrigin === 'land-management'
      ? 'fossil emissions, biogenic CO2 and removals belong to the management of land'
      : 'removals are of this origin'
  const detail = `Nothing of this line has the origin ${flowOrigin}: only ${what}. Leave flowOrigin out.`
  throw new Problem('line-ambiguous', detail, { pointer: '/flowOrigin' })
}

/** What the management of land lets go, and PACT shows apart: fossil gases, and biogenic CO2. */
function isOfLand({ kind, gas }: GasResult): boolean {
  return kind === 'fossil' || (kind === 'biogenic' && gas === 'CO2')
}
