/** Issuing for good stands on what an authority gave the body: recorded, signed, public, and asked for at every issue. */

import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, call, operatorToken } from './api.ts'
import {
  acceptance,
  apply,
  type Body,
  body,
  code,
  type Enterprise,
  enterprise,
  footprintBody,
  move,
  proposal,
  submitted,
} from './cast.ts'

const scheme = { id: 'egret-organization-statement', version: '1.2' }
const stated = {
  kind: 'accreditation',
  authority: { en: 'Example accreditation service', zh: '示例认可委员会' },
  number: 'EX V-001',
  documentKinds: ['verification-statement'],
  subjectKinds: ['organization'],
  standards: ['ISO 14064-1:2018', 'GB/T 32150-2015', 'ISO 14064-3:2019'],
  sectors: ['C'],
  source: 'https://accreditation.example/V-001',
  validFrom: '2026-01-01T00:00:00Z',
}

let client: Enterprise

const record = async (of: Body, sent: object = stated): Promise<Answer> =>
  call('POST', `/v1/organizations/${of.id}/accreditations`, { token: await operatorToken(), body: sent })

/** An engagement under the scheme, decided, in a sector. */
async function decided(by: Body, sector = 'C38'): Promise<string> {
  const footprintId = await submitted(client, footprintBody({ scheme }))
  const { id } = (await apply(client.preparer.token, footprintId, by.slug)).body
  const accepted = acceptance(by)
  const contractReview = { ...accepted.contractReview, sector }
  const steps = [
    await move(by.manager.token, id, 'accept', { ...accepted, contractReview }),
    await move(by.lead.token, id, 'propose', proposal),
    await move(by.reviewer.token, id, 'review', { outcome: 'concur', notes: 'Complete.' }),
    await move(by.decider.token, id, 'decide', { outcome: 'granted', reason: 'Conforms.' }),
  ]
  for (const step of steps) expect(step.status, JSON.stringify(step.body)).toBe(200)
  return id
}

const issue = (by: Body, id: string) => move(by.decider.token, id, 'credential', undefined)

beforeAll(async () => {
  client = await enterprise()
}, 60_000)

describe('issuing for good', () => {
  test('is refused without an accreditation, with what is missing', async () => {
    const certifier = await body()
    const answer = await issue(certifier, await decided(certifier))
    expect([answer.status, code(answer)]).toEqual([409, 'accreditation-missing'])
    expect(answer.body.needed).toMatchObject({ documentKind: 'verification-statement', sector: 'C38' })
    expect(answer.body.uncovered.standards).toEqual(stated.standards)
  })

  test('stands on a recorded one, which the document names and every verifier checks', async () => {
    const certifier = await body()
    const fact = await record(certifier)
    expect(fact.status, JSON.stringify(fact.body)).toBe(201)
    const answer = await issue(certifier, await decided(certifier))
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const verified = await call('POST', '/v1/verifications', { body: { credential: answer.body.jwt } })
    const outcomes = verified.body.checks.map((check: { outcome: string }) => check.outcome)
    expect(outcomes.filter((outcome: string) => outcome === 'failed')).toEqual([])
    expect(verified.body).toMatchObject({ verified: true, development: false })
    const named = verified.body.credential.issuer.accreditations
    expect(named).toMatchObject([{ number: 'EX V-001', fact: fact.body.url, digest: fact.body.digest }])
    const signed = await call('GET', new URL(fact.body.url).pathname)
    expect([signed.status, signed.headers.get('content-type')]).toEqual([200, 'application/vc+jwt'])
  })

  test('is refused in another sector, by another standard, before and after its term, and once it is withdrawn', async () => {
    const others = [
      { sectors: ['D44'] },
      { standards: ['ISO 14064-1:2018', 'GB/T 32150-2015'] },
      { documentKinds: ['certificate'] },
      { subjectKinds: ['product'] },
      { validFrom: '2099-01-01T00:00:00Z' },
      { validFrom: '2025-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
    ]
    const certifier = await body()
    const id = await decided(certifier)
    for (const other of others) await record(certifier, { ...stated, ...other })
    expect(code(await issue(certifier, id))).toBe('accreditation-missing')
    const fact = await record(certifier)
    const withdraw = (reason: string) =>
      operatorToken().then((token) =>
        call('POST', `/v1/accreditations/${fact.body.id}/withdraw`, { token, body: { reason } }),
      )
    expect((await withdraw('The authority withdrew it.')).status).toBe(200)
    expect((await withdraw('The authority withdrew it.')).status).toBe(200)
    expect(code(await withdraw('Another reason.'))).toBe('invalid-transition')
    expect(code(await issue(certifier, id))).toBe('accreditation-missing')
    await record(certifier, { ...stated, number: 'EX V-002' })
    expect((await issue(certifier, id)).status).toBe(201)
  })
})

describe('a fact', () => {
  test('is the operator’s to record, of a certification body, once for each request; anyone may read', async () => {
    const certifier = await body()
    const path = `/v1/organizations/${certifier.id}/accreditations`
    const mine = await call('POST', path, { token: certifier.manager.token, body: stated })
    expect([mine.status, ['role-required', 'insufficient-scope'].includes(code(mine))]).toEqual([403, true])
    const ofClient = await call('POST', `/v1/organizations/${client.id}/accreditations`, {
      token: await operatorToken(),
      body: stated,
    })
    expect([ofClient.status, code(ofClient)]).toEqual([404, 'not-found'])
    const headers = { 'idempotency-key': `fact-${certifier.id}` }
    const sent = { token: await operatorToken(), body: stated, headers }
    const [first, again] = [await call('POST', path, sent), await call('POST', path, sent)]
    expect(again.body).toEqual(first.body)
    const wrong = await call('POST', path, { ...sent, headers: {}, body: { ...stated, sectors: ['Z9'] } })
    expect([wrong.status, wrong.body.pointer]).toEqual([400, '/sectors/0'])
    const read = await call('GET', path)
    expect(read.body.accreditations).toEqual([first.body])
  })

  test('names its source by an address that a reader may follow as it stands, and begins in a year', async () => {
    const certifier = await body()
    const sources = [
      'javascript:alert(1)',
      'data:text/html,x',
      ' https://a.example/',
      'https://a.example/\u0000',
    ]
    for (const source of [...sources, 'https://a.example/\n', 'https://', 'a.example']) {
      const { status, body: refused } = await record(certifier, { ...stated, source })
      expect([source, status, refused.pointer]).toEqual([source, 400, '/source'])
    }
    const { status, body: refused } = await record(certifier, {
      ...stated,
      validFrom: '0000-01-01T00:00:00Z',
    })
    expect([status, refused.pointer]).toEqual([400, '/validFrom'])
  })
})
