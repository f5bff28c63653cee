/** Keys, tokens and secrets, as actions ask for them. Private parts never leave the adapter unwrapped. */

import type { Actor } from './request.ts'

export type SigningAlgorithm = 'EdDSA' | 'ES256'

/** A public key as the world may see it. Retired keys stay listed for ever. */
export interface PublicKey {
  /** Key id within its owner, e.g. `key-2026-1`; with a body's DID it is the DID URL's fragment. */
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly jwk: Readonly<Record<string, unknown>>
  readonly createdAt: Date
  readonly retiredAt: Date | null
}

/** A key as it is stored: the private part only wrapped (AES-GCM), with the id of the key-encryption key in the wrap. */
export interface StoredKey extends PublicKey {
  /** The owning body's organization id; the nil UUID for the installation's own token keys. */
  readonly ownerId: string
  readonly purpose: 'credential' | 'token'
  readonly wrapped: { readonly kekId: string; readonly iv: string; readonly ciphertext: string }
}

/** Where wrapped keys are kept. Keys are never deleted. */
export interface KeyStore {
  list(ownerId: string, purpose: StoredKey['purpose']): Promise<readonly StoredKey[]>
  /** Keeps the key unless the owner has an active one for the purpose; answers the one that stands. */
  insertFirst(key: StoredKey): Promise<StoredKey>
}

/** Credential keys of certification bodies and the installation's token key. */
export interface SigningKeys {
  /** Makes the body's first credential key unless it has one, of the configured algorithm. */
  ensureBodyKey(bodyId: string): Promise<PublicKey>
  /** Makes the token key unless there is one. */
  ensureTokenKey(): Promise<PublicKey>
  bodyKeys(bodyId: string): Promise<readonly PublicKey[]>
  tokenKeys(): Promise<readonly PublicKey[]>
  /** Signs a credential's payload bytes as compact `vc+jwt` under the body's active key; `kid` in the header is `<did>#<key id>`. */
  signCredential(bodyId: string, did: string, payload: Uint8Array): Promise<string>
}

/** Access tokens (RFC 9068). */
export interface TokenIssuer {
  issue(actor: Actor, seconds: number): Promise<string>
  /** The actor a valid token speaks for; null for any token that is not ours, expired or malformed. */
  verify(token: string): Promise<Actor | null>
}

/** One-way functions with the installation's own keys. */
export interface Secrets {
  /** A new client secret and the hash that is stored of it. */
  newClientSecret(): Promise<{ readonly secret: string; readonly hash: string }>
  /** Compares in constant time. */
  matches(secret: string, hash: string): Promise<boolean>
  /** Keyed hash of an identity document, so that one person is found again without keeping the number. */
  identityHash(document: string): Promise<string>
  /** 128 bits that only this installation can make of a text, the same each time, in base64url. */
  saltFor(text: string): Promise<string>
}
