/** Engagements over HTTP: the whole walk, each refusal with nothing half-written behind it, and who may see what. */

import { beforeAll, describe, expect, test } from 'vitest'
import { costOf } from '../harness/http.ts'
import { type Answer, call, machine } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  contractReview,
  type Enterprise,
  engagementIn,
  enterprise,
  inventoryLines,
  move,
  proposal,
  putData,
  read,
  someone,
  submit,
  submitted,
} from './cast.ts'

let client: Enterprise
let certifier: Body
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
}, 60_000)

const cost = (answer: Answer) => costOf(new Response('', { headers: answer.headers }))
const possible = (answer: Answer): string[] =>
  answer.body.moves
    .filter((one: { possible: boolean }) => one.possible)
    .map((one: { move: string }) => one.move)

/** What must not change when a move is refused. */
async function standing(id: string) {
  const { moves: _, ...rest } = (await read(certifier.manager.token, id)).body
  return rest
}

const clarification = { kind: 'clarification', text: 'The meter of hall 2 is not among the lines.' }

describe('the whole way', () => {
  test('from application to decision, with a finding, a correction and a returned review', async () => {
    const footprintId = await submitted(client)
    const applied = await apply(client.preparer.token, footprintId, certifier.slug, {
      note: 'First verification.',
    })
    expect([applied.status, applied.body.state, applied.body.version]).toEqual([201, 'applied', 1])
    const { id } = applied.body
    const by = (who: { token: string }, path: string, sent?: unknown) => move(who.token, id, path, sent)
    const states: unknown[] = []
    const step = async (answer: Promise<Answer>) => {
      const { status, body: head } = await answer
      expect(status, JSON.stringify(head)).toBe(200)
      states.push(head.state)
    }
    await step(by(certifier.manager, 'accept', acceptance(certifier)))
    await step(by(certifier.verifier, 'findings', clarification))
    await step(by(client.preparer, 'findings/1/answer', { text: 'It was left out; we correct it.' }))
    await step(by(certifier.lead, 'send-back'))
    const draft = await call('GET', `/v1/footprints/${footprintId}`, { token: client.machine })
    expect(draft.body.state).toBe('draft')
    const [power, diesel] = inventoryLines
    const corrected = [{ ...power, quantity: { amount: '120000', unit: 'kWh' } }, diesel]
    await putData(client.preparer.token, footprintId, { lines: corrected }, `"${draft.body.version}"`)
    expect((await submit(client.responsible.token, footprintId)).body.number).toBe(2)
    await step(by(client.responsible, 'resubmit'))
    await step(by(certifier.verifier, 'findings/1/close', { closure: 'resolved', note: 'Line added.' }))
    await step(by(certifier.lead, 'propose', proposal))
    await step(
      by(certifier.reviewer, 'review', { outcome: 'return', notes: 'State the evidence for scope 1.' }),
    )
    await step(
      by(certifier.lead, 'propose', { ...proposal, rationale: 'Delivery notes and invoices agree.' }),
    )
    await step(by(certifier.reviewer, 'review', { outcome: 'concur', notes: 'Complete.' }))
    await step(by(certifier.decider, 'decide', { outcome: 'granted', reason: 'Conforms to the scheme.' }))
    expect(states).toEqual([
      'in-verification',
      'in-verification',
      'in-verification',
      'in-correction',
      'in-verification',
      'in-verification',
      'in-review',
      'in-verification',
      'in-review',
      'in-review',
      'decided',
    ])

    const seen = (await read(certifier.manager.token, id)).body
    expect(seen).toMatchObject({ state: 'decided', firstRevision: 1, revisionNumber: 2, version: 12 })
    // By hand: 120,000 × 0.4211 + 6,290.244986 = 56,822.244986 kg.
    expect(seen.revision.result.printed).toEqual({ amount: '56.82', unit: 'tCO2e' })
    const sides = Object.groupBy(seen.participants as { side: string; role: string }[], (one) => one.side)
    expect(Object.entries(sides).map(([side, list]) => [side, list?.map((one) => one.role).sort()])).toEqual([
      ['client', ['preparer', 'preparer', 'responsible']],
      ['team', ['lead-verifier', 'verifier']],
      ['decision', ['decision-maker', 'reviewer']],
    ])
    expect(seen.history.map(({ action }: { action: string }) => action)).toEqual([
      'apply',
      'accept',
      'raiseFinding',
      'answerFinding',
      'sendBack',
      'resubmit',
      'closeFinding',
      'propose',
      'returnToTeam',
      'propose',
      'concur',
      'grant',
    ])
    expect(seen.findings).toMatchObject([{ number: 1, state: 'closed', closure: 'resolved' }])
    expect(seen.decision).toMatchObject({ outcome: 'granted' })
  })

  test('a refusal ends it too, and the footprint can go to another body', async () => {
    const id = await engagementIn('reviewed', client, certifier)
    const refused = await move(certifier.decider.token, id, 'decide', {
      outcome: 'refused',
      reason: 'No evidence.',
    })
    expect([refused.status, refused.body.state, refused.body.decision.outcome]).toEqual([
      200,
      'decided',
      'refused',
    ])
    const issue = await move(certifier.decider.token, id, 'credential')
    expect([issue.status, code(issue)]).toEqual([409, 'invalid-transition'])
    const again = await apply(client.preparer.token, refused.body.footprintId, (await body()).slug)
    expect(again.status).toBe(201)
  })

  test('a move costs two statements, and so does an application', async () => {
    const footprintId = await submitted(client)
    const applied = await apply(client.preparer.token, footprintId, certifier.slug)
    const accepted = await move(certifier.manager.token, applied.body.id, 'accept', acceptance(certifier))
    const found = await move(certifier.lead.token, applied.body.id, 'findings', clarification)
    expect([applied, accepted, found].map((answer) => cost(answer).database)).toEqual([2, 2, 2])
    expect(cost(await read(certifier.lead.token, applied.body.id)).database).toBe(1)
  })
})

