/** What lies around a credential: status lists, log, witnesses, facts and compromised keys, each wrong in every way it can be. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { didDocument } from '../../src/credential/did-document.ts'
import { openSession } from '../../src/credential/session.ts'
import type { Accompanying, VerificationMeans } from '../../src/credential/verify.ts'
import { verifyCredential, verifyIn } from '../../src/credential/verify.ts'
import {
  certifying,
  credentialOf,
  did,
  fact,
  factUrl,
  installation,
  keys,
  log,
  means,
  publicText,
  revocationList,
  sign,
  signedFact,
  statusList,
  suspensionList,
  verifyExample,
} from './example.ts'
import { fullCredential } from './full.ts'
import { listPayload, noteSigner, receiptOf, signedCheckpoint } from './world.ts'

const certificate = await sign(credentialOf({ issuing: certifying }))
const { now } = means
const revoked = { list: revocationList, place: 40_321 }
const suspended = { list: suspensionList, place: 7 }

/** The fetch of the example, with other texts at some addresses. */
const withTexts =
  (texts: Readonly<Record<string, string | Promise<string>>>): VerificationMeans['fetchText'] =>
  async (url) =>
    texts[url] ?? publicText(url, now)

async function failuresOf(
  changed: Partial<VerificationMeans>,
  accompanying: Accompanying = {},
): Promise<Record<string, unknown>> {
  const { checks, verified } = await verifyExample(certificate, changed, accompanying)
  const failed = checks.filter(({ outcome }) => outcome === 'failed')
  expect(verified).toBe(failed.length === 0)
  return Object.fromEntries(failed.map(({ name, facts }) => [name, facts.fault ?? facts.status]))
}

describe('the status', () => {
  test('says revoked and suspended as loudly as a false signature, and as what they are', async () => {
    const gone = withTexts({ [revoked.list]: statusList(revoked.list, now, [revoked.place]) })
    expect(await failuresOf({ fetchText: gone })).toEqual({ status: 'revoked' })
    const held = withTexts({ [suspended.list]: statusList(suspended.list, now, [suspended.place]) })
    expect(await failuresOf({ fetchText: held })).toEqual({ status: 'suspended' })
    const { headline } = await verifyExample(certificate, { fetchText: gone })
    expect(headline.en).toContain('REVOKED')
    const neighbours = withTexts({
      [revoked.list]: statusList(revoked.list, now, [revoked.place - 1, revoked.place + 1]),
    })
    expect(await failuresOf({ fetchText: neighbours })).toEqual({})
  })

  const other = 'https://egret.example/status/5a1e0c5e-8a80-4f6c-9d0a-0c9f0f1b7a99'
  const term = { validFrom: '2026-11-30T23:59:00Z', validUntil: '2026-12-01T00:10:00Z' }
  test.each([
    ['cannot be had', 'unreachable', async () => Promise.reject(new Error('offline'))],
    ['is no list', 'malformed', async () => 'no list'],
    ['is a credential', 'malformed', async () => certificate],
    ['is that of another address', 'wrong-list', () => statusList(other, now)],
    [
      'is for another purpose',
      'wrong-purpose',
      () => statusList(revocationList, now, [], { purpose: 'suspension' }),
    ],
    [
      'is too old',
      'expired',
      () =>
        statusList(revocationList, now, [], {
          validFrom: '2026-11-30T23:00:00Z',
          validUntil: '2026-11-30T23:15:00Z',
        }),
    ],
    [
      'is from the future',
      'not-yet-valid',
      () =>
        statusList(revocationList, now, [], {
          validFrom: '2026-12-01T00:02:00Z',
          validUntil: '2026-12-01T00:15:00Z',
        }),
    ],
    [
      'is another issuer’s',
      'key-not-allowed',
      () =>
        sign(
          listPayload(revocationList, 'did:web:egret.example', 'revocation', [], term),
          { kid: 'did:web:egret.example#key-1' },
          keys.EdDSA.privateKey,
        ).then((jwt) => jwt.replace(/[^.]+$/, 'A'.repeat(86))),
    ],
    [
      'is signed with another key',
      'bad-signature',
      () => sign(listPayload(revocationList, did, 'revocation', [], term), {}, keys.other.privateKey),
    ],
  ])('that %s fails: %s', async (_what, fault, list) => {
    const fetchText: VerificationMeans['fetchText'] = async (url) =>
      url === revocationList ? list() : publicText(url, now)
    const found = await failuresOf({ fetchText })
    expect(Object.keys(found)).toEqual(['status'])
    if (_what !== 'is another issuer’s') expect(found.status).toBe(fault)
  })

  test('that another issuer signed in good form fails by that name', async () => {
    const list = sign(
      listPayload(revocationList, 'did:web:egret.example', 'revocation', [], term),
      { kid: 'did:web:egret.example#key-1' },
      keys.installation.privateKey,
    )
    expect(await failuresOf({ fetchText: withTexts({ [revocationList]: list }) })).toEqual({
      status: 'other-issuer',
    })
  })

  test('is asked of hosts on the list only, and a saved list only up to the age that the reader sets', async () => {
    const old = statusList(revocationList, now, [], {
      validFrom: '2026-11-28T00:00:00Z',
      validUntil: '2026-11-28T00:15:00Z',
    })
    const fetchText = withTexts({ [revocationList]: old })
    expect(await failuresOf({ fetchText })).toEqual({ status: 'expired' })
    expect(await failuresOf({ fetchText, statusAgeMaxSeconds: 4 * 86_400 })).toEqual({})
    const { checks } = await verifyExample(certificate, { fetchText, statusAgeMaxSeconds: 4 * 86_400 })
    expect(checks.find(({ name }) => name === 'status')?.reason).toContain('3 days ago')
  })

  test('at a place beyond the list fails by that name', async () => {
    const status = certifying.status.map((entry) => ({ ...entry, index: 131_072 }))
    const beyond = await sign(credentialOf({ issuing: { ...certifying, status } }))
    const { checks } = await verifyExample(beyond)
    expect(checks.find(({ name }) => name === 'status')?.facts.fault).toBe('index-out-of-range')
  })
})

