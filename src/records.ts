/**
 * The log of the process: every line is one JSON object, and every line is written here.
 *
 * `at`, `level` and `message` are always there; `requestId` on what a request did, `sweep` or `job` on what the schedule did.
 */

export const levels = ['info', 'warn', 'error'] as const

export type Level = (typeof levels)[number]

export type Facts = Readonly<Record<string, unknown>>

/** Writes one record. */
export type WriteRecord = (level: Level, message: string, facts?: Facts) => void

/** Writes to standard output, which Workers' logs and any collector of a process's output read. */
export const writeRecord: WriteRecord = (level, message, facts) =>
  console.log(JSON.stringify({ at: new Date().toISOString(), level, message, ...facts }))

/** Writes what is at least so grave, each record with what it belongs to. */
export function recordsFrom(least: Level, origin: Facts = {}): WriteRecord {
  const silent = levels.indexOf(least)
  return (level, message, facts) => {
    if (levels.indexOf(level) >= silent) writeRecord(level, message, { ...origin, ...facts })
  }
}

/** What was thrown, for a record: with what caused it, since drivers hide the reason there. */
export function thrownFacts(thrown: unknown): Facts {
  if (!(thrown instanceof Error)) return { error: String(thrown) }
  const { message, stack, cause } = thrown
  return { error: message, stack, ...(cause instanceof Error ? { cause: cause.stack } : {}) }
}
