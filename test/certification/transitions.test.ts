import { describe, expect, test } from 'vitest'
import {
  type EngagementFacts,
  type EngagementState,
  engagementStates,
  type MoveContent,
  processRoles,
  type Situation,
} from '../../src/certification/engagement.ts'
import type { StandingPaper } from '../../src/certification/papers.ts'
import {
  checkMove,
  type Move,
  moves,
  movesFrom,
  refusalOf,
  stateAfter,
} from '../../src/certification/transitions.ts'
import { memberRoles } from '../../src/ports/parties.ts'
import { callers, contractReview, factsIn, finding, proposal, suppliers, team, today } from './situation.ts'

type Who = keyof typeof callers

interface Allowed {
  readonly states: readonly EngagementState[]
  readonly who: readonly Who[]
  readonly to: EngagementState | 'same'
}

/** What the team does while the footprint is before it or with the client. */
const teamwork: Allowed = {
  states: ['in-verification', 'in-correction'],
  who: ['lead-verifier', 'verifier'],
  to: 'same',
}

/**
 * Who may do what, where: written by hand from the process (application 委托, acceptance 受理, verification 核查, review and
 * decision 评价与批准, issue), not from the table under test. Everything that is not here is refused.
 */
const allowed: Record<Move, Allowed> = {
  accept: { states: ['applied'], who: ['body-manager'], to: 'in-verification' },
  declareImpartiality: {
    states: ['applied', 'in-verification', 'in-correction', 'in-review', 'decided'],
    who: [
      ...['body-manager', 'lead-verifier', 'verifier', 'technical-expert', 'other-verifier'],
      ...['reviewer', 'decision-maker'],
    ] as Who[],
    to: 'same',
  },
  override: {
    states: ['applied', 'in-verification', 'in-correction', 'in-review'],
    who: ['body-manager'],
    to: 'same',
  },
  changeTeam: { states: ['in-verification', 'in-correction'], who: ['body-manager'], to: 'same' },
  recordAgreement: { states: ['in-verification'], who: ['body-manager'], to: 'same' },
  signAgreement: { states: ['in-verification'], who: ['responsible'], to: 'same' },
  recordReductionPlan: {
    states: ['applied', 'in-verification', 'in-correction'],
    who: ['responsible'],
    to: 'same',
  },
  recordStrategicAnalysis: teamwork,
  recordRiskAssessment: teamwork,
  recordVerificationPlan: teamwork,
  recordEvidencePlan: teamwork,
  recordDocumentReview: teamwork,
  recordSiteVisit: teamwork,
  recordReviewNotes: { states: ['in-review'], who: ['reviewer'], to: 'same' },
  recordVerificationReport: { states: ['decided'], who: ['lead-verifier'], to: 'same' },
  decline: { states: ['applied'], who: ['body-manager'], to: 'declined' },
  withdraw: {
    states: ['applied', 'in-verification', 'in-correction', 'in-review'],
    who: ['responsible'],
    to: 'withdrawn',
  },
  chooseDisclosure: {
    states: ['applied', 'in-verification', 'in-correction', 'in-review'],
    who: ['preparer', 'responsible'],
    to: 'same',
  },
  raiseFinding: { states: ['in-verification'], who: ['lead-verifier', 'verifier'], to: 'same' },
  answerFinding: {
    states: ['in-verification', 'in-correction'],
    who: ['preparer', 'responsible'],
    to: 'same',
  },
  closeFinding: { states: ['in-verification'], who: ['lead-verifier', 'verifier'], to: 'same' },
  acceptFactorTable: { states: ['in-verification'], who: ['lead-verifier', 'verifier'], to: 'same' },
  rejectFactorTable: { states: ['in-verification'], who: ['lead-verifier', 'verifier'], to: 'same' },
  sendBack: { states: ['in-verification'], who: ['lead-verifier', 'verifier'], to: 'in-correction' },
  resubmit: { states: ['in-correction'], who: ['preparer', 'responsible'], to: 'in-verification' },
  propose: { states: ['in-verification'], who: ['lead-verifier'], to: 'in-review' },
  concur: { states: ['in-review'], who: ['reviewer'], to: 'same' },
  returnToTeam: { states: ['in-review'], who: ['reviewer'], to: 'in-verification' },
  grant: { states: ['in-review'], who: ['decision-maker'], to: 'decided' },
  refuse: { states: ['in-review'], who: ['decision-maker'], to: 'decided' },
  issue: { states: ['decided'], who: ['decision-maker', 'body-manager'], to: 'issued' },
}

const digest = `sha256:${'a'.repeat(64)}`
const agreement: StandingPaper = {
  ...{ kind: 'agreement', subject: '', personId: 'person-manager' },
  body: { title: 'Agreement', documentDigest: digest, agreedOn: today },
}
const signature = { kind: 'agreement-signature', body: { documentDigest: digest } } as const