test('what a document names is asked for beside its issuer, not after it', async () => {
  let goOn = () => {}
  const listAsked = new Promise<void>((resolve) => {
    goOn = resolve
  })
  const resolveDid: VerificationMeans['resolveDid'] = async (...asked) => {
    await listAsked
    return means.resolveDid(...asked)
  }
  const fetchText: VerificationMeans['fetchText'] = async (url) => {
    if (url === revoked.list) goOn()
    return means.fetchText(url)
  }
  expect(await failuresOf({ resolveDid, fetchText })).toEqual({})
})

describe('the log', () => {
  const own = (receipt: string | null) => ({ receipt: receipt ?? '' })

  test('is shown by a receipt, whatever stands around the leaf', async () => {
    for (const [before, after] of [
      [0, 0],
      [0, 5],
      [255, 0],
      [256, 300],
    ] as const) {
      expect(await failuresOf({}, own(await receiptOf(log, certificate, { before, after })))).toEqual({})
    }
  })

  test('fails by name without one, with another’s, of another log, of a fork, cut short', async () => {
    const none = withTexts({})
    const fetchText: typeof none = async (url) => {
      if (url.endsWith('.tlog-proof')) throw new Error('offline')
      return publicText(url, now)
    }
    const session = openSession({ ...means, fetchText })
    const bare = await verifyIn(session, certificate)
    expect(bare.checks.find(({ name }) => name === 'log')?.facts.fault).toBe('unreachable')
    const whole = (await receiptOf(log, certificate)) ?? ''
    const others = await receiptOf(log, await sign(credentialOf()))
    const elsewhere = await noteSigner('elsewhere.example/log')
    const impostor = await noteSigner('egret.example/log')
    const longer = await signedCheckpoint(log, ['{"other":1}', '{"other":2}', '{"other":3}', '{"other":4}'])
    const cases: [string, string][] = [
      ['not-included', others ?? ''],
      ['wrong-origin', (await receiptOf(elsewhere, certificate)) ?? ''],
      ['unknown-key', (await receiptOf(impostor, certificate)) ?? ''],
      ['not-included', `${whole.slice(0, whole.indexOf('\n\n') + 2)}${longer}`],
      ['malformed', whole.slice(0, 120)],
      ['malformed', ''],
      ['index-out-of-range', whole.replace('index 3', 'index 99')],
      ['not-included', whole.replace('index 3', 'index 2')],
    ]
    for (const [fault, receipt] of cases) expect(await failuresOf({}, { receipt })).toEqual({ log: fault })
    const trusted = { logs: [log.key, elsewhere.key] }
    expect(await failuresOf(trusted, own(await receiptOf(elsewhere, certificate)))).toEqual({
      log: 'wrong-origin',
    })
  })

  test('asks for a quorum of witnesses where the reader does', async () => {
    const seen = await Promise.all(
      ['w1', 'w2', 'w3'].map((name) => noteSigner(`${name}.example`, 'cosignature')),
    )
    const trusted = seen.map(({ key }) => key)
    const receipt = own(await receiptOf(log, certificate, { witnesses: seen.slice(0, 2) }))
    expect(await failuresOf({ witnesses: { keys: trusted, quorum: 2 } }, receipt)).toEqual({})
    const { checks, verified } = await verifyExample(
      certificate,
      { witnesses: { keys: trusted, quorum: 3 } },
      receipt,
    )
    expect(verified).toBe(false)
    expect(checks.filter(({ outcome }) => outcome === 'failed').map(({ name }) => name)).toEqual([
      'witnesses',
    ])
  })

  test('flipping any bit of a receipt is a failure of the log, or of nothing that is said', async () => {
    const receipt = (await receiptOf(log, certificate)) ?? ''
    const bytes = new TextEncoder().encode(receipt)
    const bit = fc.integer({ min: 0, max: bytes.length * 8 - 1 })
    await fc.assert(
      fc.asyncProperty(bit, async (at) => {
        const flipped = Uint8Array.from(bytes)
        flipped[at >> 3] = (flipped[at >> 3] ?? 0) ^ (1 << (at & 7))
        const found = await failuresOf({}, { receipt: new TextDecoder().decode(flipped) })
        expect(Object.keys(found)).toEqual(['log'])
      }),
      { numRuns: 150 },
    )
  })
})

