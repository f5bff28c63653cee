/**
 * From the amount a line states to the unit its factor is per. Usually one conversion; a volume becomes a mass only with a
 * density, a mass a transport only with a distance, tonnes of steam become heat only with their enthalpy, a fuel becomes net
 * energy only with its calorific value, cooling electricity only with a coefficient of performance, and money of one year or
 * currency another only with an index or a rate.
 */

import { Problem } from '../problem.ts'
import { inPricesOf, reachableMoney } from './amounts/spend.ts'
import { carried, vehicleDistance } from './amounts/transport.ts'
import { over, times } from './arithmetic.ts'
import {
  type Activity,
  type LineProperty,
  missing,
  outOfRange,
  readMeasure,
  readPositive,
  requireDimension,
  requireUnit,
  unitPointer,
  unused,
} from './line-properties.ts'
import { at } from './refusals.ts'
import type { ActivityLine, EmissionFactor, Quantity, UnitCode } from './types.ts'
import { convert, dimensionOf, type Measure, moneyOf, productIn, quotientIn } from './units.ts'

/** Enthalpy of water at 20 °C, deducted from the steam's in the Chinese sector guidelines' steam formula; kJ/kg. */
export const feedWaterEnthalpy = 83.74

/** What factors per net calorific energy are per. */
export const netEnergy = 'net calorific energy'

/** Of the factor that an amount is brought to: what the way there depends on. */
export type Weighs = Pick<EmissionFactor, 'family' | 'year'>

/**
 * The dimensions a line's amount can be brought to; a selector takes only factors that are per one of them. What a property
 * leads to stands alone, because the property must be needed; with factors beside, any of them may need it.
 * @throws Problem as `bringTo` does for a property whose unit is no use.
 */
export function reachableDimensions(line: ActivityLine, quantity: Measure): readonly string[] {
  const dimension = dimensionOf(quantity.unit)
  const money = moneyOf(quantity.unit)
  if (money !== undefined) return reachableMoney(money, line.spend, line.beside === undefined)
  const bridge = bridgeOf(line)
  const across = bridge === undefined ? dimension : leadsTo(bridge, dimension, line)
  const burnt = line.netCalorificValue === undefined ? across : netEnergy
  return line.beside === undefined ? [burnt] : [...new Set([dimension, across, burnt])]
}

function leadsTo(bridge: Bridge, dimension: string, { transport }: ActivityLine): string {
  if (bridge === 'distance' && dimension === 'mass' && transport?.payload !== undefined)
    return vehicleDistance
  if (bridge === 'distance') return `${dimension}·length`
  if (bridge === 'enthalpy') return 'energy'
  return dimension === 'mass' ? 'volume' : 'mass'
}

/**
 * Brings a line's amount to a unit.
 * @param factor the one that is per this unit, where one is.
 * @throws Problem `incompatible-dimension`, `density-missing`, `property-missing`, `property-out-of-range`; `line-ambiguous`
 * for a property the unit leaves no use for, unless another factor of the line may need it.
 */
export function bringTo(unit: UnitCode, line: ActivityLine, quantity: Measure, factor?: Weighs): Activity {
  const [paid, needed] = [moneyOf(quantity.unit), moneyOf(unit)]
  if (paid && needed && factor) return inPricesOf(unit, line, quantity, { paid, needed }, factor)
  if (isCooling(line) && factor?.family === 'electricity-generation')
    return electricityOf(unit, line, quantity)
  const bridge = bridgeOf(line)
  const isSame = dimensionOf(quantity.unit) === dimensionOf(unit)
  if (isSame && (bridge === undefined || line.beside !== undefined)) return converted(unit, line, quantity)
  if (line.netCalorificValue !== undefined && dimensionOf(unit) === netEnergy) {
    return netEnergyOf(unit, line, quantity, line.netCalorificValue)
  }
  if (bridge === 'distance') return carried(unit, line, quantity)
  if (bridge === 'enthalpy') return heatOfSteam(unit, line, quantity, line.enthalpy as Quantity)
  if (bridge === 'density') return throughDensity(unit, quantity, line.density as Quantity)
  const refusal = missingBridge(unit, line, quantity)
  if (refusal) throw refusal
  return converted(unit, line, quantity)
}

function converted(unit: UnitCode, line: ActivityLine, quantity: Measure): Activity {
  const amount = at(unitPointer(line), () => convert(quantity.value, quantity.unit, unit))
  return { amount, unit, working: [], uses: [] }
}

function isCooling({ category }: ActivityLine): boolean {
  return category === 'purchased-cooling'
}

/** cooling ÷ coefficient of performance = the electricity that made it. */
function electricityOf(unit: UnitCode, line: ActivityLine, quantity: Measure): Activity {
  const pointer = '/coefficientOfPerformance'
  if (line.coefficientOfPerformance === undefined) {
    const detail =
      'Cooling is not the electricity that made it: state coefficientOfPerformance, cooling per electricity, e.g. "4.2", or take a factor of cooling.'
    throw missing(pointer, detail)
  }
  requireUnit(unitPointer(line), quantity, 'energy', 'kWh')
  const value = readPositive(line.coefficientOfPerformance, pointer, 'A coefficient of performance')
  const electricity = { value: over(quantity.value, value), unit: quantity.unit }
  const working = [
    { name: 'coefficientOfPerformance', value, unit: '1' },
    { name: 'electricity', ...electricity },
  ]
  const amount = convert(electricity.value, electricity.unit, unit)
  return { amount, unit, working, uses: ['coefficientOfPerformance'] }
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

/** (enthalpy − 83.74 kJ/kg) × mass: t × kJ/kg is MJ. */
function heatOfSteam(unit: UnitCode, line: ActivityLine, quantity: Measure, given: Quantity): Activity {
  const stated = readMeasure(given, '/enthalpy')
  requireDimension('/enthalpy', stated, 'energy/mass', 'kJ/kg')
  requireUnit(unitPointer(line), quantity, 'mass', 't')
  if (dimensionOf(unit) !== 'energy') throw unused('enthalpy', unit)
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
  throw unused('density', unit)
}

/** What would lead from one dimension to the other, where the line lacks it. */
function missingBridge(unit: UnitCode, line: ActivityLine, quantity: Measure): Problem | undefined {
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
  if (given === 'mass' && needed === vehicleDistance) {
    const detail = `The factor is per ${unit}: state the distance, and under transport payload, loadFactor and emptyReturn, or the amount in ${unit}.`
    return new Problem('property-missing', detail, { ...facts, pointer: '/distance' })
  }
  if (given === 'count' && needed !== 'count' && line.category === 'use-of-sold-products') {
    const detail = `The amount is in ${quantity.unit} but is weighed per ${unit}: state under use what each piece consumes and how many times in its life.`
    return new Problem('property-missing', detail, { ...facts, pointer: '/use' })
  }
  if (needed === `${given}·length`) {
    const detail = `The factor is per ${unit}: state the distance as well, or the amount in ${unit}.`
    return new Problem('property-missing', detail, { ...facts, pointer: '/distance' })
  }
  return undefined
}
