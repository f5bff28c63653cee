/**
 * The way from what a line states to the amount that its factor is per, as a chain of single operations that a spreadsheet repeats
 * and a verifier reads. It is taken from the activity data and not from the engine's own working: the paper is a second calculation
 * beside the first, and the two are set side by side in it.
 */

import { parseDecimal } from '../../engine/decimal.ts'
import { daysOf } from '../../engine/index.ts'
import type { ActivityLine, Meter, Period, Quantity, UnitCode } from '../../engine/types.ts'
import { convert, dimensionOf } from '../../engine/units.ts'

export type Operation = '=' | '+' | '−' | '×' | '÷'

/** What an operation takes: a number, a small sum that is shown as it is written, or what another line measured. */
export type Operand =
  | { readonly number: number }
  | { readonly expression: string; readonly number: number }
  | { readonly line: string; readonly ratio: number }

export interface Step {
  readonly name: string
  readonly operation: Operation
  readonly operand: Operand
  /** The unit of the operand; of what there is after it where the operation changes that. */
  readonly unit: UnitCode
}

/** A line's way, and after how many of its steps its amount stands as it was measured. */
export interface Way {
  readonly steps: readonly Step[]
  readonly measured: number
}

/** What the way ends at: the unit of the factor, and what else of it decides the way. */
export interface Target {
  readonly unit: UnitCode
  readonly family: string | null
  readonly year: number | null
}

const feedWaterEnthalpy = 83.74

/**
 * A line's way to a unit.
 * @param parts the lines that stand behind its meter.
 * @param reporting the reporting period.
 */
export function wayOf(
  line: ActivityLine,
  parts: readonly ActivityLine[],
  reporting: Period,
  target: Target,
): Way {
  const measured = [...measuredSteps(line, reporting), ...apportionSteps(line, reporting)]
  const unit = unitOf(line)
  const counted = [...partSteps(parts, unit), ...attributionSteps(line)]
  const used = useSteps(line, unit)
  return {
    steps: [
      ...measured,
      ...counted,
      ...used,
      ...bridgeSteps(line, line.use ? line.use.consumption.unit : unit, target),
    ],
    measured: measured.length,
  }
}

/** The unit in which a line's amount is measured. */
export function unitOf({ quantity, meter, stock, gasBalance, leakage }: ActivityLine): UnitCode {
  return (quantity ?? meter ?? stock ?? gasBalance ?? leakage)?.unit ?? ''
}

/** What a chain comes to. @param measuredOf what another line measured. */
export function chainValue(steps: readonly Step[], measuredOf: (line: string) => number): number {
  return steps.reduce((value, step) => stepValue(value, step, measuredOf), 0)
}

/** What one step makes of the value before it. */
export function stepValue(
  value: number,
  { operation, operand }: Step,
  measuredOf: (line: string) => number,
): number {
  const by = 'line' in operand ? measuredOf(operand.line) * operand.ratio : operand.number
  if (operation === '=') return by
  if (operation === '+') return value + by
  if (operation === '−') return value - by
  return operation === '×' ? value * by : value / by
}

function measuredSteps(line: ActivityLine, reporting: Period): Step[] {
  const { quantity, meter, stock, gasBalance, leakage } = line
  if (quantity) return [plain('amount', '=', quantity.amount, quantity.unit)]
  if (meter) return meter.meters.map((each) => meterStep(each, meter.unit))
  if (stock) return balance(stock.unit, stock, ['opening', 'received'], ['passedOn', 'closing'])
  if (gasBalance) {
    const taken = ['returned', 'closing', 'newCharge'] as const
    return balance(gasBalance.unit, gasBalance, ['opening', 'purchased'], taken)
  }
  if (!leakage) return []
  const { unit, charge, annualRate, toppedUp = '0', days = '0' } = leakage
  const rate =
    annualRate === undefined
      ? {
          expression: `${toppedUp}/${charge}*365/${days}`,
          number: ((number(toppedUp) / number(charge)) * 365) / number(days),
        }
      : { number: number(annualRate) }
  return [
    plain('charge', '=', charge, unit),
    { name: 'annualRate', operation: '×', operand: rate, unit: '1' },
    {
      name: 'years',
      operation: '×',
      operand: { number: yearsOf(line.period ?? reporting) },
      unit: 'a',
    },
  ]
}

