/**
 * The month nobody reported. Whoever reports something month by month has promised every month: a month without a line
 * would be a gap that looks like a zero, and a true zero can be written as one.
 *
 * A *series* is the lines of one category, facility, grid zone and process that ask for the same factor, fuel, gas or process in units
 * of one dimension. It is monthly when at least two of its lines carry a period of exactly one calendar month, and metered when
 * one of them is read off a meter; then the periods of all its lines together must cover the whole reporting period, or as much
 * of it as the facility is held. What fills the month may be a declared estimate.
 */

import { Problem } from '../problem.ts'
import { type Days, daysOf, isCalendarMonth, monthsTouched, uncovered } from './calendar.ts'
import { atLine, type Refusals } from './refusals.ts'
import type { ActivityLine, FactorChoice, Period } from './types.ts'
import { dimensionOf } from './units.ts'
import type { PreparedLine } from './weigh-line.ts'

/** A line with its place among the lines and the period its amount is about. */
export type DatedLine = Pick<PreparedLine, 'index' | 'line' | 'amount'>

/** A refusal names at most this many months. */
const mostMonths = 12

/**
 * Refuses every monthly series that leaves some of the days to report uncovered, at the series' first line.
 * The lines have been checked one by one.
 *
 * @param reported the days to report where a line belongs.
 */
export function checkMonths(
  lines: readonly DatedLine[],
  reported: (line: ActivityLine) => readonly Days[],
  refusals: Refusals,
): void {
  const dated = lines.filter(({ amount }) => amount.period !== undefined)
  for (const series of Map.groupBy(dated, seriesKey).values()) {
    if (refusals.full) return
    const [{ line }] = series as [DatedLine]
    refusals.attempt(() => checkSeries(series, reported(line)))
  }
}

function checkSeries(series: readonly DatedLine[], reported: readonly Days[]): void {
  const periods = series.map(({ amount }) => amount.period as Period)
  const isMetered = series.some(({ line }) => line.meter !== undefined)
  if (!isMetered && periods.filter(isCalendarMonth).length < 2) return
  const covered = periods.map(daysOf)
  const gaps = reported.flatMap((days) => uncovered(days, covered))
  if (gaps.length === 0) return
  const months = [...new Set(gaps.flatMap((gap) => monthsTouched(gap, mostMonths)))].slice(0, mostMonths)
  const { index, line } = series[0] as DatedLine
  atLine(index, line, () => {
    const hint = isMetered ? ' A reading is of the beginning of its day.' : ''
    const detail = `This ${isMetered ? 'metered' : 'monthly'} series of ${line.category} has no data for ${months.join(', ')}; add a line for each, with amount 0 where nothing was used, or with a declared estimate (method, basis, approver).${hint}`
    throw new Problem('month-missing', detail, {
      pointer: '/period',
      months,
      category: line.category,
      facility: line.facility ?? null,
    })
  })
}

/** What makes lines one series: everything but when, how much, and which line. */
function seriesKey({ line, amount }: DatedLine): string {
  const { category, facility, zone, attributes, process, factor, fuel, gas } = line
  const asked = factor
    ? selectorOf(factor)
    : fuel
      ? [fuel.table, fuel.id]
      : [gas, line.flowKind, line.from, line.fromProduct, line.to, line.toProduct]
  return JSON.stringify([
    category,
    facility,
    zone,
    attributes,
    process,
    line.forProduct,
    factor ? 'factor' : fuel ? 'fuel' : 'other',
    ...asked,
    dimensionOf(amount.quantity.unit),
  ])
}

function selectorOf({ table, id, family, factorCategory, region }: FactorChoice): readonly unknown[] {
  return [table, id, family, factorCategory, region]
}
