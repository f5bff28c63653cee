import { describe, expect, test } from 'vitest'
import type { Caller, EngagementFacts, MoveContent } from '../../src/certification/engagement.ts'
import { type Move, movesFrom, refusalOf } from '../../src/certification/transitions.ts'
import { Problem } from '../../src/problem.ts'
import {
  callers,
  contractReview,
  development,
  factsIn,
  finding,
  persons,
  proposal,
  shipped,
  suppliers,
  team,
} from './situation.ts'

function refusal(move: Move, facts: EngagementFacts, caller: Caller, content: MoveContent | null = null) {
  const problem = refusalOf(move, { facts, caller, content })
  return problem && { code: problem.code, guard: problem.facts.guard, pointer: problem.facts.pointer }
}

const accept = (changes: object) =>
  ({ move: 'accept', contractReview, team, ...changes }) as Extract<MoveContent, { move: 'accept' }>
const accepted = (changes: object) =>
  refusal('accept', factsIn('applied'), callers['body-manager'], accept(changes))

describe('what an authority gave the body', () => {
  const notEntitled = new Problem('accreditation-missing', 'No approval covers it.')
  const label = shipped('cn-product-carbon-label')
  const uncovered = { scheme: label, subject: 'product', documentKind: 'certificate', notEntitled } as const
  const of = (facts: EngagementFacts, side: 'body-manager' | 'decision-maker', move: Move) =>
    movesFrom(facts, callers[side]).find((one) => one.move === move)?.because?.code

  test('is foreseen before the move that asks for it, of a scheme with a catalogue from acceptance on', () => {
    const declared = { papers: [declarationBy(persons.manager), declarationBy(persons.decider)] }
    expect(of(factsIn('applied', { ...uncovered, ...declared }), 'body-manager', 'accept')).toBe(
      'accreditation-missing',
    )
    expect(
      of(factsIn('applied', { ...uncovered, ...declared, notEntitled: null }), 'body-manager', 'accept'),
    ).not.toBe('accreditation-missing')
  })

  test('is asked at issue by any other, and never stands in the way of a refusal', () => {
    expect(of(factsIn('applied', { notEntitled }), 'body-manager', 'accept')).toBeUndefined()
    const reviewed = { review: { personId: persons.reviewer, notes: 'Complete.' }, notEntitled }
    expect(of(factsIn('in-review', reviewed), 'decision-maker', 'grant')).toBeUndefined()
    expect(of(factsIn('decided', { notEntitled }), 'decision-maker', 'issue')).toBe('accreditation-missing')
    expect(of(factsIn('in-review', { ...reviewed, scheme: withCatalogue }), 'decision-maker', 'grant')).toBe(
      'accreditation-missing',
    )
    const refuse = of(
      factsIn('in-review', { ...reviewed, scheme: withCatalogue }),
      'decision-maker',
      'refuse',
    )
    expect(refuse).toBeUndefined()
  })

  /** The development scheme, taking inventories of a catalogue: no file could say so, and the guard reads nothing else of it. */
  const withCatalogue = {
    ...development,
    subjects: development.subjects.map((rule) => ({
      ...rule,
      catalogue: label.subjects[0]?.catalogue,
    })),
  } as typeof development

  function declarationBy(personId: string) {
    return {
      kind: 'impartiality-declaration',
      body: { ties: [] },
      subject: personId,
      personId,
    } as EngagementFacts['papers'][number]
  }
})

