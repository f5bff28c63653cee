/**
 * From the amount a line states to the unit its factor is per. Usually one conversion; a volume becomes a mass only with a
 * density, a mass a transport only with a distance, tonnes of steam become heat only with their enthalpy, and a fuel becomes
 * net energy only with its calorific value. A property that nothing needs is refused: it would be a setting that is stored
 * and never used.
 */

import { Problem } from '../problem.ts'
import { over, times } from './arithmetic.ts'
import { parseDecimal } from './decimal.ts'
import { at } from './refusals.ts'
import type { ActivityLine, Quantity, UnitCode, Working } from './types.ts'
import { convert, dimensionOf, incompatible, type Measure, productIn, quotientIn, unitOf } from './units.ts'

/** Enthalpy of water at 20 °C, deducted from the steam's in the Chinese sector guidelines' steam formula; kJ/kg. */
export const feedWaterEnthalpy = 83.74

/** An amount in the unit asked for, with the properties that brought it there. */
export interface Activity {
  readonly amount: number
  readonly unit: UnitCode
  readonly working: readonly Working[]
  /** The properties of the line that it took. */
  readonly uses: readonly LineProperty[]
}

/** The properties of a line that lead from its amount to a mass of something; each is refused where nothing needs it. */
export const lineProperties = [
  'distance',
  'density',
  'enthalpy',
  'netCalorificValue',
  'sulphurPercent',
  'fuel/netCalorificValue',
] as const
export type LineProperty = (typeof lineProperties)[number]

/** What factors per net calorific energy are per. */
export const netEnergy = 'net calorific energy'

/**
 * Reads a quantity: its number strictly, its unit by code.
 * @throws Problem `invalid-number`, `unknown-unit`, with a pointer below `pointer`.
 */
export function readMeasure(quantity: Quantity, pointer: string): Measure {
  const value = at(`${pointer}/amount`, () => parseDecimal(quantity.amount))
  return { value, unit: at(`${pointer}/unit`, () => unitOf(quantity.unit).code) }
}

/**
 * The dimensions a line's amount can be brought to; a selector takes only factors that are per one of them. What a property
 * leads to stands alone, because the property must be needed; with factors beside, any of them may need it.
 * @throws Problem as `bringTo` does for a property whose unit is no use.
 */
export function reachableDimensions(line: ActivityLine, quantity: Measure): readonly string[] {
  const dimension = dimensionOf(quantity.unit)
  const bridge = bridgeOf(line)
  const across = bridge === undefined ? dimension : leadsTo(bridge, dimension)
  const burnt = line.netCalorificValue === undefined ? across : netEnergy
  return line.beside === undefined ? [burnt] : [...new Set([dimension, across, burnt])]
}

function leadsTo(bridge: Bridge, dimension: string): string {
  if (bridge === 'distance') return `${dimension}·length`
  if (bridge === 'enthalpy') return 'energy'
  return dimension === 'mass' ? 'volume' : 'mass'
}

/**
 * Brings a line's amount to a unit.
 * @throws Problem `incompatible-dimension`, `density-missing`, `property-missing`, `property-out-of-range`; `line-ambiguous`
 * for a property the unit leaves no use for, unless another factor of the line may need it.
 */
export function bringTo(unit: UnitCode, line: ActivityLine, quantity: Measure): Activity {
  const bridge = bridgeOf(line)
  const isSame = dimensionOf(quantity.unit) === dimensionOf(unit)
  if (isSame && (bridge === undefined || line.beside !== undefined)) return converted(unit, quantity)
  if (line.netCalorificValue !== undefined && dimensionOf(unit) === netEnergy) {
    return netEnergyOf(unit, line, quantity, line.netCalorificValue)
  }
  if (bridge === 'distance') return overDistance(unit, quantity, line.distance as Quantity)
  if (bridge === 'enthalpy') return heatOfSteam(unit, quantity, line.enthalpy as Quantity)
  if (bridge === 'density') return throughDensity(unit, quantity, line.density as Quantity)
  const refusal = missingBridge(unit, quantity)
  if (refusal) throw refusal
  return converted(unit, quantity)
}

