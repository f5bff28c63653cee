/** A job and its result on the wire. */

import { z } from '@hono/zod-openapi'
import { jobKinds } from '../../../actions/jobs/kinds.ts'
import { dependentSubjects, type ImpactItem } from '../../../ports/impact.ts'
import { type Job, jobKindNames, jobStates, resultDays, resultUntil } from '../../../ports/jobs.ts'
import { ProblemDocument, problemMembers } from '../../problems.ts'
import { Id, Instant, instant, list, Names } from '../../schemas.ts'

/** A refusal that is told later than it happened, so it names no request. */
const KeptProblemView = ProblemDocument.omit({ instance: true }).openapi('KeptProblem')

const ImpactSpecView = z.object({
  kind: z.literal('impact'),
  table: z.string(),
  older: z.string().describe('The version that the newer one supersedes'),
  newer: z.string(),
})

const ImpactSummaryView = z
  .object({
    drafts: z.int(),
    engagements: z.int(),
    credentials: z.int(),
    moved: z.int().describe('Items whose total would be another one'),
    unmoved: z.int(),
    refused: z.int().describe('Items that cannot be computed, each with its problem'),
  })
  .openapi('ImpactSummary')

export const JobView = z
  .object({
    id: Id,
    kind: z.enum(jobKindNames),
    spec: ImpactSpecView,
    state: z.enum(jobStates),
    progress: z.object({
      done: z.int(),
      total: z.int().nullable().describe('Null until all that is to be done is known'),
      what: z.string().describe('What is counted'),
    }),
    cancelRequested: z.boolean(),
    summary: ImpactSummaryView.nullable().describe('Null unless it succeeded'),
    problem: KeptProblemView.nullable().describe('Why it failed'),
    createdAt: Instant,
    startedAt: Instant.nullable(),
    endedAt: Instant.nullable(),
    resultUntil: Instant.nullable().describe(
      `When its result can be read no more, ${resultDays} days after it succeeded; null unless it did`,
    ),
    links: z.object({
      self: z.string(),
      events: z.string().describe('Progress as server-sent events'),
      cancel: z.string().nullable().describe('Null once it has ended'),
      result: z.string().nullable().describe('Null unless it succeeded'),
    }),
  })
  .openapi('Job')

const decimal = (description: string) => z.string().nullable().describe(description)

export const ImpactItemView = z
  .object({
    subject: z.enum(dependentSubjects),
    id: Id.describe('Of the footprint, the engagement or the credential'),
    footprintId: Id,
    title: z.string(),
    client: Names,
    revision: z.int().nullable().describe('Null for a draft'),
    engagementId: Id.nullable(),
    credentialNumber: z.string().nullable(),
    declaredUnit: z
      .object({ amount: z.string(), unit: z.string() })
      .nullable()
      .describe('What a product’s totals are per'),
    before: decimal('kg CO2e: as its record states, of a draft as it stands'),
    after: decimal('kg CO2e with the newer version'),
    change: decimal('kg CO2e, after less before'),
    relativeChange: decimal('change ÷ |before|; null beside a problem, and from zero'),
    lines: z
      .object({
        count: z.int().describe('Lines that rest on the table'),
        ids: list(z.string()).describe('The first 20 of them'),
      })
      .nullable()
      .describe('Null where not even `before` can be computed'),
    problem: KeptProblemView.nullable().describe('Why there is no number; a gap is never a zero'),
  })
  .openapi('ImpactItem')

/** @param publicUrl origin of the problems' pages. */
export function viewJob(job: Job, publicUrl: string): z.infer<typeof JobView> {
  const { id, spec, state, cancelRequestedAt, problem, createdAt, startedAt, endedAt } = job
  const self = `/v1/jobs/${id}`
  const until = resultUntil(job)
  return {
    id,
    kind: spec.kind,
    spec,
    state,
    progress: { done: job.done, total: job.isPlanned ? job.total : null, what: jobKinds[spec.kind].what },
    cancelRequested: cancelRequestedAt !== null,
    summary: job.summary as z.infer<typeof ImpactSummaryView> | null,
    problem: problem && problemMembers(problem, publicUrl),
    createdAt: instant(createdAt),
    startedAt: startedAt && instant(startedAt),
    endedAt: endedAt && instant(endedAt),
    resultUntil: until && instant(until),
    links: {
      self,
      events: `${self}/events`,
      cancel: endedAt === null ? `${self}/cancel` : null,
      result: state === 'succeeded' ? `${self}/result` : null,
    },
  }
}

/** Its members in the order of their description, which JSON in Postgres does not keep. */
export function viewImpactItem(item: ImpactItem, publicUrl: string): z.infer<typeof ImpactItemView> {
  const view = { ...item, problem: item.problem && problemMembers(item.problem, publicUrl) }
  const members = Object.keys(ImpactItemView.shape) as (keyof typeof view)[]
  return Object.fromEntries(members.map((name) => [name, view[name]])) as z.infer<typeof ImpactItemView>
}

/** The columns of an impact run as CSV; the order is that of the JSON. */
export const impactColumns = [
  'subject',
  'id',
  'footprintId',
  'title',
  'client.en',
  'client.zh',
  'revision',
  'engagementId',
  'credentialNumber',
  'declaredUnit.amount',
  'declaredUnit.unit',
  'before.kgCo2e',
  'after.kgCo2e',
  'change.kgCo2e',
  'relativeChange',
  'lines.count',
  'lines.ids',
  'problem',
  'problem.detail',
] as const

export function impactCells(item: ImpactItem) {
  return [
    item.subject,
    item.id,
    item.footprintId,
    item.title,
    item.client.en,
    item.client.zh,
    item.revision,
    item.engagementId,
    item.credentialNumber,
    item.declaredUnit?.amount ?? null,
    item.declaredUnit?.unit ?? null,
    item.before,
    item.after,
    item.change,
    item.relativeChange,
    item.lines?.count ?? null,
    item.lines?.ids.join(' ') ?? null,
    item.problem?.code ?? null,
    item.problem === null ? null : String(item.problem.facts.detail),
  ]
}
