/**
 * How much a line is about, before anything weighs it: stated, read off meters, left by a stock, or lost by a gas balance or a leak
 * rate; then the days of it that lie in the reporting period. What each way needs and does not find is refused by its name.
 */

import { Problem } from '../../problem.ts'
import type { Days } from '../calendar.ts'
import { type AmountWay, amountWays } from '../line-properties.ts'
import type { KnownParameter } from '../product/parameters.ts'
import type { ActivityLine, Period, Quantity, Working } from '../types.ts'
import type { Measure } from '../units.ts'
import { apportioned } from './apportion.ts'
import { attributed, checkAttribution } from './attribution.ts'
import { checkEstimate } from './estimate.ts'
import { balancedGas } from './gas-balance.ts'
import { leakedGas } from './leakage.ts'
import { readMeter } from './meter.ts'
import { readParameter } from './parameter.ts'
import { readQuantity } from './quantity.ts'
import { usedFromStock } from './stock.ts'
import { usedInLife } from './use.ts'

/** An amount as found. */
export interface Found {
  readonly quantity: Measure
  readonly working: readonly Working[]
  /** The days between the first and the last reading, where meters tell them. */
  readonly period?: Period
  /** The way itself is an estimate. */
  readonly estimated?: boolean
}

/** What a line is about, in the reporting period. */
export interface LineAmount {
  readonly quantity: Measure
  readonly working: readonly Working[]
  /** When: as the line says or its meters tell. */
  readonly period: Period | undefined
  readonly estimated: boolean
  readonly apportioned: boolean
}

/** What a calculation says of the amounts of all its lines. */
export interface AmountSetting {
  readonly reporting: Days
  readonly reportingPeriod: Period
  /** Of a product system, by id. */
  readonly parameters: ReadonlyMap<string, KnownParameter>
}

const ways: Readonly<Record<AmountWay, (line: ActivityLine, setting: AmountSetting) => Found>> = {
  quantity: ({ quantity }) => readQuantity(quantity as Quantity),
  meter: readMeter,
  stock: usedFromStock,
  gasBalance: balancedGas,
  leakage: (line, { reportingPeriod }) => leakedGas(line, reportingPeriod),
  parameter: (line, { parameters }) => readParameter(line, parameters),
}

/**
 * The amount of a line in the reporting period, as it was measured; never less than nothing unless it was stated so.
 * @throws Problem `line-ambiguous` unless there is exactly one way to it, `period-outside`, and what the way refuses.
 */
export function amountOf(line: ActivityLine, setting: AmountSetting): LineAmount {
  checkEstimate(line)
  checkAttribution(line)
  const found = ways[wayOf(line)](line, setting)
  const period = found.period ?? line.period
  const share = apportioned(line, found.quantity, period, setting.reporting, setting.reportingPeriod)
  return {
    quantity: share?.quantity ?? found.quantity,
    working: [...found.working, ...(share?.working ?? [])],
    period: share?.period ?? period,
    estimated: found.estimated === true || line.estimate !== undefined,
    apportioned: share !== undefined,
  }
}

/**
 * What of a measured amount is weighed: the organization's part of it, and of sold products what they use.
 * @throws Problem `property-out-of-range`, `incompatible-dimension`, `line-ambiguous`.
 */
export function countedAmount(line: ActivityLine, amount: LineAmount): LineAmount {
  return usedInLife(line, attributed(line, amount))
}

/**
 * Refuses a way to the mass of a gas on a line that weighs something else.
 * @throws Problem `line-ambiguous`.
 */
export function requireGas(line: ActivityLine): void {
  const way = (['gasBalance', 'leakage'] as const).find((each) => line[each] !== undefined)
  if (way === undefined || line.gas !== undefined) return
  const detail = `What ${way} finds is the mass of a gas that got out: name it under gas, e.g. "HFC-134a" or "R-410A".`
  throw new Problem('line-ambiguous', detail, { pointer: `/${way}` })
}

function wayOf(line: ActivityLine): AmountWay {
  const given = amountWays.filter((way) => line[way] !== undefined)
  const [way, ...others] = given
  if (way && others.length === 0) return way
  const what = given.length === 0 ? 'none' : given.join(' and ')
  const detail = `Exactly one of quantity, meter, stock, gasBalance, leakage and parameter says how much; this line gives ${what}.`
  throw new Problem('line-ambiguous', detail, {
    given,
    pointer: given.length === 0 ? '/quantity' : `/${way}`,
  })
}
