/**
 * Last year's lines as a form for the next: what was done, where, and by which factor, without how much. What belongs to a year is
 * left empty, and an empty text is no number, so a form that nobody filled in is refused line by line: a gap is never a zero, and never
 * last year's figure. What was said of the old data (estimates, ratings, uncertainties) is left out.
 */

import { dayNumber } from '../engine/calendar.ts'
import type { ActivityLine, FactorChoice, MeterReadings, Period, Quantity } from '../engine/types.ts'
import { isProblem } from '../problem.ts'

/** A value to be filled in. */
export const toFill = ''

/** A line with empty texts where the year's values go; otherwise of the form of a line. */
export type LineForm = Omit<ActivityLine, 'estimate' | 'dataQuality' | 'uncertainty'>

/**
 * Forms of the lines, their dates moved with the period.
 *
 * @param from first day of the period that the lines are of.
 * @param to first day of the period that the forms are for. Where the two are not whole months apart, dates are to be filled in.
 */
export function nextLines(lines: readonly ActivityLine[], from: string, to: string): readonly LineForm[] {
  const months = monthsBetween(from, to)
  return lines.map((line) => nextLine(line, months))
}

function nextLine(line: ActivityLine, months: number | null): LineForm {
  const { estimate: _estimate, dataQuality: _quality, uncertainty: _uncertainty, ...kept } = line
  return {
    ...kept,
    ...mapped(line, 'period', (period) => movedPeriod(period, months)),
    ...mapped(line, 'quantity', emptied),
    ...mapped(line, 'distance', emptied),
    ...mapped(line, 'density', emptied),
    ...mapped(line, 'enthalpy', emptied),
    ...mapped(line, 'netCalorificValue', emptied),
    ...mapped(line, 'sulphurPercent', () => toFill),
    ...mapped(line, 'attribution', () => toFill),
    ...mapped(line, 'coefficientOfPerformance', () => toFill),
    ...mapped(line, 'use', ({ consumption }) => ({ consumption: emptied(consumption), times: toFill })),
    ...mapped(line, 'factor', (factor) => nextChoice(factor, months)),
    ...mapped(line, 'beside', (beside) => beside.map((one) => nextChoice(one, months))),
    ...mapped(line, 'meter', (meter) => nextMeter(meter, months)),
    ...mapped(line, 'stock', ({ unit }) => {
      return { unit, opening: toFill, received: toFill, passedOn: toFill, closing: toFill }
    }),
    ...mapped(line, 'gasBalance', ({ unit }) => {
      const unknown = { opening: toFill, purchased: toFill, returned: toFill, closing: toFill }
      return { unit, ...unknown, newCharge: toFill }
    }),
    ...mapped(line, 'leakage', (leakage) => ({
      ...leakage,
      charge: toFill,
      ...(leakage.annualRate === undefined ? {} : { annualRate: toFill }),
      ...(leakage.toppedUp === undefined ? {} : { toppedUp: toFill }),
      ...(leakage.days === undefined ? {} : { days: toFill }),
    })),
    ...mapped(line, 'transport', (transport) => ({
      ...transport,
      ...(transport.loadFactor === undefined ? {} : { loadFactor: toFill }),
      ...(transport.emptyReturn === undefined ? {} : { emptyReturn: toFill }),
    })),
    ...mapped(line, 'spend', ({ source: _, ...spend }) => ({
      ...spend,
      year: nextYear(spend.year, months),
      ...(spend.priceIndex === undefined ? {} : { priceIndex: toFill }),
      ...(spend.exchangeRate === undefined ? {} : { exchangeRate: toFill }),
    })),
    ...mapped(line, 'fuel', (fuel) => ({
      ...fuel,
      ...mapped(fuel, 'netCalorificValue', emptied),
      ...mapped(fuel, 'carbonContent', emptied),
      ...mapped(fuel, 'oxidation', () => toFill),
    })),
  }
}

/** The year that a selector asks for moves with the period; a factor by its id stays. */
function nextChoice<Choice extends FactorChoice>(choice: Choice, months: number | null): Choice {
  return choice.year === undefined ? choice : { ...choice, year: nextYear(choice.year, months) }
}

/** To be filled in where the periods are not whole years apart: no year is a number then, and is refused by its name. */
function nextYear(year: number, months: number | null): number {
  return months !== null && months % 12 === 0 ? year + months / 12 : (toFill as unknown as number)
}

/** The member made anew, where there is one. */
function mapped<Type extends object, Name extends keyof Type>(
  given: Type,
  name: Name,
  make: (value: NonNullable<Type[Name]>) => Type[Name],
): Partial<Type> {
  const value = given[name]
  return value === undefined || value === null ? {} : ({ [name]: make(value) } as unknown as Partial<Type>)
}

function emptied({ unit }: Quantity): Quantity {
  return { amount: toFill, unit }
}

/** The meter that hangs there now, its days of reading moved. Where it took over from another, it hangs there all of the next time. */
function nextMeter({ unit, meters }: MeterReadings, months: number | null): MeterReadings {
  const begun = meters[0]?.readings[0]?.date
  return {
    unit,
    meters: meters.slice(-1).map((meter) => ({
      ...meter,
      readings: meter.readings.map(({ date }, at) => ({
        date: moved(at === 0 ? (begun ?? date) : date, months),
        value: toFill,
      })),
    })),
  }
}

function movedPeriod({ start, end }: Period, months: number | null): Period {
  return { start: moved(start, months), end: moved(end, months) }
}

/** A date some months on; to be filled in where there is no such day. */
function moved(date: string, months: number | null): string {
  if (months === null) return toFill
  const month = monthOf(date) + months
  const year = String(Math.floor(month / 12)).padStart(4, '0')
  const there = `${year}-${String((month % 12) + 1).padStart(2, '0')}-${date.slice(8)}`
  return isDate(there) ? there : toFill
}

function isDate(date: string): boolean {
  try {
    dayNumber(date)
    return true
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown
    return false
  }
}

/** Whole months from one first day to another; null where they lie at different days of a month. */
function monthsBetween(from: string, to: string): number | null {
  return from.slice(8) === to.slice(8) ? monthOf(to) - monthOf(from) : null
}

function monthOf(date: string): number {
  return Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1
}