describe('accepting an application', () => {
  test('passes with a contract review and an impartial, competent team', () => {
    expect(accepted({})).toBeNull()
  })

  test('asks for confirmed competence and for more than zero person-days', () => {
    expect(accepted({ contractReview: { ...contractReview, competenceConfirmed: false } })).toEqual({
      code: 'invalid-request',
      guard: 'contract-reviewed',
      pointer: '/contractReview/competenceConfirmed',
    })
    expect(accepted({ contractReview: { ...contractReview, personDays: '0' } })?.guard).toBe(
      'contract-reviewed',
    )
  })

  test('asks for the sector where the scheme asks for an accreditation', () => {
    const facts = factsIn('applied', { scheme: shipped('egret-organization-statement', '1.2') })
    const asked = (review: object) =>
      refusal('accept', facts, callers['body-manager'], accept({ contractReview: review }))
    expect(asked(contractReview)).toMatchObject({
      guard: 'contract-reviewed',
      pointer: '/contractReview/sector',
    })
    expect(asked({ ...contractReview, sector: 'C38' })).toBeNull()
  })

  test('agrees a level and a materiality on each part of the result, no more and no fewer', () => {
    const [first] = contractReview.parts
    expect(accepted({ contractReview: { ...contractReview, parts: [first] } })?.code).toBe(
      'opinion-inconsistent',
    )
    const third = { part: 'scope-3', assurance: 'limited', materiality: '0.05' }
    const surplus = { ...contractReview, parts: [...contractReview.parts, third] }
    expect(accepted({ contractReview: surplus })?.guard).toBe('assurance-agreed')
  })

  test('keeps materiality above zero and within the scheme, 0.1 in the development scheme', () => {
    const withMateriality = (materiality: string) => {
      const parts = contractReview.parts.map((part) => ({ ...part, materiality }))
      return accepted({ contractReview: { ...contractReview, parts } })
    }
    expect(withMateriality('0.1')).toBeNull()
    expect(withMateriality('0.11')?.code).toBe('scheme-violation')
    expect(withMateriality('0')?.pointer).toBe('/contractReview/parts/0/materiality')
  })

  test('refuses a level of assurance the scheme does not offer on that part', () => {
    const scheme = structuredClone(development)
    const inventory = scheme.subjects.find((rule) => rule.kind === 'organization')
    for (const rule of inventory?.parts ?? []) rule.assurance = ['limited']
    const facts = factsIn('applied', { scheme })
    const found = refusal('accept', facts, callers['body-manager'], accept({}))
    expect(found).toMatchObject({ code: 'scheme-violation', pointer: '/contractReview/parts/0/assurance' })
  })

  test('names exactly one lead verifier, nobody twice, and only people with the role', () => {
    const [lead, verifier] = team
    expect(accepted({ team: [verifier] })?.pointer).toBe('/team')
    expect(accepted({ team: [lead, { ...verifier, role: 'lead-verifier' }] })?.pointer).toBe('/team')
    expect(accepted({ team: [lead, { ...lead, role: 'verifier' }] })?.pointer).toBe('/team')
    expect(accepted({ team: [lead, { ...verifier, memberRoles: ['reviewer'] }] })).toEqual({
      code: 'role-required',
      guard: 'team-complete',
      pointer: '/team/1',
    })
    expect(accepted({ team: [{ ...lead, memberRoles: ['verifier'] }] })?.code).toBe('role-required')
    expect(accepted({ team: [lead, { ...verifier, memberRoles: ['lead-verifier'] }] })).toBeNull()
  })

  test('asks each member of the team to declare impartiality', () => {
    const [lead, verifier] = team
    expect(accepted({ team: [lead, { ...verifier, impartial: false }] })).toEqual({
      code: 'invalid-request',
      guard: 'team-impartial',
      pointer: '/team/1/impartial',
    })
  })

  test('refuses a team with a person who prepared the footprint, or belongs to the client too', () => {
    const facts = { clientPersons: [persons.verifier] }
    const prepared = refusal('accept', factsIn('applied', facts), callers['body-manager'], accept({}))
    expect(prepared).toEqual({ code: 'person-on-both-sides', guard: 'team-impartial', pointer: '/team/1' })
    const tied = factsIn('applied', { tiedPersons: [persons.lead] })
    expect(refusal('accept', tied, callers['body-manager'], accept({}))?.pointer).toBe('/team/0')
  })
})

