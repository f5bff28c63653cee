/**
 * Jobs in Postgres. Whoever claims a job writes its token; every later write compares it, so of two who believe to have a job
 * one writes and the other learns that it has not. No lock outlives a statement and nothing rests on a session.
 */

import { and, asc, eq, gte, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from 'drizzle-orm'
import {
  clockSkewSeconds,
  type Held,
  type Job,
  type JobEnd,
  type JobRepository,
  type Lease,
  liveJobStates,
  liveJobsMax,
  type NewJob,
  type PlannedStep,
  type PlanPage,
  type ResultRow,
  type StepOutcome,
} from '../ports/jobs.ts'
import type { Authorship, Created, Page } from '../ports/parties.ts'
import { requireSameRequest } from '../ports/request.ts'
import type { Actor } from '../ports.ts'
import { Problem } from '../problem.ts'
import type { Db } from './database.ts'
import { afterCursor, newestFirst } from './newest-first.ts'
import { jobSteps, jobs } from './schema/jobs.ts'
import { brokenConstraint, changeWithAudit, createOnce, requireSameAct } from './write-once.ts'

/** The jobs of one database session. */
export function jobRepository(db: Db): JobRepository {
  return {
    create: (by, job) => create(db, by, job),
    find: (actor, id) => find(db, actor, id),
    list: (actor, page) => list(db, actor, page),
    requestCancel: (by, id, auditId) => requestCancel(db, by, id, auditId),
    readResults: (actor, id, page) => readResults(db, actor, id, page),
    listDue: (at, limit) => listDue(db, at, limit),
    claim: (held, lease) => claim(db, held, lease),
    extend: (held, lease) => extend(db, held, lease),
    keepPlan: (held, from, page, lease) => keepPlan(db, held, from, page, lease),
    readSteps: (id, from, limit) => readSteps(db, id, from, limit),
    keepStep: (held, position, outcome, lease) => keepStep(db, held, position, outcome, lease),
    release: (held, attempts, lease) => release(db, held, attempts, lease),
    end: (held, how, at) => end(db, held, how, at),
    removeSteps: (endedBefore, at, limit) => removeSteps(db, endedBefore, at, limit),
  }
}

type JobRow = typeof jobs.$inferSelect

function toJob(row: JobRow): Job {
  const { kind: _kind, slot: _slot, claimToken: _token, dueAt: _due, requestDigest: _digest, ...rest } = row
  const { stepsRemovedAt: _removed, ...job } = rest
  return job
}

const jobOrNull = (row: JobRow | undefined): Job | null => (row ? toJob(row) : null)

/**
 * JSON as Postgres keeps it: text in it has no NUL and no half of a surrogate pair. A refusal may quote what a client sent, cut
 * off anywhere.
 */
function storable<Value>(value: Value): Value {
  const text = JSON.stringify(value, (_name, member: unknown) =>
    typeof member === 'string' ? member.toWellFormed().replaceAll('\0', '\uFFFD') : member,
  )
  return JSON.parse(text) as Value
}

const isLive = inArray(jobs.state, [...liveJobStates])
const nextVersion = sql`${jobs.version} + 1`

function own({ organizationId }: Pick<Actor, 'organizationId'>, id: string): SQL | undefined {
  return and(eq(jobs.id, id), eq(jobs.organizationId, organizationId))
}

/** Tries that meet another job at its place: each says that a place was taken meanwhile, so there are not many. */
const placesTriedMax = 4 * liveJobsMax

async function create(db: Db, by: Authorship, job: NewJob): Promise<Created<Job>> {
  const values = newRow(job, by.mark.digest)
  const note = { action: 'create-job', resource: 'job', facts: job.spec }
  for (let tries = 1; ; tries += 1) {
    try {
      const { row, replayed } = await createOnce(db, jobs, values, by, note)
      return { row: toJob(row), replayed }
    } catch (thrown) {
      const broken = brokenConstraint(thrown)
      if (broken === 'jobs_live_slot_key' && tries < placesTriedMax) continue
      if (broken !== 'jobs_slot_check' && broken !== 'jobs_live_slot_key') throw thrown
      return madeBefore(db, by, job.id)
    }
  }
}

/** As it is inserted; the statement itself looks for a place. */
function newRow({ spec, ...job }: NewJob, requestDigest: string) {
  return {
    ...job,
    kind: spec.kind,
    spec,
    state: 'queued' as const,
    version: 1,
    slot: freeSlot(job.organizationId),
    isPlanned: false,
    total: 0,
    done: 0,
    attempts: 0,
    dueAt: new Date(job.createdAt.getTime() - clockSkewSeconds * 1000),
    updatedAt: job.createdAt,
    requestDigest,
  }
}

/** The lowest place that no live job of the organization takes; one that does not exist where all are taken. */
function freeSlot(organizationId: string): SQL<number> {
  return sql<number>`(
    select coalesce(min(place), ${sql.raw(String(liveJobsMax))})
    from generate_series(0, ${sql.raw(String(liveJobsMax - 1))}) place
    where not exists (
      select 1 from jobs live
      where live.organization_id = ${organizationId}::uuid and live.slot = place and live.ended_at is null
    )
  )`
}

/** No place is left; but a retry meets the job that the first try made. */
async function madeBefore(db: Db, by: Authorship, id: string): Promise<Created<Job>> {
  const [row] = await db.select().from(jobs).where(own(by.actor, id))
  if (row === undefined) {
    const detail = `Your organization has ${liveJobsMax} jobs in work; wait for one to end, or cancel one.`
    throw new Problem('too-many-jobs', detail, { liveJobsMax })
  }
  requireSameRequest(row.requestDigest, by.mark)
  return { row: toJob(row), replayed: true }
}

async function find(db: Db, actor: Pick<Actor, 'organizationId'>, id: string): Promise<Job | null> {
  const [row] = await db.select().from(jobs).where(own(actor, id))
  return jobOrNull(row)
}

async function list(db: Db, actor: Actor, page: Page): Promise<Job[]> {
  const rows = await db
    .select()
    .from(jobs)
    .where(
      and(eq(jobs.organizationId, actor.organizationId), afterCursor(jobs.createdAt, jobs.id, page.after)),
    )
    .orderBy(...newestFirst(jobs.createdAt, jobs.id))
    .limit(page.limit)
  return rows.map(toJob)
}

async function requestCancel(db: Db, by: Authorship, id: string, auditId: string): Promise<Job | null> {
  const at = sql`${by.at.toISOString()}::timestamptz`
  const isQueued = sql`${jobs.state} = 'queued'`
  const changed = db
    .update(jobs)
    .set({
      cancelRequestedAt: by.at,
      state: sql`case when ${isQueued} then 'cancelled' else ${jobs.state} end`,
      endedAt: sql`case when ${isQueued} then ${at} end`,
      version: nextVersion,
      updatedAt: by.at,
    })
    .where(and(own(by.actor, id), isLive, isNull(jobs.cancelRequestedAt)))
    .returning()
  const note = { id: auditId, action: 'cancel-job', resource: 'job', resourceId: id }
  try {
    const [row] = await changeWithAudit<JobRow>(db, changed, by, note)
    return jobOrNull(row)
  } catch (thrown) {
    if (brokenConstraint(thrown) !== 'audit_pkey') throw thrown
    await requireSameAct(db, by, auditId)
    return null
  }
}

const resultCursor = /^(\d+)_(\d{1,9})$/

async function readResults(
  db: Db,
  actor: Pick<Actor, 'organizationId'>,
  id: string,
  page: Page,
): Promise<ResultRow[]> {
  const rows = await db
    .select({ position: jobSteps.position, sortKey: jobSteps.sortKey, outcome: jobSteps.outcome })
    .from(jobSteps)
    .innerJoin(jobs, eq(jobs.id, jobSteps.jobId))
    .where(and(own(actor, id), isNotNull(jobSteps.outcome), afterResult(page.after)))
    .orderBy(asc(jobSteps.sortKey), asc(jobSteps.position))
    .limit(page.limit)
  return rows.map(({ position, sortKey, outcome }) => ({ cursor: `${sortKey}_${position}`, outcome }))
}

function afterResult(cursor: string | null): SQL | undefined {
  if (cursor === null) return undefined
  const [, sortKey, position] = resultCursor.exec(cursor) ?? []
  if (sortKey === undefined) {
    throw new Problem('invalid-request', 'Take the cursor from the Link header of the page before.', {
      in: 'query',
      pointer: '/after',
    })
  }
  return sql`(${jobSteps.sortKey}, ${jobSteps.position}) > (${sortKey}::text, ${position}::integer)`
}

async function listDue(db: Db, at: Date, limit: number): Promise<string[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(isLive, lte(jobs.dueAt, at)))
    .orderBy(asc(jobs.dueAt))
    .limit(limit)
  return rows.map(({ id }) => id)
}

