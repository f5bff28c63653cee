import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/certification/engagement.ts'
import { barsToUnmodified } from '../../src/certification/opinion.ts'
import { refusalOf } from '../../src/certification/transitions.ts'
import { callers, factsIn, finding, proposal } from './situation.ts'

const standing = { state: 'closed', closure: 'stands' } as const
const bars = (...findings: Finding[]) => barsToUnmodified(factsIn('in-verification', { findings })).length

/** kg CO2e; scope 1 comes to 1000 kg, materiality 0.05: misstatements matter from 50 kg. */
const misstatement = (quantityKgCo2e: string, changes: Partial<Finding> = {}) =>
  finding({ kind: 'misstatement', part: 'scope-1', quantityKgCo2e, ...standing, ...changes })

describe('an unmodified opinion', () => {
  test('stands over resolved and withdrawn findings', () => {
    expect(
      bars(finding({ kind: 'nonconformity', severity: 'major', state: 'closed', closure: 'resolved' })),
    ).toBe(0)
    expect(bars(misstatement('500', { closure: 'withdrawn' }))).toBe(0)
  })

  test('is barred by an uncorrected major nonconformity, not by a minor one', () => {
    expect(bars(finding({ kind: 'nonconformity', severity: 'major', ...standing }))).toBe(1)
    expect(bars(finding({ kind: 'nonconformity', severity: 'major', state: 'open' }))).toBe(1)
    expect(bars(finding({ kind: 'nonconformity', severity: 'minor', ...standing }))).toBe(0)
  })

  test('is barred by a limitation of scope', () => {
    expect(bars(finding({ kind: 'scope-limitation', ...standing }))).toBe(1)
  })

  test('is barred by a misstatement of 50 kg in a part of 1000 kg at 5 %, over or under, not by 49.9 kg', () => {
    expect(bars(misstatement('50'))).toBe(1)
    expect(bars(misstatement('-50'))).toBe(1)
    expect(bars(misstatement('49.9'))).toBe(0)
  })

  test('is barred by an intentional misstatement of any size', () => {
    expect(bars(misstatement('0.1', { intentional: true }))).toBe(1)
  })

  test('is barred by small misstatements that matter together: 30 + 25 = 55 kg, not 30 - 25 = 5 kg', () => {
    expect(bars(misstatement('30'), misstatement('25'))).toBe(1)
    expect(bars(misstatement('30'), misstatement('-25'))).toBe(0)
  })

  test('weighs a misstatement against its own part: 60 kg matter in scope 1 (50), not in scope 2 (200)', () => {
    expect(bars(misstatement('60'))).toBe(1)
    expect(bars(misstatement('60', { part: 'scope-2' }))).toBe(0)
  })

  test('is barred by any misstatement of a part about which nothing was agreed', () => {
    expect(bars(misstatement('0.001', { part: 'scope-3' }))).toBe(1)
  })
})

describe('the opinion proposed', () => {
  const findings = [finding({ kind: 'nonconformity', severity: 'major', ...standing })]
  const propose = (opinion: typeof proposal.opinion) =>
    refusalOf('propose', {
      facts: factsIn('in-verification', { findings }),
      caller: callers['lead-verifier'],
      content: { move: 'propose', proposal: { ...proposal, opinion } },
    })

  test('is refused when unmodified over what bars it, naming the findings', () => {
    expect(propose('unmodified')?.code).toBe('opinion-inconsistent')
    expect(propose('unmodified')?.facts.bars).toEqual(['Finding 1 is a major nonconformity.'])
  })

  test("is otherwise the team's judgement: the system never chooses it", () => {
    for (const opinion of ['modified', 'adverse', 'disclaimer'] as const) expect(propose(opinion)).toBeNull()
  })
})
