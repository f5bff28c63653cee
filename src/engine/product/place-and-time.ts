/**
 * Where and when a process takes place. Its lines look for factors from there, and their amounts are of that time; a process that
 * says neither takes place where and when the calculation does.
 */

import { Problem } from '../../problem.ts'
import { type Days, daysOf } from '../calendar.ts'
import { at, Refusals } from '../refusals.ts'
import type { ActivityLine, CalculationInput, Period, Process } from '../types.ts'

/** A place and a time. */
export interface PlaceAndTime {
  /** Region that selectors start from. */
  readonly region: string
  /** Of what is measured. */
  readonly reportingPeriod: Period
  readonly reporting: Days
}

/** The processes that say where or when they take place. */
export type Placed = ReadonlyMap<string, Partial<PlaceAndTime>>

/** @throws Problem `period-invalid`, and `property-unused` for a period beside a site’s. */
export function placesOf(processes: readonly Process[]): Placed {
  const refusals = new Refusals()
  const places = processes.flatMap((process, index) => {
    const read = refusals.attempt(() => readPlace(process, `/processes/${index}/period`))
    return read === undefined || Object.keys(read).length === 0 ? [] : [[process.id, read] as const]
  })
  refusals.throwIfAny()
  return new Map(places)
}

function readPlace({ id, region, period, site }: Process, pointer: string): Partial<PlaceAndTime> {
  if (period !== undefined && site !== undefined) throw ofSite(id, pointer)
  return {
    ...(region === undefined ? {} : { region }),
    ...(period === undefined
      ? {}
      : { reportingPeriod: period, reporting: at(pointer, () => daysOf(period)) }),
  }
}

/** Where and when a line takes place, as far as it does not say more closely itself. */
export function placeOf(
  { process }: Pick<ActivityLine, 'process'>,
  { input, reporting, places }: { input: CalculationInput; reporting: Days; places: Placed },
): PlaceAndTime {
  const ofProcess = places.get(process ?? '')
  return { region: input.region, reportingPeriod: input.period, reporting, ...ofProcess }
}

function ofSite(process: string, pointer: string): Problem {
  const detail = `Process "${process.slice(0, 128)}" takes from the year of a site, whose period is the calculation's: leave out the period.`
  return new Problem('property-unused', detail, { pointer })
}
