/** Signatures, keys and tokens that others published: what is valid there holds here, and what is not is refused by name. */

import { describe, expect, test } from 'vitest'
import { readCompact } from '../../src/credential/compact.ts'
import { assertionKey, type PublicJwk, publicJwk } from '../../src/credential/did-document.ts'
import { webCryptoVerifier } from '../../src/credential/signature.ts'
import { decodeBase64url, encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { parseJson } from '../../src/json/scan.ts'
import { webCryptoEd25519 } from '../../src/transparency/note.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'
import {
  hexBytes,
  type JwsGroup,
  keysOf,
  p256Jwk,
  type RawGroup,
  signatureOfDer,
  wycheproof,
} from './wycheproof.ts'

const verify = webCryptoVerifier(crypto.subtle)
const verifyEd25519 = webCryptoEd25519(crypto.subtle)

describe.skipIf(!casesPresent)(`Wycheproof, bare signatures${caseNote}`, () => {
  test('Ed25519: all 151, for credentials and for the log alike', async () => {
    const groups = wycheproof<RawGroup>('ed25519_test')
    let made = 0
    for (const { publicKey, publicKeyJwk, tests } of groups) {
      const raw = hexBytes(publicKey.pk ?? '')
      const jwk = publicJwk(publicKeyJwk, 'EdDSA')
      expect(jwk?.x).toBe(encodeBase64url(raw))
      for (const { tcId, msg, sig, result } of tests) {
        const [message, signature] = [hexBytes(msg), hexBytes(sig)]
        const isValid = result === 'valid'
        expect(await verify(jwk as PublicJwk, 'EdDSA', signature, message), `${tcId}`).toBe(isValid)
        expect(await verifyEd25519(raw, signature, message), `${tcId}, in the log`).toBe(isValid)
        made += 1
      }
    }
    expect(made).toBe(151)
  })

  test('ES256: all 484; what is no strict DER of two numbers of 256 bits has no form in JWS', async () => {
    const made = { valid: 0, invalid: 0, unwritable: 0 }
    for (const { publicKey, tests } of wycheproof<RawGroup>('ecdsa_secp256r1_sha256_test')) {
      const jwk = p256Jwk(publicKey.uncompressed ?? '')
      expect(publicJwk(jwk, 'ES256')).toEqual(jwk)
      for (const { tcId, comment, msg, sig, result } of tests) {
        const signature = signatureOfDer(hexBytes(sig))
        const isGood = signature !== undefined && (await verify(jwk, 'ES256', signature, hexBytes(msg)))
        expect(isGood, `${tcId} ${comment}`).toBe(result === 'valid')
        made[signature === undefined ? 'unwritable' : result] += 1
      }
    }
    // The file counts 174 valid and 310 invalid ones; a good part of the invalid must reach the arithmetic.
    expect(made.valid).toBe(174)
    expect(made.invalid + made.unwritable).toBe(310)
    expect(made.invalid).toBeGreaterThan(60)
  })

  test('a signature is never checked under the other algorithm', async () => {
    const [{ publicKeyJwk, tests } = { publicKeyJwk: {}, tests: [] }] = wycheproof<RawGroup>('ed25519_test')
    expect(publicJwk(publicKeyJwk, 'ES256')).toBeUndefined()
    const [{ msg = '', sig = '' } = {}] = tests
    const jwk = publicJwk(publicKeyJwk, 'EdDSA') as PublicJwk
    expect(await verify(jwk, 'EdDSA', hexBytes(sig), hexBytes(msg))).toBe(true)
    expect(await verify(jwk, 'ES256', hexBytes(sig), hexBytes(msg))).toBe(false)
  })
})

/** The eight points of small order (edwards25519), each with the same point written once more where that can be done, in hex. */
const smallOrder = [
  `01${'00'.repeat(31)}`,
  `01${'00'.repeat(30)}80`,
  `ec${'ff'.repeat(30)}7f`,
  `ec${'ff'.repeat(31)}`,
  '00'.repeat(32),
  `${'00'.repeat(31)}80`,
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
]

test('a key of small order, under which anybody can sign, signs nothing', async () => {
  for (const key of smallOrder) {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: encodeBase64url(hexBytes(key)) } as const
    for (const point of smallOrder) {
      // S = 0 and R of small order: holds for one message in eight by the bare equation.
      const signature = hexBytes(`${point}${'00'.repeat(32)}`)
      for (const text of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']) {
        expect(await verify(jwk, 'EdDSA', signature, encodeUtf8(text)), `${key} ${point}`).toBe(false)
      }
    }
  }
})