describe('what each side is shown', () => {
  test('the moves it could make now, and for the others why not', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const ofTheTeam = [
      'declareImpartiality',
      'recordStrategicAnalysis',
      'recordRiskAssessment',
      'recordVerificationPlan',
      'recordEvidencePlan',
      'recordDocumentReview',
      'recordSiteVisit',
      'raiseFinding',
      'closeFinding',
    ]
    expect(possible(await read(certifier.lead.token, id))).toEqual([...ofTheTeam, 'propose'])
    expect(possible(await read(certifier.verifier.token, id))).toEqual(ofTheTeam)
    expect(possible(await read(certifier.reviewer.token, id))).toEqual(['declareImpartiality'])
    expect(possible(await read(client.responsible.token, id))).toEqual([
      'withdraw',
      'chooseDisclosure',
      'recordReductionPlan',
      'answerFinding',
    ])
    const [first] = (await read(client.machine, id)).body.moves
    expect(first).toMatchObject({ possible: false, because: { code: 'member-required' } })
  })

  test('the client learns the opinion with the decision, not before, and the review never', async () => {
    const id = await engagementIn('reviewed', client, certifier)
    const before = (await read(client.responsible.token, id)).body
    expect([before.proposal, before.review]).toEqual([null, null])
    expect((await read(certifier.manager.token, id)).body.proposal.opinion).toBe('unmodified')
    await move(certifier.decider.token, id, 'decide', { outcome: 'granted', reason: 'Conforms.' })
    const after = (await read(client.responsible.token, id)).body
    expect([after.proposal.opinion, after.review]).toEqual(['unmodified', null])
  })

  test('the body reads the revision put before it with its record, and not the next draft', async () => {
    const id = await engagementIn('applied', client, certifier)
    const { footprintId } = (await read(certifier.lead.token, id)).body
    const { token } = certifier.lead
    const record = await call('GET', `/v1/footprints/${footprintId}/revisions/1/record`, { token })
    expect(record.body.type).toBe('egret/calculation-record')
    expect((await call('GET', `/v1/footprints/${footprintId}`, { token })).status).toBe(404)
    expect((await call('GET', `/v1/footprints/${footprintId}/activity-data`, { token })).status).toBe(404)
    expect((await call('GET', `/v1/footprints/${footprintId}/revisions/2`, { token })).status).toBe(404)
    await move(certifier.manager.token, id, 'decline', { reason: 'No capacity.' })
    expect((await call('GET', `/v1/footprints/${footprintId}/revisions/1`, { token })).status).toBe(404)
  })

  test('a list, newest first, by state', async () => {
    const other = await body()
    const one = await engagementIn('applied', client, other)
    const two = await engagementIn('in-verification', client, other)
    const list = async (query: string) =>
      (await call('GET', `/v1/engagements${query}`, { token: other.lead.token })).body.engagements
    expect((await list('')).map((row: { id: string }) => row.id)).toEqual([two, one])
    expect(await list('?state=applied')).toMatchObject([
      { id: one, title: 'Inventory 2024', openFindings: 0 },
    ])
    const page = await call('GET', '/v1/engagements?limit=1', { token: other.lead.token })
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    const second = await call('GET', next, { token: other.lead.token })
    expect(second.body.engagements).toMatchObject([{ id: one }])
    expect(second.headers.get('link')).toBeNull()
  })
})

