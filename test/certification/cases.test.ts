import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { caseGuards, statementsMax } from '../../src/certification/case-guards.ts'
import {
  type CaseMove,
  caseMoves,
  caseMovesFrom,
  caseRefusal,
  caseStateAfter,
  caseTransitions,
} from '../../src/certification/case-transitions.ts'
import {
  type CaseCaller,
  type CaseContent,
  type CaseFacts,
  type CaseState,
  caseStates,
  consequences,
  consequencesFor,
  deadlinesOf,
  isOverdue,
  moveOfConsequence,
  namingRefusal,
  reasonsOfCase,
} from '../../src/certification/cases.ts'
import { credentialTransitions } from '../../src/certification/credential-status.ts'

const callers = {
  'body-manager': { side: 'body', personId: 'manager', roles: ['body-manager'] },
  'decision-maker': { side: 'body', personId: 'decider', roles: ['decision-maker'] },
  examiner: { side: 'body', personId: 'examiner', roles: ['verifier'] },
  'other-verifier': { side: 'body', personId: 'other', roles: ['verifier', 'reviewer', 'lead-verifier'] },
  'body-admin': { side: 'body', personId: 'admin', roles: ['admin'] },
  'body-machine': { side: 'body', personId: null, roles: [] },
  preparer: { side: 'client', personId: 'preparer', roles: ['preparer'] },
  responsible: { side: 'client', personId: 'responsible', roles: ['responsible'] },
  'client-admin': { side: 'client', personId: 'client-admin', roles: ['admin'] },
  'client-machine': { side: 'client', personId: null, roles: [] },
  complainant: { side: 'complainant', personId: null, roles: [] },
} as const satisfies Record<string, CaseCaller>
type Who = keyof typeof callers

/** Who may do what, where: written by hand from the process, not from the table under test. */
const allowed: Record<
  CaseMove,
  { states: readonly CaseState[]; who: readonly Who[]; to: CaseState | 'same' }
> = {
  acknowledge: { states: ['received'], who: ['body-manager'], to: 'acknowledged' },
  assign: { states: ['acknowledged', 'in-examination'], who: ['body-manager'], to: 'in-examination' },
  extend: { states: ['acknowledged', 'in-examination'], who: ['body-manager'], to: 'same' },
  addStatement: {
    states: ['received', 'acknowledged', 'in-examination'],
    who: ['preparer', 'responsible', 'complainant'],
    to: 'same',
  },
  report: { states: ['in-examination'], who: ['examiner'], to: 'same' },
  dismiss: {
    states: ['received', 'acknowledged', 'in-examination'],
    who: ['decision-maker'],
    to: 'dismissed',
  },
  decide: { states: ['in-examination'], who: ['decision-maker'], to: 'decided' },
  close: { states: ['decided'], who: ['body-manager'], to: 'closed' },
}

const receivedAt = new Date('2026-03-01T00:00:00Z')

function factsIn(state: CaseState, changes: Partial<CaseFacts> = {}): CaseFacts {
  return {
    kind: 'complaint',
    state,
    documentKind: 'certificate',
    documentStatus: 'active',
    receivedAt,
    ...deadlinesOf('complaint', receivedAt),
    barredPersons: [],
    examinerPersonId: 'examiner',
    reported: true,
    decision: { outcome: 'upheld', consequence: 'none' },
    moves: [],
    statements: { body: 0, client: 0, complainant: 0 },
    ...changes,
  }
}

const day = (date: string) => new Date(`${date}T00:00:00Z`)
const contents: Partial<Record<CaseMove, CaseContent>> = {
  assign: { move: 'assign', examinerPersonId: 'examiner' },
  extend: { move: 'extend', dueAt: day('2026-06-01') },
  decide: { move: 'decide', outcome: 'upheld', consequence: 'suspend' },
}
const refusal = (move: CaseMove, who: Who, facts: CaseFacts, content = contents[move] ?? null) =>
  caseRefusal(move, { facts, caller: callers[who], content })

const everyCase = caseStates.flatMap((state) =>
  caseMoves.flatMap((move) => (Object.keys(callers) as Who[]).map((who) => ({ state, move, who }))),
)

