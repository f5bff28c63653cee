import { describe, expect, test } from 'vitest'
import {
  type Competence,
  type EngagementFacts,
  type MoveContent,
  paperMoves,
} from '../../src/certification/engagement.ts'
import { closeBy } from '../../src/certification/late-majors.ts'
import { type PaperKind, paperKinds } from '../../src/certification/paper-kinds.ts'
import {
  barringTies,
  type PaperBodies,
  paperOrder,
  type RecordedKind,
  type StandingPaper,
  standingOf,
  type Tie,
} from '../../src/certification/papers.ts'
import type { Scheme } from '../../src/certification/scheme.ts'
import { type Move, refusalOf } from '../../src/certification/transitions.ts'
import {
  callers,
  contractReview,
  development,
  factsIn,
  finding,
  persons,
  proposal,
  team,
  today,
} from './situation.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`

const bodies: PaperBodies = {
  'impartiality-declaration': { ties: [] },
  agreement: { title: 'Agreement', documentDigest: digest('a'), agreedOn: '2026-02-01' },
  'agreement-signature': { documentDigest: digest('a') },
  'reduction-plan': {
    statement: { en: 'A new furnace.', zh: '更换熔炉。' },
    targets: [{ label: { en: 'Melting', zh: '熔炼' }, fromYear: '2024', toYear: '2030', reduction: '0.3' }],
    documentDigest: null,
  },
  'strategic-analysis': { operations: 'a', sources: 'b', dataAndControls: 'c', intendedUse: 'd' },
  'risk-assessment': {
    risks: [
      {
        ...{ area: 'Meters', part: 'scope-2', response: 'Retrace readings.', lines: [] },
        ...{ inherent: 'high', control: 'medium', detection: 'low' },
      },
    ],
  },
  'verification-plan': {
    steps: [{ activity: 'Visit', from: '2026-02-10', until: '2026-02-11', who: 'Lin' }],
    sampling: 'All meters.',
  },
  'evidence-plan': {
    items: [{ about: 'Bills', part: null, method: 'retracing', evidence: 'Invoices', risk: 1 }],
  },
  'document-review': { documents: [{ title: 'Bill', inOrder: true, note: null }], conclusion: 'In order.' },
  'site-visit': {
    ...{ site: 'Haicang', kind: 'on-site', from: '2026-02-10', until: '2026-02-11' },
    ...{ participants: ['Lin'], checked: 'Meters', rationale: 'The only site.' },
  },
  'review-notes': { points: [{ question: 'Plan kept?', answer: 'yes', note: null }], conclusion: 'Yes.' },
  'verification-report': { procedures: 'a', results: 'b', conclusion: 'c' },
  override: { guard: 'effort-sufficient', reason: 'A small office.' },
  'team-change': { team: [], reason: 'Illness.' },
}

function paper<Kind extends RecordedKind>(
  kind: Kind,
  changes: Partial<PaperBodies[Kind]> = {},
  mark: { subject?: string; personId?: string } = {},
): StandingPaper {
  return {
    kind,
    body: { ...bodies[kind], ...changes },
    subject: '',
    personId: persons.lead,
    ...mark,
  } as never
}

const declared = (personId: string, ties: readonly Tie[] = []) =>
  paper('impartiality-declaration', { ties }, { subject: personId, personId })
const everyoneDeclared = Object.values(persons).map((personId) => declared(personId))

type Process = NonNullable<Scheme['process']>
const under = (process: Partial<Process>): Scheme => ({
  ...development,
  process: { papers: [], ...process },
})
const demanding = (...papers: Process['papers']) => under({ papers })
const all = demanding(...paperKinds.map((kind) => ({ kind, before: 'propose' as const })))

const content = (kind: PaperKind | 'override', changes: object = {}) =>
  ({ move: paperMoves[kind], paper: { kind, body: { ...bodies[kind], ...changes } } }) as MoveContent

function refusal(
  move: Move,
  who: keyof typeof callers,
  facts: EngagementFacts,
  sent: MoveContent | null = null,
) {
  return refusalOf(move, { facts, caller: callers[who], content: sent })
}