describe('one person on both sides', () => {
  const bodyMoves = [
    ['accept', 'applied', 'body-manager'],
    ['decline', 'applied', 'body-manager'],
    ['raiseFinding', 'in-verification', 'verifier'],
    ['closeFinding', 'in-verification', 'verifier'],
    ['acceptFactorTable', 'in-verification', 'verifier'],
    ['rejectFactorTable', 'in-verification', 'verifier'],
    ['sendBack', 'in-verification', 'verifier'],
    ['propose', 'in-verification', 'lead-verifier'],
    ['concur', 'in-review', 'reviewer'],
    ['returnToTeam', 'in-review', 'reviewer'],
    ['grant', 'in-review', 'decision-maker'],
    ['refuse', 'in-review', 'decision-maker'],
    ['issue', 'decided', 'body-manager'],
  ] as const

  test.each(bodyMoves)('%s is refused to whoever prepared the footprint', (move, state, who) => {
    const facts = factsIn(state, { clientPersons: [callers[who].personId] })
    expect(refusal(move, facts, callers[who])?.code).toBe('person-on-both-sides')
  })

  test.each(bodyMoves)(
    '%s is refused to a member of the client who did nothing on it yet',
    (move, state, who) => {
      const facts = factsIn(state, { tiedPersons: [callers[who].personId] })
      expect(refusal(move, facts, callers[who])?.code).toBe('person-on-both-sides')
    },
  )

  test('nothing is granted or issued once someone who worked on it for the body has joined the client', () => {
    const reviewed = { review: { personId: persons.reviewer, notes: '' }, bodyPersons: [persons.reviewer] }
    const decision = { personId: persons.decider, outcome: 'granted', reason: '' } as const
    for (const joined of [persons.verifier, persons.reviewer]) {
      const inReview = factsIn('in-review', { ...reviewed, tiedPersons: [joined] })
      const refused = { code: 'person-on-both-sides', guard: 'body-apart-from-client' }
      expect(refusal('grant', inReview, callers['decision-maker'])).toMatchObject(refused)
      expect(refusal('refuse', inReview, callers['decision-maker'])).toBeNull()
      const decided = factsIn('decided', { ...reviewed, decision, tiedPersons: [joined] })
      expect(refusal('issue', decided, callers['body-manager'])).toMatchObject(refused)
    }
    const others = factsIn('in-review', { ...reviewed, tiedPersons: ['person-of-no-part'] })
    expect(refusal('grant', others, callers['decision-maker'])).toBeNull()
  })

  const clientMoves = [
    ['withdraw', 'in-verification', 'responsible'],
    ['answerFinding', 'in-verification', 'preparer'],
    ['resubmit', 'in-correction', 'preparer'],
  ] as const

  test.each(clientMoves)(
    '%s is refused to a person of the team, and to one who reviewed',
    (move, state, who) => {
      const { personId } = callers[who]
      const inTeam = factsIn(state, { team: [...team, { ...team[1]!, personId }] })
      expect(refusal(move, inTeam, callers[who])?.code).toBe('person-on-both-sides')
      const reviewed = factsIn(state, { bodyPersons: [personId] })
      expect(refusal(move, reviewed, callers[who])?.code).toBe('person-on-both-sides')
    },
  )
})

describe('independence of review and decision', () => {
  const asReviewer = {
    side: 'body',
    personId: persons.lead,
    roles: ['reviewer', 'decision-maker'],
    competences: [],
  } as const
  const reviewed = { review: { personId: persons.reviewer, notes: '' } }

  test.each(['concur', 'returnToTeam'] as const)('%s is refused to someone of the team', (move) => {
    expect(refusal(move, factsIn('in-review'), asReviewer)?.code).toBe('not-independent')
  })

  test.each(['grant', 'refuse'] as const)('%s is refused to someone of the team', (move) => {
    expect(refusal(move, factsIn('in-review', reviewed), asReviewer)?.code).toBe('not-independent')
  })

  test('nothing is decided before the review, and nothing reviewed twice', () => {
    expect(refusal('grant', factsIn('in-review'), callers['decision-maker'])?.guard).toBe('review-complete')
    expect(refusal('concur', factsIn('in-review', reviewed), callers.reviewer)?.guard).toBe('review-pending')
  })

  test('the reviewer decides only where the scheme lets reviewer and decision maker be one person', () => {
    const both = {
      side: 'body',
      personId: persons.reviewer,
      roles: ['reviewer', 'decision-maker'],
      competences: [],
    } as const
    expect(refusal('grant', factsIn('in-review', reviewed), both)).toBeNull()
    const scheme = { ...development, roles: { reviewerMayDecide: false } }
    const strict = factsIn('in-review', { ...reviewed, scheme })
    expect(refusal('grant', strict, both)).toMatchObject({
      code: 'not-independent',
      guard: 'decider-not-reviewer',
    })
    expect(refusal('grant', strict, callers['decision-maker'])).toBeNull()
  })
})

