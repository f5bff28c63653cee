/** Long work when whoever does it fails, dies, is overtaken or is told to stop: the outcome is that of an undisturbed run. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { succeededJob } from '../../src/actions/jobs/read-result.ts'
import {
  attemptsMax,
  leaseSeconds,
  nextMove,
  runSlice,
  type SliceEnd,
} from '../../src/actions/jobs/run-slice.ts'
import { sweepJobs } from '../../src/actions/jobs/sweep-jobs.ts'
import type { ImpactSpec, Job } from '../../src/ports/jobs.ts'
import type { Ports } from '../../src/ports.ts'
import { Problem } from '../../src/problem.ts'
import { failingHand, fakeJobs, type Hand, newRows, type Rows, steadyHand } from './fake-jobs.ts'
import { kindsOf, points, type Squares, squares, undisturbed, wholeJob, writes } from './squares.ts'

const jobId = '11111111-1111-4111-8111-111111111111'
const organizationId = '22222222-2222-4222-8222-222222222222'

const queued: Job<ImpactSpec> = {
  id: jobId,
  organizationId,
  spec: { kind: 'impact', table: 'grid', older: '1', newer: '2' },
  requestedBy: {
    clientId: '33333333-3333-4333-8333-333333333333',
    organizationId,
    organizationKind: 'enterprise',
    memberId: null,
    personId: null,
    scopes: [],
  },
  state: 'queued',
  version: 1,
  isPlanned: false,
  planCursor: null,
  total: 0,
  done: 0,
  attempts: 0,
  cancelRequestedAt: null,
  problem: null,
  summary: null,
  createdAt: new Date(0),
  startedAt: null,
  endedAt: null,
  updatedAt: new Date(0),
}

/** A place to work: rows that outlive workers, and a clock that only this test moves. */
function place(job: Job = queued) {
  let seconds = 0
  let ids = 0
  const rows = newRows(job)
  const clock = {
    pass: (more: number) => {
      seconds += more
    },
  }
  const ports = (hand: Hand): Ports => {
    const newId = () => {
      ids += 1
      return `token-${ids}`
    }
    const world = { now: () => new Date(seconds * 1000), newId }
    const beats = { every: () => async () => {} }
    return { world, beats, jobs: fakeJobs(rows, hand) } as unknown as Ports
  }
  return { rows, clock, ports }
}

/** One worker's slice, told as it ended; dead workers tell nothing. */
async function work(ports: Ports, kind: Squares = squares, slice = wholeJob): Promise<SliceEnd | 'dead'> {
  try {
    return (await runSlice(ports, kindsOf(kind), jobId, slice)).end
  } catch {
    return 'dead'
  }
}

/** The schedule comes once everything has run out, until nothing is due. */
async function sweepUntilDone({ clock, ports }: ReturnType<typeof place>, kind: Squares = squares) {
  for (let minutes = 0; minutes < 50; minutes += 1) {
    clock.pass(leaseSeconds)
    const steady = ports(steadyHand)
    await sweepJobs(steady, async () => void (await work(steady, kind)))
  }
}

/** What a reader of the job and its result sees. */
async function seen(rows: Rows) {
  const job = rows.jobs.get(jobId)?.job
  const results = await fakeJobs(rows).readResults(queued, jobId, { limit: 100, after: null })
  const { state, total, done, summary, problem } = job ?? queued
  return { state, total, done, summary, problem, results: results.map(({ outcome }) => outcome) }
}

