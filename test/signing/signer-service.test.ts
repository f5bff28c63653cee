/** What the reference signer signs, and everything that it does not. */

import { type CryptoKey, exportJWK, generateKeyPair, SignJWT } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { didDocument, type PublicJwk } from '../../src/credential/did-document.ts'
import { digestOfBytes } from '../../src/json/digest.ts'
import { encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { type SignAnswer, signerService } from '../../src/signing/signer-service.ts'

const installation = 'did:web:egret.example'
const did = 'did:web:body.example'
const kid = `${did}#own-1`
const url = 'https://signer.example/egret'
const now = new Date('2026-11-20T08:00:00Z')
const seconds = now.getTime() / 1000

let key: CryptoKey
let stranger: CryptoKey
let document: unknown
beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { extractable: true })
  key = pair.privateKey
  stranger = (await generateKeyPair('EdDSA')).privateKey
  const { kty, crv, x } = await exportJWK(pair.publicKey)
  const jwk = { kty, crv, x } as PublicJwk
  const one = { algorithm: 'EdDSA', jwk, compromise: null } as const
  document = didDocument(installation, [
    { ...one, kid: 'key-1' },
    { ...one, kid: 'lost', compromise: { since: '2026-11-01T00:00:00Z', fromLeaf: 7 } },
  ])
})

const told: unknown[] = []
const service = (changes: object = {}) =>
  signerService({
    did,
    kid: 'own-1',
    algorithm: 'EdDSA',
    url,
    installation,
    installationDocument: () => document,
    signsCredentials: true,
    now: () => now,
    sign: async () => new Uint8Array(64),
    tell: (record) => told.push(record),
    ...changes,
  })

const header = { alg: 'EdDSA', typ: 'vc+jwt', cty: 'vc', kid }
const credential = { id: 'urn:1', type: ['VerifiableCredential', 'Certificate'], issuer: { id: did } }
const input = (head: unknown = header, payload: unknown = credential) =>
  encodeUtf8([head, payload].map((part) => encodeBase64url(encodeUtf8(JSON.stringify(part)))).join('.'))

interface Token {
  readonly claims?: object
  readonly head?: object
  readonly by?: CryptoKey
}

async function token(body: Uint8Array, { claims = {}, head = {}, by = key }: Token = {}): Promise<string> {
  const whole = {
    iss: installation,
    aud: url,
    jti: crypto.randomUUID(),
    iat: seconds,
    exp: seconds + 60,
    digest: digestOfBytes(body),
    ...claims,
  }
  const jwt = new SignJWT(whole).setProtectedHeader({
    alg: 'EdDSA',
    typ: 'egret-sign+jwt',
    kid: `${installation}#key-1`,
    ...head,
  })
  return `Bearer ${await jwt.sign(by)}`
}

async function ask(
  body: Uint8Array<ArrayBuffer>,
  given: Token = {},
  changes: object = {},
): Promise<SignAnswer> {
  return service(changes)({ authorization: await token(body, given), body })
}

describe('signs', () => {
  test.each([
    ['a credential', header, credential],
    ['a status list', header, { ...credential, type: ['BitstringStatusListCredential'], issuer: did }],
    [
      'a challenge',
      { alg: 'EdDSA', typ: 'egret-key-proof+jwt', kid },
      { iss: installation, sub: kid, jti: 'abc', iat: 1 },
    ],
  ])('%s', async (_name, head, payload) => {
    expect((await ask(input(head, payload))).status).toBe(200)
  })
})

describe('does not sign', () => {
  test.each<[string, Token]>([
    ['another’s key', { by: undefined as never }],
    ['another issuer', { claims: { iss: 'did:web:other.example' } }],
    ['another signer', { claims: { aud: 'https://other.example' } }],
    ['another body', { claims: { digest: digestOfBytes(encodeUtf8('other')) } }],
    ['an old token', { claims: { iat: seconds - 120, exp: seconds - 60 } }],
    ['a token of tomorrow', { claims: { iat: seconds + 3600, exp: seconds + 3660 } }],
    ['a token that lives long', { claims: { exp: seconds + 3600 } }],
    ['an access token', { head: { typ: 'at+jwt' } }],
    ['a key of another DID', { head: { kid: 'did:web:other.example#key-1' } }],
    ['a compromised key', { head: { kid: `${installation}#lost` } }],
    ['a key in the header', { head: { jwk: { kty: 'OKP' } } }],
  ])('for %s', async (_name, given) => {
    const by = 'by' in given ? stranger : key
    expect((await ask(input(), { ...given, by })).status).toBe(401)
  })

  test('without a token, or with one twice', async () => {
    const serve = service()
    const body = input()
    expect((await serve({ authorization: '', body })).status).toBe(401)
    const authorization = await token(body)
    expect((await serve({ authorization, body })).status).toBe(200)
    expect(await serve({ authorization, body })).toEqual({
      status: 401,
      refused: 'the token was used before',
    })
  })

  test.each([
    ['another issuer', header, { ...credential, issuer: 'did:web:other.example' }],
    ['an issuer by another name', header, { ...credential, issuer: { id: `${did}:x` } }],
    ['another kind', header, { ...credential, type: ['VerifiableCredential', 'BodyAccreditation'] }],
    ['an access token', { ...header, typ: 'at+jwt' }, credential],
    ['a request token', { alg: 'EdDSA', typ: 'egret-sign+jwt', kid }, { iss: installation }],
    ['another algorithm', { ...header, alg: 'ES256' }, credential],
    ['another key', { ...header, kid: `${did}#own-2` }, credential],
    ['a header with more', { ...header, crit: ['b64'] }, credential],
    [
      'a challenge for another key',
      { alg: 'EdDSA', typ: 'egret-key-proof+jwt', kid },
      { iss: installation, sub: `${kid}1`, jti: 'a', iat: 1 },
    ],
  ])('%s', async (_name, head, payload) => {
    expect((await ask(input(head, payload))).status).toBe(403)
  })

  test('what is no signing input, nor JSON that says a thing twice', async () => {
    for (const text of [
      '',
      'a',
      'a.b.c',
      '====.====',
      `${encodeBase64url(encodeUtf8('{"a":1,"a":2}'))}.e30`,
    ]) {
      expect((await ask(encodeUtf8(text))).status, text).toBe(400)
    }
  })

  test('credentials, where they need an approval', async () => {
    expect((await ask(input(), {}, { signsCredentials: false })).status).toBe(403)
    const list = { ...credential, type: ['BitstringStatusListCredential'] }
    expect((await ask(input(header, list), {}, { signsCredentials: false })).status).toBe(200)
  })
})
