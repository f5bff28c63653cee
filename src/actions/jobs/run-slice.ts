/**
 * Works on a job for a while: claims it, makes moves, keeps each, lets go. Killed anywhere, it leaves a job that anyone takes
 * up after the lease, from the last thing that was kept; the outcome is that of an undisturbed run, nothing twice, nothing
 * missing (docs/jobs.md).
 */

import {
  clockSkewSeconds,
  type Held,
  type Job,
  type KeptProblem,
  type Lease,
  type PlannedStep,
} from '../../ports/jobs.ts'
import type { Ports } from '../../ports.ts'
import { isProblem } from '../../problem.ts'
import type { AnyJobKind, JobKinds } from './job-kind.ts'

/** How long a claim lasts unless it is renewed: a killed holder is waited for this long. */
export const leaseSeconds = 90
/** How often a holder renews its claim while it waits for something. */
export const heartbeatSeconds = 30
/** Times a job is taken up without a step being kept, before it fails. */
export const attemptsMax = 5

/** How much work one invocation may do. At least one move is made. */
export interface Slice {
  readonly movesMax: number
  readonly secondsMax: number
}

/**
 * How a slice ended: `idle`, the job was not to be had; `again`, work is left and may go on at once; `later`, a try failed and
 * the next one waits; `ended`; `lost`, someone else has it by now.
 */
export type SliceEnd = 'idle' | 'again' | 'later' | 'ended' | 'lost'

export interface SliceReport {
  readonly end: SliceEnd
  /** What was thrown, where a try failed for a reason nobody foresaw. */
  readonly failure?: unknown
}

/** Takes up a job, if it is to be had, and works on it for one slice. */
export async function runSlice(
  ports: Ports,
  kinds: JobKinds,
  jobId: string,
  slice: Slice,
): Promise<SliceReport> {
  const held = { id: jobId, token: ports.world.newId() }
  const job = await ports.jobs.claim(held, leaseFrom(ports))
  if (job === null) return { end: 'idle' }
  const work: Work = { ports, held, kind: kinds[job.spec.kind], steps: [], attempt: job.attempts }
  const beat = ports.beats.every(heartbeatSeconds, () => ports.jobs.extend(held, leaseFrom(ports)))
  try {
    return { end: await makeMoves(work, job, slice) }
  } catch (thrown) {
    return await failedTry(work, thrown)
  } finally {
    await beat()
  }
}

/** A job in hand. */
interface Work {
  readonly ports: Ports
  readonly held: Held
  readonly kind: AnyJobKind
  /** Planned steps read ahead. */
  readonly steps: PlannedStep[]
  /** Which try this is at what comes next; 1 once something was kept. */
  attempt: number
}

function leaseFrom({ world }: Pick<Ports, 'world'>, seconds = leaseSeconds): Lease {
  const at = world.now()
  return { at, until: new Date(at.getTime() + seconds * 1000) }
}

type Move = 'cancel' | 'give-up' | 'plan' | 'step' | 'finish'

/** What comes next for a job. */
export function nextMove(job: Job, attempt: number): Move {
  if (job.cancelRequestedAt !== null) return 'cancel'
  if (attempt > attemptsMax) return 'give-up'
  if (!job.isPlanned) return 'plan'
  return job.done < job.total ? 'step' : 'finish'
}

/** Each answers the job as it stands after it, or null where the job is in other hands. */
const moves: Readonly<Record<Move, (work: Work, job: Job) => Promise<Job | null>>> = {
  cancel: ({ ports, held }) => ports.jobs.end(held, { state: 'cancelled' }, ports.world.now()),
  'give-up': giveUp,
  plan: planOn,
  step: doStep,
  finish,
}

async function makeMoves(work: Work, job: Job, slice: Slice): Promise<SliceEnd> {
  const { ports, held } = work
  const until = ports.world.now().getTime() + slice.secondsMax * 1000
  let standing = job
  for (let made = 0; made < slice.movesMax; made += 1) {
    if (made > 0 && ports.world.now().getTime() >= until) break
    const moved = await moves[nextMove(standing, work.attempt)](work, standing)
    if (moved === null) return 'lost'
    if (moved.endedAt !== null) return 'ended'
    work.attempt = 1
    standing = moved
  }
  const released = await ports.jobs.release(held, 0, leaseFrom(ports, -clockSkewSeconds))
  return released ? 'again' : 'lost'
}

