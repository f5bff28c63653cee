/**
 * Transmission is counted once. Some electricity factors hold grid losses and equipment already (the Chinese national
 * life-cycle average does, the ones by generation type do not); adding a transmission factor to those counts them twice.
 */

import { Problem, type ProblemFacts } from '../problem.ts'
import { electricityCategories, transmissionFamily } from './categories.ts'
import { exactSum } from './exact-sum.ts'
import type { Refusals } from './refusals.ts'
import { convert, dimensionOf } from './units.ts'
import type { WeighedLine } from './weigh-line.ts'

/** Sums of the same readings in other units may differ by roundings; a real excess does not hide in a billionth. */
const rounding = 1 + 1e-9

/**
 * Refuses transmission, at one facility or process, for more electricity than has a factor without it, once any of that
 * place's electricity has a factor that holds it.
 */
export function checkTransmission(lines: readonly WeighedLine[], refusals: Refusals): void {
  const electric = lines.filter((line) => isElectricity(line) || isTransmission(line))
  for (const place of Map.groupBy(electric, placeKey).values()) refusals.attempt(() => checkPlace(place))
}

function checkPlace(lines: readonly WeighedLine[]): void {
  const electricity = lines.filter(isElectricity)
  const transmission = lines.filter(isTransmission)
  const holding = electricity.filter(({ includesTransmission }) => includesTransmission)
  const [first] = transmission
  if (!first || holding.length === 0) return
  const without = electricity.filter(({ includesTransmission }) => !includesTransmission)
  if (kilowattHours(transmission) <= kilowattHours(without) * rounding) return
  const factors = [...new Set(holding.map(({ factor }) => factor?.id))]
  throw countedTwice(first, `electricity factor ${factors.join(', ')}`, { factors })
}

/** The refusal of a line of transmission, because of what holds it already. */
export function countedTwice(
  { index, line, maker }: WeighedLine,
  holding: string,
  facts: ProblemFacts,
): Problem {
  const detail = `The ${holding} holds transmission already; leave out this line, or keep it to the electricity whose factor lacks it.`
  const pointer = `/lines/${index}/${maker === null ? 'factor' : 'from'}`
  return new Problem('transmission-counted-twice', detail, { pointer, lineId: line.id, ...facts })
}

function isElectricity({ line }: WeighedLine): boolean {
  return electricityCategories.includes(line.category)
}

/** Transmission of electricity; the family also holds the distribution of heat. */
export function isTransmission({ factor, factorCategory }: WeighedLine): boolean {
  return factor?.family === transmissionFamily && !factorCategory?.startsWith('heat')
}

function kilowattHours(lines: readonly WeighedLine[]): number {
  const energies = lines.filter(({ activity }) => dimensionOf(activity.unit) === 'energy')
  return exactSum(energies.map(({ activity }) => convert(activity.amount, activity.unit, 'kWh')))
}

function placeKey({ line }: WeighedLine): string {
  return JSON.stringify([line.facility, line.process])
}
