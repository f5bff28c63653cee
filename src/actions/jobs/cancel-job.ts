/** Cancels a job: a queued one at once, a running one before its next step. */

import type { Job } from '../../ports/jobs.ts'
import type { Actor, Ports, RequestMark } from '../../ports.ts'
import { Problem } from '../../problem.ts'
import { idFor } from '../identity.ts'

/** The same answer for a job that is not there and one that is not yours. */
export function invisibleJob(): Problem {
  return new Problem('not-found', 'No job with this id is visible to you.')
}

/** Asked again, it answers the job as it is. @throws Problem `not-found`, `invalid-transition` for one that ended otherwise. */
export async function cancelJob(
  ports: Pick<Ports, 'jobs' | 'wakeUps' | 'world'>,
  request: { actor: Actor; mark: RequestMark; jobId: string },
): Promise<Job> {
  const { actor, mark, jobId } = request
  const by = { actor, mark, at: ports.world.now() }
  const auditId = idFor(ports.world, actor, mark, 'cancel-job')
  const changed = await ports.jobs.requestCancel(by, jobId, auditId)
  if (changed) {
    // Nobody may have it in hand: then whoever takes it up sees at once what was asked.
    if (changed.endedAt === null) await ports.wakeUps.send(jobId)
    return changed
  }
  return cancelledBefore(await ports.jobs.find(actor, jobId))
}

function cancelledBefore(job: Job | null): Job {
  if (job === null) throw invisibleJob()
  if (job.cancelRequestedAt !== null) return job
  const detail = `The job has ended (${job.state}); there is nothing left to cancel.`
  throw new Problem('invalid-transition', detail, { state: job.state })
}
