/** Working papers, teams, competences and the reads of a verifier's screens over HTTP. */

import { beforeAll, describe, expect, test } from 'vitest'
import { call, unique } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  type Enterprise,
  engagementIn,
  enterprise,
  inventoryLines,
  move,
  putData,
  read,
  type Someone,
  someone,
  submit,
  submitted,
} from './cast.ts'

let client: Enterprise
let certifier: Body
let expert: Someone
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  expert = await someone(certifier.id, ['technical-expert'])
}, 60_000)

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const record = (by: Someone, id: string, kind: string, sent: unknown, headers = {}) =>
  move(by.token, id, 'papers', { kind, body: sent }, headers)
const analysis = { operations: 'Casting.', sources: 'Two.', dataAndControls: 'ERP.', intendedUse: 'A buyer.' }
const agreement = { title: 'Agreement 2026-17', documentDigest: digest('a'), agreedOn: '2026-01-05' }
const report = { procedures: 'Retraced.', results: 'None.', conclusion: 'Fairly stated.' }

describe('working papers', () => {
  test('are recorded by those entitled, version by version, and each side sees its own', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const recorded = await record(certifier.manager, id, 'agreement', agreement)
    expect([recorded.status, recorded.body.version]).toEqual([200, 3])
    expect(code(await record(certifier.lead, id, 'agreement', agreement))).toBe('role-required')
    expect(
      code(await record(client.preparer, id, 'agreement-signature', { documentDigest: digest('a') })),
    ).toBe('role-required')
    const wrong = await record(client.responsible, id, 'agreement-signature', { documentDigest: digest('b') })
    expect([code(wrong), wrong.body.pointer]).toEqual(['invalid-request', '/body/documentDigest'])
    const signed = { documentDigest: digest('a') }
    expect((await record(client.responsible, id, 'agreement-signature', signed)).status).toBe(200)
    await record(certifier.lead, id, 'strategic-analysis', analysis)
    await record(certifier.verifier, id, 'strategic-analysis', {
      ...analysis,
      operations: 'Casting, painting.',
    })

    const [seen, shown] = [await read(certifier.reviewer.token, id), await read(client.preparer.token, id)]
    const kinds = (papers: { kind: string; number: number }[]) => papers.map((one) => [one.kind, one.number])
    expect(kinds(seen.body.papers)).toEqual([
      ['agreement', 1],
      ['agreement-signature', 1],
      ['strategic-analysis', 2],
    ])
    expect(seen.body.papers[2].body.operations).toBe('Casting, painting.')
    expect(kinds(shown.body.papers)).toEqual([
      ['agreement', 1],
      ['agreement-signature', 1],
    ])
    expect([seen.body.materiality.length, shown.body.materiality]).toEqual([2, null])
    const every = await call('GET', `/v1/engagements/${id}/papers`, { token: certifier.lead.token })
    expect(kinds(every.body.papers)).toEqual([
      ['agreement', 1],
      ['agreement-signature', 1],
      ['strategic-analysis', 1],
      ['strategic-analysis', 2],
    ])
    const others = await call('GET', `/v1/engagements/${id}/papers`, {
      token: (await enterprise()).preparer.token,
    })
    expect([others.status, code(others)]).toEqual([404, 'not-found'])
  })

  test('a declaration is each person’s own, also of a tie, and names no person by id', async () => {
    const id = await engagementIn('applied', client, certifier)
    const tie = {
      kind: 'consultancy',
      party: 'Xiamen Test Factory',
      from: '2020-01-01',
      description: 'An inventory.',
    }
    expect((await record(certifier.reviewer, id, 'impartiality-declaration', { ties: [tie] })).status).toBe(
      200,
    )
    expect((await record(expert, id, 'impartiality-declaration', { ties: [] })).status).toBe(200)
    const { papers } = (await read(certifier.manager.token, id)).body
    expect(
      papers.map((one: { subject: string; personName: string }) => one.subject === one.personName),
    ).toEqual([true, true])
    expect(JSON.stringify(papers)).not.toContain(expert.personId)
    expect((await read(client.preparer.token, id)).body.papers).toEqual([])
  })

  test('a reviewer’s notes make the reviewer one who decides; a verifier’s are refused', async () => {
    const id = await engagementIn('in-review', client, certifier)
    const notes = { points: [{ question: 'Plan kept?', answer: 'yes' }], conclusion: 'It was.' }
    expect(code(await record(certifier.lead, id, 'review-notes', notes))).toBe('role-required')
    expect((await record(certifier.reviewer, id, 'review-notes', notes)).status).toBe(200)
    const { participants } = (await read(certifier.lead.token, id)).body
    expect(participants.filter((one: { side: string }) => one.side === 'decision')).toMatchObject([
      { role: 'reviewer' },
    ])
  })

  test('a report is recorded once it is decided, and seen by the client', async () => {
    const id = await engagementIn('decided', client, certifier)
    expect((await record(certifier.lead, id, 'verification-report', report)).status).toBe(200)
    expect((await read(client.preparer.token, id)).body.papers).toMatchObject([
      { kind: 'verification-report' },
    ])
  })

  test('a retry records once; another paper under the same key is refused', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const headers = { 'idempotency-key': unique('paper') }
    const first = await record(certifier.lead, id, 'strategic-analysis', analysis, headers)
    const again = await record(certifier.lead, id, 'strategic-analysis', analysis, headers)
    expect([first.status, again.status, again.body.version]).toEqual([200, 200, first.body.version])
    const other = await record(
      certifier.lead,
      id,
      'strategic-analysis',
      { ...analysis, sources: 'x' },
      headers,
    )
    expect(code(other)).toBe('idempotency-key-reused')
    const { papers } = (await call('GET', `/v1/engagements/${id}/papers`, { token: certifier.lead.token }))
      .body
    expect(papers).toHaveLength(1)
  })

  test.each([
    ['a kind there is none of', { kind: 'team-change', body: { team: [], reason: 'x' } }, '/kind'],
    ['a member too many', { kind: 'strategic-analysis', body: { ...analysis, extra: 1 } }, '/body'],
    [
      'a day that is none',
      { kind: 'agreement', body: { ...agreement, agreedOn: '2026-02-30' } },
      '/body/agreedOn',
    ],
    [
      'a digest that is none',
      { kind: 'agreement', body: { ...agreement, documentDigest: 'x' } },
      '/body/documentDigest',
    ],
    [
      'too many risks',
      { kind: 'risk-assessment', body: { risks: Array.from({ length: 201 }, () => ({})) } },
      '/body/risks',
    ],
    [
      'an override of what keeps persons apart',
      { kind: 'override', body: { guard: 'outside-team', reason: 'x' } },
      '/body/guard',
    ],
  ])('%s is refused in its place', async (_, sent, pointer) => {
    const id = await engagementIn('in-verification', client, certifier)
    const answer = await move(certifier.lead.token, id, 'papers', sent)
    expect([answer.status, code(answer)]).toEqual([
      400,
      pointer === '/body/risks' ? 'too-many-items' : 'invalid-request',
    ])
    expect(JSON.stringify(answer.body)).toContain(pointer)
  })
})

