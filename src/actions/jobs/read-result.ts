/** What a job came to: there once it has succeeded, and only then. */

import { type Job, resultDays, resultUntil } from '../../ports/jobs.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { invisibleJob } from './cancel-job.ts'

/** @throws Problem `not-found`, the same for none and for another's. */
export async function readJob(ports: Pick<Ports, 'jobs'>, actor: Actor, id: string): Promise<Job> {
  const job = await ports.jobs.find(actor, id)
  if (job === null) throw invisibleJob()
  return job
}

/** A job that has a result. @throws Problem `not-found`, `job-unfinished`, `job-without-result`, `job-result-removed`. */
export async function succeededJob(
  ports: Pick<Ports, 'jobs' | 'world'>,
  actor: Actor,
  id: string,
): Promise<Job> {
  const job = await readJob(ports, actor, id)
  const until = resultUntil(job)
  if (until !== null) return readableUntil(ports, job, until)
  if (job.endedAt === null) {
    const detail = 'The job is not done; watch its progress, and ask for the result when it has succeeded.'
    throw new Problem('job-unfinished', detail, { state: job.state, done: job.done, total: job.total })
  }
  const detail = `The job is ${job.state} and has no result; begin it again.`
  throw new Problem('job-without-result', detail, { state: job.state })
}

/** Refused by the clock a day before the sweep removes it, so that nobody takes what is left of a result for the whole. */
function readableUntil({ world }: Pick<Ports, 'world'>, job: Job, until: Date): Job {
  if (world.now() < until) return job
  const detail = `A result is kept for ${resultDays} days, and this one’s are over; begin the job again.`
  throw new Problem('job-result-removed', detail, { resultUntil: until.toISOString() })
}
