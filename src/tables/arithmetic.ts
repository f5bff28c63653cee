/**
 * The arithmetic a table must agree with: gas masses against the CO2e a source states, fuel properties against the factor
 * derived from them. Most errors of magnitude in published tables fall out here. Weighing is the engine's own, so that what
 * is checked at the door is what a calculation does.
 */

import { exactSum } from '../engine/exact-sum.ts'
import { characterize, gasBySource } from '../engine/gwp.ts'
import type { Decimal, EmissionFactor, Flow, FuelProperties, GasResult, GwpSet } from '../engine/types.ts'
import { convert, dimensionOf } from '../engine/units.ts'
import { isProblem } from '../problem.ts'

/** Carbon to carbon dioxide by mass, as IPCC and GB/T 32150 have it. */
const co2PerCarbon = 44 / 12

/**
 * Σ gas mass × GWP of a row, kg CO2e per unit: everything that a stated CO2e holds, so without biogenic CO2 and uptake.
 * A gas the set has no value for makes the sum unknown.
 */
export function weighedSum(factor: EmissionFactor, gwpSet: GwpSet): number | { readonly missing: string } {
  const terms: number[] = []
  for (const flow of factor.flows.filter(isInStatedSum)) {
    const weighed = weigh(flow, factor, gwpSet)
    if (weighed === null) return { missing: flow.gas }
    terms.push(weighed)
  }
  return exactSum(terms)
}

/** Whether a CO2e that a source states holds a flow. */
export function isInStatedSum({ kind, gas }: Flow): boolean {
  return kind !== 'biogenic-uptake' && kind !== 'pollutant' && !(kind === 'biogenic' && gas === 'CO2')
}

/** kg CO2e of a flow; null where the set has no value for it. */
function weigh(flow: Flow, factor: EmissionFactor, gwpSet: GwpSet): number | null {
  try {
    return weightOf(weighFlow(flow, factor, gwpSet))
  } catch (error) {
    if (isProblem(error) && error.code === 'gwp-missing') return null
    throw error
  }
}

/**
 * A flow of one unit weighed with a set, by the engine: one result, of a blend one for each of its gases.
 *
 * @throws Problem as `characterize` does.
 */
export function weighFlow(flow: Flow, factor: EmissionFactor, gwpSet: GwpSet): readonly GasResult[] {
  const { kind, kg } = flow
  return characterize({ kind, gas: gasBySource(flow, factor), kg: Number(kg) }, gwpSet)
}

/** kg CO2e of all results together; null where one of them has no weight, which is no zero. */
export function weightOf(results: readonly GasResult[]): number | null {
  const terms = results.flatMap(({ kgCo2e }) => kgCo2e ?? [])
  return terms.length === results.length ? exactSum(terms) : null
}

/**
 * How far a sum may lie from the stated value, kg: half a step for the stated value and for each part, if the source
 * rounds to a known step; else half a unit of the stated value's last digit.
 */
export function sumTolerance(factor: EmissionFactor, rounding: Decimal | null): number {
  const parts = factor.flows.filter(isInStatedSum).length
  const slack = Math.abs(Number(factor.statedCo2eKg)) * 1e-12
  if (rounding === null) return halfLastDigit(factor.statedCo2eKg ?? '0') + slack
  return (Number(rounding) / 2) * (parts + 1) + slack
}

/** Half a unit of the last printed digit: `2.154` → 0.0005. */
export function halfLastDigit(decimal: Decimal): number {
  const [digits = '', exponent = '0'] = decimal.toLowerCase().split('e')
  const places = digits.split('.')[1]?.length ?? 0
  return 0.5 * 10 ** (Number(exponent) - places)
}

/**
 * kg CO2 per unit of fuel: heating value × carbon content × oxidation × 44/12 (IPCC 2006 Vol. 2 Ch. 1; GB/T 32150).
 *
 * @param unit the factor's unit, a mass where the heating value is per mass, else a volume.
 */
export function derivedCo2(fuel: FuelProperties, unit: string): number {
  const { netCalorificValue: heating, carbonContent: carbon } = fuel
  const isPerMass = dimensionOf(heating.unit) === 'energy/mass'
  const gigajoules = convert(Number(heating.amount), heating.unit, isPerMass ? 'GJ/t' : 'GJ/m3')
  const amount = convert(1, unit, isPerMass ? 't' : 'm3')
  const kilogramsPerGigajoule = convert(Number(carbon.amount), carbon.unit, 'tC/TJ') * co2PerCarbon
  return amount * gigajoules * kilogramsPerGigajoule * Number(fuel.oxidation)
}