describe('a page left open', () => {
  test('is told that the engagement moved on, and nothing of it is done', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const seen = await read(certifier.lead.token, id)
    const etag = seen.headers.get('etag') ?? ''
    await move(certifier.verifier.token, id, 'findings', { kind: 'clarification', text: 'Which meter?' })
    const late = await record(certifier.lead, id, 'strategic-analysis', analysis, { 'if-match': etag })
    expect([late.status, code(late)]).toEqual([412, 'precondition-failed'])
    const now = await read(certifier.lead.token, id)
    expect(now.body.papers).toEqual([])
    const inTime = { 'if-match': now.headers.get('etag') ?? '' }
    expect((await record(certifier.lead, id, 'strategic-analysis', analysis, inTime)).status).toBe(200)
  })
})

describe('the team', () => {
  const named = (by: Someone, role: string) => ({ memberId: by.memberId, role, impartial: true })
  const change = (token: string, id: string, team: unknown) =>
    call('PUT', `/v1/engagements/${id}/team`, { token, body: { team, reason: 'Illness.' } })

  test('changes as a whole; whoever leaves stays on its side and neither acts nor decides', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const lead = await someone(certifier.id, ['lead-verifier', 'reviewer'])
    const team = [named(lead, 'lead-verifier'), named(expert, 'technical-expert')]
    expect(code(await change(certifier.lead.token, id, team))).toBe('role-required')
    const changed = await change(certifier.manager.token, id, team)
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    const { participants, papers } = (await read(certifier.manager.token, id)).body
    const standing = participants.filter((one: { side: string }) => one.side === 'team')
    expect(
      standing.map((one: { role: string; endedAt: unknown }) => [one.role, one.endedAt === null]),
    ).toEqual(
      expect.arrayContaining([
        ['lead-verifier', false],
        ['verifier', false],
        ['lead-verifier', true],
        ['technical-expert', true],
      ]),
    )
    expect(papers).toMatchObject([{ kind: 'team-change', body: { reason: 'Illness.' } }])
    const finding = { kind: 'clarification', text: 'Which meter?' }
    expect(code(await move(certifier.verifier.token, id, 'findings', finding))).toBe('role-required')
    expect(code(await move(expert.token, id, 'findings', finding))).toBe('role-required')
    expect((await move(lead.token, id, 'findings', finding)).status).toBe(200)
  })

  test('has one lead, members of the body only, and nobody of the client', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const manager = certifier.manager.token
    expect(code(await change(manager, id, [named(expert, 'technical-expert')]))).toBe('invalid-request')
    const stranger = { memberId: client.preparer.memberId, role: 'lead-verifier', impartial: true }
    expect(code(await change(manager, id, [stranger]))).toBe('not-found')
  })
})

