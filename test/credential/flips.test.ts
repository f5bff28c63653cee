/** One flipped bit in anything that a verification rests on: it fails the check that rests on it, by name, or it said nothing. */

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assertionKey, didDocument, readDidDocument } from '../../src/credential/did-document.ts'
import { type Verification, type VerificationMeans, verifyCredential } from '../../src/credential/verify.ts'
import { decodeUtf8, encodeUtf8 } from '../../src/json/encoding.ts'
import { isProblem } from '../../src/problem.ts'
import { formatVerifierKey, parseVerifierKey } from '../../src/transparency/note.ts'
import {
  certifying,
  credentialOf,
  did,
  fact,
  factUrl,
  installation,
  log,
  means,
  publicText,
  publishedKeys,
  revocationList,
  sign,
  statusList,
  suspensionList,
} from './example.ts'
import { receiptOf } from './world.ts'

const certificate = await sign(credentialOf({ issuing: certifying }))
const receipt = (await receiptOf(log, certificate)) ?? ''

function flipped(bytes: Uint8Array, bit: number): Uint8Array<ArrayBuffer> {
  const changed = Uint8Array.from(bytes)
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
  return changed
}

async function failedChecks(changed: Partial<VerificationMeans>): Promise<readonly string[]> {
  const report: Verification = await verifyCredential(certificate, { ...means, ...changed }, { receipt })
  const failed = report.checks.filter(({ outcome }) => outcome === 'failed')
  for (const { reason, reasonZh, facts } of failed) {
    expect([reason, reasonZh]).not.toContain('')
    expect(facts.fault ?? facts.status ?? facts.algorithm ?? facts.issuer).toBeDefined()
  }
  expect(report.verified).toBe(failed.length === 0)
  return failed.map(({ name }) => name)
}

/** Verifies with the text at that address changed in one place. */
function withTextAt(address: string, text: string): Promise<readonly string[]> {
  const fetchText = async (url: string): Promise<string> =>
    url === address ? text : publicText(url, means.now)
  return failedChecks({ fetchText })
}

test('nothing flipped, nothing fails', async () => {
  expect(await failedChecks({})).toEqual([])
})

const signedTexts: readonly (readonly [string, string, string, string])[] = [
  ['revocation list', revocationList, await statusList(revocationList, means.now), 'status'],
  ['suspension list', suspensionList, await statusList(suspensionList, means.now), 'status'],
  ['accreditation', factUrl, fact, 'authority'],
]

test.each(signedTexts)('any bit of its %s', async (_what, address, text, check) => {
  const bytes = encodeUtf8(text)
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
      const changed = new TextDecoder().decode(flipped(bytes, bit))
      expect(await withTextAt(address, changed)).toEqual([check])
    }),
    { numRuns: 300 },
  )
})

test('any bit of the log key that the reader trusts: every one of them', async () => {
  const bytes = encodeUtf8(formatVerifierKey(log.key))
  for (let bit = 0; bit < bytes.length * 8; bit += 1) {
    const key = parseVerifierKey(new TextDecoder().decode(flipped(bytes, bit)))
    // A key whose name or bytes are other than its id says is none.
    expect(key, `bit ${bit}`).toBeUndefined()
  }
  expect(await failedChecks({ logs: [] })).toEqual(['log'])
})

/** A DID document of one key, as it is served. */
const served = (whose: string): Promise<Uint8Array<ArrayBuffer>> =>
  whose === did
    ? Promise.resolve(encodeUtf8(JSON.stringify(didDocument(did, publishedKeys.slice(0, 1)))))
    : means.resolveDid(installation, '').then((document) => encodeUtf8(JSON.stringify(document)))

/** Places of what a DID document says beside the key: its JSON-LD context, and the name that a JWK repeats. */
function saysNothing(text: string): (at: number) => boolean {
  const context = [text.indexOf('"@context"'), text.indexOf('],') + 2] as const
  const kid = text.indexOf('"kid":"') + '"kid":"'.length
  const places = [context, [kid, text.indexOf('"', kid)] as const]
  return (at) => places.some(([from, to]) => at >= from && at < to)
}

describe.each([
  ['issuer', did],
  ['installation', installation],
])('any bit of the DID document of the %s', async (_what, whose) => {
  const bytes = await served(whose)
  const isIdle = saysNothing(decodeUtf8(bytes))
  const kid = `${whose}#key-1`

  test('is another key or none, or says nothing of the key: every one of them', () => {
    const own = assertionKey(readDidDocument(bytes), whose, kid, 'EdDSA')
    expect(own).toMatchObject({ revokedFromLeaf: null })
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const document = readOrNothing(flipped(bytes, bit))
      const found = assertionKey(document, whose, kid, 'EdDSA')
      const isSame = JSON.stringify(found) === JSON.stringify(own)
      if (isSame) expect(isIdle(bit >> 3), `bit ${bit}`).toBe(true)
    }
  })

  test('fails a check by its name', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
        fc.pre(!isIdle(bit >> 3))
        const resolveDid: VerificationMeans['resolveDid'] = async (asked) =>
          asked === whose ? readDidDocument(flipped(bytes, bit)) : means.resolveDid(asked, '')
        const failed = await failedChecks({ resolveDid })
        // The issuer signs its credentials and its lists; the installation signs the facts of accreditation.
        const expected = whose === did ? ['issuer', 'key', 'signature', 'status'] : ['authority']
        expect(failed).not.toEqual([])
        for (const name of failed) expect(expected).toContain(name)
      }),
      { numRuns: 300 },
    )
  })
})

/** The document, or nothing where its bytes are no strict JSON. */
function readOrNothing(bytes: Uint8Array): unknown {
  try {
    return readDidDocument(bytes)
  } catch (thrown) {
    if (isProblem(thrown)) return null
    throw thrown
  }
}
