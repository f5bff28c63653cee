/** did:web and DID documents: which URL is asked, and which key is believed. */

import { describe, expect, test } from 'vitest'
import {
  assertionKey,
  didDocument,
  jwkSet,
  type KeyFinding,
  publicJwk,
  readDidDocument,
} from '../../src/credential/did-document.ts'
import {
  didDocumentUrl,
  didOfDocumentUrl,
  didUnderOrigin,
  parseDidWeb,
  writeDidWeb,
} from '../../src/credential/did-web.ts'
import { pseudonym } from '../../src/credential/pseudonym.ts'
import { webCryptoVerifier } from '../../src/credential/signature.ts'
import { decodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'

describe('did:web', () => {
  test.each([
    ['did:web:egret.example', 'https://egret.example/.well-known/did.json'],
    ['did:web:egret.example:bodies:green', 'https://egret.example/bodies/green/did.json'],
    ['did:web:egret.example%3A8443:bodies:green', 'https://egret.example:8443/bodies/green/did.json'],
    ['did:web:localhost%3A8787:bodies:green', 'http://localhost:8787/bodies/green/did.json'],
    ['did:web:127.0.0.1%3A8787:bodies:green', 'http://127.0.0.1:8787/bodies/green/did.json'],
    ['did:web:xn--fiqs8s.example', 'https://xn--fiqs8s.example/.well-known/did.json'],
  ])('%s is answered for by %s, and back', (did, url) => {
    const parsed = parseDidWeb(did)!
    expect(didDocumentUrl(parsed)).toBe(url)
    expect(writeDidWeb(parsed)).toBe(did)
    expect(didOfDocumentUrl(url)).toBe(did)
  })

  test.each([
    'did:key:z6Mk',
    'did:web:',
    'did:web:Egret.example',
    'did:web:egret.example:',
    'did:web:egret.example:..:admin',
    'did:web:egret.example:.hidden',
    'did:web:egret.example:a%2Fb',
    'did:web:egret.example%3a8443',
    'did:web:egret.example%3A0',
    'did:web:egret.example%3A65536',
    'did:web:egret.example%3A80%3A80',
    'did:web:egret.example/bodies',
    'did:web:egret.example#key',
    'did:web:egret.example?x',
    'did:web:user@egret.example',
    'did:web:10.0.0.1',
    'did:web:169.254.169.254',
    'did:web:2130706433',
    'did:web:égret.example',
    'did:web:egret.exаmple',
    'did:web:-egret.example',
    `did:web:${'a'.repeat(64)}.example`,
    `did:web:egret.example${':a'.repeat(300)}`,
  ])('refuses %s', (did) => {
    expect(parseDidWeb(did)).toBeUndefined()
  })

  test('is written under an origin', () => {
    expect(didUnderOrigin('http://localhost:8787', ['bodies', 'green'])).toBe(
      'did:web:localhost%3A8787:bodies:green',
    )
    expect(didUnderOrigin('https://egret.example/', [])).toBeUndefined()
    expect(didOfDocumentUrl('http://egret.example/bodies/green/did.json')).toBeUndefined()
    expect(didOfDocumentUrl('https://egret.example/bodies/green')).toBeUndefined()
  })
})

const did = 'did:web:egret.example:bodies:green'
const x = 'Kq8W4BsYpSO4ZF8pvzgc-2MIBMdzLsPGv-Ny5TRi8cw'
const ed25519 = { kty: 'OKP', crv: 'Ed25519', x } as const
const key = { kid: 'key-1', algorithm: 'EdDSA', jwk: ed25519, compromise: null } as const
const document = didDocument(did, [
  key,
  { ...key, kid: 'key-0', compromise: { since: '2026-11-01T00:00:00Z', fromLeaf: 9 } },
])

/** The fault of looking a key up, or the key. */
const find = (changed: object, kid = `${did}#key-1`): string | object => {
  const found: KeyFinding = assertionKey({ ...document, ...changed }, did, kid, 'EdDSA')
  return 'fault' in found ? found.fault : found.key
}
const [method] = document.verificationMethod as Record<string, unknown>[]
const withMethod = (changed: object): object => ({ verificationMethod: [{ ...method, ...changed }] })
const withJwk = (changed: object): object => withMethod({ publicKeyJwk: { ...ed25519, ...changed } })

describe('a DID document', () => {
  test('lists every key and allows only those that assert', () => {
    expect(document.assertionMethod).toEqual([`${did}#key-1`])
    expect(document.verificationMethod).toHaveLength(2)
    expect(method).toEqual({
      id: `${did}#key-1`,
      type: 'JsonWebKey',
      controller: did,
      publicKeyJwk: { ...ed25519, alg: 'EdDSA', use: 'sig', kid: 'key-1' },
    })
  })

  test('never carries a private part, even when handed one', () => {
    const leaky = { ...ed25519, d: 'secret' }
    const published = JSON.stringify([
      didDocument(did, [{ ...key, jwk: leaky }]),
      jwkSet([{ ...key, jwk: leaky, did }]),
    ])
    expect(published).not.toContain('secret')
  })

  test('gives the key that a signature names', () => {
    expect(find({})).toEqual(ed25519)
    expect(find({ verificationMethod: [{ ...method, id: '#key-1' }], assertionMethod: ['#key-1'] })).toEqual(
      ed25519,
    )
    expect(find({ verificationMethod: [], assertionMethod: [method] })).toEqual(ed25519)
  })

  test('gives none where anything is unclear', () => {
    expect(find({ id: 'did:web:other.example' })).toBe('other-document')
    expect(assertionKey(null, did, `${did}#key-1`, 'EdDSA')).toEqual({ fault: 'other-document' })
    expect(find({}, `${did}#key-9`)).toBe('no-such-key')
    expect(find({ assertionMethod: [] })).toBe('not-for-assertion')
    expect(find({ verificationMethod: [method, method] })).toBe('key-named-twice')
    expect(find({ assertionMethod: [`${did}#key-1`, method] })).toBe('key-named-twice')
    expect(find({ assertionMethod: 'key-1' })).toBe('not-for-assertion')
    expect(find(withMethod({ controller: 'did:web:other.example' }))).toBe('other-controller')
    expect(find(withMethod({ type: 'Multikey' }))).toBe('other-key-type')
  })

  test.each([
    ['a private part', { d: x }],
    ['another algorithm', { alg: 'ES256' }],
    ['another use', { use: 'enc' }],
    ['other operations', { key_ops: ['sign'] }],
    ['another curve', { crv: 'X25519' }],
    ['too few bytes', { x: 'AAAA' }],
    ['loose base64', { x: `${x}=` }],
    ['a second coordinate', { y: x }],
    ['an unknown member', { x5c: [] }],
  ])('gives no key with %s', (_what, changed) => {
    expect(find(withJwk(changed))).toBe('key-unusable')
  })

  test('is read strictly, and not beyond 64 KiB', () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
    expect(readDidDocument(bytes('{"id":"x"}'))).toEqual({ id: 'x' })
    expect(() => readDidDocument(bytes('{"id":"x","id":"y"}'))).toThrow('duplicate-key')
    expect(() => readDidDocument(bytes(`"${' '.repeat(65_536)}"`))).toThrow('body-too-large')
  })
})

