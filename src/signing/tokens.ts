/** Access tokens as signed JWTs (RFC 9068): short-lived, for this installation only. */

import { createLocalJWKSet, errors, type JWTPayload, jwtVerify, SignJWT } from 'jose'
import type { StoredKey, TokenIssuer } from '../ports/signing.ts'
import type { Actor } from '../ports.ts'
import { activeKey, installationId, type KeyParts, readKeys } from './keys.ts'

const algorithms = ['EdDSA', 'ES256']

/** @param publicUrl issuer and audience of every token. */
export function tokenIssuer(parts: KeyParts, publicUrl: string): TokenIssuer {
  return {
    issue: (actor, seconds) => issue(parts, publicUrl, actor, seconds),
    verify: (token) => verify(parts, publicUrl, token),
  }
}

async function issue(parts: KeyParts, publicUrl: string, actor: Actor, seconds: number): Promise<string> {
  const { stored, key } = await activeKey(parts, installationId, 'token')
  const now = Math.floor(parts.world.now().getTime() / 1000)
  return new SignJWT({
    client_id: actor.clientId,
    scope: actor.scopes.join(' '),
    org: actor.organizationId,
    org_kind: actor.organizationKind,
    ...(actor.memberId === null ? {} : { mbr: actor.memberId, prs: actor.personId }),
  })
    .setProtectedHeader({ alg: stored.algorithm, typ: 'at+jwt', kid: stored.kid })
    .setIssuer(publicUrl)
    .setAudience(publicUrl)
    .setSubject(actor.memberId ?? actor.clientId)
    .setJti(parts.world.newId())
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(key)
}

type KeySet = ReturnType<typeof createLocalJWKSet>

/**
 * For how long the token keys may be remembered where tokens are verified, seconds: after a compromise, whoever has the key gets in
 * for no longer.
 */
const keySeconds = 5

/** Key sets by the list they are made of: a set imports each key once, and the list stays the same while it is remembered. */
const keySets = new WeakMap<readonly StoredKey[], KeySet>()

function keySetOf(keys: readonly StoredKey[]): KeySet {
  const known = keySets.get(keys) ?? createLocalJWKSet({ keys: believed(keys) })
  keySets.set(keys, known)
  return known
}

/** What a retired key signed ends by itself; what a compromised one signed ends at once. */
function believed(keys: readonly StoredKey[]) {
  return keys.filter(({ compromise }) => compromise === null).map(({ jwk }) => jwk as never)
}

async function verify(parts: KeyParts, publicUrl: string, token: string): Promise<Actor | null> {
  const keys = await readKeys(parts, installationId, 'token', keySeconds)
  try {
    const { payload } = await jwtVerify(token, keySetOf(keys), {
      issuer: publicUrl,
      audience: publicUrl,
      typ: 'at+jwt',
      algorithms,
      currentDate: parts.world.now(),
      requiredClaims: ['exp', 'iat', 'jti', 'sub', 'client_id', 'org', 'org_kind', 'scope'],
    })
    return actorOf(payload)
  } catch (thrown) {
    if (thrown instanceof errors.JOSEError || thrown instanceof TypeError) return null
    throw thrown
  }
}

function actorOf(payload: JWTPayload): Actor {
  return {
    clientId: String(payload.client_id),
    organizationId: String(payload.org),
    organizationKind: payload.org_kind as Actor['organizationKind'],
    memberId: (payload.mbr as string | undefined) ?? null,
    personId: (payload.prs as string | undefined) ?? null,
    scopes: String(payload.scope).split(' ').filter(Boolean),
  }
}
