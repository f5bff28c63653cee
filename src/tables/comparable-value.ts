/**
 * The one number by which two rows are compared. Like is held against like: CO2e stated on one basis, else gases weighed with
 * one named GWP set, else the mass of a gas. Where nothing is alike there is no number, and no zero in its place.
 */

import { formatDecimal } from '../engine/decimal.ts'
import { isStated } from '../engine/gwp.ts'
import type { Decimal, EmissionFactor, GwpSet } from '../engine/types.ts'
import { convert, dimensionOf } from '../engine/units.ts'
import { isInStatedSum, weighedSum } from './arithmetic.ts'
import type { PublishedFactor } from './format.ts'

/** What a compared number is. */
export const comparedValues = ['stated-co2e', 'weighed-co2e', 'gas-mass', 'none'] as const
export type ComparedValue = (typeof comparedValues)[number]

/** Two rows' values, kg per one `unit`; null where a side has none that can be held against the other. */
export interface ComparedPair {
  readonly from: Decimal | null
  readonly to: Decimal | null
  readonly of: ComparedValue
  /** `AR5` or `not-stated` of a stated CO2e, the GWP set of a weighed one (`ipcc-ar6 2021`), kind and gas of a mass (`biogenic CO2`). */
  readonly basis: string | null
  readonly unit: string
}

/** How many of the older unit one newer unit is; null where they measure different things. */
export function olderPerNewer(older: string, newer: string): number | null {
  return dimensionOf(older) === dimensionOf(newer) ? convert(1, newer, older) : null
}

/** An amount per older unit, per newer unit; its own text where the unit stays. */
export function perNewerUnit(kg: Decimal, ratio: number): Decimal {
  return ratio === 1 ? kg : formatDecimal(Number((Number(kg) * ratio).toPrecision(15)))
}

/** The values of a row in two versions, by the first way that both can be told. */
export function comparePair(older: PublishedFactor, newer: PublishedFactor, set: GwpSet): ComparedPair {
  const ratio = olderPerNewer(older.unit, newer.unit)
  const { unit } = newer
  if (ratio === null) return { from: null, to: null, of: 'none', basis: null, unit }
  const found = statedPair(older, newer) ?? weighedPair(older, newer, set) ?? massPair(older, newer, ratio)
  if (found === null) return { from: null, to: null, of: 'none', basis: null, unit }
  return { ...found, from: perNewerUnit(found.from, ratio), unit }
}

/** The value of a row that has no counterpart, by the same ways. */
export function valueAlone(row: PublishedFactor, set: GwpSet): ComparedPair {
  return comparePair(row, row, set)
}

/** (to − from) ÷ |from|; null where a side has no value, and from zero, since nothing is a multiple of it. */
export function relativeChange({ from, to }: Pick<ComparedPair, 'from' | 'to'>): number | null {
  if (from === null || to === null) return null
  const [before, after] = [Number(from), Number(to)]
  if (before === after) return 0
  return before === 0 ? null : (after - before) / Math.abs(before)
}

/** Whether the sums of two rows are of the same gases: neither states one that the other declares as not covered. */
export function coverAlike(a: EmissionFactor, b: EmissionFactor): boolean {
  const lacks = ({ gasesNotCovered }: EmissionFactor, { flows }: EmissionFactor) =>
    flows.some(({ kind, gas }) => kind !== 'pollutant' && gasesNotCovered.includes(gas))
  return !lacks(a, b) && !lacks(b, a)
}

interface Found {
  readonly from: Decimal
  readonly to: Decimal
  readonly of: ComparedValue
  readonly basis: string
}

function statedPair(older: PublishedFactor, newer: PublishedFactor): Found | null {
  const [from, to] = [older.statedCo2eKg, newer.statedCo2eKg]
  if (from === null || to === null || older.gwpBasis !== newer.gwpBasis) return null
  return { from, to, of: 'stated-co2e', basis: newer.gwpBasis }
}

function weighedPair(older: PublishedFactor, newer: PublishedFactor, set: GwpSet): Found | null {
  if (!coverAlike(older, newer)) return null
  const [from, to] = [weighed(older, set), weighed(newer, set)]
  return from === null || to === null
    ? null
    : { from, to, of: 'weighed-co2e', basis: `${set.id} ${set.version}` }
}

/** Σ mass × GWP; null where a CO2e of unknown parts is in it, a gas has no GWP, or nothing in it counts. */
function weighed(row: PublishedFactor, set: GwpSet): Decimal | null {
  if (!row.flows.some(isInStatedSum) || row.flows.some(({ gas }) => isStated(gas))) return null
  const sum = weighedSum(row, set)
  return typeof sum === 'number' ? formatDecimal(sum) : null
}

/** The mass that moved most, where both rows state the same gases; the first by name where several moved alike. */
function massPair(older: PublishedFactor, newer: PublishedFactor, ratio: number): Found | null {
  const [before, after] = [massesOf(older), massesOf(newer)]
  const names = [...before.keys()].sort()
  if (names.length === 0 || names.length !== after.size || !names.every((name) => after.has(name)))
    return null
  const pairs = names.map((basis): Found => {
    return { from: before.get(basis) as Decimal, to: after.get(basis) as Decimal, of: 'gas-mass', basis }
  })
  const moved = ({ from, to }: Found) =>
    Math.abs(relativeChange({ from: perNewerUnit(from, ratio), to }) ?? Number.POSITIVE_INFINITY)
  return pairs.reduce((most, pair) => (moved(pair) > moved(most) ? pair : most))
}

function massesOf({ flows }: PublishedFactor): ReadonlyMap<string, Decimal> {
  return new Map(
    flows.filter(({ gas }) => !isStated(gas)).map(({ kind, gas, kg }) => [`${kind} ${gas}`, kg] as const),
  )
}
