/** The inbox: who is told of what, in which statement, and what nobody is told; watches of relying parties; deadlines. */

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { caseMoves } from '../../src/certification/case-transitions.ts'
import { credentialMoves } from '../../src/certification/credential-status.ts'
import { messageTypes, watchedTypes } from '../../src/certification/message-types.ts'
import { moves } from '../../src/certification/transitions.ts'
import { type OpenDatabase, openDatabase } from '../../src/db/client.ts'
import { runSchedule } from '../harness/http.ts'
import { openTestPorts } from '../harness/ports.ts'
import { type Answer, administrator, call, machine, operatorToken, organization } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, move, read } from './cast.ts'

const scopes = ['notices:read', 'notices:write']

/** A client of an organization that reads its messages. */
const reader = (organizationId: string) => machine(organizationId, scopes, 'Reader of messages')

interface Told {
  readonly id: string
  readonly type: string
  readonly title: { readonly en: string; readonly zh: string }
  readonly subjectId: string
  readonly facts: Record<string, unknown>
  readonly read: boolean
}

async function inbox(token: string, query = ''): Promise<readonly Told[]> {
  const answer = await call('GET', `/v1/messages?limit=200${query}`, { token })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
  return answer.body.messages
}

/** Types of what was told about a subject, oldest first. */
async function toldOf(token: string, subjectId: string): Promise<readonly string[]> {
  return (await inbox(token))
    .filter((message) => message.subjectId === subjectId)
    .map(({ type }) => type)
    .reverse()
}

let client: Enterprise
let certifier: Body
let clientReads: string
let bodyReads: string
let database: OpenDatabase
beforeAll(async () => {
  const { DATABASE_URL: url = '', NEON_WS_PROXY: webSocketProxy } = inject('environment')
  database = openDatabase({ url, webSocketProxy, onRoundTrip: () => {} })
  client = await enterprise()
  certifier = await body()
  clientReads = await reader(client.id)
  bodyReads = await reader(certifier.id)
}, 60_000)
afterAll(() => database.close())

/** A certificate of the client. */
async function issued(): Promise<{
  readonly id: string
  readonly number: string
  readonly engagementId: string
}> {
  const engagementId = await engagementIn('decided', client, certifier, { documentKind: 'certificate' })
  const answer = await move(certifier.decider.token, engagementId, 'credential')
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return { id: answer.body.id, number: answer.body.number, engagementId }
}

const moveDocument = (id: string, body: Record<string, unknown>) =>
  call('POST', `/v1/credentials/${id}/moves`, { token: certifier.decider.token, body })

describe('an engagement', () => {
  test('tells each side what the other did, and nothing of the body’s inner work to the client', async () => {
    const { id, number, engagementId } = await issued()
    expect(await toldOf(clientReads, engagementId)).toEqual([
      'engagement.accepted',
      'engagement.proposed',
      'engagement.granted',
    ])
    expect(await toldOf(bodyReads, engagementId)).toEqual([
      'engagement.applied',
      'engagement.proposed',
      'engagement.reviewed',
      'engagement.granted',
    ])
    const [told] = (await inbox(clientReads)).filter(({ subjectId }) => subjectId === id)
    expect(told).toMatchObject({
      type: 'credential.issued',
      title: { en: 'The document is issued', zh: '文件已签发' },
      facts: { number, engagementId, from: 'decided', to: 'issued' },
    })
  })

  test('tells of findings by number, kind and day, without a word of them', async () => {
    const engagement = await engagementIn('in-verification', client, certifier)
    const finding = {
      kind: 'nonconformity',
      severity: 'minor',
      text: 'The meter of hall 3 was not read.',
      lines: [],
    }
    const raised = await move(certifier.verifier.token, engagement, 'findings', {
      ...finding,
      answerBy: '2099-01-02',
    })
    expect(raised.status, JSON.stringify(raised.body)).toBe(200)
    const [told] = await inbox(clientReads, '&type=finding.raised')
    expect(told?.facts).toEqual({
      from: 'in-verification',
      to: 'in-verification',
      finding: 1,
      findingKind: 'nonconformity',
      answerBy: '2099-01-02',
    })
    const answered = await move(client.preparer.token, engagement, 'findings/1/answer', {
      text: 'It was; see file.',
    })
    expect(answered.status, JSON.stringify(answered.body)).toBe(200)
    expect((await toldOf(bodyReads, engagement)).at(-1)).toBe('finding.answered')
    expect(await toldOf(clientReads, engagement)).not.toContain('finding.answered')
  })

  test('an act that is refused tells nobody', async () => {
    const engagement = await engagementIn('applied', client, certifier)
    const before = await toldOf(bodyReads, engagement)
    expect(code(await move(client.preparer.token, engagement, 'withdraw', { reason: 'No.' }))).toBe(
      'role-required',
    )
    expect(await toldOf(bodyReads, engagement)).toEqual(before)
  })
})

