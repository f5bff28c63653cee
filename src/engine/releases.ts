/**
 * From a factor's flows to what is let go: amount × kg per unit, with methane's kind by the source of emission and a
 * pollutant's sulphur by the fuel burnt. Of a factor that stands beside another, only the flows that are named.
 */

import { Problem } from '../problem.ts'
import { times } from './arithmetic.ts'
import { parseDecimal } from './decimal.ts'
import { gasBySource, isStated, type Release } from './gwp.ts'
import { type LineProperty, outOfRange } from './line-properties.ts'
import { listed } from './names.ts'
import { so2PerPercentSulphur, statesPollutantsOnly } from './pollutants.ts'
import { at } from './refusals.ts'
import type { ActivityLine, EmissionFactor, Flow, Gas, Working } from './types.ts'

/** What a factor's flows let go, and how they were found where it is more than one product. */
export interface Releases {
  readonly releases: readonly Release[]
  readonly working: readonly Working[]
  readonly uses: readonly LineProperty[]
}

/**
 * amount × kg of each flow; `SO2-per-percent-sulphur` also × the line's sulphur content, and comes out as SO2.
 * @throws Problem `property-missing`, `property-out-of-range`, `invalid-number`.
 */
export function releasesOf(
  flows: readonly Flow[],
  factor: EmissionFactor,
  amount: number,
  line: ActivityLine,
): Releases {
  const sulphur = flows.some(waitsForSulphur) ? sulphurOf(line, factor) : undefined
  const releases = flows.map((flow): Release => {
    const kg = times(amount, parseDecimal(flow.kg))
    if (sulphur !== undefined && waitsForSulphur(flow))
      return { kind: 'pollutant', gas: 'SO2', kg: times(kg, sulphur) }
    return { kind: flow.kind, gas: gasBySource(flow, factor), kg }
  })
  if (sulphur === undefined) return { releases, working: [], uses: [] }
  return { releases, working: [{ name: 'sulphur', value: sulphur, unit: '%' }], uses: ['sulphurPercent'] }
}

/**
 * Refuses a factor of pollutants alone: a line that it weighed would come to 0 kg CO2e, a gap that looks like a zero.
 * @throws Problem `no-greenhouse-gas`.
 */
export function requireGreenhouseGas(factor: EmissionFactor): void {
  if (!statesPollutantsOnly(factor)) return
  const detail = `Factor "${factor.id}" states pollutants and no greenhouse gas; name it under beside, next to one that states the gases.`
  throw new Problem('no-greenhouse-gas', detail, { factor: factor.id })
}

/** Whether a factor states each of these gases as a mass. */
export function statesEach({ flows }: EmissionFactor, gases: readonly Gas[]): boolean {
  return gases.every((gas) => !isStated(gas) && flows.some((flow) => flow.gas === gas))
}

/**
 * The flows of the gases named, of every kind the factor has of them.
 * @throws Problem `gas-not-stated`, with what the factor does state.
 */
export function flowsTaken(factor: EmissionFactor, gases: readonly Gas[]): readonly Flow[] {
  for (const gas of gases) requireStated(factor, gas)
  return factor.flows.filter(({ gas }) => gases.includes(gas))
}

function requireStated(factor: EmissionFactor, gas: Gas): void {
  if (statesEach(factor, [gas])) return
  const stated = [...new Set(factor.flows.map((flow) => flow.gas))].filter((name) => !isStated(name))
  const named = gas.slice(0, 64)
  const detail = isStated(gas)
    ? `${named} is a sum that factor "${factor.id}" cannot be taken apart from; name gases it states by mass.`
    : `Factor "${factor.id}" states no mass of ${named}; ${stated.length > 0 ? `it states ${listed(stated)}` : 'it states none of any gas'}.`
  throw new Problem('gas-not-stated', detail, { gas: named, factor: factor.id, stated })
}

function waitsForSulphur({ kind, gas }: Flow): boolean {
  return kind === 'pollutant' && gas === so2PerPercentSulphur
}

function sulphurOf({ sulphurPercent }: ActivityLine, factor: EmissionFactor): number {
  if (sulphurPercent === undefined) {
    const detail = `Factor "${factor.id}" states SO2 per percent of sulphur in the fuel: state sulphurPercent, percent by mass, e.g. "0.8".`
    throw new Problem('property-missing', detail, { pointer: '/sulphurPercent' })
  }
  const percent = at('/sulphurPercent', () => parseDecimal(sulphurPercent))
  if (percent >= 0 && percent <= 100) return percent
  throw outOfRange('/sulphurPercent', 'A sulphur content is from 0 to 100 percent by mass.')
}
