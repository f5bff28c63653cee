/**
 * Measures of an installation, and from where each is an alarm. The one list of them: `GET /metrics`, the schedule's alarms and the
 * table of docs/operations.md follow it.
 */

import type { Measured } from '../../ports/measures.ts'
import { sweepNames } from '../../ports/measures.ts'

/** What a measure is taken under. */
export interface MeasureContext {
  readonly now: Date
  /** Life of a signed status list, seconds. */
  readonly statusSeconds: number
  /** Names of the witnesses that are asked. */
  readonly witnessNames: readonly string[]
}

/** One value; a measure of several things labels each. */
export interface Sample {
  readonly label?: { readonly name: 'sweep' | 'witness'; readonly value: string }
  /** `Infinity`: never happened. */
  readonly value: number
}

export interface Measure {
  /** Prometheus name: `egret_<what>_<unit>`. */
  readonly name: string
  /** One sentence, for the operator. */
  readonly help: string
  /** A value above it is an alarm; absent where the measure only informs. */
  readonly alarmAbove?: (context: MeasureContext) => number
  readonly samples: (measured: Measured, context: MeasureContext) => readonly Sample[]
}

/** Sweeps come each minute; two that fail are a hiccup, three are an alarm. */
const threeSweepsSeconds = 180
const dueJobSecondsMax = 300
const witnessSecondsMax = 3600
const failuresMax = 2

/** Seconds since something unfinished began; 0 where nothing is unfinished. */
function waiting(since: Date | null, { now }: MeasureContext): readonly Sample[] {
  return [{ value: secondsWaited(since, now) }]
}

function secondsWaited(since: Date | null, now: Date): number {
  return since === null ? 0 : secondsSince(since, now)
}

function secondsSince(at: Date, now: Date): number {
  return Math.max(0, (now.getTime() - at.getTime()) / 1000)
}

/** A witness that has cosigned what is published owes nothing; one that never cosigned owes for ever. */
function witnessLag(
  { witnesses, logPublishedSize }: Measured,
  { now, witnessNames }: MeasureContext,
): Sample[] {
  return witnessNames.map((name) => {
    const known = witnesses.find((one) => one.name === name)
    const never = logPublishedSize === 0 ? 0 : Number.POSITIVE_INFINITY
    return {
      label: { name: 'witness', value: name },
      value: known === undefined ? never : secondsWaited(known.owesSince, now),
    }
  })
}

function sweepAge({ sweeps }: Measured, { now }: MeasureContext): Sample[] {
  return sweepNames.map((name) => {
    const at = sweeps.find((one) => one.name === name)?.succeededAt
    return {
      label: { name: 'sweep', value: name },
      value: at ? secondsSince(at, now) : Number.POSITIVE_INFINITY,
    }
  })
}

function sweepFailures({ sweeps }: Measured): Sample[] {
  return sweepNames.map((name) => ({
    label: { name: 'sweep', value: name },
    value: sweeps.find((one) => one.name === name)?.failures ?? 0,
  }))
}

const counted =
  (key: { [Key in keyof Measured]: Measured[Key] extends number ? Key : never }[keyof Measured]) =>
  (measured: Measured): readonly Sample[] => [{ value: measured[key] }]

/** In the order in which an operator asks: is the log public, are documents, is their status, and does the schedule run. */
export const measures: readonly Measure[] = [
  {
    name: 'egret_log_entries',
    help: 'Entries that have a place in the log.',
    samples: counted('logSize'),
  },
  {
    name: 'egret_log_unpublished_entries',
    help: 'Entries that no published checkpoint covers.',
    samples: ({ logSize, logPublishedSize }) => [{ value: logSize - logPublishedSize }],
  },
  {
    name: 'egret_log_lag_seconds',
    help: 'For how long the oldest unpublished entry has waited.',
    alarmAbove: () => threeSweepsSeconds,
    samples: ({ oldestUnpublishedEntryAt }, context) => waiting(oldestUnpublishedEntryAt, context),
  },
  {
    name: 'egret_log_unconfirmed_entries',
    help: 'Published entries whose tiles were not read back yet.',
    samples: ({ logPublishedSize, logConfirmedSize }) => [{ value: logPublishedSize - logConfirmedSize }],
  },
  {
    name: 'egret_witness_lag_seconds',
    help: 'For how long the oldest published entry that a witness has not cosigned has waited for it.',
    alarmAbove: () => witnessSecondsMax,
    samples: witnessLag,
  },
  {
    name: 'egret_credentials_public',
    help: 'Documents that anyone can read.',
    samples: counted('credentialsPublic'),
  },
  {
    name: 'egret_credentials_pending',
    help: 'Documents that are signed and not public yet.',
    samples: counted('credentialsPending'),
  },
  {
    name: 'egret_credential_lag_seconds',
    help: 'For how long the oldest of those has waited.',
    alarmAbove: () => threeSweepsSeconds,
    samples: ({ oldestPendingCredentialAt }, context) => waiting(oldestPendingCredentialAt, context),
  },
  {
    name: 'egret_credentials_unconfirmed',
    help: 'Documents whose objects were not read back yet.',
    samples: counted('credentialsUnconfirmed'),
  },
  {
    name: 'egret_status_lists',
    help: 'Status lists of all bodies.',
    samples: counted('statusLists'),
  },
  {
    name: 'egret_status_lists_behind',
    help: 'Status lists with a bit that the published list does not show.',
    samples: counted('statusListsBehind'),
  },
  {
    name: 'egret_status_lag_seconds',
    help: 'For how long the oldest unpublished suspension, reinstatement or revocation has waited.',
    alarmAbove: () => threeSweepsSeconds,
    samples: ({ oldestUnpublishedMoveAt }, context) => waiting(oldestUnpublishedMoveAt, context),
  },
  {
    name: 'egret_status_age_seconds',
    help: 'For how long the oldest status list has not been signed anew; at STATUS_SECONDS every check of its documents fails.',
    alarmAbove: ({ statusSeconds }) => (statusSeconds * 2) / 3,
    samples: ({ oldestStatusListAt }, context) => waiting(oldestStatusListAt, context),
  },
  {
    name: 'egret_accreditations_unconfirmed',
    help: 'Signed facts of bodies that were not read back yet.',
    samples: counted('accreditationsUnconfirmed'),
  },
  {
    name: 'egret_jobs_due',
    help: 'Jobs that somebody should be working on.',
    samples: counted('jobsDue'),
  },
  {
    name: 'egret_job_lag_seconds',
    help: 'For how long the oldest of those has waited.',
    alarmAbove: () => dueJobSecondsMax,
    samples: ({ oldestDueJobAt }, context) => waiting(oldestDueJobAt, context),
  },
  {
    name: 'egret_sweep_age_seconds',
    help: 'Since when a part of the schedule has not ended well; each does so every minute.',
    alarmAbove: () => threeSweepsSeconds,
    samples: sweepAge,
  },
  {
    name: 'egret_sweep_failures',
    help: 'How often a part of the schedule has failed since it last ended well.',
    alarmAbove: () => failuresMax,
    samples: sweepFailures,
  },
]

/** A value above its threshold. */
export interface Alarm {
  readonly measure: Measure
  readonly sample: Sample
  readonly above: number
}

/** Every value that is above its threshold, in the order of the list. */
export function alarmsIn(measured: Measured, context: MeasureContext): readonly Alarm[] {
  return measures.flatMap((measure) => {
    const above = measure.alarmAbove?.(context)
    if (above === undefined) return []
    const samples = measure.samples(measured, context)
    return samples.filter(({ value }) => value > above).map((sample) => ({ measure, sample, above }))
  })
}