describe('an inbox', () => {
  test('is read by its own organization, with the scope for it, and marked up to a message', async () => {
    await engagementIn('applied', client, certifier)
    const [newest, older] = await inbox(bodyReads)
    expect([newest?.read, older?.read]).toEqual([false, false])
    const marked = await call('POST', `/v1/messages/${older?.id}/read`, { token: bodyReads })
    expect([marked.status, marked.body]).toEqual([200, { unread: 1 }])
    expect((await inbox(bodyReads, '&unread=true')).map(({ id }) => id)).toEqual([newest?.id])
    // The mark only moves on.
    const all = await inbox(bodyReads)
    await call('POST', `/v1/messages/${all.at(-1)?.id}/read`, { token: bodyReads })
    expect((await inbox(bodyReads, '&unread=true')).map(({ id }) => id)).toEqual([newest?.id])
    expect(code(await call('POST', `/v1/messages/${newest?.id}/read`, { token: clientReads }))).toBe(
      'not-found',
    )
    expect(code(await call('GET', '/v1/messages', { token: certifier.manager.token }))).toBe(
      'insufficient-scope',
    )
    expect(code(await call('GET', '/v1/messages?type=nothing.happened', { token: bodyReads }))).toBe(
      'invalid-request',
    )
  })

  test('a page goes on where the last one ended', async () => {
    const all = await inbox(bodyReads)
    const seen: string[] = []
    for (let path = '/v1/messages?limit=2'; path !== ''; ) {
      const page: Answer = await call('GET', path, { token: bodyReads })
      seen.push(...page.body.messages.map(({ id }: Told) => id))
      const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1]
      path = next === undefined ? '' : `${new URL(next).pathname}${new URL(next).search}`
    }
    expect(seen).toEqual(all.map(({ id }) => id))
  })

  test('a message stays as it was told, also for a hand that writes SQL', async () => {
    const [message] = await inbox(bodyReads)
    const change = database.db.execute(
      sql`update messages set type = 'case.opened' where id = ${message?.id}`,
    )
    await expect(change).rejects.toMatchObject({ cause: { constraint: 'messages_permanent' } })
  })
})

