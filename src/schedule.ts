/** What nobody asks for: the schedule of each minute, and work on jobs. Both entries run it, and any number of servers may. */

import { sweepAccreditations } from './actions/accreditations/record-accreditation.ts'
import { jobKinds } from './actions/jobs/kinds.ts'
import { runSlice, type SliceEnd } from './actions/jobs/run-slice.ts'
import { removeOldSteps, sweepJobs } from './actions/jobs/sweep-jobs.ts'
import { sweepKeys } from './actions/keys/sweep-keys.ts'
import { sweepLog } from './actions/log/sweep-log.ts'
import { sendDeliveries } from './actions/notices/send-deliveries.ts'
import { sweepDeadlines } from './actions/notices/sweep-deadlines.ts'
import { tellAlarms } from './actions/operations/tell-alarms.ts'
import { sweepLists } from './actions/status/sweep-lists.ts'
import { sweepTrail } from './actions/trail/sweep-trail.ts'
import { within } from './actions/within.ts'
import type { Environment } from './environment.ts'
import type { SweepName } from './ports/measures.ts'
import type { Ports } from './ports.ts'
import { type Facts, recordsFrom } from './records.ts'
import { type Backends, forgiving, openPorts } from './wire.ts'

/** What one invocation does for a job: the time that a Worker may take without asking, and reads within its limits. */
const slice = { movesMax: 25, secondsMax: 20 } as const

/** What a wake-up does: works on the job for a slice, and wakes whoever goes on where work is left. */
export async function workOn(environment: Environment, backends: Backends, jobId: string): Promise<SliceEnd> {
  const origin = { job: jobId }
  const write = recordsFrom(environment.LOG_LEVEL, origin)
  const { end, failure } = await withPorts(environment, backends, origin, (ports) =>
    runSlice(ports, jobKinds, jobId, slice),
  )
  if (failure instanceof Error) write('error', 'job', { end, error: failure })
  if (end === 'again') await forgiving(backends.wakeUps, write).send(jobId)
  return end
}

type Sweep = (environment: Environment, backends: Backends) => Promise<unknown>

/** A part that asks for nothing but ports. */
function sweepWith(name: SweepName, act: (ports: Ports) => Promise<unknown>): Sweep {
  return (environment, backends) => withPorts(environment, backends, { sweep: name }, act)
}

const sweeps: Readonly<Record<SweepName, Sweep>> = {
  log: sweepWith('log', sweepLog),
  status: sweepWith('status', sweepLists),
  keys: sweepWith('keys', sweepKeys),
  accreditations: sweepWith('accreditations', sweepAccreditations),
  jobs: takeUpJobs,
  'job-results': sweepWith('job-results', removeOldSteps),
  deadlines: sweepWith('deadlines', sweepDeadlines),
  trail: sweepWith('trail', sweepTrail),
  webhooks: sweepWith('webhooks', sendDeliveries),
}

/**
 * What the schedule does, every minute: ends what a crash left, and tells what does not keep up. Harmless at any time. A part that
 * fails is told and does not hold up the others.
 *
 * @throws AggregateError where parts failed, so that the platform's own list of failed runs shows it.
 */
export async function sweep(environment: Environment, backends: Backends): Promise<void> {
  const failures: unknown[] = []
  const outcomes = await Promise.all(
    (Object.entries(sweeps) as [SweepName, Sweep][]).map(async ([name, act]) => {
      try {
        await inTime(act(environment, backends))
        return { name, succeeded: true }
      } catch (thrown) {
        recordsFrom(environment.LOG_LEVEL, { sweep: name })('error', 'sweep', { error: thrown })
        failures.push(thrown)
        return { name, succeeded: false }
      }
    }),
  )
  await withPorts(environment, backends, { sweep: 'alarms' }, (ports) => tellAlarms(ports, outcomes))
  if (failures.length > 0) throw new AggregateError(failures, 'parts of the schedule failed')
}

/** Longer than any part means to take, shorter than a minute. */
const partSecondsMax = 55

/** A part that hangs is told as one that failed, so that it hides neither the others' outcomes nor the alarms. */
async function inTime(act: Promise<unknown>): Promise<void> {
  const ended = await within(
    partSecondsMax,
    act.then(() => 'ended'),
  )
  if (ended === null) throw new Error(`it took longer than ${partSecondsMax} seconds`)
}

/** Opens ports for one piece of work, and closes them after it. */
async function withPorts<Result>(
  environment: Environment,
  backends: Backends,
  origin: Facts,
  act: (ports: Ports) => Promise<Result>,
): Promise<Result> {
  const { ports, close } = openPorts(environment, backends, origin)
  try {
    return await act(ports)
  } finally {
    await close()
  }
}

/** Without wake-ups the schedule works itself, until the next minute is near. */
const sweepSecondsMax = 40

async function takeUpJobs(environment: Environment, backends: Backends): Promise<void> {
  const until = Date.now() + sweepSecondsMax * 1000
  const write = recordsFrom(environment.LOG_LEVEL, { sweep: 'jobs' })
  const takeUp = async (jobId: string) => {
    if (backends.wakeUps) return forgiving(backends.wakeUps, write).send(jobId)
    let end: SliceEnd = 'again'
    while (end === 'again' && Date.now() < until) end = await workOn(environment, backends, jobId)
  }
  await withPorts(environment, backends, { sweep: 'jobs' }, (ports) => sweepJobs(ports, takeUp))
}
