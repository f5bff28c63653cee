/**
 * How freight and people are carried (ISO 14083 terms). A factor per mass and distance holds the load and the empty running
 * of its vehicles; one per vehicle and distance holds neither, so the line must say both.
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import {
  type Activity,
  type LineProperty,
  missing,
  outOfRange,
  readMeasure,
  readNumber,
  readShare,
  requireDimension,
  requireUnit,
  unitPointer,
  unused,
} from '../line-properties.ts'
import type { ActivityLine, DistanceBasis, Quantity, UnitCode, Working } from '../types.ts'
import { convert, dimensionOf, type Measure, productIn } from '../units.ts'
import { distanceBases } from './types.ts'

/** What factors per vehicle and distance are per. */
export const vehicleDistance = 'vehicles·length'

/** A value with the way to it. */
interface Step {
  readonly value: Measure
  readonly working: readonly Working[]
  readonly uses: readonly LineProperty[]
}

/**
 * Mass, passengers or vehicles × distance [× distanceAdjustment]; of vehicles [mass ÷ (payload × loadFactor)] also
 * × (1 + emptyReturn).
 * @throws Problem `property-missing`, `property-out-of-range`, `incompatible-dimension`, `line-ambiguous`.
 */
export function carried(unit: UnitCode, line: ActivityLine, quantity: Measure): Activity {
  const distance = distanceOf(line)
  const dimension = dimensionOf(quantity.unit)
  const uses: readonly LineProperty[] = ['distance', ...distance.uses]
  if (dimensionOf(unit) === vehicleDistance && (dimension === 'mass' || dimension === 'vehicles')) {
    const vehicles = vehiclesOf(line, quantity, dimension)
    const loaded = productIn(unit, vehicles.value, distance.value)
    const empty = emptyRunning(line, dimension)
    return {
      amount: times(loaded, 1 + empty.value.value),
      unit,
      working: [...distance.working, ...vehicles.working, ...empty.working],
      uses: [...uses, ...vehicles.uses, ...empty.uses],
    }
  }
  if (dimensionOf(unit) !== `${dimension}·length`) throw unused('distance', unit)
  return { amount: productIn(unit, quantity, distance.value), unit, working: distance.working, uses }
}

/** What the working calls a distance, by what it is. */
const distanceNames: Readonly<Record<DistanceBasis, string>> = {
  actual: 'actualDistance',
  'shortest-feasible': 'shortestFeasibleDistance',
  'great-circle': 'greatCircleDistance',
}

/** The distance driven: as stated, or the shortest feasible or great-circle one × its adjustment. */
function distanceOf(line: ActivityLine): Step {
  const distance = readMeasure(line.distance as Quantity, '/distance')
  requireDimension('/distance', distance, 'length', 'km')
  if (distance.value < 0) throw outOfRange('/distance/amount', 'A distance is not negative.')
  const { distanceBasis: basis, distanceAdjustment: given } = line.transport ?? {}
  const uses: LineProperty[] = ['transport/distanceBasis', 'transport/distanceAdjustment']
  if (basis === undefined || basis === 'actual') {
    if (given !== undefined) throw needlessAdjustment(basis)
    const name = basis === undefined ? 'distance' : distanceNames.actual
    return { value: distance, working: [{ name, ...distance }], uses }
  }
  const adjustment = adjustmentOf(basis, given)
  const driven = { value: times(distance.value, adjustment), unit: distance.unit }
  const working = [
    { name: distanceNames[basis], ...distance },
    { name: 'distanceAdjustment', value: adjustment, unit: '1' },
    { name: 'distance', ...driven },
  ]
  return { value: driven, working, uses }
}

function adjustmentOf(basis: DistanceBasis, given: string | undefined): number {
  if (!distanceBases.includes(basis)) {
    throw outOfRange('/transport/distanceBasis', `A distance is one of ${distanceBases.join(', ')}.`)
  }
  const pointer = '/transport/distanceAdjustment'
  if (given === undefined) {
    const detail = `A ${basis} distance is shorter than the one driven: state distanceAdjustment, e.g. "1.05"; "1" where the factor is per ${basis} distance too.`
    throw missing(pointer, detail)
  }
  const adjustment = readNumber(given, pointer)
  if (adjustment >= 1) return adjustment
  throw outOfRange(pointer, `No way is shorter than the ${basis} distance: its adjustment is 1 or more.`)
}

function needlessAdjustment(basis: DistanceBasis | undefined): Problem {
  if (basis === undefined) {
    const detail =
      'A distance is adjusted by what it is: state distanceBasis, "shortest-feasible" or "great-circle".'
    return missing('/transport/distanceBasis', detail)
  }
  const detail =
    'The actual distance needs no adjustment: leave distanceAdjustment out, or state another basis.'
  return new Problem('line-ambiguous', detail, { pointer: '/transport/distanceAdjustment' })
}

/** Vehicles as counted, or mass ÷ (payload × load factor); not rounded up, since the factor is for the load on average. */
function vehiclesOf(line: ActivityLine, quantity: Measure, dimension: 'mass' | 'vehicles'): Step {
  if (dimension === 'vehicles') return { value: quantity, working: [], uses: [] }
  const { payload: may, loadFactor: share } = line.transport ?? {}
  if (may === undefined) {
    const detail = `The amount is in ${quantity.unit} but the factor is per vehicle and distance: state what a vehicle may carry, e.g. {"amount":"18","unit":"t"}, and loadFactor.`
    throw missing('/transport/payload', detail)
  }
  if (share === undefined) {
    const detail =
      'State loadFactor, the share of the payload that is used, e.g. "0.6"; "1" for full vehicles.'
    throw missing('/transport/loadFactor', detail)
  }
  const payload = readMeasure(may, '/transport/payload')
  requireDimension('/transport/payload', payload, 'mass', 't')
  if (payload.value <= 0) throw outOfRange('/transport/payload/amount', 'A payload is greater than zero.')
  const loadFactor = readShare(share, '/transport/loadFactor', 'A load factor')
  requireUnit(unitPointer(line), quantity, 'mass', 't')
  const mass = convert(quantity.value, quantity.unit, payload.unit)
  const value = { value: over(mass, times(payload.value, loadFactor)), unit: 'vehicle' }
  const working = [
    { name: 'payload', ...payload },
    { name: 'loadFactor', value: loadFactor, unit: '1' },
    { name: 'vehicles', ...value },
  ]
  return { value, working, uses: ['transport/payload', 'transport/loadFactor'] }
}

/** Empty running beside the loaded distance; a mass does not tell it, and so must. */
function emptyRunning(line: ActivityLine, dimension: 'mass' | 'vehicles'): Step {
  const given = line.transport?.emptyReturn
  const pointer = '/transport/emptyReturn'
  if (given === undefined) {
    if (dimension === 'vehicles') return { value: { value: 0, unit: '1' }, working: [], uses: [] }
    const detail =
      'A factor per vehicle and distance holds no empty running: state emptyReturn as a share of the loaded distance, "1" for the whole way back, "0" for none.'
    throw missing(pointer, detail)
  }
  const value = readNumber(given, pointer)
  if (value < 0 || value > 1) {
    throw outOfRange(pointer, `Empty running is a share of the loaded distance, 0 to 1; "${given}" is not.`)
  }
  const step = { name: 'emptyReturn', value, unit: '1' }
  return { value: { value, unit: '1' }, working: [step], uses: ['transport/emptyReturn'] }
}
