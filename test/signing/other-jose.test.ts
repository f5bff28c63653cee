/**
 * What the signing adapter writes with one JOSE library, another one reads, with its own arithmetic (did-jwt on noble curves, no
 * WebCrypto): under the methods of our DID documents as they are published, and with its own judgement of what is a false signature.
 */

import { readFileSync } from 'node:fs'
import { decodeJWT, verifyJWS } from 'did-jwt'
import { describe, expect, test } from 'vitest'
import { type CredentialAlgorithm, didDocument, type PublicJwk } from '../../src/credential/did-document.ts'
import { canonicalBytes, canonicalize } from '../../src/json/canonical.ts'
import { decodeBase64url, decodeUtf8 } from '../../src/json/encoding.ts'
import { credentialOf, did } from '../credential/example.ts'
import { signingKeysInMemory } from './key-store.ts'

type Method = Exclude<Parameters<typeof verifyJWS>[1], readonly unknown[]>

const bodyId = '11111111-1111-4111-8111-111111111111'

/** A credential signed by the adapter, and the method that the body's DID document has for it. */
async function signedWith(algorithm: CredentialAlgorithm): Promise<{ jwt: string; method: Method }> {
  const keys = signingKeysInMemory(algorithm)
  await keys.ensureBodyKey(bodyId, did)
  const { jwt } = await keys.signCredential(bodyId, did, canonicalBytes(credentialOf()))
  const [key] = await keys.bodyKeys(bodyId)
  const published = { kid: key?.kid ?? '', algorithm, jwk: key?.jwk as PublicJwk, compromise: null }
  const { verificationMethod } = didDocument(did, [published])
  const [method] = verificationMethod as readonly Method[]
  return { jwt, method: method as Method }
}

describe.each(['EdDSA', 'ES256'] as const)('a credential signed with %s', async (algorithm) => {
  const { jwt, method } = await signedWith(algorithm)

  test('verifies under the method that its header names', () => {
    expect(method.id).toBe(decodeJWT(jwt).header.kid)
    expect(verifyJWS(jwt, method)).toBe(method)
  })

  test('says there what it says here, in canonical bytes', () => {
    expect(decodeJWT(jwt).payload).toEqual(credentialOf())
    const payload = decodeUtf8(decodeBase64url(jwt.split('.')[1] ?? '') as Uint8Array)
    expect(payload).toBe(canonicalize(credentialOf()))
  })

  test('is refused with another payload, another signature, or under another key', async () => {
    const [header = '', payload = '', signature = ''] = jwt.split('.')
    const other = await signedWith(algorithm)
    const another = other.jwt.split('.')
    expect(() => verifyJWS([header, `${payload}AAAA`, signature].join('.'), method)).toThrow()
    expect(() => verifyJWS([header, payload, another[2]].join('.'), method)).toThrow()
    expect(() => verifyJWS(jwt, other.method)).toThrow()
  })
})

test.each(['statement', 'certificate', 'adverse-statement', 'certificate-with-every-member'])(
  'the stored document %s verifies under the stored DID document',
  (name) => {
    const read = (file: string): string =>
      readFileSync(new URL(`../credential/fixtures/v1/${file}`, import.meta.url), 'utf8')
    const { verificationMethod } = JSON.parse(read('did.json')) as { verificationMethod: Method[] }
    const jwt = read(`${name}.jwt`)
    const { kid } = decodeJWT(jwt).header
    expect(
      verifyJWS(
        jwt,
        verificationMethod.filter(({ id }) => id === kid),
      ).id,
    ).toBe(kid)
  },
)
