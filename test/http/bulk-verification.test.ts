/** Many credentials in one call: each has its own verdict, by the names of its checks, whatever the others are. */

import { beforeAll, describe, expect, test } from 'vitest'
import { formatVerifierKey, verifierKey } from '../../src/transparency/note.ts'
import { request } from '../harness/http.ts'
import { type Answer, call } from './api.ts'
import { type Body, body, type Enterprise, engagementIn, enterprise, move } from './cast.ts'

let jwt: string
let receipt: string
let otherReceipt: string

const bulk = (sent: unknown): Promise<Answer> => call('POST', '/v1/verifications/bulk', { body: sent })
const text = async (path: string) => new TextDecoder().decode(await (await request(path)).arrayBuffer())

interface Verdict {
  readonly verified: boolean
  readonly number: string | null
  readonly checks: readonly { name: string; outcome: string; facts: Record<string, unknown> }[]
}

const failedOf = ({ checks }: Verdict) =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)

beforeAll(async () => {
  const client: Enterprise = await enterprise()
  const certifier: Body = await body()
  const issue = async () =>
    (await move(certifier.decider.token, await engagementIn('decided', client, certifier), 'credential')).body
  const [first, second] = [await issue(), await issue()]
  jwt = first.jwt
  receipt = await text(`/credentials/${first.id}.tlog-proof`)
  otherReceipt = await text(`/credentials/${second.id}.tlog-proof`)
}, 60_000)

/** The token with its header or payload changed and left unsigned. */
function changed(part: 0 | 1, change: (members: Record<string, unknown>) => object): string {
  const parts = jwt.split('.')
  const bytes = Buffer.from(parts[part] ?? '', 'base64url')
  parts[part] = Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString('utf8'))))).toString('base64url')
  return parts.join('.')
}

const withHeader = (members: object) => changed(0, (header) => ({ ...header, ...members }))
const attackersKey = { kty: 'OKP', crv: 'Ed25519', x: 'A'.repeat(43) }

/** What is brought, and the checks that fail of it. */
const bad: readonly (readonly [string, () => { credential: string; receipt?: string }, readonly string[]])[] =
  [
    ['nothing', () => ({ credential: '' }), ['format']],
    ['an oversize text', () => ({ credential: `${jwt}${'A'.repeat(70_000)}` }), ['format']],
    ['no algorithm', () => ({ credential: withHeader({ alg: 'none' }) }), ['format']],
    ['an algorithm of shared secrets', () => ({ credential: withHeader({ alg: 'HS256' }) }), ['format']],
    ['a key in the header', () => ({ credential: withHeader({ jwk: attackersKey }) }), ['format']],
    ['an address of keys', () => ({ credential: withHeader({ jku: 'https://evil.test/jwks' }) }), ['format']],
    ['a critical member', () => ({ credential: withHeader({ crit: ['b64'], b64: false }) }), ['format']],
    [
      'another’s key',
      () => ({ credential: withHeader({ kid: 'did:web:evil.test#key-1' }), receipt }),
      ['issuer', 'log'],
    ],
    [
      'a foreign issuer',
      () => ({
        credential: changed(1, (payload) => ({
          ...payload,
          issuer: { ...(payload.issuer as object), id: 'did:web:evil.test' },
        })),
        receipt,
      }),
      ['issuer', 'status', 'log'],
    ],
    [
      'an earlier date',
      () => ({
        credential: changed(1, (payload) => ({ ...payload, validFrom: '2020-01-01T00:00:00Z' })),
        receipt,
      }),
      ['signature', 'log'],
    ],
    ['another document’s receipt', () => ({ credential: jwt, receipt: otherReceipt }), ['log']],
    ['a truncated receipt', () => ({ credential: jwt, receipt: receipt.slice(0, -30) }), ['log']],
    ['an oversize receipt', () => ({ credential: jwt, receipt: receipt.padEnd(70_000, '\n') }), ['log']],
    [
      'a receipt of another log',
      () => ({ credential: jwt, receipt: receipt.replaceAll(/^(\u2014 )?(\S+\/log)/gm, '$1evil.test/log') }),
      ['log'],
    ],
    [
      'a receipt for another place',
      () => ({ credential: jwt, receipt: receipt.replace(/^index \d+$/m, 'index 999999') }),
      ['log'],
    ],
  ]

describe('POST /v1/verifications/bulk', () => {
  test('gives each its own verdict, in the order of the request', async () => {
    const credentials = [
      { credential: jwt, receipt },
      ...bad.map(([, brought]) => brought()),
      { credential: jwt },
    ]
    const { status, body: answer } = await bulk({ credentials })
    expect(status).toBe(200)
    const verdicts: readonly Verdict[] = answer.verifications
    expect(verdicts).toHaveLength(credentials.length)
    expect(answer.verified).toBe(2)
    for (const genuine of [verdicts[0], verdicts.at(-1)] as Verdict[]) {
      expect([genuine.verified, failedOf(genuine)]).toEqual([true, []])
      expect(genuine.number).toMatch(/^EGRET-/)
    }
    const found = verdicts
      .slice(1, -1)
      .map((verdict, at) => [bad[at]?.[0], verdict.verified, failedOf(verdict)])
    expect(found).toEqual(bad.map(([name, , checks]) => [name, false, checks]))
  })

  test('judges each as it is judged alone', async () => {
    for (const [name, brought, checks] of bad) {
      const { status, body: verdict } = await call('POST', '/v1/verifications', { body: brought() })
      expect([name, status, failedOf(verdict)]).toEqual([name, 200, checks])
    }
  })

  test('asks for the word of witnesses, of each document', async () => {
    const keys = [formatVerifierKey(verifierKey('w.example', 'cosignature', new Uint8Array(32).fill(7)))]
    const refused = await bulk({ credentials: [{ credential: jwt }], witnesses: { keys: ['w'], quorum: 1 } })
    expect([refused.status, refused.body.pointer]).toEqual([400, '/witnesses/keys/0'])
    const { status, body: answer } = await bulk({
      credentials: [{ credential: jwt }],
      witnesses: { keys, quorum: 1 },
    })
    expect([status, failedOf(answer.verifications[0])]).toEqual([200, ['witnesses']])
  })

  test('takes a thousand and no more, none of them nothing', async () => {
    const many = (count: number) => ({
      credentials: Array.from({ length: count }, () => ({ credential: 'x' })),
    })
    const { status, body: answer } = await bulk(many(1000))
    expect([status, answer.verified, answer.verifications.length]).toEqual([200, 0, 1000])
    expect(await bulk(many(1001))).toMatchObject({
      status: 400,
      body: { type: expect.stringContaining('/problems/too-many-items'), pointer: '/credentials' },
    })
    expect((await bulk(many(0))).status).toBe(400)
    expect((await bulk({})).status).toBe(400)
    expect((await bulk({ credentials: [{}] })).body.pointer).toBe('/credentials/0/credential')
  })
})
