/** From what a line counts to the unit of its factor, as steps: money, cooling, energy, distance, steam, density. */

import { feedWaterEnthalpy, netEnergy } from '../../engine/activity.ts'
import { parseDecimal } from '../../engine/decimal.ts'
import type { ActivityLine, Quantity, SpendDetail, UnitCode } from '../../engine/types.ts'
import { convert, dimensionOf, type Money, moneyOf } from '../../engine/units.ts'
import { plain, type Step, unitStep } from './steps.ts'
import { formulaNumber } from './workbook.ts'

/** What the way ends at: the unit of the factor, and what else of it decides the way. */
export interface Target {
  readonly unit: UnitCode
  readonly family: string | null
  readonly year: number | null
}

/** A line's way from the unit that it counts in. All units are codes. */
export function bridgeSteps(line: ActivityLine, unit: UnitCode, target: Target): Step[] {
  const [paid, needed] = [moneyOf(unit), moneyOf(target.unit)]
  if (paid && needed) return spendSteps(line.spend, { unit, money: paid }, { ...target, money: needed })
  if (line.coefficientOfPerformance !== undefined && target.family === 'electricity-generation') {
    const by = plain('coefficientOfPerformance', '÷', line.coefficientOfPerformance, '1')
    return [by, ...unitStep(unit, target.unit)]
  }
  const needs = dimensionOf(target.unit)
  if (dimensionOf(unit) === needs) return unitStep(unit, target.unit)
  if (line.netCalorificValue && needs === netEnergy)
    return energySteps(line, unit, line.netCalorificValue, target.unit)
  if (line.distance) return distanceSteps(line, unit, line.distance, target.unit)
  if (line.enthalpy) return steamSteps(unit, line.enthalpy, target.unit)
  if (line.density) return densitySteps(unit, line.density, target.unit)
  return unitStep(unit, target.unit)
}

/** Index and rate, each only where the years or the currencies differ. */
function spendSteps(
  spend: SpendDetail | undefined,
  paid: { readonly unit: UnitCode; readonly money: Money },
  needed: Target & { readonly money: Money },
): Step[] {
  const { priceIndex = '1', exchangeRate = '1', year } = spend ?? {}
  const isOtherYear = (paid.money.year ?? year) !== (needed.money.year ?? needed.year)
  const isOtherCurrency = paid.money.currency !== needed.money.currency
  return [
    ...unitStep(paid.unit, paid.money.base),
    ...(isOtherYear ? [plain('priceIndex', '×', priceIndex, '1')] : []),
    ...(isOtherCurrency ? [plain('exchangeRate', '×', exchangeRate, '1')] : []),
    ...unitStep(needed.money.base, needed.unit),
  ]
}

/** Not every unit of energy has a twin that says "net"; the value is of net energy whatever its unit. */
function energySteps(line: ActivityLine, unit: UnitCode, value: Quantity, to: UnitCode): Step[] {
  const [energy = '', per = ''] = value.unit.split('/')
  const way = { unit: per, family: null, year: null }
  return [
    ...bridgeSteps({ ...line, netCalorificValue: undefined }, unit, way),
    plain('netCalorificValue', '×', value.amount, value.unit),
    ...unitStep(energy, to.replace('{NCV}', '')),
  ]
}

function distanceSteps(line: ActivityLine, unit: UnitCode, distance: Quantity, to: UnitCode): Step[] {
  const [carried = '', length = 'km'] = to.split('.')
  const { emptyReturn, distanceAdjustment, distanceBasis } = line.transport ?? {}
  const isVehicle = carried === 'vehicle'
  const isAdjusted =
    distanceAdjustment !== undefined && distanceBasis !== undefined && distanceBasis !== 'actual'
  return [
    ...(isVehicle && dimensionOf(unit) === 'mass' ? vehicleSteps(line, unit) : unitStep(unit, carried)),
    plain('distance', '×', distance.amount, distance.unit),
    ...unitStep(distance.unit, length),
    ...(isAdjusted ? [plain('distanceAdjustment', '×', distanceAdjustment, '1')] : []),
    ...(isVehicle && emptyReturn !== undefined ? [emptyStep(parseDecimal(emptyReturn))] : []),
  ]
}

/** mass ÷ payload ÷ load factor. */
function vehicleSteps({ transport }: ActivityLine, unit: UnitCode): Step[] {
  const { payload, loadFactor = '1' } = transport ?? {}
  if (payload === undefined) return unitStep(unit, 'vehicle')
  return [
    ...unitStep(unit, payload.unit),
    plain('payload', '÷', payload.amount, payload.unit),
    plain('loadFactor', '÷', loadFactor, '1'),
  ]
}

function emptyStep(share: number): Step {
  const operand = { expression: `(1+${formulaNumber(share)})`, number: 1 + share }
  return { name: 'emptyReturn', operation: '×', operand, unit: '1' }
}

function steamSteps(unit: UnitCode, enthalpy: Quantity, to: UnitCode): Step[] {
  const stated = convert(parseDecimal(enthalpy.amount), enthalpy.unit, 'kJ/kg')
  const operand = {
    expression: `(${formulaNumber(stated)}-${formulaNumber(feedWaterEnthalpy)})/1000`,
    number: (stated - feedWaterEnthalpy) / 1000,
  }
  return [
    ...unitStep(unit, 't'),
    { name: 'enthalpy', operation: '×', operand, unit: 'GJ/t' },
    ...unitStep('GJ', to),
  ]
}

function densitySteps(unit: UnitCode, density: Quantity, to: UnitCode): Step[] {
  const [mass = '', volume = ''] = density.unit.split('/')
  const isVolume = dimensionOf(unit) === 'volume'
  const [from, into] = isVolume ? [volume, mass] : [mass, volume]
  return [
    ...unitStep(unit, from),
    plain('density', isVolume ? '×' : '÷', density.amount, density.unit),
    ...unitStep(into, to),
  ]
}
