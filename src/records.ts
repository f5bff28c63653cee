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

/**
 * Writes to standard output, which Workers' logs and any collector of a process's output read. What was thrown is given as `error`, and
 * written with its stack and its cause.
 */
export const writeRecord: WriteRecord = (level, message, { error, ...facts } = {}) =>
  console.log(
    JSON.stringify({
      at: new Date().toISOString(),
      level,
      message,
      ...facts,
      ...(error === undefined ? {} : thrownFacts(error)),
    }),
  )

/** Writes what is at least so grave, each record with what it belongs to. */
export function recordsFrom(least: Level, origin: Facts = {}): WriteRecord {
  const silent = levels.indexOf(least)
  return (level, message, facts) => {
    if (levels.indexOf(level) >= silent) writeRecord(level, message, { ...origin, ...facts })
  }
}

/** What was thrown, with what caused it, since drivers hide the reason there. */
function thrownFacts(thrown: unknown): Facts {
  if (!(thrown instanceof Error)) return { error: String(thrown) }
  const { cause } = thrown
  const caused = cause instanceof Error ? { cause: stackOf(cause) } : {}
  return { error: messageOf(thrown), stack: stackOf(thrown), ...caused }
}

/** Of a failed query without its parameters: they may be a person's name or a wrapped key. */
function messageOf(error: Error): string {
  return 'query' in error && 'params' in error ? `Failed query: ${error.query}` : error.message
}

function stackOf(error: Error): string | undefined {
  return error.stack?.replace(error.message, () => messageOf(error))
}