describe('papers that a scheme wants before a move', () => {
  const gates = [
    ['propose', 'in-verification', 'lead-verifier', { move: 'propose', proposal }],
    ['concur', 'in-review', 'reviewer', null],
    ['grant', 'in-review', 'decision-maker', null],
    ['issue', 'decided', 'body-manager', null],
  ] as const
  const named = { propose: 'propose', concur: 'concur', grant: 'decide', issue: 'issue' } as const
  const reviewed = { review: { personId: persons.reviewer, notes: '' } }

  test.each(gates)(
    'bar "%s" while they are missing, one by one, and only that move',
    (move, state, who, sent) => {
      for (const kind of paperKinds.filter((one) => one !== 'impartiality-declaration')) {
        const missing = (before: Process['papers'][number]['before'], papers: readonly StandingPaper[]) =>
          refusal(
            move,
            who,
            factsIn(state, {
              ...(move === 'grant' && reviewed),
              scheme: demanding({ kind, before }),
              papers,
            }),
            sent,
          )
        expect(missing(named[move], [])?.facts.papers, kind).toEqual([kind])
        expect(missing(named[move], [])?.code).toBe('paper-missing')
        expect(missing(named[move], [paper('agreement'), paper(kind)]), kind).toBeNull()
        const other = move === 'issue' ? 'propose' : 'issue'
        expect(missing(other, []), `${kind} before ${other}`).toBeNull()
      }
    },
  )

  test('do not bar a refusal: the body may always say no', () => {
    const facts = factsIn('in-review', {
      ...reviewed,
      scheme: demanding({ kind: 'site-visit', before: 'decide' }),
    })
    expect(refusal('refuse', 'decision-maker', facts)).toBeNull()
  })

  test('a reason for no visit is enough, unless the scheme wants a visit', () => {
    const none = paper('site-visit', { kind: 'none', from: null, until: null, checked: null })
    const papers = [{ kind: 'site-visit' as const, before: 'propose' as const }]
    const propose = (siteVisit: 'required' | 'rationale', visits: readonly StandingPaper[]) =>
      refusal(
        'propose',
        'lead-verifier',
        factsIn('in-verification', { scheme: under({ papers, siteVisit }), papers: visits }),
        { move: 'propose', proposal },
      )
    expect(propose('rationale', [none])).toBeNull()
    expect(propose('required', [none])?.code).toBe('paper-missing')
    expect(propose('required', [none, paper('site-visit')])).toBeNull()
  })
})

describe('the order of papers', () => {
  test.each(paperKinds.filter((kind) => paperOrder[kind].length > 0))(
    'a %s follows what stands before it where the scheme asks for that, and not otherwise',
    (kind) => {
      const who = kind === 'agreement-signature' ? 'responsible' : 'verifier'
      const record = (scheme: Scheme, papers: readonly StandingPaper[]) =>
        refusal(
          paperMoves[kind],
          who,
          factsIn('in-verification', { scheme, papers: [...everyoneDeclared, ...papers] }),
          content(kind, kind === 'evidence-plan' ? { items: [] } : {}),
        )
      const before = [paper('agreement'), ...paperOrder[kind].map((one) => paper(one))]
      expect(record(all, before)).toBeNull()
      expect(record(all, [])).not.toBeNull()
      if (kind !== 'agreement-signature') expect(record(development, [])).toBeNull()
    },
  )

  test('a signature falls with the next version of the agreement', () => {
    const signed = [paper('agreement'), paper('agreement-signature')]
    expect(standingOf(signed, 'agreement-signature')).toHaveLength(1)
    const renewed = [paper('agreement', { documentDigest: digest('b') }), paper('agreement-signature')]
    expect(standingOf(renewed, 'agreement-signature')).toEqual([])
    const facts = factsIn('in-verification', {
      papers: [paper('agreement', { documentDigest: digest('b') })],
    })
    const sign = content('agreement-signature')
    expect(refusal('signAgreement', 'responsible', facts, sign)?.facts.pointer).toBe('/body/documentDigest')
  })
})

describe('a plan of reduction', () => {
  const target = bodies['reduction-plan'].targets[0]
  const record = (changes: object) =>
    refusal(
      'recordReductionPlan',
      'responsible',
      factsIn('in-verification'),
      content('reduction-plan', { targets: [{ ...target, ...changes }] }),
    )?.facts.pointer

  test('aims from one year to a later one, at a share above nothing and at most all', () => {
    expect(record({})).toBeUndefined()
    expect(record({ reduction: '1' })).toBeUndefined()
    expect(record({ toYear: '2024' })).toBe('/body/targets/0/toYear')
    for (const reduction of ['0', '0.0', '1.1'])
      expect(record({ reduction })).toBe('/body/targets/0/reduction')
  })

  test('is the client’s own word, and closed with the opinion proposed', () => {
    expect(refusal('recordReductionPlan', 'lead-verifier', factsIn('in-verification'))?.code).toBe(
      'role-required',
    )
    expect(refusal('recordReductionPlan', 'responsible', factsIn('in-review'))?.code).toBe(
      'invalid-transition',
    )
  })
})

