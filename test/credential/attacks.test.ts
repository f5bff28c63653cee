/**
 * Published attacks on signed tokens: as they stand, and once more in the best dress an attacker could give them, with everything
 * else about the header right. And credentials of another programme, which are genuine and still none of ours.
 */

import { createHmac } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { publicJwk } from '../../src/credential/did-document.ts'
import { type Verification, verifyCredential } from '../../src/credential/verify.ts'
import { canonicalize } from '../../src/json/canonical.ts'
import { decodeBase64url, decodeUtf8, encodeBase64url, encodeUtf8 } from '../../src/json/encoding.ts'
import { caseNote, casesPresent, publishedJson } from '../json/published.ts'
import { credentialOf, did, document, keys, log, means, publicText, sign, verifyExample } from './example.ts'
import { receiptOf } from './world.ts'

const failuresOf = ({ checks }: Verification): string[] =>
  checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)

const part = (value: unknown): string => encodeBase64url(encodeUtf8(JSON.stringify(value)))

interface Attack {
  readonly name: string
  readonly token: string
}
const attacks = publishedJson<{ cases: Attack[] }>('hostile/jwt-attacks.json', { cases: [] }).cases

/** Verifies where asking anybody for anything is an error that the test sees. */
async function verifyAlone(token: string): Promise<Verification & { readonly asked: readonly string[] }> {
  const asked: string[] = []
  const ask = async (...address: readonly string[]): Promise<never> => {
    asked.push(...address)
    throw new Error('nobody is to be asked')
  }
  const allowedHosts = ['egret.example', 'issuer.example', 'attacker.example']
  const report = await verifyCredential(token, { ...means, allowedHosts, resolveDid: ask, fetchText: ask })
  return { ...report, asked }
}

describe.skipIf(!casesPresent)(`published attacks${caseNote}`, () => {
  test.each(attacks)('$name: refused for its form, before anybody is asked', async ({ token }) => {
    const report = await verifyAlone(token)
    expect(report).toMatchObject({ verified: false, credential: null, asked: [] })
    expect(failuresOf(report)).toEqual(['format'])
  })

  test.each(attacks)(
    '$name, over a header that is right otherwise, signed by the attacker',
    async ({ token }) => {
      const [head = ''] = token.split('.')
      const { typ: _typ, alg, ...attack } = JSON.parse(decodeUtf8(decodeBase64url(head)!))
      const header = { alg, typ: 'vc+jwt', cty: 'vc', kid: `${did}#key-1`, ...attack }
      const signed = await sign(credentialOf(), {}, keys.other.privateKey)
      const [, payload, signature] = signed.split('.')
      const report = await verifyExample([part(header), payload, signature].join('.'))
      // A name of a key that is no DID URL of the issuer's has the form that credentials have, and names nobody.
      expect(failuresOf(report)[0]).toBe(attack.kid === undefined ? 'format' : 'issuer')
      expect(report.verified).toBe(false)
    },
  )
})

describe('attacks in good form', () => {
  const payload = part(credentialOf())

  test.each([
    ['the x coordinate', decodeBase64url(keys.EdDSA.jwk.x)!],
    ['the JWK', encodeUtf8(canonicalize(keys.EdDSA.jwk))],
    ['nothing', encodeUtf8('')],
  ])('an HMAC under %s of the public key is no signature (CVE-2016-5431)', async (_what, secret) => {
    for (const alg of ['HS256', 'HS512', 'EdDSA']) {
      const input = `${part({ alg, typ: 'vc+jwt', cty: 'vc', kid: `${did}#key-1` })}.${payload}`
      const mac = createHmac(alg === 'HS256' ? 'sha256' : 'sha512', secret)
        .update(input)
        .digest()
      const report = await verifyExample(`${input}.${encodeBase64url(mac)}`)
      // 64 bytes of SHA-512 have the length of a signature; they reach the key, and fail there.
      expect(failuresOf(report)[0]).toBe(alg === 'EdDSA' ? 'signature' : 'format')
    }
  })

  test.each([
    ['EdDSA', 'key-1'],
    ['ES256', 'key-2'],
  ])('a signature of zeros under %s does not hold (CVE-2022-21449)', async (alg, kid) => {
    const input = `${part({ alg, typ: 'vc+jwt', cty: 'vc', kid: `${did}#${kid}` })}.${payload}`
    for (const last of [0, 1]) {
      const signature = new Uint8Array(64)
      signature[63] = last
      expect(failuresOf(await verifyExample(`${input}.${encodeBase64url(signature)}`))).toContain('signature')
    }
  })

  test('a packed payload is not unpacked', async () => {
    const packed = deflateRawSync(encodeUtf8(canonicalize(credentialOf())))
    expect(failuresOf(await verifyExample(await sign(Uint8Array.from(packed))))).toEqual(['format'])
    const bomb = deflateRawSync(new Uint8Array(40_000_000))
    expect(failuresOf(await verifyExample(await sign(Uint8Array.from(bomb), { zip: 'DEF' })))).toEqual([
      'format',
    ])
  })

  test('the other signature that ES256 has for the same bytes is another document to the log', async () => {
    const header = { alg: 'ES256', kid: `${did}#key-2` }
    const jwt = await sign(credentialOf(), header, keys.ES256.privateKey)
    const receipt = (await receiptOf(log, jwt)) ?? ''
    expect(await verifyExample(jwt, {}, { receipt })).toMatchObject({ verified: true })
    const [head, body, signature = ''] = jwt.split('.')
    const twin = [head, body, encodeBase64url(otherSignature(decodeBase64url(signature)!))].join('.')
    const report = await verifyExample(twin, {}, { receipt })
    expect(report.checks.find(({ name }) => name === 'signature')?.outcome).toBe('passed')
    expect(failuresOf(report)).toEqual(['log'])
  })

  test('a genuine payload under the header of a status list, and the other way round, is neither', async () => {
    const list = await publicText(
      'https://egret.example/status/5a1e0c5e-8a80-4f6c-9d0a-0c9f0f1b7a01',
      means.now,
    )
    expect(failuresOf(await verifyExample(list))).toContain('schema')
    const genuine = (await sign(credentialOf())).split('.')
    const mixed = [list.split('.')[0], genuine[1], list.split('.')[2]].join('.')
    expect(failuresOf(await verifyExample(mixed))).toContain('signature')
  })
})