describe('a job', () => {
  test('plans, steps and ends, each step once', async () => {
    const at = place()
    expect(await work(at.ports(steadyHand))).toBe('ended')
    expect(await seen(at.rows)).toEqual(undisturbed)
    expect(at.rows.kept).toEqual([1, 1, 1, 1, 1])
  })

  test.each([1, 2, 3, 7])('comes to the same in slices of %i moves', async (movesMax) => {
    const at = place()
    const ends: SliceEnd[] = []
    do ends.push((await work(at.ports(steadyHand), squares, { movesMax, secondsMax: 100 })) as SliceEnd)
    while (ends.at(-1) === 'again')
    // Nine moves: three pages, five steps, the end; the last one ends the job instead of the slice.
    expect(ends).toHaveLength(Math.ceil(9 / movesMax))
    expect(await seen(at.rows)).toEqual(undisturbed)
  })

  test('ends its slice when the time is over, after one move at least', async () => {
    const at = place()
    expect(await work(at.ports(steadyHand), squares, { movesMax: 100, secondsMax: 0 })).toBe('again')
    expect(await seen(at.rows)).toMatchObject({ state: 'running', total: 2, done: 0 })
  })

  test('with nothing to do succeeds with nothing', async () => {
    const at = place()
    const nothing = { ...squares, plan: async () => ({ works: [], next: null }) }
    await work(at.ports(steadyHand), nothing)
    expect(await seen(at.rows)).toEqual({
      ...undisturbed,
      total: 0,
      done: 0,
      summary: { sum: 0 },
      results: [],
    })
  })
})

describe('whoever works is killed', () => {
  test.each(points)(
    'at write $write (after it took hold: $after): the schedule ends the work alike',
    async (point) => {
      const at = place()
      expect(await work(at.ports(failingHand(point.write, point.after, 'kill')))).toBe('dead')
      await sweepUntilDone(at)
      expect(await seen(at.rows)).toEqual(undisturbed)
      expect(at.rows.kept).toEqual([1, 1, 1, 1, 1])
    },
  )

  test.each(points)('at write $write, in slices of two moves (after: $after): alike', async (point) => {
    const at = place()
    const mortal = at.ports(failingHand(point.write, point.after, 'kill'))
    for (let slices = 0; slices < 10; slices += 1)
      await work(mortal, squares, { movesMax: 2, secondsMax: 100 })
    await sweepUntilDone(at)
    expect(await seen(at.rows)).toEqual(undisturbed)
    expect(at.rows.kept).toEqual([1, 1, 1, 1, 1])
  })

  test('again and again, anywhere: alike, as long as something is kept now and then', async () => {
    const kill = fc.record({ write: fc.integer({ min: 1, max: writes + 1 }), after: fc.boolean() })
    const run = async (kills: readonly { write: number; after: boolean }[]) => {
      const at = place()
      for (const { write, after } of kills) {
        await work(at.ports(failingHand(write, after, 'kill')))
        at.clock.pass(leaseSeconds)
      }
      await sweepUntilDone(at)
      expect(await seen(at.rows)).toEqual(undisturbed)
      expect(at.rows.kept).toEqual([1, 1, 1, 1, 1])
    }
    // Fewer kills than attempts: were there more without progress, the job would fail by name (below).
    await fc.assert(fc.asyncProperty(fc.array(kill, { maxLength: attemptsMax - 1 }), run), { numRuns: 300 })
  })

  test('before a step is kept, each time: it fails by name after five times, with what was done still there', async () => {
    const at = place()
    const deadly = {
      ...squares,
      step: async (...[ports, job, number, attempt]: Parameters<Squares['step']>) => {
        if (number === 3) throw new Error('out of memory')
        return squares.step(ports, job, number, attempt)
      },
    }
    // Killed at the write with which a failed try lets go: the first time after the claim, three pages and three steps.
    for (const write of [8, 2, 2, 2, 2]) {
      expect(await work(at.ports(failingHand(write, false, 'kill')), deadly)).toBe('dead')
      at.clock.pass(leaseSeconds)
    }
    expect(await seen(at.rows)).toMatchObject({ state: 'running', done: 3 })
    await sweepUntilDone(at, deadly)
    expect(await seen(at.rows)).toMatchObject({
      state: 'failed',
      done: 3,
      problem: { code: 'job-attempts-exhausted' },
    })
  })
})

