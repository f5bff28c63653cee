/**
 * How much somebody measured, of a line or of a total of a site: stated, read off meters, left by a stock, or lost by a gas balance
 * or a leak rate; then the days of it that lie in the reporting period.
 */

import type { Days } from '../calendar.ts'
import type { AmountWay } from '../line-properties.ts'
import type { ActivityLine, Period, Quantity, Working } from '../types.ts'
import type { Measure } from '../units.ts'
import { apportioned } from './apportion.ts'
import { checkEstimate } from './estimate.ts'
import { balancedGas } from './gas-balance.ts'
import { leakedGas } from './leakage.ts'
import { readMeter } from './meter.ts'
import { readQuantity } from './quantity.ts'
import { usedFromStock } from './stock.ts'

/** An amount as found. */
export interface Found {
  readonly quantity: Measure
  readonly working: readonly Working[]
  /** The days between the first and the last reading, where meters tell them. */
  readonly period?: Period
  /** The way itself is an estimate. */
  readonly estimated?: boolean
}

/** How much, in the reporting period. */
export interface LineAmount {
  readonly quantity: Measure
  readonly working: readonly Working[]
  /** When: as is said or as meters tell. */
  readonly period: Period | undefined
  readonly estimated: boolean
  readonly apportioned: boolean
}

/** A way that measures something: neither taken from what was measured elsewhere, nor assumed. */
export type MeasuredWay = Exclude<AmountWay, 'fromSite' | 'parameter'>

/** Who states how much. */
export type Stated = Pick<ActivityLine, MeasuredWay | 'period' | 'apportion' | 'estimate'>

/** The period that amounts are read for. */
export interface Reported {
  readonly reporting: Days
  readonly reportingPeriod: Period
}

const ways: Readonly<Record<MeasuredWay, (stated: Stated, reportingPeriod: Period) => Found>> = {
  quantity: ({ quantity }) => readQuantity(quantity as Quantity),
  meter: readMeter,
  stock: usedFromStock,
  gasBalance: balancedGas,
  leakage: leakedGas,
}

/**
 * What was measured of the reporting period, by the way given.
 * @throws Problem `period-outside`, and what the way refuses.
 */
export function measuredAmount(stated: Stated, way: MeasuredWay, reported: Reported): LineAmount {
  return inPeriod(stated, ways[way](stated, reported.reportingPeriod), reported)
}

/**
 * What of an amount as found lies in the reporting period.
 * @throws Problem `period-outside`, and about its estimate.
 */
export function inPeriod(
  stated: Pick<Stated, 'period' | 'apportion' | 'estimate'>,
  found: Found,
  { reporting, reportingPeriod }: Reported,
): LineAmount {
  checkEstimate(stated)
  const period = found.period ?? stated.period
  const share = apportioned(stated, found.quantity, period, reporting, reportingPeriod)
  return {
    quantity: share?.quantity ?? found.quantity,
    working: [...found.working, ...(share?.working ?? [])],
    period: share?.period ?? period,
    estimated: found.estimated === true || stated.estimate !== undefined,
    apportioned: share !== undefined,
  }
}