describe('competences', () => {
  const competence = {
    role: 'lead-verifier',
    sector: 'C',
    evidence: 'Examined 2024.',
    validFrom: '2024-06-01',
  }
  const of = (by: Someone) => `/v1/members/${by.memberId}/competences`

  test('are recorded by a manager, never their own, ended and kept', async () => {
    const token = certifier.manager.token
    const made = await call('POST', of(certifier.lead), { token, body: competence })
    expect(made.status, JSON.stringify(made.body)).toBe(201)
    expect(code(await call('POST', of(certifier.manager), { token, body: competence }))).toBe(
      'not-independent',
    )
    expect(
      code(await call('POST', of(certifier.lead), { token: certifier.lead.token, body: competence })),
    ).toBe('role-required')
    expect(code(await call('POST', of(client.preparer), { token, body: competence }))).toBe('not-found')
    const early = { ...competence, validUntil: '2024-05-01' }
    expect((await call('POST', of(certifier.lead), { token, body: early })).body.pointer).toBe('/validUntil')
    const headers = { 'idempotency-key': unique('end') }
    const end = () =>
      call('POST', `${of(certifier.lead)}/${made.body.id}/end`, {
        token,
        body: { on: '2026-01-31' },
        headers,
      })
    expect((await end()).body.validUntil).toBe('2026-01-31')
    expect((await end()).body.validUntil).toBe('2026-01-31')
    const later = { token, body: { on: '2026-03-01' } }
    expect(code(await call('POST', `${of(certifier.lead)}/${made.body.id}/end`, later))).toBe(
      'invalid-transition',
    )
    const listed = await call('GET', of(certifier.lead), { token: certifier.reviewer.token })
    expect(listed.body.competences).toMatchObject([{ sector: 'C', validUntil: '2026-01-31' }])
    expect((await call('GET', of(certifier.lead), { token: client.preparer.token })).status).toBe(404)
  })
})

