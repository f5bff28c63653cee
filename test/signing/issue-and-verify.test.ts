/** What the signing adapter signs, the verifier accepts: the two were written apart and meet here. */

import { expect, test } from 'vitest'
import { didDocument, type PublishedKey } from '../../src/credential/did-document.ts'
import { canonicalBytes } from '../../src/json/canonical.ts'
import { credentialOf, did, publishedKeys, verifyExample } from '../credential/example.ts'
import { signingKeysInMemory } from './key-store.ts'

const bodyId = '11111111-1111-4111-8111-111111111111'

test.each(['EdDSA', 'ES256'] as const)(
  'a credential signed with %s by the body’s own key verifies',
  async (algorithm) => {
    const keys = signingKeysInMemory(algorithm)
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