/** Order of P-256 (FIPS 186-4, D.1.2.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** (r, n − s), which holds wherever (r, s) does. */
function otherSignature(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`)
  const hex = (order - s).toString(16).padStart(64, '0')
  return Uint8Array.of(...signature.subarray(0, 32), ...Buffer.from(hex, 'hex'))
}

interface Foreign {
  readonly token: string
  readonly did_document_public_part: {
    readonly id: string
    readonly verificationMethod: readonly { readonly id: string; readonly publicKeyJwk: unknown }[]
  }
}
const noForeign: Foreign = { token: '', did_document_public_part: { id: '', verificationMethod: [] } }

describe.skipIf(!casesPresent)(`credentials of another programme (UNTP)${caseNote}`, () => {
  const foreign = (name: string): Foreign => publishedJson(`crypto/vc-jwt/${name}.json`, noForeign)

  function verifyForeign(token: string, { did_document_public_part: own }: Foreign): Promise<Verification> {
    const assertionMethod = own.verificationMethod.map(({ id }) => id)
    return verifyExample(token, {
      allowedHosts: ['uncefact.github.io'],
      resolveDid: async () => ({ ...own, assertionMethod }),
    })
  }

  test('one is signed by its issuer, and has not the shape of ours', async () => {
    const vector = foreign('valid-v2-enveloped-dpp')
    const report = await verifyForeign(vector.token, vector)
    const passed = report.checks.filter(({ outcome }) => outcome === 'passed').map(({ name }) => name)
    expect(passed).toEqual(['format', 'issuer', 'key', 'signature'])
    expect(failuresOf(report)).toEqual(['schema'])
    expect(report).toMatchObject({ verified: false, credential: null, opinion: null })
  })

  test('and has no good signature when any one character is another', async () => {
    const vector = foreign('valid-v2-enveloped-dpp')
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    await fc.assert(
      fc.asyncProperty(fc.nat(vector.token.length - 1), fc.constantFrom(...letters), async (at, letter) => {
        fc.pre(vector.token[at] !== letter)
        const changed = vector.token.slice(0, at) + letter + vector.token.slice(at + 1)
        const { checks } = await verifyForeign(changed, vector)
        expect(checks.find(({ name }) => name === 'signature')?.outcome).not.toBe('passed')
      }),
      { numRuns: 300 },
    )
  })

  test('one of 94 KiB is not even read', async () => {
    const vector = foreign('invalid-schema-v2-enveloped-dpp')
    expect(vector.token.length).toBeGreaterThan(65_536)
    const report = await verifyForeign(vector.token, vector)
    expect(failuresOf(report)).toEqual(['format'])
    expect(report.checks[0]?.facts).toEqual({ length: vector.token.length })
    // Its size is all that is wrong with it: the signature holds.
    const [header = '', payload = '', signature = ''] = vector.token.split('.')
    const jwk = publicJwk(vector.did_document_public_part.verificationMethod[0]?.publicKeyJwk, 'EdDSA')
    const signed = encodeUtf8(`${header}.${payload}`)
    expect(await means.verifySignature(jwk!, 'EdDSA', decodeBase64url(signature)!, signed)).toBe(true)
  })
})

describe('whose word counts', () => {
  test('a document that lists the attacker’s key is of use only to whoever serves the issuer’s address', async () => {
    const forged = await sign(credentialOf(), {}, keys.other.privateKey)
    const method = { id: `${did}#key-1`, type: 'JsonWebKey', controller: did, publicKeyJwk: keys.other.jwk }
    const served = {
      id: 'did:web:attacker.example',
      verificationMethod: [method],
      assertionMethod: [method.id],
    }
    expect(failuresOf(await verifyExample(forged, { resolveDid: async () => served }))).toContain('issuer')
    const doubled = {
      ...document,
      verificationMethod: [...(document.verificationMethod as object[]), method],
    }
    expect(failuresOf(await verifyExample(forged, { resolveDid: async () => doubled }))).toContain('key')
  })
})
