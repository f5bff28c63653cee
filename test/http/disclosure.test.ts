/** What is public of a result: the scheme's minimum and the holder's choice, until the decision; and the format it is public in. */

import { beforeAll, describe, expect, test } from 'vitest'
import { integrityOf } from '../../src/credential/integrity.ts'
import { request } from '../harness/http.ts'
import { type Answer, call } from './api.ts'
import {
  apply,
  type Body,
  body,
  code,
  draft,
  type Enterprise,
  engagementIn,
  enterprise,
  footprintBody,
  inventoryLines,
  move,
  read,
  submit,
  submitted,
} from './cast.ts'

let client: Enterprise
let certifier: Body

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
}, 60_000)

const choose = (token: string, id: string, disclosure: readonly string[], headers = {}): Promise<Answer> =>
  call('PUT', `/v1/engagements/${id}/disclosure`, { token, body: { disclosure }, headers })

async function issuedResult(id: string) {
  const issued = await move(certifier.decider.token, id, 'credential')
  expect(issued.status, JSON.stringify(issued.body)).toBe(201)
  const jwt = await (await request(`/credentials/${issued.body.id}.jwt`)).text()
  const document = JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())
  return { document, result: document.credentialSubject.result }
}

describe('the holder’s choice', () => {
  test('is made in the application, and shows in the document', async () => {
    const id = await engagementIn('decided', client, certifier, { disclosure: ['byGas', 'byCategory'] })
    const { result } = await issuedResult(id)
    expect(result.breakdowns).toEqual(['byKind', 'byScope', 'byCategory', 'byGas'])
    // 118,400 kWh × 0.4211 kg; 2 t of diesel × 3,145.12 kg; the grid factor is of CO2 alone.
    expect(result.byCategory).toEqual([
      { category: 'mobile-combustion', amount: '6.29', unit: 'tCO2e' },
      { category: 'purchased-electricity', amount: '49.86', unit: 'tCO2e' },
    ])
    expect(result.byGas.map((entry: { gasGroup: string }) => entry.gasGroup)).toContain('CO2')
  })

  test('shows nothing beyond the minimum where nothing was chosen', async () => {
    const { result } = await issuedResult(await engagementIn('decided', client, certifier))
    expect(result.breakdowns).toEqual(['byKind', 'byScope'])
    expect(result).not.toHaveProperty('byGas')
  })

  test('may change until the decision, and not after', async () => {
    const id = await engagementIn('reviewed', client, certifier, { disclosure: ['byGas'] })
    const changed = await choose(client.responsible.token, id, ['byCategory', 'byIsoCategory', 'byCategory'])
    expect(changed.status, JSON.stringify(changed.body)).toBe(200)
    expect(changed.body.disclosure).toEqual(['byIsoCategory', 'byCategory'])
    const decided = await move(certifier.decider.token, id, 'decide', { outcome: 'granted', reason: 'Yes.' })
    expect(decided.status).toBe(200)
    const late = await choose(client.responsible.token, id, [])
    expect([late.status, code(late)]).toEqual([409, 'invalid-transition'])
    expect((await issuedResult(id)).result.breakdowns).toEqual([
      'byKind',
      'byScope',
      'byIsoCategory',
      'byCategory',
    ])
  })

  test('of sites is made where every line names one, and refused with the reason where one does not', async () => {
    const newest = { id: 'egret-development', version: '1.3' }
    const at = (facilities: readonly (string | undefined)[]) =>
      inventoryLines.map((line, index) => ({ ...line, facility: facilities[index] }))
    const submittedAt = async (facilities: readonly (string | undefined)[]) => {
      const { id } = await draft(client, footprintBody({ scheme: newest }), { lines: at(facilities) }.lines)
      const frozen = await submit(client.responsible.token, id)
      expect(frozen.status, JSON.stringify(frozen.body)).toBe(201)
      return id
    }
    const chosen = { disclosure: ['bySite'] }
    const told = await submittedAt(['harbour', 'hill'])
    const made = await apply(client.preparer.token, told, certifier.slug, chosen)
    expect([made.status, made.body.disclosure]).toEqual([201, ['bySite']])
    expect((await choose(client.preparer.token, made.body.id, ['bySite', 'byGas'])).status).toBe(200)

    const untold = await submittedAt(['harbour', undefined])
    const refused = await apply(client.preparer.token, untold, certifier.slug, chosen)
    expect([refused.status, code(refused)]).toEqual([422, 'scheme-violation'])
    expect(refused.body).toMatchObject({ rule: 'disclosure', pointer: '/disclosure/0' })
    expect(refused.body.detail).toContain('name no facility')
    const plain = await apply(client.preparer.token, untold, certifier.slug)
    const later = await choose(client.preparer.token, plain.body.id, ['byGas', 'bySite'])
    expect([code(later), later.body.pointer]).toEqual(['scheme-violation', '/disclosure/1'])
  })

  test('is bounded by the scheme, also in the application', async () => {
    const footprint = await submitted(client)
    const refused = await apply(client.preparer.token, footprint, certifier.slug, { disclosure: ['byStage'] })
    expect([refused.status, code(refused)]).toEqual([422, 'scheme-violation'])
    expect(refused.body).toMatchObject({ rule: 'disclosure', pointer: '/disclosure/0' })
    const made = await apply(client.preparer.token, footprint, certifier.slug)
    const later = await choose(client.preparer.token, made.body.id, ['bySite'])
    expect([later.status, code(later)]).toEqual([422, 'scheme-violation'])
    const odd = await choose(client.preparer.token, made.body.id, ['byMoon'])
    expect([odd.status, code(odd)]).toEqual([400, 'invalid-request'])
  })

  test('is the client’s alone, by a person; a retry answers the same, a stale act loses', async () => {
    const id = await engagementIn('applied', client, certifier)
    const byBody = await choose(certifier.manager.token, id, ['byGas'])
    expect([byBody.status, code(byBody)]).toEqual([403, 'role-required'])
    const byMachine = await choose(client.machine, id, ['byGas'])
    expect([byMachine.status, code(byMachine)]).toEqual([403, 'member-required'])
    const stranger = await choose((await enterprise()).preparer.token, id, ['byGas'])
    expect(stranger.status).toBe(404)
    const headers = { 'idempotency-key': crypto.randomUUID() }
    const first = await choose(client.preparer.token, id, ['byGas'], headers)
    const again = await choose(client.preparer.token, id, ['byGas'], headers)
    expect([first.status, again.status, again.body.version]).toEqual([200, 200, first.body.version])
    const other = await choose(client.preparer.token, id, ['byCategory'], headers)
    expect(code(other)).toBe('idempotency-key-reused')
  })

  test('of many at once, each is made whole or not at all', async () => {
    const id = await engagementIn('applied', client, certifier)
    const choices = [['byGas'], ['byCategory'], ['byIsoCategory'], ['byGas', 'byCategory']]
    const answers = await Promise.all(choices.map((one) => choose(client.preparer.token, id, one)))
    const made = answers.filter(({ status }) => status === 200)
    expect(made.length).toBeGreaterThan(0)
    for (const lost of answers.filter(({ status }) => status !== 200)) expect(code(lost)).toBe('stale-state')
    const standing = await read(client.preparer.token, id)
    expect(standing.body.version).toBe(1 + made.length)
    const newest = made.find(({ body: head }) => head.version === standing.body.version)
    expect(standing.body.disclosure).toEqual(newest?.body.disclosure)
  })
})

describe('the published format', () => {
  test.each([
    ['/contexts/v1', 'application/ld+json'],
    ['/schemas/credential/v1.json', 'application/schema+json'],
  ])('%s is served for ever, to anyone', async (path, type) => {
    const answer = await request(path)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('cache-control')).toContain('immutable')
    expect(answer.headers.get('access-control-allow-origin')).toBe('*')
  })

  test('is what a document names by digest', async () => {
    const { document } = await issuedResult(await engagementIn('decided', client, certifier))
    const { credentialSchema, relatedResource } = document
    for (const { id, digestSRI } of [credentialSchema, ...relatedResource]) {
      const served = await request(new URL(id).pathname)
      expect(integrityOf(new Uint8Array(await served.arrayBuffer())), id).toBe(digestSRI)
    }
  })
})
