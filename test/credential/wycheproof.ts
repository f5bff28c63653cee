/** Wycheproof's files as they are published, in the few shapes that the verifier's algorithms have. */

import type { PublicJwk } from '../../src/credential/did-document.ts'
import { encodeBase64url } from '../../src/json/encoding.ts'
import { publishedJson } from '../json/published.ts'

/** A signature over a message, both in hex. */
export interface RawSignature {
  readonly tcId: number
  readonly comment: string
  readonly msg: string
  readonly sig: string
  readonly result: 'valid' | 'invalid'
}

/** A JWS, which some vectors have in JSON instead of the compact form. */
export interface SignedText {
  readonly tcId: number
  readonly comment: string
  readonly jws: unknown
  readonly result: 'valid' | 'invalid'
}

/** A JSON Web Key as it stands in a file, right or wrong. */
export type Jwk = Readonly<Record<string, unknown>>

/** Signatures of one key. */
export interface RawGroup {
  readonly publicKey: { readonly pk?: string; readonly uncompressed?: string }
  readonly publicKeyJwk?: Jwk
  readonly tests: readonly RawSignature[]
}

/** Texts signed with one key, or with one of a set. */
export interface JwsGroup {
  readonly comment: string
  readonly public?: Jwk
  readonly private?: Jwk
  readonly tests: readonly SignedText[]
}

/** The groups of a file; none where there are no published cases. */
export function wycheproof<Group>(name: string): readonly Group[] {
  return publishedJson<{ testGroups: Group[] }>(`crypto/wycheproof/${name}.json`, { testGroups: [] })
    .testGroups
}

export function hexBytes(hex: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.from(hex, 'hex'))
}

/** The keys of a set, or the one key, each as it stands there. */
export function keysOf(jwk: Jwk | undefined): readonly Jwk[] {
  if (jwk === undefined) return []
  return Array.isArray(jwk.keys) ? jwk.keys : [jwk]
}

/** A point of P-256 in SEC 1's uncompressed form, as a JWK. */
export function p256Jwk(uncompressed: string): PublicJwk {
  const bytes = hexBytes(uncompressed)
  const [x, y] = [bytes.slice(1, 33), bytes.slice(33)].map(encodeBase64url)
  return { kty: 'EC', crv: 'P-256', x: x ?? '', y: y ?? '' }
}

/** A DER signature as JWS writes it (RFC 7518 §3.4); undefined where it is no strict DER of two numbers of 256 bits. */
export function signatureOfDer(der: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
  if (der[0] !== 0x30 || der[1] !== der.length - 2 || der[1] >= 0x80) return undefined
  const r = derNumber(der, 2)
  const s = r && derNumber(der, r.end)
  return r && s?.end === der.length ? Uint8Array.of(...r.number, ...s.number) : undefined
}

function derNumber(der: Uint8Array, at: number): { number: Uint8Array; end: number } | undefined {
  const length = der[at + 1] ?? 0
  const body = der.subarray(at + 2, at + 2 + length)
  const [first = 0x80, second = 0] = body
  const isMinimal = first !== 0 || second >= 0x80 || length === 1
  if (der[at] !== 2 || length === 0 || body.length < length || first >= 0x80 || !isMinimal) return undefined
  const digits = first === 0 ? body.subarray(1) : body
  if (digits.length > 32) return undefined
  const number = new Uint8Array(32)
  number.set(digits, 32 - digits.length)
  return { number, end: at + 2 + length }
}
