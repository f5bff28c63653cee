/**
 * The carbon-content method (GB/T 32150 family; IPCC 2006 Vol. 2 Ch. 1): the CO2 of a fuel from how much was burnt, its net
 * calorific value, its carbon per energy, and the part that oxidizes. Defaults come from a pinned table's fuel, measured
 * values from the line. CH4 and N2O are not in the method, and so are declared as not covered.
 */

import { Problem } from '../problem.ts'
import { bringTo, netEnergy } from './activity.ts'
import { over, times } from './arithmetic.ts'
import { parseDecimal } from './decimal.ts'
import { type Activity, type LineProperty, outOfRange, readMeasure, unitPointer } from './line-properties.ts'
import { at } from './refusals.ts'
import { type Chosen, chooseFuel, type Library } from './resolve.ts'
import type {
  ActivityLine,
  FuelChoice,
  FuelProperties,
  FuelProperty,
  FuelUsed,
  Quantity,
  UnitCode,
  Working,
} from './types.ts'
import { dimensionOf, incompatible, type Measure, productIn, unitOf } from './units.ts'

/** What the carbon-content method leaves out. */
export const gasesOutsideCarbonContent: readonly string[] = ['CH4', 'N2O']

/** CO2 per carbon: the molar masses as the standards round them. */
const co2PerCarbon = { numerator: 44, denominator: 12 }

/** A fuel line's CO2, and the way there. */
export interface BurntFuel {
  readonly activity: { readonly amount: number; readonly unit: UnitCode }
  readonly fuel: FuelUsed | null
  readonly kgCo2: number
  readonly working: readonly Working[]
  /** The properties of the line that led there. */
  readonly uses: readonly LineProperty[]
  /**
   * The net calorific energy of what was burnt, for factors beside that are per energy; its working where the fuel's own has
   * none of it.
   * @throws Problem `property-missing` where neither line nor fuel has a net calorific value.
   */
  energy(): Activity
}

/**
 * kg CO2 = energy [GJ] × carbon content [tC/TJ = kgC/GJ] × oxidation × 44 ÷ 12, in this order, where
 * energy = amount × net calorific value; or amount × carbon content × oxidation × 44 ÷ 12 for a carbon content by mass or volume.
 *
 * @throws Problem `unknown-fuel`, `property-missing`, `property-out-of-range`, `density-missing`, `incompatible-dimension`.
 */
export function burnFuel(line: ActivityLine, quantity: Measure, library: Library): BurntFuel {
  const choice = line.fuel as FuelChoice
  const fuel =
    choice.id === undefined
      ? undefined
      : at('/fuel/id', () => chooseFuel({ ...choice, id: choice.id as string }, library))
  const properties = propertiesOf(choice, fuel?.row)
  const carbon = carbonBurnt(line, quantity, properties)
  const oxidation = oxidationOf(properties)
  const kgCo2 = over(times(times(carbon.kg, oxidation), co2PerCarbon.numerator), co2PerCarbon.denominator)
  const working = [
    ...carbon.working,
    { name: 'oxidation', value: oxidation, unit: '1', origin: properties.origins.oxidation },
    { name: 'carbon', value: carbon.kg, unit: 'kgC' },
  ]
  return {
    activity: carbon.activity,
    fuel: fuel ? fuelUsed(fuel, choice) : null,
    kgCo2,
    working,
    uses: carbon.uses,
    energy: () => carbon.energy ?? energyBeside(line, quantity, properties),
  }
}

/** The energy of a fuel whose carbon content is by mass or volume, and so did not need it. */
function energyBeside(line: ActivityLine, quantity: Measure, properties: Properties): Activity {
  if (properties.netCalorificValue === undefined) {
    const detail =
      'A factor beside this fuel is per net calorific energy: state the net calorific value, or name a fuel of a pinned table by id.'
    throw new Problem('property-missing', detail, { pointer: '/fuel/netCalorificValue' })
  }
  const { gigajoules, working, uses } = energyBurnt(line, quantity, properties)
  return { amount: gigajoules, unit: 'GJ{NCV}', working, uses }
}

/** Each property as measured by the line, else as the fuel's default; absent where there is neither. */
interface Properties {
  readonly netCalorificValue: Quantity | undefined
  readonly carbonContent: Quantity | undefined
  readonly oxidation: string | undefined
  /** Where each comes from: the line, or the fuel's row. */
  readonly origins: Readonly<Record<FuelProperty, 'measured' | 'default'>>
}

function propertiesOf(choice: FuelChoice, fuel: FuelProperties | undefined): Properties {
  return {
    netCalorificValue: choice.netCalorificValue ?? fuel?.netCalorificValue,
    carbonContent: choice.carbonContent ?? fuel?.carbonContent,
    oxidation: choice.oxidation ?? fuel?.oxidation,
    origins: {
      netCalorificValue: originOf(choice.netCalorificValue),
      carbonContent: originOf(choice.carbonContent),
      oxidation: originOf(choice.oxidation),
    },
  }
}

function originOf(stated: unknown): 'measured' | 'default' {
  return stated === undefined ? 'default' : 'measured'
}

interface Carbon {
  readonly activity: BurntFuel['activity']
  readonly kg: number
  readonly working: readonly Working[]
  readonly uses: readonly LineProperty[]
  /** Where the carbon was found by way of it. */
  readonly energy?: Activity
}

