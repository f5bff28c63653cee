/** A job's progress as server-sent events: one whenever something changed, and the last one when it has ended. */

import type { Job } from '../../../ports/jobs.ts'

/** How a stream of events goes on: looks at the job, pauses, and ends after so many looks, so that no Worker is held for ever. */
export interface Pace {
  pause(gone: AbortSignal): Promise<void>
  readonly looksMax: number
  /** Looks without news after which a comment keeps the connection open. */
  readonly looksQuiet: number
}

const lookSeconds = 1

/** A look each second, a comment every fifteen, and an end after a minute; the client comes again by itself. */
export const calmPace: Pace = {
  pause: (gone) => pause(lookSeconds * 1000, gone),
  looksMax: 60,
  looksQuiet: 15,
}

/** Milliseconds until an `EventSource` comes again. */
const retryMilliseconds = 1000

/**
 * The text of the stream (HTML, "Server-sent events"). An event's id is the job's version, so whoever comes again with
 * `Last-Event-ID` is told only what is new.
 *
 * @param seen the version that the client knows already; null for none.
 */
export async function* jobEvents(
  look: () => Promise<Job | null>,
  view: (job: Job) => unknown,
  seen: number | null,
  pace: Pace,
  gone: AbortSignal,
): AsyncGenerator<string> {
  yield `retry: ${retryMilliseconds}\n\n`
  let [known, quiet] = [seen, 0]
  for (let looks = 0; looks < pace.looksMax && !gone.aborted; looks += 1) {
    if (looks > 0) await pace.pause(gone)
    const job = await look()
    if (job === null) return
    quiet = job.version === known ? quiet + 1 : 0
    if (quiet === 0) yield event(job.endedAt === null ? 'progress' : 'end', job.version, view(job))
    if (job.endedAt !== null) return
    if (quiet > 0 && quiet % pace.looksQuiet === 0) yield ': nothing new\n\n'
    known = job.version
  }
}

/** JSON has no line breaks of its own, so one data line holds it. */
function event(name: 'progress' | 'end', version: number, data: unknown): string {
  return `event: ${name}\nid: ${version}\ndata: ${JSON.stringify(data)}\n\n`
}

function pause(milliseconds: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    gone.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
