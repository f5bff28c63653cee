/**
 * DID documents and key sets: how an issuer's keys are published, and how a verifier finds the one key that a signature
 * names and the issuer allows for assertions. Whatever is unclear (two keys of one name, a private part in the open) is no key.
 */

import { decodeBase64url, decodeUtf8 } from '../json/encoding.ts'
import { parseJson } from '../json/scan.ts'
import { Problem } from '../problem.ts'

/** Signature algorithms of credentials (RFC 8037, RFC 7518 §3.4). */
export const credentialAlgorithms = ['EdDSA', 'ES256'] as const
export type CredentialAlgorithm = (typeof credentialAlgorithms)[number]

/** A public key as a JWK (RFC 7517): Ed25519 or P-256, nothing private. */
export type PublicJwk =
  | { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string }
  | { readonly kty: 'EC'; readonly crv: 'P-256'; readonly x: string; readonly y: string }

/** A key to publish. */
export interface PublishedKey {
  /** Fragment of its DID URL. */
  readonly kid: string
  readonly algorithm: CredentialAlgorithm
  readonly jwk: PublicJwk
  /**
   * Null where what it signs is the issuer's word: a retired key keeps that, so that older signatures still hold. A compromised one
   * loses it and stays listed, with what of it is still believed.
   */
  readonly compromise: KeyCompromise | null
}

/** A key that others may have. */
export interface KeyCompromise {
  /** RFC 3339, UTC: since when. */
  readonly since: string
  /** What it signed is believed where the log has it below this leaf: nobody can put anything there afterwards. */
  readonly fromLeaf: number
}

/** The DID document of an issuer (DID Core 1.0, verification methods of type `JsonWebKey`). */
export function didDocument(did: string, keys: readonly PublishedKey[]): Readonly<Record<string, unknown>> {
  return {
    '@context': ['https://www.w3.org/ns/did/v1', 'https://w3id.org/security/jwk/v1'],
    id: did,
    verificationMethod: keys.map((key) => ({
      id: `${did}#${key.kid}`,
      type: 'JsonWebKey',
      controller: did,
      publicKeyJwk: { ...publicMembers(key.jwk), alg: key.algorithm, use: 'sig', kid: key.kid },
      ...(key.compromise && { revoked: key.compromise.since, revokedFromLeaf: key.compromise.fromLeaf }),
    })),
    assertionMethod: keys.filter(({ compromise }) => compromise === null).map(({ kid }) => `${did}#${kid}`),
  }
}

/** A JWK set (RFC 7517 §5) of the same keys; `kid` is what the signatures' headers name. */
export function jwkSet(keys: readonly (PublishedKey & { readonly did?: string })[]): {
  readonly keys: readonly object[]
} {
  return {
    keys: keys.map(({ did, kid, jwk, algorithm }) => ({
      ...publicMembers(jwk),
      alg: algorithm,
      use: 'sig',
      kid: did === undefined ? kid : `${did}#${kid}`,
    })),
  }
}

/** Only the members that make the public key, whatever else came along. */
function publicMembers(jwk: PublicJwk): PublicJwk {
  const { kty, crv, x } = jwk
  return kty === 'EC' ? { kty, crv, x, y: jwk.y } : { kty, crv, x }
}

const documentBytesMax = 65_536

/**
 * A DID document as it came over the wire, for {@link assertionKey} to judge.
 *
 * @throws Problem as `parseJson`; `body-too-large` above 64 KiB.
 */
export function readDidDocument(bytes: Uint8Array): unknown {
  if (bytes.length > documentBytesMax) {
    throw new Problem('body-too-large', 'The DID document is larger than 64 KiB.', {
      limit: documentBytesMax,
    })
  }
  return parseJson(decodeUtf8(bytes), { maxDepth: 16 })
}

/** The key, and from which leaf of the log on it is not believed (null: always); or why there is none. */
export type KeyFinding =
  | { readonly key: PublicJwk; readonly revokedFromLeaf: number | null }
  | { readonly fault: KeyFault }
