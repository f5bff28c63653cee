/** Keys, tokens and secrets, as actions ask for them. Private parts never leave the adapter unwrapped. */

import type { NewLogEntry } from './log.ts'
import type { Authorship } from './parties.ts'
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
  /** Where the body's signer answers, when the key is not here. For the body alone. */
  readonly signer: { readonly url: string } | null
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
}

/** One change of an owner's keys: what leaves, what comes, and what the log tells of both. */
export interface KeyChange {
  readonly ownerId: string
  readonly purpose: KeyPurpose
  /** The key whose standing changes, as it stood when the change was made up; null where the owner has no active one. */
  readonly leaving: {
    readonly kid: string
    readonly wasActive: boolean
    readonly compromise: Compromise | null
  } | null
  readonly successor: StoredKey | null
  readonly entries: readonly NewLogEntry[]
  readonly auditId: string
}

/** Something that a key signed: a credential, or a fact. */
export interface SignedThing {
  readonly kind: 'credential' | 'accreditation'
  readonly id: string
  /** What people quote. */
  readonly number: string
  readonly leafIndex: number
  readonly at: Date
}

/** Where wrapped keys are kept. Keys are never deleted. */
export interface KeyStore {
  list(ownerId: string, purpose: KeyPurpose): Promise<readonly StoredKey[]>
  /** Every key of everyone. */
  all(): Promise<readonly StoredKey[]>
  /** Keeps the key, and appends its entry, unless the owner has an active one for the purpose; answers the one that stands. */
  insertFirst(key: StoredKey, entry: NewLogEntry): Promise<StoredKey>
  /**
   * Keys, entries and audit row in one statement; false where another change came first. After a compromise the body's status lists
   * are due at once.
   */
  change(by: Authorship, change: KeyChange): Promise<boolean>
  /** Whether this very request has changed keys before. @throws Problem `idempotency-key-reused` where another has. */
  isDone(by: Authorship, auditId: string): Promise<boolean>
  /** The first leaf that was appended at or after an instant; the next one to come where there is none. */
  firstLeafSince(since: Date): Promise<number>
  /** What the owner's key signed that has its leaf at or after one, in the log's order. */
  signedFrom(
    key: Pick<StoredKey, 'ownerId' | 'purpose' | 'kid'>,
    leafIndex: number,
  ): Promise<readonly SignedThing[]>
  /** Replaces a wrap by another of the same key; false where it was replaced meanwhile. */
  rewrap(key: StoredKey, wrapped: NonNullable<StoredKey['wrapped']>): Promise<boolean>
}

/** Whether keys are read from Postgres, or may be what this isolate read within the last minute. */
export type KeyReading = 'fresh' | 'remembered'

/** Keys of certification bodies and of the installation. */
export interface SigningKeys {
  /**
   * Makes the body's first credential key unless it ever had one, of the configured algorithm.
   *
   * @param did of the body, for the log.
   */
  ensureBodyKey(bodyId: string, did: string): Promise<void>
  /** Makes the installation's first key for a purpose; the log's is Ed25519 always. */
  ensureOwnKey(purpose: OwnPurpose): Promise<void>
  bodyKeys(bodyId: string): Promise<readonly PublicKey[]>
  ownKeys(purpose: OwnPurpose): Promise<readonly PublicKey[]>
  /**
   * Signs bytes as compact `vc+jwt` under the body's active key, here or with the body's signer; `kid` in the header is
   * `<did>#<key id>`.
   *
   * @param reading `remembered` only where Postgres refuses what a key signs that is active no longer.
   * @throws Problem `unavailable` when there is no key, or the signer does not answer as it should.
   */
  signCredential(
    bodyId: string,
    did: string,
    payload: Uint8Array,
    reading?: KeyReading,
  ): Promise<SignedCredential>
  /** The same with the installation's own key and DID. */
  signOwn(did: string, payload: Uint8Array): Promise<SignedCredential>
}

/** Purposes of the installation's own keys. */
export type OwnPurpose = Exclude<KeyPurpose, 'credential'>

/** Whose key it is: the id, and the name by which the log tells of it. */
export interface KeyOwner {
  readonly id: string
  /** DID, or the installation's origin. */
  readonly name: string
}

/** Where a new key comes from. */
export type KeySource =
  | { readonly from: 'new' }
  /** A private key that was made elsewhere, PKCS #8; with its key id where the owner's DID document names it already. */
  | { readonly from: 'pkcs8'; readonly pkcs8: Uint8Array<ArrayBuffer>; readonly kid: string | null }
  | SignerKey

/** A key that the body keeps, behind a signer that it runs. */
export interface SignerKey {
  readonly from: 'signer'
  readonly url: string
  readonly kid: string
  readonly algorithm: SigningAlgorithm
  readonly jwk: Readonly<Record<string, unknown>>
}

/** Which keys a change is about. */
export interface KeySlot {
  readonly owner: KeyOwner
  readonly purpose: KeyPurpose
}

/** Changes of keys, by the operator or a body's admin. */
export interface KeyActs {
  /** Hosts of signers that may be asked, with port where there is one. */
  readonly signerHosts: readonly string[]
  /**
   * Puts a new key in the place of the active one, which is retired: what it signed stays good.
   *
   * @param retiring key id of the active key, as the caller saw it; null where there is none.
   * @throws Problem `stale-state` where another key is active by now; `invalid-request` for a private key of another kind;
   *   `unavailable` when a signer does not prove that it has the key.
   */
  succeed(
    by: Authorship,
    slot: KeySlot,
    succession: { readonly retiring: string | null; readonly source: KeySource; readonly auditId: string },
  ): Promise<PublicKey>
  /**
   * Tells a key to be compromised. It is retired if it is active, and a new key is made at once where one can be made here.
   *
   * @throws Problem `not-found`, `stale-state`, `invalid-transition` where it was told before.
   */
  compromise(
    by: Authorship,
    slot: KeySlot,
    told: {
      readonly kid: string
      readonly since: Date
      readonly withSuccessor: boolean
      readonly auditId: string
    },
  ): Promise<CompromisedKey>
  /** Wraps every private key anew that is not under the active key-encryption key. @throws Problem `stored-object-corrupt`. */
  rewrap(): Promise<{ readonly kekId: string; readonly keys: number; readonly rewrapped: number }>
  /** Every key that ever was, as the log tells of those that were made before it: appended where it is not told. */
  all(): Promise<readonly StoredKey[]>
}

/** What a compromise came to. */
export interface CompromisedKey {
  readonly key: PublicKey
  readonly successor: PublicKey | null
  readonly fromLeaf: number
  /** What it signed that is believed no longer. */
  readonly disbelieved: readonly SignedThing[]
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
  /** A secret that only this installation can make of a text, the same each time, so that a retry is answered it too; and what is stored of it. */
  receiptFor(text: string): Promise<{ readonly secret: string; readonly hash: string }>
}