describe('going through the lines', () => {
  test('shows those that weigh most first, with shares, factors, findings and what is odd', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const finding = { kind: 'clarification', text: 'Which meter?', lines: ['power'] }
    await move(certifier.verifier.token, id, 'findings', finding)
    const lines = (query = '') =>
      call('GET', `/v1/engagements/${id}/lines${query}`, { token: certifier.verifier.token })
    const all = (await lines()).body
    expect([all.revision, all.lineCount, all.matching]).toEqual([1, 2, 2])
    // By hand: 49,858.24 of 56,148.484986 kg is 0.887971.
    expect(all.lines).toMatchObject([
      { id: 'power', place: 1, share: '0.887971', factor: { table: 'cn-electricity-co2' } },
      { id: 'diesel', place: 2, share: '0.112029', cumulativeShare: '1.000000' },
    ])
    expect(all.lines[0].findings).toEqual([{ number: 1, kind: 'clarification', state: 'open' }])
    expect((await lines('?found=true')).body).toMatchObject({ lineCount: 2, matching: 1 })
    expect((await lines('?scope=1')).body.lines).toMatchObject([{ id: 'diesel' }])
    expect((await lines('?after=1&limit=1')).body.lines).toMatchObject([{ id: 'diesel' }])
    expect(code(await lines('?scope=4'))).toBe('invalid-request')
    const other = await call('GET', `/v1/engagements/${id}/lines`, { token: (await body()).lead.token })
    expect(other.status).toBe(404)
  })
})

describe('what a correction changed', () => {
  test('is told activity by activity, by cause, and member by member of the definition', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const token = certifier.lead.token
    const difference = (query = '') => call('GET', `/v1/engagements/${id}/difference${query}`, { token })
    expect(code(await difference())).toBe('invalid-request')
    await move(token, id, 'findings', { kind: 'clarification', text: 'Which meter?', lines: ['power'] })
    await move(token, id, 'send-back')
    const { footprintId } = (await read(token, id)).body
    const draft = await call('GET', `/v1/footprints/${footprintId}`, { token: client.preparer.token })
    const corrected = inventoryLines.map((line) =>
      line.id === 'power' ? { ...line, quantity: { amount: '120000', unit: 'kWh' } } : line,
    )
    const etag = draft.headers.get('etag') ?? ''
    expect((await putData(client.preparer.token, footprintId, { lines: corrected }, etag)).status).toBe(200)
    expect((await submit(client.responsible.token, footprintId)).status).toBe(201)
    expect((await move(client.preparer.token, id, 'resubmit')).status).toBe(200)
    const changed = await difference()
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    // By hand: (120,000 - 118,400) kWh × 0.4211 = 673.76 kg, all of it activity.
    expect(Number(changed.body.difference)).toBeCloseTo(673.76, 9)
    expect(changed.body.lines[0]).toMatchObject({ matched: 'id', category: 'purchased-electricity' })
    expect(Number(changed.body.lines[0].parts.activity)).toBeCloseTo(673.76, 9)
    expect(changed.body.definition).toEqual([])
    expect(code(await difference('?from=7'))).toBe('not-found')
  })
})

