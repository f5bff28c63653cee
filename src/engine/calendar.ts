/**
 * Local dates as day numbers. Reporting periods, meter readings and invoices are dates of a place, not instants, so no
 * clock, no time zone and no `Date` takes part (proleptic Gregorian calendar, ISO 8601).
 */

import { Problem } from '../problem.ts'
import type { Period } from './types.ts'

/** A `[start, end)` interval in days since 1970-01-01. */
export interface Days {
  readonly start: number
  readonly end: number
}

const dateGrammar = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/

/**
 * Days since 1970-01-01 of a date `YYYY-MM-DD`.
 * @throws Problem `period-invalid` for anything but a date that exists.
 */
export function dayNumber(date: string): number {
  if (dateGrammar.test(date)) {
    const [year, month, day] = [yearOf(date), Number(date.slice(5, 7)), Number(date.slice(8))]
    if (year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))
      return daysBefore(year, month) + day - 1
  }
  throw new Problem('period-invalid', `"${date.slice(0, 32)}" is no date; write YYYY-MM-DD.`, {
    given: date.slice(0, 32),
  })
}

/**
 * A period as day numbers.
 * @throws Problem `period-invalid` when it does not end after it starts.
 */
export function daysOf(period: Period): Days {
  const days = { start: dayNumber(period.start), end: dayNumber(period.end) }
  if (days.start < days.end) return days
  const detail = `The period ${period.start} to ${period.end} is empty: \`end\` is the first day after it.`
  throw new Problem('period-invalid', detail, { start: period.start, end: period.end })
}

/** The year in which a period starts. The date has been checked. */
export function yearOf(date: string): number {
  return Number(date.slice(0, 4))
}

/** The date `YYYY-MM-DD` of a day number. */
export function dateOf(day: number): string {
  const month = monthOf(day)
  const [year, ordinal] = [Math.floor(month / 12), (month % 12) + 1]
  const parts = [
    String(year).padStart(4, '0'),
    twoDigits(ordinal),
    twoDigits(day - daysBefore(year, ordinal) + 1),
  ]
  return parts.join('-')
}

/**
 * The day number of a date moved by whole months; the last day of the month where that is shorter. The date has been checked.
 */
export function dayAfterMonths(date: string, months: number): number {
  const [year, month, day] = date.split('-').map(Number) as [number, number, number]
  const moved = year * 12 + month - 1 + months
  const [inYear, ordinal] = [Math.floor(moved / 12), moved - Math.floor(moved / 12) * 12 + 1]
  return daysBefore(inYear, ordinal) + Math.min(day, daysInMonth(inYear, ordinal)) - 1
}

/** Whether a period is exactly one calendar month. */
export function isCalendarMonth({ start, end }: Period): boolean {
  return start.endsWith('-01') && end.endsWith('-01') && dayNumber(end) === startOfNextMonth(start)
}

/** The calendar month, `YYYY-MM`, that a period lies in; undefined where it touches more than one. */
export function monthOfPeriod(period: Period): string | undefined {
  const months = monthsTouched(daysOf(period), 2)
  return months.length === 1 ? months[0] : undefined
}

/** The calendar months, `YYYY-MM`, that an interval touches; at most `limit`. */
export function monthsTouched({ start, end }: Days, limit: number): readonly string[] {
  const months: string[] = []
  for (let month = monthOf(start); months.length < limit; month++) {
    const [year, ordinal] = [Math.floor(month / 12), (month % 12) + 1]
    if (daysBefore(year, ordinal) >= end) break
    months.push(`${String(year).padStart(4, '0')}-${twoDigits(ordinal)}`)
  }
  return months
}

/** The parts of an interval that none of the others covers, in order. */
export function uncovered(whole: Days, parts: readonly Days[]): readonly Days[] {
  const gaps: Days[] = []
  let covered = whole.start
  for (const { start, end } of [...parts].sort((a, b) => a.start - b.start)) {
    if (start > covered) gaps.push({ start: covered, end: Math.min(start, whole.end) })
    covered = Math.max(covered, end)
  }
  if (covered < whole.end) gaps.push({ start: covered, end: whole.end })
  return gaps.filter((gap) => gap.start < gap.end)
}

function twoDigits(value: number): string {
  return String(value).padStart(2, '0')
}

/** Months since year 0 of a day number. */
function monthOf(day: number): number {
  let month = Math.floor((day / 365.2425 + 1970) * 12) - 1
  while (daysBefore(Math.floor((month + 1) / 12), ((month + 1) % 12) + 1) <= day) month++
  return month
}

function startOfNextMonth(date: string): number {
  const [year, month] = [yearOf(date), Number(date.slice(5, 7))]
  return month === 12 ? daysBefore(year + 1, 1) : daysBefore(year, month + 1)
}

/** Days from 1970-01-01 to the first of a month. */
function daysBefore(year: number, month: number): number {
  const daysBeforeMonth = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334]
  const leapDay = month > 2 && isLeap(year) ? 1 : 0
  return daysBeforeYear(year) + (daysBeforeMonth[month - 1] as number) + leapDay
}

function daysBeforeYear(year: number): number {
  const past = year - 1
  return past * 365 + Math.floor(past / 4) - Math.floor(past / 100) + Math.floor(past / 400) - 719162
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}