async function claim(db: Db, { id, token }: Held, lease: Lease): Promise<Job | null> {
  const [row] = await db
    .update(jobs)
    .set({
      state: 'running',
      claimToken: token,
      dueAt: lease.until,
      attempts: sql`${jobs.attempts} + 1`,
      version: sql`case when ${jobs.state} = 'queued' then ${nextVersion} else ${jobs.version} end`,
      startedAt: sql`coalesce(${jobs.startedAt}, ${lease.at.toISOString()}::timestamptz)`,
      updatedAt: lease.at,
    })
    .where(and(eq(jobs.id, id), isLive, lte(jobs.dueAt, lease.at)))
    .returning()
  return jobOrNull(row)
}

/** Still in the holder's hands: nobody claimed it since. */
function inHandsOf({ id, token }: Held): SQL | undefined {
  return and(eq(jobs.id, id), eq(jobs.claimToken, token), eq(jobs.state, 'running'))
}

async function extend(db: Db, held: Held, lease: Lease): Promise<boolean> {
  const extended = await db
    .update(jobs)
    .set({ dueAt: lease.until })
    .where(inHandsOf(held))
    .returning({ id: jobs.id })
  return extended.length > 0
}

/** What every kept piece of work does to its job: the holder is at its first try of what comes next, and its lease goes on. */
function progress({ at, until }: Lease) {
  return { attempts: 1, dueAt: until, version: nextVersion, updatedAt: at }
}

