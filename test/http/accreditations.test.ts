/** What authorities say of bodies, over HTTP: signed, logged, public, and asked for when a document is issued. */

import { decodeJwt, decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { accreditationsFor } from '../../src/actions/accreditations/accreditations-for.ts'
import { request, runSchedule } from '../harness/http.ts'
import { openTestPorts } from '../harness/ports.ts'
import { call, operatorToken, organization } from './api.ts'
import { code } from './cast.ts'

let operator: string
let body: { id: string; slug: string }
beforeAll(async () => {
  operator = await operatorToken()
  body = await organization(operator, 'certification-body')
})

const stated = {
  kind: 'accreditation',
  authority: { en: 'China National Accreditation Service', zh: '中国合格评定国家认可委员会' },
  number: 'CNAS V001',
  documentKinds: ['verification-statement'],
  subjectKinds: ['organization'],
  standards: ['ISO 14064-1:2018', 'ISO 14064-3:2019'],
  sectors: ['C', 'D44'],
  validFrom: '2026-01-01T00:00:00Z',
  validUntil: '2029-01-01T00:00:00Z',
  source: 'https://www.cnas.org.cn/',
}

const record = (changes: object = {}, headers: Record<string, string> = {}) =>
  call('POST', `/v1/organizations/${body.id}/accreditations`, {
    token: operator,
    body: { ...stated, ...changes },
    headers,
  })

const needed = {
  kinds: ['accreditation', 'approval'],
  documentKind: 'verification-statement',
  subjectKind: 'organization',
  standards: ['ISO 14064-1:2018', 'ISO 14064-3:2019'],
  sector: 'C38',
  at: new Date('2026-06-01T00:00:00Z'),
} as const

async function covering(bodyId: string, changes: object = {}) {
  const { ports, close } = openTestPorts()
  try {
    return await accreditationsFor(ports, bodyId, { ...needed, ...changes })
  } finally {
    await close()
  }
}

describe('a fact', () => {
  test('is signed by the installation, told in the log, and public', async () => {
    const answer = await record({ number: 'CNAS V002' })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
    const jwt = await (await request(`/accreditations/${answer.body.id}`)).text()
    expect(decodeProtectedHeader(jwt)).toMatchObject({ typ: 'vc+jwt', kid: 'did:web:egret.test#key-2026-1' })
    expect(decodeJwt(jwt)).toMatchObject({
      issuer: 'did:web:egret.test',
      credentialSubject: { id: `did:web:egret.test:bodies:${body.slug}`, number: 'CNAS V002' },
    })
    const { ports, close } = openTestPorts()
    const { size } = await ports.log.head()
    const told = (await ports.log.leaves(0, size)).filter(({ type }) => type === 'accreditation')
    await close()
    expect(told.map(({ body: text }) => JSON.parse(text))).toContainEqual(
      expect.objectContaining({ act: 'recorded', digest: answer.body.digest }),
    )
    const listed = await call('GET', `/v1/bodies/${body.slug}/accreditations`)
    expect(listed.body.accreditations).toContainEqual(expect.objectContaining({ id: answer.body.id }))
  })

  test('asked for again under the same key is the same fact, and another one under it is refused', async () => {
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const first = await record({ number: 'CNAS V003' }, headers)
    const again = await record({ number: 'CNAS V003' }, headers)
    expect([again.status, again.body.id]).toEqual([201, first.body.id])
    expect(code(await record({ number: 'CNAS V004' }, headers))).toBe('idempotency-key-reused')
  })

  test('is the operator’s to state, has a term that ends after it begins, and sections that exist', async () => {
    expect(code(await record({ validUntil: '2025-01-01T00:00:00Z' }))).toBe('invalid-request')
    expect(code(await record({ sectors: ['Z9'] }))).toBe('invalid-request')
    const enterprise = await organization(operator, 'enterprise')
    const wrong = await call('POST', `/v1/organizations/${enterprise.id}/accreditations`, {
      token: operator,
      body: stated,
    })
    expect(code(wrong)).toBe('not-found')
  })

  test('is written again by the sweep until it was read back', async () => {
    const { body: fact } = await record({ number: 'CNAS V005' })
    const { ports, close } = openTestPorts()
    const key = `accreditations/${fact.id}.jwt`
    const whole = await ports.objects.get('public', key)
    await ports.objects.put('public', key, new TextEncoder().encode('lost'), { contentType: 'text/plain' })
    await runSchedule()
    expect(await ports.objects.get('public', key)).toEqual(whole)
    await runSchedule()
    expect((await ports.accreditations.unconfirmed(100)).map(({ id }) => id)).not.toContain(fact.id)
    await close()
  })
})

describe('issuing', () => {
  test('finds the facts that cover a document, and names what none covers', async () => {
    const other = await organization(operator, 'certification-body')
    const path = `/v1/organizations/${other.id}/accreditations`
    const { body: fact } = await call('POST', path, { token: operator, body: stated })
    expect(await covering(other.id)).toEqual([
      expect.objectContaining({ id: fact.id, digest: fact.digest, validFrom: '2026-01-01T00:00:00Z' }),
    ])
    const refused = async (changes: object) =>
      covering(other.id, changes).then(
        () => null,
        (thrown) => [thrown.code, thrown.facts.uncovered],
      )
    const none = { documentKind: null, subjectKind: null, standards: [], sector: null }
    expect(await refused({ sector: 'F51' })).toEqual([
      'accreditation-missing',
      expect.objectContaining({ sector: 'F51' }),
    ])
    expect(await refused({ documentKind: 'certificate' })).toEqual([
      'accreditation-missing',
      expect.objectContaining({ documentKind: 'certificate' }),
    ])
    expect(await refused({ standards: ['ISO 14067:2018'] })).toEqual([
      'accreditation-missing',
      { ...none, standards: ['ISO 14067:2018'] },
    ])
    expect(await refused({ at: new Date('2030-01-01T00:00:00Z') })).toMatchObject([
      'accreditation-missing',
      {},
    ])
    expect(await refused({ kinds: ['approval'] })).toMatchObject(['accreditation-missing', {}])
    const withdrawn = await call('POST', `${path}/${fact.id}/withdrawal`, {
      token: operator,
      body: { reason: 'The authority withdrew it.' },
    })
    expect([withdrawn.status, withdrawn.body.withdrawal?.reason]).toEqual([200, 'The authority withdrew it.'])
    expect(await covering(other.id)).toHaveLength(1)
    expect(await refused({ at: new Date() })).toMatchObject(['accreditation-missing', {}])
    const again = await call('POST', `${path}/${fact.id}/withdrawal`, {
      token: operator,
      body: { reason: 'x' },
    })
    expect(code(again)).toBe('invalid-transition')
  })
})
