import { describe, expect, test } from 'vitest'
import type { Finding } from '../../src/certification/engagement.ts'
import { materialityOf } from '../../src/certification/materiality.ts'
import { barsToUnmodified } from '../../src/certification/opinion.ts'
import type { Opinion } from '../../src/certification/scheme.ts'
import { refusalOf } from '../../src/certification/transitions.ts'
import { callers, factsIn, finding, proposal } from './situation.ts'

const standing = { state: 'closed', closure: 'stands' } as const
const bars = (...findings: Finding[]) => barsToUnmodified(factsIn('in-verification', { findings })).length

/**
 * kg CO2e; scope 1 comes to 1000 kg, materiality 0.05 of what it would be corrected: an overstatement q matters from
 * q = 0.05 × (1000 − q), so q = 47.62 kg; an understatement from q = 0.05 × (1000 + q), so q = 52.63 kg.
 */
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

  test('is barred by a misstatement of 47.7 kg in 1000 kg at 5 % of the corrected base, or 52.7 kg the other way, not by 47.5 and 52.5', () => {
    expect(bars(misstatement('47.7'))).toBe(1)
    expect(bars(misstatement('47.5'))).toBe(0)
    expect(bars(misstatement('-52.7'))).toBe(1)
    expect(bars(misstatement('-52.5'))).toBe(0)
  })

  test('is barred by an intentional misstatement of any size', () => {
    expect(bars(misstatement('0.1', { intentional: true }))).toBe(1)
  })

  test('is barred by small misstatements that matter together: 30 + 25 = 55 kg', () => {
    expect(bars(misstatement('30'), misstatement('25'))).toBe(1)
  })

  test('needs a written judgement where 30 - 25 = 5 kg net are 55 kg gross, and none where 20 - 15 are 35', () => {
    const findings = [misstatement('30'), misstatement('-25')]
    const facts = factsIn('in-verification', { findings })
    expect(barsToUnmodified(facts)).toEqual([expect.stringContaining('55 kgCO2e')])
    expect(barsToUnmodified(facts, ['scope-1'])).toEqual([])
    expect(bars(misstatement('20'), misstatement('-15'))).toBe(0)
  })

  test('is not saved by a judgement from a single material or intentional misstatement', () => {
    const of = (...findings: Finding[]) => factsIn('in-verification', { findings })
    expect(barsToUnmodified(of(misstatement('500'), misstatement('-490')), ['scope-1'])).toHaveLength(2)
    expect(barsToUnmodified(of(misstatement('1', { intentional: true })), ['scope-1'])).toHaveLength(1)
  })

  test('weighs a misstatement against its own part: 60 kg matter in scope 1 (47), not in scope 2 (197)', () => {
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

describe('the arithmetic of a part', () => {
  test('keeps known and projected apart, net and gross, against the corrected base', () => {
    const findings = [
      misstatement('30'),
      misstatement('-12'),
      misstatement('8', { projected: true }),
      misstatement('400', { closure: 'resolved' }),
    ]
    const [part] = materialityOf(factsIn('in-verification', { findings }))
    // By hand: known 30 - 12 = 18 net, 42 gross; projected 8; together 26 net, 50 gross; corrected 1000 - 26 = 974; 5 % of it 48.7.
    expect(part).toMatchObject({
      part: 'scope-1',
      reported: 1000,
      corrected: 974,
      known: { count: 2, net: 18, gross: 42 },
      projected: { count: 1, net: 8, gross: 8 },
      together: { count: 3, net: 26, gross: 50 },
      singleOver: [],
      netOver: false,
      grossOver: true,
      needsJudgement: true,
    })
    expect(part?.threshold).toBeCloseTo(48.7, 12)
  })

  test('of a part about which nothing was agreed has no materiality, and every misstatement matters', () => {
    const findings = [misstatement('0.5', { part: 'scope-3' })]
    expect(materialityOf(factsIn('in-verification', { findings })).at(-1)).toMatchObject({
      ...{ part: 'scope-3', reported: null, corrected: null, materiality: null, threshold: 0 },
      singleOver: [1],
    })
  })

  test('of a part without misstatements is empty and over nothing', () => {
    const [, scope2] = materialityOf(factsIn('in-verification'))
    expect(scope2).toMatchObject({ reported: 4000, threshold: 200, netOver: false, grossOver: false })
  })
})

describe('opinions on parts', () => {
  const findings = [misstatement('500')]
  const propose = (changes: Partial<typeof proposal>) =>
    refusalOf('propose', {
      facts: factsIn('in-verification', { findings }),
      caller: callers['lead-verifier'],
      content: { move: 'propose', proposal: { ...proposal, ...changes } },
    })
  const parts = (first: Opinion, second: Opinion) => [
    { part: 'scope-1' as const, assurance: 'reasonable' as const, opinion: first },
    { part: 'scope-2' as const, assurance: 'limited' as const, opinion: second },
  ]

  test('are each held to the findings of that part', () => {
    expect(propose({ opinion: 'modified', parts: parts('modified', 'unmodified') })).toBeNull()
    const refusal = propose({ opinion: 'modified', parts: parts('unmodified', 'modified') })
    expect(refusal?.facts.pointer).toBe('/parts/0/opinion')
  })

  test('bound the opinion as a whole: no more favourable than the least of them', () => {
    expect(propose({ opinion: 'modified', parts: parts('adverse', 'unmodified') })?.facts.pointer).toBe(
      '/opinion',
    )
    expect(propose({ opinion: 'adverse', parts: parts('adverse', 'unmodified') })).toBeNull()
    expect(propose({ opinion: 'disclaimer', parts: parts('adverse', 'unmodified') })).toBeNull()
  })
})
