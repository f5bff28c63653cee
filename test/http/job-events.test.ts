/** The text of a stream of events, look by look; a pause here takes no time. */

import type { Context } from 'hono'
import { describe, expect, test } from 'vitest'
import type { App } from '../../src/http/context.ts'
import { jobEvents, type Pace } from '../../src/http/routes/jobs/events.ts'
import { streamed, withOwnPorts } from '../../src/http/stream.ts'
import type { Job } from '../../src/ports/jobs.ts'
import type { Ports } from '../../src/ports.ts'

const job = (version: number, isOver = false) =>
  ({ version, state: isOver ? 'succeeded' : 'running', endedAt: isOver ? new Date(0) : null }) as Job

/** What a client is sent while the job is seen like this, one look after the other. */
async function sent(
  looks: readonly (Job | null)[],
  seen: number | null = null,
  changes: Partial<Pace> & { leavesAfter?: number } = {},
): Promise<{ parts: string[]; looked: number }> {
  const leaving = new AbortController()
  let looked = 0
  const look = async () => {
    const found = looks[Math.min(looked, looks.length - 1)] ?? null
    looked += 1
    if (looked === changes.leavesAfter) leaving.abort()
    return found
  }
  const pace: Pace = { pause: async () => {}, looksMax: 20, looksQuiet: 5, ...changes }
  const parts: string[] = []
  const view = ({ version }: Job) => ({ at: version })
  for await (const part of jobEvents(look, view, seen, pace, leaving.signal)) parts.push(part)
  return { parts, looked }
}

describe('a stream of events', () => {
  test('begins with when to come again, tells each change once, and ends with the job', async () => {
    const { parts } = await sent([job(1), job(1), job(2), job(2), job(3, true)])
    expect(parts).toEqual([
      'retry: 1000\n\n',
      'event: progress\nid: 1\ndata: {"at":1}\n\n',
      'event: progress\nid: 2\ndata: {"at":2}\n\n',
      'event: end\nid: 3\ndata: {"at":3}\n\n',
    ])
  })

  test('tells whoever comes again only what is new', async () => {
    const { parts } = await sent([job(2), job(3), job(3, true)], 2)
    expect(parts.slice(1)).toEqual(['event: progress\nid: 3\ndata: {"at":3}\n\n'])
  })

  test('keeps the connection open with a comment after every few looks without news', async () => {
    const { parts } = await sent([job(1)], null, { looksMax: 12 })
    // Looks 2 to 6 and 7 to 11 bring no news.
    expect(parts.slice(2)).toEqual([': nothing new\n\n', ': nothing new\n\n'])
  })

  test('ends after so many looks, so that no Worker is held for ever', async () => {
    expect((await sent([job(1)], null, { looksMax: 7 })).looked).toBe(7)
  })

  test('ends when the client is gone, and when the job is', async () => {
    expect((await sent([job(1)], null, { leavesAfter: 3 })).looked).toBe(3)
    expect((await sent([job(1), null])).looked).toBe(2)
  })
})

describe('an answer made bit by bit', () => {
  test('holds ports while it asks something, and none while its client waits', async () => {
    let held = 0
    const open = () => {
      held += 1
      const close = async () => {
        held -= 1
      }
      return { ports: {} as Ports, close }
    }
    const c = { var: { open }, req: { raw: new Request('http://localhost/') } } as unknown as Context<App>
    const body = streamed(c, async function* () {
      const ask = <Answer>(question: () => Promise<Answer>) => withOwnPorts(c, question)
      for (const part of ['one', 'two']) yield `${part} ${await ask(async () => held)};`
      await ask(async () => Promise.reject(new Error('lost'))).catch(() => {})
      yield `three ${held}`
    })
    expect(await new Response(body).text()).toBe('one 1;two 1;three 0')
    expect(held).toBe(0)
  })
})