describe('an application', () => {
  test.each([
    ['by a machine', () => client.machine, {}, 'member-required'],
    [
      'for a document the scheme has not',
      () => client.preparer.token,
      { documentKind: 'certificat' },
      'invalid-request',
    ],
    ['to nobody', () => client.preparer.token, { body: 'no-such-body' }, 'not-found'],
  ])('is refused %s', async (_, token, changes, expected) => {
    expect(code(await apply(token(), await submitted(client), certifier.slug, changes))).toBe(expected)
  })

  test('to an enterprise is an application to no body', async () => {
    const answer = await apply(client.preparer.token, await submitted(client), client.slug)
    expect([answer.status, code(answer), answer.body.pointer]).toEqual([404, 'not-found', '/body'])
  })

  test('needs a submitted revision', async () => {
    const id = await submitted(client)
    await call('POST', `/v1/footprints/${id}/reopen`, { token: client.machine })
    const answer = await apply(client.preparer.token, id, certifier.slug)
    expect([answer.status, code(answer)]).toEqual([409, 'footprint-incomplete'])
  })

  test('is one at a time a footprint; while it lives the footprint stays as it was submitted', async () => {
    const footprintId = await submitted(client)
    const first = await apply(client.preparer.token, footprintId, certifier.slug)
    const second = await apply(client.preparer.token, footprintId, (await body()).slug)
    expect([second.status, code(second)]).toEqual([409, 'already-exists'])
    const reopened = await call('POST', `/v1/footprints/${footprintId}/reopen`, { token: client.machine })
    expect([reopened.status, code(reopened)]).toEqual([409, 'invalid-transition'])
    const withdrawn = await move(client.responsible.token, first.body.id, 'withdraw', {
      reason: 'Another body.',
    })
    expect(withdrawn.body.state).toBe('withdrawn')
    expect((await apply(client.preparer.token, footprintId, (await body()).slug)).status).toBe(201)
  })

  test('is made once under one idempotency key, also after the footprint went on', async () => {
    const footprintId = await submitted(client)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await apply(client.preparer.token, footprintId, certifier.slug, {}, key)
    const again = await apply(client.preparer.token, footprintId, certifier.slug, {}, key)
    expect(again.body).toEqual(first.body)
    const other = await apply(client.preparer.token, footprintId, certifier.slug, { note: 'x' }, key)
    expect(code(other)).toBe('idempotency-key-reused')
  })
})