describe('a relying party', () => {
  let bank: string
  beforeAll(async () => {
    bank = await reader((await organization(await operatorToken(), 'relying-party')).id)
  })

  const watch = (credentials: readonly string[], token = bank, headers = {}) =>
    call('POST', '/v1/watches', { token, body: { name: 'Suppliers', credentials }, headers })

  test('watches documents by number, id or address, and is told of every move of their status', async () => {
    const [first, second, third] = [await issued(), await issued(), await issued()]
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const address = `${inject('environment').PUBLIC_URL}/credentials/${third.id}`
    const made = await watch([first.number.toLowerCase(), second.id, address], bank, headers)
    expect([made.status, made.body.size], JSON.stringify(made.body)).toEqual([201, 3])
    const again = await watch([first.number.toLowerCase(), second.id, address], bank, headers)
    expect(again.body).toEqual(made.body)
    const shown = (await call('GET', made.headers.get('location') ?? '', { token: bank })).body
    expect(shown.credentials.map(({ status }: { status: string }) => status)).toEqual([
      'active',
      'active',
      'active',
    ])

    const suspended = await moveDocument(first.id, {
      move: 'suspend',
      reason: 'nonconformity',
      note: 'Not for the public.',
    })
    expect(suspended.status, JSON.stringify(suspended.body)).toBe(201)
    await moveDocument(first.id, { move: 'reinstate', reason: 'resolved' })
    await moveDocument(second.id, { move: 'withdraw', reason: 'information-wrong' })
    expect(await toldOf(bank, first.id)).toEqual(['credential.suspended', 'credential.reinstated'])
    expect(await toldOf(bank, second.id)).toEqual(['credential.withdrawn'])
    const [told] = await inbox(bank, '&type=credential.withdrawn')
    expect(told).toMatchObject({
      title: { zh: '文件已撤销' },
      facts: { number: second.number, from: 'active', to: 'withdrawn', reason: 'information-wrong' },
    })
    expect(Object.keys(told?.facts ?? {}).sort()).toEqual(['effectiveAt', 'from', 'number', 'reason', 'to'])
    const after = (await call('GET', made.headers.get('location') ?? '', { token: bank })).body
    const byNumber = Object.fromEntries(
      after.credentials.map((one: { number: string; status: string }) => [one.number, one.status]),
    )
    expect(byNumber).toEqual({
      [first.number]: 'active',
      [second.number]: 'withdrawn',
      [third.number]: 'active',
    })
  })

  test('is told once of a document that stands in two of its watches, and no more after both ended', async () => {
    const document = await issued()
    const watches = [await watch([document.number]), await watch([document.id])]
    await moveDocument(document.id, { move: 'suspend', reason: 'nonconformity' })
    expect(await toldOf(bank, document.id)).toEqual(['credential.suspended'])
    for (const { body: made } of watches) {
      const ended = await call('POST', `/v1/watches/${made.id}/end`, { token: bank })
      expect([ended.status, ended.body.endedAt === null]).toEqual([200, false])
      const twice = await call('POST', `/v1/watches/${made.id}/end`, { token: bank })
      expect(twice.body).toEqual(ended.body)
    }
    await moveDocument(document.id, { move: 'reinstate', reason: 'resolved' })
    expect(await toldOf(bank, document.id)).toEqual(['credential.suspended'])
    const change = { add: [document.id], remove: [] }
    const late = await call('POST', `/v1/watches/${watches[0]?.body.id}/credentials`, {
      token: bank,
      body: change,
    })
    expect(code(late)).toBe('not-found')
  })

  test('adds documents and takes some out', async () => {
    const [one, other] = [await issued(), await issued()]
    const { id } = (await watch([one.id])).body
    const changed = await call('POST', `/v1/watches/${id}/credentials`, {
      token: bank,
      body: { add: [other.number], remove: [one.number] },
    })
    expect([changed.status, changed.body.size], JSON.stringify(changed.body)).toEqual([200, 1])
    await moveDocument(one.id, { move: 'suspend', reason: 'nonconformity' })
    await moveDocument(other.id, { move: 'suspend', reason: 'nonconformity' })
    expect([await toldOf(bank, one.id), await toldOf(bank, other.id)]).toEqual([[], ['credential.suspended']])
  })

  test('watches nothing that is no public document here, and is told which', async () => {
    const document = await issued()
    const engagementId = await engagementIn('decided', client, certifier)
    for (const wrong of [
      'EGRET-2026-0000-0000',
      engagementId,
      'https://other.example/credentials/1',
      "x' or 1=1",
    ]) {
      const answer = await watch([document.id, wrong])
      expect([answer.status, code(answer), answer.body.pointer]).toEqual([404, 'not-found', '/credentials/1'])
    }
    expect(code(await watch(Array.from({ length: 1001 }, () => document.id)))).toBe('too-many-items')
  })

  test('sees nothing of an engagement, and nobody sees what it watches', async () => {
    const document = await issued()
    const made = await watch([document.id])
    for (const token of [clientReads, bodyReads]) {
      expect(code(await call('GET', `/v1/watches/${made.body.id}`, { token }))).toBe('not-found')
      expect((await call('GET', '/v1/watches', { token })).body.watches).toEqual([])
    }
    expect(code(await read(bank, document.engagementId))).toBe('insufficient-scope')
    const { id } = await organization(await operatorToken(), 'relying-party')
    const wide = await call('POST', `/v1/organizations/${id}/clients`, {
      token: administrator(id) ?? '',
      body: { name: 'Too much', scopes: ['engagements:read'] },
    })
    expect(code(wide)).toBe('invalid-request')
  })
})