describe('every state of a case, with every move, by everyone', () => {
  test('tries 6 states, 8 moves and 11 callers: 528 cases', () => {
    expect(everyCase).toHaveLength(6 * 8 * 11)
  })

  test.each(caseStates)('from %s only what the process has, by those entitled', (state) => {
    for (const { move, who } of everyCase.filter((one) => one.state === state)) {
      const rule = allowed[move]
      const isAllowed = rule.states.includes(state) && rule.who.includes(who)
      const refused = refusal(move, who, factsIn(state))
      expect(refused === null, `${move} by ${who} in ${state}: ${refused?.message}`).toBe(isAllowed)
    }
  })

  test('each move leads where the process has it, and nothing leaves closed and dismissed', () => {
    for (const move of caseMoves) {
      for (const state of allowed[move].states) {
        expect(caseStateAfter(state, move)).toBe(allowed[move].to === 'same' ? state : allowed[move].to)
      }
    }
    for (const state of ['closed', 'dismissed'] as const) {
      for (const who of Object.keys(callers) as Who[]) {
        expect(caseMovesFrom(factsIn(state), callers[who])).toEqual([])
      }
    }
  })

  test('a machine is told that a person is needed, a person that a role is', () => {
    expect(refusal('acknowledge', 'body-machine', factsIn('received'))?.code).toBe('member-required')
    expect(refusal('acknowledge', 'body-admin', factsIn('received'))?.code).toBe('role-required')
    expect(refusal('acknowledge', 'responsible', factsIn('received'))?.code).toBe('role-required')
    expect(refusal('acknowledge', 'body-manager', factsIn('decided'))?.code).toBe('invalid-transition')
  })
})

describe('who hears a case', () => {
  test('took no part in what it is about', () => {
    for (const move of ['dismiss', 'decide'] as const) {
      const barred = factsIn('in-examination', { barredPersons: ['decider'] })
      const refused = refusal(move, 'decision-maker', barred)
      expect([refused?.code, refused?.facts.guard]).toEqual(['not-independent', 'apart-from-the-matter'])
    }
    const barred = factsIn('in-examination', { barredPersons: ['examiner'] })
    expect(refusal('assign', 'body-manager', barred)?.facts.guard).toBe('examiner-apart')
    expect(refusal('report', 'examiner', barred)?.facts.guard).toBe('apart-from-the-matter')
  })

  test('is the person named, and reports before anything is decided', () => {
    expect(refusal('report', 'other-verifier', factsIn('in-examination'))?.facts.guard).toBe('named-examiner')
    const unreported = factsIn('in-examination', { reported: false })
    expect(refusal('decide', 'decision-maker', unreported)?.facts.guard).toBe('examined')
  })
})

