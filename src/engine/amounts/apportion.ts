/** A bill that straddles the year: the days of its period that lie in the reporting period count, and the line says so. */

import { Problem } from '../../problem.ts'
import { over, times } from '../arithmetic.ts'
import { type Days, daysOf } from '../calendar.ts'
import { at } from '../refusals.ts'
import type { ActivityLine, Period, Working } from '../types.ts'
import type { Measure } from '../units.ts'

/** The part of an amount that lies in the reporting period. */
export interface Apportioned {
  readonly quantity: Measure
  readonly working: readonly Working[]
  readonly period: Period
}

/**
 * amount × days inside ÷ days of the line's period; undefined where all of it lies inside.
 * @throws Problem `period-outside`, `line-ambiguous` for an apportionment that leads nowhere.
 */
export function apportioned(
  stated: Pick<ActivityLine, 'apportion'>,
  quantity: Measure,
  period: Period | undefined,
  reporting: Days,
  reportingPeriod: Period,
): Apportioned | undefined {
  const isAsked = stated.apportion !== undefined
  if (period === undefined) {
    if (isAsked) throw idle('the line has no period of its own')
    return undefined
  }
  const days = at('/period', () => daysOf(period))
  const isInside = days.start >= reporting.start && days.end <= reporting.end
  if (isInside) {
    if (isAsked) throw idle('its period lies inside the reporting period')
    return undefined
  }
  const inside = Math.min(days.end, reporting.end) - Math.max(days.start, reporting.start)
  if (!isAsked || inside <= 0) throw outside(period, reportingPeriod, inside > 0)
  const whole = days.end - days.start
  const value = over(times(quantity.value, inside), whole)
  return {
    quantity: { value, unit: quantity.unit },
    working: [
      { name: 'billed', ...quantity },
      { name: 'daysInside', value: inside, unit: 'd' },
      { name: 'daysOfPeriod', value: whole, unit: 'd' },
    ],
    period: {
      start: days.start < reporting.start ? reportingPeriod.start : period.start,
      end: days.end > reporting.end ? reportingPeriod.end : period.end,
    },
  }
}

function idle(because: string): Problem {
  const detail = `There is nothing to apportion by days: ${because}; leave apportion out.`
  return new Problem('line-ambiguous', detail, { pointer: '/apportion' })
}

function outside(period: Period, reportingPeriod: Period, reachesIn: boolean): Problem {
  const remedy = reachesIn ? ' Say apportion "by-days", or split the amount by a reading on that day.' : ''
  const detail = `The period ${period.start} to ${period.end} is not inside the reporting period ${reportingPeriod.start} to ${reportingPeriod.end}.${remedy}`
  return new Problem('period-outside', detail, { pointer: '/period', period, reportingPeriod })
}
