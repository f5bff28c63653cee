/** Jobs in memory by the rules of `db/jobs.ts`, written through a hand that can fail before and after it keeps something. */

import type { Held, Job, JobRepository, Lease, StepOutcome } from '../../src/ports/jobs.ts'

interface Row {
  job: Job
  token: string | null
  dueAt: number
  readonly steps: { readonly work: unknown; kept: StepOutcome | null }[]
}

/** What the database holds. */
export interface Rows {
  readonly jobs: Map<string, Row>
  /** How often each step was kept. */
  readonly kept: number[]
}

export function newRows(...jobs: readonly Job[]): Rows {
  const row = (job: Job): Row => ({ job, token: null, dueAt: 0, steps: [] })
  return { jobs: new Map(jobs.map((job) => [job.id, row(job)] as const)), kept: [] }
}

/** Runs a write; a failing one throws before or after it. */
export type Hand = <Result>(write: () => Result) => Result

/** A hand that fails at its nth write: an `error` once, a `kill` at everything from then on. */
export function failingHand(at: number, after: boolean, how: 'error' | 'kill'): Hand {
  let writes = 0
  return (write) => {
    writes += 1
    if (how === 'kill' && writes > at) throw new Error('killed')
    const fails = writes === at
    if (fails && !after) throw new Error('connection lost')
    const result = write()
    if (fails) throw new Error('connection lost')
    return result
  }
}

export const steadyHand: Hand = (write) => write()

export function fakeJobs(rows: Rows, hand: Hand = steadyHand): JobRepository {
  const inHandsOf = ({ id, token }: Held) => {
    const row = rows.jobs.get(id)
    return row?.token === token && row.job.state === 'running' ? row : null
  }
  const change = (row: Row, lease: Lease, members: Partial<Job>): Job => {
    row.dueAt = lease.until.getTime()
    row.job = { ...row.job, attempts: 1, version: row.job.version + 1, updatedAt: lease.at, ...members }
    return row.job
  }
  const none = () => Promise.reject(new Error('not asked for here'))
  return {
    create: none,
    list: none,
    requestCancel: none,
    removeSteps: none,
    find: async (_actor, id) => rows.jobs.get(id)?.job ?? null,
    readResults: async (_actor, id, { limit, after }) => {
      const steps = rows.jobs.get(id)?.steps ?? []
      const kept = steps.flatMap(({ kept }, position) =>
        kept === null
          ? []
          : [{ cursor: `${kept.sortKey}_${String(position).padStart(9, '0')}`, outcome: kept.outcome }],
      )
      const inOrder = kept.sort((a, b) => (a.cursor < b.cursor ? -1 : 1))
      return inOrder.filter(({ cursor }) => after === null || cursor > after).slice(0, limit)
    },
    listDue: async (at, limit) =>
      [...rows.jobs]
        .filter(([, { job, dueAt }]) => job.endedAt === null && dueAt <= at.getTime())
        .map(([id]) => id)
        .slice(0, limit),
    claim: async ({ id, token }, lease) =>
      hand(() => {
        const row = rows.jobs.get(id)
        if (!row || row.job.endedAt !== null || row.dueAt > lease.at.getTime()) return null
        row.token = token
        const { attempts, startedAt } = row.job
        return change(row, lease, {
          state: 'running',
          attempts: attempts + 1,
          startedAt: startedAt ?? lease.at,
        })
      }),
    extend: async (held, lease) =>
      hand(() => {
        const row = inHandsOf(held)
        if (row) row.dueAt = lease.until.getTime()
        return row !== null
      }),
    keepPlan: async (held, from, { works, next }, lease) =>
      hand(() => {
        const row = inHandsOf(held)
        if (!row || row.job.total !== from || row.job.isPlanned) return null
        row.steps.push(...works.map((work) => ({ work, kept: null })))
        return change(row, lease, {
          total: from + works.length,
          planCursor: next,
          isPlanned: next === null,
        })
      }),
    readSteps: async (id, from, limit) =>
      (rows.jobs.get(id)?.steps ?? [])
        .map(({ work }, position) => ({ position, work }))
        .slice(from, from + limit),
    keepStep: async (held, position, outcome, lease) =>
      hand(() => {
        const row = inHandsOf(held)
        const step = row?.steps[position]
        if (!row || !step || row.job.done !== position) return null
        step.kept = outcome
        rows.kept[position] = (rows.kept[position] ?? 0) + 1
        return change(row, lease, { done: position + 1 })
      }),
    release: async (held, attempts, lease) =>
      hand(() => {
        const row = inHandsOf(held)
        if (!row) return false
        row.token = null
        row.job = { ...row.job, attempts }
        row.dueAt = lease.until.getTime()
        return true
      }),
    end: async (held, how, at) =>
      hand(() => {
        const row = inHandsOf(held)
        if (!row || (how.state === 'succeeded' && row.job.cancelRequestedAt !== null)) return null
        row.token = null
        return change(row, { at, until: at }, { ...how, endedAt: at })
      }),
  }
}