describe('deadlines', () => {
  const tell = async (at: Date) => {
    const { ports, close } = openTestPorts()
    try {
      return await ports.messages.tellDeadlines(at, [])
    } finally {
      await close()
    }
  }
  const day = (text: string) => new Date(`${text}T00:00:00Z`)

  test('of a finding are told seven days and one day before, and once more when they are past', async () => {
    const engagement = await engagementIn('in-verification', client, certifier)
    const finding = {
      kind: 'nonconformity',
      severity: 'minor',
      text: 'Late.',
      lines: [],
      answerBy: '2097-03-31',
    }
    expect((await move(certifier.verifier.token, engagement, 'findings', finding)).status).toBe(200)
    const about = async (token: string) =>
      (await toldOf(token, engagement)).filter((type) => type.startsWith('finding.answer-'))
    // The last day ends at 16:00 UTC, as midnight in China.
    await tell(day('2097-03-24'))
    expect(await about(clientReads)).toEqual([])
    await tell(day('2097-03-25'))
    await tell(day('2097-03-26'))
    expect(await about(clientReads)).toEqual(['finding.answer-due'])
    expect(await about(bodyReads)).toEqual([])
    await tell(new Date('2097-03-31T15:59:59Z'))
    expect(await about(clientReads)).toEqual(['finding.answer-due', 'finding.answer-due'])
    await tell(new Date('2097-03-31T16:00:00Z'))
    await tell(day('2097-04-02'))
    expect((await about(clientReads)).at(-1)).toBe('finding.answer-overdue')
    expect(await about(bodyReads)).toEqual(['finding.answer-overdue'])
    // What is long past when it is first looked at is not told.
    await tell(day('2097-06-01'))
    expect(await about(bodyReads)).toEqual(['finding.answer-overdue'])
  })

  test('of a major nonconformity are told to both sides, where the scheme sets a term for closing it', async () => {
    const engagement = await engagementIn('in-verification', client, certifier)
    const finding = { kind: 'nonconformity', severity: 'major', text: 'No calibration.', lines: [] }
    expect((await move(certifier.verifier.token, engagement, 'findings', finding)).status).toBe(200)
    const about = async (token: string) =>
      (await toldOf(token, engagement)).filter((type) => type.startsWith('finding.close-'))
    const { scheme } = (await read(certifier.lead.token, engagement)).body
    const { ports, close } = openTestPorts()
    const terms = {
      ...{ schemeId: scheme.id, version: scheme.version, surveillanceMonths: null },
      closeMajorDays: 90,
    }
    const inDays = (days: number) => new Date(Date.now() + days * 86_400_000)
    // Of another version of the scheme nothing follows.
    await ports.messages.tellDeadlines(inDays(95), [{ ...terms, version: '0' }])
    await ports.messages.tellDeadlines(inDays(70), [terms])
    expect(await about(clientReads)).toEqual([])
    await ports.messages.tellDeadlines(inDays(80), [terms])
    await ports.messages.tellDeadlines(inDays(89), [terms])
    expect(await about(clientReads)).toEqual(['finding.close-due', 'finding.close-due'])
    await ports.messages.tellDeadlines(inDays(92), [terms])
    await close()
    expect((await about(clientReads)).at(-1)).toBe('finding.close-overdue')
    expect(await about(bodyReads)).toEqual(await about(clientReads))
  })

  test('of a document’s term and its surveillance reach holder and body; its end reaches who watches it', async () => {
    const document = await issued()
    const bank = await reader((await organization(await operatorToken(), 'relying-party')).id)
    await call('POST', '/v1/watches', { token: bank, body: { name: 'One', credentials: [document.id] } })
    const { rows } = (await database.db.execute(
      sql`select face ->> 'validUntil' as until, face ->> 'validFrom' as since, face #>> '{scheme,id}' as scheme, face #>> '{scheme,version}' as version
        from credentials where id = ${document.id}`,
    )) as unknown as { rows: { until: string; since: string; scheme: string; version: string }[] }
    const row = rows[0]
    if (row === undefined || row.until === null) throw new Error('the certificate has no term')
    const until = new Date(row.until).getTime()
    const dayMs = 86_400_000
    for (const days of [100, 80, 20, 5, -1]) await tell(new Date(until - days * dayMs))
    const terms = (types: readonly string[]) => types.filter((type) => /expir/.test(type))
    expect(terms(await toldOf(clientReads, document.id))).toEqual([
      'credential.expiring',
      'credential.expiring',
      'credential.expiring',
      'credential.expired',
    ])
    expect(terms(await toldOf(bodyReads, document.id))).toHaveLength(4)
    expect(await toldOf(bank, document.id)).toEqual(['credential.expired'])

    const { ports, close } = openTestPorts()
    const asked = {
      ...{ schemeId: row.scheme, version: row.version },
      ...{ surveillanceMonths: 2, closeMajorDays: null },
    }
    const due = new Date(row.since)
    due.setUTCMonth(due.getUTCMonth() + 2)
    await ports.messages.tellDeadlines(new Date(due.getTime() - 10 * dayMs), [asked])
    await ports.messages.tellDeadlines(new Date(due.getTime() + 10 * dayMs), [asked])
    await close()
    const surveillance = (await toldOf(bodyReads, document.id)).filter((type) => /surveillance/.test(type))
    expect(surveillance).toEqual(['credential.surveillance-due', 'credential.surveillance-overdue'])
  })

  test('are looked at once an hour, by whichever server comes first', async () => {
    const { ports, close } = openTestPorts()
    const name = `test-${crypto.randomUUID()}`
    const at = new Date()
    const hourAgo = (of: Date) => new Date(of.getTime() - 3_600_000)
    const turns = await Promise.all(
      Array.from({ length: 5 }, () => ports.messages.takeTurn(name, at, hourAgo(at))),
    )
    expect(turns.filter(Boolean)).toHaveLength(1)
    const later = new Date(at.getTime() + 3_600_000)
    expect(await ports.messages.takeTurn(name, later, hourAgo(later))).toBe(true)
    await close()
    await runSchedule()
  })
})

