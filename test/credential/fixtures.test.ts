/** Credentials signed when the format became final: every later verifier reads these very bytes as it read them then. */

import { readFileSync } from 'node:fs'
import { compactVerify, importJWK, type JWK } from 'jose'
import { describe, expect, test } from 'vitest'
import { nonconformities } from '../../src/credential/conformance.ts'
import { readDidDocument } from '../../src/credential/did-document.ts'
import { faceOf } from '../../src/credential/face.ts'
import { leafOf } from '../../src/credential/leaf.ts'
import { credentialSchema } from '../../src/credential/schema.ts'
import { verifyCredential } from '../../src/credential/verify.ts'
import { digestOfBytes } from '../../src/json/digest.ts'
import { decodeUtf8, encodeUtf8 } from '../../src/json/encoding.ts'
import { means } from './example.ts'

const read = (name: string) => readFileSync(new URL(`fixtures/v1/${name}`, import.meta.url))
const expected: Record<string, { digest: string; payload: string; leaf: string; face: unknown }> = JSON.parse(
  read('expected.json').toString(),
)
const did = readDidDocument(read('did.json')) as {
  readonly verificationMethod: readonly { readonly id: string; readonly publicKeyJwk: JWK }[]
}

describe.each(Object.entries(expected))('%s', (name, { digest, payload, leaf, face }) => {
  const jwt = read(`${name}.jwt`).toString()

  test('is of the format, by code and by the published files', async () => {
    const document = credentialSchema.parse(JSON.parse(decodeUtf8((await opened(jwt)).payload)))
    expect(nonconformities(document)).toEqual([])
    expect(faceOf(document)).toEqual(face)
    expect(leafOf(document, digestOfBytes(encodeUtf8(jwt)))).toBe(leaf)
  })

  test('has the bytes it had', async () => {
    expect(digestOfBytes(encodeUtf8(jwt))).toBe(digest)
    expect(digestOfBytes((await opened(jwt)).payload)).toBe(payload)
  })

  test('is read and its signature accepted', async () => {
    const { checks } = await verifyCredential(jwt, { ...means, resolveDid: async () => did })
    const outcomes = Object.fromEntries(checks.map((check) => [check.name, check.outcome]))
    expect(outcomes).toMatchObject({
      format: 'passed',
      schema: 'passed',
      issuer: 'passed',
      signature: 'passed',
      validity: 'passed',
      independence: 'passed',
    })
  })
})

/** Opened by jose, with the key that the header names. */
async function opened(jwt: string) {
  const { kid, alg } = JSON.parse(Buffer.from(jwt.split('.')[0] ?? '', 'base64url').toString())
  const method = did.verificationMethod.find(({ id }) => id === kid)
  return compactVerify(jwt, await importJWK(method?.publicKeyJwk ?? {}, alg))
}
