/** Keys, tokens and secrets, as actions ask for them. Private parts never leave the adapter unwrapped. */

import type { Actor } from './request.ts'

export const signingAlgorithms = ['EdDSA', 'ES256'] as const
export type SigningAlgorithm = (typeof signingAlgorithms)[number]

/** What a key signs: a body's credentials, access tokens, the log's checkpoints, or the installation's own facts and requests. */
export const keyPurposes = ['credential', 'token', 'log', 'installation'] as const
export type KeyPurpose = (typeof keyPurposes)[number]

/** A public key as the world may see it. Retired keys stay listed for ever. */
export interface PublicKey {
  /** Key id within its owner, e.g. `key-2026-1`; with a body's DID it is the DID URL's fragment. */
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly jwk: Readonly<Record<string, unknown>>
  readonly createdAt: Date
  readonly retiredAt: Date | null
  /** Set when the key was told to be compromised. */
  readonly compromise: Compromise | null
}

/** From when on nothing that a key signs is believed. */
export interface Compromise {
  readonly at: Date
  readonly since: Date
  /** What it signed is believed where the log has it below this leaf, and nowhere else. */
  readonly fromLeaf: number
}

/** A key as it is stored: the private part wrapped (AES-GCM, the key-encryption key's id in the wrap), or with a signer. */
export interface StoredKey extends PublicKey {
  /** The owning body's organization id; the nil UUID for the installation's own keys. */
  readonly ownerId: string
  readonly purpose: KeyPurpose
  readonly wrapped: { readonly kekId: string; readonly iv: string; readonly ciphertext: string } | null
  /** Where the body's signer answers, when the key is not here. */
  readonly signer: { readonly url: string } | null
}

/** Where wrapped keys are kept. Keys are never deleted. */
export interface KeyStore {
  list(ownerId: string, purpose: KeyPurpose): Promise<readonly StoredKey[]>
  /** Keeps the key unless the owner has an active one for the purpose; answers the one that stands. */
  insertFirst(key: StoredKey): Promise<StoredKey>
}

/** Keys of certification bodies and of the installation. */
export interface SigningKeys {
  /** Makes the body's first credential key unless it has one, of the configured algorithm. */
  ensureBodyKey(bodyId: string): Promise<PublicKey>
  /** Makes the installation's key for a purpose unless there is one; the log's is Ed25519 always. */
  ensureOwnKey(purpose: Exclude<KeyPurpose, 'credential'>): Promise<PublicKey>
  bodyKeys(bodyId: string): Promise<readonly PublicKey[]>
  ownKeys(purpose: Exclude<KeyPurpose, 'credential'>): Promise<readonly PublicKey[]>
  /**
   * Signs bytes as compact `vc+jwt` under the body's active key, here or with the body's signer; `kid` in the header is
   * `<did>#<key id>`.
   *
   * @throws Problem `unavailable` when there is no key, or the signer does not answer as it should.
   */
  signCredential(bodyId: string, did: string, payload: Uint8Array): Promise<SignedCredential>
  /** The same with the installation's own key and DID. */
  signOwn(did: string, payload: Uint8Array): Promise<SignedCredential>
}

/** A compact `vc+jwt`, and the id of the key within its owner's. */
export interface SignedCredential {
  readonly jwt: string
  readonly kid: string
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