describe('findings', () => {
  const raise = (changes: Parameters<typeof finding>[0]) =>
    refusal('raiseFinding', factsIn('in-verification'), callers.verifier, {
      move: 'raiseFinding',
      finding: finding(changes),
    })

  test('a nonconformity, and only that, is major or minor', () => {
    expect(raise({ kind: 'nonconformity', severity: 'major' })).toBeNull()
    expect(raise({ kind: 'nonconformity' })?.pointer).toBe('/severity')
    expect(raise({ kind: 'clarification', severity: 'minor' })?.pointer).toBe('/severity')
  })

  test('are at most 300, since an engagement is read as a whole at each act', () => {
    const content = { move: 'raiseFinding', finding: finding({}) } as const
    const raisedAfter = (count: number) => {
      const findings = Array.from({ length: count }, (_, at) => finding({ number: at + 1 }))
      return refusal('raiseFinding', factsIn('in-verification', { findings }), callers.verifier, content)
    }
    expect(raisedAfter(299)).toBeNull()
    expect(raisedAfter(300)?.code).toBe('too-many-items')
  })

  test('a misstatement, and only that, has a quantity, a part of this result, and can be intentional', () => {
    const sound = { kind: 'misstatement', quantityKgCo2e: '-12.5', part: 'scope-1' } as const
    expect(raise(sound)).toBeNull()
    expect(raise({ ...sound, intentional: true })).toBeNull()
    expect(raise({ ...sound, quantityKgCo2e: null })?.pointer).toBe('/quantity')
    expect(raise({ ...sound, part: null })?.pointer).toBe('/part')
    expect(raise({ ...sound, part: 'scope-3' })?.pointer).toBe('/part')
    expect(raise({ intentional: true })?.pointer).toBe('/intentional')
  })

  test('only an observation is disclosed without an answer', () => {
    expect(raise({ kind: 'observation', disclosed: true })).toBeNull()
    expect(raise({ kind: 'clarification', disclosed: true })?.pointer).toBe('/disclosed')
  })

  const close = (
    state: 'open' | 'answered' | 'closed',
    closure: 'resolved' | 'stands' | 'withdrawn',
    number = 1,
  ) =>
    refusal(
      'closeFinding',
      factsIn('in-verification', { findings: [finding({ state })] }),
      callers.verifier,
      {
        move: 'closeFinding',
        findingNumber: number,
        closure,
      },
    )

  test('is resolved only after an answer; it can stand or be withdrawn without one', () => {
    expect(close('answered', 'resolved')).toBeNull()
    expect(close('open', 'resolved')?.code).toBe('finding-open')
    expect(close('open', 'stands')).toBeNull()
    expect(close('open', 'withdrawn')).toBeNull()
  })

  test('is closed once, and must exist', () => {
    expect(close('closed', 'withdrawn')?.code).toBe('invalid-transition')
    expect(close('answered', 'resolved', 7)?.code).toBe('not-found')
  })

  test('left open bars the proposal, but for an observation that is disclosed as it is', () => {
    const propose = (found: ReturnType<typeof finding>) =>
      refusal('propose', factsIn('in-verification', { findings: [found] }), callers['lead-verifier'], {
        move: 'propose',
        proposal,
      })
    expect(propose(finding({}))?.code).toBe('finding-open')
    expect(propose(finding({ state: 'answered' }))?.code).toBe('finding-open')
    expect(propose(finding({ kind: 'observation' }))?.code).toBe('finding-open')
    expect(propose(finding({ kind: 'observation', disclosed: true }))).toBeNull()
  })

  test('a footprint is sent back only with something to correct, and comes back only as a new revision', () => {
    expect(refusal('sendBack', factsIn('in-verification'), callers.verifier)?.guard).toBe('finding-open')
    const same = factsIn('in-correction', { revisionNumber: 2, latestRevisionNumber: 2 })
    expect(refusal('resubmit', same, callers.preparer)?.code).toBe('footprint-incomplete')
    const other = factsIn('in-correction', { latestKeepsScheme: false })
    expect(refusal('resubmit', other, callers.preparer)?.guard).toBe('scheme-kept')
  })
})