export type KeyFault =
  | 'other-document'
  | 'no-such-key'
  | 'key-named-twice'
  | 'not-for-assertion'
  | 'other-controller'
  | 'other-key-type'
  | 'key-unusable'

/**
 * The key that a DID document allows for assertions under this id.
 *
 * @param kid DID URL of the key, as the signature's header names it.
 */
export function assertionKey(
  document: unknown,
  did: string,
  kid: string,
  algorithm: CredentialAlgorithm,
): KeyFinding {
  if (!isObject(document) || document.id !== did) return { fault: 'other-document' }
  const methods = listOf(document.verificationMethod)
  const assertions = listOf(document.assertionMethod)
  const embedded = assertions.filter(isObject)
  const named = [...methods, ...embedded].filter(
    (method) => isObject(method) && absolute(method.id, did) === kid,
  )
  const [method] = named
  if (!isObject(method)) return { fault: 'no-such-key' }
  if (named.length > 1) return { fault: 'key-named-twice' }
  const isAllowed = embedded.includes(method) || assertions.some((entry) => absolute(entry, did) === kid)
  const revokedFromLeaf = revocationOf(method)
  // A key that is told to be compromised is no longer the issuer's word, whatever list it still stands in.
  if (!isAllowed && revokedFromLeaf === null) return { fault: 'not-for-assertion' }
  const key = keyOfMethod(method, did, algorithm)
  return 'fault' in key ? key : { ...key, revokedFromLeaf }
}

/** From which leaf on a key is not believed; from the first, where it is revoked without saying. */
function revocationOf({ revoked, revokedFromLeaf: leaf }: Record<string, unknown>): number | null {
  if (revoked === undefined) return null
  return typeof leaf === 'number' && Number.isSafeInteger(leaf) && leaf >= 0 ? leaf : 0
}

function keyOfMethod(
  method: Record<string, unknown>,
  did: string,
  algorithm: CredentialAlgorithm,
): { readonly key: PublicJwk } | { readonly fault: KeyFault } {
  if (method.controller !== did) return { fault: 'other-controller' }
  if (method.type !== 'JsonWebKey' && method.type !== 'JsonWebKey2020') return { fault: 'other-key-type' }
  const key = publicJwk(method.publicKeyJwk, algorithm)
  return key === undefined ? { fault: 'key-unusable' } : { key }
}

const publicNames = new Set(['kty', 'crv', 'x', 'y', 'alg', 'use', 'kid', 'key_ops'])

/** A JWK that is a public signature key of that algorithm and says nothing else; undefined otherwise. */
export function publicJwk(jwk: unknown, algorithm: CredentialAlgorithm): PublicJwk | undefined {
  if (!isObject(jwk) || Object.keys(jwk).some((name) => !publicNames.has(name))) return undefined
  if (jwk.alg !== undefined && jwk.alg !== algorithm) return undefined
  if (jwk.use !== undefined && jwk.use !== 'sig') return undefined
  if (jwk.key_ops !== undefined && !listOf(jwk.key_ops).includes('verify')) return undefined
  const { kty, crv, x, y } = jwk
  if (algorithm === 'EdDSA') {
    return kty === 'OKP' && crv === 'Ed25519' && isCoordinate(x) && y === undefined
      ? { kty, crv, x }
      : undefined
  }
  return kty === 'EC' && crv === 'P-256' && isCoordinate(x) && isCoordinate(y)
    ? { kty, crv, x, y }
    : undefined
}

/** 32 bytes in strict base64url. */
function isCoordinate(text: unknown): text is string {
  return typeof text === 'string' && decodeBase64url(text)?.length === 32
}

/** A DID URL of this DID, also when written relative to it. */
function absolute(id: unknown, did: string): string | undefined {
  if (typeof id !== 'string') return undefined
  return id.startsWith('#') ? `${did}${id}` : id
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
