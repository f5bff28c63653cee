/** Keys, tokens and secrets on real WebCrypto, over a key store in memory. */

import { compactVerify, decodeProtectedHeader, importJWK, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { encodeUtf8 } from '../../src/json/encoding.ts'
import type { Actor, World } from '../../src/ports.ts'
import { installationId, type KeyParts, newKeyCache, signingKeys } from '../../src/signing/keys.ts'
import { makeKey } from '../../src/signing/make-key.ts'
import { secrets } from '../../src/signing/secrets.ts'
import { tokenIssuer } from '../../src/signing/tokens.ts'
import { unwrapPrivateKey } from '../../src/signing/wrap.ts'
import { keyStoreInMemory } from './key-store.ts'

const bodyId = '11111111-1111-4111-8111-111111111111'
const did = 'did:web:egret.example:bodies:green'

/** A world whose clock a test moves. */
function worldAt(iso: string): World & { set(iso: string): void } {
  let now = new Date(iso)
  return {
    now: () => now,
    newId: () => crypto.randomUUID(),
    randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
    set: (next) => {
      now = new Date(next)
    },
  }
}

function parts(overrides: Partial<KeyParts> = {}): KeyParts & { store: ReturnType<typeof keyStoreInMemory> } {
  const ring = { activeId: 'kek-1', keys: { 'kek-1': crypto.getRandomValues(new Uint8Array(32)) } }
  const world = worldAt('2026-11-01T00:00:00Z')
  return {
    store: keyStoreInMemory(),
    ring,
    world,
    cache: newKeyCache(),
    algorithm: 'EdDSA',
    origin: 'https://egret.example',
    signerHosts: [],
    ...overrides,
  } as never
}

const actor: Actor = {
  clientId: '22222222-2222-4222-8222-222222222222',
  organizationId: bodyId,
  organizationKind: 'certification-body',
  memberId: '33333333-3333-4333-8333-333333333333',
  personId: '44444444-4444-4444-8444-444444444444',
  scopes: ['engagements:read', 'engagements:write'],
}

describe('signing keys', () => {
  test.each(['EdDSA', 'ES256'] as const)(
    'sign credentials that the public key verifies: %s',
    async (algorithm) => {
      const given = parts({ algorithm })
      const keys = signingKeys(given)
      await keys.ensureBodyKey(bodyId, did)
      const [publicKey] = await keys.bodyKeys(bodyId)
      const { jwt } = await keys.signCredential(bodyId, did, encodeUtf8('{"a":1}'))
      expect(decodeProtectedHeader(jwt)).toEqual({
        alg: algorithm,
        typ: 'vc+jwt',
        cty: 'vc',
        kid: `${did}#key-2026-1`,
      })
      const verified = await compactVerify(jwt, await importJWK(publicKey?.jwk ?? {}))
      expect(new TextDecoder().decode(verified.payload)).toBe('{"a":1}')
    },
  )

  test('EdDSA signs the same bytes twice, so a retry publishes what was published', async () => {
    const keys = signingKeys(parts())
    await keys.ensureBodyKey(bodyId, did)
    const [first, second] = await Promise.all(
      [1, 2].map(() => keys.signCredential(bodyId, did, encodeUtf8('{"a":1}'))),
    )
    expect(first).toEqual(second)
  })

  test('two first requests at once end with one key', async () => {
    const given = parts()
    const keys = signingKeys(given)
    await Promise.all([keys.ensureBodyKey(bodyId, did), keys.ensureBodyKey(bodyId, did)])
    expect(given.store.keys).toHaveLength(1)
  })

  test('a wrap does not open under another owner, purpose or key id, nor when altered', async () => {
    const given = parts()
    const binding = { ownerId: bodyId, purpose: 'credential', kid: 'key-2026-1', algorithm: 'EdDSA' } as const
    const { wrapped } = await makeKey(given, binding)
    if (wrapped === null) throw new Error('a key made here is wrapped')
    await expect(unwrapPrivateKey(given.ring, binding, wrapped)).resolves.toBeInstanceOf(Uint8Array)
    const moved = [
      { ownerId: installationId },
      { purpose: 'token' },
      { kid: 'key-2026-2' },
      { algorithm: 'ES256' },
    ]
    for (const other of moved) {
      const elsewhere = { ...binding, ...other } as never
      await expect(unwrapPrivateKey(given.ring, elsewhere, wrapped)).rejects.toThrow('stored-object-corrupt')
    }
    const ciphertext = (wrapped.ciphertext[0] === 'A' ? 'B' : 'A') + wrapped.ciphertext.slice(1)
    await expect(unwrapPrivateKey(given.ring, binding, { ...wrapped, ciphertext })).rejects.toThrow(
      'does not open',
    )
    const lost = { activeId: 'kek-2', keys: { 'kek-2': new Uint8Array(32) } }
    await expect(unwrapPrivateKey(lost, binding, wrapped)).rejects.toThrow('kek-1')
  })

  test('no private part is in what the world may see or the store keeps in the clear', async () => {
    const given = parts()
    const keys = signingKeys(given)
    await keys.ensureOwnKey('token')
    const [key] = await keys.ownKeys('token')
    expect(Object.keys(key?.jwk ?? { d: '' })).not.toContain('d')
    expect(JSON.stringify(given.store.keys[0]?.jwk)).not.toContain('"d"')
  })
})

describe('access tokens', () => {
  const issuer = 'https://egret.example'

  test('speak for the actor they were issued to', async () => {
    const given = parts()
    await signingKeys(given).ensureOwnKey('token')
    const tokens = tokenIssuer(given, issuer)
    const token = await tokens.issue(actor, 900)
    expect(decodeProtectedHeader(token).typ).toBe('at+jwt')
    await expect(tokens.verify(token)).resolves.toEqual(actor)
  })

  test('end after their life', async () => {
    const world = worldAt('2026-11-01T00:00:00Z')
    const given = parts({ world })
    await signingKeys(given).ensureOwnKey('token')
    const tokens = tokenIssuer(given, issuer)
    const token = await tokens.issue(actor, 900)
    world.set('2026-11-01T00:14:59Z')
    await expect(tokens.verify(token)).resolves.toEqual(actor)
    world.set('2026-11-01T00:15:01Z')
    await expect(tokens.verify(token)).resolves.toBeNull()
  })

  test('of another installation, another key, another type or no algorithm are nobody', async () => {
    const given = parts()
    await signingKeys(given).ensureOwnKey('token')
    const tokens = tokenIssuer(given, issuer)
    const elsewhere = parts()
    await signingKeys(elsewhere).ensureOwnKey('token')
    const foreign = [
      await tokenIssuer(elsewhere, issuer).issue(actor, 900),
      await tokenIssuer(given, 'https://other.example').issue(actor, 900),
      new UnsecuredJWT({ client_id: actor.clientId, org: bodyId })
        .setIssuer(issuer)
        .setAudience(issuer)
        .encode(),
      await new SignJWT({ scope: 'parties:write' })
        .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: 'key-2026-1' })
        .sign(new Uint8Array(32)),
      'a.b.c',
      '',
    ]
    for (const token of foreign) await expect(tokens.verify(token), token).resolves.toBeNull()
  })
})

describe('client secrets', () => {
  test('match only themselves, and are stored as a salted hash', async () => {
    const { newClientSecret, matches } = secrets(worldAt('2026-11-01T00:00:00Z'), new Uint8Array(32))
    const { secret, hash } = await newClientSecret()
    const other = await newClientSecret()
    expect(hash).not.toContain(secret)
    await expect(matches(secret, hash)).resolves.toBe(true)
    await expect(matches(other.secret, hash)).resolves.toBe(false)
    await expect(matches('', hash)).resolves.toBe(false)
    await expect(matches(secret, '')).resolves.toBe(false)
  })
})

describe('identity hashes', () => {
  test('find the same document again, and depend on the key', async () => {
    const world = worldAt('2026-11-01T00:00:00Z')
    const one = secrets(world, new Uint8Array(32))
    const two = secrets(world, new Uint8Array(32).fill(1))
    const document = 'passport\nCN\nE12345678'
    expect(await one.identityHash(document)).toBe(await one.identityHash(document))
    expect(await one.identityHash(document)).not.toBe(await two.identityHash(document))
  })
})