describe('a move that is refused leaves everything as it was', () => {
  const refusals: readonly (readonly [
    string,
    Parameters<typeof engagementIn>[0],
    (id: string) => Promise<Answer>,
    string,
  ])[] = [
    [
      'accepting by the lead verifier',
      'applied',
      (id) => move(certifier.lead.token, id, 'accept', acceptance(certifier)),
      'role-required',
    ],
    [
      'accepting by the client',
      'applied',
      (id) => move(client.responsible.token, id, 'accept', acceptance(certifier)),
      'role-required',
    ],
    [
      'accepting without competence',
      'applied',
      (id) =>
        move(
          certifier.manager.token,
          id,
          'accept',
          acceptance(certifier, { contractReview: { ...contractReview, competenceConfirmed: false } }),
        ),
      'invalid-request',
    ],
    [
      'accepting with a part left out',
      'applied',
      (id) =>
        move(
          certifier.manager.token,
          id,
          'accept',
          acceptance(certifier, {
            contractReview: { ...contractReview, parts: contractReview.parts.slice(1) },
          }),
        ),
      'opinion-inconsistent',
    ],
    [
      'accepting with a materiality beyond the scheme',
      'applied',
      (id) =>
        move(
          certifier.manager.token,
          id,
          'accept',
          acceptance(certifier, {
            contractReview: {
              ...contractReview,
              parts: contractReview.parts.map((part) => ({ ...part, materiality: '0.2' })),
            },
          }),
        ),
      'scheme-violation',
    ],
    [
      'accepting with a forged member',
      'applied',
      (id) =>
        move(
          certifier.manager.token,
          id,
          'accept',
          acceptance(certifier, {
            team: [{ memberId: crypto.randomUUID(), role: 'lead-verifier', impartial: true }],
          }),
        ),
      'not-found',
    ],
    [
      'accepting with a member of the client in the team',
      'applied',
      (id) =>
        move(
          certifier.manager.token,
          id,
          'accept',
          acceptance(certifier, {
            team: [{ memberId: client.preparer.memberId, role: 'lead-verifier', impartial: true }],
          }),
        ),
      'not-found',
    ],
    [
      'accepting without the declaration of impartiality',
      'applied',
      (id) =>
        move(
          certifier.manager.token,
          id,
          'accept',
          acceptance(certifier, {
            team: [{ memberId: certifier.lead.memberId, role: 'lead-verifier', impartial: false }],
          }),
        ),
      'invalid-request',
    ],
    [
      'accepting twice',
      'in-verification',
      (id) => move(certifier.manager.token, id, 'accept', acceptance(certifier)),
      'invalid-transition',
    ],
    [
      'sending back without a finding',
      'in-verification',
      (id) => move(certifier.lead.token, id, 'send-back'),
      'invalid-transition',
    ],
    [
      'resubmitting what was not sent back',
      'in-verification',
      (id) => move(client.preparer.token, id, 'resubmit'),
      'invalid-transition',
    ],
    [
      'proposing by a verifier',
      'in-verification',
      (id) => move(certifier.verifier.token, id, 'propose', proposal),
      'role-required',
    ],
    [
      'proposing another level than agreed',
      'in-verification',
      (id) =>
        move(certifier.lead.token, id, 'propose', {
          ...proposal,
          parts: proposal.parts.map((part) => ({ ...part, assurance: 'reasonable' })),
        }),
      'opinion-inconsistent',
    ],
    [
      'answering a finding that is not there',
      'in-verification',
      (id) => move(client.preparer.token, id, 'findings/3/answer', { text: 'x' }),
      'not-found',
    ],
    [
      'a misstatement without a quantity',
      'in-verification',
      (id) =>
        move(certifier.lead.token, id, 'findings', {
          ...clarification,
          kind: 'misstatement',
          part: 'scope-1',
        }),
      'invalid-request',
    ],
    [
      'a misstatement of no number',
      'in-verification',
      (id) =>
        move(certifier.lead.token, id, 'findings', {
          ...clarification,
          kind: 'misstatement',
          part: 'scope-1',
          quantity: { amount: '1e999', unit: 'kgCO2e' },
        }),
      'invalid-number',
    ],
    [
      'reviewing by the lead verifier',
      'in-review',
      (id) => move(certifier.lead.token, id, 'review', { outcome: 'concur', notes: 'x' }),
      'role-required',
    ],
    [
      'deciding before the review',
      'in-review',
      (id) => move(certifier.decider.token, id, 'decide', { outcome: 'granted', reason: 'x' }),
      'invalid-transition',
    ],
    [
      'deciding by a machine',
      'reviewed',
      (id) => move(client.machine, id, 'decide', { outcome: 'granted', reason: 'x' }),
      'role-required',
    ],
    [
      'deciding by the client',
      'reviewed',
      (id) => move(client.responsible.token, id, 'decide', { outcome: 'granted', reason: 'x' }),
      'role-required',
    ],
    [
      'deciding twice',
      'decided',
      (id) => move(certifier.decider.token, id, 'decide', { outcome: 'refused', reason: 'x' }),
      'invalid-transition',
    ],
    [
      'withdrawing what is decided',
      'decided',
      (id) => move(client.responsible.token, id, 'withdraw', { reason: 'x' }),
      'invalid-transition',
    ],
    [
      'an unknown member in the body',
      'reviewed',
      (id) =>
        move(certifier.decider.token, id, 'decide', { outcome: 'granted', reason: 'x', at: '2020-01-01' }),
      'invalid-request',
    ],
  ]

  test.each(refusals)('%s', async (_, state, attempt, expected) => {
    const id = await engagementIn(state, client, certifier)
    const before = await standing(id)
    expect(code(await attempt(id))).toBe(expected)
    expect(await standing(id)).toEqual(before)
  })

  test('a machine of the body decides nothing either', async () => {
    const id = await engagementIn('reviewed', client, certifier)
    const token = await machine(certifier.id, ['engagements:write'], 'bot')
    const answer = await move(token, id, 'decide', { outcome: 'granted', reason: 'x' })
    expect([answer.status, code(answer)]).toEqual([403, 'member-required'])
  })
})

