/** What a job came to: there once it has succeeded, and only then. */

import type { Job } from '../../ports/jobs.ts'
import type { Actor, Ports } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { invisibleJob } from './cancel-job.ts'

/** @throws Problem `not-found`, the same for none and for another's. */
export async function readJob(ports: Pick<Ports, 'jobs'>, actor: Actor, id: string): Promise<Job> {
  const job = await ports.jobs.find(actor, id)
  if (job === null) throw invisibleJob()
  return job
}

/** A job that has a result. @throws Problem `not-found`, `job-unfinished`, `job-without-result`. */
export async function succeededJob(ports: Pick<Ports, 'jobs'>, actor: Actor, id: string): Promise<Job> {
  const job = await readJob(ports, actor, id)
  if (job.state === 'succeeded') return job
  if (job.endedAt === null) {
    const detail = 'The job is not done; watch its progress, and ask for the result when it has succeeded.'
    throw new Problem('job-unfinished', detail, { state: job.state, done: job.done, total: job.total })
  }
  const detail = `The job is ${job.state} and has no result; begin it again.`
  throw new Problem('job-without-result', detail, { state: job.state })
}
