/** The verifier: genuine documents pass, and every way to be wrong is reported as what it is. */

import fc from 'fast-check'
import { compactVerify, importJWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { didDocument } from '../../src/credential/did-document.ts'
import { webCryptoVerifier } from '../../src/credential/signature.ts'
import { checkNames } from '../../src/credential/verdict.ts'
import type { Accompanying, Verification, VerificationMeans } from '../../src/credential/verify.ts'
import { decodeBase64url, encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import {
  certifying,
  context,
  credentialOf,
  did,
  document,
  engine,
  keys,
  record,
  revision,
  scheme,
  sign,
  verification,
  verifyExample,
} from './example.ts'

const genuine = await sign(credentialOf())
const certificate = await sign(credentialOf({ issuing: certifying }))

/** Outcomes by name, e.g. `{ format: 'passed', … }`. */
const outcomes = ({ checks }: Verification): Record<string, string> =>
  Object.fromEntries(checks.map(({ name, outcome }) => [name, outcome]))

/** The checks that failed. */
async function failures(
  jwt: string,
  changed: Partial<VerificationMeans> = {},
  accompanying: Accompanying = {},
): Promise<string[]> {
  const { verified, checks } = await verifyExample(jwt, changed, accompanying)
  expect(checks.map(({ name }) => name)).toEqual(checkNames)
  for (const { reason, reasonZh } of checks) expect(reason.length * reasonZh.length).toBeGreaterThan(0)
  const failed = checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)
  if (failed.some((name) => name !== 'opinion')) expect(verified).toBe(false)
  return failed
}

describe('a genuine credential', () => {
  test('passes every check that can be made', async () => {
    const report = await verifyExample(genuine)
    expect(report).toMatchObject({
      verified: true,
      opinion: 'unmodified',
      documentKind: 'VerificationStatement',
      development: true,
      headline: { en: 'Authentic; the opinion is unmodified.' },
    })
    expect(outcomes(report)).toEqual({
      format: 'passed',
      schema: 'passed',
      issuer: 'passed',
      signature: 'passed',
      validity: 'passed',
      independence: 'passed',
      key: 'passed',
      authority: 'passed',
      status: 'passed',
      log: 'passed',
      witnesses: 'not-checked',
      opinion: 'passed',
      recomputation: 'not-checked',
    })
    expect(report.credential).toEqual(credentialOf())
  })

  test('signed with ES256 passes too', async () => {
    const jwt = await sign(credentialOf(), { alg: 'ES256', kid: `${did}#key-2` }, keys.ES256.privateKey)
    expect(await verifyExample(jwt)).toMatchObject({ verified: true })
  })

  test('is read alike by jose, an implementation that is not ours', async () => {
    const read = await compactVerify(genuine, await importJWK(keys.EdDSA.jwk, 'EdDSA'))
    expect(JSON.parse(new TextDecoder().decode(read.payload))).toEqual(credentialOf())
    expect(read.protectedHeader).toMatchObject({ typ: 'vc+jwt', cty: 'vc', kid: `${did}#key-1` })
  })

  test('may repeat its issuer as iss, but not name another', async () => {
    expect(await failures(await sign({ ...credentialOf(), iss: did }))).toEqual([])
    const other = { ...credentialOf(), iss: 'did:web:egret.example:bodies:other' }
    expect(await failures(await sign(other))).toEqual(['issuer'])
  })
})

describe('a changed credential', () => {
  test('fails a named check when any single character is another', async () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u00e9'
    await fc.assert(
      fc.asyncProperty(fc.nat(genuine.length - 1), fc.constantFrom(...letters), async (at, letter) => {
        fc.pre(genuine[at] !== letter)
        const changed = genuine.slice(0, at) + letter + genuine.slice(at + 1)
        expect(await failures(changed)).not.toEqual([])
      }),
      { numRuns: 1500 },
    )
  })

  test('fails when any single bit of a part is flipped', async () => {
    const parts = genuine.split('.').map((part) => decodeBase64url(part)!)
    await fc.assert(
      fc.asyncProperty(fc.nat(2), fc.nat(), fc.nat(7), async (which, at, bit) => {
        const changed = parts.map((part) => Uint8Array.from(part))
        const target = changed[which]!
        target[at % target.length]! ^= 1 << bit
        expect(await failures(changed.map((part) => encodeBase64url(part)).join('.'))).not.toEqual([])
      }),
      { numRuns: 600 },
    )
  })

  test('fails when it is cut short or has something after it', async () => {
    for (let length = 0; length < genuine.length; length += 97) {
      expect(await failures(genuine.slice(0, length))).not.toEqual([])
    }
    for (const more of ['.', 'A', '\n', ' ', `.${genuine}`])
      expect(await failures(genuine + more)).toEqual(['format'])
  })
})

