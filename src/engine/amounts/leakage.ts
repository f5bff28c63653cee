/**
 * Screening by leak rate: full charge × share lost a year × years. The rate is stated, or follows from one top-up. Either way
 * the amount is an estimate, and is flagged as one; where the gas that was filled in is known, a balance is better.
 */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { daysOf } from '../calendar.ts'
import {
  missing,
  outOfRange,
  readNotNegative,
  readNumber,
  readPositive,
  requireDimension,
} from '../line-properties.ts'
import { at } from '../refusals.ts'
import type { ActivityLine, GasLeakage, Period, Working } from '../types.ts'
import { unitOf } from '../units.ts'
import type { Found } from './stated.ts'

/** A year of a rate. */
const daysOfYear = 365

/**
 * What a rate lets out in the line's period, or the reporting period where the line has none.
 * @throws Problem `property-missing`, `property-out-of-range`, `line-ambiguous`, `incompatible-dimension`.
 */
export function leakedGas(line: Pick<ActivityLine, 'leakage' | 'period'>, reportingPeriod: Period): Found {
  const leakage = line.leakage as GasLeakage
  const unit = at('/leakage/unit', () => unitOf(leakage.unit).code)
  requireDimension('/leakage', { value: 0, unit }, 'mass', 'kg')
  const charge = readPositive(leakage.charge, '/leakage/charge', 'The full charge of equipment')
  const rate = rateOf(leakage, charge)
  const years = yearsOf(line.period ?? reportingPeriod)
  const working: Working[] = [
    { name: 'charge', value: charge, unit },
    ...rate.working,
    { name: 'annualRate', value: rate.value, unit: '1' },
    { name: 'years', value: years, unit: 'a' },
  ]
  const value = times(times(charge, rate.value), years)
  return { quantity: { value, unit }, working, estimated: true }
}

interface Rate {
  readonly value: number
  readonly working: readonly Working[]
}

function rateOf(leakage: GasLeakage, charge: number): Rate {
  const { annualRate, toppedUp, days } = leakage
  if (annualRate !== undefined) {
    if (toppedUp === undefined && days === undefined) return { value: statedRate(annualRate), working: [] }
    const detail =
      'A rate is stated or follows from a top-up, not both: leave out annualRate, or toppedUp and days.'
    throw new Problem('line-ambiguous', detail, { pointer: '/leakage/annualRate' })
  }
  if (toppedUp !== undefined && days !== undefined) return toppedUpRate(leakage, charge, toppedUp, days)
  if (toppedUp === undefined && days === undefined) {
    const detail =
      'State annualRate, the share of the charge lost in a year, e.g. "0.05", or toppedUp and days: what was added, and how long after it was full.'
    throw missing('/leakage/annualRate', detail)
  }
  const lacking = toppedUp === undefined ? 'toppedUp' : 'days'
  const detail = `A rate follows from what was added and how many days after the equipment was full: state ${lacking} too.`
  throw missing(`/leakage/${lacking}`, detail)
}

function statedRate(text: string): number {
  const rate = readNumber(text, '/leakage/annualRate')
  if (rate > 0 && rate < 1) return rate
  const detail = `A leak rate is a share of the charge over 0 and under 1, e.g. "0.05" for 5 % a year; "${text}" is not. For more, or for none, state what was filled in under gasBalance.`
  throw outOfRange('/leakage/annualRate', detail)
}

/** added ÷ charge × 365 ÷ days. */
function toppedUpRate({ unit }: GasLeakage, charge: number, added: string, after: string): Rate {
  const toppedUp = readNotNegative(added, '/leakage/toppedUp', 'What was added')
  if (toppedUp > charge) {
    const detail = `More was added (${added} ${unit}) than the equipment holds (${charge} ${unit}); state the amount that filled it up once.`
    throw outOfRange('/leakage/toppedUp', detail)
  }
  const days = readPositive(after, '/leakage/days', 'The time since the equipment was full')
  if (days < 1) throw outOfRange('/leakage/days', 'The time since the equipment was full is one day or more.')
  const working: Working[] = [
    { name: 'toppedUp', value: toppedUp, unit },
    { name: 'days', value: days, unit: 'd' },
  ]
  return { value: over(times(over(toppedUp, charge), daysOfYear), days), working }
}

/** 1 from a date to the same one next year, whatever its days; else days ÷ 365. */
function yearsOf(period: Period): number {
  const { start, end } = at('/period', () => daysOf(period))
  const isYear =
    period.start.slice(4) === period.end.slice(4) &&
    Number(period.end.slice(0, 4)) - Number(period.start.slice(0, 4)) === 1
  return isYear ? 1 : over(end - start, daysOfYear)
}
