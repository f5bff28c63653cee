/** Moves of issued documents over HTTP: who may, what may follow what, and that the public sees it at once and for good. */

import { beforeAll, describe, expect, test } from 'vitest'
import { bitAt, readStatusList } from '../../src/credential/status-list.ts'
import { statusListKey } from '../../src/ports/objects.ts'
import { openTestPorts } from '../harness/ports.ts'
import { type Answer, call } from './api.ts'
import { type Body, body, code, type Enterprise, engagementIn, enterprise, move } from './cast.ts'

let client: Enterprise
let certifier: Body

interface Place {
  readonly statusPurpose: 'revocation' | 'suspension'
  readonly statusListIndex: string
  readonly statusListCredential: string
}

const payloadOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1] ?? '', 'base64url').toString())

async function issued(): Promise<{ id: string; places: readonly Place[] }> {
  const engagementId = await engagementIn('decided', client, certifier, { documentKind: 'certificate' })
  const answer = await move(certifier.decider.token, engagementId, 'credential', undefined)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return { id: answer.body.id, places: payloadOf(answer.body.jwt).credentialStatus }
}

const ask = (
  token: string,
  id: string,
  sent: object,
  headers: Record<string, string> = {},
): Promise<Answer> => call('POST', `/v1/credentials/${id}/moves`, { token, body: sent, headers })
const decide = (id: string, sent: object, headers?: Record<string, string>) =>
  ask(certifier.decider.token, id, sent, headers)

/** The bit as the public bucket has it, past the thirty seconds that servers may keep a list. */
async function bit(places: readonly Place[], purpose: Place['statusPurpose']): Promise<boolean | undefined> {
  const place = places.find(({ statusPurpose }) => statusPurpose === purpose)
  const listId = place?.statusListCredential.split('/').at(-1) ?? ''
  const { ports, close } = openTestPorts()
  const bytes = await ports.objects.get('public', statusListKey(listId))
  await close()
  const read = readStatusList(payloadOf(new TextDecoder().decode(bytes ?? new Uint8Array())))
  return read && bitAt(read.bits, Number(place?.statusListIndex))
}

beforeAll(async () => {
  client = await enterprise()
  certifier = await body()
}, 60_000)

describe('a certificate', () => {
  test('is suspended, reinstated and withdrawn, each public at once, and withdrawn for good', async () => {
    const { id, places } = await issued()
    const seen = async () => [await bit(places, 'revocation'), await bit(places, 'suspension')]
    expect(await seen()).toEqual([false, false])
    const suspended = await decide(id, { move: 'suspend', reason: 'nonconformity', note: 'meters' })
    expect([suspended.status, suspended.body.number]).toEqual([201, 1])
    expect(await seen()).toEqual([false, true])
    expect((await decide(id, { move: 'reinstate', reason: 'resolved' })).status).toBe(201)
    expect(await seen()).toEqual([false, false])
    await decide(id, { move: 'suspend', reason: 'nonconformity' })
    expect((await decide(id, { move: 'withdraw', reason: 'misuse-of-document' })).status).toBe(201)
    // What was suspended and is then withdrawn keeps both bits: no two lists together say "valid".
    expect(await seen()).toEqual([true, true])
    const back = await decide(id, { move: 'reinstate', reason: 'resolved' })
    expect([back.status, code(back), back.body.possible]).toEqual([409, 'invalid-transition', []])
  })

  test('is cancelled at the wish of its holder only, and nobody else decides', async () => {
    const { id, places } = await issued()
    const wrong = await decide(id, { move: 'cancel', reason: 'nonconformity' })
    expect([wrong.status, code(wrong), wrong.body.pointer]).toEqual([400, 'invalid-request', '/reason'])
    for (const token of [certifier.lead.token, certifier.reviewer.token, certifier.manager.token]) {
      const refused = await ask(token, id, { move: 'cancel', reason: 'holder-request' })
      expect([refused.status, code(refused)]).toEqual([403, 'role-required'])
    }
    const hidden = await ask(client.responsible.token, id, { move: 'cancel', reason: 'holder-request' })
    expect([hidden.status, code(hidden)]).toEqual([404, 'not-found'])
    expect((await decide(id, { move: 'cancel', reason: 'holder-request' })).status).toBe(201)
    expect(await bit(places, 'revocation')).toBe(true)
  })

  test('is moved once by a request that is repeated, and told to its body and holder only', async () => {
    const { id } = await issued()
    const headers = { 'idempotency-key': `suspend-${id}` }
    const sent = { move: 'suspend', reason: 'information-wrong', note: 'address' }
    const [first, second] = [await decide(id, sent, headers), await decide(id, sent, headers)]
    expect(second.body).toEqual(first.body)
    const other = await decide(id, { ...sent, note: 'other' }, headers)
    expect([other.status, code(other)]).toEqual([422, 'idempotency-key-reused'])
    const elsewhere = await decide((await issued()).id, sent, headers)
    expect([elsewhere.status, code(elsewhere)]).toEqual([422, 'idempotency-key-reused'])
    const told = await call('GET', `/v1/credentials/${id}/moves`, { token: client.preparer.token })
    expect(told.body.moves).toEqual([first.body])
    const stranger = await enterprise()
    const unseen = await call('GET', `/v1/credentials/${id}/moves`, { token: stranger.preparer.token })
    expect(unseen.status).toBe(404)
  })
})

describe('a verification statement', () => {
  test('is withdrawn, never suspended: it speaks of a point in time', async () => {
    const engagementId = await engagementIn('decided', client, certifier)
    const { id } = (await move(certifier.decider.token, engagementId, 'credential', undefined)).body
    const refused = await decide(id, { move: 'suspend', reason: 'nonconformity' })
    expect([refused.status, code(refused), refused.body.possible]).toEqual([
      409,
      'invalid-transition',
      ['withdraw', 'cancel', 'supersede'],
    ])
    expect((await decide(id, { move: 'withdraw', reason: 'facts-discovered-later' })).status).toBe(201)
  })
})
