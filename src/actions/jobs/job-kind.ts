/** What a kind of long work has to say for itself; the machinery does the rest (`run-slice.ts`). */

import type { Job, JobSpec, PlanPage, StepOutcome } from '../../ports/jobs.ts'
import type { Ports } from '../../ports.ts'

/** How a step stands among its tries. */
export interface Try {
  /** Whether the job fails if this one does. */
  readonly isLast: boolean
}

/**
 * One kind of job. All three may be called again after a kill, also when what they returned was kept: they write nothing
 * themselves. A refusal (status below 500) that one throws ends the job by that name; anything else is tried again.
 */
export interface JobKind<Spec extends JobSpec, Work = unknown, Outcome = unknown> {
  /** What the steps are, for progress: `items`. */
  readonly what: string
  /** The next page of steps behind `after`; null begins. */
  plan(
    ports: Ports,
    job: Job<Spec>,
    after: string | null,
  ): Promise<PlanPage & { readonly works: readonly Work[] }>
  step(
    ports: Ports,
    job: Job<Spec>,
    work: Work,
    attempt: Try,
  ): Promise<StepOutcome & { readonly outcome: Outcome }>
  /** What all outcomes come to, once each step is kept. */
  finish(ports: Ports, job: Job<Spec>, outcomes: AsyncIterable<Outcome>): Promise<object>
}

/** A kind with its types put away: a job's spec names its kind, so what is handed to it is its own. */
export type AnyJobKind = JobKind<JobSpec>

/** Every kind, by the name that specs carry. */
export type JobKinds = { readonly [Name in JobSpec['kind']]: AnyJobKind }