describe('something fails for a while', () => {
  test.each(points)('write $write (after it took hold: $after): tried again later, alike', async (point) => {
    const at = place()
    await work(at.ports(failingHand(point.write, point.after, 'error')))
    await sweepUntilDone(at)
    expect(await seen(at.rows)).toEqual(undisturbed)
    expect(at.rows.kept).toEqual([1, 1, 1, 1, 1])
  })

  test('waits longer before each try: 10, 20, 40, 80 seconds', async () => {
    const at = place()
    const failing = { ...squares, plan: () => Promise.reject(new Problem('unavailable', 'No answer.')) }
    const waits: number[] = []
    const dueIn = () => (at.rows.jobs.get(jobId)?.dueAt ?? 0) / 1000
    let now = 0
    for (let tries = 1; tries < attemptsMax; tries += 1) {
      expect(await work(at.ports(steadyHand), failing)).toBe('later')
      waits.push(dueIn() - now)
      at.clock.pass(dueIn() - now)
      now = dueIn()
    }
    expect(waits).toEqual([10, 20, 40, 80])
  })

  test('for good: it fails by name after five tries, and says what stood behind it', async () => {
    const at = place()
    let tries = 0
    const failing = {
      ...squares,
      plan: () => {
        tries += 1
        return Promise.reject(new Problem('unavailable', 'No answer.'))
      },
    }
    await sweepUntilDone(at, failing)
    expect(tries).toBe(attemptsMax)
    const facts = { attempts: attemptsMax, cause: 'unavailable' }
    expect(await seen(at.rows)).toMatchObject({
      state: 'failed',
      problem: { code: 'job-attempts-exhausted', facts },
    })
  })

  test('tells a step when its try is the last', async () => {
    const at = place()
    const lasts: boolean[] = []
    const failing: Squares = {
      ...squares,
      step: (_ports, _job, _work, { isLast }) => {
        lasts.push(isLast)
        return Promise.reject(new Error('no answer'))
      },
    }
    await sweepUntilDone(at, failing)
    expect(lasts).toEqual([false, false, false, false, true])
  })

  test('a refusal ends the job by its own name, at once', async () => {
    const at = place()
    const refusing = { ...squares, finish: () => Promise.reject(new Problem('stale-state', 'It changed.')) }
    expect(await work(at.ports(steadyHand), refusing)).toBe('ended')
    expect(await seen(at.rows)).toMatchObject({ state: 'failed', done: 5, problem: { code: 'stale-state' } })
  })
})

describe('two have it in hand', () => {
  /** Stops the first worker where it is until the second is through. */
  function gate() {
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    return { open, opened }
  }

  const stages = ['plan', 'step', 'finish'] as const
  test.each(stages)('the lease ran out in a %s: the one who was overtaken writes nothing', async (stage) => {
    const at = place()
    const { open, opened } = gate()
    let isFirst = true
    const slow = async () => {
      if (!isFirst) return
      isFirst = false
      await opened
    }
    const stopping: Squares = {
      ...squares,
      plan: async (...call) => {
        if (stage === 'plan') await slow()
        return squares.plan(...call)
      },
      step: async (...call) => {
        if (stage === 'step') await slow()
        const { outcome, sortKey } = await squares.step(...call)
        return { outcome, sortKey }
      },
      finish: async (...call) => {
        if (stage === 'finish') await slow()
        return squares.finish(...call)
      },
    }
    const first = work(at.ports(steadyHand), stopping)
    // Whoever is still stopped inside its stage has not returned; others come when the lease is over.
    await new Promise((resolve) => setImmediate(resolve))
    expect(await work(at.ports(steadyHand), stopping)).toBe('idle')
    at.clock.pass(leaseSeconds)
    expect(await work(at.ports(steadyHand), stopping)).toBe('ended')
    const before = structuredClone(at.rows.jobs.get(jobId)?.job)
    open()
    expect(await first).toBe('lost')
    expect(at.rows.jobs.get(jobId)?.job).toEqual(before)
    expect(await seen(at.rows)).toEqual(undisturbed)
    expect(at.rows.kept).toEqual([1, 1, 1, 1, 1])
  })

  test('the second of two wake-ups finds nothing to do, before and after the end', async () => {
    const at = place()
    const [one, other] = await Promise.all([work(at.ports(steadyHand)), work(at.ports(steadyHand))])
    expect([one, other].sort()).toEqual(['ended', 'idle'])
    expect(await work(at.ports(steadyHand))).toBe('idle')
    expect(at.rows.kept).toEqual([1, 1, 1, 1, 1])
  })

  test('a heartbeat keeps the lease while a step takes its time', async () => {
    const at = place()
    const beating: (() => Promise<unknown>)[] = []
    const { open, opened } = gate()
    const ports = {
      ...at.ports(steadyHand),
      beats: {
        every: (_seconds: number, act: () => Promise<unknown>) => {
          beating.push(act)
          return async () => {}
        },
      },
    } as unknown as Ports
    const slow = {
      ...squares,
      finish: async (...call: Parameters<Squares['finish']>) => {
        await opened
        return squares.finish(...call)
      },
    }
    const first = work(ports, slow)
    await new Promise((resolve) => setImmediate(resolve))
    for (let minutes = 0; minutes < 10; minutes += 1) {
      at.clock.pass(leaseSeconds - 1)
      for (const beat of beating) await beat()
      expect(await work(at.ports(steadyHand))).toBe('idle')
    }
    open()
    expect(await first).toBe('ended')
  })
})

