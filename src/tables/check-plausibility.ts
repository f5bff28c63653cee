/**
 * The rule `plausibility`: a row is held against the band of its category and against its neighbours, the rows of the same
 * table, category and dimension. Most errors of magnitude that survive in published tables are a factor of 1000.
 */

import type { Flow, GwpBasis, GwpSet } from '../engine/types.ts'
import { convert, dimensionOf } from '../engine/units.ts'
import { weighedSum } from './arithmetic.ts'
import { factorCategories } from './categories.ts'
import type { PublishedFactor } from './format.ts'
import { type Band, bands, biogenicCo2Bands, neighbourLimit, withoutNeighbours } from './plausibility.ts'
import type { FactorColumn } from './read-factors.ts'

/** Where and why a row is not believed. */
export interface Doubt {
  readonly column: FactorColumn
  readonly message: string
}

/** One quantity of a row, per one of the category's own unit of that dimension; signs do not matter here. */
interface Measure {
  readonly of: string
  readonly size: number
  readonly unit: string
  readonly column: FactorColumn
  readonly band: Band | undefined
}

/**
 * Doubts by row. A zero is a true zero and is compared with nothing; a value that cannot be weighed is not compared either,
 * since another rule names it.
 */
export function plausibilityDoubts(
  factors: readonly PublishedFactor[],
  gwpSets: readonly GwpSet[],
): ReadonlyMap<PublishedFactor, Doubt> {
  const measured = factors.map((factor) => ({ factor, measures: measuresOf(factor, gwpSets) }))
  const neighbours = neighboursOf(measured)
  const doubts = measured.flatMap(({ factor, measures }) => {
    const [doubt] = measures.flatMap((measure) => doubtOf(factor, measure, neighbours) ?? [])
    return doubt === undefined ? [] : [[factor, doubt] as const]
  })
  return new Map(doubts)
}

type Neighbours = ReadonlyMap<string, readonly number[]>

/** Sorted sizes by category, dimension and quantity; what its own band stops already is no measure for others. */
function neighboursOf(
  measured: readonly { readonly factor: PublishedFactor; readonly measures: readonly Measure[] }[],
): Neighbours {
  const groups = new Map<string, number[]>()
  for (const { factor, measures } of measured) {
    for (const measure of measures.filter(isInBand)) {
      const key = groupOf(factor, measure)
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [measure.size])
      else group.push(measure.size)
    }
  }
  for (const group of groups.values()) group.sort((a, b) => a - b)
  return groups
}

function groupOf({ category }: PublishedFactor, { unit, of }: Measure): string {
  return `${category} ${unit} ${of}`
}

/** A row outside its band is not held against its neighbours too: the band has said it. */
function doubtOf(factor: PublishedFactor, measure: Measure, neighbours: Neighbours): Doubt | null {
  const reason = isInBand(measure)
    ? neighbourReason(factor, measure, neighbours)
    : bandReason(factor, measure)
  if (reason === null) return null
  const { size, of, unit, column } = measure
  return { column, message: `${printed(size)} kg ${of} per ${unit} lies ${reason}` }
}

function isInBand({ size, band }: Measure): boolean {
  return band === undefined || (size >= band[0] && size <= band[1])
}

function bandReason({ category }: PublishedFactor, { size, of, unit, band }: Measure): string | null {
  if (band === undefined) return null
  const [low, high] = band
  if (high === 0) return `in ${category}, where none is stated`
  const place = size < low ? `${printed(low / size)} × below` : `${printed(size / high)} × above`
  return `${place} the band of ${category}, ${low} to ${high} kg ${of} per ${unit}`
}

function neighbourReason(factor: PublishedFactor, measure: Measure, neighbours: Neighbours): string | null {
  if (withoutNeighbours.has(factor.category)) return null
  const group = neighbours.get(groupOf(factor, measure)) ?? []
  const median = medianWithout(group, measure.size)
  if (median === null) return null
  const ratio = measure.size > median ? measure.size / median : median / measure.size
  if (ratio < neighbourLimit) return null
  const place = measure.size > median ? 'above' : 'below'
  return `${printed(ratio)} × ${place} ${printed(median)}, the median of its ${group.length - 1} neighbour(s) in this table`
}