const did = 'did:web:egret.example:bodies:green'

/** Published keys as an issuer's DID document would list them; where they have no name they all get one. */
function documentOf(keys: readonly Readonly<Record<string, unknown>>[], name?: string): object {
  const id = ({ kid }: Readonly<Record<string, unknown>>): string => `${did}#${name ?? kid}`
  return {
    id: did,
    verificationMethod: keys.map((jwk) => ({
      id: id(jwk),
      type: 'JsonWebKey',
      controller: did,
      publicKeyJwk: jwk,
    })),
    assertionMethod: [...new Set(keys.map(id))],
  }
}

/** What becomes of a compact JWS under a DID document: the fault of its key, or whether its signature holds. */
async function judge(jws: unknown, document: object, name?: string): Promise<string> {
  const parts = typeof jws === 'string' ? jws.split('.') : []
  const [header, payload, signature] = parts.map(decodeBase64url)
  if (parts.length !== 3 || !header?.length || !payload || !signature) return 'no-compact-jws'
  const { alg, kid } = parseJson(new TextDecoder().decode(header)) as Record<string, unknown>
  if (alg !== 'ES256' && alg !== 'EdDSA') return 'other-algorithm'
  const found = assertionKey(document, did, `${did}#${name ?? kid}`, alg)
  if ('fault' in found) return found.fault
  const signed = encodeUtf8(parts.slice(0, 2).join('.'))
  return (await verify(found.key, alg, signature, signed)) ? 'good' : 'bad-signature'
}