function carbonBurnt(line: ActivityLine, quantity: Measure, properties: Properties): Carbon {
  const content = positive(required(properties.carbonContent, 'carbonContent'), '/fuel/carbonContent')
  const working = [{ name: 'carbonContent', ...content, origin: properties.origins.carbonContent }]
  if (dimensionOf(content.unit) === 'carbon/energy') {
    const energy = energyBurnt(line, quantity, properties)
    const { gigajoules, activity, uses } = energy
    const kg = productIn('kgC', { value: gigajoules, unit: 'GJ' }, content)
    const known = { amount: gigajoules, unit: 'GJ{NCV}', working: [], uses: [] }
    return { activity, kg, working: [...energy.working, ...working], uses, energy: known }
  }
  const per = denominatorOf(content, 'carbon', '/fuel/carbonContent', 'tC/TJ')
  if (properties.origins.netCalorificValue === 'measured' && line.beside === undefined)
    throw calorificValueUnused('carbon content per mass or volume')
  const activity = bringTo(per, line, quantity)
  return {
    activity: bare(activity),
    kg: productIn('kgC', { value: activity.amount, unit: per }, content),
    working: [...activity.working, ...working],
    uses: activity.uses,
  }
}

interface Energy {
  readonly activity: BurntFuel['activity']
  readonly gigajoules: number
  readonly working: readonly Working[]
  readonly uses: readonly LineProperty[]
}

function energyBurnt(line: ActivityLine, quantity: Measure, properties: Properties): Energy {
  const dimension = dimensionOf(quantity.unit)
  if (dimension === netEnergy) return energyStated(line, quantity, properties)
  if (dimension.endsWith('energy')) throw notNetEnergy(line, quantity.unit)
  const value = positive(
    required(properties.netCalorificValue, 'netCalorificValue'),
    '/fuel/netCalorificValue',
  )
  const per = denominatorOf(value, 'energy', '/fuel/netCalorificValue', 'GJ/t')
  const activity = bringTo(per, line, quantity)
  const gigajoules = productIn('GJ', { value: activity.amount, unit: per }, value)
  const working = [
    { name: 'netCalorificValue', ...value, origin: properties.origins.netCalorificValue },
    { name: 'energy', value: gigajoules, unit: 'GJ{NCV}' },
  ]
  const uses: readonly LineProperty[] =
    properties.origins.netCalorificValue === 'measured'
      ? [...activity.uses, 'fuel/netCalorificValue']
      : activity.uses
  return { activity: bare(activity), gigajoules, working: [...activity.working, ...working], uses }
}

/** The amount is already net calorific energy. */
function energyStated(line: ActivityLine, quantity: Measure, properties: Properties): Energy {
  if (properties.origins.netCalorificValue === 'measured') throw calorificValueUnused('an amount in energy')
  const { amount, unit, uses } = bringTo('GJ{NCV}', line, quantity)
  return {
    activity: { amount, unit },
    gigajoules: amount,
    working: [{ name: 'energy', value: amount, unit }],
    uses,
  }
}

/** An activity without its working, which goes its own way. */
function bare({ amount, unit }: Activity): BurntFuel['activity'] {
  return { amount, unit }
}

/** The mass or volume unit that a property is per. */
function denominatorOf(
  property: Measure,
  above: 'energy' | 'carbon',
  pointer: string,
  example: UnitCode,
): UnitCode {
  const unit = unitOf(property.unit)
  if (unit.dimension === `${above}/mass` || unit.dimension === `${above}/volume`)
    return property.unit.split('/')[1] as UnitCode
  const dimension = above === 'energy' ? 'energy/mass or energy/volume' : 'carbon per energy, mass or volume'
  throw incompatible(unit, { code: example, dimension }).with({ pointer: `${pointer}/unit` })
}

function oxidationOf({ oxidation }: Properties): number {
  const text = required(oxidation, 'oxidation')
  const value = at('/fuel/oxidation', () => parseDecimal(text))
  if (value > 0 && value <= 1) return value
  throw outOfRange(
    '/fuel/oxidation',
    `An oxidation factor is a fraction above 0 and up to 1, such as "0.98"; "${text}" is not.`,
  )
}

function positive(quantity: Quantity, pointer: string): Measure {
  const measure = readMeasure(quantity, pointer)
  if (measure.value > 0) return measure
  throw outOfRange(`${pointer}/amount`, 'A fuel has more than none of this property.')
}

function required<Value>(value: Value | undefined, name: FuelProperty): Value {
  if (value !== undefined) return value
  const detail = `The carbon-content method needs ${name}: state the measured value, or name a fuel of a pinned table by id.`
  throw new Problem('property-missing', detail, { pointer: `/fuel/${name}` })
}

function notNetEnergy(line: ActivityLine, unit: UnitCode): Problem {
  const detail = `Carbon content is per net calorific energy, and "${unit}" is not said to be net: write it as "GJ{NCV}", "kWh{NCV}" or "tce{NCV}" if it is.`
  return new Problem('incompatible-dimension', detail, {
    pointer: unitPointer(line),
    unit,
    neededUnit: 'GJ{NCV}',
  })
}

function calorificValueUnused(because: string): Problem {
  const detail = `The net calorific value has no use beside ${because}; leave it out.`
  return new Problem('line-ambiguous', detail, { pointer: '/fuel/netCalorificValue' })
}

function fuelUsed({ row, table, version, path }: Chosen<FuelProperties>, choice: FuelChoice): FuelUsed {
  const properties: readonly FuelProperty[] = ['netCalorificValue', 'carbonContent', 'oxidation']
  const measured = properties.filter((property) => choice[property] !== undefined)
  const { id, name, confirmation, source } = row
  return { table, version, id, name, confirmation, source: source.id, measured, path }
}