describe('what awaits someone', () => {
  const workOf = async (by: Someone, id: string) => {
    const answer = await call('GET', '/v1/work', { token: by.token })
    expect(answer.status, JSON.stringify(answer.body)).toBe(200)
    const item = answer.body.items.find((one: { engagementId: string }) => one.engagementId === id)
    return item?.queues ?? []
  }

  test('follows the engagement from queue to queue, each person their own', async () => {
    const applied = await apply(client.preparer.token, await submitted(client), certifier.slug)
    const { id } = applied.body
    expect([await workOf(certifier.manager, id), await workOf(certifier.lead, id)]).toEqual([
      ['to-accept'],
      [],
    ])
    await move(certifier.manager.token, id, 'accept', acceptance(certifier))
    expect([await workOf(certifier.manager, id), await workOf(certifier.lead, id)]).toEqual([
      [],
      ['to-verify'],
    ])
    await record(certifier.manager, id, 'agreement', agreement)
    expect([await workOf(client.responsible, id), await workOf(client.preparer, id)]).toEqual([
      ['to-sign'],
      [],
    ])
    await record(client.responsible, id, 'agreement-signature', { documentDigest: digest('a') })
    expect(await workOf(client.responsible, id)).toEqual([])
    await move(certifier.verifier.token, id, 'findings', { kind: 'clarification', text: 'Which meter?' })
    expect(await workOf(client.preparer, id)).toEqual(['to-answer'])
    await move(client.preparer.token, id, 'findings/1/answer', { text: 'Hall 2.' })
    expect(await workOf(certifier.verifier, id)).toEqual(['to-verify', 'to-close'])
    expect(await workOf(client.preparer, id)).toEqual([])
  })

  test('of a decided engagement is the issue; of another organization nothing; a machine is refused', async () => {
    const id = await engagementIn('decided', client, certifier)
    expect([await workOf(certifier.decider, id), await workOf(certifier.lead, id)]).toEqual([
      ['to-issue'],
      [],
    ])
    expect(await workOf((await body()).decider, id)).toEqual([])
    expect(code(await call('GET', '/v1/work', { token: client.machine }))).toBe('member-required')
  })
})

describe('findings', () => {
  test('have a day for the answer, and a corrective action with one of its own', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const late = { kind: 'clarification', text: 'Which meter?', answerBy: '2020-01-01' }
    expect((await move(certifier.lead.token, id, 'findings', late)).body.pointer).toBe('/answerBy')
    await move(certifier.lead.token, id, 'findings', { ...late, answerBy: '2999-01-01' })
    const action = { text: 'The meter list is checked each month.', doneBy: '2999-02-01' }
    await move(client.preparer.token, id, 'findings/1/answer', { text: 'Hall 2.', correctiveAction: action })
    const [finding] = (await read(certifier.lead.token, id)).body.findings
    expect(finding).toMatchObject({
      answerBy: '2999-01-01',
      overdue: false,
      answer: { correctiveAction: action },
    })
  })

  test('a misstatement of no size or of an impossible one is refused', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    for (const amount of ['0', '1e300', '-1e300']) {
      const found = { kind: 'misstatement', part: 'scope-1', quantity: { amount, unit: 'kgCO2e' }, text: 'x' }
      const answer = await move(certifier.lead.token, id, 'findings', found)
      expect([answer.status, answer.body.pointer], amount).toEqual([400, '/quantity/amount'])
    }
  })

  test('materiality follows them live', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    const found = (amount: string, projected: boolean) => {
      return {
        kind: 'misstatement',
        part: 'scope-1',
        quantity: { amount, unit: 'kgCO2e' },
        projected,
        text: 'x',
      }
    }
    await move(certifier.lead.token, id, 'findings', found('200', false))
    await move(certifier.verifier.token, id, 'findings', found('-180', true))
    const [scope1] = (await read(certifier.manager.token, id)).body.materiality
    // By hand: 6,290.244986 - 20 = 6,270.244986 corrected; 5 % of it 313.5122493; gross 380 over, net 20 under.
    expect(scope1).toMatchObject({
      part: 'scope-1',
      known: { count: 1, net: '200', gross: '200' },
      projected: { count: 1, net: '-180', gross: '180' },
      together: { count: 2, net: '20', gross: '380' },
      needsJudgement: true,
    })
    expect(Number(scope1.threshold)).toBeCloseTo(313.5122493, 9)
  })
})