/**
 * Refuses a property that no factor of the line needed.
 * @param unit what the line is weighed per.
 * @throws Problem `line-ambiguous`.
 */
export function refuseUnused(line: ActivityLine, uses: readonly LineProperty[], unit: UnitCode): void {
  const given = lineProperties.filter((property) => isGiven(line, property))
  const idle = given.find((property) => !uses.includes(property))
  if (idle !== undefined) throw unused(`/${idle}`, wordsOf[idle], unit)
}

function isGiven(line: ActivityLine, property: LineProperty): boolean {
  if (property === 'fuel/netCalorificValue') return line.fuel?.netCalorificValue !== undefined
  return line[property] !== undefined
}

const wordsOf: Readonly<Record<LineProperty, string>> = {
  distance: 'distance',
  density: 'density',
  enthalpy: 'enthalpy',
  netCalorificValue: 'net calorific value',
  sulphurPercent: 'sulphur content',
  'fuel/netCalorificValue': 'net calorific value',
}

function converted(unit: UnitCode, quantity: Measure): Activity {
  const amount = at('/quantity/unit', () => convert(quantity.value, quantity.unit, unit))
  return { amount, unit, working: [], uses: [] }
}

/** amount [mass or volume, through the density where the value is per the other] × net calorific value. */
function netEnergyOf(unit: UnitCode, line: ActivityLine, quantity: Measure, given: Quantity): Activity {
  const value = readMeasure(given, '/netCalorificValue')
  if (value.value <= 0)
    throw outOfRange('/netCalorificValue/amount', 'A net calorific value is greater than zero.')
  const dimension = dimensionOf(value.unit)
  if (dimension !== 'energy/mass' && dimension !== 'energy/volume')
    requireDimension('/netCalorificValue', value, 'energy/mass or energy/volume', 'GJ/t')
  const per = value.unit.split('/')[1] as UnitCode
  const burnt = bringTo(per, { ...line, netCalorificValue: undefined }, quantity)
  const gigajoules = productIn('GJ', { value: burnt.amount, unit: per }, value)
  const working = [
    ...burnt.working,
    { name: 'netCalorificValue', ...value },
    { name: 'energy', value: gigajoules, unit: 'GJ{NCV}' },
  ]
  const uses: readonly LineProperty[] = [...burnt.uses, 'netCalorificValue']
  return { amount: convert(gigajoules, 'GJ{NCV}', unit), unit, working, uses }
}

type Bridge = 'distance' | 'enthalpy' | 'density'

const bridges: readonly Bridge[] = ['distance', 'enthalpy', 'density']

function bridgeOf(line: ActivityLine): Bridge | undefined {
  const given = bridges.filter((bridge) => line[bridge] !== undefined)
  if (given.length < 2) return given[0]
  const detail = `A line uses one of ${given.join(', ')}; split it, or convert the amount beforehand.`
  throw new Problem('line-ambiguous', detail, { given })
}

/** Mass (or passengers) × distance. */
function overDistance(unit: UnitCode, quantity: Measure, given: Quantity): Activity {
  const distance = readMeasure(given, '/distance')
  requireDimension('/distance', distance, 'length', 'km')
  if (distance.value < 0) throw outOfRange('/distance/amount', 'A distance is not negative.')
  const dimension = `${dimensionOf(quantity.unit)}·length`
  if (dimensionOf(unit) !== dimension) throw unused('/distance', 'distance', unit)
  const amount = productIn(unit, quantity, distance)
  return { amount, unit, working: [{ name: 'distance', ...distance }], uses: ['distance'] }
}