test('a pseudonym is the same within one document and another in the next', () => {
  const salts = [1, 2].map((byte) => new Uint8Array(32).fill(byte))
  const names = salts.map((salt) => pseudonym(salt, 'person-1'))
  expect(pseudonym(salts[0]!, 'person-1')).toBe(names[0])
  expect(names[0]).not.toBe(names[1])
  expect(pseudonym(salts[0]!, 'person-2')).not.toBe(names[0])
  expect(names[0]).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(() => pseudonym(new Uint8Array(8), 'person-1')).toThrow(RangeError)
})

interface KeySet {
  readonly keys: readonly Record<string, unknown>[]
}
interface KeySetGroup {
  readonly comment: string
  readonly private: KeySet
  readonly public?: KeySet
  readonly tests: readonly { readonly jws: string; readonly result: string }[]
}
const { testGroups } = publishedJson<{ testGroups: KeySetGroup[] }>(
  'crypto/wycheproof/json_web_key_test.json',
  {
    testGroups: [],
  },
)

describe.skipIf(!casesPresent)(`Wycheproof key sets${caseNote}`, () => {
  const everyKey = testGroups.flatMap((group) => [
    ...(group.private.keys ?? []),
    ...(group.public?.keys ?? []),
  ])

  test('no private or symmetric key is taken for a public one', () => {
    const secret = everyKey.filter((jwk) => 'd' in jwk || 'k' in jwk)
    expect(secret.length).toBeGreaterThan(10)
    for (const jwk of secret) {
      expect(publicJwk(jwk, 'EdDSA')).toBeUndefined()
      expect(publicJwk(jwk, 'ES256')).toBeUndefined()
    }
  })

  test('a kid that stands twice names no key', () => {
    const keys = testGroups.find(({ comment }) => comment === 'jws_duplicate_kid')?.private.keys ?? []
    const methods = keys.map((jwk) => ({ ...method, id: `${did}#${jwk.kid}`, publicKeyJwk: jwk }))
    const kid = `${did}#${keys[0]?.kid}`
    expect(find({ verificationMethod: methods, assertionMethod: [kid] }, kid)).toBe('key-named-twice')
  })

  // Wrong algorithm, use, curve and key type are refused as keys; the point that is not on its curve, on import.
  test('an elliptic key that says something wrong of itself verifies nothing', async () => {
    const verify = webCryptoVerifier(crypto.subtle)
    const groups = testGroups.filter((group) =>
      group.public?.keys.some(({ crv, y }) => crv !== undefined || y !== undefined),
    )
    expect(groups).toHaveLength(6)
    for (const group of groups) {
      const [header = '', payload = '', signature = ''] = group.tests[0]!.jws.split('.')
      const key = publicJwk(group.public?.keys[0], 'ES256')
      const signed = encodeUtf8(`${header}.${payload}`)
      const good = key !== undefined && (await verify(key, 'ES256', decodeBase64url(signature)!, signed))
      expect(good, group.comment).toBe(false)
    }
  })
})