describe('the list of what is told', () => {
  const rule = async (resource: string, action: string) => {
    const query = sql`select type, to_client, to_body, to_watchers from message_of_act(${resource}, ${action})`
    const { rows } = (await database.db.execute(query)) as unknown as {
      rows: { type: string; to_client: boolean; to_body: boolean; to_watchers: boolean }[]
    }
    return rows[0]
  }
  /** Inner work: nobody outside is told, and nobody inside needs to be. */
  const untold = [
    'declareImpartiality',
    'recordStrategicAnalysis',
    'recordRiskAssessment',
    'recordVerificationPlan',
    'recordEvidencePlan',
    'recordDocumentReview',
    'recordSiteVisit',
    'recordReviewNotes',
  ]

  test('has every move of an engagement, a document and a case, or names it as inner work', async () => {
    const quiet: string[] = []
    for (const name of moves) if ((await rule('engagement', name)) === undefined) quiet.push(name)
    expect(quiet).toEqual(untold)
    for (const name of credentialMoves) {
      expect(await rule('credential', `${name}-credential`), name).toMatchObject({ to_watchers: true })
    }
    for (const name of caseMoves) expect(await rule('case', `${name}-case`), name).toBeDefined()
  })

  test('has a title in both languages for each type, and tells watchers nothing but how a document stands', async () => {
    const source = sql`select prosrc from pg_proc where proname = 'message_of_act'`
    const { rows } = (await database.db.execute(source)) as unknown as { rows: { prosrc: string }[] }
    const listed = [
      ...(rows[0]?.prosrc ?? '').matchAll(/'([a-z]+)', '([A-Za-z-]+)', '([a-z.-]+)', \w+, \w+, (\w+)/g),
    ]
    expect(listed.length).toBeGreaterThan(40)
    for (const [, , , type = '', watchers] of listed) {
      expect(messageTypes, type).toHaveProperty([type])
      if (watchers === 'true') expect(watchedTypes, type).toContain(type)
    }
  })
})