describe('an outcome', () => {
  const decide = (
    facts: Partial<CaseFacts>,
    consequence: (typeof consequences)[number],
    outcome = 'upheld',
  ) =>
    refusal('decide', 'decision-maker', factsIn('in-examination', facts), {
      move: 'decide',
      outcome: outcome as 'upheld',
      consequence,
    })

  test('has no consequence where nothing is upheld', () => {
    expect(decide({}, 'none', 'not-upheld')).toBeNull()
    expect(decide({}, 'withdraw', 'not-upheld')?.facts.pointer).toBe('/consequence')
  })

  test('of a statement is a revised one, a withdrawal or nothing, and never a suspension', () => {
    expect(consequencesFor('verification-statement')).toEqual(['none', 'withdraw', 'revise', 'reconsider'])
    expect(decide({ documentKind: 'verification-statement' }, 'suspend')?.code).toBe('invalid-request')
    expect(decide({ documentKind: 'verification-statement' }, 'withdraw')).toBeNull()
    expect(consequencesFor('certificate')).toEqual(consequences)
    expect(consequencesFor(null)).toEqual(['none', 'reconsider'])
  })

  test('asks for nothing that the document cannot do any more', () => {
    expect(decide({ documentStatus: 'withdrawn' }, 'suspend')?.facts.guard).toBe('outcome-consistent')
    expect(decide({ documentStatus: 'cancelled' }, 'reinstate')?.facts.guard).toBe('outcome-consistent')
    expect(decide({ documentStatus: 'suspended' }, 'reinstate')).toBeNull()
    expect(decide({ documentStatus: 'suspended' }, 'suspend')).toBeNull()
  })

  test('is carried out before the case is closed', () => {
    const decided = { decision: { outcome: 'upheld', consequence: 'suspend' } } as const
    const close = (facts: Partial<CaseFacts>) => refusal('close', 'body-manager', factsIn('decided', facts))
    expect(close(decided)?.facts.guard).toBe('carried-out')
    expect(close({ ...decided, moves: ['suspend'] })).toBeNull()
    expect(close({ ...decided, documentStatus: 'suspended' })).toBeNull()
    expect(close({})).toBeNull()
  })

  test('is named by the move it asks for, with a reason of its kind, and by no other', () => {
    const named = { kind: 'misuse', state: 'decided', consequence: 'suspend' } as const
    expect(namingRefusal(named, { move: 'suspend', reason: 'misuse-of-document' })).toBeNull()
    expect(namingRefusal(named, { move: 'withdraw', reason: 'misuse-of-document' })?.code).toBe(
      'invalid-transition',
    )
    expect(namingRefusal(named, { move: 'suspend', reason: 'nonconformity' })?.code).toBe('invalid-request')
    const open = { ...named, state: 'in-examination', consequence: null } as const
    expect(namingRefusal(open, { move: 'suspend', reason: 'misuse-of-document' })?.code).toBe(
      'invalid-transition',
    )
  })

  test('of every kind has a reason for every move it can ask for', () => {
    for (const [kind, reasons] of Object.entries(reasonsOfCase)) {
      for (const consequence of consequences) {
        const move = moveOfConsequence[consequence]
        if (move === null) continue
        const fitting = credentialTransitions[move].reasons.filter((reason) => reasons.includes(reason))
        expect(fitting, `${kind}: ${move}`).not.toEqual([])
      }
    }
  })
})

describe('deadlines', () => {
  test('are five days to acknowledge, and by kind thirty or sixty to decide', () => {
    expect(deadlinesOf('complaint', receivedAt)).toEqual({
      acknowledgeBy: day('2026-03-06'),
      dueAt: day('2026-04-30'),
    })
    expect(deadlinesOf('appeal', receivedAt).dueAt).toEqual(day('2026-03-31'))
  })

  test('are told when they pass, and bind nobody once the case is decided', () => {
    expect(isOverdue(factsIn('received'), day('2026-03-06'))).toBe(false)
    expect(isOverdue(factsIn('received'), day('2026-03-07'))).toBe(true)
    expect(isOverdue(factsIn('acknowledged'), day('2026-03-07'))).toBe(false)
    expect(isOverdue(factsIn('in-examination'), day('2026-05-01'))).toBe(true)
    for (const state of ['decided', 'closed', 'dismissed'] as const) {
      expect(isOverdue(factsIn(state), day('2030-01-01'))).toBe(false)
    }
  })

  test('move later, and not past 180 days from receipt', () => {
    const extend = (dueAt: Date) =>
      refusal('extend', 'body-manager', factsIn('acknowledged'), { move: 'extend', dueAt })
    expect(extend(day('2026-08-28'))).toBeNull()
    expect(extend(day('2026-08-29'))?.facts.guard).toBe('deadline-later')
    expect(extend(day('2026-04-30'))?.facts.guard).toBe('deadline-later')
  })
})

test('one side says so much and no more', () => {
  const full = { body: 0, client: 0, complainant: statementsMax }
  const facts = factsIn('received', { statements: full })
  expect(refusal('addStatement', 'complainant', facts)?.code).toBe('too-many-items')
  expect(refusal('addStatement', 'responsible', facts)).toBeNull()
})

test('docs/cases.md has the very table that decides, and every guard', () => {
  const page = readFileSync(new URL('../../docs/cases.md', import.meta.url), 'utf8')
  const rows = Object.entries(caseTransitions).map(([move, rule]) => {
    const cells = [rule.from, [rule.to], rule.sides, rule.by, rule.when].map((cell) => cell.join(', '))
    return `| \`${move}\` | ${cells.join(' | ')} |`
  })
  expect(page.split('\n').filter((line) => /^\| `\w+` \|(?:[^|]*\|){5}$/.test(line))).toEqual(rows)
  for (const guard of Object.keys(caseGuards)) expect(page).toContain(`\`${guard}\``)
  for (const consequence of consequences) expect(page).toContain(`\`${consequence}\``)
})