describe('the authority', () => {
  const factAs = async (text: Promise<string>) => failuresOf({ fetchText: withTexts({ [factUrl]: text }) })

  test('fails where the fact is another one, however well it is signed', async () => {
    expect(await factAs(signedFact({ number: 'EX V-002' }))).toEqual({ authority: 'other-bytes' })
    expect(await factAs(Promise.resolve(`${fact.slice(0, -4)}AAAA`))).toMatchObject({
      authority: expect.stringMatching(/bad-signature|malformed/),
    })
    expect(await failuresOf({ authorities: ['did:web:other.example'] })).toEqual({
      authority: 'unknown-authority',
    })
  })

  test('fails where the facts do not cover the document', async () => {
    const { digestOfBytes } = await import('../../src/json/digest.ts')
    for (const changed of [
      { documentKinds: ['verification-statement'] as const },
      { subjectKinds: ['product'] as const },
      { standards: ['ISO 14067:2018'] },
      { validUntil: '2026-11-01T00:00:00Z' },
    ]) {
      const text = await signedFact(changed)
      const issuer = { ...certifying, issuer: issuerNaming(text, changed, digestOfBytes) }
      const jwt = await sign(credentialOf({ issuing: issuer }))
      const { checks } = await verifyExample(jwt, { fetchText: withTexts({ [factUrl]: text }) })
      expect(checks.find(({ name }) => name === 'authority')).toMatchObject({
        outcome: 'failed',
        facts: { fault: 'not-covered' },
      })
    }
  })

  /** How a certificate with the national mark fares: about a product of these codes, on this approval. */
  async function labelled(
    classifications: readonly { system: string; code: string }[],
    changed: Partial<Parameters<typeof signedFact>[0]> = {},
  ) {
    const { digestOfBytes } = await import('../../src/json/digest.ts')
    const full = fullCredential()
    const standards = full.credentialSubject.standards.map(({ standard }) => standard)
    const stated = { kind: 'approval', standards: [...standards, 'CN-PCF 0114'], ...changed } as const
    const text = await signedFact(stated)
    const issuer = issuerNaming(text, stated, digestOfBytes)
    const document = credentialOf({ issuing: { ...certifying, issuer } })
    const { credentialSubject: subject } = full
    const product = { label: { en: 'Tyre' }, ...(classifications.length > 0 && { classifications }) }
    const jwt = await sign({
      ...full,
      issuer: document.issuer,
      mark: { identifier: 'national-product-carbon-footprint-label', label: { en: 'Label', zh: '标识' } },
      credentialSubject: { ...subject, product },
    })
    const { checks } = await verifyExample(jwt, { fetchText: withTexts({ [factUrl]: text }) })
    const { outcome, facts } = checks.find(({ name }) => name === 'authority') ?? {}
    return [outcome, facts?.fault, (facts?.uncovered as { standards: string[] } | undefined)?.standards]
  }
  const tyres = { system: 'CN-PCF', code: '0114' }
  const cement = { system: 'CN-PCF', code: '0116' }

  test('covers a national label for each category that the product is of, and for no other', async () => {
    expect(await labelled([tyres])).toEqual(['passed', undefined, undefined])
    expect(await labelled([cement])).toEqual(['failed', 'not-covered', ['CN-PCF 0116']])
    expect(await labelled([tyres, cement])).toEqual(['failed', 'not-covered', ['CN-PCF 0116']])
    // The same digits of another classification are another thing.
    expect(await labelled([{ system: 'HS', code: '0114' }])).toEqual(['failed', 'category-untold', undefined])
    expect(await labelled([])).toEqual(['failed', 'category-untold', undefined])
  })

  test('of a national label is an approval: an accreditation of the same scope is none', async () => {
    const [outcome, fault] = await labelled([tyres], { kind: 'accreditation' })
    expect([outcome, fault]).toEqual(['failed', 'not-covered'])
  })

  function issuerNaming(
    text: string,
    {
      validUntil = null,
      kind = 'accreditation',
    }: { validUntil?: string | null; kind?: 'accreditation' | 'approval' },
    digest: (bytes: Uint8Array) => `sha256:${string}`,
  ) {
    return {
      did,
      name: { en: 'Green Certification', zh: '绿色认证' },
      accreditations: [
        {
          id: factUrl.split('/').at(-1) ?? '',
          kind,
          authority: { en: 'Example accreditation service', zh: '示例认可委员会' },
          number: 'EX V-001',
          validFrom: '2026-01-01T00:00:00Z',
          validUntil,
          digest: digest(new TextEncoder().encode(text)),
        },
      ],
    }
  }
})