describe('findings', () => {
  test('that stand bar an unmodified opinion when they are major; another opinion is the team’s judgement', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const { token } = certifier.lead
    const major = {
      kind: 'nonconformity',
      severity: 'major',
      text: 'No invoices for half of the year.',
      lines: ['power'],
    }
    expect((await move(token, id, 'findings', major)).body.findingCount).toBe(1)
    const open = await move(token, id, 'propose', proposal)
    expect([open.status, code(open), open.body.findings]).toEqual([409, 'finding-open', [1]])
    await move(token, id, 'findings/1/close', { closure: 'stands', note: 'Not corrected.' })
    const clean = await move(token, id, 'propose', proposal)
    expect([clean.status, code(clean), clean.body.pointer]).toEqual([409, 'opinion-inconsistent', '/opinion'])
    const adverse = await move(token, id, 'propose', { ...proposal, opinion: 'adverse' })
    expect([adverse.status, adverse.body.state]).toEqual([200, 'in-review'])
  })

  test('an adverse opinion is granted as a statement and never as a certificate', async () => {
    const outcomes: unknown[] = []
    for (const documentKind of ['verification-statement', 'certificate']) {
      const id = await engagementIn('in-verification', client, certifier, { documentKind })
      await move(certifier.lead.token, id, 'propose', { ...proposal, opinion: 'adverse' })
      await move(certifier.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Agreed.' })
      const granted = await move(certifier.decider.token, id, 'decide', {
        outcome: 'granted',
        reason: 'As proposed.',
      })
      outcomes.push([granted.status, granted.body.state ?? code(granted)])
    }
    expect(outcomes).toEqual([
      [200, 'decided'],
      [422, 'scheme-violation'],
    ])
  })

  test('misstatements are weighed against the corrected part: 332 kg understated of 6,290 kg at 5 % matter', async () => {
    // By hand, q = 0.05 × (6,290.244986 ∓ q) kg: 299.5 kg overstated, 331.1 kg understated.
    const propose = async (amount: string) => {
      const id = await engagementIn('in-verification', client, certifier)
      const found = {
        kind: 'misstatement',
        part: 'scope-1',
        quantity: { amount, unit: 'kgCO2e' },
        text: 'Stock change.',
      }
      await move(certifier.lead.token, id, 'findings', found)
      await move(certifier.lead.token, id, 'findings/1/close', { closure: 'stands', note: 'Not corrected.' })
      const answer = await move(certifier.lead.token, id, 'propose', proposal)
      return answer.body.state ?? code(answer)
    }
    expect([await propose('299'), await propose('-332')]).toEqual(['in-review', 'opinion-inconsistent'])
  })
})

