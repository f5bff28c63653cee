/**
 * Long work, as actions ask for it. Postgres holds the truth about a job: who has it, how far it is, what each step came to.
 * A wake-up only says that there may be something to do (docs/jobs.md).
 */

import type { ProblemCode, ProblemFacts } from '../problem.ts'
import type { Authorship, Created, Page } from './parties.ts'
import type { Actor } from './request.ts'

/** Where a job stands. The last three are final. */
export const jobStates = ['queued', 'running', 'succeeded', 'failed', 'cancelled'] as const
export type JobState = (typeof jobStates)[number]

/** States in which a job still costs work. */
export const liveJobStates = ['queued', 'running'] as const satisfies readonly JobState[]

/** Jobs that one organization may have in work at once; the database holds it to that. */
export const liveJobsMax = 3

/** Days for which a result can be read after its job has succeeded; the job itself stays. */
export const resultDays = 90

/** When a job's result can be read no more; null where there is none. */
export function resultUntil({ state, endedAt }: Pick<Job, 'state' | 'endedAt'>): Date | null {
  return state === 'succeeded' && endedAt ? new Date(endedAt.getTime() + resultDays * 86_400_000) : null
}

/** Seconds by which clocks of servers may differ: what is due at once is due this long ago, so that none has to wait for it. */
export const clockSkewSeconds = 5

/** What a job is to do, by kind. */
export type JobSpec = ImpactSpec
export type JobKindName = JobSpec['kind']
export const jobKindNames = ['impact'] as const satisfies readonly JobKindName[]

/** What would change if `newer` stood in the place of `older` of a factor table. */
export interface ImpactSpec {
  readonly kind: 'impact'
  readonly table: string
  readonly older: string
  readonly newer: string
}

/** A refusal as it is kept: what {@link Problem} is made of. */
export interface KeptProblem {
  readonly code: ProblemCode
  readonly facts: ProblemFacts
}

export interface Job<Spec extends JobSpec = JobSpec> {
  readonly id: string
  /** The owner: nobody else sees it. */
  readonly organizationId: string
  readonly spec: Spec
  /** Who asked; its steps read with this relation, as it is when they read. */
  readonly requestedBy: Actor
  readonly state: JobState
  /** Counts every change that a reader can see; the ETag. */
  readonly version: number
  /** Whether all steps are known; until then `total` grows. */
  readonly isPlanned: boolean
  /** Where planning goes on. */
  readonly planCursor: string | null
  readonly total: number
  /** Steps that are done: the position of the next one. */
  readonly done: number
  /** Tries at what comes next, the present one included: how often it was taken up since something was last kept. */
  readonly attempts: number
  readonly cancelRequestedAt: Date | null
  /** Why it failed; null unless it did. */
  readonly problem: KeptProblem | null
  /** What it came to as a whole; null unless it succeeded. */
  readonly summary: unknown
  readonly createdAt: Date
  readonly startedAt: Date | null
  readonly endedAt: Date | null
  readonly updatedAt: Date
}

/** A job as it is asked for. */
export type NewJob = Pick<Job, 'id' | 'organizationId' | 'spec' | 'requestedBy' | 'createdAt'>

/** A job in someone's hands: what is written without the token of the last claim, is not written. */
export interface Held {
  readonly id: string
  readonly token: string
}

/** When a write happens, and until when the job stays in the writer's hands after it. */
export interface Lease {
  readonly at: Date
  readonly until: Date
}

/** A step that was planned. */
export interface PlannedStep {
  readonly position: number
  readonly work: unknown
}

/** Steps found by planning, and where it goes on; null where all are found. */
export interface PlanPage {
  readonly works: readonly unknown[]
  readonly next: string | null
}

/** What a step came to. */
export interface StepOutcome {
  readonly outcome: unknown
  /** Digits by which results are ordered, as text. */
  readonly sortKey: string
}

export type JobEnd =
  | { readonly state: 'succeeded'; readonly summary: unknown }
  | { readonly state: 'failed'; readonly problem: KeptProblem }
  | { readonly state: 'cancelled' }

/** One row of a result, with the cursor of its place. */
export interface ResultRow {
  readonly cursor: string
  readonly outcome: unknown
}

/**
 * What people ask carries the owner; what a worker writes carries its claim, compares and swaps, and answers null where the
 * job is in other hands by now. Every write is one statement.
 */
export interface JobRepository {
  /** With its audit row. `too-many-jobs` where the organization has {@link liveJobsMax} in work, `idempotency-key-reused`. */
  create(by: Authorship, job: NewJob): Promise<Created<Job>>
  find(actor: Pick<Actor, 'organizationId'>, id: string): Promise<Job | null>
  /** Newest first. */
  list(actor: Actor, page: Page): Promise<readonly Job[]>
  /** A queued job ends at once, a running one before its next step; with its audit row. Null where nothing changed. */
  requestCancel(by: Authorship, id: string, auditId: string): Promise<Job | null>
  /** By sort key, then position; kept steps only. */
  readResults(actor: Pick<Actor, 'organizationId'>, id: string, page: Page): Promise<readonly ResultRow[]>

  /** Jobs that wait for someone: never begun, let go of, or left behind by a holder whose lease ran out. Longest first. */
  listDue(at: Date, limit: number): Promise<readonly string[]>
  /** Takes a due job; null where it is not due or has ended. Counts an attempt. */
  claim(held: Held, lease: Lease): Promise<Job | null>
  /** The heartbeat; false where the job is in other hands. */
  extend(held: Held, lease: Lease): Promise<boolean>
  /** Adds planned steps behind the `from` that stand. */
  keepPlan(held: Held, from: number, page: PlanPage, lease: Lease): Promise<Job | null>
  readSteps(id: string, from: number, limit: number): Promise<readonly PlannedStep[]>
  /** What the step at `position` came to, and the cursor's move behind it: both or neither. */
  keepStep(held: Held, position: number, outcome: StepOutcome, lease: Lease): Promise<Job | null>
  /** Lets go, with the attempts that stand: someone may take it from `until` on. */
  release(held: Held, attempts: number, lease: Lease): Promise<boolean>
  /** Success is not kept where cancelling was asked for meanwhile. */
  end(held: Held, end: JobEnd, at: Date): Promise<Job | null>
  /** Removes the steps, and so the results, of jobs that ended before then, longest ago first. @returns of how many. */
  removeSteps(endedBefore: Date, at: Date, limit: number): Promise<number>
}

/** Says that a job may have something to do: a queue on Workers, the process itself on Node. It may lose and repeat. */
export interface WakeUps {
  send(jobId: string): Promise<void>
}

/** Does something every so often while other work runs. */
export interface Beats {
  /** @returns ends it, once what is under way is over. */
  every(seconds: number, act: () => Promise<unknown>): () => Promise<void>
}