/** (last − first + rounds × 10^digits) × multiplier. */
function meterStep({ serial, multiplier, digits, readings }: Meter, unit: UnitCode): Step {
  const [first, last] = [readings[0]?.value ?? '0', readings.at(-1)?.value ?? '0']
  const rounds = readings.filter(
    ({ value }, at) => at > 0 && number(value) < number(readings[at - 1]?.value ?? '0'),
  ).length
  const over = rounds === 0 || digits === undefined ? '' : `+${rounds}*10^${digits}`
  const steps = number(last) - number(first) + (over === '' ? 0 : rounds * 10 ** (digits ?? 0))
  const operand = {
    expression: `(${last}-${first}${over})*${multiplier}`,
    number: steps * number(multiplier),
  }
  return { name: `meter ${serial}`, operation: '+', operand, unit }
}

function balance<Member extends string>(
  unit: UnitCode,
  stated: Readonly<Record<Member, string>>,
  into: readonly Member[],
  outOf: readonly Member[],
): Step[] {
  return [
    ...into.map((name, at) => plain(name, at === 0 ? '=' : '+', stated[name], unit)),
    ...outOf.map((name) => plain(name, '−', stated[name], unit)),
  ]
}

function apportionSteps(line: ActivityLine, reporting: Period): Step[] {
  if (line.apportion === undefined) return []
  const [own, whole] = [daysOf(periodOf(line) ?? reporting), daysOf(reporting)]
  const inside = Math.min(own.end, whole.end) - Math.max(own.start, whole.start)
  return [
    { name: 'daysInside', operation: '×', operand: { number: inside }, unit: 'd' },
    { name: 'daysOfPeriod', operation: '÷', operand: { number: own.end - own.start }, unit: 'd' },
  ]
}

/** As the line says, or as its readings span. */
function periodOf({ period, meter }: ActivityLine): Period | undefined {
  const start = meter?.meters[0]?.readings[0]?.date
  const end = meter?.meters.at(-1)?.readings.at(-1)?.date
  return start === undefined || end === undefined ? period : { start, end }
}

function partSteps(parts: readonly ActivityLine[], unit: UnitCode): Step[] {
  return parts.map((part) => ({
    name: `part ${part.id}`,
    operation: '−' as const,
    operand: { line: part.id, ratio: convert(1, unitOf(part), unit) },
    unit,
  }))
}

function attributionSteps({ attribution }: ActivityLine): Step[] {
  return attribution === undefined ? [] : [plain('attribution', '×', attribution, '1')]
}

function useSteps({ use }: ActivityLine, unit: UnitCode): Step[] {
  if (use === undefined) return []
  return [
    ...unitStep(unit, 'piece'),
    plain('consumption', '×', use.consumption.amount, use.consumption.unit),
    plain('times', '×', use.times, '1'),
  ]
}

function bridgeSteps(line: ActivityLine, unit: UnitCode, target: Target): Step[] {
  const isCooled = line.coefficientOfPerformance !== undefined && target.family === 'electricity-generation'
  if (isCooled) {
    const by = plain('coefficientOfPerformance', '÷', line.coefficientOfPerformance ?? '', '1')
    return [by, ...unitStep(unit, target.unit)]
  }
  if (line.spend && isMoney(unit)) return spendSteps(line, unit, target)
  if (dimensionOf(unit) === dimensionOf(target.unit)) return unitStep(unit, target.unit)
  if (line.netCalorificValue) return energySteps(line, unit, line.netCalorificValue, target.unit)
  if (line.distance) return distanceSteps(line, unit, line.distance, target.unit)
  if (line.enthalpy) return steamSteps(unit, line.enthalpy, target.unit)
  if (line.density) return densitySteps(unit, line.density, target.unit)
  return unitStep(unit, target.unit)
}

function spendSteps({ spend }: ActivityLine, unit: UnitCode, target: Target): Step[] {
  const { priceIndex, exchangeRate } = spend ?? {}
  const base = `${currencyOf(unit)}${/\{.*\}/.exec(unit)?.[0] ?? ''}`
  return [
    ...unitStep(unit, base),
    ...(priceIndex === undefined ? [] : [plain('priceIndex', '×', priceIndex, '1')]),
    ...(exchangeRate === undefined ? [] : [plain('exchangeRate', '×', exchangeRate, '1')]),
    ...moneyStep(target.unit),
  ]
}

