/**
 * Air pollutants that factors may state beside greenhouse gases, so that one activity yields both. A closed list: a name outside
 * it is refused, because `SO2` and `SOx`, or `PM10` and `TSP`, are different quantities and must not be added up by accident.
 */

import type { EmissionFactor } from './types.ts'

/** A flow that waits for the fuel's own sulphur content: kg SO2 per unit and per percent of sulphur by mass (AP-42). */
export const so2PerPercentSulphur = 'SO2-per-percent-sulphur'

/** Pollutants by name; each is kilograms of what the name says (`NOx` as NO2, `SOx` as SO2: EMEP/EEA Guidebook). */
export const pollutants = [
  'SO2',
  'SOx',
  'NOx',
  'CO',
  'NMVOC',
  'VOC',
  'NH3',
  'TSP',
  'PM10',
  'PM2.5',
  'PM-filterable',
  'PM-total',
  so2PerPercentSulphur,
] as const
export type Pollutant = (typeof pollutants)[number]

/**
 * Whether a factor states air pollutants and nothing else. Such a factor covers no greenhouse gas at all: it says nothing of the
 * activity's CO2, which is a gap and not a zero.
 */
export function statesPollutantsOnly({ flows }: Pick<EmissionFactor, 'flows'>): boolean {
  return flows.length > 0 && flows.every(({ kind }) => kind === 'pollutant')
}

/** Whether a name is of the list. */
export function isPollutant(name: string): name is Pollutant {
  return (pollutants as readonly string[]).includes(name)
}