describe('one person', () => {
  test('who prepared the footprint cannot verify, review or decide it for a body, through two organizations', async () => {
    const preparer = await someone(
      certifier.id,
      ['lead-verifier', 'reviewer', 'decision-maker', 'body-manager'],
      undefined,
      client.preparer.personId,
    )
    const applied = await engagementIn('applied', client, certifier)
    const team = [{ memberId: preparer.memberId, role: 'lead-verifier', impartial: true }]
    const named = await move(certifier.manager.token, applied, 'accept', acceptance(certifier, { team }))
    expect([named.status, code(named), named.body.pointer]).toEqual([409, 'person-on-both-sides', '/team/0'])
    const accepting = await move(preparer.token, applied, 'accept', acceptance(certifier))
    expect(code(accepting)).toBe('person-on-both-sides')
    const inReview = await engagementIn('in-review', client, certifier)
    expect(code(await move(preparer.token, inReview, 'review', { outcome: 'concur', notes: 'x' }))).toBe(
      'person-on-both-sides',
    )
    const reviewed = await engagementIn('reviewed', client, certifier)
    const before = await standing(reviewed)
    expect(code(await move(preparer.token, reviewed, 'decide', { outcome: 'granted', reason: 'x' }))).toBe(
      'person-on-both-sides',
    )
    expect(await standing(reviewed)).toEqual(before)
  })

  test('who belongs to the client cannot act for the body, even without having touched the footprint', async () => {
    const owner = await enterprise()
    const admin = await someone(owner.id, ['admin'], ['footprints:read'])
    const both = await someone(certifier.id, ['decision-maker'], undefined, admin.personId)
    const id = await engagementIn('reviewed', owner, certifier)
    const answer = await move(both.token, id, 'decide', { outcome: 'granted', reason: 'x' })
    expect([answer.status, code(answer)]).toEqual([409, 'person-on-both-sides'])
  })

  test('of the team who joins the client cannot answer for it', async () => {
    const owner = await enterprise()
    const id = await engagementIn('in-verification', owner, certifier)
    await move(certifier.lead.token, id, 'findings', clarification)
    const scopes = ['engagements:read', 'engagements:write']
    const turned = await someone(owner.id, ['preparer'], scopes, certifier.verifier.personId)
    const answer = await move(turned.token, id, 'findings/1/answer', { text: 'x' })
    expect([answer.status, code(answer)]).toEqual([409, 'person-on-both-sides'])
  })

  test('who verified, reviewed or decided and then joins the client bars the grant and the credential', async () => {
    for (const who of ['verifier', 'reviewer'] as const) {
      const [owner, by] = [await enterprise(), await body()]
      const id = await engagementIn('reviewed', owner, by)
      await someone(owner.id, ['admin'], ['footprints:read'], by[who].personId)
      const granted = await move(by.decider.token, id, 'decide', { outcome: 'granted', reason: 'x' })
      expect([granted.status, code(granted)]).toEqual([409, 'person-on-both-sides'])
      const refused = await move(by.decider.token, id, 'decide', { outcome: 'refused', reason: 'x' })
      expect([refused.status, refused.body.state]).toEqual([200, 'decided'])
    }
    const [owner, by] = [await enterprise(), await body()]
    const id = await engagementIn('decided', owner, by)
    await someone(owner.id, ['admin'], ['footprints:read'], by.decider.personId)
    const issued = await move(by.manager.token, id, 'credential')
    expect([issued.status, code(issued)]).toEqual([409, 'person-on-both-sides'])
  })

  test('of the team neither reviews nor decides, whatever roles it holds in the body', async () => {
    const by = await body()
    const many = await someone(by.id, ['lead-verifier', 'reviewer', 'decision-maker'])
    const id = await engagementIn('applied', client, by)
    const team = [{ memberId: many.memberId, role: 'lead-verifier', impartial: true }]
    await move(by.manager.token, id, 'accept', acceptance(by, { team }))
    await move(many.token, id, 'propose', proposal)
    const review = await move(many.token, id, 'review', { outcome: 'concur', notes: 'x' })
    expect([review.status, code(review)]).toEqual([409, 'not-independent'])
    await move(by.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Complete.' })
    const decide = await move(many.token, id, 'decide', { outcome: 'granted', reason: 'x' })
    expect([decide.status, code(decide)]).toEqual([409, 'not-independent'])
  })

  test('may review and decide where the scheme lets reviewer and decision maker be one', async () => {
    const by = await body()
    const both = await someone(by.id, ['reviewer', 'decision-maker'])
    const id = await engagementIn('in-review', client, by)
    await move(both.token, id, 'review', { outcome: 'concur', notes: 'Complete.' })
    const decided = await move(both.token, id, 'decide', { outcome: 'granted', reason: 'Conforms.' })
    expect([decided.status, decided.body.state]).toEqual([200, 'decided'])
  })
})

describe('a retry', () => {
  test('of a move under its key answers the engagement, and moves it no second time', async () => {
    const id = await engagementIn('reviewed', client, certifier)
    const key = { 'idempotency-key': crypto.randomUUID() }
    const granted = { outcome: 'granted', reason: 'Conforms.' }
    const first = await move(certifier.decider.token, id, 'decide', granted, key)
    const again = await move(certifier.decider.token, id, 'decide', granted, key)
    expect([first.status, again.status]).toEqual([200, 200])
    expect(again.body).toEqual(first.body)
    const refused = await move(
      certifier.decider.token,
      id,
      'decide',
      { outcome: 'refused', reason: 'x' },
      key,
    )
    expect([refused.status, code(refused)]).toEqual([422, 'idempotency-key-reused'])
    const history = (await read(certifier.lead.token, id)).body.history
    expect(history.filter(({ action }: { action: string }) => action === 'grant')).toHaveLength(1)
  })

  test('of a finding raises it once', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const key = { 'idempotency-key': crypto.randomUUID() }
    for (const _ of [1, 2, 3]) await move(certifier.lead.token, id, 'findings', clarification, key)
    expect((await read(certifier.lead.token, id)).body.findings).toHaveLength(1)
  })

  test('of the same key in another engagement is another request', async () => {
    const key = { 'idempotency-key': crypto.randomUUID() }
    const [one, two] = [
      await engagementIn('reviewed', client, certifier),
      await engagementIn('reviewed', client, certifier),
    ]
    const granted = { outcome: 'granted', reason: 'Conforms.' }
    expect((await move(certifier.decider.token, one, 'decide', granted, key)).status).toBe(200)
    expect(code(await move(certifier.decider.token, two, 'decide', granted, key))).toBe(
      'idempotency-key-reused',
    )
  })
})

