/**
 * Whether a base year must be calculated anew (GHG Protocol Corporate Standard, ch. 5; ISO 14064-1 §6.4). What the organization
 * is, how things are weighed, and what was wrong can make two years incomparable; doing more or less cannot, and neither can a
 * factor that tells a real change, such as a cleaner grid. From which size on is the organization's own policy, stated and never
 * supposed.
 */

import { over } from '../engine/arithmetic.ts'
import { dayNumber } from '../engine/calendar.ts'
import { formatDecimal, parseDecimal } from '../engine/decimal.ts'
import { exactSum } from '../engine/exact-sum.ts'
import { at } from '../engine/refusals.ts'
import type { Decimal } from '../engine/types.ts'
import { Problem } from '../problem.ts'

/** Of these a policy speaks; the last two never lead to a recalculation, however large. */
export const baseYearChangeKinds = [
  'structural',
  'method',
  'factor-accuracy',
  'error',
  'factor-over-time',
  'organic-growth',
] as const
export type BaseYearChangeKind = (typeof baseYearChangeKinds)[number]

const triggering: readonly BaseYearChangeKind[] = ['structural', 'method', 'factor-accuracy', 'error']

export interface RecalculationPolicy {
  /** Part of the base year's total from which on a change is significant, over 0 to 1; 0.05 is usual. */
  readonly thresholdShare: Decimal
  /** Whether changes are added up since the last recalculation, or each is judged alone. */
  readonly cumulative: boolean
  /** Added up as they are, or each by its size: an acquisition and an outsourcing may cancel out, or not. */
  readonly measure: 'net' | 'absolute'
}

/** Something that would change the base year's total, were it calculated again. */
export interface BaseYearChange {
  readonly kind: BaseYearChangeKind
  /** Local date on which it took place or was found. */
  readonly date: string
  /** By how much the base year's total would change, kg CO2e. */
  readonly kgCo2e: Decimal
  readonly description: string
}

export interface RecalculationRequest {
  readonly policy: RecalculationPolicy
  /** kg CO2e of the base year as it stands. */
  readonly baseTotal: Decimal
  /** Changes up to this day are in the base year already; null where it was never recalculated. */
  readonly lastRecalculation: string | null
  readonly changes: readonly BaseYearChange[]
}

/** Sums as parts of the base total; a share is of one kind of change where it stands with one. */
export interface RecalculationAnswer {
  readonly required: boolean
  readonly thresholdShare: Decimal
  /** What was held against the threshold: a sum, or the largest single change. */
  readonly measuredShare: Decimal
  readonly net: { readonly kgCo2e: Decimal; readonly share: Decimal }
  readonly absolute: { readonly kgCo2e: Decimal; readonly share: Decimal }
  /** Places in `changes` of those that were counted; the others are earlier, or of a kind that never counts. */
  readonly counted: readonly number[]
  /** In which kinds the counted changes are, largest absolute sum first. */
  readonly reasons: readonly { readonly kind: BaseYearChangeKind; readonly kgCo2e: Decimal }[]
}

/**
 * @returns whether the threshold is reached (at it, a recalculation is due), and by what.
 * @throws Problem `invalid-number`, `period-invalid`, `property-out-of-range`, pointing into the request.
 */
export function recalculationCheck(request: RecalculationRequest): RecalculationAnswer {
  const { policy, changes } = request
  const [base, threshold] = [baseOf(request), thresholdOf(policy, '/policy')]
  const since =
    request.lastRecalculation === null
      ? null
      : at('/lastRecalculation', () => dayNumber(request.lastRecalculation as string))
  const read = changes.map((change, index) => ({ ...readChange(change, index), index }))
  const counted = read.filter(({ kind, day }) => triggering.includes(kind) && (since === null || day > since))
  const amounts = counted.map(({ kg }) => kg)
  const [net, absolute] = [exactSum(amounts), exactSum(amounts.map(Math.abs))]
  const measured = over(measuredOf(policy, amounts), base)
  return {
    required: measured >= threshold,
    thresholdShare: formatDecimal(threshold),
    measuredShare: formatDecimal(measured),
    net: { kgCo2e: formatDecimal(net), share: formatDecimal(over(net, base)) },
    absolute: { kgCo2e: formatDecimal(absolute), share: formatDecimal(over(absolute, base)) },
    counted: counted.map(({ index }) => index),
    reasons: reasonsOf(counted),
  }
}

/**
 * A policy alone, before anything is held against it.
 * @throws Problem `invalid-number`, `property-out-of-range`.
 */
export function requirePolicy(policy: RecalculationPolicy, pointer: string): void {
  thresholdOf(policy, pointer)
}

function baseOf({ baseTotal }: RecalculationRequest): number {
  const base = at('/baseTotal', () => parseDecimal(baseTotal))
  if (base > 0) return base
  const detail = 'The total of a base year is greater than zero: nothing is a part of nothing.'
  throw new Problem('property-out-of-range', detail, { pointer: '/baseTotal' })
}

function thresholdOf({ thresholdShare }: RecalculationPolicy, pointer: string): number {
  const threshold = at(`${pointer}/thresholdShare`, () => parseDecimal(thresholdShare))
  if (threshold > 0 && threshold <= 1) return threshold
  const detail = 'A threshold is a part of the total, over 0 to 1: 0.05 is five percent.'
  throw new Problem('property-out-of-range', detail, { pointer: `${pointer}/thresholdShare` })
}

function readChange({ kind, date, kgCo2e }: BaseYearChange, index: number) {
  const kg = at(`/changes/${index}/kgCo2e`, () => parseDecimal(kgCo2e))
  const day = at(`/changes/${index}/date`, () => dayNumber(date))
  return { kind, kg, day }
}

function measuredOf({ cumulative, measure }: RecalculationPolicy, amounts: readonly number[]): number {
  if (!cumulative) return amounts.reduce((most, kg) => Math.max(most, Math.abs(kg)), 0)
  return measure === 'net' ? Math.abs(exactSum(amounts)) : exactSum(amounts.map(Math.abs))
}

function reasonsOf(
  counted: readonly { kind: BaseYearChangeKind; kg: number }[],
): RecalculationAnswer['reasons'] {
  const size = (group: readonly { kg: number }[]) => exactSum(group.map(({ kg }) => Math.abs(kg)))
  return [...Map.groupBy(counted, ({ kind }) => kind)]
    .toSorted(([, a], [, b]) => size(b) - size(a))
    .map(([kind, group]) => ({ kind, kgCo2e: formatDecimal(exactSum(group.map(({ kg }) => kg))) }))
}
