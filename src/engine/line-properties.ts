/**
 * The properties of a line that lead from its amount to what its factor is per, and how values are read off a line. Each
 * property is named by its place in the line; one that no factor of the line needs is refused, because it would be a setting
 * that is stored and never used.
 */

import { Problem } from '../problem.ts'
import { parseDecimal } from './decimal.ts'
import { at } from './refusals.ts'
import type { ActivityLine, Decimal, Quantity, UnitCode, Working } from './types.ts'
import { dimensionOf, incompatible, type Measure, unitOf } from './units.ts'

/** An amount in the unit asked for, with the properties that brought it there. */
export interface Activity {
  readonly amount: number
  readonly unit: UnitCode
  readonly working: readonly Working[]
  /** The properties of the line that it took. */
  readonly uses: readonly LineProperty[]
}

/** Every property that something may need, with what a refusal calls it. */
const wordsOf = {
  distance: 'distance',
  density: 'density',
  enthalpy: 'enthalpy',
  netCalorificValue: 'net calorific value',
  sulphurPercent: 'sulphur content',
  'fuel/netCalorificValue': 'net calorific value',
  'transport/payload': 'payload',
  'transport/loadFactor': 'load factor',
  'transport/emptyReturn': 'empty running',
  'transport/distanceBasis': 'distance basis',
  'transport/distanceAdjustment': 'distance adjustment',
  'spend/year': 'year of the prices',
  'spend/priceIndex': 'price index',
  'spend/exchangeRate': 'exchange rate',
  'spend/source': 'source of an index or rate',
  coefficientOfPerformance: 'coefficient of performance',
} as const satisfies Readonly<Record<string, string>>

export type LineProperty = keyof typeof wordsOf

/** Why a property leads nowhere, where the units do not tell. */
const reasons: Readonly<Partial<Record<LineProperty, string>>> = {
  'transport/emptyReturn': 'a factor per mass or passenger and distance holds its empty running',
  'transport/payload': 'it tells vehicles from a mass, for a factor per vehicle and distance',
  'transport/loadFactor': 'it tells vehicles from a mass, for a factor per vehicle and distance',
  'spend/priceIndex': 'the prices are those of the factor’s year',
  'spend/exchangeRate': 'the factor is in the same currency',
  'spend/source': 'no index and no rate is applied',
  coefficientOfPerformance: 'it tells the electricity of purchased cooling, for a factor of electricity',
}

/**
 * Refuses a property that no factor of the line needed.
 * @param unit what the line is weighed per.
 * @throws Problem `line-ambiguous`.
 */
export function refuseUnused(line: ActivityLine, uses: readonly LineProperty[], unit: UnitCode): void {
  if (!Object.keys(line).some((member) => heads.has(member))) return
  const idle = places.find(({ property, place }) => !uses.includes(property) && isGiven(line, place))
  if (idle !== undefined) throw unused(idle.property, unit)
}

const places = (Object.keys(wordsOf) as LineProperty[]).map((property) => ({
  property,
  place: property.split('/'),
}))

/** Members of a line under which all properties stand; most lines have none of them. */
const heads: ReadonlySet<string | undefined> = new Set(places.map(({ place }) => place[0]))

function isGiven(line: ActivityLine, place: readonly string[]): boolean {
  return place.reduce<unknown>(memberOf, line) !== undefined
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined
}

/** The refusal of a property that leads nowhere. */
export function unused(property: LineProperty, unit: UnitCode): Problem {
  const reason = reasons[property] === undefined ? '' : `, and ${reasons[property]}`
  const way = isPerWay(property, unit)
    ? `State the ${unit} driven as the amount, or take a factor per t.km or vehicle.km`
    : 'Leave it out, or correct the units'
  const detail = `The ${wordsOf[property]} leads nowhere: the amount is weighed per ${unit}${reason}. ${way}.`
  return new Problem('line-ambiguous', detail, { pointer: `/${property}`, neededUnit: unit })
}

/** A factor per kilometre of one vehicle, as of UK freight, takes no mass and no distance beside it. */
function isPerWay(property: LineProperty, unit: UnitCode): boolean {
  return (property === 'distance' || property.startsWith('transport/')) && dimensionOf(unit) === 'length'
}

/**
 * Reads a quantity: its number strictly, its unit by code.
 * @throws Problem `invalid-number`, `unknown-unit`, with a pointer below `pointer`.
 */
export function readMeasure(quantity: Quantity, pointer: string): Measure {
  const value = readNumber(quantity.amount, `${pointer}/amount`)
  return { value, unit: at(`${pointer}/unit`, () => unitOf(quantity.unit).code) }
}

/** @throws Problem `invalid-number` at the pointer. */
export function readNumber(text: Decimal, pointer: string): number {
  return at(pointer, () => parseDecimal(text))
}

/**
 * Reads an amount of something that there cannot be less than none of.
 * @throws Problem `invalid-number`, `negative-amount`.
 */
export function readNotNegative(text: Decimal, pointer: string, what: string): number {
  const value = readNumber(text, pointer)
  if (value >= 0) return value
  throw new Problem('negative-amount', `${what} is never less than nothing; it is ${text}.`, {
    pointer,
    given: text,
  })
}

/**
 * Reads a number of which there must be some.
 * @throws Problem `invalid-number`, `property-out-of-range`.
 */
export function readPositive(text: Decimal, pointer: string, what: string): number {
  const value = readNumber(text, pointer)
  if (value > 0) return value
  throw outOfRange(pointer, `${what} is greater than zero.`)
}

/**
 * Reads a share over 0 and up to 1.
 * @throws Problem `invalid-number`, `property-out-of-range`.
 */
export function readShare(text: Decimal, pointer: string, what: string): number {
  const value = readNumber(text, pointer)
  if (value > 0 && value <= 1) return value
  throw outOfRange(pointer, `${what} is a share over 0 and up to 1, such as "0.35"; "${text}" is not.`)
}

/** The ways in which a line can say how much; exactly one of them is given. */
export const amountWays = [
  'quantity',
  'meter',
  'stock',
  'gasBalance',
  'leakage',
  'parameter',
  'fromSite',
] as const
export type AmountWay = (typeof amountWays)[number]

/** Where a line says how much. */
export function amountPointer(line: ActivityLine): string {
  if (line.use !== undefined) return '/use/consumption'
  return `/${amountWays.find((way) => line[way] !== undefined) ?? 'quantity'}`
}

/** Where the unit of a line's amount stands; what is taken from a site has its unit there. */
export function unitPointer(line: ActivityLine): string {
  return line.fromSite === undefined ? `${amountPointer(line)}/unit` : '/fromSite'
}

/** @throws Problem `incompatible-dimension` at the measure's unit. */
export function requireDimension(
  pointer: string,
  given: Measure,
  dimension: string,
  example: UnitCode,
): void {
  requireUnit(`${pointer}/unit`, given, dimension, example)
}

/** @throws Problem `incompatible-dimension` at the pointer. */
export function requireUnit(pointer: string, given: Measure, dimension: string, example: UnitCode): void {
  const unit = unitOf(given.unit)
  if (unit.dimension !== dimension) throw incompatible(unit, { code: example, dimension }).with({ pointer })
}

/** The refusal of a property that nothing can be. */
export function outOfRange(pointer: string, detail: string): Problem {
  return new Problem('property-out-of-range', detail, { pointer })
}

/** The refusal of a way that lacks something. */
export function missing(pointer: string, detail: string): Problem {
  return new Problem('property-missing', detail, { pointer })
}