describe('proposing an opinion', () => {
  const propose = (changes: object, facts: Partial<EngagementFacts> = {}) =>
    refusal('propose', factsIn('in-verification', facts), callers['lead-verifier'], {
      move: 'propose',
      proposal: { ...proposal, ...changes },
    })

  test('covers every part of the result at the level that was agreed', () => {
    expect(propose({})).toBeNull()
    expect(propose({ parts: proposal.parts.slice(0, 1) })?.guard).toBe('parts-covered')
    const raised = [proposal.parts[0], { part: 'scope-2', assurance: 'reasonable' }]
    expect(propose({ parts: raised })?.pointer).toBe('/parts/1/assurance')
  })

  test('on a part that a correction brought in takes any level the scheme offers', () => {
    const grown = {
      parts: [...factsIn('applied').parts, { part: 'scope-3', kgCo2e: 10 }] as EngagementFacts['parts'],
    }
    const third = { part: 'scope-3', assurance: 'limited' }
    expect(propose({ parts: [...proposal.parts, third] }, grown)).toBeNull()
  })
})

describe('private factor tables', () => {
  const pinned = (outcome: 'accepted' | 'rejected' | null, digest = suppliers.digest as string) =>
    ({ ...suppliers, digest, outcome }) as const
  const opinions = ['unmodified', 'modified', 'adverse', 'disclaimer'] as const
  const favourable = ['unmodified', 'modified']

  const examine = (
    privateTables: EngagementFacts['privateTables'],
    changes: Partial<typeof suppliers | Record<string, string>> = {},
    move: 'acceptFactorTable' | 'rejectFactorTable' = 'acceptFactorTable',
  ) =>
    refusal(move, factsIn('in-verification', { privateTables }), callers.verifier, {
      move,
      examined: { ...suppliers, ...changes },
    })

  test('are accepted or rejected as the revision pins them: by name, version and digest', () => {
    expect(examine([pinned(null)])).toBeNull()
    expect(examine([pinned('accepted')], {}, 'rejectFactorTable')).toBeNull()
    const refused = { code: 'not-found', guard: 'private-table-pinned', pointer: '/table' }
    expect(examine([])).toEqual(refused)
    expect(examine([pinned(null)], { table: 'xiamen-factory.other' })).toEqual(refused)
    expect(examine([pinned(null)], { version: '2025' })).toEqual(refused)
    expect(examine([pinned(null)], { digest: `sha256:${'6'.repeat(64)}` })).toEqual(refused)
  })

  test('that the registry does not know can be accepted by nobody', () => {
    const unknown = { ...suppliers, digest: null, outcome: null }
    expect(examine([unknown])?.code).toBe('not-found')
    expect(
      refusal('propose', factsIn('in-verification', { privateTables: [unknown] }), callers['lead-verifier'])
        ?.code,
    ).toBe('factor-table-not-accepted')
  })

  /** Each move that a credential comes through, with an opinion, over a table in each standing. */
  const over = (
    move: 'propose' | 'grant' | 'issue',
    opinion: (typeof opinions)[number],
    privateTables: EngagementFacts['privateTables'],
  ) => {
    const proposed = { ...proposal, opinion }
    const reviewed = { review: { personId: persons.reviewer, notes: '' } }
    if (move === 'propose') {
      const content = { move, proposal: proposed } as const
      return refusal(move, factsIn('in-verification', { privateTables }), callers['lead-verifier'], content)
    }
    const state = move === 'grant' ? 'in-review' : 'decided'
    const facts = factsIn(state, { ...reviewed, privateTables, proposal: proposed })
    return refusal(move, facts, callers['decision-maker'])
  }

  test.each(['propose', 'grant', 'issue'] as const)('bar %s as long as one was not examined', (move) => {
    for (const opinion of opinions) {
      expect(over(move, opinion, [pinned('accepted'), pinned(null)])).toMatchObject({
        code: 'factor-table-not-accepted',
        guard: 'private-tables-accepted',
      })
      expect(over(move, opinion, [pinned('accepted'), pinned('accepted')])).toBeNull()
    }
  })

  test.each(['propose', 'grant', 'issue'] as const)(
    'that were rejected bar %s on an opinion for the claim, and on no other',
    (move) => {
      for (const opinion of opinions) {
        const expected = favourable.includes(opinion) ? 'factor-table-not-accepted' : undefined
        expect(over(move, opinion, [pinned('rejected')])?.code, opinion).toBe(expected)
      }
    },
  )

  test('missing are named in the refusal, the accepted ones not', () => {
    const accepted = { ...pinned('accepted'), table: 'xiamen-factory.metered' }
    const facts = factsIn('in-verification', { privateTables: [accepted, pinned('rejected')] })
    const refused = refusalOf('propose', {
      facts,
      caller: callers['lead-verifier'],
      content: { move: 'propose', proposal },
    })
    expect(refused?.facts.factorTables).toEqual([pinned('rejected')])
    expect(refused?.facts.detail).toContain('missing: xiamen-factory.suppliers 2024 (rejected).')
  })

  test('are shown to the lead verifier as what is missing, before any opinion is chosen', () => {
    const shown = (privateTables: EngagementFacts['privateTables']) =>
      movesFrom(factsIn('in-verification', { privateTables }), callers['lead-verifier']).find(
        ({ move }) => move === 'propose',
      )
    expect(shown([pinned(null)])).toMatchObject({
      possible: false,
      because: { code: 'factor-table-not-accepted' },
    })
    expect(shown([pinned('rejected')])).toMatchObject({ possible: true })
  })
})