describe('a stranger', () => {
  test('meets the very same answer for an engagement of others and for none', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const none = crypto.randomUUID()
    const [rival, competitor] = [await body(), await enterprise()]
    const strip = ({ status, body: { instance: _, ...rest } }: Answer) =>
      JSON.stringify({ status, rest }).replaceAll(id, none)
    const attempts = [
      rival.manager,
      rival.lead,
      rival.decider,
      competitor.responsible,
      competitor.preparer,
    ].flatMap(({ token }) => [
      (engagement: string) => read(token, engagement),
      (engagement: string) => move(token, engagement, 'accept', acceptance(rival)),
      (engagement: string) => move(token, engagement, 'withdraw', { reason: 'x' }),
      (engagement: string) => move(token, engagement, 'findings', clarification),
      (engagement: string) => move(token, engagement, 'findings/1/answer', { text: 'x' }),
      (engagement: string) => move(token, engagement, 'send-back'),
      (engagement: string) => move(token, engagement, 'resubmit'),
      (engagement: string) => move(token, engagement, 'propose', proposal),
      (engagement: string) => move(token, engagement, 'review', { outcome: 'concur', notes: 'x' }),
      (engagement: string) => move(token, engagement, 'decide', { outcome: 'granted', reason: 'x' }),
    ])
    const before = await standing(id)
    for (const attempt of attempts) {
      const answer = await attempt(id)
      expect([answer.status, code(answer)]).toEqual([404, 'not-found'])
      expect(strip(answer)).toBe(strip(await attempt(none)))
    }
    expect(await standing(id)).toEqual(before)
    expect((await call('GET', '/v1/engagements', { token: rival.lead.token })).body.engagements).toEqual([])
  })
})
