/** What a line measured and what of it counts, as steps: readings, balances, days, parts behind a meter, shares, uses. */

import { parseDecimal } from '../../engine/decimal.ts'
import { daysOf } from '../../engine/index.ts'
import type { ActivityLine, GasLeakage, Meter, Period, UnitCode } from '../../engine/types.ts'
import { convert } from '../../engine/units.ts'
import { plain, type Step, unitStep } from './steps.ts'
import { formulaNumber } from './workbook.ts'

/** The unit in which a line's amount is measured. */
export function unitOf({ quantity, meter, stock, gasBalance, leakage }: ActivityLine): UnitCode {
  return (quantity ?? meter ?? stock ?? gasBalance ?? leakage)?.unit ?? ''
}

/**
 * What a line measured in the reporting period, before anything is taken off it.
 *
 * @param found how much it is about, where it does not say so itself.
 */
export function measuredSteps(line: ActivityLine, reporting: Period, found?: readonly Step[]): Step[] {
  return [...(found ?? foundSteps(line, reporting)), ...apportionSteps(line, reporting)]
}

/** What of it is weighed: without its parts, the organization's share, and of sold products what they use. */
export function countedSteps(line: ActivityLine, parts: readonly ActivityLine[], unit: UnitCode): Step[] {
  return [...partSteps(parts, unit), ...attributionSteps(line), ...useSteps(line, unit)]
}

function foundSteps(line: ActivityLine, reporting: Period): Step[] {
  const { quantity, meter, stock, gasBalance, leakage } = line
  if (quantity) return [plain('amount', '=', quantity.amount, quantity.unit)]
  if (meter) return meter.meters.map((each) => meterStep(each, meter.unit))
  if (stock) return balance(stock.unit, stock, ['opening', 'received'], ['passedOn', 'closing'])
  if (gasBalance) {
    const taken = ['returned', 'closing', 'newCharge'] as const
    return balance(gasBalance.unit, gasBalance, ['opening', 'purchased'], taken)
  }
  return leakage ? leakageSteps(leakage, line.period ?? reporting) : []
}

/** charge × share lost in a year × years. */
function leakageSteps(leakage: GasLeakage, period: Period): Step[] {
  return [
    plain('charge', '=', leakage.charge, leakage.unit),
    { name: 'annualRate', operation: '×', operand: annualRate(leakage), unit: '1' },
    { name: 'years', operation: '×', operand: { number: yearsOf(period) }, unit: 'a' },
  ]
}

function annualRate({ charge, annualRate: stated, toppedUp = '0', days = '0' }: GasLeakage) {
  if (stated !== undefined) return { number: parseDecimal(stated) }
  const [added, whole, after] = [parseDecimal(toppedUp), parseDecimal(charge), parseDecimal(days)]
  return {
    expression: `${formulaNumber(added)}/${formulaNumber(whole)}*365/${formulaNumber(after)}`,
    number: ((added / whole) * 365) / after,
  }
}

/** (last − first + rounds × 10^digits) × multiplier. */
function meterStep({ serial, multiplier, digits, readings }: Meter, unit: UnitCode): Step {
  const values = readings.map(({ value }) => parseDecimal(value))
  const [first, last, factor] = [values[0] ?? 0, values.at(-1) ?? 0, parseDecimal(multiplier)]
  const rounds = values.filter((value, at) => value < (values[at - 1] ?? value)).length
  const over = rounds === 0 || digits === undefined ? '' : `+${rounds}*10^${digits}`
  const steps = last - first + (over === '' ? 0 : rounds * 10 ** (digits ?? 0))
  const operand = {
    expression: `(${formulaNumber(last)}-${formulaNumber(first)}${over})*${formulaNumber(factor)}`,
    number: steps * factor,
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

/**
 * 1 from a date to the same one next year; else days ÷ 365. The engine has a function like it, and this one is meant to be another:
 * a paper that asked the engine could not catch it counting days wrongly.
 */
function yearsOf(period: Period): number {
  const { start, end } = daysOf(period)
  const isYear =
    period.start.slice(4) === period.end.slice(4) &&
    Number(period.end.slice(0, 4)) - Number(period.start.slice(0, 4)) === 1
  return isYear ? 1 : (end - start) / 365
}
