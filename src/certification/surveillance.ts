/**
 * Surveillance 获证后监督 of certificates: when the body looks again, and what the public is told of it. A statement speaks of a point in
 * time and has none. Overdue is told; suspending is a person's decision.
 */

import { dayMilliseconds, monthsAfter } from '../json/instant.ts'

/** What a surveillance came to. `conditions`: kept, if what was found is mended by a date. */
export const surveillanceOutcomes = ['kept', 'conditions', 'failed'] as const
export type SurveillanceOutcome = (typeof surveillanceOutcomes)[number]

/**
 * What the public is told. `kept`: the last one that was due was passed, or none was due yet. `due`: the next is due within
 * {@link dueWithinDays} days. `conditions`, `failed`: so the last one ended. `overdue`: one that was due is not recorded.
 */
export const surveillanceStatuses = ['kept', 'due', 'overdue', 'conditions', 'failed'] as const
export type SurveillanceStatus = (typeof surveillanceStatuses)[number]

/** Days before a date from which a surveillance counts as due: Egret's own choice. */
export const dueWithinDays = 60

/** What dates follow from. */
export interface SurveillanceTerm {
  readonly validFrom: Date
  readonly validUntil: Date
  /** From one surveillance to the next, as the scheme asks. */
  readonly months: number
}

/** A surveillance as it was recorded. */
export interface RecordedSurveillance {
  /** 1 for the first that was due. */
  readonly number: number
  readonly outcome: SurveillanceOutcome
  readonly doneAt: Date
}

/** When each surveillance is due, the first `months` after the beginning; none at the end of the term or after it. */
export function surveillanceDates({ validFrom, validUntil, months }: SurveillanceTerm): readonly Date[] {
  const dates: Date[] = []
  for (let number = 1; ; number += 1) {
    const at = monthsAfter(validFrom, months * number)
    if (at >= validUntil) return dates
    dates.push(at)
  }
}

/** How surveillance stands. */
export interface SurveillanceStanding {
  readonly status: SurveillanceStatus
  /** The next one to record: null where the term has none left. */
  readonly next: { readonly number: number; readonly dueAt: Date } | null
  readonly last: RecordedSurveillance | null
}

/** How surveillance stands at an instant, by the dates of the term and what was recorded. */
export function surveillanceAt(
  term: SurveillanceTerm,
  recorded: readonly RecordedSurveillance[],
  now: Date,
): SurveillanceStanding {
  const last = recorded.reduce<RecordedSurveillance | null>(
    (newest, one) => (newest === null || one.number > newest.number ? one : newest),
    null,
  )
  const number = (last?.number ?? 0) + 1
  const dueAt = surveillanceDates(term)[number - 1]
  const next = dueAt === undefined ? null : { number, dueAt }
  return { status: statusOf(last, next?.dueAt ?? null, now), next, last }
}

/** What is overdue is told before anything else; then what the last one came to; then what is due soon. */
function statusOf(last: RecordedSurveillance | null, dueAt: Date | null, now: Date): SurveillanceStatus {
  if (dueAt !== null && now > dueAt) return 'overdue'
  if (last !== null && last.outcome !== 'kept') return last.outcome
  const isSoon = dueAt !== null && dueAt.getTime() - now.getTime() <= dueWithinDays * dayMilliseconds
  return isSoon ? 'due' : 'kept'
}
