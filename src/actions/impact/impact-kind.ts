/**
 * The impact run as a kind of job: one step for each draft, engagement and credential that rests on the older version and that
 * the organization may see. What cannot be computed is kept with its refusal: a gap is never a zero.
 */

import {
  type Dependent,
  type DependentSubject,
  dependentSubjects,
  type ImpactItem,
  type ImpactSummary,
} from '../../ports/impact.ts'
import type { ImpactSpec, Job, PlanPage } from '../../ports/jobs.ts'
import type { Ports } from '../../ports.ts'
import { isProblem } from '../../problem.ts'
import type { JobKind, Try } from '../jobs/job-kind.ts'
import { impactOn, refusedItem } from './impact-on.ts'
import { sortKeyOf } from './largest-first.ts'

export const impactKind: JobKind<ImpactSpec, Dependent, ImpactItem> = { what: 'items', plan, step, finish }

const dependentsPerPage = 200

/** Subject after subject; the cursor says how far: `draft/<id>`. */
async function plan(
  { dependents }: Ports,
  { organizationId, spec }: Job<ImpactSpec>,
  after: string | null,
): Promise<PlanPage & { readonly works: readonly Dependent[] }> {
  const [subject, id] = readCursor(after)
  const pin = { table: spec.table, version: spec.older }
  const page = { limit: dependentsPerPage, after: id }
  const works = await dependents.listDependents({ organizationId }, subject, pin, page)
  const last = works.length < dependentsPerPage ? undefined : works.at(-1)
  return { works, next: last ? `${subject}/${last.id}` : nextSubject(subject) }
}

function readCursor(after: string | null): [DependentSubject, string | null] {
  const [subject, id] = (after ?? '').split('/')
  const known = dependentSubjects.find((one) => one === subject) ?? dependentSubjects[0]
  return [known, id || null]
}

function nextSubject(subject: DependentSubject): string | null {
  const next = dependentSubjects[dependentSubjects.indexOf(subject) + 1]
  return next === undefined ? null : `${next}/`
}

async function step(ports: Ports, job: Job<ImpactSpec>, work: Dependent, { isLast }: Try) {
  const outcome = await impactOn(ports, job.requestedBy, job.spec, work).catch((thrown: unknown) => {
    if (isProblem(thrown) && (isLast || thrown.code !== 'unavailable')) return refusedItem(work, thrown)
    // What does not answer now may answer at the next try; what is wrong stays wrong.
    throw thrown
  })
  return { outcome, sortKey: sortKeyOf(outcome) }
}

async function finish(
  _ports: Ports,
  _job: Job<ImpactSpec>,
  outcomes: AsyncIterable<ImpactItem>,
): Promise<ImpactSummary> {
  const counts = { draft: 0, engagement: 0, credential: 0, moved: 0, unmoved: 0, refused: 0 }
  for await (const item of outcomes) {
    counts[item.subject] += 1
    counts[item.problem !== null ? 'refused' : item.change === '0' ? 'unmoved' : 'moved'] += 1
  }
  const { draft, engagement, credential, ...rest } = counts
  return { drafts: draft, engagements: engagement, credentials: credential, ...rest }
}
