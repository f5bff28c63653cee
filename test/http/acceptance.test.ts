/** Private tables through an engagement over HTTP: who sees them, who accepts them, and what waits for it. */

import { beforeAll, describe, expect, test } from 'vitest'
import { costOf } from '../harness/http.ts'
import { type Answer, call } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  enterprise,
  footprintBody,
  inventory,
  inventoryLines,
  move,
  proposal,
  read,
  someone,
  submit,
} from './cast.ts'
import { draftSteam, publishSteam, steamPath, steamPin, supplier, withdrawSteam } from './private-table.ts'

let client: Enterprise
let certifier: Body
let stranger: Body
let digest: string
beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  stranger = await body()
  digest = await publishSteam(client, '2024', '95')
}, 60_000)

const scheme = { id: 'egret-development', version: '1.1' }
const cost = (answer: Answer) => costOf(new Response('', { headers: answer.headers })).database

/** 10 GJ of steam beside what the inventory has already: 10 × 95 = 950 kg of CO2 in scope 2. */
const lines = [
  ...inventoryLines,
  {
    id: 'steam',
    category: 'purchased-heat',
    quantity: { amount: '10', unit: 'GJ' },
    factor: { id: 'steam' },
  },
]

function definition(by: Enterprise, version = '2024', changes: Record<string, unknown> = {}) {
  const { factorTables, ...rest } = inventory()
  const calculation = { ...rest, factorTables: [...(factorTables as object[]), steamPin(by, version)] }
  return footprintBody({ scheme, calculation, ...changes })
}

/** A footprint on the private table, submitted. */
async function submittedOn(by: Enterprise, version = '2024'): Promise<string> {
  const { id } = await draft(by, definition(by, version), lines)
  const answer = await submit(by.responsible.token, id)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return id
}

/** An engagement on it, in verification. */
async function engaged(version = '2024', documentKind = 'verification-statement') {
  const footprintId = await submittedOn(client, version)
  const applied = await apply(client.preparer.token, footprintId, certifier.slug, { documentKind })
  expect(applied.status, JSON.stringify(applied.body)).toBe(201)
  const { id } = applied.body
  const accepted = await move(certifier.manager.token, id, 'accept', acceptance(certifier))
  expect(accepted.status, JSON.stringify(accepted.body)).toBe(200)
  return { id: id as string, footprintId }
}