describe.skipIf(!casesPresent)(`Wycheproof, tokens${caseNote}`, () => {
  test('JWS: of all 288 the one valid ES256 holds, and nothing else does', async () => {
    const good: number[] = []
    const outcomes: Record<number, string> = {}
    for (const group of wycheproof<JwsGroup>('json_web_signature_test')) {
      const document = documentOf(keysOf(group.public ?? group.private), 'key-1')
      for (const { tcId, jws } of group.tests) {
        outcomes[tcId] = await judge(jws, document, 'key-1')
        if (outcomes[tcId] === 'good') good.push(tcId)
      }
    }
    expect(Object.keys(outcomes)).toHaveLength(288)
    expect(good).toEqual([378])
    // A P-256 key for encryption; a signature too long; r and s at zero, one, n − 1 and n.
    expect(outcomes[356]).toBe('key-unusable')
    for (let tcId = 379; tcId <= 401; tcId += 1) expect(outcomes[tcId], `${tcId}`).toBe('bad-signature')
  })

  test('no JWS of theirs is taken for a credential, whatever its algorithm or form', () => {
    for (const name of ['json_web_signature_test', 'json_web_key_test']) {
      for (const { tests } of wycheproof<JwsGroup>(name)) {
        for (const { tcId, jws } of tests) {
          const text = typeof jws === 'string' ? jws : JSON.stringify(jws)
          expect('fault' in readCompact(text), `${name} ${tcId}`).toBe(true)
        }
      }
    }
  })

  test('JWK sets: what stands in a DID document is a public signature key of the algorithm, or no key', async () => {
    const outcomes: Record<number, string> = {}
    for (const group of wycheproof<JwsGroup>('json_web_key_test')) {
      const document = documentOf(keysOf(group.public ?? group.private))
      for (const { tcId, jws } of group.tests) outcomes[tcId] = await judge(jws, document)
    }
    const es256 = { 19: 'key-unusable', 20: 'key-unusable', 21: 'key-unusable', 22: 'bad-signature' }
    expect(outcomes).toMatchObject({ ...es256, 23: 'key-unusable', 24: 'key-unusable' })
    const others = Object.entries(outcomes).filter(([tcId]) => Number(tcId) < 19 || Number(tcId) > 24)
    expect(others).toHaveLength(20)
    for (const [tcId, outcome] of others) expect(outcome, tcId).toBe('other-algorithm')
  })

  test('JWK sets: a key for another use or algorithm is refused for that alone', async () => {
    for (const group of wycheproof<JwsGroup>('json_web_key_test')) {
      const [{ tcId, jws } = { tcId: 0, jws: '' }] = group.tests
      if (tcId < 19 || tcId > 21) continue
      const [{ alg: _alg, use: _use, ...bare } = {}] = keysOf(group.public)
      expect(await judge(jws, documentOf([bare])), `${tcId}`).toBe('good')
    }
  })

  test('JWK sets: two keys of one name, and private keys in the open, are no keys', () => {
    const groups = wycheproof<JwsGroup>('json_web_key_test')
    const twice = groups.find(({ comment }) => comment === 'jws_duplicate_kid') as JwsGroup
    const both = keysOf(twice.private)
    const kid = `${did}#${both[0]?.kid}`
    expect(assertionKey(documentOf(both), did, kid, 'ES256')).toEqual({ fault: 'key-named-twice' })
    const open = groups.flatMap((group) => keysOf(group.private)).filter(({ d }) => d !== undefined)
    expect(open.length).toBeGreaterThan(5)
    for (const jwk of open) {
      const { alg: _alg, use: _use, ...bare } = jwk
      for (const algorithm of ['EdDSA', 'ES256'] as const) {
        expect(publicJwk(bare, algorithm), `${jwk.kid}`).toBeUndefined()
      }
    }
  })
})

interface CookbookCase {
  readonly spec: string
  readonly vector: { readonly input: { readonly key: unknown }; readonly output: Record<string, unknown> }
}
const noCase: CookbookCase = { spec: '', vector: { input: { key: {} }, output: {} } }

describe.skipIf(!casesPresent)(`RFC 7520 and RFC 8037${caseNote}`, () => {
  test.each([
    'jws-4_1.rsa_v15_signature',
    'jws-4_4.hmac-sha2_integrity_protection',
    'jws-4_5.signature_with_detached_content',
    'jws-4_7.protecting_content_only',
    'jws-4_8.multiple_signatures',
    'curve25519-jws',
  ])('%s is no credential in any of its forms', (name) => {
    const { output } = publishedJson(`crypto/jws/${name}.json`, noCase).vector
    const forms = Object.values(output).map((form) =>
      typeof form === 'string' ? form : JSON.stringify(form),
    )
    expect(forms.length).toBeGreaterThan(0)
    for (const form of forms) expect('fault' in readCompact(form)).toBe(true)
  })

  test('the signature of RFC 8037 A.4 holds under its public key, and under no other bytes', async () => {
    const { vector } = publishedJson('crypto/jws/curve25519-jws.json', noCase)
    const { d: _d, ...key } = vector.input.key as Record<string, unknown>
    const compact = String(vector.output.compact)
    const document = documentOf([key], 'key-1')
    expect(await judge(compact, document, 'key-1')).toBe('good')
    expect(await judge(compact.replace('.RXhh', '.RXhi'), document, 'key-1')).toBe('bad-signature')
    expect(await judge(compact, documentOf([vector.input.key as typeof key], 'key-1'), 'key-1')).toBe(
      'key-unusable',
    )
  })
})