/** (enthalpy − 83.74 kJ/kg) × mass: t × kJ/kg is MJ. */
function heatOfSteam(unit: UnitCode, quantity: Measure, given: Quantity): Activity {
  const stated = readMeasure(given, '/enthalpy')
  requireDimension('/enthalpy', stated, 'energy/mass', 'kJ/kg')
  requireDimension('/quantity', quantity, 'mass', 't')
  if (dimensionOf(unit) !== 'energy') throw unused('/enthalpy', 'enthalpy', unit)
  const enthalpy = convert(stated.value, stated.unit, 'kJ/kg')
  if (enthalpy <= feedWaterEnthalpy) {
    throw outOfRange('/enthalpy/amount', `Steam holds more than its feed water's ${feedWaterEnthalpy} kJ/kg.`)
  }
  const tonnes = convert(quantity.value, quantity.unit, 't')
  const energy = over(times(tonnes, enthalpy - feedWaterEnthalpy), 1000)
  const working = [
    { name: 'enthalpy', value: enthalpy, unit: 'kJ/kg' },
    { name: 'feedWaterEnthalpy', value: feedWaterEnthalpy, unit: 'kJ/kg' },
    { name: 'heat', value: energy, unit: 'GJ' },
  ]
  return { amount: convert(energy, 'GJ', unit), unit, working, uses: ['enthalpy'] }
}

/** Volume × density, or mass ÷ density. */
function throughDensity(unit: UnitCode, quantity: Measure, given: Quantity): Activity {
  const density = readMeasure(given, '/density')
  requireDimension('/density', density, 'mass/volume', 'kg/m3')
  if (density.value <= 0) throw outOfRange('/density/amount', 'A density is greater than zero.')
  const way = `${dimensionOf(quantity.unit)} to ${dimensionOf(unit)}`
  const working = [{ name: 'density', ...density }]
  const uses = ['density'] as const
  if (way === 'volume to mass') return { amount: productIn(unit, quantity, density), unit, working, uses }
  if (way === 'mass to volume') return { amount: quotientIn(unit, quantity, density), unit, working, uses }
  throw unused('/density', 'density', unit)
}

/** What would lead from one dimension to the other, where the line lacks it. */
function missingBridge(unit: UnitCode, quantity: Measure): Problem | undefined {
  const [given, needed] = [dimensionOf(quantity.unit), dimensionOf(unit)]
  const facts = { unit: quantity.unit, neededUnit: unit }
  if ((given === 'volume' && needed === 'mass') || (given === 'mass' && needed === 'volume')) {
    const detail = `The amount is in ${quantity.unit} but is weighed per ${unit}: state the density, e.g. {"amount":"0.84","unit":"kg/L"}.`
    return new Problem('density-missing', detail, { ...facts, pointer: '/density' })
  }
  if (given === 'mass' && needed === 'energy') {
    const detail = `The amount is in ${quantity.unit} but is weighed per ${unit}: state the steam's enthalpy in kJ/kg, or the heat itself.`
    return new Problem('property-missing', detail, { ...facts, pointer: '/enthalpy' })
  }
  if ((given === 'mass' || given === 'volume') && needed === netEnergy) {
    const detail = `The amount is in ${quantity.unit} but is weighed per ${unit}: state the net calorific value, e.g. {"amount":"42.652","unit":"GJ/t"}, or the amount in ${unit}.`
    return new Problem('property-missing', detail, { ...facts, pointer: '/netCalorificValue' })
  }
  if (needed === `${given}·length`) {
    const detail = `The factor is per ${unit}: state the distance as well, or the amount in ${unit}.`
    return new Problem('property-missing', detail, { ...facts, pointer: '/distance' })
  }
  return undefined
}

/** @throws Problem `incompatible-dimension` at the measure's unit. */
export function requireDimension(
  pointer: string,
  given: Measure,
  dimension: string,
  example: UnitCode,
): void {
  const unit = unitOf(given.unit)
  if (unit.dimension !== dimension)
    throw incompatible(unit, { code: example, dimension }).with({ pointer: `${pointer}/unit` })
}

/** The refusal of a property that nothing can be. */
export function outOfRange(pointer: string, detail: string): Problem {
  return new Problem('property-out-of-range', detail, { pointer })
}

function unused(pointer: string, property: string, unit: UnitCode): Problem {
  const detail = `The ${property} leads nowhere: the amount is weighed per ${unit}. Leave it out, or correct the units.`
  return new Problem('line-ambiguous', detail, { pointer, neededUnit: unit })
}
