import { describe, expect, test } from 'vitest'
import { failingDaysMax, outcomeOf, pausesSeconds } from '../../src/actions/notices/send-deliveries.ts'

const at = new Date('2026-11-27T08:00:00Z')
const later = (seconds: number) => new Date(at.getTime() + seconds * 1000)
const tried = (tries: number, status: number | null, failingSince: Date | null = null) =>
  outcomeOf({ tries, webhook: { failingSince } }, { at, status, error: status === null ? 'refused' : null })

describe('what a try comes to', () => {
  test.each([200, 201, 204, 299])('%i is success, and nothing follows', (status) => {
    expect(tried(1, status)).toMatchObject({ state: 'delivered', dueAt: null, pausedUntil: null, stop: null })
  })

  test.each([null, 100, 199, 300, 301, 304, 400, 404, 429, 500, 503])(
    '%s is tried again in a minute',
    (status) => {
      expect(tried(1, status)).toMatchObject({
        state: 'pending',
        dueAt: later(60),
        pausedUntil: later(60),
        stop: null,
      })
    },
  )

  test('pauses grow to a day, over three days in all, and the last try is the end', () => {
    expect([...pausesSeconds]).toEqual([...pausesSeconds].toSorted((a, b) => a - b))
    // By hand: 1 + 5 + 30 minutes, 2 + 5 + 10 + 14 + 20 + 24 hours = 36 minutes and 75 hours.
    expect(pausesSeconds.reduce((sum, pause) => sum + pause, 0)).toBe(36 * 60 + 75 * 3600)
    for (const [index, pause] of pausesSeconds.entries())
      expect(tried(index + 1, 500).dueAt).toEqual(later(pause))
    expect(tried(pausesSeconds.length + 1, 500)).toMatchObject({ state: 'failed', dueAt: null })
  })

  test('410 stops the webhook at once, failing for days stops it, and not an hour earlier', () => {
    expect(tried(1, 410).stop).toBe('gone')
    const day = 86_400
    expect(tried(3, 500, later(-failingDaysMax * day)).stop).toBeNull()
    expect(tried(3, 500, later(-failingDaysMax * day - 1)).stop).toBe('failing')
    expect(tried(3, 200, later(-failingDaysMax * day - 1)).stop).toBeNull()
  })
})
