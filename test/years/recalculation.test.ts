/** When a base year must be calculated anew. */

import { describe, expect, test } from 'vitest'
import {
  type BaseYearChange,
  type BaseYearChangeKind,
  type RecalculationRequest,
  recalculationCheck,
} from '../../src/years/recalculation.ts'
import { refusalOf } from '../engine/fixtures.ts'

const change = (kind: BaseYearChangeKind, kgCo2e: string, date = '2024-06-01'): BaseYearChange => ({
  ...{ kind, kgCo2e, date, description: kind },
})

const check = (changes: BaseYearChange[], given: Partial<RecalculationRequest> = {}) =>
  recalculationCheck({
    policy: { thresholdShare: '0.05', cumulative: true, measure: 'absolute' },
    ...{ baseTotal: '1000', lastRecalculation: null, changes },
    ...given,
  })

describe('a base year', () => {
  test('stays below the threshold, and is recalculated at it', () => {
    expect(check([change('structural', '49')])).toMatchObject({ required: false, measuredShare: '0.049' })
    // 50 of 1000 is 5 %.
    expect(check([change('structural', '50')])).toMatchObject({
      ...{ required: true, measuredShare: '0.05', thresholdShare: '0.05' },
      ...{ counted: [0], reasons: [{ kind: 'structural', kgCo2e: '50' }] },
    })
  })

  test('adds small changes up, where the policy says so', () => {
    const small = [change('structural', '30'), change('method', '-30')]
    const alone = { policy: { thresholdShare: '0.05', cumulative: false, measure: 'absolute' as const } }
    const net = { policy: { thresholdShare: '0.05', cumulative: true, measure: 'net' as const } }
    expect(check(small)).toMatchObject({
      ...{ required: true, measuredShare: '0.06' },
      ...{ net: { kgCo2e: '0', share: '0' }, absolute: { kgCo2e: '60', share: '0.06' } },
    })
    expect(check(small, alone)).toMatchObject({ required: false, measuredShare: '0.03' })
    expect(check(small, net)).toMatchObject({ required: false, measuredShare: '0' })
  })

  test('is never recalculated because more was done, or a factor tells a real change', () => {
    const answer = check([
      change('organic-growth', '900'),
      change('factor-over-time', '-500'),
      change('error', '10'),
    ])
    expect(answer).toMatchObject({ required: false, measuredShare: '0.01', counted: [2] })
  })

  test('forgets what it was recalculated for', () => {
    const changes = [change('structural', '40', '2023-05-01'), change('error', '-20', '2024-05-01')]
    expect(check(changes)).toMatchObject({ required: true, measuredShare: '0.06' })
    const answer = check(changes, { lastRecalculation: '2023-12-31' })
    expect(answer).toMatchObject({ required: false, measuredShare: '0.02', counted: [1] })
  })

  test('names the kinds, the largest first', () => {
    const answer = check([change('error', '10'), change('structural', '-40'), change('error', '20')])
    expect(answer.reasons).toEqual([
      { kind: 'structural', kgCo2e: '-40' },
      { kind: 'error', kgCo2e: '30' },
    ])
  })

  test.each([
    [{ baseTotal: '0' }, 'property-out-of-range', '/baseTotal'],
    [{ baseTotal: 'much' }, 'invalid-number', '/baseTotal'],
    [
      { policy: { thresholdShare: '0', cumulative: true, measure: 'net' as const } },
      'property-out-of-range',
      '/policy/thresholdShare',
    ],
    [{ lastRecalculation: '2023-02-30' }, 'period-invalid', '/lastRecalculation'],
    [{ changes: [change('error', '1', 'today')] }, 'period-invalid', '/changes/0/date'],
    [{ changes: [change('error', 'x')] }, 'invalid-number', '/changes/0/kgCo2e'],
  ])('refuses %j', (given, code, pointer) => {
    const problem = refusalOf(() => check([], given))
    expect([problem.code, problem.facts.pointer]).toEqual([code, pointer])
  })
})
