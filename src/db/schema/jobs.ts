/**
 * Jobs and their steps. A job's row says who has it, until when, and how far it is; a step's row what was planned and what it
 * came to. Cursor and outcome move in one statement, so a kill at any point leaves one or the other, never half.
 */

import { sql } from 'drizzle-orm'
import {
  boolean,
  check,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  type Job,
  type JobSpec,
  jobKindNames,
  jobStates,
  liveJobStates,
  liveJobsMax,
} from '../../ports/jobs.ts'
import type { Actor } from '../../ports/request.ts'
import { organizations } from './parties.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** `'a', 'b'` for a check constraint. */
const listed = (values: readonly string[]) => sql.raw(values.map((value) => `'${value}'`).join(', '))

export const jobs = pgTable(
  'jobs',
  {
    id: uuid().primaryKey(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    kind: text({ enum: jobKindNames }).notNull(),
    spec: jsonb().$type<JobSpec>().notNull(),
    requestedBy: jsonb('requested_by').$type<Actor>().notNull(),
    state: text({ enum: jobStates }).notNull(),
    version: integer().notNull(),
    /** Which of the places for live jobs it takes; the index below lets each be taken once. */
    slot: integer().notNull(),
    isPlanned: boolean('is_planned').notNull(),
    planCursor: text('plan_cursor'),
    total: integer().notNull(),
    done: integer().notNull(),
    attempts: integer().notNull(),
    /** The last claim; what is written under another token is not written. */
    claimToken: uuid('claim_token'),
    /** From when it may be claimed: at once while nobody has it, at the end of the lease while someone does. */
    dueAt: instant('due_at').notNull(),
    cancelRequestedAt: instant('cancel_requested_at'),
    problem: jsonb().$type<Job['problem']>(),
    summary: jsonb(),
    requestDigest: text('request_digest').notNull(),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    endedAt: instant('ended_at'),
    /** Steps go some time after the job has ended; this remembers of which they are gone. */
    stepsRemovedAt: instant('steps_removed_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (t) => [
    check('jobs_state_check', sql`${t.state} in (${listed(jobStates)})`),
    check('jobs_kind_check', sql`${t.kind} in (${listed(jobKindNames)})`),
    check('jobs_slot_check', sql`${t.slot} >= 0 and ${t.slot} < ${sql.raw(String(liveJobsMax))}`),
    check('jobs_done_check', sql`${t.done} >= 0 and ${t.done} <= ${t.total}`),
    check('jobs_ended_check', sql`(${t.state} in (${listed(liveJobStates)})) = (${t.endedAt} is null)`),
    check('jobs_failed_check', sql`(${t.state} = 'failed') = (${t.problem} is not null)`),
    check(
      'jobs_succeeded_check',
      sql`${t.state} <> 'succeeded' or (${t.isPlanned} and ${t.done} = ${t.total} and ${t.summary} is not null)`,
    ),
    check('jobs_cancelled_check', sql`${t.state} <> 'cancelled' or ${t.cancelRequestedAt} is not null`),
    check('jobs_steps_removed_check', sql`${t.stepsRemovedAt} is null or ${t.endedAt} is not null`),
    uniqueIndex('jobs_live_slot_key')
      .on(t.organizationId, t.slot)
      .where(sql`${t.state} in (${listed(liveJobStates)})`),
    index('jobs_due_idx')
      .on(t.dueAt)
      .where(sql`${t.state} in (${listed(liveJobStates)})`),
    index('jobs_steps_kept_idx')
      .on(t.endedAt)
      .where(sql`${t.endedAt} is not null and ${t.stepsRemovedAt} is null`),
    index('jobs_organization_idx').on(t.organizationId, t.createdAt, t.id),
  ],
)

/** Inserted when planned, completed once, removed some time after the job has ended. */
export const jobSteps = pgTable(
  'job_steps',
  {
    jobId: uuid('job_id')
      .notNull()
      .references(() => jobs.id),
    position: integer().notNull(),
    work: jsonb().notNull(),
    /** Digits only: their order is the same under every collation. */
    sortKey: text('sort_key'),
    outcome: jsonb(),
  },
  (t) => [
    primaryKey({ columns: [t.jobId, t.position] }),
    check('job_steps_outcome_check', sql`(${t.outcome} is null) = (${t.sortKey} is null)`),
    check('job_steps_sort_key_check', sql`${t.sortKey} ~ '^[0-9]+$'`),
    index('job_steps_result_idx').on(t.jobId, t.sortKey, t.position),
  ],
)
