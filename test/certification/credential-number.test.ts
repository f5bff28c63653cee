import { describe, expect, test } from 'vitest'
import { readCredentialNumber } from '../../src/certification/credential-number.ts'
import { standingAt } from '../../src/certification/credential-standing.ts'

describe('a number as people write it', () => {
  test.each([
    'EGRET-2026-8F3K-1700',
    'egret-2026-8f3k-1700',
    ' EGRET 2026 8F3K 1700 ',
    'ＥＧＲＥＴ－２０２６－８Ｆ３Ｋ－１７００',
    'EGRET–2026—8F3K‑l7OO',
    'EGRET-2O26-8F3K-I7oO',
    'egret20268f3ki7oo',
    '2026-8F3K-1700',
    'EGRET\u3000-\u30002026-8F3K-1700',
  ])('%s is read', (written) => {
    expect(readCredentialNumber(written)).toBe('EGRET-2026-8F3K-1700')
  })

  test.each([
    '',
    'EGRET',
    'EGRET-2026-8F3K-170',
    'EGRET-2026-8F3K-17000',
    'EGRET-2026-8F3K-170U',
    'X'.repeat(10_000),
    '\u0000',
  ])('%j is none', (written) => {
    expect(readCredentialNumber(written)).toBeUndefined()
  })
})

describe('how a document stands', () => {
  const [decided, end] = [new Date('2026-03-01T00:00:00Z'), new Date('2028-01-01T00:00:00Z')]
  const at = (status: Parameters<typeof standingAt>[0]['status'], validUntil: Date | null, now: Date) =>
    standingAt({ status, statusAt: decided, validUntil }, now)

  test('is what was decided within its term, and without one', () => {
    const before = new Date(end.getTime() - 1)
    for (const status of ['active', 'suspended', 'withdrawn', 'cancelled'] as const) {
      expect(at(status, end, before)).toEqual({ standing: status, since: decided })
      expect(at(status, null, end)).toEqual({ standing: status, since: decided })
    }
  })

  test('is expired from the very instant on, unless it was ended for good', () => {
    expect(at('active', end, end)).toEqual({ standing: 'expired', since: end })
    expect(at('suspended', end, end)).toEqual({ standing: 'expired', since: end })
    expect(at('withdrawn', end, end).standing).toBe('withdrawn')
    expect(at('cancelled', end, end).standing).toBe('cancelled')
  })
})