describe('a compromised key', () => {
  const documentFrom = (fromLeaf: number) =>
    didDocument(did, [
      {
        kid: 'key-1',
        algorithm: 'EdDSA',
        jwk: keys.EdDSA.jwk,
        compromise: { since: '2026-11-25T00:00:00Z', fromLeaf },
      },
      { kid: 'key-2', algorithm: 'ES256', jwk: keys.ES256.jwk, compromise: null },
    ])
  /** After the compromise the issuer signs its lists with its other key. */
  const renewed: VerificationMeans['fetchText'] = async (url) => {
    if (url === factUrl) return fact
    const purpose = url === suspensionList ? 'suspension' : 'revocation'
    const term = { validFrom: '2026-11-30T23:59:00Z', validUntil: '2026-12-01T00:10:00Z' }
    const header = { alg: 'ES256', kid: `${did}#key-2` }
    return sign(listPayload(url, did, purpose, [], term), header, keys.ES256.privateKey)
  }

  test('is believed for what the log had before, and for nothing after', async () => {
    // The example's receipts have the credential at leaf 3.
    const before = { resolveDid: async () => documentFrom(4), fetchText: renewed }
    expect(await failuresOf(before)).toEqual({})
    const after = { resolveDid: async () => documentFrom(3), fetchText: renewed }
    expect(await failuresOf(after)).toEqual({ key: 'compromised' })
  })

  test('of the installation: its facts stay good for documents that the log had before, and for no other', async () => {
    const receipt = (await receiptOf(log, certificate)) ?? ''
    const faultWhere = async (fromLeaf: number, others: Partial<VerificationMeans> = {}) => {
      const compromise = { since: '2026-11-25T00:00:00Z', fromLeaf }
      const revoked = didDocument(installation, [
        { kid: 'key-1', algorithm: 'EdDSA', jwk: keys.installation.jwk, compromise },
      ])
      const resolveDid: VerificationMeans['resolveDid'] = async (asked, url) =>
        asked === installation ? revoked : means.resolveDid(asked, url)
      const { checks } = await verifyCredential(certificate, { ...means, resolveDid, ...others }, { receipt })
      return checks.find(({ name }) => name === 'authority')?.facts.fault
    }
    // The example's receipts have the credential at leaf 3.
    expect(await faultWhere(4)).toBeUndefined()
    expect(await faultWhere(3)).toBe('key-not-allowed')
    // Nothing shows where the document stands: so nothing shows that the fact was there before.
    expect(await faultWhere(4, { logs: [] })).toBe('key-not-allowed')
  })

  test('signs no status list any more', async () => {
    expect(await failuresOf({ resolveDid: async () => documentFrom(4) })).toEqual({
      status: 'key-not-allowed',
    })
  })
})
