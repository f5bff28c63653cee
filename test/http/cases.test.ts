/** Cases over HTTP: taken in without an account, heard by people who took no part, decided, carried out, and told to whom they concern. */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call } from './api.ts'
import {
  apply,
  type Body,
  body,
  code,
  type Enterprise,
  engagementIn,
  enterprise,
  move,
  type Someone,
  someone,
  submitted,
} from './cast.ts'

let client: Enterprise
let certifier: Body
/** Of the body, and no part of any engagement. */
let examiner: Someone
let judge: Someone
let stranger: Enterprise

interface Document {
  readonly id: string
  readonly number: string
  readonly engagementId: string
}

async function issued(
  documentKind: 'certificate' | 'verification-statement' = 'certificate',
): Promise<Document> {
  const engagementId = await engagementIn('decided', client, certifier, { documentKind })
  const answer = await move(certifier.decider.token, engagementId, 'credential')
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return { id: answer.body.id, number: answer.body.number, engagementId }
}

const complain = (sent: object, headers: Record<string, string> = {}, slug = certifier.slug) =>
  call('POST', `/v1/bodies/${slug}/complaints`, { body: sent, headers })
const ask = (receipt: { number: string; receipt: string }, path = '', sent?: object) =>
  call(sent === undefined && path === '' ? 'GET' : 'POST', `/v1/complaints/${receipt.number}${path}`, {
    headers: { 'egret-receipt': receipt.receipt },
    ...(sent === undefined ? {} : { body: sent }),
  })
const open = (token: string, sent: object, headers: Record<string, string> = {}) =>
  call('POST', '/v1/cases', { token, body: sent, headers })
const act = (token: string, id: string, sent: object, headers: Record<string, string> = {}) =>
  call('POST', `/v1/cases/${id}/moves`, { token, body: sent, headers })
const read = (token: string, id: string) => call('GET', `/v1/cases/${id}`, { token })

async function done(answer: Promise<Answer>): Promise<Answer['body']> {
  const { status, body: told } = await answer
  expect(status, JSON.stringify(told)).toBeLessThan(300)
  return told
}

const summary = { en: 'The mark was used on another product.', zh: '标识被用于其他产品。' }

/** The case of a complaint, as its body has it. */
async function caseOf(number: string): Promise<string> {
  const { cases } = await done(call('GET', '/v1/cases?limit=200', { token: certifier.manager.token }))
  return cases.find((one: { number: string }) => one.number === number).id
}

/** A case brought to its examiner's report. */
async function examined(id: string): Promise<string> {
  await done(act(certifier.manager.token, id, { move: 'acknowledge' }))
  await done(act(certifier.manager.token, id, { move: 'assign', memberId: examiner.memberId }))
  await done(act(examiner.token, id, { move: 'report', text: 'Seen in the shop.' }))
  return id
}

const upheld = (consequence: string) => ({
  move: 'decide',
  outcome: 'upheld',
  consequence,
  reasons: 'The photograph shows it.',
  summary,
})

beforeAll(async () => {
  client = await enterprise()
  stranger = await enterprise()
  certifier = await body()
  examiner = await someone(certifier.id, ['verifier'])
  judge = await someone(certifier.id, ['decision-maker'])
}, 60_000)

