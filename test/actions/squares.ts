/** A kind of job whose outcome anyone works out in the head, and the points at which it can be disturbed. */

import type { AnyJobKind, JobKind, JobKinds } from '../../src/actions/jobs/job-kind.ts'
import type { ImpactSpec } from '../../src/ports/jobs.ts'

/** Five numbers, planned two at a time and squared; largest first. 16 + 9 + 4 + 1 + 0 = 30. */
const numbers = [0, 1, 2, 3, 4]
const pageSize = 2

export const squares: JobKind<ImpactSpec, number, number> = {
  what: 'numbers',
  async plan(_ports, _job, after) {
    const from = Number(after ?? 0)
    const works = numbers.slice(from, from + pageSize)
    return { works, next: from + pageSize < numbers.length ? String(from + pageSize) : null }
  },
  async step(_ports, _job, work) {
    return { outcome: work * work, sortKey: String(99 - work * work) }
  },
  async finish(_ports, _job, outcomes) {
    let sum = 0
    for await (const outcome of outcomes) sum += outcome
    return { sum }
  },
}

export type Squares = typeof squares

/** The closed table, with this kind in the place of the one that it has. */
export const kindsOf = (kind: Squares): JobKinds => ({ impact: kind as unknown as AnyJobKind })

/** What a reader sees of it when nobody disturbed it. */
export const undisturbed = {
  state: 'succeeded',
  total: 5,
  done: 5,
  summary: { sum: 30 },
  problem: null,
  results: [16, 9, 4, 1, 0],
}

export const wholeJob = { movesMax: 100, secondsMax: 100 }

/** Claim, three pages of the plan, five steps, the end. */
export const writes = 1 + 3 + 5 + 1
/** Before and after each of them. */
export const points = Array.from({ length: writes }, (_, index) => index + 1).flatMap((write) =>
  [false, true].map((after) => ({ write, after })),
)