describe('a major nonconformity under a scheme that says in how many days it is closed', () => {
  const scheme = under({ closeMajorDays: 90 })
  const major = { kind: 'nonconformity', severity: 'major', state: 'closed', closure: 'resolved' } as const
  // Asked on 2026-03-01: 90 days before it is 2025-12-01.
  const propose = (changes: object, sent: object = proposal, of = scheme) => {
    const found = { ...finding({ ...major, ...changes }) }
    const facts = factsIn('in-verification', { scheme: of, findings: [found] })
    return refusal('propose', 'lead-verifier', facts, { move: 'propose', proposal: { ...proposal, ...sent } })
  }

  test('bars what is favourable where it was closed later, by name, and only under such a scheme', () => {
    expect(propose({ raisedOn: '2025-12-01', closedOn: '2026-03-01' })).toBeNull()
    const late = propose({ raisedOn: '2025-11-30', closedOn: '2026-03-01' })
    expect([late?.code, late?.facts.guard, late?.facts.findings]).toEqual([
      'finding-overdue',
      'majors-closed-in-time',
      [1],
    ])
    expect(propose({ raisedOn: '2025-11-30', closedOn: '2026-03-01' }, {}, development)).toBeNull()
    expect(propose({ raisedOn: '2025-06-01', closedOn: '2025-08-30' })).toBeNull()
    expect(propose({ raisedOn: '2025-06-01', closedOn: '2025-08-31' })?.code).toBe('finding-overdue')
  })

  test('bars no disclaimer; what was withdrawn or is minor bars nothing', () => {
    const old = { raisedOn: '2025-01-01', closedOn: '2026-03-01' }
    expect(propose(old, { opinion: 'disclaimer' })).toBeNull()
    expect(propose({ ...old, closure: 'withdrawn' })).toBeNull()
    expect(propose({ ...old, severity: 'minor' })).toBeNull()
  })

  test('bars the grant too, and never the refusal', () => {
    const findings = [finding({ ...major, raisedOn: '2025-11-30', closedOn: '2026-03-01' })]
    const review = { personId: persons.reviewer, notes: '' }
    const facts = factsIn('in-review', { scheme, findings, review })
    expect(refusal('grant', 'decision-maker', facts)?.code).toBe('finding-overdue')
    expect(refusal('refuse', 'decision-maker', facts)).toBeNull()
  })

  test('has its day, which every reader is told', () => {
    expect(closeBy({ severity: 'major', raisedOn: '2026-03-01' }, scheme)).toBe('2026-05-30')
    expect(closeBy({ severity: 'minor', raisedOn: '2026-03-01' }, scheme)).toBeNull()
    expect(closeBy({ severity: 'major', raisedOn: '2026-03-01' }, development)).toBeNull()
  })

  test('is answered within those days', () => {
    const raise = (answerBy: string, changes: object = {}, of = scheme) =>
      refusal('raiseFinding', 'verifier', factsIn('in-verification', { scheme: of }), {
        move: 'raiseFinding',
        finding: finding({ kind: 'nonconformity', severity: 'major', answerBy, ...changes }),
      })
    // By hand: 90 days after 2026-03-01 is 2026-05-30.
    expect(raise('2026-05-30')).toBeNull()
    expect(raise('2026-05-31')?.facts).toMatchObject({ rule: 'close-major', pointer: '/answerBy' })
    expect(raise('2026-05-31', { severity: 'minor' })).toBeNull()
    expect(raise('2026-05-31', {}, development)).toBeNull()
  })
})