async function keepPlan(
  db: Db,
  held: Held,
  from: number,
  { works, next }: PlanPage,
  lease: Lease,
): Promise<Job | null> {
  const moved = db.$with('moved').as(
    db
      .update(jobs)
      .set({
        ...progress(lease),
        total: from + works.length,
        planCursor: next,
        isPlanned: next === null,
      })
      .where(and(inHandsOf(held), eq(jobs.total, from), eq(jobs.isPlanned, false)))
      .returning(),
  )
  const rows = sql`
    select moved.id, ${from}::integer + (found.place - 1)::integer, found.work, null, null
    from moved, jsonb_array_elements(${JSON.stringify(storable(works))}::jsonb) with ordinality as found (work, place)`
  const planned = db.$with('planned').as(db.insert(jobSteps).select(rows).returning({ id: jobSteps.jobId }))
  const [row] = await db.with(moved, planned).select().from(moved)
  return jobOrNull(row)
}

function readSteps(db: Db, id: string, from: number, limit: number): Promise<PlannedStep[]> {
  return db
    .select({ position: jobSteps.position, work: jobSteps.work })
    .from(jobSteps)
    .where(and(eq(jobSteps.jobId, id), gte(jobSteps.position, from)))
    .orderBy(asc(jobSteps.position))
    .limit(limit)
}

async function keepStep(
  db: Db,
  held: Held,
  position: number,
  { outcome, sortKey }: StepOutcome,
  lease: Lease,
): Promise<Job | null> {
  const moved = db.$with('moved').as(
    db
      .update(jobs)
      .set({ ...progress(lease), done: position + 1 })
      .where(and(inHandsOf(held), eq(jobs.done, position)))
      .returning(),
  )
  const written = db.$with('written').as(
    db
      .update(jobSteps)
      .set({ outcome: storable(outcome), sortKey })
      .from(moved)
      .where(and(eq(jobSteps.jobId, moved.id), eq(jobSteps.position, position)))
      .returning({ position: jobSteps.position }),
  )
  const [row] = await db.with(moved, written).select().from(moved)
  return jobOrNull(row)
}

async function release(db: Db, held: Held, attempts: number, { at, until }: Lease): Promise<boolean> {
  const released = await db
    .update(jobs)
    .set({ claimToken: null, attempts, dueAt: until, updatedAt: at })
    .where(inHandsOf(held))
    .returning({ id: jobs.id })
  return released.length > 0
}

async function end(db: Db, held: Held, how: JobEnd, at: Date): Promise<Job | null> {
  const may = { succeeded: isNull(jobs.cancelRequestedAt), failed: undefined, cancelled: undefined }
  const [row] = await db
    .update(jobs)
    .set({ ...storable(how), claimToken: null, endedAt: at, version: nextVersion, updatedAt: at })
    .where(and(inHandsOf(held), may[how.state]))
    .returning()
  return jobOrNull(row)
}

async function removeSteps(db: Db, endedBefore: Date, at: Date, limit: number): Promise<number> {
  // Another sweep at the same moment takes others.
  const old = db.$with('old').as(
    db
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(lt(jobs.endedAt, endedBefore), isNull(jobs.stepsRemovedAt)))
      .orderBy(asc(jobs.endedAt))
      .limit(limit)
      .for('update', { skipLocked: true }),
  )
  const moved = db
    .$with('moved')
    .as(
      db
        .update(jobs)
        .set({ stepsRemovedAt: at })
        .from(old)
        .where(eq(jobs.id, old.id))
        .returning({ id: jobs.id }),
    )
  const gone = inArray(jobSteps.jobId, db.select({ id: moved.id }).from(moved))
  const removed = db.$with('removed').as(db.delete(jobSteps).where(gone).returning({ jobId: jobSteps.jobId }))
  return (await db.with(old, moved, removed).select({ id: moved.id }).from(moved)).length
}