describe('a complaint without an account', () => {
  test('goes from receipt to outcome, and its writer reads each step by the receipt alone', async () => {
    const { id: credentialId, number } = await issued()
    const sent = {
      kind: 'misuse',
      document: ` ${number.toLowerCase()} `,
      text: 'The mark stands on fans that are not certified.\n照片附后。',
      contact: { name: '王某', address: 'wang@example.org' },
    }
    const receipt = await done(complain(sent))
    expect(receipt.number).toMatch(/^CASE-\d{4}-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    const received = await done(ask(receipt))
    expect([received.state, received.document, received.contact]).toEqual(['received', number, 'kept'])
    expect(await done(ask(receipt, '/statements', { text: 'Here is more.' }))).toMatchObject({
      statements: [
        { number: 1, text: sent.text },
        { number: 2, text: 'Here is more.' },
      ],
    })

    const id = await caseOf(receipt.number)
    expect((await read(client.responsible.token, id)).status, 'not at the door').toBe(404)
    await examined(id)
    await done(act(judge.token, id, upheld('suspend')))
    const early = await act(certifier.manager.token, id, { move: 'close' })
    expect([early.status, code(early), early.body.guard]).toEqual([409, 'invalid-transition', 'carried-out'])
    const suspend = { move: 'suspend', reason: 'misuse-of-document', caseId: id }
    const path = `/v1/credentials/${credentialId}/moves`
    const wrong = await call('POST', path, {
      token: judge.token,
      body: { ...suspend, reason: 'nonconformity' },
    })
    expect([wrong.status, wrong.body.pointer]).toEqual([400, '/reason'])
    const other = await call('POST', path, { token: judge.token, body: { ...suspend, move: 'withdraw' } })
    expect([other.status, code(other), other.body.pointer]).toEqual([409, 'invalid-transition', '/caseId'])
    const made = await done(call('POST', path, { token: judge.token, body: suspend }))
    expect(made.caseId).toBe(id)
    await done(act(certifier.manager.token, id, { move: 'close' }))

    const told = await done(ask(receipt))
    expect(told).toMatchObject({
      state: 'closed',
      decision: { outcome: 'upheld', consequence: 'suspend', summary },
    })
    expect(told.documentMoves).toMatchObject([{ move: 'suspend' }])
    expect(JSON.stringify(told)).not.toMatch(/photograph|Seen in the shop|王某|wang@/)
    const seen = await done(read(client.preparer.token, id))
    expect(seen.documentMoves).toMatchObject([{ id: made.id, move: 'suspend', reason: 'misuse-of-document' }])
    expect([seen.statements, seen.report, seen.contact]).toEqual([[], null, null])
    const shown = await call('GET', `/v1/public/credentials/${credentialId}`)
    expect(JSON.stringify(shown.body)).not.toContain(id)
  }, 60_000)

  test('is answered the same when it is sent again, and another one under the same key is another', async () => {
    const sent = { kind: 'complaint', text: `Nobody answers. ${crypto.randomUUID()}` }
    const headers = { 'idempotency-key': '1' }
    const [first, second] = [await complain(sent, headers), await complain(sent, headers)]
    expect(second.body).toEqual(first.body)
    expect((await ask(second.body)).status).toBe(200)
    const other = await complain({ ...sent, text: 'Another complaint.' }, headers)
    expect(other.status).toBe(201)
    expect(other.body.number).not.toBe(first.body.number)
  })

  test('tells a stranger nothing: wrong receipt, wrong number, member’s case, all alike', async () => {
    const mine = (await complain({ kind: 'complaint', text: 'Mine.' })).body
    const theirs = (await complain({ kind: 'complaint', text: 'Theirs.' })).body
    const { engagementId } = await issued()
    const opened = await done(open(client.responsible.token, { kind: 'complaint', engagementId, text: 'x' }))
    const wanted = [
      { number: theirs.number, receipt: mine.receipt },
      { number: 'CASE-2026-0000-0000', receipt: mine.receipt },
      { number: 'nonsense', receipt: mine.receipt },
      { number: opened.number, receipt: mine.receipt },
      { number: mine.number, receipt: '' },
      { number: mine.number, receipt: `${mine.receipt}x` },
    ]
    for (const [path, body] of [
      ['', undefined],
      ['/statements', { text: 'x' }],
      ['/erasure', {}],
    ] as const) {
      for (const one of wanted) {
        const answer = path === '/erasure' ? await erase(one) : await ask(one, path, body)
        expect([answer.status, answer.body.detail]).toEqual([
          404,
          'No complaint has this number with this receipt.',
        ])
      }
    }
  }, 30_000)

  const erase = (receipt: { number: string; receipt: string }) =>
    call('POST', `/v1/complaints/${receipt.number}/erasure`, {
      headers: { 'egret-receipt': receipt.receipt },
    })

  test('has its contact data erased by its writer or the body’s manager, and goes on', async () => {
    const sent = { kind: 'complaint', text: 'Slow.', contact: { name: 'Li', address: '138 0000 0000' } }
    const receipt = (await complain(sent)).body
    const id = await caseOf(receipt.number)
    expect((await read(certifier.manager.token, id)).body.contact.name).toBe('Li')
    expect((await erase(receipt)).body.contact).toBe('erased')
    expect((await erase(receipt)).body.contact).toBe('erased')
    expect((await read(certifier.manager.token, id)).body.contact).toMatchObject({
      name: null,
      address: null,
    })
    const second = (await complain(sent)).body
    const its = await caseOf(second.number)
    const refused = await call('POST', `/v1/cases/${its}/contact-erasure`, { token: certifier.lead.token })
    expect([refused.status, code(refused)]).toEqual([403, 'role-required'])
    const path = `/v1/cases/${its}/contact-erasure`
    expect((await done(call('POST', path, { token: certifier.manager.token }))).contact.name).toBeNull()
    expect((await ask(second)).body).toMatchObject({ contact: 'erased', state: 'received' })
  })

  test.each([
    ['an appeal', { kind: 'appeal', text: 'x' }],
    ['no text', { kind: 'complaint', text: '' }],
    ['a text of spaces', { kind: 'complaint', text: ' \n\t ' }],
    ['a text too long', { kind: 'complaint', text: '长'.repeat(5001) }],
    ['a control character', { kind: 'complaint', text: 'a\u0000b' }],
    ['a mark that turns the writing', { kind: 'complaint', text: 'a\u202eb' }],
    ['a line break in a name', { kind: 'complaint', text: 'x', contact: { name: 'a\nb', address: null } }],
    ['a member nobody knows', { kind: 'complaint', text: 'x', state: 'closed' }],
    ['a list', []],
  ])('is refused with %s', async (_, sent) => {
    const answer = await complain(sent)
    expect([answer.status, code(answer)]).toEqual([400, 'invalid-request'])
  })

  test('is refused when it is huge, for a body there is none of, and for another body’s document', async () => {
    const huge = await complain({ kind: 'complaint', text: 'x'.repeat(200_000) })
    expect([huge.status, code(huge)]).toEqual([413, 'body-too-large'])
    const nowhere = await complain({ kind: 'complaint', text: 'x' }, {}, 'no-such-body')
    const enterprises = await complain({ kind: 'complaint', text: 'x' }, {}, client.slug)
    expect([code(nowhere), nowhere.body.detail]).toEqual([code(enterprises), enterprises.body.detail])
    expect(nowhere.status).toBe(404)
    const { number } = await issued()
    const elsewhere = await complain(
      { kind: 'complaint', text: 'x', document: number },
      {},
      (await body()).slug,
    )
    expect([elsewhere.status, elsewhere.body.pointer]).toEqual([404, '/document'])
  }, 30_000)

  test('is refused with half a surrogate pair, which is no JSON', async () => {
    const answer = await complain({ kind: 'complaint', text: 'a\ud800' })
    expect([answer.status, code(answer)]).toEqual([400, 'malformed-json'])
  })

  test('with a script is kept as the text it is', async () => {
    const text = `<script>alert(1)</script> ' or 1=1; --`
    const receipt = (await complain({ kind: 'complaint', text })).body
    expect((await ask(receipt)).body.statements[0].text).toBe(text)
  })

  test('is taken in sixty times an hour by one body, and no oftener', async () => {
    const flooded = await body()
    const answers: Answer[] = []
    for (let sent = 0; sent < 63; sent += 1) {
      answers.push(await complain({ kind: 'complaint', text: `Number ${sent}.` }, {}, flooded.slug))
    }
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(60)
    const last = answers.at(-1)
    expect([last?.status, last && code(last)]).toEqual([429, 'too-many-cases'])
    expect((await complain({ kind: 'complaint', text: 'Elsewhere.' })).status).toBe(201)
  }, 60_000)
})

describe('a case is heard', () => {
  test('by nobody of the team, the review, the decision, the acceptance or the client', async () => {
    const { id: credentialId } = await issued()
    const sent = { kind: 'facts-discovered', credentialId, text: 'A meter was read twice.' }
    const { id } = await done(open(certifier.verifier.token, sent))
    await done(act(certifier.manager.token, id, { move: 'acknowledge' }))
    const both = await someone(certifier.id, ['verifier', 'decision-maker'])
    const { memberId: tied, personId } = await someone(client.id, ['preparer'])
    const inBoth = await someone(certifier.id, ['verifier'], undefined, personId)
    const concerned = [
      certifier.lead,
      certifier.verifier,
      certifier.reviewer,
      certifier.decider,
      certifier.manager,
    ]
    for (const { memberId } of [...concerned, inBoth]) {
      const refused = await act(certifier.manager.token, id, { move: 'assign', memberId })
      expect([refused.status, code(refused)]).toEqual([409, 'not-independent'])
    }
    for (const memberId of [tied, client.preparer.memberId, crypto.randomUUID()]) {
      const refused = await act(certifier.manager.token, id, { move: 'assign', memberId })
      expect([refused.status, refused.body.pointer]).toEqual([404, '/memberId'])
    }
    await done(act(certifier.manager.token, id, { move: 'assign', memberId: both.memberId }))
    await done(act(both.token, id, { move: 'report', text: 'It was.' }))
    const refused = await act(certifier.decider.token, id, upheld('withdraw'))
    expect([refused.status, code(refused), refused.body.guard]).toEqual([
      409,
      'not-independent',
      'apart-from-the-matter',
    ])
    const decided = await done(act(both.token, id, upheld('revise')))
    expect(decided).toMatchObject({ state: 'decided', decision: { consequence: 'revise' } })
  }, 60_000)

  test('and whoever heard one joins the engagement nowhere', async () => {
    const engagementId = await engagementIn('in-review', client, certifier)
    const { id } = await done(
      open(client.responsible.token, { kind: 'complaint', engagementId, text: 'Slow.' }),
    )
    const hearing = await someone(certifier.id, ['reviewer'])
    await done(act(certifier.manager.token, id, { move: 'acknowledge' }))
    await done(act(certifier.manager.token, id, { move: 'assign', memberId: hearing.memberId }))
    const joining = await move(hearing.token, engagementId, 'review', { outcome: 'concur', notes: 'x' })
    expect([joining.status, code(joining)]).toEqual([409, 'person-on-both-sides'])
  }, 60_000)
})

describe('an appeal', () => {
  test('is the responsible person’s, against something decided, and heard by others', async () => {
    const engagementId = await engagementIn('in-review', client, certifier)
    const sent = { kind: 'appeal', engagementId, text: 'The refusal is wrong.' }
    const early = await open(client.responsible.token, sent)
    expect([early.status, code(early)]).toEqual([409, 'invalid-transition'])
    for (const token of [client.preparer.token, certifier.manager.token]) {
      const refused = await open(token, sent)
      expect([refused.status, code(refused)]).toEqual([403, 'role-required'])
    }
    await done(move(certifier.reviewer.token, engagementId, 'review', { outcome: 'concur', notes: 'x' }))
    await done(move(certifier.decider.token, engagementId, 'decide', { outcome: 'refused', reason: 'x' }))
    const { id } = await done(open(client.responsible.token, sent))
    const suspended = await act(judge.token, await examined(id), upheld('suspend'))
    expect([suspended.status, suspended.body.accepted]).toEqual([400, ['none', 'reconsider']])
    await done(act(judge.token, id, upheld('reconsider')))
    expect(await done(act(certifier.manager.token, id, { move: 'close' }))).toMatchObject({ state: 'closed' })
  }, 60_000)

  test('against an application that was declined is taken too', async () => {
    const applied = await done(apply(client.preparer.token, await submitted(client), certifier.slug))
    await done(move(certifier.manager.token, applied.id, 'decline', { reason: 'No capacity.' }))
    const sent = { kind: 'appeal', engagementId: applied.id, text: 'There is.' }
    expect((await open(client.responsible.token, sent)).status).toBe(201)
  }, 60_000)
})

describe('a case', () => {
  test('is opened once by a request that is repeated, acted on once, and not there for others', async () => {
    const { id: credentialId } = await issued('verification-statement')
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const sent = { kind: 'facts-discovered', credentialId, text: 'An invoice is missing.' }
    const [first, second] = [
      await open(client.preparer.token, sent, headers),
      await open(client.preparer.token, sent, headers),
    ]
    expect(second.body).toEqual(first.body)
    const reused = await open(client.preparer.token, { ...sent, text: 'Another.' }, headers)
    expect([reused.status, code(reused)]).toEqual([422, 'idempotency-key-reused'])
    const { id } = first.body
    for (const token of [stranger.responsible.token, (await body()).manager.token]) {
      for (const answer of [
        await read(token, id),
        await act(token, id, { move: 'acknowledge' }),
        await open(token, sent),
        await call('POST', `/v1/cases/${id}/contact-erasure`, { token }),
      ]) {
        expect([answer.status, code(answer)]).toEqual([404, 'not-found'])
      }
      const { cases } = (await call('GET', '/v1/cases', { token })).body
      expect(cases).toEqual([])
    }
    const machine = await open(client.machine, sent)
    expect([machine.status, code(machine)]).toEqual([403, 'member-required'])
    const acknowledged = [
      await act(certifier.manager.token, id, { move: 'acknowledge' }, headers),
      await act(certifier.manager.token, id, { move: 'acknowledge' }, headers),
    ]
    expect(acknowledged[1]?.body).toEqual(acknowledged[0]?.body)
    expect(acknowledged[0]?.body.version).toBe(2)
  }, 60_000)

  test('lists what its caller may do now, and for the rest, why not', async () => {
    const { id: credentialId } = await issued()
    const sent = { kind: 'misuse', credentialId, text: 'x' }
    const { id } = await done(open(certifier.lead.token, sent))
    const { moves } = await done(read(certifier.manager.token, id))
    expect(moves).toEqual([
      { move: 'acknowledge', to: 'acknowledged', possible: true, because: null },
      {
        move: 'dismiss',
        to: 'dismissed',
        possible: false,
        because: { code: 'role-required', detail: expect.stringContaining('decision-maker') },
      },
    ])
    const dismissed = { move: 'dismiss', reason: 'no-substance', summary }
    const own = await act(certifier.decider.token, id, dismissed)
    expect([own.status, code(own)]).toEqual([409, 'not-independent'])
    expect(await done(act(judge.token, id, dismissed))).toMatchObject({ state: 'dismissed' })
    const { moves: after } = await done(read(certifier.manager.token, id))
    expect(after).toEqual([])
  }, 60_000)

  test('has its deadline moved later with a reason, and the client speaks in it', async () => {
    const { id: credentialId } = await issued()
    const { id, dueAt } = await done(
      open(client.responsible.token, { kind: 'complaint', credentialId, text: 'x' }),
    )
    await done(act(certifier.manager.token, id, { move: 'acknowledge' }))
    const later = new Date(Date.parse(dueAt) + 86_400_000).toISOString()
    const extended = await done(
      act(certifier.manager.token, id, { move: 'extend', dueAt: later, reason: 'Holidays.' }),
    )
    expect(extended).toMatchObject({ dueAt: later, extension: { reason: 'Holidays.', before: dueAt } })
    const sooner = await act(certifier.manager.token, id, { move: 'extend', dueAt, reason: 'x' })
    expect([sooner.status, sooner.body.pointer]).toEqual([400, '/dueAt'])
    await done(act(client.preparer.token, id, { move: 'addStatement', text: 'More.' }))
    const { statements } = await done(read(client.responsible.token, id))
    expect(statements.map(({ text, side }: { text: string; side: string }) => [side, text])).toEqual([
      ['client', 'x'],
      ['client', 'More.'],
    ])
  }, 60_000)

  test('of another document is named by no move', async () => {
    const [one, two] = [await issued(), await issued()]
    const { id } = await done(open(certifier.lead.token, { kind: 'misuse', credentialId: one.id, text: 'x' }))
    await done(act(judge.token, await examined(id), upheld('suspend')))
    const answer = await call('POST', `/v1/credentials/${two.id}/moves`, {
      token: judge.token,
      body: { move: 'suspend', reason: 'misuse-of-document', caseId: id },
    })
    expect([answer.status, answer.body.pointer]).toEqual([404, '/caseId'])
  }, 60_000)
})