/** The median of a sorted list without one of its members; `null` where nothing else stands in it. */
function medianWithout(sorted: readonly number[], member: number): number | null {
  const count = sorted.length - 1
  if (count < 1) return null
  const at = placeOf(member, sorted)
  const other = (index: number) => sorted[index < at ? index : index + 1] as number
  return (other(Math.floor((count - 1) / 2)) + other(Math.floor(count / 2))) / 2
}

/** Where a member of a sorted list stands, by halving. */
function placeOf(member: number, sorted: readonly number[]): number {
  let [low, high] = [0, sorted.length - 1]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    if ((sorted[middle] as number) < member) low = middle + 1
    else high = middle
  }
  return low
}

/** Everything of a row that can be compared: its CO2e, its biogenic CO2, and each pollutant. */
function measuresOf(factor: PublishedFactor, gwpSets: readonly GwpSet[]): readonly Measure[] {
  const unit = categoryUnit(factor)
  if (unit === null) return []
  const perUnit = convert(1, unit, factor.unit)
  const measures = [
    co2eOf(factor, gwpSets, unit),
    ...factor.flows.flatMap((flow) => flowMeasure(factor, flow, unit)),
  ]
  return measures
    .map((measure) => ({ ...measure, size: Math.abs(measure.size) * perUnit }))
    .filter(({ size }) => Number.isFinite(size) && size !== 0)
}

/** The unit in which the category is measured, of the row's dimension; `null` where category or unit are faults already. */
function categoryUnit({ category, unit }: PublishedFactor): string | null {
  const units = Object.hasOwn(factorCategories, category) ? factorCategories[category]?.measuredIn : undefined
  try {
    const dimension = dimensionOf(unit)
    return units?.find((each) => dimensionOf(each) === dimension) ?? null
  } catch {
    return null
  }
}

function co2eOf(factor: PublishedFactor, gwpSets: readonly GwpSet[], unit: string): Measure {
  const set = gwpSets.find(({ basis }) => basis === weighingBasis(factor.gwpBasis))
  const sum = set === undefined ? null : weighedSum(withoutRemovals(factor), set)
  const size = typeof sum === 'number' ? sum : Number(factor.statedCo2eKg ?? 0)
  return { of: 'CO2e', size, unit, column: co2eColumn(factor), band: bandOf(bands, factor.category, unit) }
}

/** No total holds what is removed, so nothing else of the row may hide behind it; a row of removals alone is judged by them. */
function withoutRemovals(factor: PublishedFactor): PublishedFactor {
  const flows = factor.flows.filter(({ kind }) => kind !== 'removal')
  return flows.length === 0 ? factor : { ...factor, flows }
}

/** Rows that name no basis are weighed on AR5: between two bases no gas moves by as much as a band is wide. */
function weighingBasis(basis: GwpBasis): GwpSet['basis'] {
  return basis === 'not-stated' || basis === 'gas-masses' ? 'AR5' : basis
}

/** Where to look first: the stated sum, or the gas column that is filled. */
function co2eColumn({ statedCo2eKg, flows }: PublishedFactor): FactorColumn {
  if (statedCo2eKg !== null) return 'stated_co2e_kg'
  const columns = { CO2: 'co2_kg', CH4: 'ch4_kg', N2O: 'n2o_kg' } as const
  const first = flows.find(({ kind, gas }) => kind === 'fossil' && Object.hasOwn(columns, gas))
  return first === undefined ? 'other_flows' : columns[first.gas as keyof typeof columns]
}

function flowMeasure(
  { category }: PublishedFactor,
  { kind, gas, kg }: Flow,
  unit: string,
): readonly Measure[] {
  const size = Number(kg)
  if (kind === 'pollutant') return [{ of: gas, size, unit, column: 'other_flows', band: undefined }]
  if (kind !== 'biogenic' || gas !== 'CO2') return []
  const band = bandOf(biogenicCo2Bands, category, unit)
  return [{ of: 'biogenic CO2', size, unit, column: 'co2_biogenic_kg', band }]
}

function bandOf(
  of: Readonly<Record<string, Readonly<Record<string, Band>>>>,
  category: string,
  unit: string,
): Band | undefined {
  return of[category]?.[unit]
}

/** A number as people compare it. */
function printed(value: number): string {
  return String(Number(value.toPrecision(4)))
}
