/** Issuing and verifying over HTTP: once, to the same bytes, open to anyone who checks, and silent on what is private. */

import { beforeAll, describe, expect, test } from 'vitest'
import { request } from '../harness/http.ts'
import { type Answer, call, operatorToken } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  engagementIn,
  enterprise,
  footprintBody,
  inventory,
  move,
  proposal,
  read,
  submit,
  submitted,
} from './cast.ts'

let client: Enterprise
let certifier: Body
let engagementId: string
let issued: Answer

const issue = (token: string, id: string, headers: Record<string, string> = {}) =>
  move(token, id, 'credential', undefined, headers)
const verify = (sent: unknown) => call('POST', '/v1/verifications', { body: sent })
const outcomes = (answer: Answer): Record<string, string> =>
  Object.fromEntries(
    answer.body.checks.map((check: { name: string; outcome: string }) => [check.name, check.outcome]),
  )
const payloadOf = (jwt: string) => JSON.parse(new TextDecoder().decode(bytesOf(jwt.split('.')[1] ?? '')))
const bytesOf = (base64url: string) =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
  engagementId = await engagementIn('decided', client, certifier)
  issued = await issue(certifier.decider.token, engagementId)
}, 60_000)

describe('issuing', () => {
  test('answers the signed credential, public and logged, for three round trips and at most six objects', async () => {
    expect(issued.status, JSON.stringify(issued.body)).toBe(201)
    expect(issued.body.number).toMatch(/^EGRET-\d{4}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/)
    expect(issued.body).toMatchObject({ state: 'public', status: 'active' })
    // A body's first document begins its lists, and a cold isolate reads keys and scheme.
    const warm = await engagementIn('decided', client, certifier)
    await issue(certifier.decider.token, warm)
    const again = await issue(certifier.decider.token, await engagementIn('decided', client, certifier))
    // The file, the fixed bytes with the turn to publish, the end of the turn.
    expect(again.headers.get('x-egret-cost')).toMatch(/database=3, reads=\d, writes=[56]$/)
  })

  test('draws places that tell nothing, in the lists of its body', async () => {
    const { credentialStatus: places } = payloadOf(issued.body.jwt)
    expect(places).toHaveLength(1)
    for (const { statusListCredential } of places) {
      const list = await call('GET', new URL(statusListCredential).pathname)
      expect([list.status, list.headers.get('content-type')]).toEqual([200, 'application/vc+jwt'])
    }
  })

  test('again answers the same credential, whoever of the body asks and under whatever key', async () => {
    const retry = await issue(certifier.decider.token, engagementId, { 'idempotency-key': 'issue-again' })
    const other = await issue(certifier.manager.token, engagementId)
    expect(retry.body).toEqual(issued.body)
    expect(other.body).toEqual(issued.body)
    expect((await read(certifier.manager.token, engagementId)).body.state).toBe('issued')
  })

  test('comes out of the longest texts that are taken, and reads and verifies', async () => {
    const text = { en: 'x'.repeat(200), zh: '厦'.repeat(200) }
    const sites = (count: number) => Array.from({ length: count }, () => ({ name: text, address: text }))
    // A site is 4 × 200 characters, half of them of three bytes: about 1.65 KB, so nine fit into 16 KiB and eleven do not.
    const tooMany = { token: client.preparer.token, body: footprintBody({ sites: sites(11) }) }
    const refused = await call('POST', '/v1/footprints', tooMany)
    expect([refused.status, code(refused), refused.body.pointer]).toEqual([400, 'too-many-items', '/sites'])
    const footprintId = await submitted(client, footprintBody({ sites: sites(9) }))
    const { id } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    await move(certifier.manager.token, id, 'accept', acceptance(certifier))
    const modified = (rationale: string) =>
      move(certifier.lead.token, id, 'propose', { ...proposal, opinion: 'modified', rationale })
    const long = await modified('据'.repeat(4001))
    expect([long.status, long.body.pointer]).toEqual([400, '/rationale'])
    expect((await modified('据'.repeat(4000))).status).toBe(200)
    await move(certifier.reviewer.token, id, 'review', { outcome: 'concur', notes: 'x' })
    await move(certifier.decider.token, id, 'decide', { outcome: 'granted', reason: 'x' })
    const answer = await issue(certifier.decider.token, id)
    expect(answer.status, JSON.stringify(answer.body).slice(0, 300)).toBe(201)
    expect((await verify({ credential: answer.body.jwt })).body.verified).toBe(true)
    const page = await call('GET', `/credentials/${answer.body.id}`, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
  })

  test('is not even begun for a footprint that says words of its own where a credential prints gases', async () => {
    const gas = (factor: number, at: number) => `${factor}-${at}-${'气'.repeat(70)}`
    const own = (at: number) => ({
      id: `own-${at}`,
      name: { en: 'Own factor', zh: null },
      category: 'electricity',
      family: 'electricity-generation',
      region: 'CN-FJ',
      year: 2023,
      unit: 'kWh',
      flows: [{ kind: 'fossil', gas: 'CO2', kg: '0.5' }],
      gwpBasis: 'gas-masses',
      statedCo2eKg: null,
      // 50 names of more than 210 bytes: three such factors would take over 31 KB of the 26 that there are.
      gasesNotCovered: Array.from({ length: 50 }, (_, index) => gas(at, index)),
      includesTransmission: false,
      fossilFugitiveMethane: false,
      confirmation: 'primary',
      source: { id: 'own', locator: 'p. 1' },
      notes: null,
    })
    const ownFactors = [own(1), own(2), own(3)]
    const lines = ownFactors.map(({ id }) => ({
      id,
      category: 'purchased-electricity',
      quantity: { amount: '1', unit: 'kWh' },
      factor: { id },
    }))
    const { id } = await draft(client, footprintBody({ calculation: inventory({ ownFactors }) }), lines)
    const answer = await submit(client.responsible.token, id)
    expect([answer.status, code(answer), answer.body.pointer]).toEqual([
      422,
      'gwp-missing',
      '/ownFactors/0/gasesNotCovered/0',
    ])
  })

  test('is refused before the decision, to the client, to verifiers, and unseen to others', async () => {
    const undecided = await engagementIn('reviewed', client, certifier)
    expect(code(await issue(certifier.decider.token, undecided))).toBe('invalid-transition')
    const decided = await engagementIn('decided', client, certifier)
    expect((await issue(certifier.lead.token, decided)).status).toBe(403)
    expect((await issue(client.preparer.token, decided)).status).toBe(403)
    expect((await issue((await body()).decider.token, decided)).status).toBe(404)
    expect((await read(certifier.manager.token, decided)).body.state).toBe('decided')
  })

  test('is refused under a scheme that waits for status lists and log', async () => {
    const scheme = { id: 'egret-organization-statement', version: '1.0' }
    const footprintId = await submitted(client, footprintBody({ scheme }))
    const { id } = (await apply(client.preparer.token, footprintId, certifier.slug)).body
    await move(certifier.manager.token, id, 'accept', acceptance(certifier))
    await move(certifier.lead.token, id, 'propose', proposal)
    await move(certifier.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Complete.' })
    const decided = await move(certifier.decider.token, id, 'decide', {
      outcome: 'granted',
      reason: 'Conforms.',
    })
    expect(decided.status, JSON.stringify(decided.body)).toBe(200)
    const answer = await issue(certifier.decider.token, id)
    expect([answer.status, code(answer)]).toEqual([409, 'scheme-not-issuable'])
  })

  test('shows up in the lists of issuer and holder, and in nobody else’s', async () => {
    const ids = async (token: string) =>
      (await call('GET', '/v1/credentials?limit=200', { token })).body.credentials.map(
        (row: { id: string }) => row.id,
      )
    expect(await ids(certifier.manager.token)).toContain(issued.body.id)
    expect(await ids(client.preparer.token)).toContain(issued.body.id)
    expect(await ids((await enterprise()).preparer.token)).toEqual([])
  })
})

describe('the public credential', () => {
  test('is the signed bytes, immutable, read without Postgres', async () => {
    const response = await request(`/credentials/${issued.body.id}.jwt`)
    expect(response.headers.get('content-type')).toBe('application/vc+jwt')
    expect(response.headers.get('cache-control')).toContain('immutable')
    expect(response.headers.get('x-egret-cost')).toContain('database=0')
    expect(await response.text()).toBe(issued.body.jwt)
    expect((await request(`/credentials/${crypto.randomUUID()}.jwt`)).status).toBe(404)
  })

  test('names what the figure rests on, and nothing that is private', () => {
    const text = JSON.stringify(payloadOf(issued.body.jwt))
    const { credentialSubject: subject, issuer, development, notice } = JSON.parse(text)
    expect(issuer.id).toMatch(new RegExp(`^did:web:egret\\.test:bodies:${certifier.slug}$`))
    // 56,148.484986 kg by hand (cast.ts), printed in tonnes to two digits.
    expect(subject.result.total).toEqual({ amount: '56.15', unit: 'tCO2e' })
    expect([development, notice.en.length > 0, notice.zh.length > 0]).toEqual([true, true, true])
    for (const digest of ['record', 'revision']) expect(subject.calculation[digest]).toMatch(/^sha256:/)
    expect(subject.calculation.engine.digest).toMatch(/^sha256:/)
    for (const secret of ['118400', '118,400', client.preparer.personId, certifier.lead.personId]) {
      expect(text).not.toContain(secret)
    }
  })

  test('has other pseudonyms for the same persons in the next credential', async () => {
    const next = await issue(certifier.decider.token, await engagementIn('decided', client, certifier))
    const pseudonyms = (answer: Answer): string[] =>
      payloadOf(answer.body.jwt).credentialSubject.verification.persons.map(
        (person: { pseudonym: string }) => person.pseudonym,
      )
    expect(pseudonyms(next).filter((name) => pseudonyms(issued).includes(name))).toEqual([])
  })

  test('has an issuer whose DID document lists its key', async () => {
    const { body: document } = await call('GET', `/bodies/${certifier.slug}/did.json`)
    const header = JSON.parse(new TextDecoder().decode(bytesOf(issued.body.jwt.split('.')[0])))
    expect(header).toMatchObject({ typ: 'vc+jwt', cty: 'vc', alg: 'EdDSA' })
    expect(document.assertionMethod).toContain(header.kid)
    expect(JSON.stringify(document)).not.toContain('"d"')
  })
})

describe('POST /v1/verifications', () => {
  test('finds it authentic, by id and by the bytes, and says what was not checked and why', async () => {
    for (const sent of [{ credentialId: issued.body.id }, { credential: issued.body.jwt }]) {
      const answer = await verify(sent)
      expect([answer.status, answer.body.verified, answer.body.opinion]).toEqual([200, true, 'unmodified'])
      expect(outcomes(answer)).toEqual({
        format: 'passed',
        schema: 'passed',
        issuer: 'passed',
        signature: 'passed',
        validity: 'passed',
        independence: 'passed',
        key: 'passed',
        authority: 'not-checked',
        status: 'passed',
        log: 'passed',
        witnesses: 'not-checked',
        opinion: 'passed',
        recomputation: 'not-checked',
      })
    }
  })

  test('a changed byte anywhere is a failed check by name, and never a failure of ours', async () => {
    const { jwt } = issued.body
    for (let at = 7; at < jwt.length; at += Math.floor(jwt.length / 40)) {
      if (jwt[at] === '.') continue
      const tampered = jwt.slice(0, at) + (jwt[at] === 'A' ? 'B' : 'A') + jwt.slice(at + 1)
      const answer = await verify({ credential: tampered })
      expect([answer.status, answer.body.verified], `character ${at}`).toEqual([200, false])
      const failed = Object.entries(outcomes(answer)).filter(([, outcome]) => outcome === 'failed')
      expect(failed.length, `character ${at}`).toBeGreaterThan(0)
    }
  })

  test('an adverse opinion is genuine, and said as loudly', async () => {
    const id = await engagementIn('in-verification', client, certifier)
    await move(certifier.lead.token, id, 'propose', {
      ...proposal,
      opinion: 'adverse',
      rationale: 'The meter was not read for half of the year.',
    })
    await move(certifier.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Agreed.' })
    await move(certifier.decider.token, id, 'decide', { outcome: 'granted', reason: 'As proposed.' })
    const adverse = await issue(certifier.decider.token, id)
    const answer = await verify({ credential: adverse.body.jwt })
    expect([answer.body.verified, answer.body.opinion, outcomes(answer).opinion]).toEqual([
      true,
      'adverse',
      'failed',
    ])
    expect(answer.body.headline.en).toContain('ADVERSE')
    expect(payloadOf(adverse.body.jwt).credentialSubject.verification.basis).toContain('half of the year')
  })

  test('an access token is no credential, and a credential no access token', async () => {
    const token = await operatorToken()
    expect((await verify({ credential: token })).body.verified).toBe(false)
    expect((await call('GET', '/v1/organizations', { token: issued.body.jwt })).status).toBe(401)
  })

  test('a request that is none is refused: both, neither, or an id nobody has', async () => {
    const both = await verify({ credential: issued.body.jwt, credentialId: issued.body.id })
    expect([both.status, (await verify({})).status]).toEqual([400, 400])
    expect((await verify({ credentialId: crypto.randomUUID() })).status).toBe(404)
    expect((await verify({ credential: 'x'.repeat(300_000) })).status).toBe(413)
  })
})