async function planOn({ ports, held, kind }: Work, job: Job): Promise<Job | null> {
  const page = await kind.plan(ports, job, job.planCursor)
  return ports.jobs.keepPlan(held, job.total, page, leaseFrom(ports))
}

/** Planned steps read in one go. */
const readAhead = 25

async function doStep(work: Work, job: Job): Promise<Job | null> {
  const { ports, held, kind, steps, attempt } = work
  if (steps.length === 0) steps.push(...(await ports.jobs.readSteps(job.id, job.done, readAhead)))
  const step = steps.shift()
  if (step?.position !== job.done) throw new RangeError(`step ${job.done} of job ${job.id} was never planned`)
  const outcome = await kind.step(ports, job, step.work, { isLast: attempt >= attemptsMax })
  return ports.jobs.keepStep(held, step.position, outcome, leaseFrom(ports))
}

async function finish(work: Work, job: Job): Promise<Job | null> {
  const { ports, held, kind } = work
  const summary = await kind.finish(ports, job, outcomesOf(ports, job))
  const succeeded = await ports.jobs.end(held, { state: 'succeeded', summary }, ports.world.now())
  return succeeded ?? cancelledMeanwhile(work, job)
}

/** Success is not kept where cancelling was asked for after the last step. */
async function cancelledMeanwhile(work: Work, job: Job): Promise<Job | null> {
  const standing = await work.ports.jobs.find(job, job.id)
  return standing?.cancelRequestedAt ? moves.cancel(work, standing) : null
}

const outcomesPerPage = 200

/** All that was kept, in the order of the result. */
export async function* outcomesOf({ jobs }: Pick<Ports, 'jobs'>, job: Job): AsyncGenerator<unknown> {
  let after: string | null = null
  do {
    const rows = await jobs.readResults(job, job.id, { limit: outcomesPerPage, after })
    for (const { outcome } of rows) yield outcome
    after = rows.length < outcomesPerPage ? null : (rows.at(-1)?.cursor ?? null)
  } while (after !== null)
}

/** A refusal ends the job by its name. Anything else is tried again after a while, and not for ever. */
async function failedTry(work: Work, thrown: unknown): Promise<SliceReport> {
  const { ports, held, attempt } = work
  if (isProblem(thrown) && thrown.status < 500) {
    const { code, facts } = thrown
    const ended = await ports.jobs.end(held, { state: 'failed', problem: { code, facts } }, ports.world.now())
    return { end: ended === null ? 'lost' : 'ended' }
  }
  if (attempt >= attemptsMax) {
    const problem = exhausted(attempt, isProblem(thrown) ? thrown.code : 'internal-error')
    const ended = await ports.jobs.end(held, { state: 'failed', problem }, ports.world.now())
    return { end: ended === null ? 'lost' : 'ended', failure: thrown }
  }
  const released = await ports.jobs.release(held, attempt, leaseFrom(ports, secondsBefore(attempt + 1)))
  return { end: released ? 'later' : 'lost', failure: thrown }
}

/** 10, 20, 40, 80 seconds before the second to the fifth try. */
function secondsBefore(attempt: number): number {
  return 5 * 2 ** (attempt - 1)
}

/** It was taken up again and again, and each time whoever had it was gone before anything was kept. */
function giveUp({ ports, held, attempt }: Work): Promise<Job | null> {
  const problem = exhausted(attempt - 1, null)
  return ports.jobs.end(held, { state: 'failed', problem }, ports.world.now())
}

function exhausted(attempts: number, cause: string | null): KeptProblem {
  const detail = `The job was taken up ${attempts} times without getting further; begin it again, or report it.`
  return { code: 'job-attempts-exhausted', facts: { detail, attempts, cause } }
}
