/** What the signing adapter signs, the verifier accepts: the two were written apart and meet here. */

import { expect, test } from 'vitest'
import { didDocument, type PublishedKey } from '../../src/credential/did-document.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { newKeyCache, signingKeys } from '../../src/signing/keys.ts'
import { credentialOf, did, publishedKeys, verifyExample } from '../credential/example.ts'
import { keyStoreInMemory } from './key-store.ts'

const bodyId = '11111111-1111-4111-8111-111111111111'

test.each(['EdDSA', 'ES256'] as const)(
  'a credential signed with %s by the body’s own key verifies',
  async (algorithm) => {
    const keys = signingKeys({
      store: keyStoreInMemory(),
      ring: { activeId: 'kek-1', keys: { 'kek-1': new Uint8Array(32).fill(5) } },
      world: {
        now: () => new Date('2026-11-20T08:00:00Z'),
        newId: () => crypto.randomUUID(),
        randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
      },
      cache: newKeyCache(),
      algorithm,
      origin: 'https://egret.example',
      signerHosts: [],
    })
    await keys.ensureBodyKey(bodyId, did)
    const { jwt } = await keys.signCredential(bodyId, did, canonicalBytes(credentialOf()))
    const published = (await keys.bodyKeys(bodyId)).map(
      ({ kid, algorithm: alg, jwk }): PublishedKey => ({
        kid,
        algorithm: alg,
        jwk: jwk as PublishedKey['jwk'],
        compromise: null,
      }),
    )
    const resolveDid = async () => didDocument(did, [...published, ...publishedKeys])
    const report = await verifyExample(jwt, { resolveDid })
    expect(report.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([])
    expect(report.verified).toBe(true)
  },
)
