/**
 * Which of PACT's parts a gas of a line belongs to (Technical Specifications 3.0.3, properties of `CarbonFootprint`). PACT counts
 * HCFCs, CFCs and the like, which stand outside the seven groups and so outside this engine's total.
 */

import type { GasResult, LineResult, PactSums } from '../types.ts'

/** The parts that add up to the footprint without uptake. */
export const countingParts = [
  'fossilGhgEmissions',
  'landUseChangeGhgEmissions',
  'landManagementBiogenicCO2Emissions',
  'landManagementBiogenicCO2Removals',
  'technologicalCO2Removals',
  'ccsTechnologicalCO2Capture',
  'biogenicNonCO2Emissions',
] as const satisfies readonly (keyof PactSums)[]
export type CountingPart = (typeof countingParts)[number]

/** What of a line decides where its gases belong. */
export type Origin = Pick<LineResult, 'flowOrigin' | 'landUseChange'>

const partOfRemoval = {
  'land-management': 'landManagementBiogenicCO2Removals',
  'technological-removal': 'technologicalCO2Removals',
  'fossil-capture': 'ccsTechnologicalCO2Capture',
} as const

/** The counting part of a gas; null for what counts in none: uptake, biogenic CO2 of biomass, land-use change elsewhere, pollutants. */
export function countingPartOf({ kind, gas }: GasResult, line: Origin): CountingPart | null {
  switch (kind) {
    case 'fossil':
    case 'aircraft':
      return 'fossilGhgEmissions'
    case 'land-use-change':
      return isElsewhere(line) ? null : 'landUseChangeGhgEmissions'
    case 'biogenic':
      if (gas !== 'CO2') return 'biogenicNonCO2Emissions'
      return line.flowOrigin === 'land-management' ? 'landManagementBiogenicCO2Emissions' : null
    case 'removal':
      return partOfRemoval[line.flowOrigin ?? 'land-management']
    default:
      return null
  }
}

/** An indirect change of land use. */
export function isElsewhere({ landUseChange }: Origin): boolean {
  return landUseChange?.kind === 'indirect'
}

/** The terms of some gases of a line in PACT's footprint without uptake, kg CO2e. */
export function countingTerms(gases: readonly GasResult[], line: Origin): readonly number[] {
  return gases.filter((gas) => countingPartOf(gas, line) !== null).map(({ kgCo2e }) => kgCo2e ?? 0)
}