/** What each move brings, sound. */
const contents: Partial<Record<Move, MoveContent>> = {
  accept: { move: 'accept', contractReview, team },
  propose: { move: 'propose', proposal },
  chooseDisclosure: { move: 'chooseDisclosure', disclosure: [] },
  raiseFinding: { move: 'raiseFinding', finding: finding({}) },
  answerFinding: { move: 'answerFinding', findingNumber: 1 },
  closeFinding: { move: 'closeFinding', findingNumber: 1, closure: 'stands' },
  acceptFactorTable: { move: 'acceptFactorTable', examined: suppliers },
  rejectFactorTable: { move: 'rejectFactorTable', examined: suppliers },
  signAgreement: { move: 'signAgreement', paper: signature },
}

/** Facts in which the move's own guards find nothing wrong, so that only person, role and state decide. */
function soundFacts(state: EngagementState, move: Move): EngagementFacts {
  if (move === 'sendBack' || move === 'answerFinding' || move === 'closeFinding') {
    return factsIn(state, { findings: [finding({})] })
  }
  if (move === 'grant' || move === 'refuse') {
    return factsIn(state, { review: { personId: 'person-reviewer', notes: 'Complete.' } })
  }
  if (move === 'signAgreement') return factsIn(state, { papers: [agreement] })
  if (move === 'acceptFactorTable' || move === 'rejectFactorTable') {
    return factsIn(state, { privateTables: [{ ...suppliers, outcome: null }] })
  }
  return factsIn(state)
}

function situation(state: EngagementState, move: Move, who: Who): Situation {
  return { facts: soundFacts(state, move), caller: callers[who], content: contents[move] ?? null }
}

const everyCase = engagementStates.flatMap((state) =>
  moves.flatMap((move) => (Object.keys(callers) as Who[]).map((who) => ({ state, move, who }))),
)

describe('every state, with every move, by everyone', () => {
  test('tries 8 states, 31 moves and 13 callers: 3224 cases', () => {
    expect(everyCase).toHaveLength(8 * 31 * 13)
  })

  test.each(engagementStates)(
    'from %s only the moves of the process are possible, and only to those entitled',
    (state) => {
      for (const { move, who } of everyCase.filter((one) => one.state === state)) {
        const rule = allowed[move]
        const isAllowed = rule.states.includes(state) && rule.who.includes(who)
        const refusal = refusalOf(move, situation(state, move, who))
        expect(refusal === null, `${move} by ${who} in ${state}: ${refusal?.message}`).toBe(isAllowed)
      }
    },
  )

  test('a refusal says whether person, role or state was wrong, in that order', () => {
    for (const { state, move, who } of everyCase) {
      const refusal = refusalOf(move, situation(state, move, who))
      if (refusal === null) continue
      const rule = allowed[move]
      const isRightSide = rule.who.some((entitled) => callers[entitled].side === callers[who].side)
      // Outside the team a verifier holds the role, and is refused for the state first, for the team second.
      const holdsRole = rule.who.includes(who === 'other-verifier' ? 'lead-verifier' : who)
      const expected =
        isRightSide && callers[who].personId === null
          ? 'member-required'
          : isRightSide && holdsRole && !rule.states.includes(state)
            ? 'invalid-transition'
            : 'role-required'
      expect(refusal.code, `${move} by ${who} in ${state}`).toBe(expected)
    }
  })

  test('each move leads where the process has it', () => {
    for (const move of moves) {
      for (const state of allowed[move].states) {
        const { to } = allowed[move]
        expect(stateAfter(state, move)).toBe(to === 'same' ? state : to)
      }
    }
  })

  test('nothing leaves issued, declined and withdrawn', () => {
    for (const state of ['issued', 'declined', 'withdrawn'] as const) {
      for (const who of Object.keys(callers) as Who[]) {
        expect(movesFrom(factsIn(state), callers[who])).toEqual([])
      }
    }
  })
})

describe('the moves a caller is shown', () => {
  test('are those of its side from this state, and for those not possible, why', () => {
    const shown = movesFrom(factsIn('in-review'), callers['decision-maker'])
    expect(shown.map(({ move, possible }) => [move, possible])).toEqual([
      ['declareImpartiality', true],
      ['override', false],
      ['recordReviewNotes', false],
      ['concur', false],
      ['returnToTeam', false],
      ['grant', false],
      ['refuse', false],
    ])
    expect(shown.find(({ move }) => move === 'grant')?.because?.detail).toContain('reviewer must concur')
    expect(shown.find(({ move }) => move === 'concur')?.because?.code).toBe('role-required')
  })

  test('do not ask for content that has not been sent yet', () => {
    const shown = movesFrom(factsIn('applied'), callers['body-manager'])
    expect(shown).toContainEqual({ move: 'accept', to: 'in-verification', possible: true, because: null })
  })
})

test('a refusal carries the guard by name', () => {
  const refused = () =>
    checkMove('sendBack', { facts: factsIn('in-verification'), caller: callers.verifier, content: null })
  expect(refused).toThrow(
    expect.objectContaining({ facts: expect.objectContaining({ guard: 'finding-open' }) }),
  )
})

test('every role the process asks for is a role that members have', () => {
  for (const role of processRoles) expect(memberRoles).toContain(role)
})