describe('format', () => {
  const header = (changed: object): Promise<string> =>
    sign(credentialOf(), changed as Record<string, unknown>)
  const unsigned = (head: object | string, payload: object | string = credentialOf()): string => {
    const part = (value: object | string): string =>
      encodeBase64url(encodeUtf8(typeof value === 'string' ? value : JSON.stringify(value)))
    return `${part(head)}.${part(payload)}.${genuine.split('.')[2]}`
  }
  const good = { alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid: `${did}#key-1` }

  test('is the only thing reported of what is no credential', async () => {
    const report = await verifyExample('not a credential')
    expect(report).toMatchObject({ verified: false, opinion: null, documentKind: null, credential: null })
    expect(Object.values(outcomes(report)).filter((outcome) => outcome !== 'not-checked')).toEqual(['failed'])
    expect(report.headline.en).toBe('Not verified: format.')
  })

  test.each([
    ['nothing', ''],
    ['two dots', '..'],
    ['a missing signature', genuine.split('.').slice(0, 2).join('.')],
    ['an empty signature', `${genuine.split('.').slice(0, 2).join('.')}.`],
    ['padding', `${genuine}=`],
    ['a signature of 65 bytes', `${genuine}A`],
    ['more than 64 KiB', `${genuine}${'A'.repeat(65_536)}`],
    ['a header that is no object', unsigned('[]')],
    ['a header named twice', unsigned('{"alg":"none","alg":"EdDSA"}')],
    ['a payload named twice', unsigned(good, '{"issuer":"a","issuer":"b"}')],
    ['a payload that is no JSON', unsigned(good, 'x')],
    ['a byte order mark', unsigned(good, '\ufeff{}')],
    ['a credential inside vc', unsigned(good, { vc: credentialOf() })],
    ['a presentation', unsigned(good, { vp: {} })],
    ['alg none', unsigned({ ...good, alg: 'none' })],
    ['alg None', unsigned({ ...good, alg: 'None' })],
    ['alg HS256', unsigned({ ...good, alg: 'HS256' })],
    ['alg RS256', unsigned({ ...good, alg: 'RS256' })],
    ['no typ', unsigned({ ...good, typ: undefined })],
    ['typ JWT', unsigned({ ...good, typ: 'JWT' })],
    ['an access token', unsigned({ ...good, typ: 'at+jwt' })],
    ['no kid', unsigned({ ...good, kid: undefined })],
  ])('refuses %s', async (_what, jwt) => {
    expect(await failures(jwt)).toEqual(['format'])
  })

  test('refuses what attackers put into headers, though the signature is good', async () => {
    expect(await failures(await header({ jwk: keys.EdDSA.jwk }))).toEqual(['format'])
    expect(await failures(await header({ jku: 'https://attacker.example/jwks.json' }))).toEqual(['format'])
    expect(await failures(await header({ x5u: 'https://attacker.example/c.pem' }))).toEqual(['format'])
    expect(await failures(await header({ crit: ['b64'], b64: true }))).toEqual(['format'])
  })
})

