/** Every kind of job, by name: a kind is added here, and the machinery needs no change. */

import type { JobSpec } from '../../ports/jobs.ts'
import { impactKind } from '../impact/impact-kind.ts'
import type { AnyJobKind, JobKind, JobKinds } from './job-kind.ts'

export const jobKinds: JobKinds = { impact: withoutTypes(impactKind) }

/** A job's spec names its kind, so a kind is only ever handed what is its own. */
function withoutTypes<Spec extends JobSpec, Work, Outcome>(kind: JobKind<Spec, Work, Outcome>): AnyJobKind {
  return kind as unknown as AnyJobKind
}