describe('impartiality', () => {
  const asks = demanding({ kind: 'impartiality-declaration', before: 'accept' })
  const tie = (until: string | null): Tie => {
    return {
      kind: 'consultancy',
      party: 'Client',
      from: '2020-01-01',
      until,
      description: 'Built its inventory.',
    }
  }

  test('a tie bars while it lasts and for two years after; the day it is two years old it bars no more', () => {
    // Asked on 2026-03-01: what ended on 2024-03-01 is two years old.
    expect(barringTies([tie(null), tie('2024-03-02'), tie('2024-03-01')], today, 2)).toHaveLength(2)
    expect(barringTies([tie('2024-03-01')], today, 3)).toHaveLength(1)
  })

  test('nobody of the body acts without a declaration, or with a tie that bars, where the scheme asks', () => {
    const acts = [
      ['raiseFinding', 'in-verification', 'verifier'],
      ['closeFinding', 'in-verification', 'lead-verifier'],
      ['sendBack', 'in-verification', 'verifier'],
      ['concur', 'in-review', 'reviewer'],
      ['returnToTeam', 'in-review', 'reviewer'],
      ['accept', 'applied', 'body-manager'],
      ['override', 'applied', 'body-manager'],
    ] as const
    for (const [move, state, who] of acts) {
      const personId = callers[who].personId ?? ''
      const act = (papers: readonly StandingPaper[], scheme = asks) =>
        refusal(move, who, factsIn(state, { scheme, papers, findings: [] }))
      expect(act([])?.code, move).toBe('not-independent')
      expect(act([declared(personId, [tie('2025-01-01')])])?.facts.ties, move).toEqual(['consultancy'])
      expect(act([declared('person-other')])?.code, move).toBe('not-independent')
      expect(act([declared(personId, [tie('2020-06-01')])])?.facts.guard, move).not.toBe(
        'impartiality-declared',
      )
      expect(act([], development)?.facts.guard, move).not.toBe('impartiality-declared')
    }
  })

  test('a team is named only of those who declared', () => {
    const accept = (papers: readonly StandingPaper[]) =>
      refusal('accept', 'body-manager', factsIn('applied', { scheme: asks, papers }), {
        ...{ move: 'accept', contractReview, team },
      })
    expect(accept(everyoneDeclared)).toBeNull()
    const without = everyoneDeclared.filter(({ subject }) => subject !== persons.expert)
    expect(accept(without)?.facts).toMatchObject({ pointer: '/team/2', guard: 'team-impartial' })
  })

  test('the scheme says how far back a tie reaches', () => {
    const scheme = under({ papers: asks.process?.papers ?? [], impartialityYears: 5 })
    const papers = [declared(persons.verifier, [tie('2022-01-01')])]
    const facts = factsIn('in-verification', { scheme, papers })
    expect(refusal('raiseFinding', 'verifier', facts)?.code).toBe('not-independent')
    expect(refusal('raiseFinding', 'verifier', { ...facts, scheme: asks })).toBeNull()
  })
})

describe('competence', () => {
  const asks = under({ competence: true })
  const able = (changes: Partial<Competence> = {}): Competence => {
    return { role: 'lead-verifier', sector: 'C', validFrom: '2025-01-01', validUntil: null, ...changes }
  }
  const teamOf = (lead: readonly Competence[], expert: readonly Competence[] = []) =>
    team.map((one) => ({
      ...one,
      competences: one.role === 'lead-verifier' ? lead : one.role === 'technical-expert' ? expert : [],
    }))
  const accept = (members: ReturnType<typeof teamOf>, changes: Partial<EngagementFacts> = {}) =>
    refusal('accept', 'body-manager', factsIn('applied', { scheme: asks, ...changes }), {
      ...{ move: 'accept', team: members },
      contractReview: { ...contractReview, sector: 'C38' },
    })

  test('is asked of the lead to lead, and of someone of the team in the sector', () => {
    expect(accept(teamOf([able()]))).toBeNull()
    expect(accept(teamOf([able({ sector: 'D44' })], [able({ role: 'technical-expert' })]))).toBeNull()
    expect(accept(teamOf([]))?.facts.pointer).toBe('/team/0')
    expect(accept(teamOf([able({ sector: 'D44' })]))?.code).toBe('competence-missing')
    expect(accept(teamOf([able({ role: 'verifier' })]))?.code).toBe('competence-missing')
  })

  test('holds in its term, and a division is no section', () => {
    expect(accept(teamOf([able({ validUntil: today })]))).toBeNull()
    expect(accept(teamOf([able({ validUntil: '2026-02-28' })]))?.code).toBe('competence-missing')
    expect(accept(teamOf([able({ validFrom: '2026-03-02' })]))?.code).toBe('competence-missing')
    expect(accept(teamOf([able({ sector: 'C38' })]))).toBeNull()
    expect(accept(teamOf([able({ sector: 'C39' })]))?.code).toBe('competence-missing')
  })

  test('of a team may be overridden by management, of a reviewer not', () => {
    const papers = [paper('override', { guard: 'team-competent' }, { subject: 'team-competent' })]
    expect(accept(teamOf([]), { papers })).toBeNull()
    expect(refusal('concur', 'reviewer', factsIn('in-review', { scheme: asks, papers }))?.code).toBe(
      'competence-missing',
    )
  })

  test('is the reviewer’s and the decision maker’s own, for that role', () => {
    const review = (role: Competence['role']) =>
      refusalOf('concur', {
        facts: factsIn('in-review', { scheme: asks }),
        caller: { ...callers.reviewer, competences: [able({ role })] },
        content: null,
      })
    expect(review('reviewer')).toBeNull()
    expect(review('verifier')?.code).toBe('competence-missing')
  })
})