describe('issuer and signature', () => {
  test('a key that is not the issuer’s fails the signature', async () => {
    const report = await verifyExample(await sign(credentialOf(), {}, keys.other.privateKey))
    expect(outcomes(report)).toMatchObject({ issuer: 'passed', signature: 'failed' })
    expect(report.verified).toBe(false)
  })

  test('a key of another algorithm is no key', async () => {
    const jwt = await sign(credentialOf(), { alg: 'ES256' }, keys.ES256.privateKey)
    expect(await failures(jwt)).toEqual(['key'])
  })

  test('nothing is fetched off the list', async () => {
    const asked: string[] = []
    const resolveDid = async (_did: string, url: string): Promise<unknown> => {
      asked.push(url)
      return document
    }
    for (const allowedHosts of [
      [],
      ['other.example'],
      ['egret.example.attacker.example'],
      ['egret.example:8443'],
    ]) {
      expect(await failures(genuine, { allowedHosts, resolveDid })).toEqual(['issuer', 'authority', 'status'])
    }
    const trustedIssuers = ['did:web:egret.example:bodies:other']
    expect(await failures(genuine, { trustedIssuers, resolveDid: async () => document })).toEqual(['issuer'])
    const kid = 'did:web:attacker.example#key-1'
    expect(
      await failures(await sign(credentialOf(), { kid }), { allowedHosts: ['attacker.example'], resolveDid }),
    ).toEqual(['issuer', 'authority', 'status'])
    expect(asked).toEqual([])
    await verifyExample(genuine, { resolveDid, trustedIssuers: [did] })
    expect(asked).toEqual(['https://egret.example/bodies/green/did.json'])
  })

  test('a signature without a believed key is not checked, and does not pass', async () => {
    const report = await verifyExample(genuine, { allowedHosts: [] })
    expect(outcomes(report)).toMatchObject({ issuer: 'failed', signature: 'not-checked' })
    expect(report.verified).toBe(false)
  })

  test.each([
    ['cannot be had', 'issuer', async () => Promise.reject(new Error('offline'))],
    ['is nothing', 'issuer', async () => null],
    ['is another’s', 'issuer', async () => didDocument('did:web:egret.example:bodies:other', [])],
    ['has no such key', 'key', async () => didDocument(did, [])],
    [
      'withdrew the key',
      'key',
      async () =>
        didDocument(did, [
          {
            kid: 'key-1',
            algorithm: 'EdDSA',
            jwk: keys.EdDSA.jwk,
            compromise: { since: '2026-11-01T00:00:00Z', fromLeaf: 0 },
          },
        ]),
    ],
  ])(
    'a DID document that %s fails the %s, and the status that hangs on it',
    async (_what, name, resolveDid) => {
      expect(await failures(genuine, { resolveDid })).toEqual([name, 'status'])
    },
  )

  test.each([
    `${did}`,
    `${did}#`,
    `${did}#key-1#key-1`,
    `${did}#../key-1`,
    'key-1',
    '#key-1',
    `${did}:x#key-1`,
  ])('a kid %s that is not the issuer’s fails the issuer', async (kid) => {
    expect(await failures(await sign(credentialOf(), { kid }))).toEqual(['issuer'])
  })

  test('a platform that cannot check the signature does not pass it', async () => {
    const notSupported = Object.assign(new Error('no Ed25519 here'), { name: 'NotSupportedError' })
    const verifySignature = webCryptoVerifier({
      importKey: async () => Promise.reject(notSupported),
      verify: async () => true,
    })
    const report = await verifyExample(genuine, { verifySignature })
    expect(outcomes(report).signature).toBe('not-checked')
    expect(report.verified).toBe(false)
  })
})

