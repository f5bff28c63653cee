import { describe, expect, test } from 'vitest'
import { webCryptoPlatform } from '../../src/credential/platform.ts'
import { verifyCredential } from '../../src/credential/verify.ts'
import { verdictOf } from '../../src/web/verify/verdict-words.ts'
import { listPayload, noteSigner, receiptOf } from '../credential/world.ts'
import { makeIssuer, organizationStatement, productCertificate } from './credentials.ts'

const origin = 'https://egret.test'
const id = '11111111-1111-4111-8111-111111111111'
const issuer = await makeIssuer(origin, 'strait')
const impostor = await makeIssuer(origin, 'strait')
const foreign = await makeIssuer('https://elsewhere.test', 'strait')
const unknownKey = await makeIssuer(origin, 'strait', 'key-2099-9')
const allowedHosts = ['egret.test']

const log = await noteSigner('egret.test/log')
const term = { validFrom: '2026-11-22T23:59:00Z', validUntil: '2026-11-23T00:10:00Z' }
const purposeOf = (url: string) => (url.endsWith('1') ? 'revocation' : 'suspension')

async function headline(
  jwt: string,
  document: unknown = issuer.document,
  set: readonly number[] = [],
): Promise<string> {
  const receipt = (await receiptOf(log, jwt)) ?? ''
  const means = {
    now: new Date('2026-11-23T00:00:00Z'),
    allowedHosts,
    authorities: [],
    logs: [log.key],
    ...webCryptoPlatform(crypto.subtle),
    fetchText: (url: string) => issuer.sign(listPayload(url, issuer.did, purposeOf(url), set, term)),
    resolveDid: async () => {
      if (document === null) throw new Error('no network')
      return document
    },
  }
  const verification = await verifyCredential(jwt, means, { receipt })
  const { kind, tone } = verdictOf(verification, allowedHosts)
  return `${kind} (${tone})`
}

const certificate = (changes = {}) => productCertificate(issuer, origin, id, changes)

describe('the headline of a verification', () => {
  test('genuine, also under an adverse opinion: the signature is good', async () => {
    expect(await headline(await issuer.sign(certificate()))).toBe('genuine (good)')
    const adverse = organizationStatement(issuer, origin, id, { verification: { opinion: 'adverse' } })
    expect(await headline(await issuer.sign(adverse))).toBe('genuine (good)')
  })

  test('tampered: one figure changed, or signed by another under the same name', async () => {
    const [header, , signature] = (await issuer.sign(certificate())).split('.')
    const other = (await issuer.sign(certificate({ credential: { number: 'EGRET-2026-000043' } }))).split(
      '.',
    )[1]
    expect(await headline(`${header}.${other}.${signature}`)).toBe('tampered (bad)')
    expect(await headline(await impostor.sign(certificate()))).toBe('tampered (bad)')
  })

  test('wrong key: one that the issuer does not publish', async () => {
    expect(await headline(await unknownKey.sign(certificate()))).toBe('wrong-key (bad)')
    const stranger = await issuer.sign(certificate(), { kid: `${foreign.did}#key-2026-1` })
    expect(await headline(stranger)).toBe('wrong-key (bad)')
  })

  test('unknown issuer: a host that may not be asked', async () => {
    const credential = productCertificate(foreign, origin, id)
    expect(await headline(await foreign.sign(credential), foreign.document)).toBe('unknown-issuer (bad)')
  })

  test('issuer unreachable: unchecked is not good', async () => {
    expect(await headline(await issuer.sign(certificate()), null)).toBe('issuer-unreachable (open)')
  })

  test('expired, and not yet valid', async () => {
    const expired = certificate({
      credential: { validFrom: '2024-01-01T00:00:00Z', validUntil: '2026-01-01T00:00:00Z' },
    })
    expect(await headline(await issuer.sign(expired))).toBe('expired (bad)')
    const early = certificate({ credential: { validFrom: '2027-01-01T00:00:00Z' } })
    expect(await headline(await issuer.sign(early))).toBe('not-yet-valid (bad)')
  })

  test('not independent: one person on two sides', async () => {
    const roles = ['preparer', 'lead-verifier', 'reviewer', 'decision-maker']
    const persons = roles.map((role) => ({ role, pseudonym: 'a'.repeat(22) }))
    expect(await headline(await issuer.sign(certificate({ verification: { persons } })))).toBe(
      'not-independent (bad)',
    )
  })

  test('garbage, and a credential that is none of ours', async () => {
    expect(await headline('hello')).toBe('garbage (bad)')
    expect(await headline(await issuer.sign(certificate(), { alg: 'none' }))).toBe('garbage (bad)')
    expect(await headline(await issuer.sign({ issuer: issuer.did }))).toBe('other-document (bad)')
  })
})