function examine(
  token: string,
  id: string,
  changes: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Answer> {
  const said = {
    ...steamPin(client, '2024'),
    digest,
    outcome: 'accepted',
    note: 'Invoices and meters agree.',
  }
  return move(token, id, 'factor-table-acceptances', { ...said, ...changes }, headers)
}

const propose = (id: string, changes: Record<string, unknown> = {}) =>
  move(certifier.lead.token, id, 'propose', { ...proposal, ...changes })

/** The pin of the private table, as the engagement shows it. */
async function shown(id: string, token = certifier.lead.token) {
  const { factorTables } = (await read(token, id)).body
  return factorTables.find((pin: { private: boolean }) => pin.private)
}

async function grantAndIssue(id: string): Promise<Answer> {
  await move(certifier.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Complete.' })
  const granted = await move(certifier.decider.token, id, 'decide', {
    outcome: 'granted',
    reason: 'Conforms.',
  })
  expect(granted.status, JSON.stringify(granted.body)).toBe(200)
  return move(certifier.decider.token, id, 'credential')
}

const payloadOf = (jwt: string) => {
  const text = atob((jwt.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'))
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(text, (one) => one.charCodeAt(0))))
}

describe('the whole way of a private table', () => {
  test('from draft to a credential that tells its digest, never its name', async () => {
    const { id } = await engaged()
    const pin = { ...steamPin(client, '2024'), digest, private: true, state: 'published', examination: null }
    expect(await shown(id)).toMatchObject(pin)
    const early = await propose(id)
    expect([early.status, code(early), early.body.guard]).toEqual([
      409,
      'factor-table-not-accepted',
      'private-tables-accepted',
    ])
    expect(early.body.factorTables).toEqual([{ ...steamPin(client, '2024'), digest, outcome: null }])

    const accepted = await examine(certifier.verifier.token, id)
    expect([accepted.status, accepted.body.state]).toEqual([200, 'in-verification'])
    expect((await shown(id)).examination).toMatchObject({
      outcome: 'accepted',
      note: 'Invoices and meters agree.',
      personName: expect.stringContaining('verifier'),
    })
    expect((await propose(id)).status).toBe(200)

    const issued = await grantAndIssue(id)
    expect(issued.status, JSON.stringify(issued.body)).toBe(201)
    const { calculation, verification } = payloadOf(issued.body.jwt).credentialSubject
    expect(calculation.factorTables.at(-1)).toEqual({ kind: 'private', digest })
    expect(verification.factorTables).toEqual([{ digest, opinion: 'accepted' }])

    const verified = await call('POST', '/v1/verifications', { body: { credential: issued.body.jwt } })
    expect(verified.body.verified).toBe(true)
    const html = { headers: { accept: 'text/html' } }
    const published = [
      payloadOf(issued.body.jwt),
      verified.body,
      (await call('GET', `/credentials/${issued.body.id}`, html)).body,
      (await call('GET', `/verify?credential=${issued.body.id}`, html)).body,
      (await call('GET', `/bodies/${certifier.slug}/did.json`)).body,
      (await call('GET', '/v1/factor-tables')).body,
      (await call('GET', '/v1/factors?text=steam')).body,
    ]
    for (const document of published) expect(JSON.stringify(document)).not.toContain(supplier)
    // The bytes are in no public place either.
    const hex = digest.replace('sha256:', '')
    expect((await call('GET', `/factor-tables/${hex}.json`)).status).toBe(404)
  })

  test('a correction that pins another version needs another acceptance; the first stays in the history', async () => {
    const { id, footprintId } = await engaged()
    await examine(certifier.lead.token, id)
    const found = { kind: 'clarification', text: 'The meter of May was read twice.', lines: ['steam'] }
    await move(certifier.lead.token, id, 'findings', found)
    expect((await move(certifier.lead.token, id, 'send-back')).status).toBe(200)
    expect(code(await examine(certifier.lead.token, id))).toBe('invalid-transition')

    const next = await publishSteam(client, '2024.1', '97', '2024')
    const { token } = client.preparer
    const standing = await call('GET', `/v1/footprints/${footprintId}`, { token })
    const edited = await call('PUT', `/v1/footprints/${footprintId}`, {
      token,
      body: definition(client, '2024.1'),
      headers: { 'if-match': standing.headers.get('etag') ?? '' },
    })
    expect(edited.status, JSON.stringify(edited.body)).toBe(200)
    expect((await submit(client.responsible.token, footprintId)).status).toBe(201)
    expect((await move(client.preparer.token, id, 'resubmit')).status).toBe(200)
    await move(client.preparer.token, id, 'findings/1/answer', { text: 'Read again.' })
    await move(certifier.lead.token, id, 'findings/1/close', { closure: 'resolved', note: 'Agreed.' })

    expect(await shown(id)).toMatchObject({ version: '2024.1', digest: next, examination: null })
    expect(code(await propose(id))).toBe('factor-table-not-accepted')
    expect(code(await examine(certifier.lead.token, id))).toBe('not-found')
    expect((await examine(certifier.lead.token, id, { version: '2024.1', digest: next })).status).toBe(200)
    expect((await propose(id)).status).toBe(200)
    const { history } = (await read(certifier.lead.token, id)).body
    const acts = history.filter(({ action }: { action: string }) => action === 'acceptFactorTable')
    expect(acts.map(({ factorTable }: { factorTable: object }) => factorTable)).toEqual([
      { ...steamPin(client, '2024'), digest },
      { ...steamPin(client, '2024.1'), digest: next },
    ])
  })

  test('a rejected one leaves an adverse opinion, whose document says that it was rejected', async () => {
    const { id } = await engaged()
    const note = 'The works gave no invoices.'
    expect((await examine(certifier.verifier.token, id, { outcome: 'rejected', note })).status).toBe(200)
    for (const opinion of ['unmodified', 'modified']) {
      expect(code(await propose(id, { opinion })), opinion).toBe('factor-table-not-accepted')
    }
    expect((await propose(id, { opinion: 'adverse', rationale: 'No evidence of the steam.' })).status).toBe(
      200,
    )
    const issued = await grantAndIssue(id)
    const { verification } = payloadOf(issued.body.jwt).credentialSubject
    expect([verification.opinion, verification.factorTables]).toEqual([
      'adverse',
      [{ digest, opinion: 'rejected' }],
    ])
  })

  test('the last outcome counts, and each one stands in the history', async () => {
    const { id } = await engaged()
    for (const outcome of ['rejected', 'accepted', 'rejected']) {
      expect((await examine(certifier.lead.token, id, { outcome })).status).toBe(200)
    }
    expect((await shown(id, client.preparer.token)).examination).toMatchObject({ outcome: 'rejected' })
    const { history } = (await read(client.preparer.token, id)).body
    expect(history.slice(-3).map(({ action }: { action: string }) => action)).toEqual([
      'rejectFactorTable',
      'acceptFactorTable',
      'rejectFactorTable',
    ])
  })
})

describe('who accepts', () => {
  test('is someone of the team, and nobody else', async () => {
    const { id } = await engaged()
    const outside = await someone(certifier.id, ['lead-verifier', 'verifier'])
    const before = (await read(certifier.lead.token, id)).body
    const attempts: [string, string, string][] = [
      ['the client', client.responsible.token, 'role-required'],
      ['a machine', client.machine, 'role-required'],
      ['the reviewer', certifier.reviewer.token, 'role-required'],
      ['the manager', certifier.manager.token, 'role-required'],
      ['a verifier outside the team', outside.token, 'role-required'],
      ['another body', stranger.lead.token, 'not-found'],
    ]
    for (const [who, token, expected] of attempts) {
      expect(code(await examine(token, id)), who).toBe(expected)
    }
    expect((await read(certifier.lead.token, id)).body).toEqual(before)
  })

  test('says which version by its digest; another name, version or digest is not there', async () => {
    const { id } = await engaged()
    const wrong = [
      { table: `${client.slug}.other` },
      { table: 'cn-fuel' },
      { version: '2025' },
      { digest: `sha256:${'0'.repeat(64)}` },
    ]
    for (const changes of wrong) {
      const answer = await examine(certifier.lead.token, id, changes)
      expect([answer.status, code(answer), answer.body.pointer]).toEqual([404, 'not-found', '/table'])
    }
    for (const changes of [{ digest: 'x' }, { outcome: 'perhaps' }, { note: '' }, { by: 'me' }]) {
      expect(code(await examine(certifier.lead.token, id, changes))).toBe('invalid-request')
    }
  })

  test('says it once under one key, for two round trips; the whole engagement is read in one', async () => {
    const { id } = await engaged()
    const key = { 'idempotency-key': crypto.randomUUID() }
    const first = await examine(certifier.lead.token, id, {}, key)
    const again = await examine(certifier.lead.token, id, {}, key)
    expect(again.body).toEqual(first.body)
    const other = await examine(certifier.lead.token, id, { outcome: 'rejected' }, key)
    expect(code(other)).toBe('idempotency-key-reused')
    const more = await examine(certifier.lead.token, id)
    expect([cost(more), cost(await read(certifier.lead.token, id))]).toEqual([2, 1])
  })
})

describe('who sees a private table', () => {
  const document = (token: string | undefined) =>
    call('GET', `${steamPath(client, '2024')}/document`, token === undefined ? {} : { token })
  const statusFor = async (token?: string) => [
    (await call('GET', steamPath(client, '2024'), token === undefined ? {} : { token })).status,
    (await document(token)).status,
  ]
  /** Whether a search shows its row, and a comparison its version. */
  const findsAndCompares = async (token?: string) => {
    const by = token === undefined ? {} : { token }
    const { body } = await call('GET', `/v1/factors?q=steam+of+${supplier}+works`, by)
    const own = body.factors.filter(({ table }: { table: string }) => table.startsWith(`${client.slug}.`))
    return [own.length > 0, (await call('GET', `${steamPath(client, '2024')}/diff/2024`, by)).status]
  }

  test('is its owner, and a body once a revision that pins it was put before it', async () => {
    const chosen = await body()
    const other = await enterprise()
    const footprintId = await submittedOn(client)
    expect(await statusFor(client.preparer.token)).toEqual([200, 200])
    expect(await statusFor(chosen.lead.token)).toEqual([404, 404])
    const applied = await apply(client.preparer.token, footprintId, chosen.slug)
    expect(await statusFor(chosen.lead.token)).toEqual([200, 200])
    expect(await findsAndCompares(chosen.lead.token)).toEqual([true, 200])
    expect(await findsAndCompares(client.preparer.token)).toEqual([true, 200])
    expect((await document(chosen.lead.token)).body.factors[0].name.en).toContain(supplier)
    for (const token of [stranger.lead.token, other.preparer.token, undefined]) {
      expect(await statusFor(token)).toEqual([404, 404])
      expect(await findsAndCompares(token)).toEqual([false, 404])
    }
    await move(chosen.manager.token, applied.body.id, 'decline', { reason: 'No capacity.' })
    expect(await statusFor(chosen.lead.token)).toEqual([404, 404])
    expect(await findsAndCompares(chosen.lead.token)).toEqual([false, 404])
  })

  test('is nobody who pins it: for another enterprise it does not exist, and a draft for no footprint', async () => {
    const other = await enterprise()
    await draftSteam(client, '2030', '90')
    const attempts: [Enterprise, object][] = [
      [other, steamPin(client, '2024')],
      [other, { table: `${client.slug}.no-such-table`, version: '1' }],
      [client, steamPin(client, '2030')],
      [client, { table: 'cn-fuel', version: '1066' }],
    ]
    const refusals = []
    for (const [by, pin] of attempts) {
      const calculation = inventory({ factorTables: [{ table: 'cn-fuel', version: '2015' }, pin] })
      const sent = { token: by.preparer.token, body: footprintBody({ scheme, calculation }) }
      const { status, body: refused } = await call('POST', '/v1/footprints', sent)
      refusals.push([status, refused.type?.split('/').pop(), refused.pointer])
    }
    const refusal = [422, 'unknown-factor-table', '/calculation/factorTables/1']
    expect(refusals).toEqual(attempts.map(() => refusal))
  })

  test('is no scheme of version 1.0: it takes none', async () => {
    const older = definition(client, '2024', { scheme: { id: 'egret-development', version: '1.0' } })
    const answer = await call('POST', '/v1/footprints', { token: client.preparer.token, body: older })
    expect([answer.status, answer.body.rule, answer.body.pointer]).toEqual([
      422,
      'private-table',
      '/calculation/factorTables',
    ])
  })
})

describe('a version that is no longer the newest', () => {
  const reason = 'The boiler of the works was metered wrongly.'

  test('is usable when superseded, and the draft’s calculation says which is newer', async () => {
    const by = await enterprise()
    await publishSteam(by, '2024', '95')
    const { id } = await draft(by, definition(by), lines)
    const calculate = async () =>
      (await call('POST', `/v1/footprints/${id}/calculations`, { token: by.preparer.token })).body
    expect((await calculate()).outdatedTables).toEqual([])
    await publishSteam(by, '2024.1', '96', '2024')
    await publishSteam(by, '2024.2', '97', '2024.1')
    const superseded = { ...steamPin(by, '2024'), state: 'superseded', reason: null, use: '2024.2' }
    const { outdatedTables, scheme: judged } = await calculate()
    expect([outdatedTables, judged.conforms]).toEqual([[superseded], true])
    const body = { ...(definition(by).calculation as object), lines }
    const kept = await call('POST', '/v1/calculations', { token: by.machine, body })
    expect([kept.status, kept.body.outdatedTables]).toEqual([200, [superseded]])
    expect((await submit(by.responsible.token, id)).status).toBe(201)
  })

  test('is refused when withdrawn: to create, to edit, to submit; with why, and what to use', async () => {
    const by = await enterprise()
    const { token } = by.preparer
    await publishSteam(by, '2024', '95')
    const key = { 'idempotency-key': crypto.randomUUID() }
    const create = (headers: Record<string, string> = {}) =>
      call('POST', '/v1/footprints', { token, body: definition(by), headers })
    const made = await create(key)
    const standing = await draft(by, definition(by), lines)
    await publishSteam(by, '2024.1', '96', '2024')
    expect((await withdrawSteam(by, '2024', reason)).status).toBe(200)

    const edit = call('PUT', `/v1/footprints/${standing.id}`, {
      token,
      body: definition(by),
      headers: { 'if-match': `"${standing.version}"` },
    })
    for (const refused of [await create(), await edit, await submit(by.responsible.token, standing.id)]) {
      expect([refused.status, code(refused)]).toEqual([422, 'factor-table-withdrawn'])
      expect(refused.body).toMatchObject({
        ...steamPin(by, '2024'),
        pointer: '/calculation/factorTables/2',
        reason,
        use: '2024.1',
      })
    }
    // What was made before is answered to its retry, still calculates, and says what became of the table.
    expect((await create(key)).body.id).toBe(made.body.id)
    const calculated = await call('POST', `/v1/footprints/${standing.id}/calculations`, { token })
    const withdrawn = { ...steamPin(by, '2024'), state: 'withdrawn', reason, use: '2024.1' }
    expect([calculated.status, calculated.body.outdatedTables]).toEqual([200, [withdrawn]])
    expect((await call('GET', `${steamPath(by, '2024')}/document`, { token })).status).toBe(200)
  })

  test('is withdrawn for new work only: an engagement goes on to its credential, and shows it', async () => {
    const by = client
    const pinned = await publishSteam(by, '2023', '95')
    const { id } = await engaged('2023')
    expect((await withdrawSteam(by, '2023', reason)).status).toBe(200)
    expect(await shown(id)).toMatchObject({ state: 'withdrawn', withdrawnReason: reason })
    expect((await examine(certifier.lead.token, id, { version: '2023', digest: pinned })).status).toBe(200)
    expect((await propose(id)).status).toBe(200)
    expect((await grantAndIssue(id)).status).toBe(201)
  })

  test('costs a change no more than before: two statements to create, edit and submit, private tables or not', async () => {
    const { token } = client.preparer
    for (const sent of [footprintBody({ scheme }), definition(client)]) {
      const made = await call('POST', '/v1/footprints', { token, body: sent })
      const headers = { 'if-match': made.headers.get('etag') ?? '' }
      const edited = await call('PUT', `/v1/footprints/${made.body.id}`, { token, body: sent, headers })
      const { id } = await draft(client, sent)
      const frozen = await submit(client.responsible.token, id)
      expect([made, edited, frozen].map(({ status }) => status)).toEqual([201, 200, 201])
      expect([made, edited, frozen].map(cost)).toEqual([2, 2, 2])
    }
  })
})