describe('what management may set aside', () => {
  const accept = (personDays: string, papers: readonly StandingPaper[] = []) =>
    refusal(
      'accept',
      'body-manager',
      factsIn('applied', { scheme: under({ minimumPersonDays: '5' }), papers }),
      {
        ...{ move: 'accept', team },
        contractReview: { ...contractReview, personDays },
      },
    )

  test('effort below the scheme’s is refused unless overridden', () => {
    expect(accept('5')).toBeNull()
    expect(accept('4.99')?.facts).toMatchObject({ guard: 'effort-sufficient', rule: 'effort' })
    expect(accept('4.99', [paper('override', {}, { subject: 'effort-sufficient' })])).toBeNull()
  })

  test('only the lead closes what weighs on the opinion, and whoever raised it the rest', () => {
    const facts = (changes: object, papers: readonly StandingPaper[] = []) => {
      const [settled] = factsIn('in-verification').findings
      const finding = { ...settled, state: 'answered', closure: null, ...changes } as never
      return factsIn('in-verification', { findings: [finding], papers })
    }
    const close: MoveContent = { move: 'closeFinding', findingNumber: 1, closure: 'stands' }
    const major = { kind: 'nonconformity', severity: 'major' }
    expect(refusal('closeFinding', 'verifier', facts({}), close)).toBeNull()
    expect(refusal('closeFinding', 'verifier', facts({ raisedBy: 'x' }), close)?.code).toBe('role-required')
    expect(refusal('closeFinding', 'verifier', facts(major), close)?.code).toBe('role-required')
    expect(refusal('closeFinding', 'lead-verifier', facts(major), close)).toBeNull()
    const overridden = [paper('override', { guard: 'closable-by-caller' })]
    expect(refusal('closeFinding', 'verifier', facts(major, overridden), close)).toBeNull()
  })
})

describe('a paper that does not hold together is refused in its place', () => {
  const cases: readonly (readonly [PaperKind, object, string])[] = [
    ['impartiality-declaration', { ties: [{ from: '2026-03-02', until: null }] }, '/body/ties/0/from'],
    [
      'impartiality-declaration',
      { ties: [{ from: '2025-03-02', until: '2025-03-01' }] },
      '/body/ties/0/until',
    ],
    ['agreement', { agreedOn: '2026-03-02' }, '/body/agreedOn'],
    ['risk-assessment', { risks: [{ part: 'scope-3' }] }, '/body/risks/0/part'],
    ['verification-plan', { steps: [{ from: '2026-03-02', until: '2026-03-01' }] }, '/body/steps/0/until'],
    ['evidence-plan', { items: [{ part: null, risk: 2 }] }, '/body/items/0/risk'],
    ['evidence-plan', { items: [{ part: 'scope-3', risk: null }] }, '/body/items/0/part'],
    ['site-visit', { kind: 'none' }, '/body/kind'],
    ['site-visit', { from: null }, '/body/kind'],
    ['site-visit', { checked: null }, '/body/kind'],
    ['site-visit', { until: '2026-02-09' }, '/body/until'],
    ['site-visit', { until: '2026-03-02' }, '/body/until'],
  ]
  test.each(cases)('%s with %j', (kind, changes, pointer) => {
    const who = kind === 'agreement' ? 'body-manager' : 'verifier'
    const facts = factsIn('in-verification', { papers: [paper('risk-assessment')] })
    const refused = refusal(paperMoves[kind], who, facts, content(kind, changes))
    expect(refused?.facts).toMatchObject({ pointer, guard: 'paper-well-formed' })
    expect(refusal(paperMoves[kind], who, facts, content(kind))).toBeNull()
  })
})
