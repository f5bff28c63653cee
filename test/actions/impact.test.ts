/** The parts of an impact run that need no system: the order of its items, and what becomes of trouble on the way. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { impactKind } from '../../src/actions/impact/impact-kind.ts'
import { sortKeyOf } from '../../src/actions/impact/largest-first.ts'
import { startImpact } from '../../src/actions/impact/start-impact.ts'
import type { Dependent } from '../../src/ports/impact.ts'
import type { ImpactSpec, Job } from '../../src/ports/jobs.ts'
import type { Ports } from '../../src/ports.ts'
import { Problem } from '../../src/problem.ts'

const item = (change: number | null, relative: number | null) => ({
  problem: change === null ? { code: 'row-gone' as const, facts: {} } : null,
  change: change === null ? null : String(change),
  relativeChange: relative === null ? null : String(relative),
})

describe('the order of items', () => {
  test('is by relative change, up or down; then by change; from zero first, refusals last', () => {
    const inOrder = [
      item(5, null),
      item(-90, -0.9),
      item(300, 0.1),
      item(-200, -0.1),
      item(1e-9, 1e-12),
      item(0, 0),
      item(null, null),
    ]
    const keys = inOrder.map(sortKeyOf)
    expect([...keys].sort()).toEqual(keys)
    expect(new Set(keys).size).toBe(inOrder.length)
  })

  test('is that of the numbers, whatever they are', () => {
    const amount = fc.double({ noNaN: true, noDefaultInfinity: true })
    fc.assert(
      fc.property(amount, amount, (a, b) => {
        const [first, second] = [sortKeyOf(item(1, a)), sortKeyOf(item(1, b))]
        expect(first < second).toBe(Math.abs(a) > Math.abs(b))
        expect(first).toMatch(/^\d{39}$/)
      }),
    )
  })
})

const dependent: Dependent = {
  subject: 'draft',
  id: '11111111-1111-4111-8111-111111111111',
  footprintId: '11111111-1111-4111-8111-111111111111',
  title: 'Inventory',
  client: { en: 'Factory', zh: null },
  revision: null,
  engagementId: null,
  credentialNumber: null,
}
const spec: ImpactSpec = { kind: 'impact', table: 'grid', older: '1', newer: '2' }
const job = {
  id: 'job',
  organizationId: 'org',
  spec,
  requestedBy: { organizationId: 'org' },
} as Job<ImpactSpec>

/** Footprints whose look-up ends like this. */
const footprints = (find: () => Promise<unknown>) => ({ footprints: { find } }) as unknown as Ports

describe('a step', () => {
  const step = (find: () => Promise<unknown>, isLast = false) =>
    impactKind.step(footprints(find), job, dependent, { isLast })
  const throwing = (thrown: unknown) => () => Promise.reject(thrown)

  test('keeps what is wrong with its item, and lets the others go on', async () => {
    const corrupt = new Problem('stored-object-corrupt', 'Changed.', { others: ['many'] })
    const { outcome } = await step(throwing(corrupt))
    expect(outcome).toMatchObject({ ...dependent, before: null, change: null, lines: null })
    expect(outcome.problem).toEqual({ code: 'stored-object-corrupt', facts: { detail: 'Changed.' } })
  })

  test('is tried again when something does not answer, and at its last try says so of its item', async () => {
    const silent = new Problem('unavailable', 'No answer.')
    await expect(step(throwing(silent))).rejects.toThrow('unavailable')
    expect((await step(throwing(silent), true)).outcome.problem?.code).toBe('unavailable')
  })

  test('does not take what nobody foresaw for a property of its item', async () => {
    await expect(step(throwing(new TypeError('undefined is not a function')), true)).rejects.toThrow(
      TypeError,
    )
  })

  test('refuses a draft that pins another version by now, or is no draft any more', async () => {
    const calculation = { factorTables: [{ table: 'grid', version: '1' }] }
    const submitted = { state: 'submitted', version: 4, definition: { calculation } }
    expect((await step(async () => submitted)).outcome.problem?.code).toBe('stale-state')
    const elsewhere = { factorTables: [{ table: 'grid', version: '2' }] }
    const moved = { state: 'draft', version: 4, definition: { calculation: elsewhere } }
    expect((await step(async () => moved)).outcome.problem?.code).toBe('stale-state')
    expect((await step(async () => null)).outcome.problem?.code).toBe('not-found')
  })
})

describe('beginning a run', () => {
  const start = async (state: string, isKnown = true) => {
    const newer = { table: 'grid', version: '2', state, supersedes: '1', supersededBy: null }
    const made: unknown[] = []
    const woken: string[] = []
    const ports = {
      world: { now: () => new Date(0), newId: () => 'job-id' },
      registry: { listTables: async () => (isKnown ? [newer] : []) },
      wakeUps: { send: async (id: string) => void woken.push(id) },
      jobs: {
        create: async (_by: unknown, created: Job) => {
          made.push(created.spec)
          return { row: { ...created, state: 'queued' }, replayed: false }
        },
      },
    } as unknown as Ports
    const mark = { idempotencyKey: null, digest: '' }
    const request = { actor: job.requestedBy, mark, table: 'grid', version: '2' }
    const refusal = await startImpact(ports, request).then(
      () => null,
      (thrown: Problem) => [thrown.code, thrown.facts.reason],
    )
    return { refusal, made, woken }
  }

  test.each(['published', 'superseded'])(
    'is done for a version that is %s, and somebody is woken',
    async (state) => {
      expect(await start(state)).toEqual({ refusal: null, made: [spec], woken: ['job-id'] })
    },
  )

  test.each(['draft', 'withdrawn'])('is refused for one that is %s', async (state) => {
    expect(await start(state)).toEqual({ refusal: ['impact-not-possible', state], made: [], woken: [] })
  })

  test('is refused as not found for one that the caller may not see', async () => {
    expect((await start('published', false)).refusal).toEqual(['not-found', undefined])
  })
})

describe('planning', () => {
  test('goes through drafts, engagements and credentials, page by page, each once', async () => {
    const all = { draft: 450, engagement: 0, credential: 200 }
    const dependents = {
      listDependents: async (
        _actor: unknown,
        subject: keyof typeof all,
        _pin: unknown,
        { limit, after }: { limit: number; after: string | null },
      ) => {
        const from = after === null ? 0 : Number(after) + 1
        const numbers = Array.from({ length: all[subject] }, (_, number) => number)
        return numbers.slice(from, from + limit).map((id) => ({ ...dependent, subject, id: String(id) }))
      },
    }
    const ports = { dependents } as unknown as Ports
    const found: string[] = []
    let next: string | null = null
    do {
      const page: Awaited<ReturnType<typeof impactKind.plan>> = await impactKind.plan(ports, job, next)
      found.push(...page.works.map((work) => `${(work as Dependent).subject} ${(work as Dependent).id}`))
      next = page.next
    } while (next !== null)
    expect([found.length, new Set(found).size]).toEqual([650, 650])
  })
})