describe('schema, validity, independence, status and log', () => {
  test('another shape fails the schema, while the signature is still told', async () => {
    const report = await verifyExample(await sign({ issuer: did, hello: 'world' }))
    expect(outcomes(report)).toMatchObject({
      schema: 'failed',
      issuer: 'passed',
      signature: 'passed',
      validity: 'not-checked',
    })
    expect(report.verified).toBe(false)
  })

  test.each([
    ['2026-11-20T07:59:59Z', ['validity']],
    ['2026-11-20T08:00:00Z', []],
    ['2028-11-20T07:59:59Z', []],
    ['2028-11-20T08:00:00Z', ['validity']],
  ])('a certificate at %s fails %j', async (now, expected) => {
    expect(await failures(certificate, { now: new Date(now) })).toEqual(expected)
  })

  test('a statement speaks of a point in time and does not expire', async () => {
    expect(await failures(genuine, { now: new Date('2099-01-01') })).toEqual([])
  })

  test('one person on two sides fails the independence', async () => {
    const [preparer, ...others] = verification.persons
    for (const role of ['lead-verifier', 'reviewer'] as const) {
      const persons = [preparer!, ...others, { role, personId: preparer!.personId }]
      expect(await failures(await sign(credentialOf({ verification: { persons } })))).toEqual([
        'independence',
      ])
    }
    const lead = { role: 'decision-maker', personId: 'person-3' } as const
    const decided = await sign(credentialOf({ verification: { persons: [...verification.persons, lead] } }))
    expect(await failures(decided)).toEqual(['independence'])
  })

  test('nobody named for a role fails the independence', async () => {
    const persons = verification.persons.filter(({ role }) => role !== 'reviewer')
    expect(await failures(await sign(credentialOf({ verification: { persons } })))).toEqual(['independence'])
  })
})

describe('the opinion', () => {
  test.each(['adverse', 'disclaimer'] as const)('%s is authentic, and said as loudly', async (opinion) => {
    const jwt = await sign(credentialOf({ verification: { opinion, basis: 'Meters were not read.' } }))
    const report = await verifyExample(jwt)
    expect(report).toMatchObject({ verified: true, opinion })
    expect(outcomes(report)).toMatchObject({ signature: 'passed', opinion: 'failed' })
    expect(report.headline.en).toMatch(/ADVERSE|DISCLAIMS/)
    expect(report.headline.zh).toMatch(/否定意见|无法表示意见/)
  })

  test('modified passes, with what it rests on', async () => {
    const jwt = await sign(
      credentialOf({ verification: { opinion: 'modified', basis: 'One meter failed.' } }),
    )
    const report = await verifyExample(jwt)
    expect(report).toMatchObject({ verified: true, opinion: 'modified' })
    expect(report.checks.find(({ name }) => name === 'opinion')?.facts).toMatchObject({
      basis: 'One meter failed.',
    })
  })
})

describe('recomputation', () => {
  const evidence = {
    record: record.bytes,
    revision: revision.bytes,
    chunks: [...record.chunks, ...revision.chunks].map(({ bytes }) => bytes),
    scheme,
    context,
    calculate: engine,
    engineDigest: record.manifest.engine.digest,
  }

  test('comes to the same figure, bit for bit', async () => {
    const report = await verifyExample(genuine, {}, { evidence })
    expect(outcomes(report).recomputation).toBe('passed')
    expect(report.verified).toBe(true)
  })

  test('fails for another record, another engine’s figure, another table, another scheme', async () => {
    const other = Uint8Array.from(record.bytes)
    other[40]! ^= 1
    const doubled: typeof engine = (...given) => ({ ...engine(...given), total: '1' })
    const otherTable = {
      ...context,
      tables: context.tables.map((table) => ({ ...table, digest: 'sha256:0' })),
    }
    for (const changed of [
      { record: other },
      { chunks: [] },
      { calculate: doubled },
      { context: otherTable },
      { scheme: { ...scheme, exclusionMax: '0.3' } },
      { scheme: null },
    ]) {
      expect(await failures(genuine, {}, { evidence: { ...evidence, ...changed } })).toEqual([
        'recomputation',
      ])
    }
  })

  test('fails when the signed document says more than its record', async () => {
    const credential = credentialOf()
    const claims = { ...credential.credentialSubject.result, total: { amount: '6.28', unit: 'tCO2e' } }
    const lying = { ...credential, credentialSubject: { ...credential.credentialSubject, result: claims } }
    const report = await verifyExample(await sign(lying), {}, { evidence })
    expect(outcomes(report)).toMatchObject({ signature: 'passed', recomputation: 'failed' })
    expect(report.checks.at(-1)?.facts).toEqual({ members: ['result'] })
  })
})
