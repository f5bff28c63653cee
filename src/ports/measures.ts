/** What tells whether an installation keeps up: read from Postgres, so that every server answers the same. */

/** What the schedule does each minute, part by part. */
export const sweepNames = [
  'log',
  'status',
  'keys',
  'accreditations',
  'jobs',
  'job-results',
  'deadlines',
  'trail',
  'webhooks',
] as const

export type SweepName = (typeof sweepNames)[number]

/** How a part of the schedule ended. */
export interface SweepOutcome {
  readonly name: SweepName
  readonly succeeded: boolean
}

/** A part of the schedule, as it last ended. */
export interface SweepStanding {
  readonly name: SweepName
  /** Null: it never ended well. */
  readonly succeededAt: Date | null
  /** Failures since it last ended well. */
  readonly failures: number
}

/** A witness that has cosigned at least once. */
export interface WitnessStanding {
  readonly name: string
  /** When the oldest published entry was appended that it has not cosigned; null where it has cosigned all. */
  readonly owesSince: Date | null
}

/** One moment of an installation. Every count is of what is unfinished; every instant is of the oldest such, null where there is none. */
export interface Measured {
  readonly logSize: number
  readonly logPublishedSize: number
  readonly logConfirmedSize: number
  readonly oldestUnpublishedEntryAt: Date | null
  readonly credentialsPublic: number
  readonly credentialsPending: number
  readonly oldestPendingCredentialAt: Date | null
  readonly credentialsUnconfirmed: number
  readonly statusLists: number
  /** Whose bits changed and were not published. */
  readonly statusListsBehind: number
  /** The oldest move of a credential that its published list does not show. */
  readonly oldestUnpublishedMoveAt: Date | null
  /** When the oldest list was signed; one that never was counts from when it was made. */
  readonly oldestStatusListAt: Date | null
  readonly accreditationsUnconfirmed: number
  readonly jobsDue: number
  readonly oldestDueJobAt: Date | null
  readonly witnesses: readonly WitnessStanding[]
  readonly sweeps: readonly SweepStanding[]
}

export interface MeasureRepository {
  read(now: Date): Promise<Measured>
  /** Keeps how parts of the schedule ended. */
  keepSweeps(outcomes: readonly SweepOutcome[], at: Date): Promise<void>
}
