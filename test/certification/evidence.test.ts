import { describe, expect, test } from 'vitest'
import {
  isPastRetention,
  missingEvidence,
  type RestingVerification,
  retentionOf,
  stoodIn,
} from '../../src/certification/evidence.ts'

const at = (day: string) => new Date(`${day}T08:00:00Z`)
const ended = (
  day: string,
  retentionYears: number | null,
  by: 'issue' | 'end-of-validity' | 'close-of-engagement' = 'issue',
): RestingVerification => ({ retentionYears, ended: { by, at: at(day) } })
const inWork: RestingVerification = { retentionYears: 6, ended: null }

describe('retention', () => {
  test('has no clock before a verification, nor while one is in work', () => {
    for (const verifications of [[], [inWork], [ended('2024-05-01', 6), inWork]]) {
      expect(retentionOf(verifications)).toMatchObject({
        keptUntil: null,
        since: null,
        because: 'clock-not-started',
      })
    }
  })

  test('counts whole years from what started the clock', () => {
    expect(retentionOf([ended('2024-05-01', 6)])).toEqual({
      keptUntil: at('2030-05-01'),
      since: at('2024-05-01'),
      startedBy: 'issue',
      years: 6,
      because: null,
    })
  })

  test('keeps to the latest term of several, not to the latest start', () => {
    const retention = retentionOf([ended('2024-05-01', 10, 'end-of-validity'), ended('2026-05-01', 6)])
    expect(retention).toMatchObject({ keptUntil: at('2034-05-01'), startedBy: 'end-of-validity', years: 10 })
  })

  test('is not known where a scheme says nothing, which is not zero years', () => {
    const retention = retentionOf([ended('2024-05-01', 6), ended('2023-05-01', null)])
    expect(retention).toMatchObject({ keptUntil: null, since: at('2023-05-01'), because: 'scheme-silent' })
    expect(isPastRetention(retention, at('2999-01-01'))).toBe(false)
    expect(retentionOf([ended('2024-05-01', 0)]).keptUntil).toEqual(at('2024-05-01'))
  })

  test('ends the day after 28 February where there is no 29th', () => {
    expect(retentionOf([ended('2024-02-29', 3)]).keptUntil).toEqual(at('2027-03-01'))
  })

  test('is past from its very end on', () => {
    const retention = retentionOf([ended('2024-05-01', 6)])
    expect(isPastRetention(retention, new Date('2030-05-01T07:59:59.999Z'))).toBe(false)
    expect(isPastRetention(retention, at('2030-05-01'))).toBe(true)
  })
})

describe('missing evidence', () => {
  const required = [
    { category: 'purchased-electricity', kinds: ['invoice', 'meter-photo'], shareFrom: '0.05' },
  ] as const
  const line = (id: string, share: number | null, category = 'purchased-electricity') => ({
    id,
    category,
    share,
  })

  test('names each line of the category from the share on that nothing of those kinds stands behind', () => {
    const lines = [line('a', 0.05), line('b', 0.04), line('c', 0.5), line('d', 0.3), line('e', 0.9, 'waste')]
    const backings = [
      { line: 'c', kind: 'meter-photo' },
      { line: 'd', kind: 'contract' },
    ] as const
    expect(missingEvidence(required, lines, backings)).toEqual([
      { line: 'a', category: 'purchased-electricity', share: 0.05, kinds: ['invoice', 'meter-photo'] },
      { line: 'd', category: 'purchased-electricity', share: 0.3, kinds: ['invoice', 'meter-photo'] },
    ])
  })

  test('asks it of a line whose share is not known: not known is not small', () => {
    expect(missingEvidence(required, [line('a', null), line('b', 0)], [])).toMatchObject([{ line: 'a' }])
  })

  test('is empty where nothing is asked', () => {
    expect(missingEvidence([], [line('a', 1)], [])).toEqual([])
  })
})

test('a link stood in the revisions from the one it was made for to the one before it was taken away', () => {
  const span = { revision: 2, unlinkedFrom: 4 }
  expect([1, 2, 3, 4].map((number) => stoodIn(span, number))).toEqual([false, true, true, false])
  expect(stoodIn({ revision: 2, unlinkedFrom: null }, 9)).toBe(true)
})