describe('granting', () => {
  const grant = (
    documentKind: 'verification-statement' | 'certificate',
    opinion: typeof proposal.opinion,
  ) => {
    const facts = {
      documentKind,
      proposal: { ...proposal, opinion },
      review: { personId: persons.reviewer, notes: '' },
    }
    return refusal('grant', factsIn('in-review', facts), callers['decision-maker'])?.code ?? 'granted'
  }

  test('a statement carries any opinion', () => {
    for (const opinion of ['unmodified', 'modified', 'adverse', 'disclaimer'] as const) {
      expect(grant('verification-statement', opinion)).toBe('granted')
    }
  })

  test('an adverse opinion or a disclaimer never leads to a certificate, whatever the scheme says', () => {
    expect(grant('certificate', 'unmodified')).toBe('granted')
    expect(grant('certificate', 'adverse')).toBe('scheme-violation')
    expect(grant('certificate', 'disclaimer')).toBe('scheme-violation')
    const scheme = structuredClone(development)
    for (const rule of scheme.documents) rule.opinions = ['unmodified', 'adverse']
    const facts = {
      scheme,
      documentKind: 'certificate' as const,
      proposal: { ...proposal, opinion: 'adverse' as const },
      review: { personId: persons.reviewer, notes: '' },
    }
    expect(refusal('grant', factsIn('in-review', facts), callers['decision-maker'])?.code).toBe(
      'scheme-violation',
    )
  })

  test('a refusal is a decision on any opinion', () => {
    const facts = {
      proposal: { ...proposal, opinion: 'adverse' as const },
      review: { personId: 'x', notes: '' },
    }
    expect(
      refusal(
        'refuse',
        factsIn('in-review', { ...facts, documentKind: 'certificate' }),
        callers['decision-maker'],
      ),
    ).toBeNull()
  })
})

describe('issuing', () => {
  test('follows a grant, not a refusal', () => {
    const decision = { personId: persons.decider, outcome: 'refused' as const, reason: '' }
    expect(refusal('issue', factsIn('decided', { decision }), callers['decision-maker'])?.guard).toBe(
      'granted',
    )
  })

  test('waits, but for the development scheme, until status lists and log exist', () => {
    const scheme = { ...development, issuable: false }
    expect(refusal('issue', factsIn('decided', { scheme }), callers['body-manager'])?.code).toBe(
      'scheme-not-issuable',
    )
  })
})