/** Money of the factor's kind, in the unit that the factor is per: 万元 for instance. */
function moneyStep(unit: UnitCode): Step[] {
  return unit.startsWith('1e4') ? [{ name: 'unit', operation: '÷', operand: { number: 10_000 }, unit }] : []
}

function energySteps(line: ActivityLine, unit: UnitCode, value: Quantity, to: UnitCode): Step[] {
  const [energy = '', per = ''] = value.unit.split('/')
  const burnt = bridgeSteps({ ...line, netCalorificValue: undefined }, unit, {
    unit: per,
    family: null,
    year: null,
  })
  const net = `${energy}{NCV}`
  return [...burnt, { ...plain('netCalorificValue', '×', value.amount, value.unit) }, ...unitStep(net, to)]
}

function distanceSteps(line: ActivityLine, unit: UnitCode, distance: Quantity, to: UnitCode): Step[] {
  const [carried = '', length = 'km'] = to.split('.')
  const { payload, loadFactor = '1', emptyReturn, distanceAdjustment, distanceBasis } = line.transport ?? {}
  const vehicles =
    payload && dimensionOf(unit) === 'mass' && carried === 'vehicle'
      ? [
          ...unitStep(unit, payload.unit),
          plain('payload', '÷', payload.amount, payload.unit),
          plain('loadFactor', '÷', loadFactor, '1'),
        ]
      : unitStep(unit, carried)
  const isAdjusted = distanceAdjustment !== undefined && distanceBasis !== 'actual'
  return [
    ...vehicles,
    plain('distance', '×', distance.amount, distance.unit),
    ...unitStep(distance.unit, length),
    ...(isAdjusted ? [plain('distanceAdjustment', '×', distanceAdjustment, '1')] : []),
    ...(emptyReturn === undefined
      ? []
      : [
          {
            name: 'emptyReturn',
            operation: '×' as const,
            operand: { expression: `(1+${emptyReturn})`, number: 1 + number(emptyReturn) },
            unit: '1',
          },
        ]),
  ]
}

function steamSteps(unit: UnitCode, enthalpy: Quantity, to: UnitCode): Step[] {
  const stated = convert(number(enthalpy.amount), enthalpy.unit, 'kJ/kg')
  const operand = {
    expression: `(${stated}-${feedWaterEnthalpy})/1000`,
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
  if (dimensionOf(unit) === 'volume') {
    return [
      ...unitStep(unit, volume),
      plain('density', '×', density.amount, density.unit),
      ...unitStep(mass, to),
    ]
  }
  return [
    ...unitStep(unit, mass),
    plain('density', '÷', density.amount, density.unit),
    ...unitStep(volume, to),
  ]
}

/** From one unit to another of the same dimension; nothing where they are one. */
export function unitStep(from: UnitCode, to: UnitCode): Step[] {
  if (from === to) return []
  const [forth, back] = [convert(1, from, to), convert(1, to, from)]
  const step = { name: `${from} → ${to}`, unit: to }
  return Number.isInteger(back) && !Number.isInteger(forth)
    ? [{ ...step, operation: '÷', operand: { number: back } }]
    : [{ ...step, operation: '×', operand: { number: forth } }]
}

function plain(name: string, operation: Operation, amount: string, unit: UnitCode): Step {
  return { name, operation, operand: { number: number(amount) }, unit }
}

function number(text: string): number {
  return parseDecimal(text)
}

/** 1 from a date to the same one next year; else days ÷ 365. */
function yearsOf(period: Period): number {
  const { start, end } = daysOf(period)
  const isYear =
    period.start.slice(4) === period.end.slice(4) &&
    Number(period.end.slice(0, 4)) - Number(period.start.slice(0, 4)) === 1
  return isYear ? 1 : (end - start) / 365
}

function currencyOf(unit: UnitCode): string {
  return /[A-Z]{3}/.exec(unit)?.[0] ?? ''
}

function isMoney(unit: UnitCode): boolean {
  return /^(?:1e4)?[A-Z]{3}(?:\{\d{4}\})?$/.test(unit)
}