describe('cancelling is asked for', () => {
  const ask = (rows: Rows) => {
    const row = rows.jobs.get(jobId)
    if (row) row.job = { ...row.job, cancelRequestedAt: new Date(1) }
  }

  test.each([0, 1, 3, 4, 6, 8])('after %i moves: no further step is kept', async (movesMade) => {
    const at = place()
    if (movesMade > 0) await work(at.ports(steadyHand), squares, { movesMax: movesMade, secondsMax: 100 })
    const { done } = await seen(at.rows)
    ask(at.rows)
    expect(await work(at.ports(steadyHand))).toBe('ended')
    expect(await seen(at.rows)).toMatchObject({ state: 'cancelled', done, summary: null })
  })

  test('while a step is under way: that one is kept, the next one is not begun', async () => {
    const at = place()
    const asking: Squares = {
      ...squares,
      step: (...call) => {
        if (call[2] === 2) ask(at.rows)
        return squares.step(...call)
      },
    }
    expect(await work(at.ports(steadyHand), asking)).toBe('ended')
    expect(await seen(at.rows)).toMatchObject({ state: 'cancelled', done: 3 })
  })

  test('while the result is put together: the job is cancelled, not successful', async () => {
    const at = place()
    const asking: Squares = {
      ...squares,
      finish: (...call) => {
        ask(at.rows)
        return squares.finish(...call)
      },
    }
    expect(await work(at.ports(steadyHand), asking)).toBe('ended')
    expect(await seen(at.rows)).toMatchObject({ state: 'cancelled', summary: null })
  })

  test('and whoever works is killed: the next one sees it', async () => {
    const at = place()
    await work(at.ports(failingHand(6, true, 'kill')))
    ask(at.rows)
    await sweepUntilDone(at)
    expect(await seen(at.rows)).toMatchObject({ state: 'cancelled' })
  })
})

describe('what comes next', () => {
  const planned = { ...queued, isPlanned: true, total: 2 }
  test.each([
    ['plan', queued, 1],
    ['plan', queued, attemptsMax],
    ['give-up', queued, attemptsMax + 1],
    ['step', planned, 1],
    ['step', { ...planned, done: 1 }, 1],
    ['finish', { ...planned, done: 2 }, 1],
    ['give-up', { ...planned, done: 2 }, attemptsMax + 1],
    ['cancel', { ...queued, cancelRequestedAt: new Date(0) }, 1],
    ['cancel', { ...planned, done: 2, cancelRequestedAt: new Date(0) }, attemptsMax + 1],
  ] as const)('is %s', (move, job, attempt) => {
    expect(nextMove(job, attempt)).toBe(move)
  })
})

describe('a result', () => {
  test('is read for 90 days after the end, and refused by name from then on', async () => {
    const at = place()
    await work(at.ports(steadyHand))
    const read = () => succeededJob(at.ports(steadyHand), queued.requestedBy, jobId)
    at.clock.pass(90 * 86_400 - 1)
    expect((await read()).state).toBe('succeeded')
    at.clock.pass(1)
    await expect(read()).rejects.toMatchObject({
      code: 'job-result-removed',
      facts: { resultUntil: '1970-04-01T00:00:00.000Z' },
    })
  })
})
